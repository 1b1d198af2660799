//! Drops on a native Wayland window: a `wl_data_device` of our own beside winit, which (0.30) has none for drops.
//!
//! It lives on winit's connection, in a thread and an event queue of its own, so that neither a slow drag source nor
//! a full pipe ever holds up the window. To be removed with winit 0.31, which receives drops itself.
//!
//! Source: <https://wayland.app/protocols/wayland#wl_data_device>.

mod data_device;
mod offered_list;

use super::DropEvent;
use data_device::DataDevice;
use std::io::{PipeReader, PipeWriter};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread::JoinHandle;
use wayland_client::Connection;
use wayland_client::backend::Backend;
use winit::raw_window_handle::{HasDisplayHandle as _, RawDisplayHandle};

/// Receives drops until it is dropped itself.
pub(super) struct Receiver {
    events: mpsc::Receiver<DropEvent>,
    listening: Arc<AtomicBool>,
    /// Closing it ends the thread.
    stop: Option<PipeWriter>,
    thread: Option<JoinHandle<()>>,
}

impl Receiver {
    /// Listens on the window's Wayland connection. `None` where the window has none.
    pub(super) fn on_window(cc: &eframe::CreationContext<'_>) -> Option<Self> {
        let RawDisplayHandle::Wayland(display) = cc.display_handle().ok()?.as_raw() else {
            return None;
        };
        #[allow(
            unsafe_code,
            reason = "libwayland's connection can only be shared by its address. Sound: the address comes from winit \
                      and is live now; winit closes the connection after eframe has dropped the app, the app owns this \
                      `Receiver`, and dropping it joins the only thread that holds the `Backend`"
        )]
        let backend = unsafe { Backend::from_foreign_display(display.display.as_ptr().cast()) };
        Some(Self::start(Connection::from_backend(backend), cc.egui_ctx.clone()))
    }

    fn start(connection: Connection, ctx: egui::Context) -> Self {
        let (sender, events) = mpsc::channel();
        let listening = Arc::new(AtomicBool::new(true));
        let started = std::io::pipe().and_then(|(stopped, stop)| {
            let listening = Arc::clone(&listening);
            let outlet = Outlet { sender, ctx };
            let thread = std::thread::Builder::new()
                .name("wayland-drops".to_owned())
                .spawn(move || listen(connection, stopped, outlet, &listening))?;
            Ok((stop, thread))
        });
        match started {
            Ok((stop, thread)) => Self {
                events,
                listening,
                stop: Some(stop),
                thread: Some(thread),
            },
            Err(error) => {
                tracing::warn!("no drops on this Wayland window: {error}");
                listening.store(false, Ordering::Relaxed);
                Self {
                    events,
                    listening,
                    stop: None,
                    thread: None,
                }
            }
        }
    }

    /// What happened since the last call.
    pub(super) fn poll(&self) -> impl Iterator<Item = DropEvent> {
        self.events.try_iter()
    }

    /// Whether the compositor hands drops to this window.
    pub(super) fn is_listening(&self) -> bool {
        self.listening.load(Ordering::Relaxed)
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        drop(self.stop.take());
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            tracing::warn!("the Wayland drop receiver panicked");
        }
    }
}

/// The thread: until it is stopped, or the connection ends.
fn listen(connection: Connection, stopped: PipeReader, outlet: Outlet, listening: &AtomicBool) {
    let ctx = outlet.ctx.clone();
    if let Err(error) = DataDevice::run(connection, stopped, outlet) {
        tracing::warn!("no drops on this Wayland window: {error}");
        listening.store(false, Ordering::Relaxed);
        ctx.request_repaint();
    }
}

/// Where events go, and what wakes the window for them.
struct Outlet {
    sender: mpsc::Sender<DropEvent>,
    ctx: egui::Context,
}

impl Outlet {
    fn send(&self, event: DropEvent) {
        // The window may be closing: then nobody needs to know.
        if self.sender.send(event).is_ok() {
            self.ctx.request_repaint();
        }
    }
}
