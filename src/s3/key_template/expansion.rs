//! A key as it grows, piece by piece, and what an empty word takes along.

use super::words::{Word, word_value};
use super::{KeyParts, Piece};
use crate::s3::file_name::storable_dir;

/// The key so far.
struct Expansion<'a> {
    parts: &'a KeyParts<'a>,
    key: String,
    /// Storable.
    dir: String,
    /// Whether the folder is still to go before the segment with the file's name, since the template does not say where.
    dir_is_homeless: bool,
    /// An empty `{dir}` stood at the beginning of a segment: the slash behind it goes along.
    slash_goes: bool,
    /// The template itself ended the key so far with a dot: an empty `{ext}` takes it along.
    ends_with_written_dot: bool,
}

/// Expands `pieces`, in their order.
pub(super) fn expand(pieces: &[Piece], parts: &KeyParts<'_>) -> String {
    let dir = storable_dir(parts.dir);
    let mut expansion = Expansion {
        parts,
        key: String::new(),
        dir_is_homeless: !dir.is_empty() && !pieces.contains(&Piece::Word(Word::Dir)),
        dir,
        slash_goes: false,
        ends_with_written_dot: false,
    };
    for piece in pieces {
        match piece {
            Piece::Text(text) => expansion.push_text(text),
            Piece::Word(word) => expansion.push_word(*word),
        }
    }
    expansion.finish()
}

impl Expansion<'_> {
    fn push_text(&mut self, text: &str) {
        let text = if self.slash_goes {
            text.strip_prefix('/').unwrap_or(text)
        } else {
            text
        };
        self.part_from_dollar(text);
        self.key.push_str(text);
        self.slash_goes = false;
        self.ends_with_written_dot = text.ends_with('.');
    }

    fn push_word(&mut self, word: Word) {
        let value = word_value(word, self.parts, &self.dir);
        if word == Word::Ext && value.is_empty() && self.ends_with_written_dot {
            self.key.pop();
        }
        if matches!(word, Word::Name | Word::Stem) && self.dir_is_homeless {
            self.insert_dir();
        }
        self.slash_goes = word == Word::Dir && value.is_empty() && (self.key.is_empty() || self.key.ends_with('/'));
        self.ends_with_written_dot = false;
        self.part_from_dollar(&value);
        self.key.push_str(&value);
    }

    /// Two pieces that are harmless by themselves make no `$$` and no `${filename}` together.
    fn part_from_dollar(&mut self, next: &str) {
        if self.key.ends_with('$') && next.starts_with(['$', '{']) {
            self.key.push('_');
        }
    }

    fn insert_dir(&mut self) {
        let segment_begins = self.key.rfind('/').map_or(0, |slash| slash + 1);
        self.key.insert_str(segment_begins, &format!("{}/", self.dir));
        self.dir_is_homeless = false;
    }

    fn finish(mut self) -> String {
        if self.slash_goes && self.key.ends_with('/') {
            self.key.pop();
        }
        self.key
    }
}
