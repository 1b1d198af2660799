//! How many cases, and what they are made of.

use proptest::prelude::*;

/// Cases of a property unless told.
const CASES: u32 = 4_000;

pub(super) fn config() -> ProptestConfig {
    let told = std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok());
    ProptestConfig {
        // A failure is printed with the smallest case; it belongs into a test of its own, not into a file of seeds.
        failure_persistence: None,
        // Cases that are none, such as files that the AWS SDK refuses, are passed over.
        max_global_rejects: u32::MAX,
        ..ProptestConfig::with_cases(told.unwrap_or(CASES))
    }
}

/// Text of pieces that mean something to its reader, and of any characters between them.
pub(super) fn text_of(pieces: &'static [&'static str], most: usize) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => proptest::sample::select(pieces).prop_map(str::to_owned),
        1 => "[a-c0-9]{0,4}",
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..most).prop_map(|pieces| pieces.concat())
}

/// Text as bytes, some of them turned into others: not always UTF-8 then.
pub(super) fn bytes_of(text: impl Strategy<Value = String>) -> impl Strategy<Value = Vec<u8>> {
    let changes = proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 0..3);
    let changes = prop_oneof![4 => Just(Vec::new()), 1 => changes];
    (text, changes).prop_map(|(text, changes)| {
        let mut bytes = text.into_bytes();
        for (place, byte) in changes {
            if !bytes.is_empty() {
                let place = place.index(bytes.len());
                bytes[place] = byte;
            }
        }
        bytes
    })
}
