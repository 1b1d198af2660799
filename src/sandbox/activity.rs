//! Whether anybody still asks: what a sandbox in the background goes by when it leaves.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::Notify;

/// Requests under way, the end of the last one, and whether somebody has come since it was asked.
#[derive(Debug)]
pub(super) struct Activity {
    state: Mutex<State>,
    connections: Notify,
}

#[derive(Debug)]
struct State {
    under_way: usize,
    last_end: Instant,
}

/// A request under way, until this is dropped.
#[derive(Debug)]
pub(super) struct Request<'a>(&'a Activity);

impl Activity {
    pub(super) fn new() -> Self {
        Self {
            state: Mutex::new(State {
                under_way: 0,
                last_end: Instant::now(),
            }),
            connections: Notify::new(),
        }
    }

    /// Somebody has connected.
    pub(super) fn connected(&self) {
        self.connections.notify_one();
    }

    /// The next connection, or those that came while nobody waited, as one.
    pub(super) async fn connection(&self) {
        self.connections.notified().await;
    }

    pub(super) fn request(&self) -> Request<'_> {
        self.change(|state| state.under_way += 1);
        Request(self)
    }

    /// Since the last request has ended; nothing while one is under way.
    pub(super) fn idle_for(&self) -> Duration {
        self.change(|state| match state.under_way {
            0 => state.last_end.elapsed(),
            _ => Duration::ZERO,
        })
    }

    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Drop for Request<'_> {
    fn drop(&mut self) {
        self.0.change(|state| {
            state.under_way -= 1;
            state.last_end = Instant::now();
        });
    }
}
