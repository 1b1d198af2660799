//! Files dropped on the window, wherever they come from: the window system's own events (Windows, macOS), and receivers
//! of our own on Wayland, where winit 0.30 delivers none, and on X11, where it loses some.
//!
//! A drop is shown before it is sent. Where an X11 source talks to winit after all (it ignores `XdndProxy`), winit 0.30
//! can deliver the *previous* drop's files after a drop that ended too quickly (mended in winit 0.31), and nobody but
//! the person can tell.

#[cfg(target_os = "linux")]
mod listener;
mod refusal;
#[cfg(target_os = "linux")]
mod uri_list;
#[cfg(target_os = "linux")]
mod wayland;
mod window_input;
#[cfg(target_os = "linux")]
mod x11;

pub(crate) use refusal::DropRefusal;

use std::path::PathBuf;

/// What happened to the files that a person drags.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum DropEvent {
    /// Something hovers over the window.
    Hover {
        /// How many files, where the window system says so before the drop.
        count: Option<usize>,
        /// Names of the first of them, where the window system says so before the drop: as they are, so not fit to be
        /// shown raw.
        names: Vec<String>,
    },
    /// Nothing hovers any more. Precedes `Dropped` and `Refused` where something hovered before.
    Left,
    /// These files and folders were dropped together. Never empty.
    Dropped(Vec<PathBuf>),
    /// What was dropped is not taken.
    #[cfg_attr(
        not(target_os = "linux"),
        allow(dead_code, reason = "elsewhere the window system delivers files alone")
    )]
    Refused(DropRefusal),
}

/// Every way by which dropped files reach the window.
pub(crate) struct Drops {
    window_input: window_input::WindowInput,
    #[cfg(target_os = "linux")]
    wayland: Option<listener::Listener>,
    #[cfg(target_os = "linux")]
    x11: Option<listener::Listener>,
}

impl Drops {
    /// Listens on the window that `cc` is about to become.
    #[cfg_attr(
        not(target_os = "linux"),
        allow(unused_variables, reason = "only Linux has receivers of our own")
    )]
    pub(crate) fn new(cc: &eframe::CreationContext<'_>) -> Self {
        Self {
            window_input: window_input::WindowInput::default(),
            #[cfg(target_os = "linux")]
            wayland: wayland::listen(cc),
            #[cfg(target_os = "linux")]
            x11: x11::listen(cc),
        }
    }

    /// What happened since the last call. To be called once a frame; the window is woken when there is something.
    pub(crate) fn poll(&mut self, ctx: &egui::Context) -> Vec<DropEvent> {
        #[allow(unused_mut, reason = "only Linux has a second source")]
        let mut events = self.window_input.poll(ctx);
        #[cfg(target_os = "linux")]
        for listener in self.wayland.iter().chain(&self.x11) {
            events.extend(listener.poll());
        }
        events
    }

    /// Whether a file that is dropped on the window can reach it. Where not, the window must offer the other ways in.
    // Only Linux has a display server that may not deliver; on X11 winit does where our receiver does not.
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
