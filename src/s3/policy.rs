//! The POST policy: until when, and under which conditions, S3 takes a form.
//!
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html>

use super::policy_json;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;

/// One condition of a policy.
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
    pub fn exact(field: impl Into<String>, value: impl Into<String>) -> Self {
        Self::Exact {
            field: field.into(),
            value: value.into(),
        }
    }

    /// The form field that it speaks of; the size range speaks of none.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::Exact { field, .. } | Self::StartsWith { field, .. } => Some(field),
            Self::ContentLengthRange { .. } => None,
        }
    }
}

/// A policy: until when, and under which conditions, S3 takes the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostPolicy {
    /// The instant after which S3 refuses.
    pub expiration: jiff::Timestamp,
    /// In their order.
    pub conditions: Vec<Condition>,
}

/// Why a policy cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// Not base64 of UTF-8 JSON of the documented shape.
    #[error("the policy is not readable: {0}")]
    Unreadable(&'static str),
}

impl PostPolicy {
    /// The JSON text as botocore's `json.dumps` gives it: `", "` and `": "`, everything outside ASCII as `\uXXXX`,
    /// expiration to the second.
    #[must_use]
    pub fn to_json(&self) -> String {
        policy_json::write(self)
    }

    /// [`Self::to_json`] in base64: the string to sign.
    #[must_use]
    pub fn to_base64(&self) -> String {
        BASE64_STANDARD.encode(self.to_json())
    }

    /// The same policy in base64 with everything outside ASCII as it is. AWS documents escapes; Ceph reads this one alone
    /// where a text lies outside the basic plane (🙂), for its JSON reader knows no surrogate pairs.
    #[must_use]
    pub fn to_utf8_base64(&self) -> String {
        BASE64_STANDARD.encode(policy_json::write_in_utf8(self))
    }

    /// Reads anyone's policy: any white space, any order, fractions of seconds, `eq` arrays, numbers as strings.
    ///
    /// # Errors
    /// See [`PolicyError`].
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
