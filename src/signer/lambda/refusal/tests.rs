//! Answers as AWS writes them, and what is kept of them.

use super::*;

const NO_SECRET: &dyn Fn(&str) -> bool = &|_| false;

struct Answer<'a> {
    status: u16,
    headers: &'a [(&'a str, &'a str)],
    body: &'a str,
}

impl Answer<'_> {
    fn refusal(&self, is_function_url: bool) -> LambdaRefusal {
        let header = |name: &str| {
            let found = self.headers.iter().find(|(header, _)| *header == name);
            found.map(|(_, value)| *value)
        };
        UrlAnswer {
            status: self.status,
            header: &header,
            body: self.body.as_bytes(),
            is_function_url,
            sends_key: false,
            is_secret: &|text| text.contains("CANARY"),
        }
        .refusal()
    }
}

fn forbidden(error_type: &str, body: &str, is_function_url: bool) -> RefusalKind {
    let headers = [("x-amzn-errortype", error_type)];
    let status = 403;
    let headers = if error_type.is_empty() { &[][..] } else { &headers[..] };
    Answer { status, headers, body }.refusal(is_function_url).kind
}

#[test]
fn a_403_tells_permissions_keys_paths_and_credentials_apart() {
    let kinds = [
        // A function URL without its permissions, or without the signature that it wants.
        (
            "AccessDeniedException",
            r#"{"Message":"Forbidden"}"#,
            true,
            RefusalKind::NotAllowed,
        ),
        (
            "AccessDeniedException",
            r#"{"Message":null}"#,
            true,
            RefusalKind::NotAllowed,
        ),
        ("", "", false, RefusalKind::NotAllowed),
        // API Gateway.
        (
            "MissingAuthenticationTokenException",
            r#"{"message":"Missing Authentication Token"}"#,
            false,
            RefusalKind::WrongPath,
        ),
        (
            "ForbiddenException",
            r#"{"message":"Forbidden"}"#,
            false,
            RefusalKind::ApiKey,
        ),
        (
            "AccessDeniedException",
            r#"{"Message":"User is not authorized to access this resource with an explicit deny"}"#,
            false,
            RefusalKind::ApiKey,
        ),
        (
            "AccessDeniedException",
            r#"{"Message":"User: arn:aws:iam::1:user/me is not authorized to perform: execute-api:Invoke on resource: x"}"#,
            false,
            RefusalKind::ApiNotAllowed,
        ),
        // Signatures.
        (
            "ExpiredTokenException",
            r#"{"message":"The security token included in the request is expired"}"#,
            false,
            RefusalKind::SessionExpired,
        ),
        (
            "InvalidSignatureException",
            r#"{"message":"Signature expired: 20261124T050000Z is now earlier than 20261124T051500Z"}"#,
            false,
            RefusalKind::Clock,
        ),
        (
            "InvalidSignatureException",
            r#"{"message":"The request signature we calculated does not match the signature you provided."}"#,
            true,
            RefusalKind::Signature,
        ),
        (
            "UnrecognizedClientException",
            r#"{"message":"The security token included in the request is invalid."}"#,
            false,
            RefusalKind::Signature,
        ),
        // The function's own words.
        ("", r#"{"error":"only on Fridays"}"#, true, RefusalKind::Other),
    ];
    for (error_type, body, is_function_url, kind) in kinds {
        assert_eq!(
            forbidden(error_type, body, is_function_url),
            kind,
            "{error_type} {body}"
        );
    }
}

#[test]
fn every_status_asks_for_something_of_its_own() {
    for (status, kind, is_passing) in [
        (400, RefusalKind::Other, false),
        (401, RefusalKind::Unauthorized, false),
        (404, RefusalKind::NotFound, false),
        (405, RefusalKind::Method, false),
        (413, RefusalKind::TooLarge, false),
        (415, RefusalKind::MediaType, false),
        (429, RefusalKind::Busy, true),
        (500, RefusalKind::Failed, false),
        (502, RefusalKind::Failed, true),
        (503, RefusalKind::Busy, true),
        (504, RefusalKind::Busy, true),
    ] {
        let refusal = Answer {
            status,
            headers: &[],
            body: "{}",
        }
        .refusal(false);
        assert_eq!((refusal.kind, refusal.is_passing()), (kind, is_passing), "{status}");
    }
}

#[test]
fn a_page_for_people_is_no_function_unless_it_is_only_busy() {
    let page = |status| {
        let headers = &[("content-type", "text/html; charset=utf-8")];
        let body = "<!DOCTYPE html><title>CANARY</title>";
        Answer { status, headers, body }.refusal(false)
    };
    assert_eq!(page(404).kind, RefusalKind::WebPage);
    assert_eq!(page(403).kind, RefusalKind::WebPage);
    assert_eq!(page(503).kind, RefusalKind::Busy);
    assert_eq!(page(404).message, None);
}

#[test]
fn retry_after_is_believed_for_half_a_minute_where_waiting_helps() {
    let wait = |status, value: &str| {
        let headers = &[("retry-after", value)];
        Answer {
            status,
            headers,
            body: "",
        }
        .refusal(false)
        .retry_after
    };
    assert_eq!(wait(429, "3"), Some(Duration::from_secs(3)));
    assert_eq!(wait(503, "86400"), Some(Duration::from_secs(30)));
    assert_eq!(wait(503, "Tue, 24 Nov 2026 05:00:00 GMT"), None);
    assert_eq!(wait(503, "-1"), None);
    assert_eq!(wait(403, "3"), None);
}

#[test]
fn what_is_kept_is_one_short_line_with_its_request_id() {
    let long = "a".repeat(500);
    let body = format!(r#"{{"errorType":"KeyError","errorMessage":"line one\r\n\u001b[31m{long}"}}"#);
    let headers = &[
        ("x-amzn-requestid", "e4c2-1"),
        ("x-amzn-errortype", "InternalFailureException:http://internal.example/"),
    ];
    let refusal = Answer {
        status: 500,
        headers,
        body: &body,
    }
    .refusal(true);
    let message = refusal.message.clone().unwrap_or_default();
    assert!(message.starts_with("line one [31maaa"), "{message}");
    assert_eq!(message.chars().count(), 200);
    assert_eq!(refusal.error_type.as_deref(), Some("InternalFailureException"));
    assert_eq!(refusal.request_id.as_deref(), Some("e4c2-1"));
    let shown = refusal.to_string();
    assert!(
        shown.contains("status 500 (InternalFailureException): line one"),
        "{shown}"
    );
}

#[test]
fn the_words_stand_where_functions_put_them() {
    let message = |body| {
        Answer {
            status: 400,
            headers: &[],
            body,
        }
        .refusal(false)
        .message
    };
    for body in [
        r#"{"message":"no"}"#,
        r#"{"Message":"no"}"#,
        r#"{"error":"no"}"#,
        r#"{"error":{"code":3,"message":"no"}}"#,
        r#"{"detail":"no","fields":{"policy":"CANARY"}}"#,
    ] {
        assert_eq!(message(body).as_deref(), Some("no"), "{body}");
    }
    for body in [
        "",
        "no",
        "[1]",
        r#"{"message":7}"#,
        r#"{"message":"  "}"#,
        r#"{"url":"CANARY"}"#,
    ] {
        assert_eq!(message(body), None, "{body}");
    }
}

#[test]
fn nobodys_secret_is_repeated() {
    let kept = |text: &str| cleaned(text, &|text| text.contains("CANARYkey"));
    assert_eq!(kept("the key CANARYkey is not known"), None);
    // API Gateway, of a bearer token where it wants a signature.
    assert_eq!(
        kept("'x' not a valid key=value pair (missing equal-sign) in Authorization header: 'Bearer x'."),
        None
    );
    assert_eq!(
        kept("Authorization header requires 'Credential' parameter. Authorization=Bearer x"),
        None
    );
    assert_eq!(
        kept(
            "The request signature we calculated does not match. Check your key. The Canonical String for this request \
             should have been 'POST\nx-amz-security-token:TOKEN'"
        )
        .as_deref(),
        Some("The request signature we calculated does not match. Check your key.")
    );
}

#[test]
fn an_invocations_errors_are_told_apart() {
    for (status, code, message, kind) in [
        (
            403,
            "AccessDeniedException",
            "User: x is not authorized",
            RefusalKind::InvokeNotAllowed,
        ),
        (
            404,
            "ResourceNotFoundException",
            "Function not found: arn",
            RefusalKind::NoFunction,
        ),
        (429, "TooManyRequestsException", "Rate exceeded", RefusalKind::Busy),
        (413, "RequestTooLargeException", "", RefusalKind::TooLarge),
        (500, "ServiceException", "", RefusalKind::Busy),
        (502, "InvalidRuntimeException", "", RefusalKind::Failed),
        (503, "", "", RefusalKind::Busy),
        (403, "UnrecognizedClientException", "", RefusalKind::Signature),
        (403, "ExpiredTokenException", "", RefusalKind::SessionExpired),
        (
            403,
            "InvalidSignatureException",
            "Signature expired: now",
            RefusalKind::Clock,
        ),
        (403, "", "", RefusalKind::InvokeNotAllowed),
        (400, "InvalidParameterValueException", "", RefusalKind::Other),
    ] {
        let refusal = of_invocation(status, Some(code), Some(message), Some("r-1"), Some("2"));
        assert_eq!(refusal.kind, kind, "{code}");
        assert_eq!(refusal.request_id.as_deref(), Some("r-1"));
    }
    let busy = of_invocation(429, None, None, None, Some("2"));
    assert_eq!(
        (busy.retry_after, busy.error_type),
        (Some(Duration::from_secs(2)), None)
    );
}

proptest::proptest! {
    #[test]
    fn any_answer_gives_a_short_line(status in 100_u16..600, body in ".*", message in ".*") {
        let said = serde_json::json!({"message": message}).to_string();
        for body in [&body, &said] {
            let refusal = Answer { status, headers: &[], body }.refusal(false);
            let message = refusal.message.unwrap_or_default();
            proptest::prop_assert!(message.chars().count() <= 200 && !message.contains(char::is_control));
        }
    }
}

#[test]
fn the_type_is_the_last_word_of_its_name() {
    assert_eq!(
        short_type("com.amazonaws.lambda#TooManyRequestsException"),
        "TooManyRequestsException"
    );
    assert_eq!(text_of(None, &["message"], NO_SECRET), None);
}
