//! A request to a function's URL signed by a profile (`AWS_IAM`).
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>

use super::LambdaError;
use super::function_url::{FunctionUrl, UrlError};
use crate::aws::Account;
use crate::aws::buckets::ClockAhead;
use crate::s3::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningParams, SigningSettings, sign};
use aws_sigv4::sign::v4;
use jiff::Timestamp;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use std::time::SystemTime;

/// Differences below it may be the network's.
const CLOCK_NOISE_SECS: i64 = 30;

/// Whose signature, and for which region.
#[derive(Clone, Debug)]
pub(super) struct IamSigner {
    account: Account,
}

/// The parts of a request that a signature is made of.
pub(super) struct Unsigned<'a> {
    pub(super) method: &'a str,
    pub(super) url: &'a FunctionUrl,
    pub(super) headers: &'a [(&'a str, &'a str)],
    pub(super) body: &'a [u8],
}

impl IamSigner {
    pub(super) fn new(account: Account) -> Self {
        Self { account }
    }

    pub(super) async fn credentials(&self) -> Result<Credentials, LambdaError> {
        Ok(self.account.credentials().await?)
    }

    pub(super) async fn forget_credentials(&self) {
        self.account.forget_credentials().await;
    }

    /// The headers that the signature adds, the session token among them. The region is the URL's own, else what option
    /// and profile say.
    pub(super) fn headers(
        &self,
        request: &Unsigned<'_>,
        credentials: Credentials,
        clock_ahead: Option<ClockAhead>,
    ) -> Result<HeaderMap, LambdaError> {
        let region = request.url.region().or_else(|| self.account.region());
        let region = region.ok_or(LambdaError::NoRegion)?;
        signed_headers(request, region, credentials, by_server(SystemTime::now(), clock_ahead))
            .ok_or(UrlError::NotAUrl.into())
    }
}

fn signed_headers(
    request: &Unsigned<'_>,
    region: &str,
    credentials: Credentials,
    time: SystemTime,
) -> Option<HeaderMap> {
    let identity = credentials.into();
    let parameters: SigningParams<'_> = v4::SigningParams::builder()
        .identity(&identity)
        .region(region)
        .name(request.url.service())
        .time(time)
        .settings(SigningSettings::default())
        .build()
        .ok()?
        .into();
    let headers = request.headers.iter().copied();
    let body = SignableBody::Bytes(request.body);
    let signable = SignableRequest::new(request.method, request.url.as_url().as_str(), headers, body).ok()?;
    let (instructions, _signature) = sign(signable, &parameters).ok()?.into_parts();
    let mut signed = HeaderMap::new();
    for (name, value) in instructions.headers() {
        let mut value = HeaderValue::from_str(value).ok()?;
        value.set_sensitive(true);
        signed.insert(HeaderName::from_bytes(name.as_bytes()).ok()?, value);
    }
    Some(signed)
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
