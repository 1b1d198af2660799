//! Whose keys a profile has: `GetCallerIdentity`, asked of STS, which answers everybody.

use super::buckets::ClockAhead;
use super::signed_headers::{Unsigned, signed_headers};
use super::{Account, AccountError};
use crate::s3::caller_identity::{self, CallerIdentity, REQUEST};
use crate::s3::{Remedy, S3Error};
use reqwest::header::CONTENT_TYPE;
use std::time::{Duration, SystemTime};

/// Longest wait for the answer.
const TIMEOUT: Duration = Duration::from_secs(10);
const FORM: &str = "application/x-www-form-urlencoded; charset=utf-8";

/// Why it is not known.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// Credentials.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// STS's refusal.
    #[error(transparent)]
    Refused(#[from] S3Error),
    /// No answer at all.
    #[error("STS could not be reached: {reason}")]
    Unreachable {
        /// The chain in one line.
        reason: String,
    },
}

/// Asks STS; `None` where the account's store has none that is known: it is not AWS.
///
/// # Errors
/// See [`IdentityError`].
pub async fn caller_identity(
    account: &Account,
    client: &reqwest::Client,
    clock_ahead: Option<ClockAhead>,
) -> Result<Option<CallerIdentity>, IdentityError> {
    let Some(url) = account.sts_url() else { return Ok(None) };
    match ask(account, client, &url, clock_ahead).await {
        // Its own clock is the one that counts.
        Err((IdentityError::Refused(error), Some(ahead))) if is_of_clock(&error) => {
            ask(account, client, &url, Some(ahead)).await
        }
        answered => answered,
    }
    .map(Some)
    .map_err(|(error, _)| error)
}

/// STS says of a clock that is wrong that the signature is.
fn is_of_clock(error: &S3Error) -> bool {
    error.remedy() == Remedy::CorrectClock
        || error.code == "SignatureDoesNotMatch" && error.message.starts_with("Signature ")
}

async fn ask(
    account: &Account,
    client: &reqwest::Client,
    url: &str,
    clock_ahead: Option<ClockAhead>,
) -> Result<CallerIdentity, (IdentityError, Option<ClockAhead>)> {
    let credentials = account.credentials().await.map_err(|error| (error.into(), None))?;
    let now = jiff::Timestamp::now();
    let there = clock_ahead.map_or(now, |ahead| ahead.time_there(now, 0));
    let unsigned = Unsigned {
        method: "POST",
        url,
        headers: &[("content-type", FORM)],
        body: REQUEST.as_bytes(),
        service: "sts",
    };
    let time = there.try_into().unwrap_or_else(|_| SystemTime::now());
    let headers = signed_headers(&unsigned, account.sts_region(), credentials, time).unwrap_or_default();
    let request = client.post(url).headers(headers).header(CONTENT_TYPE, FORM);
    let lost = |error: reqwest::Error| {
        let reason = super::connect::reason(error);
        (IdentityError::Unreachable { reason }, None)
    };
    let response = request.body(REQUEST).timeout(TIMEOUT).send().await.map_err(lost)?;
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let ahead = ClockAhead::of_answer(&headers);
    let body = response.bytes().await.map_err(lost)?;
    let header = |name: &str| Some(headers.get(name)?.to_str().ok()?.to_owned());
    caller_identity::read(status, header, &body).map_err(|error| (error.into(), ahead))
}
