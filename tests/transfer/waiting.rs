//! Waiting: cancel ends it at once, the watchdog ends it in time, and a slow wire is not a stalled one.

use super::*;
use crate::support::stub_server::{Step, StubServer, answer};
use dropslot::transfer::RateLimit;
use std::num::NonZeroU64;
use std::time::Instant;

fn limited(bytes_per_sec: u64) -> PostOptions {
    PostOptions {
        rate_limit: Some(RateLimit::new(NonZeroU64::new(bytes_per_sec).unwrap())),
        ..options()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn cancel_ends_the_connection_at_once() {
    let server = StubServer::start([vec![Step::ReadToEnd]]);
    let options = limited(2 * MEBIBYTE as u64);
    let file = file_of(32 * MEBIBYTE);
    let running = begin(PresignedUpload::Post(form(&server.url())), file.path(), &options);
    let cancelled = Instant::now();
    options.cancel.cancel();
    let error = failed(running.await.unwrap());
    assert!(matches!(error, PostError::Cancelled), "{error:?}");
    let received = server.received();
    let took = received.ended.saturating_duration_since(cancelled);
    assert!(took < Duration::from_millis(250), "{took:?}");
    assert!(!received.body.ends_with(b"--\r\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn cancel_does_not_wait_for_a_server_that_reads_nothing() {
    let server = StubServer::start([vec![Step::Read(1000), Step::Wait, Step::ReadToEnd]]);
    let options = options();
    let file = file_of(32 * MEBIBYTE);
    let running = begin(PresignedUpload::Post(form(&server.url())), file.path(), &options);
    let cancelled = Instant::now();
    options.cancel.cancel();
    assert!(matches!(failed(running.await.unwrap()), PostError::Cancelled));
    assert!(
        cancelled.elapsed() < Duration::from_millis(250),
        "{:?}",
        cancelled.elapsed()
    );
    server.go_on();
    assert!(server.received().body.len() < 32 * MEBIBYTE, "the whole file was sent");
}

#[tokio::test(flavor = "multi_thread")]
async fn dropping_the_attempt_ends_the_connection_at_once() {
    let server = StubServer::start([vec![Step::ReadToEnd]]);
    let file = file_of(32 * MEBIBYTE);
    let running = begin(
        PresignedUpload::Post(form(&server.url())),
        file.path(),
        &limited(2 * MEBIBYTE as u64),
    );
    let dropped = Instant::now();
    running.abort();
    let took = server.received().ended.saturating_duration_since(dropped);
    assert!(took < Duration::from_millis(250), "{took:?}");
}

#[tokio::test]
async fn what_is_cancelled_before_it_begins_sends_nothing() {
    let options = options();
    options.cancel.cancel();
    let error = failed(attempt(&form("http://127.0.0.1:1"), file_of(1).path(), &options).await);
    assert!(matches!(error, PostError::Cancelled), "{error:?}");
}

#[tokio::test]
async fn a_server_that_takes_no_byte_is_given_up() {
    let server = StubServer::start([vec![Step::Read(1000), Step::Wait]]);
    let options = PostOptions {
        stall_timeout: Duration::from_millis(300),
        ..options()
    };
    let error = failed(attempt(&form(&server.url()), file_of(32 * MEBIBYTE).path(), &options).await);
    assert!(matches!(error, PostError::Stalled { .. }), "{error:?}");
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_given_up_after_twice_as_long() {
    let server = StubServer::start([vec![Step::ReadRequest, Step::Wait]]);
    let options = PostOptions {
        stall_timeout: Duration::from_millis(300),
        ..options()
    };
    let began = Instant::now();
    let error = failed(attempt(&form(&server.url()), file_of(100).path(), &options).await);
    assert!(matches!(error, PostError::Stalled { .. }), "{error:?}");
    assert!(began.elapsed() >= Duration::from_millis(600), "{:?}", began.elapsed());
}

#[tokio::test]
async fn a_slow_wire_is_not_a_stalled_one() {
    let slow = Step::Trickle(16 * 1024, Duration::from_millis(1));
    let server = StubServer::start([vec![slow, Step::Send(answer("201 Created", &[], ""))]]);
    let options = PostOptions {
        stall_timeout: Duration::from_millis(700),
        ..options()
    };
    posted(attempt(&form(&server.url()), file_of(16 * MEBIBYTE).path(), &options).await);
}

#[tokio::test]
async fn the_rate_limit_is_kept_and_is_no_stall() {
    let server = StubServer::answering([answer("201 Created", &[], "")]);
    let options = PostOptions {
        stall_timeout: Duration::from_millis(200),
        ..limited(8 * 1024)
    };
    let began = Instant::now();
    posted(attempt(&form(&server.url()), file_of(16 * 1024).path(), &options).await);
    assert!(began.elapsed() >= Duration::from_millis(1400), "{:?}", began.elapsed());
}
