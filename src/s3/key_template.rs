//! Key templates: `{rand}/{name}` and its kin, expanded into an [`ObjectKey`].
//!
//! Words: `{name} {stem} {ext} {dir} {date} {year} {month} {day} {time} {rand} {uuid} {user} {host}`. A literal key is a
//! template without braces. `{{` and `}}` write a brace.
//!
//! * A word's value is made [storable](super::file_name) first; only `{dir}` brings a `/`.
//! * `{dir}` that is empty takes its slash with it: `{dir}/{name}` is `a.txt` for a single file.
//! * A template without `{dir}` keeps a folder's tree all the same: the folder stands before the segment that holds
//!   `{name}` (or `{stem}`). `{rand}/{name}` is `k3f9x2ab/folder/a.txt`; with the same [`KeyParts::random`] for all files
//!   of one dropped folder, the tree stays together under one `{rand}`.
//! * `{ext}` that is empty takes its dot with it: `{stem}.{ext}` is `README`.
//! * A key that is too long is an error, never cut.

mod expansion;
mod patterns;
mod words;

use super::{ObjectKey, ObjectKeyError};
use words::Word;

/// A parsed template.
///
/// ```
/// use dropslot::s3::{KeyParts, KeyTemplate};
///
/// let parts = KeyParts {
///     file_name: "photo.jpg",
///     dir: "",
///     now: "2026-11-24T09:30:15".parse()?,
///     random: [7; 16],
///     user: "alice",
///     host: "laptop",
/// };
/// let template = KeyTemplate::parse("{year}/{month}/{stem}.{ext}")?;
/// assert_eq!(template.expand(&parts)?.as_str(), "2026/11/photo.jpg");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyTemplate {
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Word(Word),
}

/// What the words of a template stand for, for one file.
///
/// ```
/// use dropslot::s3::{KeyParts, KeyTemplate};
///
/// let parts = KeyParts {
///     file_name: "photo.jpg",
///     dir: "holiday/day 1",
///     now: "2026-11-24T09:30:15".parse()?,
///     random: [7; 16],
///     user: "alice",
///     host: "laptop",
/// };
/// let object_key = KeyTemplate::parse("{user}/{name}")?.expand(&parts)?;
/// assert_eq!(object_key.as_str(), "alice/holiday/day 1/photo.jpg");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct KeyParts<'a> {
    /// The file's name, as the file system gives it (made NFC here, control characters replaced).
    pub file_name: &'a str,
    /// The folder below the one that was dropped, `/`-separated, empty for a single file.
    pub dir: &'a str,
    /// Local date and time when the upload begins.
    pub now: jiff::civil::DateTime,
    /// Randomness for `{rand}` and `{uuid}`; the caller's generator must be cryptographic. The same for all files of one
    /// dropped folder, if its tree is to stay together under one `{rand}`.
    pub random: [u8; 16],
    /// The login name.
    pub user: &'a str,
    /// This machine's name.
    pub host: &'a str,
}

/// Why a text is no template.
///
/// ```
/// use dropslot::s3::{KeyTemplate, KeyTemplateError};
///
/// assert_eq!(KeyTemplate::parse("a}b"), Err(KeyTemplateError::LoneBrace { at: 1 }));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
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
    ///
    /// ```
    /// use dropslot::s3::KeyTemplate;
    ///
    /// assert!(KeyTemplate::parse(KeyTemplate::DEFAULT)?.is_unique());
    /// # Ok::<(), dropslot::s3::KeyTemplateError>(())
    /// ```
    pub const DEFAULT: &'static str = "{rand}/{name}";

    /// Reads a template.
    ///
    /// # Errors
    /// See [`KeyTemplateError`].
    ///
    /// ```
    /// use dropslot::s3::{KeyTemplate, KeyTemplateError};
    ///
    /// assert!(KeyTemplate::parse("in/{date}/{uuid}-{name}").is_ok());
    /// let wrong = KeyTemplate::parse("{nmae}");
    /// assert_eq!(wrong, Err(KeyTemplateError::UnknownWord { word: "nmae".to_owned() }));
    /// ```
    pub fn parse(text: &str) -> Result<Self, KeyTemplateError> {
        if text.is_empty() {
            return Err(KeyTemplateError::Empty);
        }
        let mut pieces = Vec::new();
        let mut literal = String::new();
        let mut rest = text;
        while let Some(brace) = rest.find(['{', '}']) {
            let (before, from_brace) = rest.split_at(brace);
            literal.push_str(before);
            let at = text.len() - from_brace.len();
            if let Some(after) = from_brace.strip_prefix("{{") {
                literal.push('{');
                rest = after;
            } else if let Some(after) = from_brace.strip_prefix("}}") {
                literal.push('}');
                rest = after;
            } else {
                let lone = KeyTemplateError::LoneBrace { at };
                let (word, after) = from_brace
                    .strip_prefix('{')
                    .and_then(|word| word.split_once('}'))
                    .ok_or(lone)?;
                push_text(&mut pieces, std::mem::take(&mut literal));
                pieces.push(Piece::Word(Word::parse(word)?));
                rest = after;
            }
        }
        literal.push_str(rest);
        push_text(&mut pieces, literal);
        Ok(Self { pieces })
    }

    /// Whether two files (or two runs) cannot get the same key: it holds `{rand}` or `{uuid}`.
    ///
    /// ```
    /// # use dropslot::s3::KeyTemplate;
    /// assert!(KeyTemplate::parse("{uuid}.{ext}")?.is_unique());
    /// assert!(!KeyTemplate::parse("{date}/{name}")?.is_unique());
    /// # Ok::<(), dropslot::s3::KeyTemplateError>(())
    /// ```
    #[must_use]
    pub fn is_unique(&self) -> bool {
        self.has(Word::Rand) || self.has(Word::Uuid)
    }

    /// Whether [`KeyParts::now`] stands in the key.
    #[cfg(feature = "app")]
    pub(crate) fn tells_time(&self) -> bool {
        let times = [Word::Date, Word::Year, Word::Month, Word::Day, Word::Time];
        times.into_iter().any(|word| self.has(word))
    }

    /// Whether [`KeyParts::user`] or [`KeyParts::host`] stands in the key.
    #[cfg(feature = "app")]
    pub(crate) fn tells_machine(&self) -> bool {
        self.has(Word::User) || self.has(Word::Host)
    }

    /// The object key for one file.
    ///
    /// # Errors
    /// See [`ObjectKeyError`].
    ///
    /// ```
    /// use dropslot::s3::{KeyParts, KeyTemplate};
    ///
    /// let parts = KeyParts {
    ///     file_name: "photo.jpg",
    ///     dir: "",
    ///     now: "2026-11-24T09:30:15".parse()?,
    ///     random: [7; 16],
    ///     user: "alice",
    ///     host: "laptop",
    /// };
    /// let object_key = KeyTemplate::parse("{rand}/{name}")?.expand(&parts)?;
    /// assert_eq!(object_key.as_str(), "0w3ge1r7/photo.jpg");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn expand(&self, parts: &KeyParts<'_>) -> Result<ObjectKey, ObjectKeyError> {
        ObjectKey::new(expansion::expand(&self.pieces, parts))
    }

    fn has(&self, word: Word) -> bool {
        self.pieces.contains(&Piece::Word(word))
    }
}

fn push_text(pieces: &mut Vec<Piece>, text: String) {
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
}

#[cfg(test)]
mod tests;
