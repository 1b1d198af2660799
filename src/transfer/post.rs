//! One attempt: the form sent, watched, and S3's answer read.

use super::{RateLimit, SentChecksums, Source, SourceError};
use crate::aws::buckets::ClockAhead;
use crate::s3::{Posted, PresignedPost, S3Error};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// How an attempt is made.
#[derive(Clone, Debug)]
pub struct PostOptions {
    /// Bytes of the file that the wire took; reset to 0 when the attempt begins.
    pub sent_bytes: Arc<AtomicU64>,
    /// Stops the wire at once.
    pub cancel: CancellationToken,
    /// Compute the MD5 as well (stores that answer no crc64nvme).
    pub with_md5: bool,
    /// No byte taken for this long: the attempt is given up.
    pub stall_timeout: Duration,
    /// Shared limit.
    pub rate_limit: Option<RateLimit>,
}

/// A 2xx.
#[derive(Clone, Debug)]
pub struct PostOutcome {
    /// What S3 says.
    pub answer: Posted,
    /// What was sent.
    pub sent: SentChecksums,
}

/// How an attempt failed.
#[derive(Debug, thiserror::Error)]
pub enum PostError {
    /// S3 refused.
    #[error(transparent)]
    S3 {
        /// Its words.
        #[from]
        error: S3Error,
    },
    /// The file.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// No byte taken for this long.
    #[error("S3 took no byte for {seconds} s")]
    Stalled {
        /// How long.
        seconds: u64,
    },
    /// No connection: DNS, refused, TLS, proxy.
    #[error("no connection: {reason}")]
    Connect {
        /// The chain in one line, without URL.
        reason: String,
        /// Waiting may help (refused, timed out, DNS); a certificate that is not trusted or a proxy that refuses does not.
        passing: bool,
    },
    /// The connection broke; with `early`, before all bytes were taken: S3 has likely refused, and its words are lost.
    #[error("the connection broke after {sent_bytes} bytes: {reason}")]
    Broken {
        /// Bytes of the file that the wire took.
        sent_bytes: u64,
        /// The chain in one line, without URL.
        reason: String,
    },
    /// Cancelled by the person.
    #[error("cancelled")]
    Cancelled,
}

/// The answer's clock goes with success and failure alike.
#[derive(Debug)]
pub struct Attempt {
    /// What came of it.
    pub result: Result<PostOutcome, PostError>,
    /// From the answer's `Date`, where there was an answer.
    pub clock_ahead: Option<ClockAhead>,
}

/// Sends the form once. The policy has been checked before. Dropping the future stops the wire at once.
pub async fn post(
    _client: &reqwest::Client,
    _form: &PresignedPost,
    _source: &Source,
    _options: &PostOptions,
) -> Attempt {
    todo!()
}
