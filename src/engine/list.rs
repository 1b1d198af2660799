//! The list of uploads and batches: whose turn it is, what is shown. No I/O, and no task of its own.

use super::batch::{Batch, Outcome};
use super::intake::{Added, AddedFile, Adopted};
use super::item::{Item, Live};
use super::progress::{RateMeter, totals};
use super::snapshot::{Snapshot, Stage, UploadRow};
use super::{AdoptRequest, BatchId, Event, Failure, UploadId};
use crate::s3::ObjectKey;
use crate::store::{Deletion, DestinationKind, QueuedFile};
use crate::transfer::RateLimit;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Instant;
use tokio_util::sync::CancellationToken;

/// Everything that the window shows, in the order given.
#[derive(Debug, Default)]
pub(super) struct List {
    last_id: u64,
    items: BTreeMap<UploadId, Item>,
    batches: HashMap<BatchId, Batch>,
    /// Whose turn comes, in order.
    waiting: BTreeSet<UploadId>,
    live: BTreeSet<UploadId>,
    holding: BTreeSet<BatchId>,
    wire_bytes: u64,
    meter: RateMeter,
    /// Something has changed since the last snapshot.
    dirty: bool,
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
    pub(super) cancel: CancellationToken,
}

impl List {
    /// Puts a drop, or the next files of it, on the list. What will not be sent is there too, and says why.
    pub(super) fn add(&mut self, added: Added, held: bool, now: Instant) -> Vec<Event> {
        let request = added.request;
        let batch = self
            .batches
            .entry(request.batch)
            .or_insert_with(|| Batch::new(request.probe, request.limit_rate.map(RateLimit::new)));
        if added.is_first {
            batch.hold_until = (held && !request.hold.is_zero()).then(|| now + request.hold);
        }
        batch.set_growing(!added.is_last);
        let hold_until = batch.hold_until;
        if hold_until.is_some() {
            self.holding.insert(request.batch);
        }
        let stage = if hold_until.is_some() {
            Stage::Held {
                remaining: request.hold,
            }
        } else {
            Stage::Waiting
        };
        let mut uploads = Vec::with_capacity(added.files.len());
        let mut failures = Vec::new();
        for AddedFile { expanded, queue_id } in added.files {
            let file = QueuedFile {
                path: expanded.path,
                dir: expanded.dir,
                destination: request.destination.clone(),
            };
            let size_bytes = *expanded.size_bytes.as_ref().unwrap_or(&0);
            let id = self.insert(request.batch, file, queue_id, size_bytes, stage.clone());
            self.open(id);
            uploads.push(id);
            if let Err(failure) = expanded.size_bytes {
                failures.push((id, failure));
            }
        }
        let has_failed = !failures.is_empty();
        let mut events = vec![Event::BatchAdded {
            batch: request.batch,
            uploads,
        }];
        for (id, failure) in failures {
            events.extend(self.end_failed(id, failure));
        }
        if added.is_last && !has_failed {
            // Those before it may all have ended by now, or there are none.
            events.extend(self.batch_end(request.batch));
        }
        events
    }

    /// Puts what other processes left on the list: interrupted, or failed as it had.
    pub(super) fn adopt(&mut self, request: AdoptRequest, adopted: Vec<Adopted>) -> Event {
        let batch = request.batch;
        if !adopted.is_empty() {
            let limit = request.limit_rate.map(RateLimit::new);
            self.batches.insert(batch, Batch::new(request.probe, limit));
        }
        let mut destinations = Vec::with_capacity(adopted.len());
        for Adopted { row, size_bytes } in adopted {
            let destination = Arc::clone(&row.file.destination);
            let failure = row.failure.as_deref().and_then(Failure::of_json);
            let stage = failure.map_or(Stage::Interrupted, |failure| Stage::Failed(Arc::new(failure)));
            let id = self.insert(batch, row.file, Some(row.id), size_bytes, stage);
            if let Some(item) = self.items.get_mut(&id) {
                item.object_key = row.object_key.and_then(|key| ObjectKey::new(key).ok());
                item.adopted = true;
            }
            destinations.push((id, destination));
        }
        Event::UploadsAdopted { batch, destinations }
    }

    fn insert(
        &mut self,
        batch: BatchId,
        file: QueuedFile,
        queue_id: Option<i64>,
        size_bytes: u64,
        stage: Stage,
    ) -> UploadId {
        self.last_id += 1;
        let id = UploadId(self.last_id);
        let row = Arc::new(UploadRow {
            id,
            batch,
            path: file.path.clone(),
            object_key: None,
            bucket: file.destination.kind.place().to_owned(),
            destination: file.destination.name.clone(),
            size_bytes,
            sent_bytes: 0,
            rate_bytes_per_sec: 0,
            stage,
        });
        let item = Item {
            row,
            file,
            queue_id,
            object_key: None,
            live: None,
            adopted: false,
            taken_back: false,
        };
        self.items.insert(id, item);
        if let Some(batch) = self.batches.get_mut(&batch) {
            batch.join();
        }
        self.dirty = true;
        id
    }

    /// It counts as to be done, and takes its turn unless it is held.
    fn open(&mut self, id: UploadId) {
        let Some(item) = self.items.get(&id) else { return };
        if let Some(batch) = self.batches.get_mut(&item.row.batch) {
            batch.open(id);
        }
        if item.row.stage == Stage::Waiting {
            self.waiting.insert(id);
        }
    }

