//! The list of uploads and batches: whose turn it is, what is shown. No I/O, and no task of its own.

mod arrivals;
mod items;
#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
mod tests;
mod waiting;

use self::items::Items;
use self::waiting::Waiting;
use super::batch::{Batch, Outcome};
use super::item::{Item, Said};
use super::progress::RateMeter;
use super::snapshot::{Snapshot, Stage, Totals};
use super::{BatchId, Engine, Event, Failure, UploadId};
use crate::s3::ObjectKey;
use crate::store::{Deletion, DestinationKind, QueuedFile};
use crate::transfer::RateLimit;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Instant;
use tokio_util::sync::CancellationToken;

/// Everything that the window shows, in the order given.
#[derive(Debug, Default)]
pub(super) struct List {
    last_id: u64,
    items: Items,
    batches: HashMap<BatchId, Batch>,
    waiting: Waiting,
    live: BTreeSet<UploadId>,
    /// Of the live, those that wait for the network.
    offline: HashSet<UploadId>,
    holding: BTreeSet<BatchId>,
    wire_bytes: u64,
    meter: RateMeter,
    /// Something has changed since the last snapshot.
    dirty: bool,
    /// Whether what is done leaves the list.
    forgets_done: bool,
    /// What leaves it at the next look.
    done: Vec<UploadId>,
    /// What has left it so, added up.
    forgotten: Totals,
}

/// An upload whose turn has come.
pub(super) struct Turn {
    pub(super) id: UploadId,
    pub(super) batch: BatchId,
    pub(super) file: QueuedFile,
    pub(super) queue_id: Option<i64>,
    /// From an earlier attempt or run: it is kept, so that trying again cannot leave two objects.
    pub(super) object_key: Option<ObjectKey>,
    pub(super) probe: bool,
    pub(super) rate_limit: Option<RateLimit>,
    pub(super) sent_bytes: Arc<AtomicU64>,
    pub(super) said: Arc<Said>,
    pub(super) cancel: CancellationToken,
    /// Of a checkup: it is on no list, and nothing is to go on with it.
    pub(super) is_trial: bool,
}

impl Turn {
    /// A checkup's own file, which is on no list.
    pub(super) fn of_trial(id: UploadId, file: QueuedFile, cancel: CancellationToken) -> Self {
        Self {
            id,
            batch: Engine::new_batch(),
            file,
            queue_id: None,
            object_key: None,
            probe: true,
            rate_limit: None,
            sent_bytes: Arc::default(),
            said: Arc::default(),
            cancel,
            is_trial: true,
        }
    }
}

impl List {
    pub(super) fn new(forgets_done: bool) -> Self {
        Self {
            forgets_done,
            ..Self::default()
        }
    }

    /// It counts as to be done, and takes its turn unless it is held.
    fn open(&mut self, id: UploadId) {
        let Some(item) = self.items.get(id) else { return };
        if let Some(batch) = self.batches.get_mut(&item.row.batch) {
            batch.open(id);
        }
        if item.row.stage == Stage::Waiting {
            self.waiting.join(id, &item.destination.kind);
        }
    }

    /// Ends the hold of a batch.
    pub(super) fn release(&mut self, batch: BatchId) {
        self.holding.remove(&batch);
        if let Some(batch) = self.batches.get_mut(&batch) {
            batch.hold_until = None;
        }
        let held = self.items.of_batch(batch).filter(|item| item.is_held());
        let held: Vec<_> = held.map(|item| item.id).collect();
        for id in held {
            if let Some(item) = self.items.get_mut(id) {
                item.set_stage(Stage::Waiting);
                self.waiting.join(id, &item.destination.kind);
                self.dirty = true;
            }
        }
    }

    /// How many wait for the network: they take nobody's turn who goes elsewhere.
    pub(super) fn offline(&self) -> usize {
        self.offline.len()
    }

    /// Whose turn it is: where the network to a store is gone, those who go elsewhere.
    fn next(&self) -> Option<UploadId> {
        let lost = self.offline.iter().filter_map(|id| self.items.get(*id));
        let lost: Vec<_> = lost.map(|item| &item.destination.kind).collect();
        self.waiting.first(&lost)
    }

