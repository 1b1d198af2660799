//! Key templates: `{rand}/{name}` and its kin, expanded into an [`ObjectKey`].
//!
//! Words: `{name} {stem} {ext} {dir} {date} {year} {month} {day} {time} {rand} {uuid} {user} {host}`. A literal key is a
//! template without braces. `{{` and `}}` write a brace.

use super::{ObjectKey, ObjectKeyError};

/// A parsed template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyTemplate(());

/// What the words of a template stand for, for one file.
#[derive(Clone, Debug)]
pub struct KeyParts<'a> {
    /// The file's name, as the file system gives it (made NFC here, control characters replaced).
    pub file_name: &'a str,
    /// The folder below the one that was dropped, `/`-separated, empty for a single file.
    pub dir: &'a str,
    /// Local date and time when the upload begins.
    pub now: jiff::civil::DateTime,
    /// Randomness for `{rand}` and `{uuid}`; the caller's generator must be cryptographic.
    pub random: [u8; 16],
    /// The login name.
    pub user: &'a str,
    /// This machine's name.
    pub host: &'a str,
}

/// Why a text is no template.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyTemplateError {
    /// A word in braces that is not one of ours.
    #[error(
        "the key template has no word {{{word}}}; it knows {{name}} {{stem}} {{ext}} {{dir}} {{date}} {{year}} {{month}} {{day}} {{time}} {{rand}} {{uuid}} {{user}} {{host}}"
    )]
    UnknownWord {
        /// The word without its braces.
        word: String,
    },
    /// `{` without `}`, or the other way round.
    #[error("the key template has a lone brace at byte {at}; write {{{{ or }}}} for a brace itself")]
    LoneBrace {
        /// Byte offset.
        at: usize,
    },
    /// An empty template.
    #[error("the key template is empty")]
    Empty,
}

impl KeyTemplate {
    /// The default: cannot be guessed and never overwrites.
    pub const DEFAULT: &'static str = "{rand}/{name}";

    /// Reads a template.
    ///
    /// # Errors
    /// See [`KeyTemplateError`].
    pub fn parse(_text: &str) -> Result<Self, KeyTemplateError> {
        todo!()
    }

    /// Whether two files (or two runs) cannot get the same key: it holds `{rand}` or `{uuid}`.
    #[must_use]
    pub fn is_unique(&self) -> bool {
        todo!()
    }

    /// The object key for one file.
    ///
    /// # Errors
    /// See [`ObjectKeyError`].
    pub fn expand(&self, _parts: &KeyParts<'_>) -> Result<ObjectKey, ObjectKeyError> {
        todo!()
    }
}
