//! Forms that S3 takes, and each way in which it would refuse one.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
#![allow(clippy::let_underscore_must_use, reason = "where only coming back counts")]

use super::*;
use crate::s3::{BucketAddress, Credentials, PostRequest};
use proptest::prelude::*;
use std::time::Duration;

const GIB: u64 = 1024 * 1024 * 1024;

fn now() -> Timestamp {
    "2026-11-24T09:30:15Z".parse().unwrap()
}

fn form(object_key: &str, fields: &[(&str, &str)], conditions: &[Condition]) -> PresignedPost {
    let address = BucketAddress::new("media", "ap-northeast-2", None).unwrap();
    let fields: Vec<(String, String)> = fields
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    PostRequest {
        address: &address,
        object_key,
        fields: &fields,
        conditions,
        expires_in: Duration::from_hours(1),
    }
    .sign(
        &Credentials::from_keys("AKIDEXAMPLE", "secret", Some("token".to_owned())),
        now(),
    )
}

fn starts_with(field: &str, prefix: &str) -> Condition {
    Condition::StartsWith {
        field: field.to_owned(),
        prefix: prefix.to_owned(),
    }
}

fn size_range(min_bytes: u64, max_bytes: u64) -> Condition {
    Condition::ContentLengthRange { min_bytes, max_bytes }
}

fn refusal(post: &PresignedPost) -> Refusal {
    check(post, 10, "a.png", now()).unwrap_err()
}

#[test]
fn a_good_form_tells_its_limits() {
    let conditions = [
        starts_with("Content-Type", "image/"),
        size_range(1, 2000),
        size_range(0, 1000),
    ];
    let post = form("up/${filename}", &[("content-type", "image/png")], &conditions);
    let limits = check(&post, 1000, "a.png", now()).unwrap();
    assert_eq!(
        limits,
        Limits {
            size_bytes: Some((1, 1000)),
            content_type: Some("image/".to_owned()),
            key_prefix: Some("up/".to_owned()),
            expiration: Some("2026-11-24T10:30:15Z".parse().unwrap()),
        }
    );
}

#[test]
fn a_form_that_is_over_is_refused() {
    let post = form("a", &[], &[]);
    let at = |text: &str| check(&post, 1, "a", text.parse().unwrap());
    assert!(at("2026-11-24T10:30:14.999Z").is_ok());
    assert_eq!(at("2026-11-24T10:31:17Z"), Err(Refusal::Expired { ago_secs: 62 }));
}

#[test]
fn the_size_must_lie_in_the_range_and_under_five_gib() {
    let post = form("a", &[], &[size_range(5, 2 * 1024 * 1024)]);
    assert!(check(&post, 5, "a", now()).is_ok());
    let too_small = check(&post, 4, "a", now()).unwrap_err();
    assert_eq!(
        too_small.to_string(),
        "the file has 4 bytes; the form takes no less than 5 bytes"
    );
    let too_large = check(&post, 3 * 1024 * 1024, "a", now()).unwrap_err();
    assert_eq!(
        too_large.to_string(),
        "the file has 3 MiB (3,145,728 bytes); the form takes at most 2 MiB (2,097,152 bytes)"
    );

    let free = form("a", &[], &[]);
    assert!(check(&free, 5 * GIB, "a", now()).is_ok());
    assert_eq!(
        check(&free, 5 * GIB + 1, "a", now()),
        Err(Refusal::TooLarge {
            size_bytes: 5 * GIB + 1,
            max_bytes: 5 * GIB
        })
    );
}

#[test]
fn a_field_without_its_condition_is_refused() {
    let post = form("a", &[("x-amz-meta-a", "1")], &[]);
    assert_eq!(
        refusal(&post),
        Refusal::ExtraField {
            field: "x-amz-meta-a".to_owned()
        }
    );
}

#[test]
fn fields_that_need_no_condition_pass() {
    let mut post = form("a", &[("X-Ignore-note", "1")], &[]);
    for name in ["Signature", "awsaccesskeyid", "file"] {
        post.fields.push((name.to_owned(), String::new()));
    }
    assert!(check(&post, 1, "a", now()).is_ok());
}

#[test]
fn a_condition_without_its_field_is_refused() {
    for condition in [Condition::exact("acl", "private"), starts_with("Content-Type", "")] {
        let field = condition.field().unwrap().to_owned();
        assert_eq!(
            refusal(&form("a", &[], &[condition])),
            Refusal::ConditionFailed { field }
        );
    }
}

#[test]
fn a_value_must_meet_its_condition_to_the_letter() {
    let failed = |field: &str| Refusal::ConditionFailed {
        field: field.to_owned(),
    };
    let acl = Condition::exact("acl", "private");
    assert_eq!(refusal(&form("a", &[("acl", "Private")], &[acl])), failed("acl"));
    let image = [starts_with("Content-Type", "image/")];
    assert_eq!(
        refusal(&form("a", &[("Content-Type", "text/html")], &image)),
        failed("Content-Type")
    );
    assert_eq!(
        refusal(&form("a", &[("Content-Type", "image/png, text/html")], &image)),
        failed("Content-Type")
    );
    assert!(
        check(
            &form("a", &[("Content-Type", "image/png, image/gif")], &image),
            1,
            "a",
            now()
        )
        .is_ok()
    );
}

