//! The decoded policy held against the form and the file, before any byte leaves.
//!
//! What S3 would refuse is refused here: a refusal after the bytes costs the upload, and its XML is often lost with
//! the connection.

mod conditions;

use super::presigned_post::with_file_name;
use super::size_text::size_text;
use super::{Condition, ObjectKey, PostPolicy, PresignedPost, is_safe_target};
use jiff::Timestamp;

/// What the form's owner allows, as a person wants to see it.
///
/// ```
/// use dropslot::s3::VendorReply;
///
/// let answer = br#"{"url": "https://s3.eu-west-1.amazonaws.com/media", "fields": {"key": "in/a.png", "policy":
///     "eyJleHBpcmF0aW9uIjoiMjAyNi0xMS0yNFQxMDozMDoxNVoiLCJjb25kaXRpb25zIjpbWyJjb250ZW50LWxlbmd0aC1yYW5nZSIsMSw5XV19"}}"#;
/// let limits = VendorReply::read(answer)?.upload.limits();
/// assert_eq!(limits.size_bytes, Some((1, 9)));
/// assert_eq!(limits.content_type, None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Limits {
    /// Smallest and largest size in bytes, where the policy has a range.
    pub size_bytes: Option<(u64, u64)>,
    /// Content type or its prefix (`image/`), where the policy has one.
    pub content_type: Option<String>,
    /// The key's prefix, or the whole key.
    pub key_prefix: Option<String>,
    /// Until when the form is good.
    pub expiration: Option<Timestamp>,
}

/// What S3 would refuse, and why: `Display` is the sentence for the person.
///
/// ```
/// use dropslot::s3::Refusal;
///
/// let refusal = Refusal::TooLarge { size_bytes: 2048, max_bytes: 1024 };
/// assert_eq!(
///     refusal.to_string(),
///     "the file has 2 KiB (2,048 bytes); the form takes at most 1 KiB (1,024 bytes)"
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// Past its expiration.
    #[error("the form expired {ago_secs} s ago")]
    Expired {
        /// Seconds since.
        ago_secs: u64,
    },
    /// Larger than the range, or than 5 GiB.
    #[error("the file has {}; the form takes at most {}", size_text(*size_bytes), size_text(*max_bytes))]
    TooLarge {
        /// The file's size.
        size_bytes: u64,
        /// The limit.
        max_bytes: u64,
    },
    /// Smaller than the range.
    #[error("the file has {}; the form takes no less than {}", size_text(*size_bytes), size_text(*min_bytes))]
    TooSmall {
        /// The file's size.
        size_bytes: u64,
        /// The limit.
        min_bytes: u64,
    },
    /// A field that no condition covers.
    #[error("the form's field {field:?} is not in its policy (S3: \"Extra input fields\")")]
    ExtraField {
        /// Its name.
        field: String,
    },
    /// A condition whose field is missing, or has another value.
    #[error("the form's field {field:?} does not meet its policy (S3: \"Policy Condition failed\")")]
    ConditionFailed {
        /// Its name.
        field: String,
    },
    /// A type that the owner does not take.
    #[error("the file is {content_type:?}; the form takes {allowed:?} alone")]
    ContentType {
        /// The file's.
        content_type: String,
        /// What the form's owner takes: a type, or the beginning of some.
        allowed: String,
    },
    /// No `key` field.
    #[error("the form has no object key")]
    NoKey,
    /// The key itself cannot be stored.
    #[error(transparent)]
    Key(#[from] super::ObjectKeyError),
    /// The policy cannot be read.
    #[error(transparent)]
    Policy(#[from] super::PolicyError),
    /// Everything before the file's bytes is over 20,480 bytes.
    #[error("the form's fields have {bytes} bytes; S3 takes at most 20,480")]
    FormTooLarge {
        /// Their size.
        bytes: usize,
    },
    /// A field's name or value would break out of the form.
    #[error("the form's field {field:?} contains a line break")]
    LineBreak {
        /// Its name.
        field: String,
    },
    /// A header that a PUT's signature covers and whose value nobody has told.
    #[error("the URL's signature covers the header {name:?}, and its value is not given")]
    SignedHeader {
        /// Its name.
        name: String,
    },
    /// HTTPS is not used and the host is not loopback.
    #[error("the form's URL is not HTTPS")]
    UnsafeTarget,
}

/// Largest object by POST, in bytes: 5 GiB (sigv4-HTTPPOSTForms.html).
///
/// ```
/// use dropslot::s3::policy_check::MAX_POST_BYTES;
///
/// assert_eq!(MAX_POST_BYTES, 5 << 30);
/// ```
pub const MAX_POST_BYTES: u64 = 5 * 1024 * 1024 * 1024;
/// Largest form before the file's bytes (sigv4-HTTPPOSTForms.html: 20 KB).
///
/// ```
/// use dropslot::s3::policy_check::MAX_PRE_DATA_BYTES;
///
/// let metadata = "x".repeat(30_000);
/// assert!(metadata.len() > MAX_PRE_DATA_BYTES, "no form can carry it");
/// ```
pub const MAX_PRE_DATA_BYTES: usize = 20_480;

/// Longest boundary between a form's parts, in bytes (RFC 2046, section 5.1.1).
const MAX_BOUNDARY_BYTES: usize = 70;

/// Holds the form against its own policy for a file of `size_bytes`, named `file_name`, at `now` (the server's clock
/// where it is known). Forms without a policy pass: a public bucket takes them.
///
/// # Errors
/// See [`Refusal`].
///
/// ```
/// use dropslot::s3::{BucketAddress, Condition, Credentials, PostRequest, Refusal, policy_check};
/// use std::time::Duration;
///
/// let now = "2026-11-24T09:30:15Z".parse()?;
/// let post = PostRequest {
///     address: &BucketAddress::new("media-assets", "eu-west-1", None)?,
///     object_key: "in/a.png",
///     fields: &[],
///     conditions: &[Condition::ContentLengthRange { min_bytes: 1, max_bytes: 1024 }],
///     expires_in: Duration::from_mins(10),
/// }
/// .sign(&Credentials::from_keys("AKIDEXAMPLE", "secret", None), now);
///
/// assert!(policy_check::check(&post, 1000, "a.png", now).is_ok());
/// let refused = policy_check::check(&post, 2000, "a.png", now);
/// assert_eq!(refused, Err(Refusal::TooLarge { size_bytes: 2000, max_bytes: 1024 }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn check(post: &PresignedPost, size_bytes: u64, file_name: &str, now: Timestamp) -> Result<Limits, Refusal> {
    if !is_safe_target(&post.url) {
        return Err(Refusal::UnsafeTarget);
    }
    refuse_line_breaks(&post.fields)?;
    let key = post.field("key").ok_or(Refusal::NoKey)?;
    ObjectKey::new(with_file_name(key, file_name))?;
    if size_bytes > MAX_POST_BYTES {
        return Err(Refusal::TooLarge {
            size_bytes,
            max_bytes: MAX_POST_BYTES,
        });
    }
    refuse_large(post, file_name)?;
    let limits = match post.field("policy") {
        None => Limits::default(),
        Some(text) => {
            let policy = PostPolicy::from_base64(text)?;
            let limits = limits(&policy);
            refuse_expired(policy.expiration, now)?;
            refuse_size(&limits, size_bytes)?;
            conditions::check(post, &policy.conditions, file_name)?;
            limits
        }
    };
    Ok(limits)
}

