//! How often and how long: exponential backoff with full jitter.
//!
//! Source: <https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/>

use std::time::Duration;

/// Attempts at one upload, the first included.
pub const MAX_ATTEMPTS: u32 = 5;

/// The wait before attempt `attempt` (2 is the first retry): uniform in 0 ..= min(20 s, 0.5 s × 2^(attempt-2)).
/// `random` is uniform in 0 ..= u32::MAX.
#[must_use]
pub fn backoff(_attempt: u32, _random: u32) -> Duration {
    todo!()
}
