//! Where each row of the list is, in points from its top: found by halving, computed anew only where a height changes.

use super::model::Listing;
use super::theme;
use crate::engine::{Chunk, Stage, UploadId};
use eframe::egui::Rangef;
use std::collections::HashMap;
use std::ops::Range;

/// What a failed row takes until it was drawn once and its text has wrapped.
const FAILED: f32 = theme::ROW + theme::FAILURE;

/// Tops and heights. They are `f64`: the end of a million rows is further away than an `f32` counts points.
#[derive(Debug, Default)]
pub(crate) struct ListLayout {
    generation: Option<u64>,
    /// Of failed rows, as they were drawn.
    measured: HashMap<UploadId, f32>,
    /// From the top.
    blocks: Vec<Block>,
    rows: usize,
    height: f64,
    /// What was drawn last, and how far below the top of the view each began.
    in_sight: Vec<(UploadId, f32)>,
    scrolled: f32,
    /// Height of the view.
    pub(crate) view: f32,
}

/// Where the rows of a chunk are.
#[derive(Debug)]
struct Block {
    chunk: UploadId,
    /// The generation in which its heights last changed.
    stamp: u64,
    /// Of its first row.
    place: usize,
    top: f64,
    rows: usize,
    /// Rows that have failed: where each is among its rows, and how much taller it and those before it are than others.
    taller: Vec<(usize, f64)>,
}

impl Block {
    /// How much taller than others those before the row `within` are together.
    fn taller_before(&self, within: usize) -> f64 {
        let before = self.taller.partition_point(|(row, _)| *row < within);
        let last = before.checked_sub(1).and_then(|last| self.taller.get(last));
        last.map_or(0.0, |(_, taller)| *taller)
    }

    fn top(&self, within: usize) -> f64 {
        self.top + points(within) + self.taller_before(within)
    }
}

/// What so many rows take that have not failed.
#[allow(clippy::cast_precision_loss, reason = "nobody has 2^53 rows")]
fn points(rows: usize) -> f64 {
    rows as f64 * f64::from(theme::ROW)
}

/// What egui counts in: exact enough for what a view is moved by.
#[allow(
    clippy::cast_possible_truncation,
    reason = "the end of a very long list is met to a few points"
)]
pub(crate) fn to_egui(points: f64) -> f32 {
    points as f32
}

impl ListLayout {
    /// Computes the places of rows where they may have changed. Where rows came or went above what is being read, gives how
    /// far to scroll so that it stands still.
    pub(crate) fn renew(&mut self, listing: &Listing) -> Option<f32> {
        if self.generation == Some(listing.generation()) {
            return None;
        }
        self.generation = Some(listing.generation());
        self.measured.retain(|upload, _| listing.place(*upload).is_some());
        let mut known: HashMap<UploadId, Block> = std::mem::take(&mut self.blocks)
            .into_iter()
            .filter(|block| !block.taller.is_empty())
            .map(|block| (block.chunk, block))
            .collect();
        let (mut place, mut top) = (0, 0.0);
        for (chunk, stamp) in listing.chunks() {
            let has_failed = chunk.totals().failed > 0;
            let known = known.remove(&chunk.id()).filter(|block| block.stamp == stamp);
            let taller = known.map(|block| block.taller);
            let block = Block {
                chunk: chunk.id(),
                stamp,
                place,
                top,
                rows: chunk.rows().len(),
                taller: taller.unwrap_or_else(|| if has_failed { self.taller_of(chunk) } else { Vec::new() }),
            };
            place += block.rows;
            top = block.top(block.rows);
            self.blocks.push(block);
        }
        (self.rows, self.height) = (place, top);
        // At the top one waits for what is new.
        if self.scrolled < 1.0 {
            return None;
        }
        let mut survivors = self.in_sight.iter();
        survivors.find_map(|(upload, below)| {
            let top = self.top(listing.place(*upload)?);
            Some(to_egui(top - f64::from(*below)).max(0.0))
        })
    }

    fn taller_of(&self, chunk: &Chunk) -> Vec<(usize, f64)> {
        let rows = chunk.rows().iter().enumerate();
        let failed = rows.filter(|(_, row)| matches!(row.stage, Stage::Failed(_)));
        let mut sum = 0.0;
        let tall = failed.map(|(within, row)| {
            let height = self.measured.get(&row.id).copied().unwrap_or(FAILED);
            sum += f64::from(height - theme::ROW);
            (within, sum)
        });
        tall.collect()
    }

