//! Both catalogues say everything, and each in its own language.
//!
//! That no text is missing is known to the compiler, and so is that a text uses what it is given: an unused parameter is
//! a warning, which the lints refuse.

use super::{ENGLISH, KOREAN, Words};
use std::path::Path;

/// Names and terms that are the same everywhere.
const SAME: &[&str] = &[
    "URL",
    "Markdown",
    "HTML",
    "Cache-Control",
    "Content-Disposition",
    "arn:aws:kms:…",
    "https://cdn.example.com",
    "{name}: {url}",
    "POST",
    "GET",
];

fn is_the_same_everywhere(text: &str) -> bool {
    SAME.contains(&text) || !text.chars().any(char::is_alphabetic)
}

/// Every text without parameters, by its name in the catalogue. Of the tuples in a list the last text counts: the others
/// are what it explains.
fn texts(words: &Words) -> Vec<(String, String)> {
    let unquoted = |text: &str| Some(text.strip_prefix('"')?.strip_suffix("\",")?.to_owned());
    let mut path: Vec<String> = Vec::new();
    let mut texts = Vec::new();
    let mut last = None;
    for line in format!("{words:#?}").lines().map(str::trim) {
        if let Some(text) = unquoted(line) {
            last = Some(text);
        } else if line.starts_with(['}', ']', ')']) {
            texts.extend(last.take().map(|text| (path.join("."), text)));
            path.pop();
        } else {
            let (name, value) = line.split_once(": ").unwrap_or(("", line));
            path.push(name.to_owned());
            if !value.ends_with(['{', '[', '(']) {
                texts.extend(unquoted(value).map(|text| (path.join("."), text)));
                path.pop();
            }
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
    }
    let pairs = english.iter().zip(&korean);
    let same: Vec<_> = pairs
        .filter(|(english, korean)| english == korean && !is_the_same_everywhere(&english.1))
        .collect();
    assert!(same.is_empty(), "{same:#?}");
}

#[test]
fn korean_is_written_in_hangul_and_english_is_not() {
    let has_hangul = |text: &str| text.chars().any(|letter| matches!(letter, '가'..='힣'));
    let foreign = |words, is_foreign: &dyn Fn(&str) -> bool| {
        let texts = texts(words).into_iter();
        texts.filter(|(_, text)| is_foreign(text)).collect::<Vec<_>>()
    };
    let english = foreign(&KOREAN, &|text| !has_hangul(text) && !is_the_same_everywhere(text));
    assert!(english.is_empty(), "{english:#?}");
    let korean = foreign(&ENGLISH, &has_hangul);
    assert!(korean.is_empty(), "{korean:#?}");
}

#[test]
fn a_text_ends_without_a_full_stop() {
    for words in [&ENGLISH, &KOREAN] {
        for (name, text) in texts(words) {
            assert!(!text.ends_with('.') && text == text.trim(), "{name}: {text:?}");
        }
    }
}

/// Every line of the catalogues' files but this one, which speaks of what must not be there; with its place.
fn lines() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui/words");
    let files = walkdir::WalkDir::new(&folder).into_iter().map(Result::unwrap);
    let files: Vec<_> = files
        .filter(|entry| entry.file_type().is_file() && !entry.path().ends_with("completeness.rs"))
        .collect();
    assert!(files.len() > 10, "{}", files.len());
    let mut lines = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(file.path()).unwrap();
        let place = |number| format!("{}:{}", file.path().display(), number + 1);
        lines.extend((text.lines().enumerate()).map(|(number, line)| (place(number), line.to_owned())));
    }
    lines
}

#[test]
fn no_text_silences_what_it_is_given() {
    for (place, line) in lines() {
        let silenced = line.contains(": |_") || line.contains(", _|") || line.contains(", _,");
        assert!(!silenced, "{place}: {line}");
    }
}

/// What comes from outside may end in any sound, also in one that no letter tells: no particle that goes by it may follow.
#[test]
fn no_particle_goes_by_a_name_from_outside() {
    let names = [
        "name",
        "bucket",
        "profile",
        "destination",
        "region",
        "object_key",
        "object",
        "word",
        "field",
        "path",
        "acl",
        "text",
    ];
    let particles = ["을", "를", "이 ", "가 ", "은 ", "는 ", "로 ", "으로", "와 ", "과 "];
    let ends = ["", "”", "}}", "}}”"];
    for (place, line) in lines() {
        for name in names {
            for (end, particle) in ends.iter().flat_map(|end| particles.map(|particle| (end, particle))) {
                let wrong = format!("{{{name}}}{end}{particle}");
                assert!(!line.contains(&wrong), "{place}: {line}");
            }
        }
        assert!(!line.contains("을(를)") && !line.contains("(으)로"), "{place}: {line}");
    }
}
