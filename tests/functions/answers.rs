//! What becomes of a function's answer, however large, late or wrong it is.

use super::*;
use crate::support::stub_server::{Step, closed_port};
use dropslot::s3::VendorReplyError;
use dropslot::signer::lambda::RefusalKind;
use std::time::Duration;

const TEN_MEGABYTES: usize = 10_000_000;

#[track_caller]
fn refused(result: Result<Signed, LambdaError>) -> (RefusalKind, LambdaError) {
    match result.unwrap_err() {
        LambdaError::Refused(refusal) => (refusal.kind, LambdaError::Refused(refusal)),
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn ten_megabytes_that_say_so_are_not_read() {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {TEN_MEGABYTES}\r\n\r\n");
    // The rest never comes: an answer that was read would wait for it.
    let server = StubServer::start([vec![Step::ReadRequest, Step::Send(head), Step::ReadToEnd]]);
    let error = ask(&function(&server.url(), by_post())).await.unwrap_err();
    assert!(matches!(error, LambdaError::TooLong), "{error}");
}

#[tokio::test]
async fn ten_megabytes_that_do_not_say_so_are_stopped_after_one() {
    let padding = " ".repeat(2 * 1024 * 1024);
    let body = format!("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{FORM}{padding}");
    // The connection stays open until the client closes it.
    let server = StubServer::start([vec![Step::ReadRequest, Step::Send(body), Step::ReadToEnd]]);
    let error = ask(&function(&server.url(), by_post())).await.unwrap_err();
    assert!(matches!(error, LambdaError::TooLong), "{error}");
}

#[tokio::test]
async fn one_mebibyte_is_read() {
    let body = format!("{FORM}{}", " ".repeat(1024 * 1024 - FORM.len()));
    assert!(asked(answer("200 OK", &[], &body)).await.is_ok());
}

#[tokio::test]
async fn a_refusal_of_any_length_keeps_its_status() {
    let body = format!(r#"{{"message":"no","padding":"{}"}}"#, "x".repeat(3 * 1024 * 1024));
    let (kind, error) = refused(asked(answer("429 Too Many Requests", &["Retry-After: 7"], &body)).await);
    assert_eq!(kind, RefusalKind::Busy);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    assert!(error.is_passing());
}

#[tokio::test]
async fn a_function_that_broke_off_is_asked_once_more_and_then_told() {
    let broken = || {
        answer(
            "500 Internal Server Error",
            &[],
            r#"{"message":"Internal Server Error"}"#,
        )
    };
    let server = StubServer::answering([broken(), form()]);
    assert!(ask(&function(&server.url(), by_post())).await.is_ok());
    let server = StubServer::answering([broken(), broken()]);
    let (kind, error) = refused(ask(&function(&server.url(), by_post())).await);
    assert_eq!((kind, error.is_passing()), (RefusalKind::Failed, false));
}

#[tokio::test]
async fn what_is_compressed_is_not_unpacked() {
    let error = asked(answer("200 OK", &["Content-Encoding: gzip"], FORM))
        .await
        .unwrap_err();
    assert!(matches!(error, LambdaError::Compressed), "{error}");
    assert!(
        asked(answer("200 OK", &["Content-Encoding: identity"], FORM))
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn a_page_and_a_failed_handler_are_no_forms() {
    let page = asked(answer(
        "200 OK",
        &["Content-Type: text/html"],
        "<!DOCTYPE html><p>CANARY",
    ))
    .await;
    assert!(matches!(page.unwrap_err(), LambdaError::Reply(VendorReplyError::Html)));
    let failed = asked(answer(
        "200 OK",
        &[],
        r#"{"errorMessage":"'object_name'","errorType":"KeyError"}"#,
    ))
    .await;
    assert!(matches!(
        failed.unwrap_err(),
        LambdaError::Reply(VendorReplyError::FunctionError { .. })
    ));
}

#[tokio::test]
async fn a_token_that_an_answer_repeats_is_not_repeated() {
    // API Gateway with AWS_IAM says this of a bearer token; a function may say as much itself.
    for message in [
        "'CANARYtoken' not a valid key=value pair (missing equal-sign) in Authorization header: 'Bearer CANARYtoken'.",
        "the token CANARYtoken is not known",
    ] {
        let body = serde_json::json!({"message": message}).to_string();
        let (kind, error) = refused(asked(answer("403 Forbidden", &[], &body)).await);
        assert_eq!(kind, RefusalKind::ApiKey, "{error}");
    }
}

#[tokio::test]
async fn the_functions_clock_is_noted_whatever_it_answers() {
    for status in ["200 OK", "403 Forbidden", "503 Service Unavailable"] {
        let date = jiff::Timestamp::now() - jiff::SignedDuration::from_mins(20);
        let date = date.strftime("Date: %a, %d %b %Y %H:%M:%S GMT").to_string();
        let server = StubServer::answering([answer(status, &[&date], FORM)]);
        let function = function(&server.url(), by_post());
        assert_eq!(function.clock_ahead(), None);
        ask(&function).await.map(drop).unwrap_or_default();
        let seconds = function.clock_ahead().unwrap().seconds;
        assert!((-1205..=-1195).contains(&seconds), "{status}: {seconds}");
    }
}

#[tokio::test]
async fn no_answer_at_all_is_worth_another_question() {
    let cut = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"url\":".to_owned();
    for (server, what) in [
        (vec![], "closed at once"),
        (vec![Step::ReadRequest, Step::Send(cut)], "cut"),
    ] {
        let server = StubServer::start([server]);
        let error = ask(&function(&server.url(), by_post())).await.unwrap_err();
        assert!(matches!(error, LambdaError::Broken { .. }), "{what}: {error:?}");
        assert!(error.is_passing(), "{what}");
    }
    let nobody = format!("http://{}", closed_port());
    let error = ask(&function(&nobody, by_post())).await.unwrap_err();
    assert!(
        matches!(error, LambdaError::Connect { .. }) && error.is_passing(),
        "{error}"
    );
}
