//! Nothing in the text names anybody or anything, whatever the log and the settings hold.

#![allow(
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "a test that cannot go on must fail loudly"
)]

use super::*;
use crate::engine::failure::examples::examples;
use crate::engine::{Code, Reason};
use crate::store::{Destination, DestinationKind};
use std::io::Write as _;

/// Names in the sentences of the examples, and in the lines below.
const NAMES: [&str; 12] = [
    "work",
    "media",
    "assets",
    "a/b.png",
    "/x/",
    "etc/ca",
    "home/me",
    "lambda-url",
    "example.com",
    "corp",
    "Photo",
    "arn:aws",
];

fn log_of_a_test(folders: &Folders) -> LogFile {
    LogFile::of(folders)
}

fn settings_of_a_test(folders: &Folders) {
    let kind = DestinationKind::Account {
        profile: Some("work".to_owned()),
        bucket: "media".to_owned(),
        region: None,
        endpoint_url: Some("https://s3.example.com".to_owned()),
    };
    let mut destination = Destination::new("corp", kind);
    destination.key_template = "Photos of work/{name}".to_owned();
    let settings = Settings {
        destinations: vec![destination],
        ..Settings::default()
    };
    settings.save(&folders.settings_file()).unwrap();
}

/// Whether it is there as a word of its own: "network" is no profile's name.
fn names(text: &str, name: &str) -> bool {
    let is_part = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    text.match_indices(name).any(|(at, _)| {
        let (before, after) = (text[..at].chars().next_back(), text[at + name.len()..].chars().next());
        !is_part(before) && !is_part(after)
    })
}

/// As `tracing-subscriber` writes it.
fn line_of(reason: &Reason) -> String {
    let english = reason.english();
    format!(
        "2026-11-30T01:00:00.000000Z  WARN dropslot::engine::list: an upload failed upload=7 code={:?} request_id={:?} \
         what={:?} details={:?}\n",
        Code::AccessDenied.name(),
        "4442587FB7D0A2F9",
        english.what,
        [
            english.hint.as_str(),
            "S3 answered 403 AccessDenied: no bucket \"media\" for Photo.jpg"
        ],
    )
}

#[test]
fn no_name_of_any_failure_and_of_the_settings_is_in_it() {
    for reason in examples() {
        let (_dir, folders) = Folders::of_a_test();
        settings_of_a_test(&folders);
        log_of_a_test(&folders).write_all(line_of(&reason).as_bytes()).unwrap();
        let text = diagnostics(Some(&folders), &Surroundings::default());
        // What English has in common with a name that is known is left out too.
        for name in NAMES {
            assert!(!names(&text, name), "{name} of {reason:?} in\n{text}");
        }
    }
}

#[test]
fn a_failure_is_told_with_code_time_and_request() {
    let (_dir, folders) = Folders::of_a_test();
    let mut log = log_of_a_test(&folders);
    let line = line_of(&examples().into_iter().next().unwrap());
    log.write_all(line.as_bytes()).unwrap();
    log.write_all(
        b"2026-11-30T01:00:01.000000Z  INFO dropslot::engine::batch: a batch ended uploads=1 failed=1 cancelled=0\n",
    )
    .unwrap();
    log.write_all(b"the rest of something at /home/me/x\n").unwrap();
    let text = diagnostics(Some(&folders), &Surroundings::default());
    let failure = "2026-11-30T01:00:00.000000Z access_denied No AWS profile and no AWS keys were found on this machine \
                   (request 4442587FB7D0A2F9)\n";
    assert!(text.contains(failure), "{text}");
    assert!(
        text.contains("dropslot::engine::batch: a batch ended uploads=1 failed=1 cancelled=0\n"),
        "{text}"
    );
    assert!(text.contains("the rest of something at …\n"), "{text}");
    assert!(text.contains("kept         no database yet; log "), "{text}");
}

#[test]
fn a_field_that_is_not_known_is_not_told() {
    let redaction = Redaction::default();
    for (line, shown) in [
        (
            "2026-11-30T01:00:00Z  INFO dropslot::engine::parts_left: parts could not be deleted yet object_key=\"a b=c\" what=\"No\"",
            "2026-11-30T01:00:00Z  INFO dropslot::engine::parts_left: parts could not be deleted yet object_key=… what=No",
        ),
        (
            "2026-11-30T01:00:00Z ERROR dropslot::cli::logging: a mistake of this program place=\"/home/me/.cargo/x/src/a.rs:1:2\" thread=\"main\"",
            "2026-11-30T01:00:00Z ERROR dropslot::cli::logging: a mistake of this program place=a.rs:1:2 thread=…",
        ),
        (
            "2026-11-30T01:00:00Z  WARN dropslot::sandbox: a connection broke error=Broken pipe (os error 32) elapsed=1.5ms",
            "2026-11-30T01:00:00Z  WARN dropslot::sandbox: a connection broke error=Broken pipe (os error 32) elapsed=1.5ms",
        ),
        (
            "2026-11-30T01:00:00Z  INFO dropslot: x code=\"two words\"",
            "2026-11-30T01:00:00Z  INFO dropslot: x code=…",
        ),
    ] {
        assert_eq!(LogLine::read(line).unwrap().redacted(&redaction), shown);
    }
    assert!(LogLine::read("2026-11-30T01:00:00Z  INFO hyper::client: x").is_none());
}
