//! The order of the list: newest batch first, within a batch in the order given.
//!
//! It is an order of chunks. Renewed where rows come or go, and only chunks that have changed are looked into: neither a
//! frame's cost nor a snapshot's grows with the number of rows.

use crate::engine::{BatchId, Chunk, Rows, Stage, UploadId, UploadRow};
use std::cmp::Reverse;
use std::sync::Arc;

/// Places of the list: 0 is on top.
#[derive(Debug, Default)]
pub(crate) struct Listing {
    rows: Rows,
    /// In the order of the list.
    spans: Vec<Span>,
    /// The span of each chunk, in the order of the chunks.
    span_of: Vec<usize>,
    /// When places or heights of each chunk last changed, in the order of the chunks.
    stamps: Vec<u64>,
    /// Grows when rows come, go, or change between failed and not: their heights are others then.
    generation: u64,
}

/// The rows of a chunk.
#[derive(Clone, Copy, Debug)]
struct Span {
    /// The chunk's place among the chunks.
    chunk: usize,
    /// The place of its first row.
    start: usize,
}

/// What a new snapshot changes.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    /// Chunks that are others now, and what they were.
    pub(super) chunks: Vec<(Option<Arc<Chunk>>, Arc<Chunk>)>,
    /// The list as it was, where rows may have gone.
    pub(super) before: Option<Listing>,
}

impl Listing {
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Changes when places or heights may have changed.
    pub(crate) fn generation(&self) -> u64 {
        self.generation
    }

    /// The row at a place.
    pub(crate) fn row(&self, place: usize) -> Option<&Arc<UploadRow>> {
        let span = self.spans.partition_point(|span| span.start <= place).checked_sub(1)?;
        let span = self.spans.get(span)?;
        let chunk = self.rows.chunks().get(span.chunk)?;
        chunk.rows().get(place - span.start)
    }

    /// The place of an upload that is on the list.
    pub(crate) fn place(&self, upload: UploadId) -> Option<usize> {
        let chunk = self.rows.chunk_of(upload)?;
        let within = self.rows.chunks().get(chunk)?.place(upload)?;
        let span = self.spans.get(*self.span_of.get(chunk)?)?;
        Some(span.start + within)
    }

    /// Chunks in the order of the list, and the generation in which places or heights of each last changed.
    pub(crate) fn chunks(&self) -> impl Iterator<Item = (&Arc<Chunk>, u64)> {
        let chunk = |span: &Span| Some((self.rows.chunks().get(span.chunk)?, *self.stamps.get(span.chunk)?));
        self.spans.iter().filter_map(chunk)
    }

    /// Those that wait for an answer, the oldest first.
    pub(crate) fn asking(&self) -> impl Iterator<Item = &Arc<UploadRow>> {
        let chunks = self.rows.of_chunks(|chunk| chunk.totals().asking > 0);
        chunks.filter(|row| row.asks())
    }

    /// How many of a batch are held, and one of them.
    pub(crate) fn held(&self, batch: BatchId) -> Option<(usize, UploadId)> {
        let of_batch = |chunk: &&Arc<Chunk>| chunk.batch() == batch && chunk.totals().held > 0;
        let mut chunks = self.rows.chunks().iter().filter(of_batch).peekable();
        let one = held_in(chunks.peek()?)?.id;
        Some((chunks.map(|chunk| chunk.totals().held).sum(), one))
    }

    /// Takes in what is there now; an unchanged chunk is the same `Arc`.
    pub(crate) fn renew(&mut self, now: &Rows) -> Changes {
        let mut changes = Changes::default();
        if self.rows.is_same(now) {
            return changes;
        }
        let before = std::mem::replace(&mut self.rows, now.clone());
        let generation = self.generation + 1;
        let mut stamps = Vec::with_capacity(now.chunks().len());
        let (mut stand, mut have_gone) = (true, false);
        let mut olds = before.chunks().iter().zip(&self.stamps).peekable();
        for chunk in now.chunks() {
            while olds.next_if(|(old, _)| old.id() < chunk.id()).is_some() {
                have_gone = true;
            }
            let old = olds.next_if(|(old, _)| old.id() == chunk.id());
            if let Some((old, stamp)) = old
                && Arc::ptr_eq(old, chunk)
            {
                stamps.push(*stamp);
                continue;
            }
            changes
                .chunks
                .push((old.map(|(old, _)| Arc::clone(old)), Arc::clone(chunk)));
            let stays = old.filter(|(old, _)| stands(old, chunk));
            stand &= stays.is_some();
            have_gone |= old.is_some_and(|(old, _)| !continues(old, chunk));
            stamps.push(stays.map_or(generation, |(_, stamp)| *stamp));
        }
        have_gone |= olds.next().is_some();
        let stamps = std::mem::replace(&mut self.stamps, stamps);
        if stand && !have_gone {
            return changes;
        }
        let (spans, span_of) = self.reorder();
        if have_gone {
            changes.before = Some(Self {
                rows: before,
                spans,
                span_of,
                stamps,
                generation: self.generation,
            });
        }
        self.generation = generation;
        changes
    }

