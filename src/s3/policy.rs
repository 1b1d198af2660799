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
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_policy_is_written_as_botocore_writes_it() {
        let policy = PostPolicy {
            expiration: "2026-11-24T09:30:15.987Z".parse().unwrap(),
            conditions: vec![
                Condition::exact("key", "각 \"1\".png"),
                Condition::StartsWith {
                    field: "Content-Type".to_owned(),
                    prefix: "image/".to_owned(),
                },
                Condition::ContentLengthRange {
                    min_bytes: 0,
                    max_bytes: 10,
                },
            ],
        };
        let json = r#"{"expiration": "2026-11-24T09:30:15Z", "conditions": [{"key": "\uac01 \"1\".png"}, ["starts-with", "$Content-Type", "image/"], ["content-length-range", 0, 10]]}"#;
        assert_eq!(policy.to_json(), json);
        let read = PostPolicy::from_base64(&policy.to_base64()).unwrap();
        assert_eq!(read.conditions, policy.conditions);
        assert_eq!(read.expiration, "2026-11-24T09:30:15Z".parse().unwrap());
    }

    fn read(json: &str) -> Result<PostPolicy, PolicyError> {
        PostPolicy::from_base64(&BASE64_STANDARD.encode(json))
    }

    #[test]
    fn anyones_spelling_is_read() {
        let policy = read(
            r#" { "conditions": [ ["EQ", "$acl", "private"], {"a": 1, "b": true},
                  ["Starts-With", "$key", ""], ["content-length-range", "1", 5] ],
                  "expiration": "2007-12-01T12:00:00.000Z" } "#,
        )
        .unwrap();
        assert_eq!(policy.expiration, "2007-12-01T12:00:00Z".parse().unwrap());
        assert_eq!(
            policy.conditions,
            [
                Condition::exact("acl", "private"),
                Condition::exact("a", "1"),
                Condition::exact("b", "true"),
                Condition::StartsWith {
                    field: "key".to_owned(),
                    prefix: String::new()
                },
                Condition::ContentLengthRange {
                    min_bytes: 1,
                    max_bytes: 5
                },
            ]
        );
    }

    #[test]
    fn base64_in_lines_is_read() {
        let policy = read(r#"{"expiration":"2007-12-01T12:00:00Z","conditions":[]}"#).unwrap();
        let mut in_lines = policy.to_base64();
        in_lines.insert_str(20, "\r\n");
        assert_eq!(PostPolicy::from_base64(&in_lines), Ok(policy));
    }

    #[test]
    fn what_is_no_policy_is_told_apart() {
        assert!(PostPolicy::from_base64("%%%").is_err());
        for json in [
            "",
            "[]",
            "{}",
            r#"{"expiration":"soon","conditions":[]}"#,
            r#"{"expiration":"2007-12-01T12:00:00Z"}"#,
            r#"{"expiration":"2007-12-01T12:00:00Z","conditions":[7]}"#,
            r#"{"expiration":"2007-12-01T12:00:00Z","conditions":[[]]}"#,
            r#"{"expiration":"2007-12-01T12:00:00Z","conditions":[["like","$key","a"]]}"#,
            r#"{"expiration":"2007-12-01T12:00:00Z","conditions":[["content-length-range",-1,"x"]]}"#,
            r#"{"expiration":"2007-12-01T12:00:00Z","conditions":[{"key":["a"]}]}"#,
        ] {
            assert!(read(json).is_err(), "{json}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in ".*", bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = PostPolicy::from_base64(&text);
            let _ = PostPolicy::from_base64(&BASE64_STANDARD.encode(bytes));
        }

        #[test]
        fn what_is_written_is_read_back(field in "[^$].{0,20}", value in ".*", max_bytes in any::<u64>()) {
            let policy = PostPolicy {
                expiration: jiff::Timestamp::UNIX_EPOCH,
                conditions: vec![
                    Condition::exact(field.as_str(), value.as_str()),
                    Condition::StartsWith { field, prefix: value },
                    Condition::ContentLengthRange { min_bytes: 0, max_bytes },
                ],
            };
            prop_assert_eq!(PostPolicy::from_base64(&policy.to_base64()), Ok(policy));
        }
    }
}
