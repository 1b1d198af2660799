//! The signatures are those of botocore 1.x's `SigV4Auth` for the same requests at the same time.

use super::*;
use reqwest::header::HeaderValue;
use std::time::{Duration, UNIX_EPOCH};

const NOW: Duration = Duration::from_secs(1_795_000_000);

fn signed(method: &str, url: &str, body: &str, token: Option<&str>) -> HeaderMap {
    let url = FunctionUrl::parse(url).unwrap();
    let headers: &[_] = match method {
        "POST" => &[("content-type", "application/json")],
        _ => &[],
    };
    let body = body.as_bytes();
    let request = Unsigned {
        method,
        url: url.as_url().as_str(),
        headers,
        body,
        service: url.service(),
    };
    let credentials = Credentials::new("AKIDEXAMPLE", "SECRET", token.map(str::to_owned), None, "test");
    signed_headers(&request, "eu-west-1", credentials, UNIX_EPOCH + NOW).unwrap()
}

fn authorization(service: &str, headers: &str, signature: &str) -> String {
    let scope = format!("20261118/eu-west-1/{service}/aws4_request");
    format!("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/{scope}, SignedHeaders={headers}, Signature={signature}")
}

#[test]
fn a_function_urls_signature_covers_host_type_and_session_token() {
    let headers = signed("POST", "https://abc.lambda-url.eu-west-1.on.aws/", "{}", Some("TOKEN"));
    let expected = authorization(
        "lambda",
        "content-type;host;x-amz-date;x-amz-security-token",
        "d5f69b7ee1afab19e06778553728d9871ec574187ed179d415aa66ed3b4a16ed",
    );
    assert_eq!(headers["authorization"], expected);
    assert_eq!(headers["x-amz-security-token"], "TOKEN");
    assert_eq!(headers["x-amz-date"], "20261118T110640Z");
    assert!(headers.values().all(HeaderValue::is_sensitive));
}

#[test]
fn an_apis_signature_covers_stage_path_and_query() {
    let url = "https://abc.execute-api.eu-west-1.amazonaws.com/prod/a%20b//c?code=x%2Fy&b";
    let headers = signed("POST", url, "{\"object_name\":\"한\"}", None);
    let expected = authorization(
        "execute-api",
        "content-type;host;x-amz-date",
        "cf706c80a4fe0ebc49889bb8d1c9826abfac9f80e3eb14b58fb83679588d2f86",
    );
    assert_eq!(headers["authorization"], expected);
    assert!(!headers.contains_key("x-amz-security-token"));
}

#[test]
fn a_gets_signature_covers_its_query_on_an_emulator_too() {
    let url = FunctionUrl::parse("http://127.0.0.1:9000/lambda-url/sign/").unwrap();
    let url = url.with_query(&[("n".to_owned(), "a&b 한".to_owned()), ("a".to_owned(), "1".to_owned())]);
    let headers = signed("GET", url.as_url().as_str(), "", Some("TOKEN"));
    let expected = authorization(
        "lambda",
        "host;x-amz-date;x-amz-security-token",
        "c7038da0975d48508731f5d6506bea853c8ce5958d2d362c5d9085e8a23b4705",
    );
    assert_eq!(headers["authorization"], expected);
}

#[test]
fn a_wrong_clock_signs_by_the_functions() {
    let now = UNIX_EPOCH + NOW;
    let at = |seconds| by_server(now, Some(ClockAhead { seconds }));
    assert_eq!(at(1200), now + Duration::from_mins(20));
    assert_eq!(at(-1200), now - Duration::from_mins(20));
    assert_eq!(at(5), now);
    assert_eq!(by_server(now, None), now);
}
