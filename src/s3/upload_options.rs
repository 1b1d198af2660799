//! What a destination says about its objects, and the form fields and conditions that it becomes.

use super::Condition;
use std::time::Duration;

/// Options of a destination; everything not set is left to the bucket's defaults.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadOptions {
    /// Fixed content type; `None` goes by the file's name and bytes.
    pub content_type: Option<String>,
    /// Canned ACL. None by default: since April 2023 new buckets refuse any but `bucket-owner-full-control`.
    pub acl: Option<String>,
    /// `STANDARD_IA`, `INTELLIGENT_TIERING`, …
    pub storage_class: Option<String>,
    /// `AES256` or `aws:kms`.
    pub server_side_encryption: Option<String>,
    /// KMS key id, with `aws:kms`.
    pub kms_key_id: Option<String>,
    /// `Cache-Control` of the object.
    pub cache_control: Option<String>,
    /// `Content-Disposition` of the object.
    pub content_disposition: Option<String>,
    /// User metadata, without the `x-amz-meta-` prefix, in order.
    pub metadata: Vec<(String, String)>,
    /// Object tags, in order.
    pub tags: Vec<(String, String)>,
    /// How long the form is valid; at most 7 days.
    pub expires_in: Duration,
}

/// Default validity of a form.
pub const DEFAULT_EXPIRES_IN: Duration = Duration::from_secs(3600);
/// Longest validity that S3 takes (sigv4-query-string-auth.html: 7 days).
pub const MAX_EXPIRES_IN: Duration = Duration::from_secs(7 * 24 * 3600);

impl Default for UploadOptions {
    fn default() -> Self {
        Self {
            content_type: None,
            acl: None,
            storage_class: None,
            server_side_encryption: None,
            kms_key_id: None,
            cache_control: None,
            content_disposition: None,
            metadata: Vec::new(),
            tags: Vec::new(),
            expires_in: DEFAULT_EXPIRES_IN,
        }
    }
}

/// Why options cannot be sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OptionsError {
    /// A value with a line break or another control character: it would break out of its form field.
    #[error("{field} contains a line break or control character")]
    ControlCharacter {
        /// Which option.
        field: String,
    },
    /// User metadata over 2 KB (UsingMetadata.html).
    #[error("the metadata has {bytes} bytes; S3 takes at most 2,048")]
    MetadataTooLarge {
        /// Names and values together.
        bytes: usize,
    },
    /// Not between 1 second and 7 days.
    #[error("a form is valid for 1 second to 7 days")]
    ExpiresIn,
    /// More than 10 tags, or a tag's name over 128 or value over 256 characters (object-tagging.html).
    #[error("S3 takes at most 10 tags, with names of at most 128 and values of at most 256 characters")]
    Tags,
}

impl UploadOptions {
    /// The fields and conditions in the order the form carries them: `success_action_status` 201 first, then
    /// `Content-Type`, and every option that is set. `content_type` is the one that this file gets. The caller adds
    /// the size range.
    ///
    /// # Errors
    /// See [`OptionsError`].
    pub fn fields_and_conditions(
        &self,
        _content_type: &str,
    ) -> Result<(Vec<(String, String)>, Vec<Condition>), OptionsError> {
        todo!()
    }
}
