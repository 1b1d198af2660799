//! The languages: complete, and nothing of one in the other.

use crate::engine::failure::examples::examples;
use crate::ui::words::{ENGLISH, KOREAN};

/// The longest run of Latin words in `text`: an English sentence has three or more in a row, a name or a term has not.
fn latin_run(text: &str) -> usize {
    let mut longest = 0;
    let mut run = 0;
    for word in text.split_whitespace() {
        let letters = word.trim_matches(['.', ',', ':', ';', '(', ')']);
        let is_latin = !letters.is_empty() && letters.chars().all(|letter| letter.is_ascii_alphabetic());
        run = if is_latin { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

#[test]
fn every_reason_is_said_in_every_language() {
    for reason in examples() {
        let (english, korean) = (ENGLISH.reason(&reason), KOREAN.reason(&reason));
        assert!(!english.what.is_empty() && !korean.what.is_empty(), "{reason:?}");
        assert_eq!(english.hint.is_empty(), korean.hint.is_empty(), "{reason:?}");
        assert_ne!(english.what, korean.what, "{reason:?}");
        for text in [english.what, english.hint, korean.what, korean.hint] {
            assert!(!text.ends_with('.'), "{text}");
        }
    }
}

#[test]
fn no_english_is_left_in_what_korean_says_of_a_failure() {
    for reason in examples() {
        let text = KOREAN.reason(&reason).to_string().replace("aws sso login", "");
        assert!(latin_run(&text) < 3, "{text}");
    }
}
