//! Where each row of the list is, in points from its top: found by halving, computed anew only when a height changes.

use super::theme;
use crate::engine::UploadId;
use eframe::egui::Rangef;
use std::collections::HashMap;
use std::ops::Range;

/// What a failed row takes until it was drawn once and its text has wrapped.
const FAILED: f32 = theme::ROW + theme::FAILURE;

/// Tops and heights. All are whole points: an `f32` counts them exactly up to 280,000 rows.
#[derive(Debug, Default)]
pub(crate) struct ListLayout {
    generation: Option<u64>,
    /// Of failed rows, as they were drawn.
    measured: HashMap<UploadId, f32>,
    /// One more than there are rows: the last is the height of all.
    tops: Vec<f32>,
    /// What was drawn last, and how far below the top of the view each began.
    in_sight: Vec<(UploadId, f32)>,
    scrolled: f32,
    /// Height of the view.
    pub(crate) view: f32,
}

impl ListLayout {
    /// Computes the places of `rows` (and whether each has failed) where they may have changed. Where rows came or went
    /// above what is being read, gives how far to scroll so that it stands still.
    pub(crate) fn renew(
        &mut self,
        generation: u64,
        rows: impl Iterator<Item = (UploadId, bool)>,
        place: impl Fn(UploadId) -> Option<usize>,
    ) -> Option<f32> {
        if self.generation == Some(generation) {
            return None;
        }
        self.generation = Some(generation);
        let mut top = 0.0;
        self.tops.clear();
        self.tops.push(top);
        for (upload, failed) in rows {
            top += if failed {
                self.measured.get(&upload).copied().unwrap_or(FAILED)
            } else {
                theme::ROW
            };
            self.tops.push(top);
        }
        self.measured.retain(|upload, _| place(*upload).is_some());
        // At the top one waits for what is new.
        if self.scrolled < 1.0 {
            return None;
        }
        let mut survivors = self.in_sight.iter();
        survivors.find_map(|(upload, below)| Some((self.top(place(*upload)?) - below).max(0.0)))
    }

    /// The height of all rows.
    pub(crate) fn height(&self) -> f32 {
        self.tops.last().copied().unwrap_or_default()
    }

    /// The top of the row at `place`.
    pub(crate) fn top(&self, place: usize) -> f32 {
        self.tops.get(place).copied().unwrap_or_else(|| self.height())
    }

    /// Rows that `view` touches.
    pub(crate) fn touched(&self, view: Rangef) -> Range<usize> {
        let rows = self.tops.len().saturating_sub(1);
        let first = self.tops.partition_point(|top| *top <= view.min).saturating_sub(1);
        let after = self.tops.partition_point(|top| *top < view.max);
        first.min(rows)..after.min(rows)
    }

    /// A failed row took `height` when it was drawn. Whether that is news; what is below it moves then.
    pub(crate) fn measure(&mut self, upload: UploadId, place: usize, height: f32) -> bool {
        let height = height.ceil();
        let was = self.top(place + 1) - self.top(place);
        let is_news = (was - height).abs() > 0.5;
        if is_news {
            self.measured.insert(upload, height);
            for top in self.tops.iter_mut().skip(place + 1) {
                *top += height - was;
            }
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
        if top < self.scrolled {
            Some(top)
        } else if bottom > self.scrolled + self.view {
            // The beginning of a row that is larger than the view is worth more than its end.
            Some((bottom - self.view).min(top))
        } else {
            None
        }
    }

    /// How many rows a page of the keyboard has.
    #[allow(
        clippy::cast_possible_truncation,
        reason = "a view has fewer rows than an isize has numbers"
    )]
    pub(crate) fn page(&self) -> isize {
        ((self.view / theme::ROW) as isize - 1).max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(ids: &[u64]) -> impl Iterator<Item = (UploadId, bool)> {
        // Every third has failed.
        ids.iter().map(|id| (UploadId(*id), id % 3 == 0))
    }

    fn place_in(ids: &[u64]) -> impl Fn(UploadId) -> Option<usize> {
        move |upload| ids.iter().position(|id| UploadId(*id) == upload)
    }

    #[test]
    fn what_is_in_sight_is_found_by_halving() {
        let ids: Vec<u64> = (1..=100_000).collect();
        let mut layout = ListLayout::default();
        layout.renew(1, rows(&ids), |_| None);
        let tall = f32::from(u16::try_from(33_333_u32 / 2).unwrap_or_default()) * 2.0 + 1.0;
        assert!((layout.height() - (100_000.0 * theme::ROW + tall * (FAILED - theme::ROW))).abs() < 1.0);
        assert_eq!(layout.touched(Rangef::new(0.0, theme::ROW)), 0..1);
        assert_eq!(
            layout.touched(Rangef::new(theme::ROW - 1.0, theme::ROW * 2.0 + 1.0)),
            0..3
        );
        assert_eq!(layout.touched(Rangef::new(1e9, 2e9)), 100_000..100_000);
    }

    #[test]
    fn what_is_read_stands_still_when_rows_come_on_top() {
        let mut layout = ListLayout::default();
        layout.renew(1, rows(&[1, 2, 4, 5]), |_| None);
        layout.saw(70.0, 100.0, vec![(UploadId(2), -10.0), (UploadId(4), 50.0)]);
        let ids = [7, 8, 1, 2, 4, 5];
        assert_eq!(
            layout.renew(2, rows(&ids), place_in(&ids)),
            Some(3.0 * theme::ROW + 10.0)
        );
        // The first that is still there counts.
        layout.saw(190.0, 100.0, vec![(UploadId(2), -10.0), (UploadId(4), 50.0)]);
        let ids = [7, 8, 1, 4, 5];
        assert_eq!(
            layout.renew(3, rows(&ids), place_in(&ids)),
            Some(3.0 * theme::ROW - 50.0)
        );
    }

    #[test]
    fn at_the_top_new_rows_are_seen_at_once() {
        let mut layout = ListLayout::default();
        layout.renew(1, rows(&[1, 2]), |_| None);
        layout.saw(0.0, 100.0, vec![(UploadId(1), 0.0)]);
        assert_eq!(layout.renew(2, rows(&[5, 1, 2]), place_in(&[5, 1, 2])), None);
    }

    #[test]
    fn a_measured_height_moves_what_is_below() {
        let mut layout = ListLayout::default();
        layout.renew(1, rows(&[3, 4]), |_| None);
        assert!(layout.measure(UploadId(3), 0, 200.3));
        assert!((layout.top(1) - 201.0).abs() < f32::EPSILON);
        assert!((layout.height() - 201.0 - theme::ROW).abs() < f32::EPSILON);
        assert!(!layout.measure(UploadId(3), 0, 200.6));
    }

    #[test]
    fn the_keyboard_brings_a_row_into_sight_by_the_shortest_way() {
        let mut layout = ListLayout::default();
        let ids: Vec<u64> = (0..20).map(|id| id * 3 + 1).collect();
        layout.renew(1, rows(&ids), |_| None);
        layout.saw(5.0 * theme::ROW, 3.0 * theme::ROW, vec![]);
        assert_eq!(layout.scroll_to(6), None);
        assert_eq!(layout.scroll_to(4), Some(4.0 * theme::ROW));
        assert_eq!(layout.scroll_to(8), Some(6.0 * theme::ROW));
    }
}
