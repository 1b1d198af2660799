//! What comes on the list: a drop, piece by piece, or what another process has left.

use super::List;
use crate::engine::batch::Batch;
use crate::engine::intake::{Added, AddedFile, Adopted};
use crate::engine::item::Item;
use crate::engine::snapshot::{Stage, UploadRow};
use crate::engine::{AdoptRequest, BatchId, Event, Failure, UploadId};
use crate::s3::ObjectKey;
use crate::store::Destination;
use crate::transfer::RateLimit;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

/// An upload that comes on the list.
struct New {
    path: Arc<Path>,
    dir: Arc<str>,
    queue_id: Option<i64>,
    size_bytes: u64,
    stage: Stage,
    watch: Option<Arc<str>>,
}

/// Where uploads go, as their rows say it: the rows of a drop share the texts.
struct To {
    destination: Arc<Destination>,
    bucket: Arc<str>,
    name: Arc<str>,
}

impl To {
    fn of(destination: &Arc<Destination>) -> Self {
        Self {
            bucket: destination.kind.place().into(),
            name: destination.name.as_str().into(),
            destination: Arc::clone(destination),
        }
    }
}

/// The files of a folder share its name.
#[derive(Default)]
struct Dirs(Arc<str>);

impl Dirs {
    fn of(&mut self, dir: &str) -> Arc<str> {
        if *self.0 != *dir {
            self.0 = dir.into();
        }
        Arc::clone(&self.0)
    }
}

impl List {
    /// Puts a drop, or the next files of it, on the list. What will not be sent is there too, and says why.
    pub(in crate::engine) fn add(&mut self, added: Added, held: bool, now: Instant) -> Vec<Event> {
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
        let to = To::of(&request.destination);
        let mut dirs = Dirs::default();
        let mut uploads = Vec::with_capacity(added.files.len());
        let mut failures = Vec::new();
        for AddedFile { expanded, queue_id } in added.files {
            let new = New {
                path: expanded.path.into(),
                dir: dirs.of(&expanded.dir),
                queue_id,
                size_bytes: *expanded.size_bytes.as_ref().unwrap_or(&0),
                stage: stage.clone(),
                watch: added.watch.clone(),
            };
            let id = self.insert(request.batch, new, &to);
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
    pub(in crate::engine) fn adopt(&mut self, request: AdoptRequest, adopted: Vec<Adopted>) -> Event {
        let batch = request.batch;
        if !adopted.is_empty() {
            let limit = request.limit_rate.map(RateLimit::new);
            self.batches.insert(batch, Batch::new(request.probe, limit));
        }
        let mut destinations = Vec::with_capacity(adopted.len());
        let (mut to, mut dirs) = (None, Dirs::default());
        for Adopted { row, size_bytes } in adopted {
            // Neighbours mostly go to one place.
            let last: Option<To> = to.take();
            let to = to.insert(
                last.filter(|last| Arc::ptr_eq(&last.destination, &row.file.destination))
                    .unwrap_or_else(|| To::of(&row.file.destination)),
            );
            let failure = row.failure.as_deref().and_then(Failure::of_json);
            let new = New {
                path: row.file.path.into(),
                dir: dirs.of(&row.file.dir),
                queue_id: Some(row.id),
                size_bytes,
                stage: failure.map_or(Stage::Interrupted, |failure| Stage::Failed(Arc::new(failure))),
                watch: row.watch.map(Into::into),
            };
            let id = self.insert(batch, new, to);
            if let Some(item) = self.items.get_mut(id) {
                item.object_key = row.object_key.and_then(|key| ObjectKey::new(key).ok());
                item.adopted = true;
            }
            destinations.push((id, Arc::clone(&to.destination)));
        }
        Event::UploadsAdopted { batch, destinations }
    }

    fn insert(&mut self, batch: BatchId, new: New, to: &To) -> UploadId {
        self.last_id += 1;
        let id = UploadId(self.last_id);
        let row = UploadRow {
            id,
            batch,
            path: new.path,
            object_key: None,
            bucket: Arc::clone(&to.bucket),
            destination: Arc::clone(&to.name),
            size_bytes: new.size_bytes,
            sent_bytes: 0,
            rate_bytes_per_sec: 0,
            stage: new.stage,
            is_watched: new.watch.is_some(),
        };
        self.items.push(Item {
            id,
            row: Arc::new(row),
            dir: new.dir,
            destination: Arc::clone(&to.destination),
            queue_id: new.queue_id,
            watch: new.watch,
            object_key: None,
            live: None,
            adopted: false,
            taken_back: false,
        });
        if let Some(batch) = self.batches.get_mut(&batch) {
            batch.join();
        }
        self.dirty = true;
        id
    }
}
