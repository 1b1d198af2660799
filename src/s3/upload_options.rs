//! What a destination says about its objects, and the form fields and conditions that it becomes.

use super::Condition;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use quick_xml::escape::escape;
use std::time::Duration;

/// Options of a destination; everything not set is left to the bucket's defaults.
///
/// ```
/// use dropslot::s3::UploadOptions;
///
/// let options = UploadOptions {
///     storage_class: Some("STANDARD_IA".into()),
///     metadata: vec![("author".into(), "alice".into())],
///     ..UploadOptions::default()
/// };
/// let (fields, conditions) = options.fields_and_conditions("image/png")?;
/// assert!(fields.contains(&("x-amz-meta-author".into(), "alice".into())));
/// assert_eq!(fields.len(), conditions.len());
/// # Ok::<(), dropslot::s3::upload_options::OptionsError>(())
/// ```
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

/// Form fields, and the conditions that cover them.
type FieldsAndConditions = (Vec<(String, String)>, Vec<Condition>);

/// Default validity of a form.
///
/// ```
/// use dropslot::s3::UploadOptions;
/// use dropslot::s3::upload_options::DEFAULT_EXPIRES_IN;
///
/// assert_eq!(UploadOptions::default().expires_in, DEFAULT_EXPIRES_IN);
/// ```
pub const DEFAULT_EXPIRES_IN: Duration = Duration::from_hours(1);
/// Longest validity that S3 takes (sigv4-query-string-auth.html: 7 days).
///
/// ```
/// use dropslot::s3::upload_options::MAX_EXPIRES_IN;
///
/// assert_eq!(MAX_EXPIRES_IN.as_secs(), 604_800);
/// ```
pub const MAX_EXPIRES_IN: Duration = Duration::from_hours(7 * 24);

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
///
/// ```
/// use dropslot::s3::UploadOptions;
/// use dropslot::s3::upload_options::OptionsError;
///
/// let options = UploadOptions { cache_control: Some("a\r\nb".into()), ..UploadOptions::default() };
/// let error = options.fields_and_conditions("image/png").unwrap_err();
/// assert_eq!(error, OptionsError::ControlCharacter { field: "Cache-Control".into() });
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OptionsError {
    /// A value with a line break or another control character: it would break out of its form field.
    #[error("{field} contains a line break or control character")]
    ControlCharacter {
        /// Which option.
        field: String,
    },
    /// A form may say it, a header may not.
    #[error("{field} has characters that a header cannot carry; a presigned POST can")]
    NotForHeaders {
        /// Which option.
        field: String,
    },
    /// User metadata over 2 KB (UsingMetadata.html).
    #[error("the metadata has {bytes} bytes; S3 takes at most 2,048")]
    MetadataTooLarge {
        /// Names and values together.
        bytes: usize,
    },
    /// A name that cannot follow `x-amz-meta-` in a header.
    #[error("the metadata name {name:?} may have letters, digits and -_. only")]
    MetadataName {
        /// As given.
        name: String,
    },
    /// The same metadata name twice; upper and lower case are one.
    #[error("the metadata name {name:?} is given twice")]
    MetadataTwice {
        /// As given.
        name: String,
    },
    /// Not between 1 second and 7 days.
    #[error("a form is valid for 1 second to 7 days")]
    ExpiresIn,
    /// More than 10 tags, a name twice, or a tag's name over 128 or value over 256 characters (object-tagging.html).
    #[error("S3 takes at most 10 different tags, with names of 1 to 128 and values of at most 256 characters")]
    Tags,
}

/// Most user metadata, names and values together, in bytes (UsingMetadata.html: 2 KB).
const MAX_METADATA_BYTES: usize = 2048;
/// Most tags of an object, and longest name and value in characters (object-tagging.html).
const MAX_TAGS: usize = 10;
const MAX_TAG_NAME_CHARS: usize = 128;
const MAX_TAG_VALUE_CHARS: usize = 256;

impl UploadOptions {
    /// The fields and conditions in the order the form carries them: `success_action_status` 201 first, then
    /// `Content-Type`, and every option that is set (an empty text counts as not set). `content_type` is the one that
    /// this file gets. The caller adds the size range.
    ///
    /// # Errors
    /// See [`OptionsError`].
    ///
    /// ```
    /// use dropslot::s3::{Condition, UploadOptions};
    ///
    /// let (fields, conditions) = UploadOptions::default().fields_and_conditions("image/png")?;
    /// assert_eq!(fields[0], ("success_action_status".to_owned(), "201".to_owned()));
    /// assert!(conditions.contains(&Condition::exact("Content-Type", "image/png")));
    /// # Ok::<(), dropslot::s3::upload_options::OptionsError>(())
    /// ```
    pub fn fields_and_conditions(&self, content_type: &str) -> Result<FieldsAndConditions, OptionsError> {
        if !(Duration::from_secs(1)..=MAX_EXPIRES_IN).contains(&self.expires_in) {
            return Err(OptionsError::ExpiresIn);
        }
        self.check_metadata()?;
        self.check_tags()?;
        let fields = self.fields(content_type);
        if let Some((field, _)) = fields.iter().find(|(_, value)| value.chars().any(char::is_control)) {
            return Err(OptionsError::ControlCharacter { field: field.clone() });
        }
        let conditions = fields
            .iter()
            .map(|(name, value)| Condition::exact(name, value))
            .collect();
        Ok((fields, conditions))
    }