#[test]
fn a_key_that_was_changed_is_refused() {
    let mut post = form("a", &[], &[]);
    post.fields.iter_mut().find(|(name, _)| name == "key").unwrap().1 = "b".to_owned();
    assert_eq!(
        refusal(&post),
        Refusal::ConditionFailed {
            field: "key".to_owned()
        }
    );
    post.fields.retain(|(name, _)| name != "key");
    assert_eq!(refusal(&post), Refusal::NoKey);
}

#[test]
fn the_file_name_is_in_place_before_the_key_is_held_against_anything() {
    let post = form("up/${filename}", &[], &[]);
    assert!(check(&post, 1, "dir/a.png", now()).is_ok());
    let long = "n".repeat(1022);
    assert!(matches!(check(&post, 1, &long, now()), Err(Refusal::Key(_))));
    assert!(matches!(check(&post, 1, "a$$b", now()), Err(Refusal::Key(_))));
}

#[test]
fn the_bucket_condition_is_held_against_the_url() {
    let mut post = form("a", &[], &[]);
    let failed = Refusal::ConditionFailed {
        field: "bucket".to_owned(),
    };
    post.url = "https://other.s3.ap-northeast-2.amazonaws.com/".to_owned();
    assert_eq!(refusal(&post), failed);
    post.url = "https://s3.ap-northeast-2.amazonaws.com/other".to_owned();
    assert_eq!(refusal(&post), failed);
    for host_of_ones_own in ["https://uploads.example.com/", "https://uploads.example.com/in"] {
        post.url = host_of_ones_own.to_owned();
        assert!(check(&post, 1, "a", now()).is_ok());
    }
    post.fields.push(("bucket".to_owned(), "other".to_owned()));
    assert_eq!(refusal(&post), failed);
}

#[test]
fn what_would_break_the_form_or_the_wire_is_refused() {
    let line_break = form(
        "a",
        &[("x-amz-meta-a", "1\r\n2")],
        &[Condition::exact("x-amz-meta-a", "1\r\n2")],
    );
    assert!(matches!(refusal(&line_break), Refusal::LineBreak { .. }));

    let large = "x".repeat(20_000);
    let too_large = form("a", &[("x-amz-meta-a", &large)], &[starts_with("x-amz-meta-a", "")]);
    assert!(matches!(refusal(&too_large), Refusal::FormTooLarge { .. }));

    let mut plain = form("a", &[], &[]);
    plain.url = "http://media.example.com/".to_owned();
    assert_eq!(refusal(&plain), Refusal::UnsafeTarget);
    plain.url = "http://127.0.0.1:9310/media".to_owned();
    assert!(check(&plain, 1, "a", now()).is_ok());
}

#[test]
fn a_form_of_the_old_signature_is_held_against_its_policy_too() {
    let policy = PostPolicy {
        expiration: "2026-11-24T10:00:00Z".parse().unwrap(),
        conditions: vec![Condition::exact("bucket", "media"), starts_with("key", "up/")],
    };
    let post = PresignedPost {
        url: "https://media.s3.amazonaws.com/".to_owned(),
        fields: [
            ("key", "up/a"),
            ("AWSAccessKeyId", "AKIDEXAMPLE"),
            ("Policy", &policy.to_base64()),
            ("Signature", "c2ln"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec(),
    };
    assert_eq!(check(&post, 1, "a", now()).unwrap().key_prefix.as_deref(), Some("up/"));
}

#[test]
fn a_form_without_policy_passes_and_a_broken_policy_does_not() {
    let mut post = PresignedPost {
        url: "https://media.s3.amazonaws.com/".to_owned(),
        fields: vec![("key".to_owned(), "a".to_owned())],
    };
    assert_eq!(check(&post, 1, "a", now()), Ok(Limits::default()));
    post.fields.push(("policy".to_owned(), "!".to_owned()));
    assert!(matches!(refusal(&post), Refusal::Policy(_)));
}

proptest! {
    #[test]
    fn no_form_makes_it_panic(
        url in ".*",
        names in proptest::collection::vec(".{0,20}", 0..5),
        value in ".*",
        file_name in ".*",
        size_bytes in any::<u64>(),
    ) {
        let mut post = form("${filename}", &[], &[]);
        let _ = check(&post, size_bytes, &file_name, Timestamp::MAX);
        post.fields.extend(names.into_iter().map(|name| (name, value.clone())));
        let _ = check(&post, size_bytes, &file_name, now());
        post.url = url;
        let _ = check(&post, size_bytes, &file_name, now());
    }
}
