//! How files come in: dropped, chosen, pasted, typed, on the command line.

use super::{Message, Model, Page};
use crate::engine::{AddRequest, Command, Engine};
use crate::store::Destination;
use crate::ui::action::Effect;
use crate::ui::drops::DropEvent;
use crate::ui::handover::Request;
use crate::ui::names;
use std::path::PathBuf;
use std::time::Duration;

/// How long dropped and pasted files are shown before the first byte goes: they may not be the ones that were meant.
pub(crate) const HOLD: Duration = Duration::from_secs(3);

/// What hovers over the window.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Hover {
    /// How many, where that is known before the drop.
    pub(crate) count: Option<usize>,
    /// Their names, fit to be shown.
    pub(crate) names: Vec<String>,
}

/// The field that stands in for a file dialog.
#[derive(Clone, Debug, Default)]
pub(crate) struct PathField {
    /// What is typed.
    pub(crate) text: String,
    /// It has just appeared: the keyboard goes there.
    pub(crate) wants_focus: bool,
}

impl Model {
    /// Files and folders by the dialog or the command line: the person has just named them, so they go at once.
    pub(crate) fn chosen(&mut self, paths: Vec<PathBuf>) -> Vec<Effect> {
        self.add(paths, false)
    }

    /// What a second start was given, on its command line: it goes on as if this window had been started by it.
    pub(crate) fn handed_over(&mut self, request: Request) -> Vec<Effect> {
        self.page = Page::Uploads;
        let mut effects = Vec::new();
        if let Some(destination) = request.destination {
            let picked = self.picker.pick_saved(destination);
            effects.extend(self.destination_changed(picked));
        }
        effects.extend(self.chosen(request.paths));
        effects
    }

    /// Takes in what happened to dragged files.
    pub(crate) fn dropped(&mut self, event: DropEvent, now: f64) -> Vec<Effect> {
        match event {
            DropEvent::Hover { count, names } => {
                let names = names.iter().map(|name| names::harmless(name)).collect();
                self.hover = Some(Hover { count, names });
                Vec::new()
            }
            DropEvent::Left => {
                self.hover = None;
                Vec::new()
            }
            DropEvent::Dropped(paths) => {
                self.hover = None;
                self.add(paths, true)
            }
            DropEvent::Refused(refusal) => {
                self.hover = None;
                self.toast(Message::DropRefused(refusal), false, now);
                Vec::new()
            }
        }
    }

    /// Files from the clipboard.
    pub(crate) fn pasted_files(&mut self, paths: Vec<PathBuf>) -> Vec<Effect> {
        self.add(paths, true)
    }

    /// Text from the clipboard: paths, or nothing for us.
    pub(crate) fn pasted_text(&mut self, text: &str, now: f64) -> Vec<Effect> {
        if self.pasted_into_profile(text, now) {
            return Vec::new();
        }
        let paths = paths_of_text(text);
        if paths.is_empty() {
            self.toast(Message::NothingToPaste, false, now);
            return Vec::new();
        }
        self.add(paths, true)
    }

    /// There is no file dialog on this system.
    pub(crate) fn no_dialog(&mut self) {
        self.path_field.get_or_insert_default().wants_focus = true;
    }

    pub(super) fn add_typed_path(&mut self, now: f64) -> Vec<Effect> {
        let Some(field) = &mut self.path_field else {
            return Vec::new();
        };
        let paths = paths_of_text(&field.text);
        if paths.is_empty() {
            self.toast(Message::NotAPath, false, now);
            return Vec::new();
        }
        field.text.clear();
        self.add(paths, false)
    }

    pub(super) fn add(&mut self, paths: Vec<PathBuf>, hold: bool) -> Vec<Effect> {
        self.add_to(self.picker.destination(), paths, hold)
    }

    pub(super) fn add_to(&mut self, destination: Option<Destination>, paths: Vec<PathBuf>, hold: bool) -> Vec<Effect> {
        if paths.is_empty() {
            return Vec::new();
        }
        if let Some(first) = paths.first() {
            self.example.file_name = Some(names::of_path(first));
        }
        let Some(destination) = destination else {
            self.parked.extend(paths);
            self.parked_are_to_be_shown |= hold;
            return Vec::new();
        };
        let batch = Engine::new_batch();
        self.batches.entry(batch).or_default().destination = Some(destination.clone());
        vec![Effect::send(Command::Add(AddRequest {
            batch,
            paths,
            destination,
            hold: if hold { HOLD } else { Duration::ZERO },
            probe: true,
            limit_rate: None,
        }))]
    }
}

/// One path a line: absolute, from `~`, or a `file://` URI; nothing where a single line is none of these.
pub(crate) fn paths_of_text(text: &str) -> Vec<PathBuf> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(path_of_line).collect::<Option<_>>().unwrap_or_default()
}

fn path_of_line(line: &str) -> Option<PathBuf> {
    // As terminals and file managers copy paths.
    let line = ['"', '\'']
        .into_iter()
        .find_map(|quote| line.strip_prefix(quote)?.strip_suffix(quote))
        .unwrap_or(line);
    if let Some(rest) = line.strip_prefix("file://") {
        let path = rest.strip_prefix("localhost").unwrap_or(rest);
        let path = percent_encoding::percent_decode_str(path).decode_utf8().ok()?;
        return absolute(PathBuf::from(path.as_ref()));
    }
    if let Some(rest) = line.strip_prefix("~/") {
        return std::env::home_dir().map(|home| home.join(rest));
    }
    absolute(PathBuf::from(line))
}

fn absolute(path: PathBuf) -> Option<PathBuf> {
    path.is_absolute().then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn paths_and_uris_are_taken_from_text() {
        let text = "/tmp/a b.txt\n'/tmp/따옴표.txt'\r\nfile:///tmp/%ED%95%9C%EA%B8%80.txt\n\nfile://localhost/tmp/x";
        let expected = ["/tmp/a b.txt", "/tmp/따옴표.txt", "/tmp/한글.txt", "/tmp/x"].map(PathBuf::from);
        assert_eq!(paths_of_text(text), expected);
    }

    #[test]
    fn prose_is_no_path() {
        for text in ["", "hello", "https://example.org/a", "see\n/tmp/a", "relative/a.txt"] {
            assert!(paths_of_text(text).is_empty(), "{text}");
        }
    }
}