    /// Where the next upload goes.
    pub(super) fn next_destination(&self) -> Option<&DestinationKind> {
        Some(&self.items.get(self.next()?)?.destination.kind)
    }

    /// The next upload, which runs from now on.
    pub(super) fn take_turn(&mut self) -> Option<Turn> {
        let id = self.next()?;
        let item = self.items.get_mut(id)?;
        self.waiting.leave(id, &item.destination.kind);
        let batch = self.batches.get(&item.row.batch)?;
        item.set_stage(Stage::Signing);
        let live = item.live.insert(Box::default());
        self.live.insert(id);
        self.dirty = true;
        Some(Turn {
            id,
            batch: item.row.batch,
            file: QueuedFile {
                path: item.row.path.to_path_buf(),
                dir: item.dir.as_ref().to_owned(),
                destination: Arc::clone(&item.destination),
            },
            queue_id: item.queue_id,
            object_key: item.object_key.clone(),
            probe: batch.probe,
            rate_limit: batch.rate_limit.clone(),
            sent_bytes: Arc::clone(&live.sent_bytes),
            said: Arc::clone(&live.said),
            cancel: live.cancel.clone(),
            is_trial: false,
        })
    }

    pub(super) fn get(&self, id: UploadId) -> Option<&Item> {
        self.items.get(id)
    }

    /// An item to change; the next snapshot shows it.
    pub(super) fn get_mut(&mut self, id: UploadId) -> Option<&mut Item> {
        self.dirty = true;
        self.items.get_mut(id)
    }

    /// Uploads for which `wanted` holds, in order.
    pub(super) fn which(&self, wanted: impl Fn(&Item) -> bool) -> Vec<UploadId> {
        let wanted = self.items.iter().filter(|item| wanted(item));
        wanted.map(|item| item.id).collect()
    }

    /// Those of a batch.
    pub(super) fn of_batch(&self, batch: BatchId) -> impl Iterator<Item = &Item> {
        self.items.of_batch(batch)
    }

    /// Puts an upload that has ended (or was interrupted) in the line again.
    pub(super) fn again(&mut self, id: UploadId) {
        let Some(item) = self.get_mut(id) else { return };
        item.change(|row| {
            row.stage = Stage::Waiting;
            row.sent_bytes = 0;
        });
        self.open(id);
    }

    pub(super) fn end_failed(&mut self, id: UploadId, failure: Failure) -> Vec<Event> {
        tracing::warn!(
            upload = id.0,
            code = failure.code.name(),
            request_id = failure.request_id,
            what = failure.english().what,
            details = ?failure.details,
            "an upload failed"
        );
        let failure = Arc::new(failure);
        let stage = Stage::Failed(Arc::clone(&failure));
        self.end(id, stage, Outcome::Failed, |upload, batch| Event::UploadFailed {
            upload,
            batch,
            failure: Box::new((*failure).clone()),
        })
    }

    pub(super) fn end_cancelled(&mut self, id: UploadId) -> Vec<Event> {
        self.end(id, Stage::Cancelled, Outcome::Cancelled, |upload, batch| {
            Event::UploadCancelled { upload, batch }
        })
    }

    pub(super) fn end_done(&mut self, id: UploadId, mut done: super::Done) -> Vec<Event> {
        if let Some(item) = self.items.get_mut(id) {
            done.path = Arc::clone(&item.row.path);
            item.object_key = None;
            item.change(|row| {
                row.sent_bytes = row.size_bytes;
                // The result names it.
                row.object_key = None;
            });
        }
        let done = Arc::new(done);
        let outcome = if self.forgets_done {
            self.done.push(id);
            Outcome::Forgotten
        } else {
            Outcome::Done(Arc::clone(&done))
        };
        self.end(id, Stage::Done(Arc::clone(&done)), outcome, |upload, batch| {
            Event::UploadDone { upload, batch, done }
        })
    }

    /// Every done upload that led to this URL says that there is nothing any more.
    pub(super) fn set_deleted(&mut self, url: &str, deletion: Deletion) {
        let leads_there = |item: &Item| matches!(&item.row.stage, Stage::Done(done) if done.url == url);
        for id in self.which(leads_there) {
            let Some(item) = self.get_mut(id) else { continue };
            let Stage::Done(done) = &item.row.stage else { continue };
            let done = Arc::clone(done);
            item.set_stage(Stage::Deleted { done, deletion });
            let batch = item.row.batch;
            if let Some(batch) = self.batches.get_mut(&batch) {
                batch.delete(id);
            }
        }
    }

