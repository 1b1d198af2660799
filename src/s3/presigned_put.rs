//! A presigned PUT: one URL that takes one object's bytes as they are.
//!
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/PresignedUrlUploadObject.html>

use super::policy_check::{self, MAX_POST_BYTES};
use super::target_url::{bucket_in_host, is_aws_url, is_safe_target};
use super::{Limits, ObjectKey, Refusal};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use percent_encoding::percent_decode_str;
use url::Url;

/// Where to send the bytes, and the headers that go with them.
///
/// `Debug` hides all of it: the URL is as good as a password until it expires.
///
/// ```
/// use dropslot::s3::PresignedPut;
///
/// let put = PresignedPut {
///     url: "https://media.s3.eu-west-1.amazonaws.com/in/a.png?X-Amz-Date=20261124T093015Z&X-Amz-Expires=600\
///           &X-Amz-SignedHeaders=host&X-Amz-Signature=00".into(),
///     headers: vec![("Content-Type".into(), "image/png".into())],
/// };
/// assert_eq!(put.object_key().as_deref(), Some("in/a.png"));
/// assert_eq!(format!("{put:?}"), "PresignedPut { .. }");
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PresignedPut {
    /// The URL, query and signature included.
    pub url: String,
    /// Names and values of headers that the signature may cover, in the order to send.
    pub headers: Vec<(String, String)>,
}

/// AWS's date of signing, `20261124T093015Z`.
const AMZ_DATE: &str = "%Y%m%dT%H%M%SZ";

impl PresignedPut {
    /// A header's value by its name, whatever the case of its letters.
    ///
    /// ```
    /// # use dropslot::s3::PresignedPut;
    /// let put = PresignedPut {
    ///     url: "https://media.s3.eu-west-1.amazonaws.com/in/a.png?X-Amz-Date=20261124T093015Z&X-Amz-Expires=600\
    ///           &X-Amz-SignedHeaders=host&X-Amz-Signature=00".into(),
    ///     headers: vec![("Content-Type".into(), "image/png".into())],
    /// };
    /// assert_eq!(put.header("content-type"), Some("image/png"));
    /// ```
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(present, _)| present.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The bucket: the host's where it begins with one, else the path's first segment.
    ///
    /// ```
    /// # use dropslot::s3::PresignedPut;
    /// let put = PresignedPut {
    ///     url: "https://media.s3.eu-west-1.amazonaws.com/in/a.png?X-Amz-Date=20261124T093015Z&X-Amz-Expires=600\
    ///           &X-Amz-SignedHeaders=host&X-Amz-Signature=00".into(),
    ///     headers: vec![("Content-Type".into(), "image/png".into())],
    /// };
    /// assert_eq!(put.bucket().as_deref(), Some("media"));
    /// ```
    #[must_use]
    pub fn bucket(&self) -> Option<String> {
        self.bucket_and_key()?.0
    }

    /// The key, decoded.
    ///
    /// ```
    /// # use dropslot::s3::PresignedPut;
    /// let put = PresignedPut {
    ///     url: "https://media.s3.eu-west-1.amazonaws.com/in/a.png?X-Amz-Date=20261124T093015Z&X-Amz-Expires=600\
    ///           &X-Amz-SignedHeaders=host&X-Amz-Signature=00".into(),
    ///     headers: vec![("Content-Type".into(), "image/png".into())],
    /// };
    /// assert_eq!(put.object_key().as_deref(), Some("in/a.png"));
    /// ```
    #[must_use]
    pub fn object_key(&self) -> Option<String> {
        Some(self.bucket_and_key()?.1)
    }

