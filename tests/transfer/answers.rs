//! Answers: in time, too early, with the connection's end, and none.

use super::*;
use crate::support::stub_server::{Step, StubServer, answer};
use dropslot::transfer::checksum::{Comparison, Proof, compare};

const REFUSAL: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>AccessDenied</Code>\
    <Message>Access Denied</Message><RequestId>REQUEST1</RequestId><HostId>host</HostId></Error>";

fn refusal() -> String {
    answer("403 Forbidden", &["Content-Type: application/xml"], REFUSAL)
}

#[track_caller]
fn assert_refused(error: &PostError) {
    let PostError::S3 { error } = error else {
        panic!("{error:?}");
    };
    assert_eq!((error.status, error.code.as_str()), (403, "AccessDenied"));
    assert_eq!(error.request_id.as_deref(), Some("REQUEST1"));
}

#[tokio::test]
async fn a_201_with_the_checksum_is_proof() {
    let headers = [
        "x-amz-checksum-crc64nvme: rosUhgp5mIg=",
        "x-amz-checksum-type: FULL_OBJECT",
    ];
    let server = StubServer::answering([answer("201 Created", &headers, "")]);
    let file = NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "123456789").unwrap();
    let outcome = posted(attempt(&form(&server.url()), file.path(), &options()).await);
    assert_eq!(
        compare(&outcome.sent, &outcome.answer),
        Comparison::Proven(Proof::Crc64Nvme)
    );
}

#[tokio::test]
async fn every_way_to_say_yes_is_understood() {
    let page = "https://page.example/done?bucket=bucket&key=a%2Fb+c&etag=%22abc%22";
    let server = StubServer::answering([
        answer("200 OK", &[], ""),
        "HTTP/1.1 204 No Content\r\nETag: \"abc\"\r\nConnection: close\r\n\r\n".to_owned(),
        answer("303 See Other", &[&format!("Location: {page}")], ""),
    ]);
    let file = file_of(10);
    let fields = [("key", "k"), ("success_action_redirect", "https://page.example/done")];
    let form = form_with(&server.url(), &fields);
    posted(attempt(&form, file.path(), &options()).await);
    let no_content = posted(attempt(&form, file.path(), &options()).await);
    assert_eq!(no_content.answer.etag.as_deref(), Some("abc"));
    let redirected = posted(attempt(&form, file.path(), &options()).await).answer;
    assert_eq!(redirected.object_key.as_deref(), Some("a/b c"));
    assert_eq!(redirected.etag.as_deref(), Some("abc"));
}

#[tokio::test]
async fn a_redirect_that_the_form_did_not_ask_for_is_no_success() {
    let elsewhere = answer("303 See Other", &["Location: https://login.example/"], "");
    let server = StubServer::answering([elsewhere]);
    let error = failed(attempt(&form(&server.url()), file_of(10).path(), &options()).await);
    assert!(matches!(error, PostError::S3 { error } if error.status == 303));
}

#[tokio::test]
async fn a_redirect_to_another_region_is_told_and_not_followed() {
    let moved = "<Error><Code>TemporaryRedirect</Code><Message>Please re-send</Message></Error>";
    let headers = ["Location: http://127.0.0.1:1/", "x-amz-bucket-region: eu-central-1"];
    let server = StubServer::answering([answer("307 Temporary Redirect", &headers, moved)]);
    let error = failed(attempt(&form(&server.url()), file_of(10).path(), &options()).await);
    let PostError::S3 { error } = error else {
        panic!("{error:?}");
    };
    assert_eq!(error.region.as_deref(), Some("eu-central-1"));
}

#[tokio::test]
async fn the_answers_date_tells_how_far_the_clocks_are_apart() {
    let server = StubServer::answering([
        answer("201 Created", &["Date: Wed, 01 Jan 2020 00:00:00 GMT"], ""),
        answer("403 Forbidden", &["Date: Wed, 01 Jan 2020 00:00:00 GMT"], REFUSAL),
    ]);
    let file = file_of(10);
    for _ in 0..2 {
        let attempt = attempt(&form(&server.url()), file.path(), &options()).await;
        let year_2020 = jiff::Timestamp::now().as_second() + attempt.clock_ahead.unwrap().seconds;
        assert!((year_2020 - 1_577_836_800).abs() <= 3, "{year_2020}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_early_refusal_stops_the_wire_and_is_told_in_its_own_words() {
    let script = vec![Step::Read(64 * 1024), Step::Send(refusal()), Step::ReadToEnd];
    let server = StubServer::start([script]);
    let file = file_of(64 * MEBIBYTE);
    assert_refused(&failed(attempt(&form(&server.url()), file.path(), &options()).await));
    assert!(server.received().body.len() < 64 * MEBIBYTE, "the whole file was sent");
}

/// The reset may come in the middle of a write, and then the system gives the answer to nobody; never without a word.
#[tokio::test(flavor = "multi_thread")]
async fn an_early_refusal_is_mostly_heard_over_the_end_of_the_connection() {
    const TRIES: usize = 20;
    let early = || vec![Step::Read(300_000), Step::Send(refusal())];
    let server = StubServer::start(std::iter::repeat_with(early).take(TRIES));
    let file = file_of(32 * MEBIBYTE);
    let mut heard = 0;
    for _ in 0..TRIES {
        match failed(attempt(&form(&server.url()), file.path(), &options()).await) {
            PostError::Broken { sent_bytes, .. } => assert!(sent_bytes < 32 * MEBIBYTE as u64),
            refused => {
                assert_refused(&refused);
                heard += 1;
            }
        }
    }
    assert!(heard > 0, "not one of {TRIES} refusals was heard");
}

#[tokio::test]
async fn a_connection_that_breaks_tells_how_far_it_came() {
    let server = StubServer::start([vec![Step::Read(200_000)]]);
    let file = file_of(32 * MEBIBYTE);
    let error = failed(attempt(&form(&server.url()), file.path(), &options()).await);
    let PostError::Broken { sent_bytes, .. } = error else {
        panic!("{error:?}");
    };
    assert!(sent_bytes < 32 * MEBIBYTE as u64);
}

#[tokio::test]
async fn a_connection_that_ends_without_an_answer_is_broken() {
    let server = StubServer::start([vec![Step::ReadRequest]]);
    let file = file_of(1000);
    let error = failed(attempt(&form(&server.url()), file.path(), &options()).await);
    assert!(matches!(error, PostError::Broken { sent_bytes: 1000, .. }), "{error:?}");
}

#[tokio::test]
async fn yes_before_the_last_byte_is_not_believed() {
    let script = vec![
        Step::Read(100_000),
        Step::Send(answer("200 OK", &[], "")),
        Step::ReadToEnd,
    ];
    let server = StubServer::start([script]);
    let error = failed(attempt(&form(&server.url()), file_of(32 * MEBIBYTE).path(), &options()).await);
    assert!(matches!(error, PostError::Broken { .. }), "{error:?}");
}

#[tokio::test]
async fn an_endless_refusal_is_cut_off() {
    let endless = format!("HTTP/1.1 500 Internal Server Error\r\n\r\n{}", "x".repeat(3 * MEBIBYTE));
    let server = StubServer::start([vec![Step::ReadRequest, Step::Send(endless), Step::ReadToEnd]]);
    let error = failed(attempt(&form(&server.url()), file_of(10).path(), &options()).await);
    assert!(matches!(error, PostError::S3 { error } if error.status == 500));
}
