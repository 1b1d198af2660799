//! The headers by which a request to a service of AWS is signed (`SigV4`).
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>

use crate::s3::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningParams, SigningSettings, sign};
use aws_sigv4::sign::v4;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use std::time::SystemTime;

/// The parts of a request that a signature is made of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unsigned<'a> {
    pub(crate) method: &'a str,
    pub(crate) url: &'a str,
    /// Those that are signed besides `host`.
    pub(crate) headers: &'a [(&'a str, &'a str)],
    pub(crate) body: &'a [u8],
    /// `lambda`, `sts`, …
    pub(crate) service: &'a str,
}

/// What the signature adds, the session token among it. `None` where the parts make no request.
pub(crate) fn signed_headers(
    request: &Unsigned<'_>,
    region: &str,
    credentials: Credentials,
    time: SystemTime,
) -> Option<HeaderMap> {
    let identity = credentials.into();
    let parameters: SigningParams<'_> = v4::SigningParams::builder()
        .identity(&identity)
        .region(region)
        .name(request.service)
        .time(time)
        .settings(SigningSettings::default())
        .build()
        .ok()?
        .into();
    let headers = request.headers.iter().copied();
    let body = SignableBody::Bytes(request.body);
    let signable = SignableRequest::new(request.method, request.url, headers, body).ok()?;
    let (instructions, _signature) = sign(signable, &parameters).ok()?.into_parts();
    let mut signed = HeaderMap::new();
    for (name, value) in instructions.headers() {
        let mut value = HeaderValue::from_str(value).ok()?;
        value.set_sensitive(true);
        signed.insert(HeaderName::from_bytes(name.as_bytes()).ok()?, value);
    }
    Some(signed)
}
