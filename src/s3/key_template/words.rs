//! The words of a key template, and what each stands for.

use super::{KeyParts, KeyTemplateError};
use crate::s3::file_name::{stem_and_extension, storable};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
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

impl Word {
    pub(super) fn parse(word: &str) -> Result<Self, KeyTemplateError> {
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

/// The value, storable. `dir` is the storable form of [`KeyParts::dir`].
pub(super) fn word_value(word: Word, parts: &KeyParts<'_>, dir: &str) -> String {
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