    /// The same as the headers of a PUT or of `CreateMultipartUpload`.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html>; metadata beyond ASCII by RFC 2047:
    /// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html>
    ///
    /// # Errors
    /// See [`OptionsError`].
    ///
    /// ```
    /// use dropslot::s3::UploadOptions;
    ///
    /// let options = UploadOptions { acl: Some("private".into()), ..UploadOptions::default() };
    /// let headers = options.headers("image/png")?;
    /// assert!(headers.contains(&("x-amz-acl".into(), "private".into())));
    /// # Ok::<(), dropslot::s3::upload_options::OptionsError>(())
    /// ```
    pub fn headers(&self, content_type: &str) -> Result<Vec<(String, String)>, OptionsError> {
        let (fields, _) = self.fields_and_conditions(content_type)?;
        let mut headers = Vec::with_capacity(fields.len());
        for (name, value) in fields {
            let (name, value) = match name.as_str() {
                "success_action_status" => continue,
                "acl" => ("x-amz-acl".to_owned(), value),
                "tagging" => ("x-amz-tagging".to_owned(), self.tagging_query()),
                metadata if metadata.starts_with("x-amz-meta-") => (name, encoded_word(value)),
                _ => (name, value),
            };
            if !value.is_ascii() {
                return Err(OptionsError::NotForHeaders { field: name });
            }
            // A signature covers a value without the spaces around it.
            headers.push((name, value.trim().to_owned()));
        }
        Ok(headers)
    }

    fn fields(&self, content_type: &str) -> Vec<(String, String)> {
        // A key of KMS alone means encryption by KMS; S3 refuses the one without the other.
        let encryption = match (&self.server_side_encryption, &self.kms_key_id) {
            (None, Some(key_id)) if !key_id.is_empty() => Some("aws:kms"),
            (encryption, _) => encryption.as_deref(),
        };
        let tagging = (!self.tags.is_empty()).then(|| self.tagging_xml());
        let named = [
            ("success_action_status", Some("201")),
            ("Content-Type", Some(content_type)),
            ("acl", self.acl.as_deref()),
            ("Cache-Control", self.cache_control.as_deref()),
            ("Content-Disposition", self.content_disposition.as_deref()),
            ("x-amz-storage-class", self.storage_class.as_deref()),
            ("x-amz-server-side-encryption", encryption),
            (
                "x-amz-server-side-encryption-aws-kms-key-id",
                self.kms_key_id.as_deref(),
            ),
            ("tagging", tagging.as_deref()),
        ];
        let named = named
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), value.filter(|value| !value.is_empty())?.to_owned())));
        let metadata = self
            .metadata
            .iter()
            .map(|(name, value)| (format!("x-amz-meta-{name}"), value.clone()));
        named.chain(metadata).collect()
    }

    /// The XML of `PutObjectTagging`, which the form's `tagging` field takes.
    fn tagging_xml(&self) -> String {
        let mut xml = String::from("<Tagging><TagSet>");
        for (name, value) in &self.tags {
            let (name, value) = (escape(name.as_str()), escape(value.as_str()));
            xml.extend(["<Tag><Key>", &name, "</Key><Value>", &value, "</Value></Tag>"]);
        }
        xml.push_str("</TagSet></Tagging>");
        xml
    }

    /// As a header takes them: a query's names and values.
    fn tagging_query(&self) -> String {
        let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let pairs = self.tags.iter();
        let pairs = pairs.map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
        pairs.collect::<Vec<_>>().join("&")
    }

    fn check_metadata(&self) -> Result<(), OptionsError> {
        let mut seen: Vec<String> = Vec::new();
        for (name, _) in &self.metadata {
            let is_fit = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
            if name.is_empty() || !name.bytes().all(is_fit) {
                return Err(OptionsError::MetadataName { name: name.clone() });
            }
            let lower = name.to_ascii_lowercase();
            if seen.contains(&lower) {
                return Err(OptionsError::MetadataTwice { name: name.clone() });
            }
            seen.push(lower);
        }
        let bytes = self.metadata.iter().map(|(name, value)| name.len() + value.len()).sum();
        if bytes > MAX_METADATA_BYTES {
            return Err(OptionsError::MetadataTooLarge { bytes });
        }
        Ok(())
    }

    fn check_tags(&self) -> Result<(), OptionsError> {
        let is_twice = |(place, (name, _)): (usize, &(String, String))| {
            self.tags.iter().take(place).any(|(earlier, _)| earlier == name)
        };
        let is_fit = |(name, value): &(String, String)| {
            (1..=MAX_TAG_NAME_CHARS).contains(&name.chars().count()) && value.chars().count() <= MAX_TAG_VALUE_CHARS
        };
        if self.tags.len() > MAX_TAGS || !self.tags.iter().all(is_fit) || self.tags.iter().enumerate().any(is_twice) {
            return Err(OptionsError::Tags);
        }
        if self
            .tags
            .iter()
            .any(|(name, value)| name.chars().chain(value.chars()).any(char::is_control))
        {
            return Err(OptionsError::ControlCharacter {
                field: "tagging".to_owned(),
            });
        }
        Ok(())
    }
}

/// RFC 2047, which S3 decodes; what is ASCII stays as it is.
fn encoded_word(value: String) -> String {
    if value.is_ascii() {
        return value;
    }
    format!("=?UTF-8?B?{}?=", BASE64_STANDARD.encode(value))
}

#[cfg(test)]
mod tests;