    /// The height of all rows.
    pub(crate) fn height(&self) -> f64 {
        self.height
    }

    /// The top of the row at `place`.
    pub(crate) fn top(&self, place: usize) -> f64 {
        if place >= self.rows {
            return self.height;
        }
        let block = self.block(place).and_then(|block| self.blocks.get(block));
        block.map_or(self.height, |block| block.top(place - block.place))
    }

    fn block(&self, place: usize) -> Option<usize> {
        self.blocks.partition_point(|block| block.place <= place).checked_sub(1)
    }

    /// Rows that `view` touches.
    pub(crate) fn touched(&self, view: Rangef) -> Range<usize> {
        let (from, to) = (f64::from(view.min), f64::from(view.max));
        let first = self.first_place_where(|top| top > from).saturating_sub(1);
        let after = self.first_place_where(|top| top >= to);
        first.min(self.rows)..after.min(self.rows)
    }

    /// Found by halving; one more than the last where there is none.
    fn first_place_where(&self, is_below: impl Fn(f64) -> bool) -> usize {
        let (mut from, mut to) = (0, self.rows + 1);
        while from < to {
            let middle = from.midpoint(to);
            if is_below(self.top(middle)) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        from
    }

    /// A failed row took `height` when it was drawn. Whether that is news; what is below it moves then.
    pub(crate) fn measure(&mut self, upload: UploadId, place: usize, height: f32) -> bool {
        let height = height.ceil();
        let was = self.top(place + 1) - self.top(place);
        let taller_by = f64::from(height) - was;
        let is_news = taller_by.abs() > 0.5;
        if let (true, Some(at)) = (is_news, self.block(place)) {
            self.measured.insert(upload, height);
            let mut blocks = self.blocks.iter_mut().skip(at);
            if let Some(block) = blocks.next() {
                let within = place - block.place;
                let rows = block.taller.iter_mut().filter(|(row, _)| *row >= within);
                rows.for_each(|(_, taller)| *taller += taller_by);
            }
            blocks.for_each(|block| block.top += taller_by);
            self.height += taller_by;
        }
        is_news
    }

    /// Remembers what is in sight.
    pub(crate) fn saw(&mut self, scrolled: f32, view: f32, in_sight: Vec<(UploadId, f32)>) {
        self.scrolled = scrolled;
        self.view = view;
        self.in_sight = in_sight;
    }

    /// What was drawn last, from the top.
    pub(crate) fn in_sight(&self) -> impl DoubleEndedIterator<Item = UploadId> + '_ {
        self.in_sight.iter().map(|(upload, _)| *upload)
    }

