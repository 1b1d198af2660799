//! Buckets: listing them, and finding out where one lives.
//!
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html>,
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html> (`x-amz-bucket-region` comes even with 403).

use super::Account;
use crate::s3::{BucketAddress, S3Error};
use std::time::Duration;

/// Why buckets cannot be listed.
#[derive(Debug, Clone, thiserror::Error)]
pub enum BucketsError {
    /// The profile may not list buckets: type the name.
    #[error("this profile may not list buckets")]
    Denied,
    /// Credentials.
    #[error(transparent)]
    Account(#[from] super::AccountError),
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

/// All buckets of the account, by name, every page.
///
/// # Errors
/// See [`BucketsError`].
pub async fn list_buckets(_account: &Account) -> Result<Vec<String>, BucketsError> {
    todo!()
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

/// Asks the bucket, without a signature, within `timeout`.
///
/// # Errors
/// [`BucketsError::Unreachable`].
pub async fn bucket_home(
    _client: &reqwest::Client,
    _address: &BucketAddress,
    _timeout: Duration,
) -> Result<BucketHome, BucketsError> {
    todo!()
}