    /// Gives the order that was.
    fn reorder(&mut self) -> (Vec<Span>, Vec<usize>) {
        let mut order: Vec<(usize, &Arc<Chunk>)> = self.rows.chunks().iter().enumerate().collect();
        order.sort_by_key(|(_, chunk)| Reverse(chunk.batch()));
        let mut spans = Vec::with_capacity(order.len());
        let mut span_of = vec![0; order.len()];
        let mut start = 0;
        for (chunk, rows) in order {
            if let Some(span) = span_of.get_mut(chunk) {
                *span = spans.len();
            }
            spans.push(Span { chunk, start });
            start += rows.rows().len();
        }
        (
            std::mem::replace(&mut self.spans, spans),
            std::mem::replace(&mut self.span_of, span_of),
        )
    }
}

/// A row that is held.
pub(super) fn held_in(chunk: &Chunk) -> Option<&Arc<UploadRow>> {
    let mut rows = chunk.rows().iter();
    rows.find(|row| matches!(row.stage, Stage::Held { .. }))
}

/// Whether all rows of a chunk are still there.
fn continues(old: &Chunk, now: &Chunk) -> bool {
    let rows = old.rows().iter().zip(now.rows());
    old.rows().len() <= now.rows().len()
        && rows
            .into_iter()
            .all(|(old, now)| Arc::ptr_eq(old, now) || old.id == now.id)
}

/// Whether the rows of a chunk are the same, and as tall.
fn stands(old: &Chunk, now: &Chunk) -> bool {
    let may_be_taller = old.totals().failed + now.totals().failed > 0;
    let mut rows = old.rows().iter().zip(now.rows());
    old.rows().len() == now.rows().len()
        && continues(old, now)
        && (!may_be_taller || rows.all(|(old, now)| Arc::ptr_eq(old, now) || failed(old) == failed(now)))
}

/// Why it failed: another reason is another height.
fn failed(row: &UploadRow) -> Option<&crate::engine::Failure> {
    match &row.stage {
        Stage::Failed(failure) => Some(failure),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;
    use std::time::Duration;

    fn row(id: u64, batch: u64, stage: Stage) -> Arc<UploadRow> {
        Arc::new(UploadRow {
            id: UploadId(id),
            batch: BatchId(batch),
            path: Path::new("/").join(id.to_string()).into(),
            object_key: None,
            bucket: "b".into(),
            destination: "d".into(),
            size_bytes: 1,
            sent_bytes: 0,
            rate_bytes_per_sec: 0,
            stage,
            is_watched: false,
        })
    }

    fn ids(listing: &Listing) -> Vec<u64> {
        (0..listing.len())
            .filter_map(|place| Some(listing.row(place)?.id.0))
            .collect()
    }

    #[test]
    fn the_newest_batch_is_first_and_keeps_the_order_given() {
        let rows = [1, 2, 3, 4].map(|id| row(id, id / 3, Stage::Waiting));
        let mut listing = Listing::default();
        listing.renew(&rows.into_iter().collect());
        assert_eq!(ids(&listing), [3, 4, 1, 2]);
        assert_eq!(listing.place(UploadId(1)), Some(2));
        assert_eq!(listing.place(UploadId(5)), None);
    }

    #[test]
    fn a_place_is_found_in_every_chunk_and_after_rows_have_gone() {
        let rows: Vec<_> = (1..=3000).map(|id| row(id, id / 1000, Stage::Waiting)).collect();
        let mut listing = Listing::default();
        listing.renew(&rows.iter().cloned().collect());
        assert_eq!(ids(&listing).first(), Some(&3000));
        assert!((1..=3000).all(|id| {
            let place = listing.place(UploadId(id));
            place.and_then(|place| listing.row(place)).map(|row| row.id) == Some(UploadId(id))
        }));

        let odd = rows.into_iter().filter(|row| row.id.0 % 2 == 1);
        let changes = listing.renew(&odd.collect());
        assert!(changes.before.is_some_and(|before| before.len() == 3000));
        assert_eq!(listing.len(), 1500);
        assert_eq!(listing.place(UploadId(2000)), None);
        assert_eq!(listing.place(UploadId(2001)), Some(0));
    }

    #[test]
    fn only_what_changed_is_looked_at_and_the_order_stays() {
        let rows: Vec<_> = (1..=3000).map(|id| row(id, 1, Stage::Waiting)).collect();
        let before: Rows = rows.into_iter().collect();
        let mut listing = Listing::default();
        listing.renew(&before);
        let generation = listing.generation();
        let chunks = before.chunks().iter().map(|chunk| {
            let (changed, mut rows) = (chunk.place(UploadId(700)), chunk.rows().to_vec());
            let Some(changed) = changed else {
                return Arc::clone(chunk);
            };
            rows.splice(changed..=changed, [row(700, 1, Stage::Sending)]);
            Arc::new(Chunk::new(chunk.id(), chunk.batch(), rows.into_iter()))
        });
        let changes = listing.renew(&Rows::new(chunks.collect()));
        assert_eq!(changes.chunks.len(), 1);
        assert!(changes.before.is_none());
        assert_eq!(listing.generation(), generation);
    }

    #[test]
    fn what_is_held_is_known_without_looking_for_it() {
        let held = Stage::Held {
            remaining: Duration::from_secs(2),
        };
        let before = [row(1, 1, held.clone()), row(2, 1, held), row(3, 1, Stage::Interrupted)];
        let mut listing = Listing::default();
        listing.renew(&before.into_iter().collect());
        assert_eq!(listing.held(BatchId(1)), Some((2, UploadId(1))));
        assert_eq!(listing.held(BatchId(2)), None);

        let after = [row(1, 1, Stage::Waiting), row(3, 1, Stage::Waiting)];
        listing.renew(&after.into_iter().collect());
        assert_eq!(listing.held(BatchId(1)), None);
    }
}
