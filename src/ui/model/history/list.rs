//! What a search found, as a list: days, places, and where each is in points from the top.
//!
//! Everything is found by halving: a hundred thousand entries cost what ten do.

use crate::engine::Found;
use crate::store::Stamp;
use crate::ui::model::selection::Places;
use crate::ui::theme;
use eframe::egui::Rangef;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::cmp::Reverse;
use std::ops::Range;

/// A day with entries, as a heading says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Day {
    /// In the person's zone.
    pub(crate) date: Date,
    /// The place of its newest entry.
    pub(crate) first: usize,
}

/// Entries newest first. All tops are whole points: an `f32` counts them exactly up to 270,000 entries.
#[derive(Clone, Debug)]
pub(crate) struct HistoryList {
    stamps: Vec<Stamp>,
    days: Vec<Day>,
    pub(crate) zone: TimeZone,
}

impl HistoryList {
    pub(crate) fn new(found: Found) -> Self {
        let days = days(&found.stamps, &found.zone);
        Self {
            stamps: found.stamps,
            days,
            zone: found.zone,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.stamps.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.stamps.is_empty()
    }

    /// The entry at a place; 0 is the newest.
    pub(crate) fn stamp(&self, place: usize) -> Option<Stamp> {
        self.stamps.get(place).copied()
    }

    /// The places from `range` that there are.
    pub(crate) fn stamps(&self, range: Range<usize>) -> &[Stamp] {
        let end = range.end.min(self.stamps.len());
        self.stamps.get(range.start.min(end)..end).unwrap_or_default()
    }

    /// Where an entry is, if it was found.
    pub(crate) fn place(&self, stamp: Stamp) -> Option<usize> {
        let order = |stamp: &Stamp| (Reverse(stamp.done_at_ms), Reverse(stamp.id));
        self.stamps.binary_search_by_key(&order(&stamp), order).ok()
    }

    /// Whether an entry is the newest of its day.
    pub(crate) fn begins_day(&self, place: usize) -> bool {
        self.days.binary_search_by_key(&place, |day| day.first).is_ok()
    }

    /// Days whose heading or entries `view` touches.
    pub(crate) fn days_touched(&self, view: Rangef) -> impl Iterator<Item = (usize, Day)> {
        let first = self.day_at(view.min);
        let days = self.days.iter().copied().enumerate().skip(first);
        days.take_while(move |(index, day)| heading_top(*index, *day) < view.max)
    }

    /// Entries that `view` touches.
    pub(crate) fn touched(&self, view: Rangef) -> Range<usize> {
        let places = self.place_at(view.min)..self.place_at(view.max) + 1;
        places.start..places.end.min(self.len())
    }

    /// The places of a day.
    pub(crate) fn places_of(&self, index: usize) -> Range<usize> {
        let first = |index: usize| self.days.get(index).map_or(self.len(), |day| day.first);
        first(index)..first(index + 1)
    }

    /// The height of all.
    pub(crate) fn height(&self) -> f32 {
        points(self.len()) * theme::ROW + points(self.days.len()) * theme::DAY
    }

    /// The top of an entry.
    pub(crate) fn top(&self, place: usize) -> f32 {
        let days_begun = self.days.partition_point(|day| day.first <= place);
        points(place) * theme::ROW + points(days_begun) * theme::DAY
    }

    fn day_at(&self, y: f32) -> usize {
        let mut begun = 0..self.days.len();
        while begun.start < begun.end {
            let middle = usize::midpoint(begun.start, begun.end);
            let top = self
                .days
                .get(middle)
                .map_or(f32::INFINITY, |day| heading_top(middle, *day));
            if top <= y {
                begun.start = middle + 1;
            } else {
                begun.end = middle;
            }
        }
        begun.start.saturating_sub(1)
    }

    /// The place that is at `y`, or below the heading that is.
    fn place_at(&self, y: f32) -> usize {
        let index = self.day_at(y);
        let Some(day) = self.days.get(index) else { return 0 };
        let below_heading = (y - heading_top(index, *day) - theme::DAY).max(0.0);
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "not below 0, and no list is as long as a usize can count"
        )]
        let rows = (below_heading / theme::ROW) as usize;
        let places = self.places_of(index);
        (day.first + rows).min(places.end.saturating_sub(1))
    }
}

impl Places for HistoryList {
    type Id = Stamp;

    fn len(&self) -> usize {
        HistoryList::len(self)
    }

    fn id(&self, place: usize) -> Option<Stamp> {
        self.stamp(place)
    }

    fn place(&self, stamp: Stamp) -> Option<usize> {
        HistoryList::place(self, stamp)
    }
}

/// The top of a day's heading.
pub(crate) fn heading_top(index: usize, day: Day) -> f32 {
    points(day.first) * theme::ROW + points(index) * theme::DAY
}

