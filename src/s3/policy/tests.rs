//! Policies written, and read back from anyone.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
#![allow(clippy::let_underscore_must_use, reason = "where only coming back counts")]

use super::*;
use proptest::prelude::*;

#[test]
fn a_policy_is_written_as_botocore_writes_it() {
    let policy = PostPolicy {
        expiration: "2026-11-24T09:30:15.987Z".parse().unwrap(),
        conditions: vec![
            Condition::exact("key", "각 \"1\".png"),
            Condition::StartsWith {
                field: "Content-Type".to_owned(),
                prefix: "image/".to_owned(),
            },
            Condition::ContentLengthRange {
                min_bytes: 0,
                max_bytes: 10,
            },
        ],
    };
    let json = r#"{"expiration": "2026-11-24T09:30:15Z", "conditions": [{"key": "\uac01 \"1\".png"}, ["starts-with", "$Content-Type", "image/"], ["content-length-range", 0, 10]]}"#;
    assert_eq!(policy.to_json(), json);
    let read = PostPolicy::from_base64(&policy.to_base64()).unwrap();
    assert_eq!(read.conditions, policy.conditions);
    assert_eq!(read.expiration, "2026-11-24T09:30:15Z".parse().unwrap());
}

fn read(json: &str) -> Result<PostPolicy, PolicyError> {
    PostPolicy::from_base64(&BASE64_STANDARD.encode(json))
}

#[test]
fn anyones_spelling_is_read() {
    let policy = read(
        r#" { "conditions": [ ["EQ", "$acl", "private"], {"a": 1, "b": true},
              ["Starts-With", "$key", ""], ["content-length-range", "1", 5] ],
              "expiration": "2007-12-01T12:00:00.000Z" } "#,
    )
    .unwrap();
    assert_eq!(policy.expiration, "2007-12-01T12:00:00Z".parse().unwrap());
    assert_eq!(
        policy.conditions,
        [
            Condition::exact("acl", "private"),
            Condition::exact("a", "1"),
            Condition::exact("b", "true"),
            Condition::StartsWith {
                field: "key".to_owned(),
                prefix: String::new()
            },
            Condition::ContentLengthRange {
                min_bytes: 1,
                max_bytes: 5
            },
        ]
    );
}

#[test]
fn base64_in_lines_is_read() {
    let policy = read(r#"{"expiration":"2007-12-01T12:00:00Z","conditions":[]}"#).unwrap();
    let mut in_lines = policy.to_base64();
    in_lines.insert_str(20, "\r\n");
    assert_eq!(PostPolicy::from_base64(&in_lines), Ok(policy));
}

#[test]
fn what_is_no_policy_is_told_apart() {
    assert!(PostPolicy::from_base64("%%%").is_err());
    for json in [
        "",
        "[]",
        "{}",
        r#"{"expiration":"soon","conditions":[]}"#,
        r#"{"expiration":"2007-12-01T12:00:00Z"}"#,
        r#"{"expiration":"2007-12-01T12:00:00Z","conditions":[7]}"#,
        r#"{"expiration":"2007-12-01T12:00:00Z","conditions":[[]]}"#,
        r#"{"expiration":"2007-12-01T12:00:00Z","conditions":[["like","$key","a"]]}"#,
        r#"{"expiration":"2007-12-01T12:00:00Z","conditions":[["content-length-range",-1,"x"]]}"#,
        r#"{"expiration":"2007-12-01T12:00:00Z","conditions":[{"key":["a"]}]}"#,
    ] {
        assert!(read(json).is_err(), "{json}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in ".*", bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = PostPolicy::from_base64(&text);
        let _ = PostPolicy::from_base64(&BASE64_STANDARD.encode(bytes));
    }

    #[test]
    fn what_is_written_is_read_back(field in "[^$].{0,20}", value in ".*", max_bytes in any::<u64>()) {
        let policy = PostPolicy {
            expiration: jiff::Timestamp::UNIX_EPOCH,
            conditions: vec![
                Condition::exact(field.as_str(), value.as_str()),
                Condition::StartsWith { field, prefix: value },
                Condition::ContentLengthRange { min_bytes: 0, max_bytes },
            ],
        };
        prop_assert_eq!(PostPolicy::from_base64(&policy.to_base64()), Ok(policy));
    }
}