    fn end(
        &mut self,
        id: UploadId,
        stage: Stage,
        outcome: Outcome,
        event: impl FnOnce(UploadId, BatchId) -> Event,
    ) -> Vec<Event> {
        self.look_at(id, Instant::now());
        self.live.remove(&id);
        self.offline.remove(&id);
        self.dirty = true;
        let Some(item) = self.items.get_mut(id) else {
            return Vec::new();
        };
        if item.row.stage == Stage::Waiting {
            self.waiting.leave(id, &item.destination.kind);
        }
        item.live = None;
        item.change(|row| {
            row.rate_bytes_per_sec = 0;
            row.stage = stage;
        });
        let batch = item.row.batch;
        let mut events = vec![event(id, batch)];
        if let Some(open) = self.batches.get_mut(&batch) {
            open.close(id, outcome);
        }
        events.extend(self.batch_end(batch));
        events
    }

    fn batch_end(&self, id: BatchId) -> Option<Event> {
        let batch = self.batches.get(&id)?;
        batch.has_ended().then(|| batch.ended(id))
    }

    /// Takes uploads off the list that have ended.
    pub(super) fn remove(&mut self, uploads: &[UploadId]) {
        for batch in self.items.remove(uploads) {
            self.dirty = true;
            if self.batches.get_mut(&batch).is_some_and(Batch::leave) {
                self.batches.remove(&batch);
                self.holding.remove(&batch);
            }
        }
    }

    /// Whether counters or countdowns move. Whoever waits for the network may do so all night.
    pub(super) fn is_moving(&self) -> bool {
        !self.holding.is_empty() || self.offline.len() < self.live.len()
    }

    /// Whether a snapshot would show something new.
    pub(super) fn has_changed(&self) -> bool {
        self.dirty
    }

    /// Takes those that are done off the list, all that are by now together, and keeps their numbers.
    fn forget_done(&mut self) {
        let done = std::mem::take(&mut self.done);
        for id in &done {
            if let Some(item) = self.items.get(*id) {
                self.forgotten.count(&item.row);
                if let Some(batch) = self.batches.get_mut(&item.row.batch) {
                    batch.forget(*id);
                }
            }
        }
        self.remove(&done);
    }

    /// Reads counters, countdowns and what uploads have said; batches whose hold is over are released.
    pub(super) fn look(&mut self, now: Instant) {
        self.forget_done();
        for id in self.live.iter().copied().collect::<Vec<_>>() {
            self.look_at(id, now);
        }
        if self.live.is_empty() {
            self.meter.reset();
        } else {
            self.meter.note(now, self.wire_bytes);
        }
        for batch in self.holding.clone() {
            self.look_at_hold(batch, now);
        }
    }

    /// Reads the counters of an upload, and what it has said.
    pub(super) fn look_at(&mut self, id: UploadId, now: Instant) {
        let looked = self.items.with(id, |item| {
            let said = item.listen();
            let (moved, changed) = item.look(now);
            ((moved, item.row.stage == Stage::WaitingForNetwork), said || changed)
        });
        if let Some(((moved, is_offline), changed)) = looked {
            self.wire_bytes += moved;
            self.dirty |= changed;
            if is_offline {
                self.offline.insert(id);
            } else {
                self.offline.remove(&id);
            }
        }
    }

    /// Ends a hold that is over. Rows do not count down: a hundred thousand of them would be made anew all the time.
    fn look_at_hold(&mut self, id: BatchId, now: Instant) {
        let until = self.batches.get(&id).and_then(|batch| batch.hold_until);
        if until.is_none_or(|until| until <= now) {
            self.release(id);
        }
    }

    /// The snapshot, where something has changed since the last.
    pub(super) fn snapshot(&mut self) -> Option<Arc<Snapshot>> {
        if !std::mem::take(&mut self.dirty) {
            return None;
        }
        let (uploads, mut totals) = self.items.show();
        totals.add(&self.forgotten);
        let totals = totals.at_rate(self.meter.bytes_per_sec());
        Some(Arc::new(Snapshot { uploads, totals }))
    }
}
