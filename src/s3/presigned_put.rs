//! A presigned PUT: one URL that takes one object's bytes as they are.
//!
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/PresignedUrlUploadObject.html>

use super::policy_check::{self, MAX_POST_BYTES};
use super::target_url::{bucket_in_host, is_safe_target};
use super::{Limits, ObjectKey, Refusal};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use percent_encoding::percent_decode_str;
use url::Url;

/// Where to send the bytes, and the headers that go with them.
///
/// `Debug` hides all of it: the URL is as good as a password until it expires.
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
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(present, _)| present.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The bucket: of AWS where host or path name it, of other stores the path's first segment.
    #[must_use]
    pub fn bucket(&self) -> Option<String> {
        Some(self.bucket_and_key()?.0)
    }

    /// The key, decoded.
    #[must_use]
    pub fn object_key(&self) -> Option<String> {
        Some(self.bucket_and_key()?.1)
    }

    /// Until when it is good, where the query says so.
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
        Ok(limits)
    }

    fn bucket_and_key(&self) -> Option<(String, String)> {
        let url = Url::parse(&self.url).ok()?;
        let path = percent_decode_str(url.path().strip_prefix('/')?).decode_utf8().ok()?;
        let whole = |bucket: String| (bucket, path.to_string());
        if let Some(bucket) = bucket_in_host(&url) {
            return Some(whole(bucket)).filter(|(_, key)| !key.is_empty());
        }
        let (bucket, key) = path.split_once('/')?;
        Some((bucket.to_owned(), key.to_owned())).filter(|(_, key)| !key.is_empty())
    }

    /// By `SigV4` seconds after the signing, by `SigV2` the second itself.
    fn expiration(&self) -> Option<Timestamp> {
        let url = Url::parse(&self.url).ok()?;
        let parameter = |wanted: &str| {
            let mut pairs = url.query_pairs();
            pairs
                .find(|(name, _)| name.eq_ignore_ascii_case(wanted))
                .map(|(_, value)| value.into_owned())
        };
        if let Some(signed) = parameter("X-Amz-Date") {
            let signed = TimeZone::UTC
                .to_timestamp(DateTime::strptime(AMZ_DATE, signed).ok()?)
                .ok()?;
            let seconds: i64 = parameter("X-Amz-Expires")?.parse().ok()?;
            return signed.checked_add(SignedDuration::from_secs(seconds)).ok();
        }
        Timestamp::from_second(parameter("Expires")?.parse().ok()?).ok()
    }
}

impl std::fmt::Debug for PresignedPut {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("PresignedPut").finish_non_exhaustive()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
mod tests {
    use super::*;
    use crate::s3::{BucketAddress, Credentials, presigned_url};
    use std::time::Duration;

    fn put(url: &str) -> PresignedPut {
        PresignedPut {
            url: url.to_owned(),
            headers: vec![("content-type".to_owned(), "image/png".to_owned())],
        }
    }

    #[test]
    fn a_put_names_its_bucket_its_key_and_its_end() {
        let address = BucketAddress::new("media", "eu-west-1", None).unwrap();
        let object_key = ObjectKey::new("a b/스크린샷 1.png").unwrap();
        let credentials = Credentials::from_keys("AKIDEXAMPLE", "secret", None);
        let now: Timestamp = "2026-11-24T09:30:15Z".parse().unwrap();
        let put = put(&presigned_url(
            "PUT",
            &address,
            &object_key,
            &credentials,
            Duration::from_mins(5),
            now,
        ));
        assert_eq!(put.bucket().as_deref(), Some("media"));
        assert_eq!(put.object_key().as_deref(), Some(object_key.as_str()));
        let end: Timestamp = "2026-11-24T09:35:15Z".parse().unwrap();
        assert_eq!(put.limits().expiration, Some(end));
        assert!(put.check(MAX_POST_BYTES, now).is_ok());
        assert_eq!(put.check(1, end), Err(Refusal::Expired { ago_secs: 0 }));
        assert!(put.check(MAX_POST_BYTES + 1, now).is_err());
        assert!(!format!("{put:?}").contains("media"));
    }

    #[test]
    fn other_stores_have_the_bucket_in_the_path_and_old_signatures_their_end_as_it_is() {
        let put = put("http://127.0.0.1:9000/media/a/b.png?Expires=1764000000&Signature=x");
        assert_eq!(put.bucket().as_deref(), Some("media"));
        assert_eq!(put.object_key().as_deref(), Some("a/b.png"));
        assert_eq!(put.limits().expiration, Timestamp::from_second(1_764_000_000).ok());
        assert_eq!(put.header("Content-Type"), Some("image/png"));
    }

    #[test]
    fn what_is_not_safe_or_names_no_object_is_refused() {
        let refused = |url: &str| put(url).check(1, Timestamp::UNIX_EPOCH).unwrap_err();
        assert_eq!(refused("http://media.example.com/a.png"), Refusal::UnsafeTarget);
        assert_eq!(refused("https://media.s3.amazonaws.com/"), Refusal::NoKey);
        assert_eq!(refused("https://s3.example.com/media"), Refusal::NoKey);
    }
}