    /// Until when it is good, where the query says so.
    ///
    /// ```
    /// # use dropslot::s3::PresignedPut;
    /// let put = PresignedPut {
    ///     url: "https://media.s3.eu-west-1.amazonaws.com/in/a.png?X-Amz-Date=20261124T093015Z&X-Amz-Expires=600\
    ///           &X-Amz-SignedHeaders=host&X-Amz-Signature=00".into(),
    ///     headers: vec![("Content-Type".into(), "image/png".into())],
    /// };
    /// assert_eq!(put.limits().expiration, Some("2026-11-24T09:40:15Z".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn limits(&self) -> Limits {
        Limits {
            expiration: self.expiration(),
            key_prefix: self.object_key(),
            content_type: self.header("Content-Type").map(str::to_owned),
            ..Limits::default()
        }
    }

    /// Holds it against a file of `size_bytes` at `now` (the server's clock where it is known).
    ///
    /// # Errors
    /// What S3 would refuse.
    ///
    /// ```
    /// use dropslot::s3::{PresignedPut, Refusal};
    ///
    /// let put = PresignedPut {
    ///     url: "https://media.s3.eu-west-1.amazonaws.com/in/a.png?X-Amz-Date=20261124T093015Z&X-Amz-Expires=600\
    ///           &X-Amz-SignedHeaders=host&X-Amz-Signature=00".into(),
    ///     headers: vec![("Content-Type".into(), "image/png".into())],
    /// };
    /// assert!(put.check(1000, "2026-11-24T09:31:00Z".parse()?).is_ok());
    /// let late = put.check(1000, "2026-11-24T09:41:15Z".parse()?);
    /// assert_eq!(late, Err(Refusal::Expired { ago_secs: 60 }));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn check(&self, size_bytes: u64, now: Timestamp) -> Result<Limits, Refusal> {
        if !is_safe_target(&self.url) {
            return Err(Refusal::UnsafeTarget);
        }
        policy_check::refuse_line_breaks(&self.headers)?;
        ObjectKey::new(self.object_key().ok_or(Refusal::NoKey)?)?;
        if size_bytes > MAX_POST_BYTES {
            let max_bytes = MAX_POST_BYTES;
            return Err(Refusal::TooLarge { size_bytes, max_bytes });
        }
        let limits = self.limits();
        if let Some(expiration) = limits.expiration {
            policy_check::refuse_expired(expiration, now)?;
        }
        match self
            .signed_headers()
            .into_iter()
            .find(|name| self.header(name).is_none())
        {
            Some(name) => Err(Refusal::SignedHeader { name }),
            None => Ok(limits),
        }
    }

    /// With what goes with it and has not been said: headers that are signed and stand in the query as well, and the
    /// type. By `SigV2` a type that was not signed breaks the signature.
    #[must_use]
    pub(super) fn fitted(mut self, content_type: &str) -> Self {
        for name in self.signed_headers() {
            if self.header(&name).is_none()
                && let Some(value) = self.parameter(&name)
            {
                self.headers.push((name, value));
            }
        }
        let is_old = self.parameter("X-Amz-Signature").is_none() && self.parameter("Signature").is_some();
        if self.header("Content-Type").is_none() {
            let ours = || Some(content_type.to_owned()).filter(|_| !is_old);
            let content_type = self.parameter("Content-Type").or_else(ours);
            let header = content_type.map(|value| ("Content-Type".to_owned(), value));
            self.headers.extend(header);
        }
        self
    }

    /// Names of the headers that the signature covers, but for those that every request has.
    fn signed_headers(&self) -> Vec<String> {
        let listed = self
            .parameter("X-Amz-SignedHeaders")
            .or_else(|| self.parameter("X-Goog-SignedHeaders"))
            .unwrap_or_default();
        let names = listed.split(';').filter(|name| !name.is_empty());
        names
            .filter(|name| !["host", "content-length", "content-type"].contains(name))
            .map(str::to_owned)
            .collect()
    }

    fn bucket_and_key(&self) -> Option<(Option<String>, String)> {
        let url = Url::parse(&self.url).ok()?;
        let path = percent_decode_str(url.path().strip_prefix('/')?).decode_utf8().ok()?;
        if let Some(bucket) = bucket_in_host(&url) {
            return Some((Some(bucket), path.into_owned())).filter(|(_, key)| !key.is_empty());
        }
        let (bucket, key) = match path.split_once('/') {
            Some((bucket, key)) => (Some(bucket.to_owned()), key),
            // A host of one's own may stand for a bucket; one of AWS does not.
            None if is_aws_url(&self.url) => return None,
            None => (None, path.as_ref()),
        };
        Some((bucket, key.to_owned())).filter(|(_, key)| !key.is_empty())
    }

    fn parameter(&self, wanted: &str) -> Option<String> {
        let url = Url::parse(&self.url).ok()?;
        let mut pairs = url.query_pairs();
        pairs
            .find(|(name, _)| name.eq_ignore_ascii_case(wanted))
            .map(|(_, value)| value.into_owned())
    }

    /// By `SigV4` (and Google's) seconds after the signing, by `SigV2` the second itself.
    fn expiration(&self) -> Option<Timestamp> {
        for (date, seconds) in [("X-Amz-Date", "X-Amz-Expires"), ("X-Goog-Date", "X-Goog-Expires")] {
            if let Some(signed) = self.parameter(date) {
                let signed = DateTime::strptime(AMZ_DATE, signed).ok()?;
                let seconds: i64 = self.parameter(seconds)?.parse().ok()?;
                let signed = TimeZone::UTC.to_timestamp(signed).ok()?;
                return signed.checked_add(SignedDuration::from_secs(seconds)).ok();
            }
        }
        Timestamp::from_second(self.parameter("Expires")?.parse().ok()?).ok()
    }
}

impl std::fmt::Debug for PresignedPut {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("PresignedPut").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
