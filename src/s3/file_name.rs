//! How a file's name becomes part of an object key: storable, in one spelling, and honest about its extension.
//!
//! * NFC: macOS writes NFD, and the two are different keys (Unicode Standard Annex #15).
//! * Control characters, line separators and `/` become `_`.
//! * Marks that turn the direction of text (Unicode Standard Annex #9) become `_`: `photo\u{202e}gnp.exe` would show
//!   as `photoexe.png`.
//! * `$$`, which S3 cannot store, becomes `$_$`; `${filename}`, which S3 puts a name in for, `$_{filename}`.
//! * `.` and `..`, which are no names, become `_` and `__`.

use unicode_normalization::UnicodeNormalization;

/// `name` as one segment of an object key. Never empty, never with a `/`; a storable name stays as it is.
///
/// ```
/// use dropslot::s3::file_name::storable;
///
/// assert_eq!(storable("photo\u{202e}gnp.exe"), "photo_gnp.exe");
/// assert_eq!(storable("a/b.txt"), "a_b.txt");
/// ```
#[must_use]
pub fn storable(name: &str) -> String {
    let clean: String = name
        .nfc()
        .map(|character| if is_unfit(character) { '_' } else { character })
        .collect();
    match clean.as_str() {
        "" | "." => "_".to_owned(),
        ".." => "__".to_owned(),
        // Twice, since the replacement may leave `$$` where three or more stood in a row.
        _ => clean
            .replace("$$", "$_$")
            .replace("$$", "$_$")
            .replace("${filename}", "$_{filename}"),
    }
}

/// A `/`-separated folder as segments of an object key, each [`storable`], without empty and `.` ones.
///
/// ```
/// use dropslot::s3::file_name::storable_dir;
///
/// assert_eq!(storable_dir("./reports//2026/"), "reports/2026");
/// ```
#[must_use]
pub fn storable_dir(dir: &str) -> String {
    let segments: Vec<String> = dir
        .split('/')
        .filter(|segment| !matches!(*segment, "" | "."))
        .map(storable)
        .collect();
    segments.join("/")
}

/// The name before its last dot, and what follows it. A dot at the beginning begins no extension (`.bashrc`), and one
/// at the end leaves none.
///
/// ```
/// use dropslot::s3::file_name::stem_and_extension;
///
/// assert_eq!(stem_and_extension("a.tar.gz"), ("a.tar", "gz"));
/// assert_eq!(stem_and_extension(".bashrc"), (".bashrc", ""));
/// ```
#[must_use]
pub fn stem_and_extension(name: &str) -> (&str, &str) {
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && !extension.is_empty() => (stem, extension),
        _ => (name, ""),
    }
}

fn is_unfit(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '/'
            // Line and paragraph separator.
            | '\u{2028}' | '\u{2029}'
            // Direction marks, embeddings and overrides, isolates.
            | '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::s3::ObjectKey;
    use proptest::prelude::*;

    #[test]
    fn a_storable_name_stays_as_it_is() {
        for name in [
            "a.txt",
            "스크린샷 1.png",
            "it's \"quoted\".txt",
            "back\\slash",
            "a$b$.txt",
            "👩‍👩‍👧.jpg",
            "...",
        ] {
            assert_eq!(storable(name), name);
        }
    }

    #[test]
    fn a_name_from_macos_gets_the_spelling_that_others_type() {
        assert_eq!(
            storable("\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}.txt"),
            "한글.txt"
        );
    }

    #[test]
    fn nothing_disguises_an_extension() {
        assert_eq!(storable("photo\u{202e}gnp.exe"), "photo_gnp.exe");
        assert_eq!(storable("a\u{2066}b\u{200f}c\u{061c}d"), "a_b_c_d");
    }

    #[test]
    fn what_cannot_be_stored_is_replaced() {
        assert_eq!(storable("a\r\nb\tc\u{7f}\u{85}"), "a__b_c__");
        assert_eq!(storable("a/b"), "a_b");
        assert_eq!(storable("$$"), "$_$");
        assert_eq!(storable("$${filename}.txt"), "$_$_{filename}.txt");
        assert_eq!(storable("$$$$$"), "$_$_$_$_$");
        assert_eq!(storable("."), "_");
        assert_eq!(storable(".."), "__");
        assert_eq!(storable(""), "_");
    }

    #[test]
    fn a_folder_keeps_its_segments_and_cannot_climb() {
        assert_eq!(storable_dir("a/b c/각"), "a/b c/각");
        assert_eq!(storable_dir("/a//./b/"), "a/b");
        assert_eq!(storable_dir("../../etc"), "__/__/etc");
        assert_eq!(storable_dir(""), "");
    }

    #[test]
    fn the_extension_is_what_follows_the_last_dot() {
        assert_eq!(stem_and_extension("a.tar.gz"), ("a.tar", "gz"));
        assert_eq!(stem_and_extension("README"), ("README", ""));
        assert_eq!(stem_and_extension(".bashrc"), (".bashrc", ""));
        assert_eq!(stem_and_extension("end."), ("end.", ""));
    }

    proptest! {
        #[test]
        fn every_name_becomes_one_segment_of_a_key(name in ".{0,64}") {
            let segment = storable(&name);
            prop_assert!(!segment.contains('/'));
            prop_assert!(ObjectKey::new(segment.clone()).is_ok(), "{segment:?}");
            prop_assert_eq!(storable(&segment), segment);
        }
    }
}
