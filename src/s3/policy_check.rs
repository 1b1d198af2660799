//! The decoded policy held against the form and the file, before any byte leaves.
//!
//! What S3 would refuse is refused here: a refusal after the bytes costs the upload, and its XML is often lost with
//! the connection.

use super::PresignedPost;

/// What the form's owner allows, as a person wants to see it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Limits {
    /// Smallest and largest size in bytes, where the policy has a range.
    pub size_bytes: Option<(u64, u64)>,
    /// Content type or its prefix (`image/`), where the policy has one.
    pub content_type: Option<String>,
    /// The key's prefix, or the whole key.
    pub key_prefix: Option<String>,
    /// Until when the form is good.
    pub expiration: Option<jiff::Timestamp>,
}

/// What S3 would refuse, and why: `Display` is the sentence for the person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Past its expiration.
    #[error("the form expired {ago_secs} s ago")]
    Expired {
        /// Seconds since.
        ago_secs: u64,
    },
    /// Larger than the range, or than 5 GiB.
    #[error("the file has {size_bytes} bytes; the form takes at most {max_bytes}")]
    TooLarge {
        /// The file's size.
        size_bytes: u64,
        /// The limit.
        max_bytes: u64,
    },
    /// Smaller than the range.
    #[error("the file has {size_bytes} bytes; the form takes no less than {min_bytes}")]
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
    /// HTTPS is not used and the host is not loopback.
    #[error("the form's URL is not HTTPS")]
    UnsafeTarget,
}

/// Largest object by POST, in bytes: 5 GiB (sigv4-HTTPPOSTForms.html).
pub const MAX_POST_BYTES: u64 = 5 * 1024 * 1024 * 1024;
/// Largest form before the file's bytes (sigv4-HTTPPOSTForms.html: 20 KB).
pub const MAX_PRE_DATA_BYTES: usize = 20_480;

/// Holds the form against its own policy for a file of `size_bytes`, named `file_name`, at `now` (the server's clock
/// where it is known). Forms without a policy pass: a public bucket takes them.
///
/// # Errors
/// See [`Refusal`].
pub fn check(
    _post: &PresignedPost,
    _size_bytes: u64,
    _file_name: &str,
    _now: jiff::Timestamp,
) -> Result<Limits, Refusal> {
    todo!()
}
