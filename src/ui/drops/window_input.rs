//! Drops that winit delivers, as egui's raw input shows them: X11, Windows, macOS, and X11 windows under Wayland.

use super::DropEvent;
use std::path::PathBuf;
use std::time::Duration;

/// How long files may hover before the overlay is taken away. On X11 a drop that its source ends before winit has
/// read the list leaves winit hovering for ever; a person who really holds files that long may still drop them.
const LONGEST_HOVER: Duration = Duration::from_secs(10);

/// What hovers, as far as egui's input tells.
#[derive(Debug, Default)]
pub(super) struct WindowInput {
    hover: Option<Hover>,
}

/// Files over the window.
#[derive(Debug)]
struct Hover {
    files: Vec<egui::HoveredFile>,
    /// Seconds on egui's clock.
    since: f64,
    /// Already reported as left, though winit still calls it hovering.
    stuck: bool,
}

/// One frame's input, as far as drops are concerned.
struct FrameInput {
    hovered: Vec<egui::HoveredFile>,
    dropped: Vec<PathBuf>,
    /// During a drag the source holds the pointer: where this window sees it, no drag is on.
    pointer_active: bool,
    /// Seconds on egui's clock.
    now: f64,
}

impl WindowInput {
    /// What happened since the last frame.
    pub(super) fn poll(&mut self, ctx: &egui::Context) -> Vec<DropEvent> {
        let frame = ctx.input_mut(|input| FrameInput {
            hovered: input.raw.hovered_files.clone(),
            // Taken, so that no second call in the same frame sends the same files twice.
            dropped: std::mem::take(&mut input.raw.dropped_files)
                .iter()
                .map(|file| file.path().to_path_buf())
                .collect(),
            pointer_active: input.events.iter().any(is_pointer_event),
            now: input.time,
        });
        let events = self.advance(frame);
        if self.hover.as_ref().is_some_and(|hover| !hover.stuck) {
            ctx.request_repaint_after(LONGEST_HOVER);
        }
        events
    }

    fn advance(&mut self, frame: FrameInput) -> Vec<DropEvent> {
        let mut events = Vec::new();
        match &mut self.hover {
            _ if frame.hovered.is_empty() => {
                if self.hover.take().is_some_and(|hover| !hover.stuck) {
                    events.push(DropEvent::Left);
                }
            }
            Some(hover) if hover.files == frame.hovered => {
                let too_long = frame.now - hover.since >= LONGEST_HOVER.as_secs_f64();
                if !hover.stuck && (frame.pointer_active || too_long) {
                    hover.stuck = true;
                    events.push(DropEvent::Left);
                }
            }
            _ => {
                events.push(hover_event(&frame.hovered));
                self.hover = Some(Hover {
                    files: frame.hovered,
                    since: frame.now,
                    stuck: false,
                });
            }
        }
        if !frame.dropped.is_empty() {
            events.push(DropEvent::Dropped(frame.dropped));
        }
        events
    }
}

fn is_pointer_event(event: &egui::Event) -> bool {
    matches!(event, egui::Event::PointerMoved(_) | egui::Event::PointerButton { .. })
}

fn hover_event(files: &[egui::HoveredFile]) -> DropEvent {
    let names = files
        .iter()
        .filter_map(|file| Some(file.path.as_ref()?.file_name()?.to_string_lossy().into_owned()))
        .collect();
    DropEvent::Hover {
        count: Some(files.len()),
        names,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(hovered: &[&str], now: f64) -> FrameInput {
        let hovered = hovered
            .iter()
            .map(|path| egui::HoveredFile {
                path: Some(path.into()),
                ..Default::default()
            })
            .collect();
        FrameInput {
            hovered,
            dropped: Vec::new(),
            pointer_active: false,
            now,
        }
    }

    fn hover(names: &[&str]) -> DropEvent {
        DropEvent::Hover {
            count: Some(names.len()),
            names: names.iter().map(ToString::to_string).collect(),
        }
    }

    #[test]
    fn a_hover_is_told_once_and_its_end_too() {
        let mut input = WindowInput::default();
        assert_eq!(input.advance(frame(&["/a/한글.txt"], 0.0)), [hover(&["한글.txt"])]);
        assert_eq!(input.advance(frame(&["/a/한글.txt"], 1.0)), []);
        assert_eq!(
            input.advance(frame(&["/a/한글.txt", "/b"], 2.0)),
            [hover(&["한글.txt", "b"])]
        );
        assert_eq!(input.advance(frame(&[], 3.0)), [DropEvent::Left]);
        assert_eq!(input.advance(frame(&[], 4.0)), []);
    }

    #[test]
    fn a_drop_ends_the_hover_before_it() {
        let mut input = WindowInput::default();
        input.advance(frame(&["/a"], 0.0));
        let dropped = FrameInput {
            dropped: vec!["/a".into()],
            ..frame(&[], 1.0)
        };
        assert_eq!(
            input.advance(dropped),
            [DropEvent::Left, DropEvent::Dropped(vec!["/a".into()])]
        );
    }

    #[test]
    fn a_stuck_hover_ends_when_the_pointer_moves() {
        let mut input = WindowInput::default();
        let mut first = frame(&["/a"], 0.0);
        first.pointer_active = true;
        assert_eq!(
            input.advance(first),
            [hover(&["a"])],
            "the motion that came with the hover was before it"
        );
        assert_eq!(
            input.advance(FrameInput {
                pointer_active: true,
                ..frame(&["/a"], 1.0)
            }),
            [DropEvent::Left]
        );
        assert_eq!(input.advance(frame(&["/a"], 2.0)), []);
        assert_eq!(input.advance(frame(&[], 3.0)), [], "its end was told already");
    }

    #[test]
    fn a_stuck_hover_ends_by_itself_and_a_new_one_is_told() {
        let mut input = WindowInput::default();
        input.advance(frame(&["/a"], 5.0));
        assert_eq!(input.advance(frame(&["/a"], 14.9)), []);
        assert_eq!(input.advance(frame(&["/a"], 15.0)), [DropEvent::Left]);
        assert_eq!(input.advance(frame(&["/a", "/b"], 16.0)), [hover(&["a", "b"])]);
    }
}