/// Before its conditions are held against its fields: what a stranger has written may have a hundred thousand of each.
pub(super) fn refuse_large(post: &PresignedPost, file_name: &str) -> Result<(), Refusal> {
    let bytes = pre_data_bytes(post, file_name);
    if bytes > MAX_PRE_DATA_BYTES {
        return Err(Refusal::FormTooLarge { bytes });
    }
    Ok(())
}

pub(super) fn refuse_line_breaks(fields: &[(String, String)]) -> Result<(), Refusal> {
    let breaks = |text: &str| text.contains(['\r', '\n']);
    match fields.iter().find(|(name, value)| breaks(name) || breaks(value)) {
        Some((field, _)) => Err(Refusal::LineBreak { field: field.clone() }),
        None => Ok(()),
    }
}

pub(super) fn refuse_expired(expiration: Timestamp, now: Timestamp) -> Result<(), Refusal> {
    if now < expiration {
        return Ok(());
    }
    let ago_secs = now.duration_since(expiration).as_secs().unsigned_abs();
    Err(Refusal::Expired { ago_secs })
}

fn refuse_size(limits: &Limits, size_bytes: u64) -> Result<(), Refusal> {
    match limits.size_bytes {
        Some((_, max_bytes)) if size_bytes > max_bytes => Err(Refusal::TooLarge { size_bytes, max_bytes }),
        Some((min_bytes, _)) if size_bytes < min_bytes => Err(Refusal::TooSmall { size_bytes, min_bytes }),
        _ => Ok(()),
    }
}

pub(super) fn limits(policy: &PostPolicy) -> Limits {
    let mut limits = Limits {
        expiration: Some(policy.expiration),
        ..Limits::default()
    };
    for condition in &policy.conditions {
        match condition {
            Condition::ContentLengthRange { min_bytes, max_bytes } => {
                let (min, max) = limits.size_bytes.unwrap_or((0, u64::MAX));
                limits.size_bytes = Some((min.max(*min_bytes), max.min(*max_bytes)));
            }
            Condition::Exact { field, value: text } | Condition::StartsWith { field, prefix: text } => {
                if text.is_empty() {
                    continue;
                }
                if field.eq_ignore_ascii_case("content-type") {
                    limits.content_type = Some(text.clone());
                } else if field.eq_ignore_ascii_case("key") {
                    limits.key_prefix = Some(text.clone());
                }
            }
        }
    }
    limits
}

/// Everything before the file's bytes, at most, as the form is written: for each field the boundary, one header and the value,
/// then the header of the file itself.
fn pre_data_bytes(post: &PresignedPost, file_name: &str) -> usize {
    const BOUNDARY_LINE: usize = "--\r\n".len() + MAX_BOUNDARY_BYTES;
    const FIELD_HEADER: usize = "Content-Disposition: form-data; name=\"\"\r\n\r\n".len();
    const FILE_HEADER: usize =
        "Content-Disposition: form-data; name=\"file\"; filename=\"\"\r\nContent-Type: application/octet-stream\r\n\r\n".len();
    let fields: usize = post
        .fields
        .iter()
        .map(|(name, value)| BOUNDARY_LINE + FIELD_HEADER + name.len() + value.len() + "\r\n".len())
        .sum();
    fields + BOUNDARY_LINE + FILE_HEADER + file_name.len()
}

#[cfg(test)]
mod tests;
