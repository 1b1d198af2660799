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

use super::file_name::{stem_and_extension, storable, storable_dir};
use super::{ObjectKey, ObjectKeyError};

/// A parsed template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyTemplate {
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Word(Word),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    Name,
    Stem,
    Ext,
    Dir,
    Date,
    Year,
    Month,
    Day,
    Time,
    Rand,
    Uuid,
    User,
    Host,
}

/// What the words of a template stand for, for one file.
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
    #[must_use]
    pub fn is_unique(&self) -> bool {
        self.has(Word::Rand) || self.has(Word::Uuid)
    }

    /// The object key for one file.
    ///
    /// # Errors
    /// See [`ObjectKeyError`].
    pub fn expand(&self, parts: &KeyParts<'_>) -> Result<ObjectKey, ObjectKeyError> {
        let dir = storable_dir(parts.dir);
        // Where the template does not say, the folder goes before the segment with the file's name.
        let mut homeless_dir = (!self.has(Word::Dir) && !dir.is_empty()).then_some(&dir);
        let mut key = String::new();
        // An empty `{dir}` at the beginning of a segment is waiting to take the slash behind it along.
        let mut slash_is_due = false;
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => {
                    let text = if slash_is_due {
                        text.strip_prefix('/').unwrap_or(text)
                    } else {
                        text
                    };
                    key.push_str(text);
                }
                Piece::Word(Word::Dir) if dir.is_empty() => {}
                Piece::Word(Word::Ext) if word_value(Word::Ext, parts, &dir).is_empty() => {
                    key.truncate(key.strip_suffix('.').unwrap_or(&key).len());
                }
                Piece::Word(word) => {
                    if matches!(word, Word::Name | Word::Stem)
                        && let Some(dir) = homeless_dir.take()
                    {
                        let segment_begins = key.rfind('/').map_or(0, |slash| slash + 1);
                        key.insert_str(segment_begins, &format!("{dir}/"));
                    }
                    key.push_str(&word_value(*word, parts, &dir));
                }
            }
            slash_is_due = *piece == Piece::Word(Word::Dir) && dir.is_empty() && (key.is_empty() || key.ends_with('/'));
        }
        if slash_is_due {
            key.truncate(key.strip_suffix('/').unwrap_or(&key).len());
        }
        ObjectKey::new(key)
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

impl Word {
    fn parse(word: &str) -> Result<Self, KeyTemplateError> {
        Ok(match word {
            "name" => Self::Name,
            "stem" => Self::Stem,
            "ext" => Self::Ext,
            "dir" => Self::Dir,
            "date" => Self::Date,
            "year" => Self::Year,
            "month" => Self::Month,
            "day" => Self::Day,
            "time" => Self::Time,
            "rand" => Self::Rand,
            "uuid" => Self::Uuid,
            "user" => Self::User,
            "host" => Self::Host,
            _ => return Err(KeyTemplateError::UnknownWord { word: word.to_owned() }),
        })
    }
}

fn word_value(word: Word, parts: &KeyParts<'_>, dir: &str) -> String {
    let name = storable(parts.file_name);
    let (stem, extension) = stem_and_extension(&name);
    let now = parts.now;
    match word {
        Word::Stem => storable(stem),
        Word::Ext => extension.to_owned(),
        Word::Name => name,
        Word::Dir => dir.to_owned(),
        Word::Date => format!("{:04}-{:02}-{:02}", now.year(), now.month(), now.day()),
        Word::Year => format!("{:04}", now.year()),
        Word::Month => format!("{:02}", now.month()),
        Word::Day => format!("{:02}", now.day()),
        Word::Time => format!("{:02}{:02}{:02}", now.hour(), now.minute(), now.second()),
        Word::Rand => rand_text(parts.random),
        Word::Uuid => uuid_text(parts.random),
        Word::User => storable(parts.user),
        Word::Host => storable(parts.host),
    }
}

/// 40 bits as 8 digits of Crockford's base32: no letters that are taken for digits.
fn rand_text(random: [u8; 16]) -> String {
    const DIGITS: [char; 32] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'j', 'k', 'm', 'n',
        'p', 'q', 'r', 's', 't', 'v', 'w', 'x', 'y', 'z',
    ];
    let bits = u128::from_be_bytes(random);
    (1..=8)
        .filter_map(|place| DIGITS.get((bits >> (128 - 5 * place)) as usize & 31))
        .collect()
}

