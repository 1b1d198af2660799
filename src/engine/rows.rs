//! The rows of a list, in chunks: what does not change from one snapshot to the next is the same memory in both.
//!
//! A snapshot of a million rows of which ten have changed costs ten chunks and a pointer for each of the others.

use super::snapshot::{Totals, UploadRow};
use super::{BatchId, UploadId};
use std::sync::Arc;

/// Rows in a chunk: few are made anew for one that changes, and few chunks are passed by. (Of a million rows, 2,000.)
pub(super) const CHUNK: usize = 512;

/// Rows that follow one another in one batch.
#[derive(Clone, Debug, PartialEq)]
pub struct Chunk {
    id: UploadId,
    batch: BatchId,
    rows: Vec<Arc<UploadRow>>,
    totals: Totals,
}

impl Chunk {
    /// Rows of `batch` by their ids, none below `id`.
    pub(crate) fn new(id: UploadId, batch: BatchId, rows: impl ExactSizeIterator<Item = Arc<UploadRow>>) -> Self {
        let mut totals = Totals::default();
        let mut kept = Vec::with_capacity(rows.len());
        for row in rows {
            totals.count(&row);
            kept.push(row);
        }
        Self {
            id,
            batch,
            rows: kept,
            totals,
        }
    }

    /// Stays the same as rows of it change, come and go: the id that its first row had when it began.
    #[must_use]
    pub fn id(&self) -> UploadId {
        self.id
    }

    /// The batch of all its rows.
    #[must_use]
    pub fn batch(&self) -> BatchId {
        self.batch
    }

    /// Rows by their ids; an unchanged row is the same `Arc`.
    #[must_use]
    pub fn rows(&self) -> &[Arc<UploadRow>] {
        &self.rows
    }

    /// Its rows added up; of a rate it knows nothing.
    #[must_use]
    pub fn totals(&self) -> &Totals {
        &self.totals
    }

    /// Where the row of an upload is among its rows.
    #[must_use]
    pub fn place(&self, upload: UploadId) -> Option<usize> {
        place(&self.rows, self.id, upload, |row| row.id)
    }
}

/// Where `upload` is among `sorted`, of which the first had the id `first` before some were taken out.
pub(super) fn place<T>(sorted: &[T], first: UploadId, upload: UploadId, id: impl Fn(&T) -> UploadId) -> Option<usize> {
    let furthest = usize::try_from(upload.0.checked_sub(first.0)?).ok()?;
    if sorted.get(furthest).is_some_and(|found| id(found) == upload) {
        return Some(furthest);
    }
    sorted.binary_search_by_key(&upload, id).ok()
}

/// All rows, in the order given. Cheap to clone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    chunks: Arc<Vec<Arc<Chunk>>>,
    len: usize,
}

impl Rows {
    /// `chunks` by their ids.
    pub(crate) fn new(chunks: Vec<Arc<Chunk>>) -> Self {
        Self {
            len: chunks.iter().map(|chunk| chunk.rows.len()).sum(),
            chunks: Arc::new(chunks),
        }
    }

    /// By their ids; an unchanged chunk is the same `Arc`.
    #[must_use]
    pub fn chunks(&self) -> &[Arc<Chunk>] {
        &self.chunks
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// From the first to the last.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<UploadRow>> {
        self.chunks.iter().flat_map(|chunk| chunk.rows.iter())
    }

    /// The first.
    #[must_use]
    pub fn first(&self) -> Option<&Arc<UploadRow>> {
        self.chunks.first()?.rows.first()
    }

    /// The row of an upload that is on the list.
    #[must_use]
    pub fn get(&self, upload: UploadId) -> Option<&Arc<UploadRow>> {
        let chunk = self.chunks.get(self.chunk_of(upload)?)?;
        chunk.rows.get(chunk.place(upload)?)
    }

    /// The place among the chunks of the one that may have the row of `upload`.
    #[must_use]
    pub fn chunk_of(&self, upload: UploadId) -> Option<usize> {
        self.chunks.partition_point(|chunk| chunk.id <= upload).checked_sub(1)
    }

    /// Rows of chunks for which `wanted` holds, without a look at those of others.
    pub fn of_chunks(&self, wanted: impl Fn(&Chunk) -> bool) -> impl Iterator<Item = &Arc<UploadRow>> {
        let chunks = self.chunks.iter().filter(move |chunk| wanted(chunk));
        chunks.flat_map(|chunk| chunk.rows.iter())
    }

    /// Whether both are the same memory: nothing has changed then.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.chunks, &other.chunks)
    }
}

#[cfg(test)]
impl FromIterator<Arc<UploadRow>> for Rows {
    fn from_iter<T: IntoIterator<Item = Arc<UploadRow>>>(rows: T) -> Self {
        let rows: Vec<_> = rows.into_iter().collect();
        let batches = rows.chunk_by(|one, next| one.batch == next.batch);
        let chunks = batches.flat_map(|batch| batch.chunks(CHUNK)).filter_map(|rows| {
            let first = rows.first()?;
            Some(Arc::new(Chunk::new(first.id, first.batch, rows.iter().cloned())))
        });
        Self::new(chunks.collect())
    }
}
