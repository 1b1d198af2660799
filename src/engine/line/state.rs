//! Who is on a line, who waits for a lane, and what is measured of it. No clock, and nothing that waits.

use super::{Lane, Request};
use crate::engine::UploadId;
use crate::engine::width::{self, Width};
use crate::store::DestinationKind;
use std::collections::{BTreeMap, VecDeque};
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

/// Whoever gives the forms may be a function, with a price and a limit of its own.
const MOST_HANDED: usize = 8;
/// So many requests that are no parts have lanes beside the parts': a small file does not wait until a part of a large one
/// has got through.
pub(super) const SPARE: usize = 2;
/// The shortest windows that say anything, at first and later, and the longest that is waited for.
const OPENING_WINDOW: Duration = Duration::from_millis(300);
const SHORTEST_WINDOW: Duration = Duration::from_secs(1);
const LONGEST_WINDOW: Duration = Duration::from_secs(3);
/// A window is some round trips long. The fastest answer is about one, unless all requests are large.
const ROUND_TRIPS: u32 = 3;
const LONGEST_ROUND_TRIP: Duration = Duration::from_millis(500);
const SETTLES_IN: Duration = Duration::from_millis(100);
/// A window carries so much for each lane, at first and later: the kernel's buffers take a MiB at once, and then none for a
/// while.
const OPENING_BYTES: u64 = 256 * 1024;
const BYTES_PER_LANE: u64 = 1024 * 1024;

#[derive(Debug)]
pub(super) struct State {
    pub(super) breadth: Breadth,
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
    pub(super) is_wanted: bool,
    pub(super) answers: u64,
    /// The fastest answer.
    pub(super) round_trip: Duration,
    pub(super) window: Option<Window>,
}

/// How many lanes there are.
#[derive(Debug)]
pub(super) enum Breadth {
    Fixed(usize),
    Found(Width),
}

/// A measurement under way.
#[derive(Debug)]
pub(super) struct Window {
    since: Instant,
    /// What had been carried then; `None` before it has begun.
    before: Option<u64>,
}

/// The same without whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Part,
    Other,
}

impl Breadth {
    pub(super) fn of(kind: &DestinationKind, fixed: Option<usize>) -> Self {
        let most = match kind {
            DestinationKind::Account { .. } | DestinationKind::Sandbox => width::MOST,
            DestinationKind::Lambda(_) | DestinationKind::Ticket(_) => MOST_HANDED,
        };
        fixed.map_or_else(|| Self::Found(Width::new(most)), |lanes| Self::Fixed(lanes.max(1)))
    }

    pub(super) fn lanes(&self) -> usize {
        match self {
            Self::Fixed(lanes) => *lanes,
            Self::Found(width) => width.now(),
        }
    }
}

impl State {
    pub(super) fn new(breadth: Breadth) -> Self {
        Self {
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
        }
    }

    pub(super) fn has_lane(&self, kind: Kind) -> bool {
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

    pub(super) fn on_their_way(&mut self, kind: Kind) -> &mut usize {
        match kind {
            Kind::Part => &mut self.parts,
            Kind::Other => &mut self.others,
        }
    }

    pub(super) fn wait(&mut self, request: Request) -> oneshot::Receiver<Lane> {
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
    pub(super) fn next(&mut self) -> Option<(Kind, oneshot::Sender<Lane>)> {
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
    pub(super) fn measure(&mut self, carried: u64, now: Instant) -> bool {
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