    /// Ends the hold of a batch.
    pub(super) fn release(&mut self, batch: BatchId) {
        self.holding.remove(&batch);
        if let Some(batch) = self.batches.get_mut(&batch) {
            batch.hold_until = None;
        }
        for (id, item) in &mut self.items {
            if item.row.batch == batch && matches!(item.row.stage, Stage::Held { .. }) {
                item.set_stage(Stage::Waiting);
                self.waiting.insert(*id);
                self.dirty = true;
            }
        }
    }

    /// Uploads that wait for the network: they take nobody's turn who goes elsewhere.
    pub(super) fn without_network(&self) -> impl Iterator<Item = &Item> {
        let live = self.live.iter().filter_map(|id| self.items.get(id));
        live.filter(|item| item.row.stage == Stage::WaitingForNetwork)
    }

    /// Whose turn it is: where the network to a store is gone, those who go elsewhere.
    fn next(&self) -> Option<UploadId> {
        let lost: HashSet<_> = self.without_network().map(|item| &item.file.destination.kind).collect();
        let can_go = |id: &&UploadId| {
            let item = self.items.get(id);
            item.is_some_and(|item| !lost.contains(&item.file.destination.kind))
        };
        if lost.is_empty() {
            return self.waiting.first().copied();
        }
        self.waiting.iter().find(can_go).copied()
    }

    /// Where the next upload goes.
    pub(super) fn next_destination(&self) -> Option<&DestinationKind> {
        let item = self.items.get(&self.next()?)?;
        Some(&item.file.destination.kind)
    }

    /// The next upload, which runs from now on.
    pub(super) fn take_turn(&mut self) -> Option<Turn> {
        let id = self.next()?;
        self.waiting.remove(&id);
        let item = self.items.get_mut(&id)?;
        let batch = self.batches.get(&item.row.batch)?;
        let live = item.live.insert(Live::default());
        let (sent_bytes, cancel) = (Arc::clone(&live.sent_bytes), live.cancel.clone());
        item.set_stage(Stage::Signing);
        self.live.insert(id);
        self.dirty = true;
        Some(Turn {
            id,
            batch: item.row.batch,
            file: item.file.clone(),
            queue_id: item.queue_id,
            object_key: item.object_key.clone(),
            probe: batch.probe,
            rate_limit: batch.rate_limit.clone(),
            sent_bytes,
            cancel,
        })
    }

    pub(super) fn get(&self, id: UploadId) -> Option<&Item> {
        self.items.get(&id)
    }

    /// An item to change; the next snapshot shows it.
    pub(super) fn get_mut(&mut self, id: UploadId) -> Option<&mut Item> {
        self.dirty = true;
        self.items.get_mut(&id)
    }

    /// Uploads for which `wanted` holds, in order.
    pub(super) fn which(&self, wanted: impl Fn(&Item) -> bool) -> Vec<UploadId> {
        self.items
            .iter()
            .filter(|(_, item)| wanted(item))
            .map(|(id, _)| *id)
            .collect()
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

    pub(super) fn end_done(&mut self, id: UploadId, done: super::Done) -> Vec<Event> {
        let done = Arc::new(done);
        if let Some(item) = self.items.get_mut(&id) {
            item.change(|row| row.sent_bytes = row.size_bytes);
        }
        let outcome = Outcome::Done(Arc::clone(&done));
        self.end(id, Stage::Done(Arc::clone(&done)), outcome, |upload, batch| {
            Event::UploadDone {
                upload,
                batch,
                done: Box::new((*done).clone()),
            }
        })
    }

    /// Every done upload that led to this URL says that there is nothing any more.
    pub(super) fn set_deleted(&mut self, url: &str, deletion: Deletion) {
        for (id, item) in &mut self.items {
            let Stage::Done(done) = &item.row.stage else { continue };
            if done.url != url {
                continue;
            }
            let done = Arc::clone(done);
            item.set_stage(Stage::Deleted { done, deletion });
            if let Some(batch) = self.batches.get_mut(&item.row.batch) {
                batch.delete(*id);
            }
            self.dirty = true;
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
        self.waiting.remove(&id);
        self.live.remove(&id);
        let Some(item) = self.get_mut(id) else {
            return Vec::new();
        };
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

    /// Takes an upload off the list.
    pub(super) fn remove(&mut self, id: UploadId) {
        let Some(item) = self.items.remove(&id) else { return };
        self.waiting.remove(&id);
        self.dirty = true;
        let batch = item.row.batch;
        if self.batches.get_mut(&batch).is_some_and(Batch::leave) {
            self.batches.remove(&batch);
            self.holding.remove(&batch);
        }
    }

    /// Whether counters or countdowns move. Whoever waits for the network may do so all night.
    pub(super) fn is_moving(&self) -> bool {
        !self.holding.is_empty() || self.without_network().count() < self.live.len()
    }

    /// Whether a snapshot would show something new.
    pub(super) fn has_changed(&self) -> bool {
        self.dirty
    }

    /// Reads counters and countdowns of attempts; batches whose hold is over are released.
    pub(super) fn look(&mut self, now: Instant) {
        for id in self.live.clone() {
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

    fn look_at(&mut self, id: UploadId, now: Instant) {
        if let Some(item) = self.items.get_mut(&id) {
            let (moved, changed) = item.look(now);
            self.wire_bytes += moved;
            self.dirty |= changed;
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
        let uploads: Vec<_> = self.items.values().map(|item| Arc::clone(&item.row)).collect();
        let totals = totals(uploads.iter(), self.meter.bytes_per_sec());
        Some(Arc::new(Snapshot { uploads, totals }))
    }
}
