//! A presigned URL: one request that anybody who holds it may make until it expires. It opens a private object.
//!
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html>

use super::signed_request::{RequestToSign, Resource};
use super::{BucketAddress, ObjectKey, PresignedPut};
use aws_credential_types::Credentials;
use std::time::Duration;

/// The object's URL for `method` (`GET`, `HEAD`), good for `expires_in` from `now`: at most 7 days, and never longer than
/// the session of `credentials`. The result is as good as a password: never log it.
///
/// ```
/// use dropslot::s3::{BucketAddress, Credentials, ObjectKey, presigned_url};
/// use std::time::Duration;
///
/// let url = presigned_url(
///     "GET",
///     &BucketAddress::new("media-assets", "eu-west-1", None)?,
///     &ObjectKey::new("report.pdf")?,
///     &Credentials::from_keys("AKIDEXAMPLE", "secret", None),
///     Duration::from_hours(24),
///     "2026-11-24T09:30:15Z".parse()?,
/// );
/// assert!(url.starts_with("https://media-assets.s3.eu-west-1.amazonaws.com/report.pdf?X-Amz-Algorithm="));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn presigned_url(
    method: &str,
    address: &BucketAddress,
    object_key: &ObjectKey,
    credentials: &Credentials,
    expires_in: Duration,
    now: jiff::Timestamp,
) -> String {
    to_sign(method, address, object_key, &[]).presign(credentials, expires_in, now)
}

/// A PUT of the object whose signature covers `headers`, good for `expires_in` from `now`.
///
/// ```
/// use dropslot::s3::{BucketAddress, Credentials, ObjectKey, presigned_put};
/// use std::time::Duration;
///
/// let put = presigned_put(
///     &BucketAddress::new("media-assets", "eu-west-1", None)?,
///     &ObjectKey::new("report.pdf")?,
///     vec![("Content-Type".into(), "application/pdf".into())],
///     &Credentials::from_keys("AKIDEXAMPLE", "secret", None),
///     Duration::from_hours(1),
///     "2026-11-24T09:30:15Z".parse()?,
/// );
/// assert!(put.url.contains("X-Amz-SignedHeaders=content-type%3Bhost"));
/// assert_eq!(put.header("content-type"), Some("application/pdf"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn presigned_put(
    address: &BucketAddress,
    object_key: &ObjectKey,
    headers: Vec<(String, String)>,
    credentials: &Credentials,
    expires_in: Duration,
    now: jiff::Timestamp,
) -> PresignedPut {
    PresignedPut {
        url: to_sign("PUT", address, object_key, &headers).presign(credentials, expires_in, now),
        headers,
    }
}

fn to_sign<'a>(
    method: &'a str,
    address: &'a BucketAddress,
    object_key: &'a ObjectKey,
    headers: &'a [(String, String)],
) -> RequestToSign<'a> {
    RequestToSign {
        method,
        address,
        resource: Resource::Object(object_key),
        query: &[],
        headers,
        body: None,
    }
}
