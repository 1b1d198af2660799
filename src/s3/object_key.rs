//! Object keys: what S3 accepts as a name, and how a file's name becomes one.
//!
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html>; `$$` fails on S3 (boto3#4514).

/// Longest object key, in bytes of UTF-8 (object-keys.html).
pub const MAX_OBJECT_KEY_BYTES: usize = 1024;

/// A key that S3 takes: 1 to 1,024 bytes of UTF-8, without `$$` and without control characters.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ObjectKey(String);

/// Why a text is no object key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
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
}

impl ObjectKey {
    /// Takes `text` as it is: checked, never changed.
    ///
    /// # Errors
    /// See [`ObjectKeyError`].
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
        Ok(Self(text))
    }

    /// The key as sent to S3.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for ObjectKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}
