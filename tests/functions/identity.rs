//! Functions that want to know who asks: signatures, sessions that end early, clocks that are wrong, invocations.

use super::*;
use crate::support::home::Home;
use crate::support::stub_server::Received;
use serde_json::Value;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

const NO: &str = r#"{"message":"not today"}"#;

/// A person whose profile `work` gives another session every time that it is asked: TOKEN1, TOKEN2, …
fn home() -> Home {
    let home = Home::new();
    let script = format!(
        "#!/bin/sh\necho x >> {0}/asked\nn=$(wc -l < {0}/asked)\n\
         echo \"{{\\\"Version\\\":1,\\\"AccessKeyId\\\":\\\"AKIDCANARY\\\",\\\"SecretAccessKey\\\":\\\"CANARYsecret\\\",\\\"SessionToken\\\":\\\"CANARYTOKEN$n\\\"}}\"\n",
        home.path().display()
    );
    let process = home.write("session", script);
    std::fs::set_permissions(&process, std::fs::Permissions::from_mode(0o700)).unwrap();
    home.aws_config(&format!(
        "[profile work]\nregion = eu-west-1\ncredential_process = {}",
        process.display()
    ));
    home.write("a.txt", "hello");
    home
}

/// `dropslot put` that is refused; its error.
#[track_caller]
fn put(home: &Home, arguments: &[&str], change: impl FnOnce(&mut Command)) -> Value {
    let mut command = home.dropslot();
    command
        .args(["put", "--json", "--profile", "work"])
        .args(arguments)
        .arg("a.txt")
        .current_dir(home.path());
    change(&mut command);
    let output = command.output().unwrap();
    let (out, told) = (
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    );
    assert_eq!(output.status.code(), Some(1), "{out}{told}");
    assert!(!out.contains("CANARY") && !told.contains("CANARY"), "{out}{told}");
    let line: Value = serde_json::from_str(&out).unwrap();
    line["error"].clone()
}

fn put_signed(home: &Home, server: &StubServer) -> Value {
    put(home, &["--lambda", &server.url(), "--lambda-auth", "iam"], |_| {})
}

fn invoke(home: &Home, server: &StubServer, name: &str) -> Value {
    put(home, &["--lambda-function", name], |command| {
        command.env("AWS_ENDPOINT_URL_LAMBDA", server.url());
    })
}

#[track_caller]
fn scope(received: &Received) -> String {
    let authorization = received.header("authorization").unwrap();
    let (_, scope) = authorization.split_once("Credential=AKIDCANARY/").unwrap();
    let mut parts = scope.split([',', '/']).skip(1);
    [parts.next().unwrap(), parts.next().unwrap()].join("/")
}

#[test]
fn a_session_that_was_ended_early_is_asked_for_anew_once() {
    let expired = r#"{"message":"The security token included in the request is expired"}"#;
    let expired = answer("403 Forbidden", &["x-amzn-ErrorType: ExpiredTokenException"], expired);
    let server = StubServer::answering([expired, answer("400 Bad Request", &[], NO)]);
    let error = put_signed(&home(), &server);
    assert_eq!(error["code"], "lambda_refused");
    let (first, second) = (server.received(), server.received());
    assert_eq!(first.header("x-amz-security-token"), Some("CANARYTOKEN1"));
    assert_eq!(second.header("x-amz-security-token"), Some("CANARYTOKEN2"));
    assert_eq!(scope(&second), "eu-west-1/lambda");
    assert!(
        second.header("authorization").unwrap().contains("x-amz-security-token"),
        "it is signed"
    );
}

