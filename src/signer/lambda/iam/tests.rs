//! Signatures that a verifier of its own (botocore) must come to as well are held in `tests/lambda`; here is what goes
//! into them.

use super::*;
use std::time::UNIX_EPOCH;

const NOW: Duration = Duration::from_secs(1_795_000_000);

fn signed(url: &str, token: Option<&str>) -> HeaderMap {
    let url = FunctionUrl::parse(url).unwrap();
    let headers = [("content-type", "application/json")];
    let request = Unsigned {
        method: "POST",
        url: &url,
        headers: &headers,
        body: b"{}",
    };
    let credentials = Credentials::new("AKIDEXAMPLE", "SECRET", token.map(str::to_owned), None, "test");
    signed_headers(&request, "eu-west-1", credentials, UNIX_EPOCH + NOW).unwrap()
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers[name].to_str().unwrap()
}

#[test]
fn a_signature_covers_host_type_and_session_token() {
    let headers = signed("https://abc.lambda-url.eu-west-1.on.aws/", Some("TOKEN"));
    let authorization = text(&headers, "authorization");
    assert!(
        authorization.contains("/eu-west-1/lambda/aws4_request"),
        "{authorization}"
    );
    assert!(
        authorization.contains("SignedHeaders=content-type;host;x-amz-date;x-amz-security-token,"),
        "{authorization}"
    );
    assert_eq!(text(&headers, "x-amz-security-token"), "TOKEN");
    assert!(headers.values().all(HeaderValue::is_sensitive));
    assert!(!signed("https://a.example/", None).contains_key("x-amz-security-token"));
}

#[test]
fn a_signature_is_of_one_url_and_its_query_alone() {
    let signature = |url| text(&signed(url, None), "authorization").to_owned();
    let one = signature("https://abc.execute-api.eu-west-1.amazonaws.com/prod?a=1");
    assert!(one.contains("/execute-api/"), "{one}");
    assert_ne!(
        one,
        signature("https://abc.execute-api.eu-west-1.amazonaws.com/prod?a=2")
    );
    assert_ne!(
        one,
        signature("https://abc.execute-api.eu-west-1.amazonaws.com/prod/?a=1")
    );
}

#[test]
fn a_wrong_clock_signs_by_the_functions() {
    let now = UNIX_EPOCH + NOW;
    let at = |seconds| by_server(now, Some(ClockAhead { seconds }));
    assert_eq!(at(1200), now + Duration::from_secs(1200));
    assert_eq!(at(-1200), now - Duration::from_secs(1200));
    assert_eq!(at(5), now);
    assert_eq!(by_server(now, None), now);
}
