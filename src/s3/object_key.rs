//! Object keys: what S3 accepts as a name. How a file's name becomes part of one is told in [`super::file_name`].
//!
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html>; `$$` fails on S3 (boto3#4514).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Longest object key, in bytes of UTF-8 (object-keys.html).
///
/// ```
/// use dropslot::s3::ObjectKey;
/// use dropslot::s3::object_key::MAX_OBJECT_KEY_BYTES;
///
/// assert!(ObjectKey::new("a".repeat(MAX_OBJECT_KEY_BYTES)).is_ok());
/// assert!(ObjectKey::new("a".repeat(MAX_OBJECT_KEY_BYTES + 1)).is_err());
/// ```
pub const MAX_OBJECT_KEY_BYTES: usize = 1024;

/// What a URL's path shows as it is: RFC 3986 *unreserved*, and the `/` between segments.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/');

/// A key that S3 takes and a URL can name: 1 to 1,024 bytes of UTF-8, without `$$`, control characters and the
/// segments `.` and `..`.
///
/// ```
/// use dropslot::s3::ObjectKey;
///
/// let object_key = ObjectKey::new("k3f9x2ab/screenshot 1.png")?;
/// assert_eq!(object_key.to_string(), "k3f9x2ab/screenshot 1.png");
/// # Ok::<(), dropslot::s3::ObjectKeyError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ObjectKey(String);

/// Why a text is no object key.
///
/// ```
/// use dropslot::s3::{ObjectKey, ObjectKeyError};
///
/// assert_eq!(ObjectKey::new("a/../b"), Err(ObjectKeyError::DotSegment));
/// assert_eq!(ObjectKeyError::Empty.to_string(), "the object key is empty");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ObjectKeyError {
    /// Nothing left to name the object by.
    #[error("the object key is empty")]
    Empty,
    /// More than [`MAX_OBJECT_KEY_BYTES`].
    #[error("the object key has {bytes} bytes; S3 takes at most 1,024")]
    TooLong {
        /// Its length in bytes of UTF-8.
        bytes: usize,
    },
    /// S3 answers a key with `$$` by an internal error.
    #[error("the object key contains \"$$\", which S3 cannot store")]
    DoubleDollar,
    /// A control character typed into a literal key.
    #[error("the object key contains a control character")]
    ControlCharacter,
    /// Every browser and HTTP client resolves `.` and `..` before it asks, so the object could not be opened.
    #[error("the object key has a segment \".\" or \"..\", which no URL can name")]
    DotSegment,
}

impl ObjectKey {
    /// Takes `text` as it is: checked, never changed.
    ///
    /// # Errors
    /// See [`ObjectKeyError`].
    ///
    /// ```
    /// use dropslot::s3::{ObjectKey, ObjectKeyError};
    ///
    /// assert!(ObjectKey::new("reports/2026/한글.pdf").is_ok());
    /// assert_eq!(ObjectKey::new("a$$b"), Err(ObjectKeyError::DoubleDollar));
    /// ```
    pub fn new(text: impl Into<String>) -> Result<Self, ObjectKeyError> {
        let text = text.into();
        if text.is_empty() {
            return Err(ObjectKeyError::Empty);
        }
        if text.len() > MAX_OBJECT_KEY_BYTES {
            return Err(ObjectKeyError::TooLong { bytes: text.len() });
        }
        if text.contains("$$") {
            return Err(ObjectKeyError::DoubleDollar);
        }
        if text.chars().any(char::is_control) {
            return Err(ObjectKeyError::ControlCharacter);
        }
        if text.split('/').any(|segment| matches!(segment, "." | "..")) {
            return Err(ObjectKeyError::DotSegment);
        }
        Ok(Self(text))
    }

    /// The key as sent to S3.
    ///
    /// ```
    /// # use dropslot::s3::ObjectKey;
    /// assert_eq!(ObjectKey::new("a b.txt")?.as_str(), "a b.txt");
    /// # Ok::<(), dropslot::s3::ObjectKeyError>(())
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The key as a URL's path, without a slash in front: each segment percent-encoded, `/` kept.
    ///
    /// ```
    /// # use dropslot::s3::ObjectKey;
    /// assert_eq!(ObjectKey::new("a b/50%.txt")?.to_url_path(), "a%20b/50%25.txt");
    /// # Ok::<(), dropslot::s3::ObjectKeyError>(())
    /// ```
    #[must_use]
    pub fn to_url_path(&self) -> String {
        utf8_percent_encode(&self.0, PATH).to_string()
    }
}

impl std::fmt::Display for ObjectKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
mod tests {
    use super::*;

    #[test]
    fn a_literal_key_is_never_changed() {
        for text in [
            "a",
            "/a//b/",
            "~ !*'();:@&=+$,?#[]",
            "각.txt",
            "\u{1100}\u{1161}\u{11a8}",
            "a/...",
            "a$b$",
        ] {
            assert_eq!(ObjectKey::new(text).unwrap().as_str(), text);
        }
    }

    #[test]
    fn what_s3_cannot_store_or_a_url_cannot_name_is_refused() {
        assert_eq!(ObjectKey::new(""), Err(ObjectKeyError::Empty));
        assert_eq!(ObjectKey::new("a$$b"), Err(ObjectKeyError::DoubleDollar));
        assert_eq!(ObjectKey::new("a\nb"), Err(ObjectKeyError::ControlCharacter));
        for text in ["..", "a/../b", "./a", "a/."] {
            assert_eq!(ObjectKey::new(text), Err(ObjectKeyError::DotSegment), "{text}");
        }
    }

    #[test]
    fn length_counts_bytes_of_utf8() {
        assert!(ObjectKey::new("a".repeat(1024)).is_ok());
        assert_eq!(
            ObjectKey::new("a".repeat(1025)),
            Err(ObjectKeyError::TooLong { bytes: 1025 })
        );
        assert_eq!(
            ObjectKey::new("각".repeat(342)),
            Err(ObjectKeyError::TooLong { bytes: 1026 })
        );
    }

    #[test]
    fn a_url_path_keeps_only_what_needs_no_encoding() {
        let object_key = ObjectKey::new("a-._~/b c+d%&?#$'\"é").unwrap();
        assert_eq!(object_key.to_url_path(), "a-._~/b%20c%2Bd%25%26%3F%23%24%27%22%C3%A9");
    }
}
