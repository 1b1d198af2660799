//! A thread that listens for drops on a connection to the display server, so that neither a slow drag source nor a long
//! list ever holds up the window.

use super::DropEvent;
use super::uri_list::{ListError, UriList};
use std::fmt::Display;
use std::io::{PipeReader, PipeWriter};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread::JoinHandle;

/// The running thread. Dropping this ends it and waits until it has ended.
pub(super) struct Listener {
    events: mpsc::Receiver<DropEvent>,
    listening: Arc<AtomicBool>,
    /// Closing it ends the thread.
    stop: Option<PipeWriter>,
    thread: Option<JoinHandle<()>>,
}

impl Listener {
    /// Runs `listen` in a thread called `name`, until the pipe that it is given is closed at its other end.
    pub(super) fn start<E: Display>(
        name: &'static str,
        window: egui::Context,
        listen: impl FnOnce(PipeReader, Outlet) -> Result<(), E> + Send + 'static,
    ) -> Self {
        let (sender, events) = mpsc::channel();
        let listening = Arc::new(AtomicBool::new(true));
        let started = std::io::pipe().and_then(|(stopped, stop)| {
            let listening = Arc::clone(&listening);
            let outlet = Outlet { sender, window };
            let thread = std::thread::Builder::new().name(name.to_owned()).spawn(move || {
                let window = outlet.window.clone();
                if let Err(error) = listen(stopped, outlet) {
                    tracing::warn!("{name}: {error}");
                    listening.store(false, Ordering::Relaxed);
                    window.request_repaint();
                }
            })?;
            Ok((stop, thread))
        });
        let (stop, thread) = match started {
            Ok((stop, thread)) => (Some(stop), Some(thread)),
            Err(error) => {
                tracing::warn!("{name}: {error}");
                listening.store(false, Ordering::Relaxed);
                (None, None)
            }
        };
        Self {
            events,
            listening,
            stop,
            thread,
        }
    }

    /// What happened since the last call.
    pub(super) fn poll(&self) -> impl Iterator<Item = DropEvent> {
        self.events.try_iter()
    }

    /// Whether drops arrive.
    pub(super) fn is_listening(&self) -> bool {
        self.listening.load(Ordering::Relaxed)
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        drop(self.stop.take());
        if self.thread.take().is_some_and(|thread| thread.join().is_err()) {
            tracing::warn!("the thread that receives drops panicked");
        }
    }
}

/// Where events go, and what wakes the window for them.
pub(super) struct Outlet {
    sender: mpsc::Sender<DropEvent>,
    window: egui::Context,
}

impl Outlet {
    /// Tells the window.
    pub(super) fn send(&self, event: DropEvent) {
        // The window may be closing: then nobody needs to know.
        if self.sender.send(event).is_ok() {
            self.window.request_repaint();
        }
    }

    /// Tells the window what came of a drop. Gives whether anything was taken.
    pub(super) fn send_list(&self, list: Result<UriList, ListError>) -> bool {
        let list = match list {
            Ok(list) => list,
            Err(error) => {
                tracing::debug!("a drop was lost: {error:?}");
                if let Some(refusal) = error.refusal() {
                    self.send(DropEvent::Refused(refusal));
                }
                return false;
            }
        };
        let refusal = list.refusal();
        let taken = !list.paths.is_empty();
        if taken {
            self.send(DropEvent::Dropped(list.paths));
        }
        if let Some(refusal) = refusal {
            self.send(DropEvent::Refused(refusal));
        }
        taken
    }
}
