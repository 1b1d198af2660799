//! The line to one store: how many requests are on it at a time, shared by files side by side and by the parts of one file.
//!
//! Whoever has a request waits for a [`Lane`] and keeps it until the answer is read. How many there are is found out
//! ([`super::width`]) from what the line carries, or fixed by the person. The queue looks every 50 ms while something moves:
//! there is no timer of its own.

use super::UploadId;
use super::width::{self, Width};
use crate::store::DestinationKind;
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

/// Whoever gives the forms may be a function, with a price and a limit of its own.
const MOST_HANDED: usize = 8;
/// So many requests that are no parts have lanes beside the parts': a small file does not wait until a part of a large one
/// has got through.
const SPARE: usize = 2;
/// Uploads that have a turn beyond the lanes: they look at their files, and note what they have to, while others are on
/// the wire, so that one commit of the database serves many and no lane waits for it.
const AHEAD: usize = 48;
/// The shortest windows that say anything, at first and later, and the longest that is waited for.
const OPENING_WINDOW: Duration = Duration::from_millis(300);
const SHORTEST_WINDOW: Duration = Duration::from_secs(1);
const LONGEST_WINDOW: Duration = Duration::from_secs(3);
/// A window is some round trips long. The fastest answer is about one, unless all requests are large.
const ROUND_TRIPS: u32 = 3;
const LONGEST_ROUND_TRIP: Duration = Duration::from_millis(500);
const SETTLES_IN: Duration = Duration::from_millis(100);
/// What a request is worth beside its bytes: of small files it is their number that grows with the width.
const REQUEST_BYTES: u64 = 128 * 1024;
/// A window carries so much for each lane, at first and later: the kernel's buffers take a MiB at once, and then none for a
/// while.
const OPENING_BYTES: u64 = 256 * 1024;
const BYTES_PER_LANE: u64 = 1024 * 1024;

/// One store's line.
#[derive(Debug)]
pub(super) struct Line {
    state: Mutex<State>,
    /// Bytes of files that its requests have put on the wire, in all.
    carried_bytes: Arc<AtomicU64>,
    /// Uploads that have a turn.
    uploads: AtomicUsize,
}

#[derive(Debug)]
struct State {
    breadth: Breadth,
    /// Requests on their way: parts, and others.
    parts: usize,
    others: usize,
    /// Who waits for a lane. The parts of the file that has begun first come first, so that it is done first.
    waiting_parts: BTreeMap<(UploadId, u64), oneshot::Sender<Lane>>,
    waiting_others: VecDeque<oneshot::Sender<Lane>>,
    /// Parts that have ever waited.
    queued: u64,
    /// Parts and others take turns.
    is_parts_turn: bool,
    /// A file waits for its turn.
    is_wanted: bool,
    answers: u64,
    /// The fastest answer.
    round_trip: Duration,
    window: Option<Window>,
}

/// How many lanes there are.
#[derive(Debug)]
enum Breadth {
    Fixed(usize),
    Found(Width),
}

/// A measurement under way.
#[derive(Debug)]
struct Window {
    since: Instant,
    /// What had been carried then; `None` before it has begun.
    before: Option<u64>,
}

/// What a request is to its upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Request {
    /// The only one at the time: a form, a PUT, a look.
    Alone,
    /// One of several parts, or what begins them.
    PartOf(UploadId),
}

/// The same without whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Part,
    Other,
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
            state: Mutex::new(State {
                breadth,
                parts: 0,
                others: 0,
                waiting_parts: BTreeMap::new(),
                waiting_others: VecDeque::new(),
                queued: 0,
                is_parts_turn: false,
                is_wanted: false,
                answers: 0,
                round_trip: LONGEST_ROUND_TRIP,
                window: None,
            }),
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

impl Breadth {
    fn of(kind: &DestinationKind, fixed: Option<usize>) -> Self {
        let most = match kind {
            DestinationKind::Account { .. } | DestinationKind::Sandbox => width::MOST,
            DestinationKind::Lambda(_) | DestinationKind::Ticket(_) => MOST_HANDED,
        };
        fixed.map_or_else(|| Self::Found(Width::new(most)), |lanes| Self::Fixed(lanes.max(1)))
    }

