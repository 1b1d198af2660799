//! Where the list keeps its uploads: in the chunks that snapshots show, so that one is made anew only where something changed.

use crate::engine::item::Item;
use crate::engine::rows::{self, CHUNK, Chunk, Rows};
use crate::engine::snapshot::Totals;
use crate::engine::{BatchId, UploadId};
use std::sync::Arc;

/// Uploads by their ids.
#[derive(Debug, Default)]
pub(super) struct Items {
    chunks: Vec<ItemChunk>,
}

#[derive(Debug)]
struct ItemChunk {
    /// Of its first upload when it began.
    id: UploadId,
    batch: BatchId,
    items: Vec<Item>,
    /// What the last snapshot showed of it; `None` where something has changed since.
    shown: Option<Arc<Chunk>>,
    /// Of what was shown.
    totals: Totals,
}

impl ItemChunk {
    fn place(&self, upload: UploadId) -> Option<usize> {
        rows::place(&self.items, self.id, upload, |item| item.id)
    }

    fn show(&mut self) -> Arc<Chunk> {
        let shown = self.shown.get_or_insert_with(|| {
            let rows = self.items.iter().map(|item| Arc::clone(&item.row));
            let chunk = Chunk::new(self.id, self.batch, rows);
            self.totals = *chunk.totals();
            Arc::new(chunk)
        });
        Arc::clone(shown)
    }
}

impl Items {
    /// Puts an upload at the end: its id is greater than any before.
    pub(super) fn push(&mut self, item: Item) {
        let batch = item.row.batch;
        let has_room = |last: &&mut ItemChunk| last.batch == batch && last.items.len() < CHUNK;
        if let Some(last) = self.chunks.last_mut().filter(has_room) {
            last.items.push(item);
            last.shown = None;
        } else {
            self.chunks.push(ItemChunk {
                id: item.id,
                batch,
                items: vec![item],
                shown: None,
                totals: Totals::default(),
            });
        }
    }

    fn chunk_of(&self, upload: UploadId) -> Option<usize> {
        self.chunks.partition_point(|chunk| chunk.id <= upload).checked_sub(1)
    }

    pub(super) fn get(&self, upload: UploadId) -> Option<&Item> {
        let chunk = self.chunks.get(self.chunk_of(upload)?)?;
        chunk.items.get(chunk.place(upload)?)
    }

    /// An upload to change: its chunk is made anew for the next snapshot.
    pub(super) fn get_mut(&mut self, upload: UploadId) -> Option<&mut Item> {
        let chunk = self.chunk_of(upload)?;
        let chunk = self.chunks.get_mut(chunk)?;
        let place = chunk.place(upload)?;
        chunk.shown = None;
        chunk.items.get_mut(place)
    }

    /// Does `work` with an upload, which says whether its row has changed.
    pub(super) fn with<T>(&mut self, upload: UploadId, work: impl FnOnce(&mut Item) -> (T, bool)) -> Option<(T, bool)> {
        let chunk = self.chunk_of(upload)?;
        let chunk = self.chunks.get_mut(chunk)?;
        let place = chunk.place(upload)?;
        let (result, has_changed) = work(chunk.items.get_mut(place)?);
        if has_changed {
            chunk.shown = None;
        }
        Some((result, has_changed))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Item> {
        self.chunks.iter().flat_map(|chunk| chunk.items.iter())
    }

    /// Those of a batch.
    pub(super) fn of_batch(&self, batch: BatchId) -> impl Iterator<Item = &Item> {
        let chunks = self.chunks.iter().filter(move |chunk| chunk.batch == batch);
        chunks.flat_map(|chunk| chunk.items.iter())
    }

    /// Takes uploads out, and gives their batches.
    pub(super) fn remove(&mut self, uploads: &[UploadId]) -> Vec<BatchId> {
        let mut uploads = uploads.to_vec();
        uploads.sort_unstable();
        let mut gone = Vec::with_capacity(uploads.len());
        let mut left = uploads.as_slice();
        while let Some(first) = left.first() {
            let place = self.chunk_of(*first).unwrap_or_default();
            let next = self.chunks.get(place + 1).map(|chunk| chunk.id);
            let (here, beyond) = left.split_at(left.partition_point(|upload| next.is_none_or(|next| *upload < next)));
            left = beyond;
            if let Some(chunk) = self.chunks.get_mut(place) {
                let taken = chunk.items.extract_if(.., |item| here.binary_search(&item.id).is_ok());
                gone.extend(taken.map(|item| item.row.batch));
                chunk.shown = None;
            }
        }
        self.chunks.retain(|chunk| !chunk.items.is_empty());
        gone
    }

    /// What a snapshot shows: chunks in which nothing has changed are those that the last one showed.
    pub(super) fn show(&mut self) -> (Rows, Totals) {
        let mut totals = Totals::default();
        let mut shown = Vec::with_capacity(self.chunks.len());
        for chunk in &mut self.chunks {
            shown.push(chunk.show());
            totals.add(&chunk.totals);
        }
        (Rows::new(shown), totals)
    }
}
