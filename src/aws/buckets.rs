//! Buckets: why they cannot be asked, and finding out where one lives.
//!
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html> (`x-amz-bucket-region` comes even with 403).

use super::connect;
use crate::s3::{AddressError, BucketAddress, S3Error};
use jiff::{SignedDuration, Timestamp};
use reqwest::header::{DATE, HeaderMap};
use std::time::Duration;

/// From the moment that a `Date` header is written to the moment that it is read.
const DATE_DELAY: Duration = Duration::from_secs(2);

/// Why buckets cannot be listed, or asked where they live.
#[derive(Debug, Clone, thiserror::Error)]
pub enum BucketsError {
    /// The profile may not list buckets: type the name.
    #[error("this profile may not list buckets")]
    Denied,
    /// Credentials.
    #[error(transparent)]
    Account(#[from] super::AccountError),
    /// The endpoint is no URL, or not a safe one.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// Anything else that S3 says.
    #[error(transparent)]
    S3(#[from] S3Error),
    /// No answer at all: DNS, TLS, proxy, network.
    #[error("S3 could not be reached: {reason}")]
    Unreachable {
        /// The chain in one line.
        reason: String,
    },
}

/// What an unsigned HEAD of the bucket says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BucketHome {
    /// `x-amz-bucket-region`, where the store says it.
    pub region: Option<String>,
    /// The status (404: no such bucket).
    pub status: u16,
    /// The server's clock less ours, from `Date`; seconds count, the network's delay does not.
    pub clock_ahead: Option<ClockAhead>,
}

/// A clock difference: the server's clock less ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct ClockAhead {
    /// Whole seconds, negative where our clock is ahead.
    pub seconds: i64,
}

impl ClockAhead {
    /// From a `Date` header (RFC 9110, whole seconds) of an answer that was asked for at `asked` and came at `answered`.
    /// `None` where the header cannot be read. A difference that the delay alone may explain is none.
    #[must_use]
    pub fn from_date(date: &str, asked: Timestamp, answered: Timestamp) -> Option<Self> {
        let server = jiff::fmt::rfc2822::DateTimeParser::new()
            .parse_timestamp(date)
            .ok()?
            .as_second();
        let seconds = if server < asked.as_second() {
            server - asked.as_second()
        } else {
            (server - answered.as_second()).max(0)
        };
        Some(Self { seconds })
    }

    /// The server's time when it is `here` on this machine. A difference below `noise_secs` counts as none: it is the
    /// network's, and the whole seconds' of `Date`.
    pub(crate) fn time_there(self, here: Timestamp, noise_secs: i64) -> Timestamp {
        if self.seconds.abs() < noise_secs {
            return here;
        }
        here.checked_add(SignedDuration::from_secs(self.seconds))
            .unwrap_or(here)
    }

    /// From the `Date` of an answer that has just come: servers write it when they begin to answer.
    pub(crate) fn of_answer(headers: &HeaderMap) -> Option<Self> {
        Self::of_date(headers.get(DATE)?.to_str().ok()?)
    }

    /// From a `Date` that has just come.
    pub(crate) fn of_date(date: &str) -> Option<Self> {
        let answered = Timestamp::now();
        let began = answered.checked_sub(DATE_DELAY).ok()?;
        Self::from_date(date, began, answered)
    }
}

/// Asks the bucket, without a signature, within `timeout`.
///
/// # Errors
/// [`BucketsError::Unreachable`].
pub async fn bucket_home(
    client: &reqwest::Client,
    address: &BucketAddress,
    timeout: Duration,
) -> Result<BucketHome, BucketsError> {
    let asked = Timestamp::now();
    let response = client
        .head(address.post_url())
        .timeout(timeout)
        .send()
        .await
        .map_err(|error| BucketsError::Unreachable {
            reason: connect::reason(error),
        })?;
    let answered = Timestamp::now();
    let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok());
    Ok(BucketHome {
        region: header("x-amz-bucket-region").map(str::to_owned),
        status: response.status().as_u16(),
        clock_ahead: header("date").and_then(|date| ClockAhead::from_date(date, asked, answered)),
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]
mod tests {
    use super::*;

    fn ahead(asked: &str, answered: &str) -> i64 {
        let date = "Tue, 24 Nov 2026 05:00:00 GMT";
        ClockAhead::from_date(date, asked.parse().unwrap(), answered.parse().unwrap())
            .unwrap()
            .seconds
    }

    #[test]
    fn the_networks_delay_is_no_clock_difference() {
        assert_eq!(ahead("2026-11-24T04:59:58.9Z", "2026-11-24T05:00:03Z"), 0);
        assert_eq!(ahead("2026-11-24T05:00:00.9Z", "2026-11-24T05:00:01.1Z"), 0);
    }

    #[test]
    fn a_slow_clock_and_a_fast_one_are_measured() {
        assert_eq!(ahead("2026-11-24T04:50:00Z", "2026-11-24T04:50:01Z"), 599);
        assert_eq!(ahead("2026-11-24T05:10:00Z", "2026-11-24T05:10:01Z"), -600);
        assert_eq!(
            ClockAhead::from_date("yesterday", Timestamp::now(), Timestamp::now()),
            None
        );
    }
}