#[allow(
    clippy::cast_precision_loss,
    reason = "no list is so long that its rows are not counted exactly"
)]
fn points(number: usize) -> f32 {
    number as f32
}

/// The days of `stamps`: a few looks a day, however many entries it has.
fn days(stamps: &[Stamp], zone: &TimeZone) -> Vec<Day> {
    let mut days = Vec::new();
    let mut first = 0;
    while let Some(newest) = stamps.get(first) {
        let done_at = jiff::Timestamp::from_millisecond(newest.done_at_ms).unwrap_or_default();
        let date = done_at.to_zoned_datetime(zone.clone()).date();
        days.push(Day { date, first });
        let begins = date.to_zoned_datetime(zone.clone());
        let begins_ms = begins.map_or(newest.done_at_ms, |begins| begins.timestamp().as_millisecond());
        let rest = stamps.get(first..).unwrap_or_default();
        // At least one: a day that its zone skipped must not be looked at for ever.
        first += rest.partition_point(|stamp| stamp.done_at_ms >= begins_ms).max(1);
    }
    days
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must fail loudly"
)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// Entries at these times, newest first.
    fn list(times: &[&str], zone: &str) -> HistoryList {
        let stamp = |(index, time): (usize, &&str)| Stamp {
            id: i64::try_from(times.len() - index).unwrap(),
            done_at_ms: time.parse::<jiff::Timestamp>().unwrap().as_millisecond(),
        };
        HistoryList::new(Found {
            stamps: times.iter().enumerate().map(stamp).collect(),
            zone: TimeZone::get(zone).unwrap(),
        })
    }

    #[test]
    fn entries_are_grouped_by_the_days_of_their_zone() {
        let times = [
            "2026-11-23T15:00:00Z",
            "2026-11-23T14:59:59Z",
            "2026-11-22T15:00:00Z",
            "2026-11-01T00:00:00Z",
        ];
        let dates = |list: &HistoryList| list.days.iter().map(|day| (day.date, day.first)).collect::<Vec<_>>();
        // 09:00 ahead of UTC.
        assert_eq!(
            dates(&list(&times, "Asia/Seoul")),
            [(date(2026, 11, 24), 0), (date(2026, 11, 23), 1), (date(2026, 11, 1), 3)]
        );
        assert_eq!(
            dates(&list(&times, "UTC")),
            [(date(2026, 11, 23), 0), (date(2026, 11, 22), 2), (date(2026, 11, 1), 3)]
        );
    }

    #[test]
    fn what_is_in_sight_is_found_and_nothing_else() {
        let list = list(
            &[
                "2026-11-23T15:00:00Z",
                "2026-11-23T14:00:00Z",
                "2026-11-22T15:00:00Z",
                "2026-11-01T00:00:00Z",
            ],
            "UTC",
        );
        let (row, day) = (theme::ROW, theme::DAY);
        assert!((list.height() - (4.0 * row + 3.0 * day)).abs() < 0.1);
        for (place, top) in [(0, day), (1, day + row), (2, 2.0 * (day + row)), (3, 3.0 * (day + row))] {
            assert!((list.top(place) - top).abs() < 0.1, "{place}");
        }
        let touched = |from: f32, to: f32| {
            let view = Rangef::new(from, to);
            let days: Vec<usize> = list.days_touched(view).map(|(index, _)| index).collect();
            (list.touched(view), days)
        };
        assert_eq!(touched(0.0, day), (0..1, vec![0]));
        assert_eq!(touched(day + row + 1.0, day + row + 2.0), (1..2, vec![0]));
        assert_eq!(touched(day + row + 1.0, 2.0 * (day + row) + 1.0), (1..3, vec![0, 1]));
        assert_eq!(touched(0.0, 1e6), (0..4, vec![0, 1, 2]));
        assert_eq!(touched(1e6, 2e6), (3..4, vec![2]));
    }

    #[test]
    fn an_entry_is_found_by_its_stamp() {
        let list = list(
            &["2026-11-23T15:00:00Z", "2026-11-23T14:00:00Z", "2026-11-23T14:00:00Z"],
            "UTC",
        );
        for place in 0..3 {
            assert_eq!(list.place(list.stamp(place).unwrap()), Some(place));
        }
        let other = Stamp {
            id: 9,
            ..list.stamps[1]
        };
        assert_eq!(list.place(other), None);
    }

    #[test]
    fn a_history_of_nothing_has_no_height() {
        let list = list(&[], "UTC");
        assert!(list.height() < 0.1);
        assert_eq!(list.touched(Rangef::new(0.0, 100.0)), 0..0);
        assert_eq!(list.days_touched(Rangef::new(0.0, 100.0)).count(), 0);
    }
}
