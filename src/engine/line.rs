//! The line to one store: how many requests are on it at a time, shared by files side by side and by the parts of one file.
//!
//! Whoever has a request waits for a [`Lane`] and keeps it until the answer is read. How many there are is found out
//! ([`super::width`]) from what the line carries, or fixed by the person. The queue looks every 50 ms while something moves:
//! there is no timer of its own.

mod lines;
mod state;

pub(super) use self::lines::Lines;
use self::state::{Breadth, Kind, State};
use super::UploadId;
use super::width::{self, Width};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;
use tokio::sync::oneshot;

/// Uploads that have a turn beyond the lanes: they look at their files, and note what they have to, while others are on
/// the wire, so that one commit of the database serves many and no lane waits for it.
const AHEAD: usize = 96;
/// What a request is worth beside its bytes: of small files it is their number that grows with the width.
const REQUEST_BYTES: u64 = 128 * 1024;
/// One store's line.
#[derive(Debug)]
pub(super) struct Line {
    state: Mutex<State>,
    /// Bytes of files that its requests have put on the wire, in all.
    carried_bytes: Arc<AtomicU64>,
    /// Uploads that have a turn.
    uploads: AtomicUsize,
}

/// What a request is to its upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Request {
    /// The only one at the time: a form, a PUT, a look.
    Alone,
    /// One of several parts, or what begins them.
    PartOf(UploadId),
}

/// The right to have one request on its way, until it is dropped.
#[derive(Debug)]
pub(super) struct Lane {
    line: Arc<Line>,
    request: Kind,
    since: Instant,
}

/// An upload that has a turn, until it is dropped.
#[derive(Debug)]
pub(super) struct Seat(Arc<Line>);

impl Default for Line {
    fn default() -> Self {
        Self::new(Breadth::Found(Width::new(width::MOST)))
    }
}

impl Line {
    fn new(breadth: Breadth) -> Self {
        Self {
            state: Mutex::new(State::new(breadth)),
            carried_bytes: Arc::default(),
            uploads: AtomicUsize::new(0),
        }
    }

    /// Waits for a lane.
    pub(super) async fn enter(self: &Arc<Self>, request: Request) -> Lane {
        match self.enter_or_wait(request) {
            Ok(lane) => lane,
            Err(waiting) => self.granted(request, waiting).await,
        }
    }

    /// The same, saying so where one has to be waited for.
    pub(super) async fn enter_telling(self: &Arc<Self>, request: Request, waits: impl FnOnce()) -> Lane {
        match self.enter_or_wait(request) {
            Ok(lane) => lane,
            Err(waiting) => {
                waits();
                self.granted(request, waiting).await
            }
        }
    }

    fn enter_or_wait(self: &Arc<Self>, request: Request) -> Result<Lane, oneshot::Receiver<Lane>> {
        let kind = request.kind();
        let mut state = self.state();
        if state.has_lane(kind) {
            *state.on_their_way(kind) += 1;
            return Ok(Lane::new(self, kind));
        }
        Err(state.wait(request))
    }

    async fn granted(self: &Arc<Self>, request: Request, waiting: oneshot::Receiver<Lane>) -> Lane {
        let kind = request.kind();
        // The line outlives who waits for it, and so does the sender.
        waiting.await.unwrap_or_else(|_gone| {
            *self.state().on_their_way(kind) += 1;
            Lane::new(self, kind)
        })
    }

    /// Counts what requests put on the wire.
    pub(super) fn carried_bytes(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.carried_bytes)
    }

    /// As many parts of a file as may ever be on their way.
    pub(super) fn most(&self) -> usize {
        match &self.state().breadth {
            Breadth::Fixed(lanes) => *lanes,
            Breadth::Found(width) => width.most(),
        }
    }

    /// A seat for another upload; `None` where enough have one.
    pub(super) fn seat(self: &Arc<Self>) -> Option<Seat> {
        let mut state = self.state();
        if self.uploads.load(Ordering::Relaxed) >= state.breadth.lanes() + AHEAD {
            state.is_wanted = true;
            return None;
        }
        self.uploads.fetch_add(1, Ordering::Relaxed);
        Some(Seat(Arc::clone(self)))
    }

    /// The store asks to slow down.
    pub(super) fn throttled(&self) {
        let mut state = self.state();
        if let Breadth::Found(width) = &mut state.breadth {
            width.throttled();
            tracing::debug!(width = width.now(), "throttled");
        }
        state.window = None;
    }

    /// Measures, where more was wanted than the line had lanes for; widens or narrows it.
    fn look(self: &Arc<Self>, now: Instant) {
        let mut state = self.state();
        let carried = self.carried_bytes.load(Ordering::Relaxed) + state.answers * REQUEST_BYTES;
        if state.measure(carried, now) {
            drop(state);
            self.grant();
        }
    }

    fn fix(self: &Arc<Self>, breadth: Breadth) {
        let mut state = self.state();
        state.breadth = breadth;
        state.window = None;
        drop(state);
        self.grant();
    }

    /// Gives free lanes to those who wait. Nobody is given one while the state is locked: who has gone gives it back.
    fn grant(self: &Arc<Self>) {
        loop {
            let mut state = self.state();
            let Some((kind, next)) = state.next() else { return };
            *state.on_their_way(kind) += 1;
            drop(state);
            // Who does not wait any more gives it back by dropping it.
            drop(next.send(Lane::new(self, kind)));
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Request {
    fn kind(self) -> Kind {
        match self {
            Self::Alone => Kind::Other,
            Self::PartOf(_) => Kind::Part,
        }
    }
}

impl Lane {
    fn new(line: &Arc<Line>, request: Kind) -> Self {
        Self {
            line: Arc::clone(line),
            request,
            since: Instant::now(),
        }
    }

    /// A request on it has been answered.
    pub(super) fn answered(&mut self) {
        let took = self.since.elapsed();
        self.since = Instant::now();
        let mut state = self.line.state();
        state.answers += 1;
        state.round_trip = state.round_trip.min(took);
    }
}

impl Drop for Lane {
    fn drop(&mut self) {
        let mut state = self.line.state();
        let others = state.on_their_way(self.request);
        *others = others.saturating_sub(1);
        drop(state);
        self.line.grant();
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.0.uploads.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must fail loudly"
)]
mod tests;
