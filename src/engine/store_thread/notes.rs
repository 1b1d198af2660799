//! What uploads note on their way, written for all that wait in one commit: a commit costs a write to the disk, a row
//! next to nothing.

use super::Order;
use crate::store::HistoryEntry;
use std::sync::mpsc;
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

/// Notes of one commit. More would only make those at its head wait.
const MOST_NOTES: usize = 256;

/// Where so many wait at a time, more follow at once: they are waited for, and share the commit.
const MANY_UNDER_WAY: usize = 8;
/// But no longer than this: a request to a store takes longer.
const WAIT_FOR_MORE: Duration = Duration::from_millis(2);

/// What one upload has to have on disk before it goes on.
#[derive(Debug)]
pub(super) enum Note {
    /// It begins, under this key.
    Begun { queue_id: i64, object_key: String },
    /// It is done: its history entry, and the queue row that this ends.
    Done {
        entry: Box<HistoryEntry>,
        queue_id: Option<i64>,
    },
}

/// A note, and who waits for it.
pub(super) type Noted = (Note, oneshot::Sender<()>);

/// Notes that are written together.
#[derive(Debug, Default)]
pub(super) struct Notes {
    pub(super) begun: Vec<(i64, String)>,
    pub(super) done: Vec<(HistoryEntry, Option<i64>)>,
    waiting: Vec<oneshot::Sender<()>>,
    /// Until when more are waited for.
    until: Option<Instant>,
}

impl Notes {
    pub(super) fn add(&mut self, (note, waits): Noted) {
        match note {
            Note::Begun { queue_id, object_key } => self.begun.push((queue_id, object_key)),
            Note::Done { entry, queue_id } => self.done.push((*entry, queue_id)),
        }
        self.waiting.push(waits);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    pub(super) fn are_many(&self) -> bool {
        self.waiting.len() >= MOST_NOTES
    }

    /// The next order, where enough notes have come for more to be likely.
    pub(super) fn await_more(&mut self, orders: &mpsc::Receiver<Order>) -> Option<Order> {
        if self.waiting.len() < MANY_UNDER_WAY {
            return None;
        }
        let now = Instant::now();
        let until = *self.until.get_or_insert(now + WAIT_FOR_MORE);
        orders.recv_timeout(until.checked_duration_since(now)?).ok()
    }

    /// Whoever waits goes on.
    pub(super) fn answer(self) {
        for waits in self.waiting {
            // Nobody waits any more: the upload was stopped meanwhile.
            let _unheard = waits.send(());
        }
    }
}