#[test]
fn a_wrong_clock_is_put_right_by_the_answer_once() {
    let ahead = jiff::Timestamp::now() + jiff::SignedDuration::from_mins(20);
    let date = ahead.strftime("Date: %a, %d %b %Y %H:%M:%S GMT").to_string();
    let expired = r#"{"message":"Signature expired: 20261124T050000Z is now earlier than 20261124T051500Z"}"#;
    let expired = answer(
        "403 Forbidden",
        &["x-amzn-ErrorType: InvalidSignatureException", &date],
        expired,
    );
    let by_url = StubServer::answering([expired.clone(), answer("400 Bad Request", &[], NO)]);
    put_signed(&home(), &by_url);
    let by_name = StubServer::answering([expired, answer("200 OK", &[], "{}")]);
    invoke(&home(), &by_name, "sign");
    let signed_at = |received: &Received| {
        let text = received.header("x-amz-date").unwrap();
        let time = jiff::civil::DateTime::strptime("%Y%m%dT%H%M%SZ", text).unwrap();
        jiff::tz::TimeZone::UTC.to_timestamp(time).unwrap()
    };
    for server in [by_url, by_name] {
        let (first, second) = (server.received(), server.received());
        let moved = signed_at(&second).duration_since(signed_at(&first)).as_secs();
        assert!((1195..=1230).contains(&moved), "{moved}");
    }
}

#[test]
fn an_invocation_hands_the_json_over_as_the_event() {
    let server = StubServer::answering([answer(
        "200 OK",
        &[],
        r#"{"statusCode":403,"body":"{\"message\":\"not today\"}"}"#,
    )]);
    let error = invoke(&home(), &server, "sign:prod");
    assert_eq!(error["code"], "lambda_refused", "{error}");
    assert!(error["what"].as_str().unwrap().contains("not today"), "{error}");
    let received = server.received();
    assert!(
        received
            .head
            .starts_with("POST /2015-03-31/functions/sign%3Aprod/invocations HTTP"),
        "{}",
        received.head
    );
    assert_eq!(scope(&received), "eu-west-1/lambda");
    let event: Value = serde_json::from_slice(&received.body).unwrap();
    assert_eq!(event["size_bytes"], 5);
    assert!(event["object_name"].as_str().unwrap().ends_with("a.txt"), "{event}");
}

#[test]
fn an_arn_brings_its_region_with_it() {
    let server = StubServer::answering([answer("200 OK", &[], "{}")]);
    let error = invoke(
        &home(),
        &server,
        "arn:aws:lambda:ap-northeast-2:123456789012:function:sign",
    );
    assert_eq!(error["code"], "lambda_answer", "{error}");
    assert_eq!(scope(&server.received()), "ap-northeast-2/lambda");
}

#[test]
fn what_an_invocation_meets_is_told_apart() {
    let failed = r#"{"errorMessage":"'object_name'","errorType":"KeyError","stackTrace":["CANARY"]}"#;
    let typed = |status, error_type: &str, message: &str| {
        let body = serde_json::json!({"Message": message}).to_string();
        answer(
            status,
            &[&format!("x-amzn-ErrorType: {error_type}"), "x-amzn-RequestId: r-1"],
            &body,
        )
    };
    let large = format!("\"{}\"", " ".repeat(2 * 1024 * 1024));
    for (answer, code, words) in [
        (
            answer("200 OK", &["X-Amz-Function-Error: Unhandled"], failed),
            "lambda_failed",
            "KeyError: 'object_name'",
        ),
        (
            typed("403 Forbidden", "AccessDeniedException", "User: me is not authorized"),
            "lambda_refused",
            "lambda:InvokeFunction",
        ),
        (
            typed("404 Not Found", "ResourceNotFoundException", "Function not found: sign"),
            "lambda_refused",
            "no such function",
        ),
        (
            typed(
                "403 Forbidden",
                "UnrecognizedClientException",
                "The security token included in the request is invalid.",
            ),
            "credentials_refused",
            "keys",
        ),
        (answer("200 OK", &[], &large), "lambda_answer", "1 MiB"),
    ] {
        let server = StubServer::answering([answer]);
        let error = invoke(&home(), &server, "sign");
        assert_eq!(error["code"], code, "{error}");
        let told = format!("{} {}", error["what"], error["hint"]);
        assert!(told.contains(words), "{told}");
        assert_eq!(error["retryable"], false, "{error}");
    }
}

#[test]
fn a_function_is_not_invoked_in_the_open() {
    let error = put(&home(), &["--lambda-function", "sign"], |command| {
        command.env("AWS_ENDPOINT_URL_LAMBDA", "http://lambda.example.com");
    });
    assert_eq!(error["code"], "bad_request", "{error}");
    assert!(error["hint"].as_str().unwrap().contains("https://"), "{error}");
}
