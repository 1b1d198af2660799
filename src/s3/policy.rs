//! The POST policy: until when, and under which conditions, S3 takes a form.
//!
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html>

use super::policy_json;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;

/// One condition of a policy.
///
/// ```
/// use dropslot::s3::Condition;
///
/// let conditions = [
///     Condition::exact("acl", "public-read"),
///     Condition::StartsWith { field: "Content-Type".into(), prefix: "image/".into() },
///     Condition::ContentLengthRange { min_bytes: 1, max_bytes: 10 << 20 },
/// ];
/// assert_eq!(conditions[1].field(), Some("Content-Type"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// `{"field": "value"}` or `["eq", "$field", "value"]`.
    Exact {
        /// The form field, without `$`.
        field: String,
        /// The value it must have.
        value: String,
    },
    /// `["starts-with", "$field", "prefix"]`.
    StartsWith {
        /// The form field, without `$`.
        field: String,
        /// What its value must begin with; empty allows any.
        prefix: String,
    },
    /// `["content-length-range", min, max]`, of the file alone, in bytes.
    ContentLengthRange {
        /// Smallest size in bytes.
        min_bytes: u64,
        /// Largest size in bytes.
        max_bytes: u64,
    },
}

impl Condition {
    /// `{"field": "value"}`.
    ///
    /// ```
    /// # use dropslot::s3::Condition;
    /// let condition = Condition::exact("acl", "private");
    /// assert_eq!(condition, Condition::Exact { field: "acl".into(), value: "private".into() });
    /// ```
    pub fn exact(field: impl Into<String>, value: impl Into<String>) -> Self {
        Self::Exact {
            field: field.into(),
            value: value.into(),
        }
    }

    /// The form field that it speaks of; the size range speaks of none.
    ///
    /// ```
    /// # use dropslot::s3::Condition;
    /// assert_eq!(Condition::exact("acl", "private").field(), Some("acl"));
    /// assert_eq!(Condition::ContentLengthRange { min_bytes: 0, max_bytes: 9 }.field(), None);
    /// ```
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::Exact { field, .. } | Self::StartsWith { field, .. } => Some(field),
            Self::ContentLengthRange { .. } => None,
        }
    }
}

/// A policy: until when, and under which conditions, S3 takes the form.
///
/// ```
/// use dropslot::s3::{Condition, PostPolicy};
///
/// let policy = PostPolicy {
///     expiration: "2026-11-24T10:30:15Z".parse()?,
///     conditions: vec![Condition::exact("bucket", "media-assets")],
/// };
/// assert_eq!(PostPolicy::from_base64(&policy.to_base64())?, policy);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostPolicy {
    /// The instant after which S3 refuses.
    pub expiration: jiff::Timestamp,
    /// In their order.
    pub conditions: Vec<Condition>,
}

/// Why a policy cannot be read.
///
/// ```
/// use dropslot::s3::PostPolicy;
///
/// let error = PostPolicy::from_base64("###").unwrap_err();
/// assert_eq!(error.to_string(), "the policy is not readable: it is not base64");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PolicyError {
    /// Not base64 of UTF-8 JSON of the documented shape.
    #[error("the policy is not readable: {0}")]
    Unreadable(&'static str),
}

impl PostPolicy {
    /// The JSON text as botocore's `json.dumps` gives it: `", "` and `": "`, everything outside ASCII as `\uXXXX`,
    /// expiration to the second.
    ///
    /// ```
    /// # use dropslot::s3::{Condition, PostPolicy};
    /// let policy = PostPolicy {
    ///     expiration: "2026-11-24T10:30:15Z".parse()?,
    ///     conditions: vec![Condition::exact("acl", "private")],
    /// };
    /// assert_eq!(
    ///     policy.to_json(),
    ///     r#"{"expiration": "2026-11-24T10:30:15Z", "conditions": [{"acl": "private"}]}"#
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn to_json(&self) -> String {
        policy_json::write(self)
    }

    /// [`Self::to_json`] in base64: the string to sign.
    ///
    /// ```
    /// # use dropslot::s3::{Condition, PostPolicy};
    /// let policy = PostPolicy {
    ///     expiration: "2026-11-24T10:30:15Z".parse()?,
    ///     conditions: vec![Condition::exact("acl", "private")],
    /// };
    /// assert!(policy.to_base64().starts_with("eyJleHBpcmF0aW9uIjog"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn to_base64(&self) -> String {
        BASE64_STANDARD.encode(self.to_json())
    }

    /// The same policy in base64 with everything outside ASCII as it is. AWS documents escapes; Ceph reads this one alone
    /// where a text lies outside the basic plane (🙂), for its JSON reader knows no surrogate pairs.
    pub(super) fn to_utf8_base64(&self) -> String {
        BASE64_STANDARD.encode(policy_json::write_in_utf8(self))
    }

    /// Reads anyone's policy: any white space, any order, fractions of seconds, `eq` arrays, numbers as strings.
    ///
    /// # Errors
    /// See [`PolicyError`].
    ///
    /// ```
    /// use dropslot::s3::PostPolicy;
    ///
    /// let policy = PostPolicy::from_base64("eyJleHBpcmF0aW9uIjoiMjAyNi0xMS0yNFQxMDozMDoxNVoiLCJjb25kaXRpb25zIjpbXX0=")?;
    /// assert_eq!(policy.expiration.to_string(), "2026-11-24T10:30:15Z");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_base64(text: &str) -> Result<Self, PolicyError> {
        let text: String = text.split_ascii_whitespace().collect();
        let Ok(bytes) = BASE64_STANDARD.decode(text) else {
            return Err(PolicyError::Unreadable("it is not base64"));
        };
        policy_json::read(&bytes)
    }
}

#[cfg(test)]
mod tests;
