//! The presigned POST: `{url, fields}`, signed here or by somebody else.
//!
//! Fields and conditions stand in botocore's order: the caller's, `key`, `x-amz-algorithm`, `x-amz-credential`,
//! `x-amz-date`, [`x-amz-security-token`], `policy`, `x-amz-signature`.

use super::{BucketAddress, Condition, PolicyError, PostPolicy};
use aws_credential_types::Credentials;
use std::time::Duration;

/// A signed form: where to send it, and the fields to send, in order.
///
/// `Debug` hides every value but `key`'s: they are as good as a password until they expire.
#[derive(Clone, PartialEq, Eq)]
pub struct PresignedPost {
    /// Where the form goes.
    pub url: String,
    /// Names and values, opaque, in the order to send.
    pub fields: Vec<(String, String)>,
}

/// What is to be signed.
#[derive(Clone, Debug)]
pub struct PostRequest<'a> {
    /// Where to.
    pub address: &'a BucketAddress,
    /// The exact key, or one that ends in `${filename}`.
    pub object_key: &'a str,
    /// The caller's fields, in order.
    pub fields: &'a [(String, String)],
    /// The caller's conditions, in order. Fields are *not* turned into conditions.
    pub conditions: &'a [Condition],
    /// How long the form is valid.
    pub expires_in: Duration,
}

/// Why a text is no presigned POST.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PresignedPostError {
    /// Not `{"url": …, "fields": {…}}`.
    #[error("not a presigned POST: {0}")]
    Shape(&'static str),
}

impl PostRequest<'_> {
    /// Signs at `now`. Pure: the same inputs give the same form, byte for byte botocore's.
    #[must_use]
    pub fn sign(&self, _credentials: &Credentials, _now: jiff::Timestamp) -> PresignedPost {
        todo!()
    }
}

impl PresignedPost {
    /// `{"url": …, "fields": {…}}` as Python's `json.dumps` writes it, one line.
    #[must_use]
    pub fn to_json(&self) -> String {
        todo!()
    }

    /// Reads `{"url", "fields"}`; numbers and booleans become strings, order is kept.
    ///
    /// # Errors
    /// See [`PresignedPostError`].
    pub fn from_json(_text: &str) -> Result<Self, PresignedPostError> {
        todo!()
    }

    /// A field's value by its name, whatever the case of its letters.
    #[must_use]
    pub fn field(&self, _name: &str) -> Option<&str> {
        todo!()
    }

    /// The decoded policy.
    ///
    /// # Errors
    /// See [`PolicyError`].
    pub fn policy(&self) -> Result<PostPolicy, PolicyError> {
        todo!()
    }

    /// The bucket: from the policy's condition, else from the URL's path or host.
    #[must_use]
    pub fn bucket(&self) -> Option<String> {
        todo!()
    }
}

impl std::fmt::Debug for PresignedPost {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("PresignedPost")
            .field("key", &self.field("key"))
            .finish_non_exhaustive()
    }
}
