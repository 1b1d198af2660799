//! The files of `tests/data/vendor_replies/`: answers as boto3, the SDKs for JavaScript, Uppy, Rails and others give them
//! (`good-…`), and what must be refused (`bad-…`, with all that ever got past).

use super::told;
use dropslot::s3::ticket;
use std::collections::BTreeMap;
use std::path::PathBuf;

const EXPECTED: &str = "expected.txt";

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/vendor_replies")
}

/// Names and bytes.
pub(super) fn files() -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    entries
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, std::fs::read(path).unwrap())
        })
        .filter(|(name, _)| name != EXPECTED)
        .collect()
}

#[test]
fn every_answer_of_the_corpus_becomes_what_is_expected_of_it() {
    let expected = std::fs::read_to_string(folder().join(EXPECTED)).unwrap();
    let told: Vec<String> = files()
        .iter()
        .map(|(name, body)| format!("{name}: {}", told(&ticket::read(std::str::from_utf8(body).unwrap()))))
        .collect();
    assert!(told.len() > 60, "the corpus is gone");
    for (now, wanted) in told.iter().zip(expected.lines()) {
        assert_eq!(now, wanted);
    }
    assert_eq!(told.len(), expected.lines().count(), "{told:#?}");
    for line in &told {
        assert_eq!(line.starts_with("bad-"), line.contains(": refused: "), "{line}");
    }
}
