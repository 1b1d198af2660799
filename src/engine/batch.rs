//! The files of one drop: how they are sent, and what became of them.

use super::{BatchId, Done, Event, UploadId};
use crate::transfer::RateLimit;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

/// What became of an upload.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Outcome {
    Done(Arc<Done>),
    Failed,
    Cancelled,
    /// Was done; nobody needs its URL any more.
    Forgotten,
}

/// One batch.
#[derive(Debug)]
pub(super) struct Batch {
    /// Rows are shown, and nothing goes, until then.
    pub(super) hold_until: Option<Instant>,
    pub(super) probe: bool,
    pub(super) rate_limit: Option<RateLimit>,
    /// Uploads on the list: without any the batch is forgotten.
    members: usize,
    /// Uploads that have not ended.
    open: usize,
    /// More of its files are being looked for.
    is_growing: bool,
    outcomes: BTreeMap<UploadId, Outcome>,
}

impl Batch {
    pub(super) fn new(probe: bool, rate_limit: Option<RateLimit>) -> Self {
        Self {
            hold_until: None,
            probe,
            rate_limit,
            members: 0,
            open: 0,
            is_growing: false,
            outcomes: BTreeMap::new(),
        }
    }

    /// Whether more of its files are to come.
    pub(super) fn set_growing(&mut self, is_growing: bool) {
        self.is_growing = is_growing;
    }

    /// An upload is put on the list.
    pub(super) fn join(&mut self) {
        self.members += 1;
    }

    /// An upload is taken off the list. Whether that was the last one, and none will come.
    pub(super) fn leave(&mut self) -> bool {
        self.members = self.members.saturating_sub(1);
        self.members == 0 && !self.is_growing
    }

    /// An upload is (again) to be done.
    pub(super) fn open(&mut self, upload: UploadId) {
        self.open += 1;
        self.outcomes.remove(&upload);
    }

    /// An upload has ended.
    pub(super) fn close(&mut self, upload: UploadId, outcome: Outcome) {
        self.open = self.open.saturating_sub(1);
        self.outcomes.insert(upload, outcome);
    }

    /// What a done upload stored was deleted.
    pub(super) fn delete(&mut self, upload: UploadId) {
        self.outcomes.insert(upload, Outcome::Forgotten);
    }

    /// An upload is told of no more.
    pub(super) fn forget(&mut self, upload: UploadId) {
        self.outcomes.remove(&upload);
    }

    pub(super) fn has_ended(&self) -> bool {
        self.open == 0 && !self.is_growing
    }

    /// What is told when all have ended.
    pub(super) fn ended(&self, batch: BatchId) -> Event {
        let count = |wanted: &Outcome| self.outcomes.values().filter(|outcome| *outcome == wanted).count();
        let (failed, cancelled) = (count(&Outcome::Failed), count(&Outcome::Cancelled));
        tracing::info!(uploads = self.outcomes.len(), failed, cancelled, "a batch ended");
        Event::BatchEnded {
            batch,
            done: self
                .outcomes
                .values()
                .filter_map(|outcome| match outcome {
                    Outcome::Done(done) => Some(Arc::clone(done)),
                    Outcome::Failed | Outcome::Cancelled | Outcome::Forgotten => None,
                })
                .collect(),
            failed,
            cancelled,
        }
    }
}
