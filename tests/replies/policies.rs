//! Forms whose policies say many things: of fields that are there, of others, twice, against each other, and in shapes
//! that nobody knows.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use dropslot::s3::PresignedPost;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};
use std::collections::HashSet;

#[derive(Clone, Debug)]
pub(super) struct Case {
    pub(super) post: PresignedPost,
    pub(super) size_bytes: u64,
    pub(super) file_name: String,
}

const FIELDS: &[&str] = &[
    "key",
    "Key",
    "acl",
    "bucket",
    "Content-Type",
    "content-type",
    "file",
    "File",
    "x-amz-meta-a",
    "policy",
    "success_action_redirect",
    "x-ignore-a",
    "a\r\nb",
    "",
];
const VALUES: &[&str] = &[
    "",
    "in/",
    "in/${filename}",
    "in/a.png",
    "image/",
    "image/png",
    "image/png, text/html",
    "media",
    "${filename}",
    "a\r\nb",
    "\u{0}",
    "한",
];

pub(super) fn case() -> impl Strategy<Value = Case> {
    let fields = proptest::collection::vec((select(FIELDS), select(VALUES)), 0..4);
    // Often such as agree.
    let shapes = (
        proptest::collection::vec(condition(), 0..3),
        fields,
        any::<bool>(),
        expiration(),
    );
    let file_name = prop_oneof![Just("a.png".to_owned()), ".{0,20}"];
    let size_bytes = prop_oneof![8 => 0_u64..20, 1 => any::<u64>()];
    (shapes, size_bytes, file_name).prop_map(
        |((mut conditions, mut fields, agree, expiration), size_bytes, file_name)| {
            if agree {
                fields.insert(0, ("key", "in/${filename}"));
                let mut seen = HashSet::new();
                fields.retain(|(name, _)| seen.insert(name.to_ascii_lowercase()));
                let covering = fields
                    .iter()
                    .map(|(name, _)| json!(["starts-with", format!("${name}"), ""]));
                conditions.extend(covering.collect::<Vec<_>>());
            }
            Case {
                post: post(&conditions, &fields, &expiration),
                size_bytes,
                file_name,
            }
        },
    )
}

fn post(conditions: &[Value], fields: &[(&str, &str)], expiration: &Value) -> PresignedPost {
    let policy = json!({"expiration": expiration, "conditions": conditions}).to_string();
    let policy = ("policy".to_owned(), BASE64_STANDARD.encode(policy));
    let fields = fields.iter().map(|&(name, value)| (name.to_owned(), value.to_owned()));
    PresignedPost {
        url: "https://media.example.com/".to_owned(),
        fields: fields.chain([policy]).collect(),
    }
}

fn expiration() -> impl Strategy<Value = Value> {
    prop_oneof![
        8 => Just(json!("2026-11-24T10:00:00Z")),
        1 => Just(json!("2026-11-24T10:00:00.000Z")),
        1 => Just(json!("+999999-01-01T00:00:00Z")),
        1 => Just(json!(1_764_000_000)),
        1 => ".{0,12}".prop_map(Value::from),
    ]
}

fn condition() -> impl Strategy<Value = Value> {
    let pair = || (select(FIELDS), select(VALUES));
    let size = || {
        prop_oneof![
            (0_u64..20).prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            Just(json!("7")),
            Just(json!(-1)),
            Just(json!(1.5))
        ]
    };
    prop_oneof![
        4 => pair().prop_map(|(name, value)| json!({name: value})),
        4 => pair().prop_map(|(name, value)| json!(["eq", format!("${name}"), value])),
        4 => pair().prop_map(|(name, value)| json!(["Starts-With", format!("${name}"), value])),
        4 => pair().prop_map(|(name, value)| json!(["starts-with", name, value])),
        4 => (size(), size()).prop_map(|(min, max)| json!(["content-length-range", min, max])),
        1 => select(FIELDS).prop_map(|name| json!({name: 7})),
        1 => Just(json!([])),
        1 => Just(json!({})),
        1 => Just(json!(["in", "$key", "a"])),
        1 => Just(json!("key")),
    ]
}