/// Version 4 (RFC 9562, section 5.4): random but for the version and the variant.
fn uuid_text(random: [u8; 16]) -> String {
    let bits = u128::from_be_bytes(random) & !(0xf << 76) & !(0b11 << 62) | (4 << 76) | (0b10 << 62);
    let hex = format!("{bits:032x}");
    let mut text = String::with_capacity(36);
    for (place, digit) in hex.chars().enumerate() {
        if matches!(place, 8 | 12 | 16 | 20) {
            text.push('-');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const RANDOM: [u8; 16] = [
        0x00, 0x44, 0x32, 0x14, 0xc7, 0x42, 0x54, 0xb6, 0x35, 0xcf, 0x84, 0x65, 0x3a, 0x56, 0xd7, 0xc6,
    ];

    fn parts<'a>(file_name: &'a str, dir: &'a str) -> KeyParts<'a> {
        KeyParts {
            file_name,
            dir,
            now: jiff::civil::date(2026, 11, 24).at(9, 30, 15, 0),
            random: RANDOM,
            user: "ada",
            host: "engine",
        }
    }

    fn expand(template: &str, file_name: &str, dir: &str) -> String {
        KeyTemplate::parse(template)
            .unwrap()
            .expand(&parts(file_name, dir))
            .unwrap()
            .as_str()
            .to_owned()
    }

    #[test]
    fn every_word_stands_for_its_value() {
        for (template, key) in [
            ("{name}", "스크린샷 1.tar.gz"),
            ("{stem}", "스크린샷 1.tar"),
            ("{ext}", "gz"),
            ("{dir}", "a/b"),
            ("{date}", "2026-11-24"),
            ("{year}/{month}/{day}", "2026/11/24"),
            ("{time}", "093015"),
            ("{rand}", "01234567"),
            ("{uuid}", "00443214-c742-44b6-b5cf-84653a56d7c6"),
            ("{user}@{host}", "ada@engine"),
        ] {
            assert_eq!(
                expand(
                    template,
                    "스크린샷 1.tar.gz",
                    if template == "{dir}" { "a/b" } else { "" }
                ),
                key
            );
        }
    }

    #[test]
    fn a_literal_key_is_a_template_without_braces() {
        assert_eq!(expand("reports/latest.pdf", "a.txt", ""), "reports/latest.pdf");
        assert_eq!(expand("{{{name}}}", "a.txt", ""), "{a.txt}");
    }

    #[test]
    fn an_empty_dir_takes_its_slash_along() {
        for (template, alone, in_folder) in [
            ("{dir}/{name}", "a.txt", "d/e/a.txt"),
            ("up/{dir}/{name}", "up/a.txt", "up/d/e/a.txt"),
            ("{name}/{dir}", "a.txt", "a.txt/d/e"),
            ("x{dir}/{name}", "x/a.txt", "xd/e/a.txt"),
            ("{dir}{name}", "a.txt", "d/ea.txt"),
        ] {
            assert_eq!(expand(template, "a.txt", ""), alone, "{template}");
            assert_eq!(expand(template, "a.txt", "d/e"), in_folder, "{template}");
        }
    }

    #[test]
    fn a_template_without_dir_keeps_the_tree() {
        for (template, key) in [
            ("{rand}/{name}", "01234567/d/e/a.txt"),
            ("{name}", "d/e/a.txt"),
            ("{user}/{date}-{stem}.{ext}", "ada/d/e/2026-11-24-a.txt"),
            ("{stem}/{name}", "d/e/a/a.txt"),
            ("{rand}.{ext}", "01234567.txt"),
        ] {
            assert_eq!(expand(template, "a.txt", "d/e"), key, "{template}");
        }
    }

    #[test]
    fn an_empty_extension_takes_its_dot_along() {
        assert_eq!(expand("{stem}.{ext}", "README", ""), "README");
        assert_eq!(expand("{rand}.{ext}", ".bashrc", ""), "01234567");
        assert_eq!(expand("{stem}-{rand}.{ext}", "a.png", ""), "a-01234567.png");
    }

    #[test]
    fn no_value_but_dir_brings_a_slash_and_none_climbs() {
        assert_eq!(expand("{name}", "../../etc/passwd", ""), ".._.._etc_passwd");
        assert_eq!(expand("{dir}/{name}", "..", "../x"), "__/x/__");
        assert_eq!(expand("{stem}/x", "..txt", ""), "_/x");
        let climbing = KeyParts {
            user: "../root",
            host: "..",
            ..parts("a", "")
        };
        let template = KeyTemplate::parse("{user}/{host}").unwrap();
        assert_eq!(template.expand(&climbing).unwrap().as_str(), ".._root/__");
        let joined = KeyTemplate::parse("{name}./x").unwrap();
        assert_eq!(joined.expand(&parts(".", "")).unwrap().as_str(), "_./x");
    }

    #[test]
    fn a_name_that_is_too_long_is_an_error() {
        let name = "n".repeat(1017);
        let template = KeyTemplate::parse(KeyTemplate::DEFAULT).unwrap();
        assert_eq!(
            template.expand(&parts(&name, "")),
            Err(ObjectKeyError::TooLong { bytes: 1026 })
        );
    }

    #[test]
    fn what_is_no_template_is_told_where() {
        let error = |text| KeyTemplate::parse(text).unwrap_err();
        assert_eq!(error(""), KeyTemplateError::Empty);
        assert_eq!(
            error("{nmae}"),
            KeyTemplateError::UnknownWord {
                word: "nmae".to_owned()
            }
        );
        assert_eq!(error("각{name"), KeyTemplateError::LoneBrace { at: 3 });
        assert_eq!(error("a}b"), KeyTemplateError::LoneBrace { at: 1 });
        assert_eq!(error("{{a}"), KeyTemplateError::LoneBrace { at: 3 });
    }

    #[test]
    fn only_randomness_makes_a_template_unique() {
        assert!(KeyTemplate::parse("{rand}/{name}").unwrap().is_unique());
        assert!(KeyTemplate::parse("{uuid}.{ext}").unwrap().is_unique());
        assert!(!KeyTemplate::parse("{date}/{time}-{name}").unwrap().is_unique());
        assert!(!KeyTemplate::parse("{{rand}}").unwrap().is_unique());
    }

    proptest! {
        #[test]
        fn no_template_and_no_name_makes_it_panic(template in ".*", file_name in ".*", dir in ".*") {
            if let Ok(template) = KeyTemplate::parse(&template) {
                let _ = template.expand(&parts(&file_name, &dir));
            }
        }

        #[test]
        fn every_name_has_a_key_by_the_default(file_name in ".{1,32}", dir in ".{0,32}") {
            prop_assert!(KeyTemplate::parse(KeyTemplate::DEFAULT).unwrap().expand(&parts(&file_name, &dir)).is_ok());
        }
    }
}
