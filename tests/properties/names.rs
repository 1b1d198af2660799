//! Whatever a file is called and whatever a template says: the key is one that S3 stores, a URL names, and nobody is
//! misled by.

use super::cases::{config, text_of};
use dropslot::s3::file_name::{stem_and_extension, storable, storable_dir};
use dropslot::s3::{KeyParts, KeyTemplate, ObjectKey, ObjectKeyError};
use proptest::prelude::*;
use unicode_normalization::is_nfc;

const NAME: &[&str] = &[
    "a",
    "B",
    " ",
    ".",
    "..",
    "/",
    "\\",
    "$",
    "$$",
    "{",
    "}",
    "${filename}",
    "{filename}",
    "{name}",
    "%2f",
    "%00",
    "+",
    "#",
    "?",
    "&",
    "\r\n",
    "\u{0}",
    "\u{7f}",
    "\u{85}",
    "\u{200e}",
    "\u{202e}",
    "\u{2028}",
    "\u{2066}",
    "\u{feff}",
    "\u{1100}",
    "\u{1161}",
    "\u{11a8}",
    "각",
    "e\u{301}",
    "\u{301}",
    "\u{0338}",
    "\u{fb1d}",
    "👩‍👩‍👧",
    "\u{10ffff}",
    ".png",
    ".tar.gz",
    "COM1",
];
const TEMPLATE: &[&str] = &[
    "{name}", "{stem}", "{ext}", "{dir}", "{date}", "{year}", "{month}", "{day}", "{time}", "{rand}", "{uuid}",
    "{user}", "{host}", "{", "}", "{{", "}}", "{nmae}", "/", ".", "-", "a", "각", "$", "$$", "..", "\u{0}",
];
/// Pieces of which no literal part can spoil a key.
const PLAIN: &[&str] = &[
    "{name}", "{stem}", "{ext}", "{dir}", "{date}", "{rand}", "{uuid}", "{user}", "{host}", "{{", "}}", "/", "-", "a",
    "각", "$",
];

fn name() -> impl Strategy<Value = String> {
    text_of(NAME, 8)
}

fn parts<'a>(file_name: &'a str, dir: &'a str, user: &'a str, random: [u8; 16]) -> KeyParts<'a> {
    KeyParts {
        file_name,
        dir,
        now: jiff::civil::date(2026, 11, 29).at(18, 5, 9, 0),
        random,
        user,
        host: user,
    }
}

fn is_misleading(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_name_becomes_one_honest_segment(name in name()) {
        let segment = storable(&name);
        prop_assert!(is_nfc(&segment), "{segment:?}");
        prop_assert!(!segment.chars().any(is_misleading), "{segment:?}");
        prop_assert!(!segment.contains('/') && !segment.contains("${filename}"), "{segment:?}");
        prop_assert!(segment.len() > 1024 || ObjectKey::new(segment.clone()).is_ok(), "{segment:?}");
        prop_assert_eq!(&storable(&segment), &segment);
        let (stem, extension) = stem_and_extension(&segment);
        let joined = if extension.is_empty() { stem.to_owned() } else { format!("{stem}.{extension}") };
        prop_assert_eq!(joined, segment);
    }

    #[test]
    fn no_folder_climbs(dir in name()) {
        let stored = storable_dir(&dir);
        prop_assert!(stored.is_empty() || !stored.split('/').any(|segment| matches!(segment, "" | "." | "..")), "{stored:?}");
        prop_assert_eq!(&storable_dir(&stored), &stored);
    }

    #[test]
    fn a_url_path_says_the_key_and_nothing_else(key in name()) {
        if let Ok(object_key) = ObjectKey::new(key.clone()) {
            let path = object_key.to_url_path();
            prop_assert!(path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~/%".contains(&byte)), "{path}");
            prop_assert_eq!(percent_encoding::percent_decode_str(&path).decode_utf8().unwrap(), key);
        }
    }

    #[test]
    fn no_template_and_no_name_makes_a_key_that_cannot_be_stored(
        template in text_of(TEMPLATE, 8), file_name in name(), dir in name(), user in name(), random: [u8; 16],
    ) {
        if let Ok(template) = KeyTemplate::parse(&template)
            && let Ok(object_key) = template.expand(&parts(&file_name, &dir, &user, random))
        {
            prop_assert!(ObjectKey::new(object_key.as_str()).is_ok());
        }
    }

    /// Only what the template itself says can spoil a key; what a file is called cannot.
    #[test]
    fn no_name_spoils_the_key_of_a_plain_template(
        template in text_of(PLAIN, 6), file_name in name(), dir in name(), user in name(), random: [u8; 16],
    ) {
        prop_assume!(!template.contains("$$") && !template.contains("${{filename}}"));
        prop_assume!(!template.chars().any(char::is_control) && !template.contains('.'));
        if let Ok(template) = KeyTemplate::parse(&template) {
            match template.expand(&parts(&file_name, &dir, &user, random)) {
                Ok(object_key) => prop_assert!(!object_key.as_str().contains("${filename}"), "{object_key}"),
                Err(ObjectKeyError::Empty | ObjectKeyError::TooLong { .. }) => {}
                Err(error) => prop_assert!(false, "{error}"),
            }
        }
    }

    #[test]
    fn two_random_numbers_make_two_keys(file_name in name(), dir in name(), one: [u8; 16], other: [u8; 16]) {
        prop_assume!(one[..8] != other[..8]);
        let template = KeyTemplate::parse("{uuid}/{name}").unwrap();
        let key = |random| template.expand(&parts(&file_name, &dir, "", random));
        prop_assert!(key(one).is_err() || key(one) != key(other));
    }
}
