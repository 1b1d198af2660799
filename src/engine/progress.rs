//! Rates and totals from byte counters.

use super::snapshot::{Stage, Totals, UploadRow};
use std::collections::VecDeque;
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

impl Totals {
    /// Counts a row in. Bytes count for what is done or on its way: a failed file will not bring the bar to its end.
    pub fn count(&mut self, row: &UploadRow) {
        self.uploads += 1;
        let counts = match row.stage {
            Stage::Failed(_) => {
                self.failed += 1;
                self.asking += usize::from(row.asks());
                false
            }
            Stage::Cancelled => {
                self.cancelled += 1;
                false
            }
            Stage::Interrupted => {
                self.interrupted += 1;
                false
            }
            Stage::Done(_) | Stage::Deleted { .. } => {
                self.done += 1;
                self.linked += usize::from(matches!(row.stage, Stage::Done(_)));
                true
            }
            _ => {
                self.count_active(&row.stage);
                true
            }
        };
        if counts {
            self.size_bytes += row.size_bytes;
            self.sent_bytes += row.sent_bytes;
        }
    }

    fn count_active(&mut self, stage: &Stage) {
        self.active += 1;
        match stage {
            Stage::Held { .. } => self.held += 1,
            Stage::Waiting => {}
            _ => self.begun += 1,
        }
        self.retrying += usize::from(matches!(stage, Stage::RetryingIn { .. }));
        self.offline += usize::from(*stage == Stage::WaitingForNetwork);
    }

    /// Counts other rows in.
    pub fn add(&mut self, others: &Self) {
        self.uploads += others.uploads;
        self.done += others.done;
        self.failed += others.failed;
        self.cancelled += others.cancelled;
        self.interrupted += others.interrupted;
        self.active += others.active;
        self.held += others.held;
        self.begun += others.begun;
        self.retrying += others.retrying;
        self.offline += others.offline;
        self.linked += others.linked;
        self.asking += others.asking;
        self.sent_bytes += others.sent_bytes;
        self.size_bytes += others.size_bytes;
    }

    /// The same at this rate.
    #[must_use]
    pub fn at_rate(mut self, rate_bytes_per_sec: u64) -> Self {
        self.rate_bytes_per_sec = rate_bytes_per_sec;
        let left = self.size_bytes.saturating_sub(self.sent_bytes);
        self.time_left =
            (self.active > 0 && rate_bytes_per_sec > 0).then(|| Duration::from_secs(left.div_ceil(rate_bytes_per_sec)));
        self
    }
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
