//! Rates and totals from byte counters.

use super::snapshot::{Stage, Totals, UploadRow};
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Over how long a rate is taken: long enough to be calm, short enough to be true.
const WINDOW: Duration = Duration::from_secs(3);
/// Samples closer together than this say nothing new.
const SAMPLE_EVERY: Duration = Duration::from_millis(100);

/// Bytes per second over the last seconds.
#[derive(Clone, Debug, Default)]
pub struct RateMeter {
    samples: VecDeque<(Instant, u64)>,
}

impl RateMeter {
    /// Notes a counter that only grows.
    pub fn note(&mut self, now: Instant, bytes: u64) {
        if let Some((last, _)) = self.samples.back()
            && now.duration_since(*last) < SAMPLE_EVERY
        {
            return;
        }
        self.samples.push_back((now, bytes));
        // One sample older than the window stays, so that the window is covered whole.
        while let Some((second, _)) = self.samples.get(1)
            && now.duration_since(*second) >= WINDOW
        {
            self.samples.pop_front();
        }
    }

    /// The rate now; 0 before two samples.
    #[must_use]
    pub fn bytes_per_sec(&self) -> u64 {
        let (Some((first, from)), Some((last, to))) = (self.samples.front(), self.samples.back()) else {
            return 0;
        };
        let millis = last.duration_since(*first).as_millis();
        if millis == 0 {
            return 0;
        }
        let per_sec = u128::from(to.saturating_sub(*from)) * 1000 / millis;
        u64::try_from(per_sec).unwrap_or(u64::MAX)
    }

    /// Begins anew, after nothing moved.
    pub fn reset(&mut self) {
        self.samples.clear();
    }
}

/// Adds the rows up. Bytes count for what is done or on its way: a failed file will not bring the bar to its end.
#[must_use]
pub fn totals<'a>(rows: impl Iterator<Item = &'a Arc<UploadRow>>, rate_bytes_per_sec: u64) -> Totals {
    let mut totals = Totals {
        rate_bytes_per_sec,
        ..Totals::default()
    };
    for row in rows {
        totals.uploads += 1;
        let (number, counts) = match row.stage {
            Stage::Failed(_) => (&mut totals.failed, false),
            Stage::Cancelled => (&mut totals.cancelled, false),
            Stage::Interrupted => (&mut totals.interrupted, false),
            Stage::Done(_) | Stage::Deleted { .. } => (&mut totals.done, true),
            _ => (&mut totals.active, true),
        };
        *number += 1;
        if counts {
            totals.size_bytes += row.size_bytes;
            totals.sent_bytes += row.sent_bytes;
        }
    }
    totals.time_left = time_left(&totals);
    totals
}

fn time_left(totals: &Totals) -> Option<Duration> {
    if totals.active == 0 || totals.rate_bytes_per_sec == 0 {
        return None;
    }
    let left = totals.size_bytes.saturating_sub(totals.sent_bytes);
    Some(Duration::from_secs(left.div_ceil(totals.rate_bytes_per_sec)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_covers_the_last_three_seconds() {
        let begun = Instant::now();
        let mut meter = RateMeter::default();
        for tenth in 0..=100_u64 {
            // 10 bytes a tenth at first, 100 a tenth for the last five seconds.
            let bytes = if tenth <= 50 {
                tenth * 10
            } else {
                500 + (tenth - 50) * 100
            };
            meter.note(begun + Duration::from_millis(tenth * 100), bytes);
        }
        assert_eq!(meter.bytes_per_sec(), 1000);
    }

    #[test]
    fn nothing_is_said_of_a_rate_before_time_has_passed() {
        let mut meter = RateMeter::default();
        assert_eq!(meter.bytes_per_sec(), 0);
        meter.note(Instant::now(), 5);
        assert_eq!(meter.bytes_per_sec(), 0);
    }
}
