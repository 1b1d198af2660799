//! File names as they are shown: composed, harmless, and short enough for their place.

use super::words::Words;
use std::borrow::Borrow;
use std::path::Path;
use unicode_normalization::UnicodeNormalization as _;

/// Stands for a character that would not be seen or would move others (no typeface here has U+FFFD).
const REPLACEMENT: char = '□';

/// Names in a list of them, for which there is a line or two.
const NAMED: usize = 3;

/// The file's own name for people: NFC, with control and direction characters made visible, so that none of them
/// can disguise an extension (`photo\u{202E}gnp.exe`).
pub(crate) fn of_path(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    harmless(&name.to_string_lossy())
}

/// A path as people write it: from `~`, where it is below `home`.
pub(crate) fn from_home(path: &Path, home: Option<&Path>) -> String {
    match home.and_then(|home| path.strip_prefix(home).ok()) {
        Some(below) => harmless(&Path::new("~").join(below).to_string_lossy()),
        None => harmless(&path.to_string_lossy()),
    }
}

/// The first of `number` names, and how many more there are: `a.png, b.png, c.png and 2 more`.
pub(crate) fn listed<T: Borrow<str>>(names: impl IntoIterator<Item = T>, number: usize, words: &Words) -> String {
    let first: Vec<T> = names.into_iter().take(NAMED).collect();
    let more = number.saturating_sub(first.len());
    let listed = first.join(", ");
    if more > 0 {
        format!("{listed} {}", (words.and_more)(more))
    } else {
        listed
    }
}

/// Any text from outside, made safe to show on one line.
pub(crate) fn harmless(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut before = None;
    let mut characters = text.nfc().peekable();
    while let Some(character) = characters.next() {
        let deceives = is_deceiving(character) || (is_joiner(character) && !joins(before, characters.peek().copied()));
        shown.push(if deceives { REPLACEMENT } else { character });
        before = Some(character);
    }
    shown
}

/// Controls, line breaks, direction marks, overrides and isolates, and what takes no room or shows nothing: a name with
/// one of them looks like another name.
fn is_deceiving(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            // Soft hyphen, grapheme joiner, Arabic mark, fillers of Hangul, vowels of Khmer, Mongolian selectors.
            '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
            | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            // Empty Braille, fillers of Hangul, byte order mark, annotations, tags.
            | '\u{2800}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}'
        )
}

/// Zero-width joiner and non-joiner: Persian and emoji are written with them.
fn is_joiner(character: char) -> bool {
    matches!(character, '\u{200C}' | '\u{200D}')
}

/// Whether a joiner between these does what it is for: Latin letters and dots have no use for it.
fn joins(before: Option<char>, after: Option<char>) -> bool {
    let joinable = |character: Option<char>| character.is_some_and(|it| !it.is_ascii() && !is_joiner(it));
    joinable(before) && joinable(after)
}

/// Takes characters out of the middle until `fits` is content: the beginning says what it is, the end which kind.
pub(crate) fn shorten_middle(text: &str, fits: impl Fn(&str) -> bool) -> String {
    if fits(text) {
        return text.to_owned();
    }
    let characters: Vec<char> = text.chars().collect();
    let (mut fitting, mut too_many) = (0, characters.len());
    while fitting + 1 < too_many {
        let middle = usize::midpoint(fitting, too_many);
        if fits(&without_middle(&characters, middle)) {
            fitting = middle;
        } else {
            too_many = middle;
        }
    }
    without_middle(&characters, fitting)
}

/// `kept` characters, the larger half from the beginning.
fn without_middle(characters: &[char], kept: usize) -> String {
    let tail = (kept / 2).min(characters.len());
    let head = kept.saturating_sub(tail).min(characters.len());
    let beginning = characters.iter().take(head);
    let end = characters.iter().skip(characters.len() - tail);
    beginning.chain(std::iter::once(&'…')).chain(end).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_below_the_home_folder_begins_there() {
        let shown = |path: &str| from_home(Path::new(path), Some(Path::new("/home/mina")));
        assert_eq!(shown("/home/mina/.config/a.json"), "~/.config/a.json");
        assert_eq!(shown("/home/minas/a.json"), "/home/minas/a.json");
        assert_eq!(from_home(Path::new("/a"), None), "/a");
    }

    #[test]
    fn long_names_lose_their_middle_and_keep_their_extension() {
        let short = shorten_middle("a very long name of a holiday film.mp4", |text| {
            text.chars().count() <= 15
        });
        assert_eq!(short, "a very …ilm.mp4");
        assert_eq!(
            shorten_middle("short.txt", |text| text.chars().count() <= 15),
            "short.txt"
        );
        assert_eq!(shorten_middle("no room at all", |_| false), "…");
    }

    #[test]
    fn direction_marks_cannot_disguise_an_extension() {
        assert_eq!(harmless("photo\u{202E}gnp.exe"), "photo□gnp.exe");
        assert_eq!(harmless("a\nb\u{200F}\u{2067}"), "a□b□□");
    }

    #[test]
    fn what_cannot_be_seen_makes_no_second_name_of_the_same_look() {
        for unseen in [
            '\u{00AD}',
            '\u{034F}',
            '\u{1160}',
            '\u{2800}',
            '\u{3164}',
            '\u{FFA0}',
            '\u{E0041}',
            '\u{200C}',
            '\u{200D}',
        ] {
            assert_eq!(harmless(&format!("photo{unseen}.png")), "photo□.png", "{unseen:?}");
        }
    }

    #[test]
    fn joiners_stay_where_a_script_needs_them() {
        for name in ["می\u{200C}خواهم.txt", "👩\u{200D}💻.png"] {
            assert_eq!(harmless(name), name);
        }
    }

    #[test]
    fn decomposed_hangul_is_composed() {
        assert_eq!(harmless("\u{1112}\u{1161}\u{11AB}"), "한");
    }

    #[test]
    fn a_path_is_called_by_its_last_part() {
        assert_eq!(of_path(Path::new("/home/me/보고서.pdf")), "보고서.pdf");
        assert_eq!(of_path(Path::new("/")), "/");
    }
}
