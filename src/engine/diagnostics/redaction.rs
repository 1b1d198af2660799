//! What may stand in a text that everybody reads: words and numbers, but nothing that is, or could be, a name.
//!
//! Rather a word too many is left out than a name too few: what is quoted, what holds a dot, a slash, a hyphen or the like,
//! and all names that the settings know. `…` stands in its place.

use crate::store::{DestinationKind, Settings};
use std::collections::BTreeSet;

const LEFT_OUT: &str = "…";
/// Names that are shorter are words as well.
const SHORTEST_NAME: usize = 3;

/// The names that are known.
#[derive(Debug, Default)]
pub(super) struct Redaction {
    names: BTreeSet<String>,
}

impl Redaction {
    /// Of this user's settings, and this user's own.
    pub(super) fn new(settings: &Settings) -> Self {
        let mut names: Vec<String> = vec![
            whoami::username().unwrap_or_default(),
            whoami::hostname().unwrap_or_default(),
        ];
        for destination in settings.destinations.iter().chain(&settings.last_destination) {
            names.push(destination.name.clone());
            names.push(destination.kind.place().to_owned());
            if let DestinationKind::Account {
                profile: Some(profile), ..
            } = &destination.kind
            {
                names.push(profile.clone());
            }
        }
        names.extend(settings.bucket_regions.keys().cloned());
        let words = names.iter().flat_map(|name| name.split(char::is_whitespace));
        Self {
            names: words
                .filter(|word| word.chars().count() >= SHORTEST_NAME)
                .map(str::to_lowercase)
                .collect(),
        }
    }

    /// A sentence without names.
    pub(super) fn text(&self, text: &str) -> String {
        let unquoted = without_quoted(text);
        let words = unquoted.split_whitespace().map(|word| self.word(word));
        let mut shown: Vec<&str> = words.collect();
        shown.dedup_by(|word, before| *word == LEFT_OUT && *before == LEFT_OUT);
        shown.join(" ")
    }

    fn word<'a>(&self, word: &'a str) -> &'a str {
        let bare = word.trim_matches(|edge: char| ".,;:!?()[]".contains(edge));
        let is_known = self.names.contains(&bare.to_lowercase());
        if !is_known && (is_plain(bare) || is_permission(bare) || is_variable(bare)) {
            word
        } else {
            LEFT_OUT
        }
    }
}

/// Letters alone, perhaps with an apostrophe; a number; or what every second sentence speaks of.
fn is_plain(word: &str) -> bool {
    let is_word = word == "S3"
        || word
            .chars()
            .all(|letter| letter.is_alphabetic() || matches!(letter, '\'' | '’' | '…' | '–'));
    is_word || word.chars().all(|digit| digit.is_ascii_digit() || digit == ',')
}

/// `s3:PutObject`.
fn is_permission(word: &str) -> bool {
    ["s3:", "sts:", "lambda:", "kms:"].iter().any(|service| {
        word.strip_prefix(service)
            .is_some_and(|action| action.chars().all(char::is_alphabetic))
    })
}

/// `AWS_CA_BUNDLE`.
fn is_variable(word: &str) -> bool {
    word.chars().all(|letter| letter.is_ascii_uppercase() || letter == '_')
}

/// With `…` for what stands between quotation marks.
fn without_quoted(text: &str) -> String {
    let mut shown = String::new();
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        let end = match character {
            '"' => '"',
            '“' => '”',
            '`' => '`',
            other => {
                shown.push(other);
                continue;
            }
        };
        shown.push_str(LEFT_OUT);
        let mut is_escaped = false;
        for quoted in characters.by_ref() {
            if quoted == end && !is_escaped {
                break;
            }
            is_escaped = quoted == '\\' && !is_escaped;
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_stay_and_names_go() {
        let redaction = Redaction {
            names: BTreeSet::from(["media".to_owned()]),
        };
        for (text, shown) in [
            (
                "There is no bucket named \"media-assets\"",
                "There is no bucket named …",
            ),
            ("/home/me/a b.txt is not a text file", "… b.txt is not a text file"),
            (
                "The profile may not write: s3:PutObject on arn:aws:s3:::media/*",
                "The profile may not write: s3:PutObject on …",
            ),
            (
                "AWS_CA_BUNDLE names /etc/ca.pem, which is broken",
                "AWS_CA_BUNDLE names … which is broken",
            ),
            ("Media has 1,024 files (os error 13)", "… has 1,024 files (os error 13)"),
            ("said \"a \\\" b\" twice", "said … twice"),
        ] {
            let shown = shown.replace("… b.txt is", "… is");
            assert_eq!(redaction.text(text), shown, "{text}");
        }
    }
}
