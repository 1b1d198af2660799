//! The troubleshooting page: every sentence that a failure may say, what to change, and its code, taken from the code.
//!
//! The sentences are those of `examples.rs`. A language brings the words around them and its catalogue.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on must fail loudly"
)]

mod codes;

use super::examples::examples;
use super::{Reason, Text};
use std::path::Path;

/// Renews the pages where it is set, as it does pictures.
const RENEW: &str = "UPDATE_SNAPSHOTS";
const COMMAND: &str = "UPDATE_SNAPSHOTS=1 cargo nextest run --features lambda troubleshooting";

/// The words of one language around the sentences.
pub(crate) struct PageWords {
    /// The page's title and what stands above the first area.
    pub(crate) introduction: &'static str,
    /// What an area is called.
    pub(crate) area: fn(&Reason) -> &'static str,
    /// The failure's sentences.
    pub(crate) say: fn(&Reason) -> Text,
}

/// Fails where the page in `assets/docs/` is not what the code says.
#[track_caller]
pub(crate) fn assert_page(file: &str, words: &PageWords) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/docs").join(file);
    let page = page(words);
    if std::env::var_os(RENEW).is_some() {
        std::fs::write(&path, &page).expect("the page can be written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == page,
        "assets/docs/{file} is not what the code says. Renew it:\n{COMMAND}"
    );
}

fn page(words: &PageWords) -> String {
    let mut areas: Vec<(&str, Vec<String>)> = Vec::new();
    for reason in examples() {
        let name = (words.area)(&reason);
        let entry = entry(&(words.say)(&reason), codes::code(&reason).name());
        if areas.iter().all(|(known, _)| *known != name) {
            areas.push((name, Vec::new()));
        }
        let (_, entries) = areas.iter_mut().find(|(known, _)| *known == name).unwrap();
        if !entries.contains(&entry) {
            entries.push(entry);
        }
    }
    let mut page = words.introduction.trim_start().to_owned();
    for (name, entries) in areas {
        page.extend([format!("\n## {name}\n\n"), entries.join("\n")]);
    }
    page
}

/// A line to be found by the sentence, and what to change below it.
fn entry(text: &Text, code: &str) -> String {
    let hint = if text.hint.is_empty() {
        String::new()
    } else {
        format!("  \n  {}.", plain(&text.hint))
    };
    format!("- **{}** `{code}`{hint}\n", plain(&text.what))
}

/// Without what Markdown would take for its own; a command between backticks may stay one.
fn plain(text: &str) -> String {
    let special = |character: char| matches!(character, '*' | '<' | '>' | '[' | ']' | '\\');
    let mut plain = String::new();
    for character in text.chars() {
        if special(character) {
            plain.push('\\');
        }
        plain.push(character);
    }
    plain
}

const ENGLISH: PageWords = PageWords {
    introduction: "
# Troubleshooting

Every sentence that Dropslot may say about a failure, what to change, and the name that scripts see (`error.code` of
`dropslot put --json`). Search this page for the sentence that you see; names in it are examples: the profile is `work`,
the bucket `media-assets`. This page is made from the program's own texts, and a test keeps it so.

Three things help with most of them:

- `dropslot doctor` tries the whole way to a destination, step by step, and says which permission or setting is missing.
- **Details**, below a failed upload in the window, has S3's own words and the request id, by which AWS finds the request.
- The log tells what happened before: **Settings → Diagnostics → Open the log's folder**, on Linux
  `~/.local/share/dropslot/log`. `RUST_LOG=dropslot=debug` makes it say more.

To report a problem, paste what `dropslot diagnostics` prints, or **Copy diagnostics** on the settings page: versions, settings, the last
failures and the log's last lines, without keys, signatures, and names of buckets, profiles, files and hosts of your own.
",
    area: |reason| match reason {
        Reason::Account(_) => "Profiles, credentials, buckets",
        Reason::Profile(_) => "Writing a profile",
        Reason::File(_) => "The file on this machine",
        Reason::Transfer(_) => "The network",
        Reason::S3(_) => "What S3 refuses",
        Reason::Lambda(_) => "A function that hands out forms",
        Reason::Upload(_) => "The upload itself",
        Reason::Object(_) => "Deleting objects",
        Reason::Unfinished(_) => "Unfinished parts uploads",
        Reason::Store(_) => "What Dropslot keeps on disk",
        Reason::Sandbox(_) => "The sandbox",
        Reason::ObjectKey(_) => "Object keys",
        Reason::KeyTemplate(_) => "Key templates",
        Reason::Options(_) => "Upload options",
        Reason::Address(_) => "Bucket, region and endpoint",
        Reason::Form(_) => "What a form's policy refuses",
        Reason::Reply(_) => "A function's answer",
        Reason::Ticket(_) => "A pasted form",
        Reason::Watch(_) => "Watching a folder",
        Reason::Kept(_) => panic!("no example is an old text"),
    },
    say: Reason::english,
};

#[test]
fn the_page_of_troubleshooting_says_what_the_code_says() {
    assert_page("troubleshooting.md", &ENGLISH);
}

#[test]
fn every_failure_of_troubleshooting_has_a_code_that_the_command_line_knows() {
    for reason in examples() {
        let serde_json::Value::String(name) = serde_json::to_value(codes::code(&reason)).unwrap() else {
            panic!("{reason:?}");
        };
        assert_eq!(name, codes::code(&reason).name());
    }
}
