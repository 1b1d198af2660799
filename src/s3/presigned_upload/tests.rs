//! Forms and URLs of other people, looked at and filled in.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]

use super::*;
use crate::s3::{BucketAddress, Credentials, PostRequest};
use std::time::Duration;

fn form(conditions: &[Condition], fields: &[(String, String)]) -> PresignedUpload {
    let post = PostRequest {
        address: &BucketAddress::new("media", "eu-west-1", None).unwrap(),
        object_key: "in/${filename}",
        fields,
        conditions,
        expires_in: Duration::from_hours(1),
    }
    .sign(&Credentials::from_keys("AKIDEXAMPLE", "secret", None), now());
    PresignedUpload::Post(post)
}

fn now() -> Timestamp {
    "2026-11-24T09:30:15Z".parse().unwrap()
}

fn images() -> Condition {
    Condition::StartsWith {
        field: "Content-Type".to_owned(),
        prefix: "image/".to_owned(),
    }
}

#[test]
fn a_form_says_where_the_object_will_be() {
    let form = form(&[], &[]);
    assert_eq!(form.host().as_deref(), Some("media.s3.eu-west-1.amazonaws.com"));
    assert_eq!(form.bucket().as_deref(), Some("media"));
    assert_eq!(form.object_key("a 1.png").as_deref(), Some("in/a 1.png"));
    assert_eq!(
        form.object_url("a 1.png").as_deref(),
        Some("https://media.s3.eu-west-1.amazonaws.com/in/a%201.png")
    );
}

#[test]
fn a_host_that_serves_anybodys_buckets_is_told_with_the_bucket() {
    for (url, host) in [
        (
            "https://media.s3.eu-west-1.amazonaws.com/a?x",
            "media.s3.eu-west-1.amazonaws.com",
        ),
        (
            "https://s3.eu-west-1.amazonaws.com/my.media/a?x",
            "s3.eu-west-1.amazonaws.com/my.media",
        ),
        (
            "https://s3.us-west-004.backblazeb2.com/media/a",
            "s3.us-west-004.backblazeb2.com/media",
        ),
        ("https://storage.googleapis.com/media/a", "storage.googleapis.com/media"),
        ("https://media.storage.googleapis.com/a", "media.storage.googleapis.com"),
        ("https://s3.example.com/media/a", "s3.example.com"),
        ("http://127.0.0.1:9000/media/a", "127.0.0.1:9000"),
    ] {
        let headers = Vec::new();
        let url = url.to_owned();
        let put = PresignedUpload::Put(PresignedPut { url, headers });
        assert_eq!(put.host().as_deref(), Some(host));
    }
}

#[test]
fn what_the_owner_left_open_is_filled_in_and_then_meets_the_policy() {
    let conditions = [images(), Condition::exact("acl", "private")];
    let open = form(&conditions, &[]);
    assert!(open.check(1, "a.png", now()).is_err(), "as it came");
    let fitted = open.clone().fitted("image/png").unwrap();
    assert_eq!(fitted.content_type(), Some("image/png"));
    assert_eq!(fitted.acl(), Some("private"));
    assert!(fitted.check(1, "a.png", now()).is_ok());
    assert_eq!(
        open.fitted("text/plain"),
        Err(Refusal::ContentType {
            content_type: "text/plain".to_owned(),
            allowed: "image/".to_owned()
        })
    );
}

#[test]
fn of_a_beginning_and_a_whole_value_the_whole_one_is_filled_in() {
    let conditions = [images(), Condition::exact("content-type", "image/gif")];
    let fitted = form(&conditions, &[]).fitted("image/png").unwrap();
    assert_eq!(fitted.content_type(), Some("image/gif"));
    assert!(fitted.check(1, "a.gif", now()).is_ok());
}

#[test]
fn an_empty_type_is_filled_in_and_an_empty_beginning_takes_any() {
    let any = Condition::StartsWith {
        field: "Content-Type".to_owned(),
        prefix: String::new(),
    };
    let form = form(&[any], &[("content-type".to_owned(), String::new())]);
    assert_eq!(form.limits().content_type, None);
    let fitted = form.fitted("text/plain").unwrap();
    assert_eq!(fitted.content_type(), Some("text/plain"));
    assert!(fitted.check(1, "a.txt", now()).is_ok());
}

#[test]
fn a_form_without_its_key_takes_the_files_name_where_any_key_will_do() {
    let PresignedUpload::Post(mut post) = form(&[], &[]) else {
        unreachable!()
    };
    for (key, object_key) in [("", "in/a.png"), ("in/b.png", "in/b.png")] {
        post.set_field("key", key);
        let open = PresignedUpload::Post(post.clone());
        assert_eq!(open.object_key("a.png").as_deref(), Some(object_key), "as it came");
        let fitted = PresignedUpload::Post(post.clone()).fitted("image/png").unwrap();
        assert_eq!(fitted.object_key("a.png").as_deref(), Some(object_key));
        assert!(fitted.check(1, "a.png", now()).is_ok());
    }
}

#[test]
fn a_policy_adds_no_file_of_its_own() {
    let PresignedUpload::Post(post) = form(&[Condition::exact("File", "x")], &[]).fitted("image/png").unwrap() else {
        unreachable!()
    };
    assert_eq!(post.field("file"), None);
}

#[test]
fn a_form_that_s3_would_not_read_is_not_filled_in() {
    let fields = [("x-amz-meta-a".to_owned(), "a".repeat(30_000))];
    assert!(matches!(
        form(&[], &fields).fitted("image/png"),
        Err(Refusal::FormTooLarge { .. })
    ));
}

#[test]
fn what_the_owner_has_written_stays() {
    let fields = [("Content-Type".to_owned(), "image/gif".to_owned())];
    let form = form(&[images()], &fields);
    assert_eq!(form.clone().fitted("text/plain"), Ok(form));
}
