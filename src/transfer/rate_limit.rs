//! `--limit-rate`: one bucket of bytes for all uploads together.

use std::num::NonZeroU64;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A shared limit in bytes per second; clones share it.
#[derive(Clone, Debug)]
pub struct RateLimit {
    bytes_per_sec: NonZeroU64,
    /// When the bytes that were promised so far will have gone.
    free_at: Arc<Mutex<Instant>>,
}

impl RateLimit {
    /// At most `bytes_per_sec`, in bursts of at most one block.
    #[must_use]
    pub fn new(bytes_per_sec: NonZeroU64) -> Self {
        Self {
            bytes_per_sec,
            free_at: Arc::new(Mutex::new(Instant::now())),
        }
    }

    /// Promises `bytes` to the caller, who sends them after the returned wait. Those who ask first go first.
    pub(super) fn reserve(&self, bytes: usize, now: Instant) -> Duration {
        #[allow(clippy::cast_precision_loss, reason = "a rate need not be exact")]
        let takes = Duration::from_secs_f64(bytes as f64 / self.bytes_per_sec.get() as f64);
        // A poisoned lock still holds an instant.
        let mut free_at = self.free_at.lock().unwrap_or_else(PoisonError::into_inner);
        let start = (*free_at).max(now);
        *free_at = start + takes;
        start - now
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
mod tests {
    use super::*;

    #[test]
    fn clones_share_one_limit() {
        let limit = RateLimit::new(NonZeroU64::new(1000).unwrap());
        let now = Instant::now();
        assert_eq!(limit.reserve(500, now), Duration::ZERO);
        assert_eq!(limit.clone().reserve(500, now), Duration::from_millis(500));
        assert_eq!(limit.reserve(1, now), Duration::from_secs(1));
    }

    #[test]
    fn time_that_was_not_used_is_not_saved_up() {
        let limit = RateLimit::new(NonZeroU64::new(1000).unwrap());
        let later = Instant::now() + Duration::from_mins(1);
        assert_eq!(limit.reserve(1000, later), Duration::ZERO);
        assert_eq!(limit.reserve(1000, later), Duration::from_secs(1));
    }
}
