//! Files dropped on the window, wherever they come from: the window system's own events (X11, Windows, macOS), and a
//! receiver of our own on Wayland, where winit 0.30 delivers none.
//!
//! A drop is shown before it is sent: winit 0.30 can deliver the *previous* drop's files after a drop that its source
//! ended too quickly (mended in winit 0.31), and nobody but the person can tell.

#[cfg(target_os = "linux")]
mod uri_list;
#[cfg(target_os = "linux")]
mod wayland;
mod window_input;

use std::path::PathBuf;

/// What happened to the files that a person drags.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum DropEvent {
    /// Something hovers over the window.
    Hover {
        /// How many files, where the window system says so before the drop.
        count: Option<usize>,
        /// Their names, where the window system says so before the drop: as they are, so not fit to be shown raw.
        names: Vec<String>,
    },
    /// Nothing hovers any more. Precedes `Dropped` and `Refused` where something hovered before.
    Left,
    /// These files and folders were dropped together. Never empty.
    Dropped(Vec<PathBuf>),
    /// What was dropped is not taken: one sentence, without a full stop, that says what is.
    Refused(String),
}

/// Every way by which dropped files reach the window.
pub(crate) struct Drops {
    window_input: window_input::WindowInput,
    #[cfg(target_os = "linux")]
    wayland: Option<wayland::Receiver>,
}

impl Drops {
    /// Listens on the window that `cc` is about to become.
    pub(crate) fn new(cc: &eframe::CreationContext<'_>) -> Self {
        Self {
            window_input: window_input::WindowInput::default(),
            #[cfg(target_os = "linux")]
            wayland: wayland::Receiver::on_window(cc),
        }
    }

    /// What happened since the last call. To be called once a frame; the window is woken when there is something.
    pub(crate) fn poll(&mut self, ctx: &egui::Context) -> Vec<DropEvent> {
        #[allow(unused_mut, reason = "only Linux has a second source")]
        let mut events = self.window_input.poll(ctx);
        #[cfg(target_os = "linux")]
        if let Some(wayland) = &self.wayland {
            events.extend(wayland.poll());
        }
        events
    }

    /// Whether a file that is dropped on the window can reach it. Where not, the window must offer the other ways in.
    // Only Linux has a display server that may not deliver.
    #[cfg_attr(
        not(target_os = "linux"),
        allow(clippy::unused_self, reason = "the answer is the same everywhere else")
    )]
    pub(crate) fn delivers_drops(&self) -> bool {
        #[cfg(target_os = "linux")]
        if let Some(wayland) = &self.wayland {
            return wayland.is_listening();
        }
        true
    }
}
