//! Both catalogues say everything, and each in its own language.
//!
//! That no text is missing is known to the compiler, and so is that a text uses what it is given: an unused parameter is
//! a warning, which the lints refuse.

use super::{ENGLISH, KOREAN, Words};
use std::path::Path;

/// Names and terms that are the same everywhere.
const SAME: &[&str] = &["URL", "Markdown", "HTML"];

/// Every text without parameters, by its name in the catalogue.
fn texts(words: &Words) -> Vec<(String, String)> {
    let mut path: Vec<String> = Vec::new();
    let mut texts = Vec::new();
    for line in format!("{words:#?}").lines() {
        let line = line.trim();
        if line.starts_with('}') {
            path.pop();
        } else if let Some((name, value)) = line.split_once(": ") {
            path.push(name.to_owned());
            if !value.ends_with('{') {
                if let Some(text) = value.strip_prefix('"').and_then(|text| text.strip_suffix("\",")) {
                    texts.push((path.join("."), text.to_owned()));
                }
                path.pop();
            }
        } else {
            path.push(String::new());
        }
    }
    texts
}

#[test]
fn every_text_is_there_in_both_languages_and_differs() {
    let (english, korean) = (texts(&ENGLISH), texts(&KOREAN));
    assert!(english.len() > 100, "{}", english.len());
    assert_eq!(english.len(), korean.len());
    for ((name, english), (same_name, korean)) in english.iter().zip(&korean) {
        assert_eq!(name, same_name);
        assert!(!english.trim().is_empty() && !korean.trim().is_empty(), "{name}");
        assert!(
            english != korean || SAME.contains(&english.as_str()),
            "{name}: {english}"
        );
    }
}

#[test]
fn korean_is_written_in_hangul_and_english_is_not() {
    let is_hangul = |letter: char| matches!(letter, '가'..='힣');
    for (name, text) in texts(&KOREAN) {
        let has_letters = text.chars().any(char::is_alphabetic);
        assert!(
            !has_letters || text.chars().any(is_hangul) || SAME.contains(&text.as_str()),
            "{name}: {text}"
        );
    }
    for (name, text) in texts(&ENGLISH) {
        assert!(!text.chars().any(is_hangul), "{name}: {text}");
    }
}

#[test]
fn a_text_ends_without_a_full_stop() {
    for words in [&ENGLISH, &KOREAN] {
        for (name, text) in texts(words) {
            assert!(!text.ends_with('.') && text == text.trim(), "{name}: {text:?}");
        }
    }
}

#[test]
fn no_text_silences_what_it_is_given() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui/words");
    let mut read = 0;
    for entry in walkdir::WalkDir::new(&folder) {
        let entry = entry.unwrap();
        // This file speaks of it.
        if !entry.file_type().is_file() || entry.path().ends_with("completeness.rs") {
            continue;
        }
        read += 1;
        for (number, line) in std::fs::read_to_string(entry.path()).unwrap().lines().enumerate() {
            let silenced = line.contains(": |_") || line.contains(", _|") || line.contains(", _,");
            assert!(!silenced, "{}:{}: {line}", entry.path().display(), number + 1);
        }
    }
    assert!(read > 10, "{read}");
}
