//! A presigned URL: one request that anybody who holds it may make until it expires. It opens a private object.
//!
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html>

use super::{BucketAddress, ObjectKey};
use aws_credential_types::Credentials;
use aws_sigv4::http_request::{
    PercentEncodingMode, SignableBody, SignableRequest, SignatureLocation, SigningSettings, UriPathNormalizationMode,
    sign,
};
use aws_sigv4::sign::v4;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::error::Error;
use std::time::Duration;

/// RFC 3986 *unreserved*: what a query value shows as it is.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The object's URL for `method` (`GET`, `HEAD`), good for `expires_in` from `now`: at most 7 days, and never longer than
/// the session of `credentials`. The result is as good as a password: never log it.
///
/// # Panics
/// Never: address and key are checked, and what remains is text that may be anything.
#[must_use]
pub fn presigned_url(
    method: &str,
    address: &BucketAddress,
    object_key: &ObjectKey,
    credentials: &Credentials,
    expires_in: Duration,
    now: jiff::Timestamp,
) -> String {
    let url = address.object_url(object_key);
    #[allow(clippy::expect_used, reason = "address and key were checked, so their URL is one")]
    let parameters = signing_parameters(method, &url, address.region(), credentials, expires_in, now)
        .expect("a checked address gives a URL");
    let query: Vec<String> = parameters
        .iter()
        .map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, UNRESERVED)))
        .collect();
    format!("{url}?{}", query.join("&"))
}

fn signing_parameters(
    method: &str,
    url: &str,
    region: &str,
    credentials: &Credentials,
    expires_in: Duration,
    now: jiff::Timestamp,
) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let mut settings = SigningSettings::default();
    settings.signature_location = SignatureLocation::QueryParams;
    settings.expires_in = Some(expires_in);
    // S3 alone takes the path as it was sent: neither encoded twice nor tidied.
    settings.percent_encoding_mode = PercentEncodingMode::Single;
    settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
    let identity = credentials.clone().into();
    let params = v4::SigningParams::builder()
        .identity(&identity)
        .region(region)
        .name("s3")
        .time(now.try_into()?)
        .settings(settings)
        .build()?
        .into();
    let request = SignableRequest::new(method, url, std::iter::empty(), SignableBody::UnsignedPayload)?;
    let (instructions, _signature) = sign(request, &params)?.into_parts();
    Ok(instructions
        .params()
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.to_string()))
        .collect())
}
