//! PUTs as stores and SDKs sign them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]

use super::*;
use crate::s3::{BucketAddress, Credentials, presigned_url};
use std::time::Duration;

fn put(url: &str) -> PresignedPut {
    PresignedPut {
        url: url.to_owned(),
        headers: vec![("content-type".to_owned(), "image/png".to_owned())],
    }
}

#[test]
fn a_put_names_its_bucket_its_key_and_its_end() {
    let address = BucketAddress::new("media", "eu-west-1", None).unwrap();
    let object_key = ObjectKey::new("a b/스크린샷 1.png").unwrap();
    let credentials = Credentials::from_keys("AKIDEXAMPLE", "secret", None);
    let now: Timestamp = "2026-11-24T09:30:15Z".parse().unwrap();
    let put = put(&presigned_url(
        "PUT",
        &address,
        &object_key,
        &credentials,
        Duration::from_mins(5),
        now,
    ));
    assert_eq!(put.bucket().as_deref(), Some("media"));
    assert_eq!(put.object_key().as_deref(), Some(object_key.as_str()));
    let end: Timestamp = "2026-11-24T09:35:15Z".parse().unwrap();
    assert_eq!(put.limits().expiration, Some(end));
    assert!(put.check(MAX_POST_BYTES, now).is_ok());
    assert_eq!(put.check(1, end), Err(Refusal::Expired { ago_secs: 0 }));
    assert!(put.check(MAX_POST_BYTES + 1, now).is_err());
    assert!(!format!("{put:?}").contains("media"));
}

#[test]
fn other_stores_have_the_bucket_in_the_path_and_old_signatures_their_end_as_it_is() {
    let put = put("http://127.0.0.1:9000/media/a/b.png?Expires=1764000000&Signature=x");
    assert_eq!(put.bucket().as_deref(), Some("media"));
    assert_eq!(put.object_key().as_deref(), Some("a/b.png"));
    assert_eq!(put.limits().expiration, Timestamp::from_second(1_764_000_000).ok());
    assert_eq!(put.header("Content-Type"), Some("image/png"));
}

#[test]
fn what_is_not_safe_or_names_no_object_is_refused() {
    let refused = |url: &str| put(url).check(1, Timestamp::UNIX_EPOCH).unwrap_err();
    assert_eq!(refused("http://media.example.com/a.png"), Refusal::UnsafeTarget);
    assert_eq!(refused("https://media.s3.amazonaws.com/"), Refusal::NoKey);
    assert_eq!(refused("https://s3.eu-west-1.amazonaws.com/media"), Refusal::NoKey);
    assert_eq!(refused("https://s3.example.com/media/"), Refusal::NoKey);
}

#[test]
fn stores_that_put_the_bucket_into_the_host_are_known() {
    for (url, bucket, key) in [
        (
            "https://media.0123abcd.r2.cloudflarestorage.com/a/b.png",
            Some("media"),
            "a/b.png",
        ),
        (
            "https://media.0123abcd.eu.r2.cloudflarestorage.com/b.png",
            Some("media"),
            "b.png",
        ),
        (
            "https://0123abcd.r2.cloudflarestorage.com/media/a/b.png",
            Some("media"),
            "a/b.png",
        ),
        (
            "https://media.s3.us-west-004.backblazeb2.com/b.png",
            Some("media"),
            "b.png",
        ),
        (
            "https://s3.us-west-004.backblazeb2.com/media/b.png",
            Some("media"),
            "b.png",
        ),
        (
            "https://media.nyc3.digitaloceanspaces.com/b.png",
            Some("media"),
            "b.png",
        ),
        (
            "https://nyc3.digitaloceanspaces.com/media/b.png",
            Some("media"),
            "b.png",
        ),
        ("https://media.storage.googleapis.com/b.png", Some("media"), "b.png"),
        ("https://storage.googleapis.com/media/b.png", Some("media"), "b.png"),
        ("https://uploads.example.com/b.png", None, "b.png"),
    ] {
        let put = put(url);
        assert_eq!(put.bucket().as_deref(), bucket, "{url}");
        assert_eq!(put.object_key().as_deref(), Some(key), "{url}");
    }
}

#[test]
fn headers_that_are_signed_go_with_it_or_are_asked_for() {
    let bare = |query: &str| PresignedPut {
        url: format!("https://media.s3.amazonaws.com/a.png?{query}"),
        headers: Vec::new(),
    };
    let signed = bare("X-Amz-SignedHeaders=content-length%3Bcontent-type%3Bhost%3Bx-amz-acl&X-Amz-Signature=x");
    assert_eq!(
        signed.check(1, Timestamp::UNIX_EPOCH),
        Err(Refusal::SignedHeader {
            name: "x-amz-acl".to_owned()
        })
    );
    let both = bare("X-Amz-SignedHeaders=host;x-amz-acl&x-amz-acl=private&X-Amz-Signature=x").fitted("image/png");
    assert_eq!(both.header("x-amz-acl"), Some("private"));
    assert_eq!(both.header("Content-Type"), Some("image/png"));
    assert!(both.check(1, Timestamp::UNIX_EPOCH).is_ok());
}

#[test]
fn the_type_is_the_signed_one_and_none_where_one_more_would_break_the_signature() {
    let fitted = |query: &str| {
        let put = PresignedPut {
            url: format!("https://media.s3.amazonaws.com/a.png?{query}"),
            headers: Vec::new(),
        };
        put.fitted("image/png").headers
    };
    let header = |value: &str| vec![("Content-Type".to_owned(), value.to_owned())];
    assert_eq!(fitted("Expires=1&Signature=x"), []);
    assert_eq!(
        fitted("Content-Type=image%2Fgif&Expires=1&Signature=x"),
        header("image/gif")
    );
    assert_eq!(fitted("X-Amz-Signature=x"), header("image/png"));
    assert_eq!(
        fitted("Content-Type=image%2Fgif&X-Amz-Signature=x"),
        header("image/gif")
    );
}
