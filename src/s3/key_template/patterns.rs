//! How all keys of a template begin, as IAM's policies write it.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html> (`${*}` for a `*` itself)

use super::words::Word;
use super::{KeyTemplate, Piece};

impl KeyTemplate {
    /// Patterns with `*` that every key of this template meets and few others do: `shots/*` for `shots/{year}/{name}`. Two
    /// where a dropped folder stands before a segment that begins with text: `img-{name}` gives `img-a.png` and
    /// `folder/img-a.png`.
    ///
    /// ```
    /// use dropslot::s3::KeyTemplate;
    ///
    /// assert_eq!(KeyTemplate::parse("shots/{year}/{name}")?.patterns(), ["shots/*"]);
    /// assert_eq!(KeyTemplate::parse("img-{name}")?.patterns(), ["img-*", "*/img-*"]);
    /// # Ok::<(), dropslot::s3::KeyTemplateError>(())
    /// ```
    #[must_use]
    pub fn patterns(&self) -> Vec<String> {
        let mut pieces = self.pieces.iter();
        let literal = match self.pieces.first() {
            Some(Piece::Text(text)) => {
                pieces.next();
                text.as_str()
            }
            _ => "",
        };
        let rest = pieces.as_slice();
        // What an empty word takes along does not stand in every key.
        let may_be_empty = |piece: &Piece| match piece {
            Piece::Word(word) => matches!(word, Word::Ext | Word::Dir),
            Piece::Text(text) => text.chars().all(|character| matches!(character, '.' | '/')),
        };
        let literal = match rest {
            [] => literal,
            rest if rest.iter().all(may_be_empty) => literal.trim_end_matches(['.', '/']),
            [Piece::Word(Word::Dir), Piece::Word(Word::Ext), ..] | [Piece::Word(Word::Ext), ..] => {
                literal.trim_end_matches('.')
            }
            _ => literal,
        };
        let (folder, segment) = literal.split_at(literal.rfind('/').map_or(0, |slash| slash + 1));
        let mut patterns = vec![format!("{}*", escaped(literal))];
        if !segment.is_empty() && takes_folder(rest) && !self.has(Word::Dir) {
            patterns.push(format!("{}*/{}*", escaped(folder), escaped(segment)));
        }
        patterns
    }
}

/// Whether the file's name comes before the next slash: there a folder is put before the segment.
fn takes_folder(rest: &[Piece]) -> bool {
    let is_slash = |piece: &&Piece| matches!(piece, Piece::Text(text) if text.contains('/'));
    let mut segment = rest.iter().take_while(|piece| !is_slash(piece));
    segment.any(|piece| matches!(piece, Piece::Word(Word::Name | Word::Stem)))
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '*' | '?' | '$' => escaped.extend(['$', '{', character, '}']),
            character => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that cannot go on must fail loudly"
)]
mod tests {
    use super::*;
    use crate::s3::KeyParts;

    fn patterns(template: &str) -> Vec<String> {
        KeyTemplate::parse(template).unwrap().patterns()
    }

    #[test]
    fn the_text_before_the_first_word_is_the_prefix() {
        assert_eq!(patterns("{rand}/{name}"), ["*"]);
        assert_eq!(patterns("shots/{year}/{name}"), ["shots/*"]);
        assert_eq!(patterns("shots/{dir}/img-{name}"), ["shots/*"]);
        assert_eq!(patterns("a/{{b}}/{rand}"), ["a/{b}/*"]);
        assert_eq!(patterns("latest.txt"), ["latest.txt*"]);
        assert_eq!(patterns("a/img-{name}"), ["a/img-*", "a/*/img-*"]);
        assert_eq!(patterns("img-{rand}/{name}"), ["img-*"]);
        assert_eq!(patterns("README.{ext}"), ["README*"]);
        assert_eq!(patterns("100%*/$/{name}"), ["100%${*}/${$}/*"]);
    }

    /// As IAM does it, for patterns without escapes.
    fn meets(pattern: &str, key: &str) -> bool {
        let Some((before, after)) = pattern.split_once('*') else {
            return pattern == key;
        };
        let Some(rest) = key.strip_prefix(before) else {
            return false;
        };
        (0..=rest.len()).any(|at| rest.is_char_boundary(at) && meets(after, &rest[at..]))
    }

    #[test]
    fn every_key_meets_a_pattern() {
        let words = ["{rand}", "{name}", "{stem}", "{ext}", "{dir}", "{year}"];
        let texts = ["", "a/", "img-", "a/img-", "a.", "a/b."];
        let between = ["", "/", "-", "."];
        for text in texts {
            for (first, middle, last) in words
                .iter()
                .flat_map(|first| between.map(|middle| (first, middle)))
                .flat_map(|(first, middle)| words.iter().map(move |last| (first, middle, last)))
            {
                let template = KeyTemplate::parse(&format!("{text}{first}{middle}{last}")).unwrap();
                for (file_name, dir) in [("b.png", ""), ("README", ""), ("b.png", "x/y"), ("README", "x")] {
                    let parts = KeyParts {
                        file_name,
                        dir,
                        now: jiff::civil::DateTime::default(),
                        random: [7; 16],
                        user: "me",
                        host: "here",
                    };
                    let Ok(key) = template.expand(&parts) else { continue };
                    let patterns = template.patterns();
                    assert!(
                        patterns.iter().any(|pattern| meets(pattern, key.as_str())),
                        "{text}{first}{middle}{last}: {key} meets none of {patterns:?}"
                    );
                }
            }
        }
    }
}
