//! How often and how long: exponential backoff with full jitter.
//!
//! Source: <https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/>

use std::time::Duration;

/// Attempts at one upload, the first included.
pub const MAX_ATTEMPTS: u32 = 5;

const FIRST_LIMIT: Duration = Duration::from_millis(500);
const LAST_LIMIT: Duration = Duration::from_secs(20);

/// The wait before attempt `attempt` (2 is the first retry): uniform in 0 ..= min(20 s, 0.5 s × 2^(attempt-2)).
/// `random` is uniform in 0 ..= `u32::MAX`.
#[must_use]
pub fn backoff(attempt: u32, random: u32) -> Duration {
    let doubled = 2_u32.saturating_pow(attempt.saturating_sub(2));
    let limit = FIRST_LIMIT.saturating_mul(doubled).min(LAST_LIMIT);
    limit.mul_f64(f64::from(random) / f64::from(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::backoff;
    use std::time::Duration;

    #[test]
    fn the_longest_wait_doubles_up_to_twenty_seconds() {
        let longest: Vec<Duration> = (2..=9).map(|attempt| backoff(attempt, u32::MAX)).collect();
        let seconds = [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 20.0, 20.0];
        assert_eq!(longest, seconds.map(Duration::from_secs_f64));
        assert_eq!(backoff(u32::MAX, u32::MAX), Duration::from_secs(20));
    }

    #[test]
    fn the_jitter_is_full() {
        assert_eq!(backoff(5, 0), Duration::ZERO);
        let half = backoff(5, u32::MAX / 2);
        assert!(half > Duration::from_millis(1999) && half < Duration::from_millis(2001));
    }
}
