//! A request to a function's URL signed by a profile (`AWS_IAM`).
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>

use super::LambdaError;
use super::function_url::{FunctionUrl, UrlError};
use crate::aws::Account;
use crate::aws::buckets::ClockAhead;
use crate::aws::signed_headers::{Unsigned, signed_headers};
use crate::s3::Credentials;
use jiff::Timestamp;
use reqwest::header::HeaderMap;
use std::time::SystemTime;

/// Differences below it may be the network's.
const CLOCK_NOISE_SECS: i64 = 30;

/// The headers that the account's signature adds, the session token among them. The region is the URL's own, else what
/// option and profile say.
pub(super) fn headers_by(
    account: &Account,
    request: &Unsigned<'_>,
    url: &FunctionUrl,
    credentials: Credentials,
    clock_ahead: Option<ClockAhead>,
) -> Result<HeaderMap, LambdaError> {
    let region = url.region().or_else(|| account.region());
    let region = region.ok_or(LambdaError::NoRegion)?;
    signed_headers(request, region, credentials, by_server(SystemTime::now(), clock_ahead))
        .ok_or(UrlError::NotAUrl.into())
}

/// The time to sign for: the function's, where its clock is known to be another.
fn by_server(now: SystemTime, clock_ahead: Option<ClockAhead>) -> SystemTime {
    match (clock_ahead, Timestamp::try_from(now)) {
        (Some(ahead), Ok(here)) => ahead.time_there(here, CLOCK_NOISE_SECS).try_into().unwrap_or(now),
        _ => now,
    }
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must fail"
)]
mod tests;