    fn lanes(&self) -> usize {
        match self {
            Self::Fixed(lanes) => *lanes,
            Self::Found(width) => width.now(),
        }
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

impl State {
    fn has_lane(&self, kind: Kind) -> bool {
        let is_free = self.parts + self.others < self.breadth.lanes();
        is_free || kind == Kind::Other && self.others < SPARE && self.has_spare_lane()
    }

    /// What the person has fixed has no spare ones.
    fn has_spare_lane(&self) -> bool {
        match &self.breadth {
            Breadth::Fixed(_) => false,
            Breadth::Found(width) => self.parts + self.others < width.most(),
        }
    }

    fn on_their_way(&mut self, kind: Kind) -> &mut usize {
        match kind {
            Kind::Part => &mut self.parts,
            Kind::Other => &mut self.others,
        }
    }

    fn wait(&mut self, request: Request) -> oneshot::Receiver<Lane> {
        let (sender, receiver) = oneshot::channel();
        match request {
            Request::Alone => self.waiting_others.push_back(sender),
            Request::PartOf(upload) => {
                self.queued += 1;
                self.waiting_parts.insert((upload, self.queued), sender);
            }
        }
        receiver
    }

    /// Who gets the next lane, where there is one.
    fn next(&mut self) -> Option<(Kind, oneshot::Sender<Lane>)> {
        let mut order = [Kind::Other, Kind::Part];
        if self.is_parts_turn {
            order.reverse();
        }
        for kind in order {
            if !self.has_lane(kind) {
                continue;
            }
            let next = match kind {
                Kind::Part => self.waiting_parts.pop_first().map(|(_, part)| part),
                Kind::Other => self.waiting_others.pop_front(),
            };
            if let Some(next) = next {
                self.is_parts_turn = kind == Kind::Other;
                return Some((kind, next));
            }
        }
        None
    }

    /// Whether the width has changed.
    fn measure(&mut self, carried: u64, now: Instant) -> bool {
        let is_wanted =
            std::mem::take(&mut self.is_wanted) || !self.waiting_others.is_empty() || !self.waiting_parts.is_empty();
        let Breadth::Found(width) = &mut self.breadth else {
            return false;
        };
        if !is_wanted {
            // What is carried now is all that there is.
            self.window = None;
            return false;
        }
        // New lanes carry nothing before a round trip, and then what the kernel's buffers swallow.
        let window = self.window.get_or_insert(Window {
            since: now + self.round_trip.max(SETTLES_IN),
            before: None,
        });
        let Some(before) = window.before else {
            if window.since <= now {
                *window = Window {
                    since: now,
                    before: Some(carried),
                };
            }
            return false;
        };
        let (lasted, bytes) = (now.saturating_duration_since(window.since), carried - before);
        let (shortest, bytes_per_lane) = if width.is_opening() {
            (OPENING_WINDOW, OPENING_BYTES)
        } else {
            (SHORTEST_WINDOW, BYTES_PER_LANE)
        };
        let shortest = (self.round_trip * ROUND_TRIPS).clamp(shortest, LONGEST_WINDOW);
        let is_enough = bytes >= bytes_per_lane * width.now() as u64 || lasted >= LONGEST_WINDOW;
        if lasted < shortest || !is_enough {
            return false;
        }
        #[allow(clippy::cast_precision_loss, reason = "a rate need not be exact")]
        let rate = bytes as f64 / lasted.as_secs_f64();
        let narrow = width.now();
        width.measured(rate);
        let has_changed = width.now() != narrow;
        tracing::debug!(from = narrow, to = width.now(), rate, "measured");
        self.window = (!has_changed).then_some(Window {
            since: now,
            before: Some(carried),
        });
        has_changed
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

/// The lines to all stores: what was found out of one is kept from file to file.
#[derive(Debug)]
pub(super) struct Lines {
    fixed: Mutex<Option<usize>>,
    lines: Mutex<HashMap<DestinationKind, Arc<Line>>>,
}

impl Lines {
    /// With `fixed` lanes each, or as many as help.
    pub(super) fn new(fixed: Option<usize>) -> Self {
        Self {
            fixed: Mutex::new(fixed),
            lines: Mutex::default(),
        }
    }

    /// The one to this store.
    pub(super) fn of(&self, kind: &DestinationKind) -> Arc<Line> {
        let mut lines = self.lines();
        if let Some(line) = lines.get(kind) {
            return Arc::clone(line);
        }
        let line = Arc::new(Line::new(Breadth::of(kind, self.fixed())));
        lines.insert(kind.clone(), Arc::clone(&line));
        line
    }

    /// What the person has fixed.
    pub(super) fn fixed(&self) -> Option<usize> {
        *self.fixed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The person has chosen otherwise.
    pub(super) fn fix(&self, fixed: Option<usize>) {
        let before = std::mem::replace(&mut *self.fixed.lock().unwrap_or_else(PoisonError::into_inner), fixed);
        if before != fixed {
            for (kind, line) in self.lines().iter() {
                line.fix(Breadth::of(kind, fixed));
            }
        }
    }

    /// Now and then while something moves.
    pub(super) fn look(&self, now: Instant) {
        self.lines().values().for_each(|line| line.look(now));
    }

    fn lines(&self) -> MutexGuard<'_, HashMap<DestinationKind, Arc<Line>>> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must fail loudly"
)]
mod tests;
