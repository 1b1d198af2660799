//! A presigned PUT: the file's bytes and nothing around them, with the headers that were signed and no others of the form.

use super::*;
use crate::support::stub_server::{Step, StubServer, answer};
use dropslot::s3::PresignedPut;
use dropslot::transfer::RateLimit;
use dropslot::transfer::checksum::{Comparison, Proof, compare};
use md5::{Digest as _, Md5};
use std::num::NonZeroU64;
use std::time::Instant;

const PATH: &str = "/bucket/in/a%20b.png?X-Amz-Signature=canary-signature&x=canary-query";

fn put(url: &str) -> PresignedUpload {
    let headers = [
        ("Content-Type", "image/png"),
        ("x-amz-acl", "private"),
        ("x-amz-meta-from", "canary-policy"),
    ];
    PresignedUpload::Put(PresignedPut {
        url: format!("{url}{PATH}"),
        headers: headers
            .iter()
            .map(|&(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
    })
}

async fn attempt_put(url: &str, file: &Path, options: &PostOptions) -> Attempt {
    attempt_of(&put(url), file, options).await
}

fn md5_of(bytes: &[u8]) -> String {
    Md5::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test]
async fn a_put_is_the_files_bytes_and_the_signed_headers() {
    let bytes = bytes_of(3 * MEBIBYTE + 7);
    let etag = format!("ETag: \"{}\"", md5_of(&bytes));
    let server = StubServer::answering([answer("200 OK", &[&etag], "")]);
    let file = file_of(bytes.len());
    let options = PostOptions {
        with_md5: true,
        ..options()
    };
    let outcome = posted(attempt_put(&server.url(), file.path(), &options).await);
    let received = server.received();

    assert_eq!(received.head.lines().next(), Some(&*format!("PUT {PATH} HTTP/1.1")));
    assert!(received.body == bytes, "other bytes came");
    let mut names: Vec<String> = received
        .head
        .lines()
        .skip(1)
        .filter_map(|line| Some(line.split_once(": ")?.0.to_ascii_lowercase()))
        .collect();
    names.sort();
    assert_eq!(
        names,
        [
            "accept",
            "content-length",
            "content-type",
            "host",
            "user-agent",
            "x-amz-acl",
            "x-amz-meta-from"
        ]
    );
    assert_eq!(received.header("content-length"), Some(&*bytes.len().to_string()));
    assert_eq!(received.header("content-type"), Some("image/png"));
    assert_eq!(sent(&options), bytes.len() as u64);
    assert_eq!(compare(&outcome.sent, &outcome.answer), Comparison::Proven(Proof::Md5));
}

#[tokio::test]
async fn an_empty_file_is_put_with_its_length() {
    let etag = format!("ETag: \"{}\"", md5_of(b""));
    let server = StubServer::answering([answer("200 OK", &[&etag], "")]);
    let file = file_of(0);
    let outcome = posted(attempt_put(&server.url(), file.path(), &options()).await);
    let received = server.received();
    assert_eq!(received.header("content-length"), Some("0"));
    assert_eq!(received.header("transfer-encoding"), None);
    assert_eq!(received.body, b"");
    assert_eq!(outcome.sent.crc64nvme, "AAAAAAAAAAA=");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_that_comes_early_is_read_and_ends_the_wire() {
    let refusal =
        "<Error><Code>AccessDenied</Code><Message>Request has expired</Message><RequestId>R1</RequestId></Error>";
    let server = StubServer::start([vec![
        Step::Read(100_000),
        Step::Send(answer("403 Forbidden", &["Content-Type: application/xml"], refusal)),
        Step::ReadToEnd,
    ]]);
    let file = file_of(64 * MEBIBYTE);
    let error = failed(attempt_put(&server.url(), file.path(), &options()).await);
    let PostError::S3 { error } = error else {
        panic!("{error:?}");
    };
    assert_eq!((error.status, error.code.as_str()), (403, "AccessDenied"));
    assert_eq!(error.request_id.as_deref(), Some("R1"));
    assert!(server.received().body.len() < 64 * MEBIBYTE);
}

/// A POST's page after success is none of a PUT's.
#[tokio::test]
async fn a_redirect_is_no_success() {
    let elsewhere = answer("303 See Other", &["Location: https://login.example/"], "");
    let moved = answer("307 Temporary Redirect", &["Location: https://other.example/"], "");
    let server = StubServer::answering([elsewhere, moved]);
    let file = file_of(10);
    for status in [303, 307] {
        let error = failed(attempt_put(&server.url(), file.path(), &options()).await);
        assert!(
            matches!(&error, PostError::S3 { error } if error.status == status),
            "{error:?}"
        );
        assert_eq!(server.received().body, bytes_of(10));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn cancel_ends_it_at_once() {
    let server = StubServer::start([vec![Step::ReadToEnd]]);
    let options = PostOptions {
        rate_limit: Some(RateLimit::new(NonZeroU64::new(2 * MEBIBYTE as u64).unwrap())),
        ..options()
    };
    let file = file_of(32 * MEBIBYTE);
    let running = begin(put(&server.url()), file.path(), &options);
    let cancelled = Instant::now();
    options.cancel.cancel();
    assert!(matches!(failed(running.await.unwrap()), PostError::Cancelled));
    let received = server.received();
    let took = received.ended.saturating_duration_since(cancelled);
    assert!(took < Duration::from_millis(250), "{took:?}");
    assert!(received.body.len() < 32 * MEBIBYTE);
}

#[tokio::test]
async fn a_file_that_changes_on_its_way_is_told() {
    let server = StubServer::start([vec![Step::Wait, Step::ReadToEnd]]);
    let file = file_of(32 * MEBIBYTE);
    let client = dropslot::aws::http_client_trusting(None).unwrap();
    let source = source_of(file.path());
    file.as_file().set_len(1_000).unwrap();
    server.go_on();
    let error = failed(send(&client, &put(&server.url()), &source, &options()).await);
    assert!(matches!(error, PostError::Source(_)), "{error:?}");
}