    /// How far to scroll so that the row at `place` is all in sight; `None` where it is.
    pub(crate) fn scroll_to(&self, place: usize) -> Option<f32> {
        let (top, bottom) = (self.top(place), self.top(place + 1));
        let (scrolled, view) = (f64::from(self.scrolled), f64::from(self.view));
        if top < scrolled {
            Some(to_egui(top))
        } else if bottom > scrolled + view {
            // The beginning of a row that is larger than the view is worth more than its end.
            Some(to_egui((bottom - view).min(top)))
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::failure::UploadReason;
    use crate::engine::{BatchId, Code, Failure, Rows, UploadRow};
    use std::path::Path;
    use std::sync::Arc;

    /// Every third has failed; a batch is of a hundred thousand.
    fn row(id: u64) -> Arc<UploadRow> {
        let failure = || Arc::new(Failure::new(Code::Internal, UploadReason::Mistake));
        Arc::new(UploadRow {
            id: UploadId(id),
            batch: BatchId(id / 100_000),
            path: Path::new("/a").into(),
            object_key: None,
            bucket: "b".into(),
            destination: "d".into(),
            size_bytes: 1,
            sent_bytes: 0,
            rate_bytes_per_sec: 0,
            stage: if id.is_multiple_of(3) {
                Stage::Failed(failure())
            } else {
                Stage::Waiting
            },
            is_watched: false,
        })
    }

    fn listing(ids: impl IntoIterator<Item = u64>) -> Listing {
        let mut listing = Listing::default();
        listing.renew(&ids.into_iter().map(row).collect());
        listing
    }

    fn renew(listing: &mut Listing, ids: impl IntoIterator<Item = u64>) {
        listing.renew(&ids.into_iter().map(row).collect::<Rows>());
    }

    fn layout_of(listing: &Listing) -> ListLayout {
        let mut layout = ListLayout::default();
        layout.renew(listing);
        layout
    }

    fn rows(number: usize) -> f64 {
        points(number)
    }

    #[test]
    fn what_is_in_sight_is_found_by_halving() {
        let layout = layout_of(&listing(100_000..200_000));
        let tall = 33_333.0 * f64::from(FAILED - theme::ROW);
        assert!((layout.height() - rows(100_000) - tall).abs() < 1.0);
        assert_eq!(layout.touched(Rangef::new(0.0, theme::ROW)), 0..1);
        assert_eq!(
            layout.touched(Rangef::new(theme::ROW - 1.0, theme::ROW * 2.0 + 1.0)),
            0..3
        );
        assert_eq!(layout.touched(Rangef::new(1e9, 2e9)), 100_000..100_000);
    }

    #[test]
    fn every_top_is_the_sum_of_the_heights_above() {
        let listing = listing(1..3000);
        let layout = layout_of(&listing);
        let mut top = 0.0;
        for place in 0..listing.len() {
            assert!((layout.top(place) - top).abs() < f64::EPSILON, "{place}");
            let failed = (place + 1).is_multiple_of(3);
            top += f64::from(if failed { FAILED } else { theme::ROW });
        }
        assert!((layout.height() - top).abs() < f64::EPSILON);
    }

    #[test]
    fn the_end_of_ten_million_rows_is_met_to_the_point() {
        let layout = ListLayout {
            blocks: vec![Block {
                chunk: UploadId(1),
                stamp: 1,
                place: 0,
                top: 0.0,
                rows: 10_000_000,
                taller: Vec::new(),
            }],
            rows: 10_000_000,
            height: points(10_000_000),
            ..ListLayout::default()
        };
        assert!((layout.top(9_999_999) - layout.top(9_999_998) - f64::from(theme::ROW)).abs() < f64::EPSILON);
    }

    #[test]
    fn what_is_read_stands_still_when_rows_come_on_top() {
        let mut listing = listing([1, 2, 4, 5]);
        let mut layout = layout_of(&listing);
        layout.saw(70.0, 100.0, vec![(UploadId(2), -10.0), (UploadId(4), 50.0)]);
        renew(&mut listing, [1, 2, 4, 5, 100_000, 100_001]);
        assert_eq!(layout.renew(&listing), Some(3.0 * theme::ROW + 10.0));
        // The first that is still there counts.
        layout.saw(190.0, 100.0, vec![(UploadId(2), -10.0), (UploadId(4), 50.0)]);
        renew(&mut listing, [1, 4, 5, 100_000, 100_001]);
        assert_eq!(layout.renew(&listing), Some(3.0 * theme::ROW - 50.0));
    }

    #[test]
    fn at_the_top_new_rows_are_seen_at_once() {
        let mut listing = listing([1, 2]);
        let mut layout = layout_of(&listing);
        layout.saw(0.0, 100.0, vec![(UploadId(1), 0.0)]);
        renew(&mut listing, [1, 2, 100_000]);
        assert_eq!(layout.renew(&listing), None);
    }

    #[test]
    fn a_measured_height_moves_what_is_below_and_is_remembered() {
        let mut listing = listing([3, 4, 6, 100_001]);
        let mut layout = layout_of(&listing);
        assert!(layout.measure(UploadId(3), 1, 200.3));
        let below = rows(1) + 201.0;
        assert!((layout.top(2) - below).abs() < f64::EPSILON);
        assert!((layout.top(3) - below - rows(1)).abs() < f64::EPSILON);
        assert!((layout.height() - below - rows(1) - f64::from(FAILED)).abs() < f64::EPSILON);
        assert!(!layout.measure(UploadId(3), 1, 200.6));
        renew(&mut listing, [3, 4, 6, 100_001, 100_003]);
        layout.renew(&listing);
        assert!((layout.top(4) - below - rows(2)).abs() < f64::EPSILON);
    }

    #[test]
    fn the_keyboard_brings_a_row_into_sight_by_the_shortest_way() {
        let mut layout = layout_of(&listing((0..20).map(|id| id * 3 + 1)));
        layout.saw(5.0 * theme::ROW, 3.0 * theme::ROW, vec![]);
        assert_eq!(layout.scroll_to(6), None);
        assert_eq!(layout.scroll_to(4), Some(4.0 * theme::ROW));
        assert_eq!(layout.scroll_to(8), Some(6.0 * theme::ROW));
    }
}
