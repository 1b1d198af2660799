//! Every shape that is in use, and what must never be taken.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on must fail loudly"
)]

use super::*;

const FORM: &str =
    r#"{"url":"https://b.s3.amazonaws.com/","fields":{"key":"a.png","policy":"cG9saWN5","n":1,"b":true}}"#;

fn read(text: &str) -> Result<VendorReply, VendorReplyError> {
    VendorReply::read(text.as_bytes())
}

fn post(text: &str) -> PresignedPost {
    match read(text).unwrap_or_else(|error| panic!("{error}: {text}")).upload {
        PresignedUpload::Post(post) => post,
        PresignedUpload::Put(_) => panic!("a PUT: {text}"),
    }
}

fn text_of(json: &str) -> String {
    serde_json::to_string(json).unwrap()
}

#[test]
fn every_shape_of_a_form_is_the_same_form() {
    let plain = post(FORM);
    let fields: Vec<_> = plain
        .fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    assert_eq!(
        fields,
        [("key", "a.png"), ("policy", "cG9saWN5"), ("n", "1"), ("b", "true")]
    );
    let text = text_of(FORM);
    let base64 = BASE64_STANDARD.encode(FORM);
    let fields = r#"{"key":"a.png","policy":"cG9saWN5","n":1,"b":true}"#;
    let url = "https://b.s3.amazonaws.com/";
    for shape in [
        format!(" \u{feff}{FORM}\n").trim_start().to_owned(),
        text.clone(),
        text_of(&text),
        format!("[{FORM}]"),
        format!(r#"{{"statusCode":200,"body":{text}}}"#),
        format!(r#"{{"statusCode":200,"body":{FORM}}}"#),
        format!(r#"{{"statusCode":200,"isBase64Encoded":true,"body":"{base64}"}}"#),
        format!(r#"{{"method":"POST","url":"{url}","fields":{fields},"expires":900}}"#),
        format!(r#"{{"data":{{"presignedPost":{FORM}}}}}"#),
        format!(r#"{{"result":{text}}}"#),
        format!(r#"{{"uploadURL":"{url}","formData":{fields}}}"#),
        format!(r#"{{"postURL":"{url}","formData":{fields}}}"#),
        format!(r#"{{"upload_url":"{url}","form_fields":{fields}}}"#),
        format!(r#"{{"url":"{url}","fields":[["key","a.png"],["policy","cG9saWN5"],["n",1],["b",true]]}}"#),
        format!(
            r#"{{"url":"{url}","fields":[{{"name":"key","value":"a.png"}},{{"key":"policy","value":"cG9saWN5"}},{{"name":"n","value":1}},{{"name":"b","value":"true"}}]}}"#
        ),
    ] {
        assert_eq!(post(&shape), plain, "{shape}");
    }
    for wrapper in names::WRAPPERS {
        assert_eq!(
            post(&format!(r#"{{"ok":true,"{wrapper}":{FORM}}}"#)),
            plain,
            "{wrapper}"
        );
    }
}

#[test]
fn beside_a_wrapped_form_the_outer_url_is_the_finished_object() {
    let shape = format!(r#"{{"data":{FORM},"url":"https://cdn.example.com/a.png"}}"#);
    assert_eq!(
        read(&shape).unwrap().public_url.as_deref(),
        Some("https://cdn.example.com/a.png")
    );
    let named = FORM.replacen('{', r#"{"publicUrl":"https://cdn.example.com/b.png","#, 1);
    assert_eq!(
        read(&named).unwrap().public_url.as_deref(),
        Some("https://cdn.example.com/b.png")
    );
    for unsafe_link in [
        "http://cdn.example.com/",
        "https://user:pass@cdn.example.com/",
        "javascript:alert(1)",
    ] {
        let named = FORM.replacen('{', &format!(r#"{{"publicUrl":"{unsafe_link}","#), 1);
        assert_eq!(read(&named).unwrap().public_url, None, "{unsafe_link}");
    }
}

#[test]
fn a_signed_url_without_fields_is_a_put() {
    let url = "https://b.s3.amazonaws.com/a.png?X-Amz-Signature=abc";
    for shape in [
        url.to_owned(),
        text_of(url),
        format!(r#"{{"url":"{url}"}}"#),
        format!(r#"{{"method":"PUT","url":"{url}","fields":[],"headers":{{}}}}"#),
        format!(r#"{{"signedRequest":"{url}","url":"https://b.s3.amazonaws.com/a.png"}}"#),
        format!(r#"{{"statusCode":200,"body":"{{\"uploadURL\":\"{url}\",\"Key\":\"a.png\"}}"}}"#),
    ] {
        let reply = read(&shape).unwrap_or_else(|error| panic!("{error}: {shape}"));
        assert_eq!(reply.upload.url(), url, "{shape}");
        assert!(matches!(reply.upload, PresignedUpload::Put(_)), "{shape}");
    }
    let with_headers = format!(r#"{{"method":"put","url":"{url}","headers":{{"Content-Type":"image/png"}}}}"#);
    assert_eq!(read(&with_headers).unwrap().upload.content_type(), Some("image/png"));
}

#[test]
fn what_is_no_form_says_what_it_is() {
    use VendorReplyError as E;
    let refused = |status, message: &str| E::Refused {
        status,
        message: message.to_owned(),
    };
    for (text, error) in [
        ("", E::Empty),
        ("<!DOCTYPE html><html></html>", E::Html),
        (
            "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>",
            E::Xml,
        ),
        ("upload", E::NotJson),
        ("{\"url\":", E::NotJson),
        ("null", E::NoForm),
        ("[]", E::NoForm),
        ("{}", E::NoForm),
        (r#"{"url":"https://b.example.com/a"}"#, E::NoForm),
        (r#"{"url":"https://b.example.com/","fields":{}}"#, E::NoForm),
        (r#"{"message":"Forbidden"}"#, refused(None, "Forbidden")),
        (
            r#"{"error":{"code":"x","message":"too large"}}"#,
            refused(None, "too large"),
        ),
        (
            r#"{"statusCode":403,"body":"{\"message\":\"no\"}"}"#,
            refused(Some(403), "no"),
        ),
        (r#"{"statusCode":500,"body":"oh\r\nno"}"#, refused(Some(500), "oh  no")),
        (
            r#"{"errorMessage":"'object_name'","errorType":"KeyError","stackTrace":["secret"]}"#,
            E::FunctionError {
                error_type: "KeyError".to_owned(),
                message: "'object_name'".to_owned(),
            },
        ),
    ] {
        assert_eq!(read(text), Err(error), "{text}");
    }
}

#[test]
fn what_would_make_a_form_lie_is_refused() {
    use VendorReplyError as E;
    let form = |url: &str, fields: &str| read(&format!(r#"{{"url":"{url}","fields":{fields}}}"#)).unwrap_err();
    let safe = "https://b.s3.amazonaws.com/";
    let name = |name: &str| name.to_owned();
    assert_eq!(
        form(safe, r#"{"key":"a","key":"b"}"#),
        E::DuplicateField { name: name("key") }
    );
    assert_eq!(
        form(safe, r#"{"key":"a","Key":"b"}"#),
        E::DuplicateField { name: name("Key") }
    );
    assert_eq!(form(safe, r#"{"key":"a","File":"b"}"#), E::FileField);
    assert_eq!(form(safe, r#"{"key":"a\r\nb"}"#), E::LineBreak { field: name("key") });
    assert_eq!(form(safe, r#"{"a\nb":"a"}"#), E::LineBreak { field: name("a b") });
    assert_eq!(form(safe, r#"{"":"a"}"#), E::LineBreak { field: name("") });
    assert_eq!(form(safe, r#"{"key":null}"#), E::FieldValue { name: name("key") });
    assert_eq!(form(safe, r#"{"key":{"a":"b"}}"#), E::FieldValue { name: name("key") });
    for target in [
        "http://b.s3.amazonaws.com/",
        "https://user:password@b.s3.amazonaws.com/",
        "ftp://b.s3.amazonaws.com/",
        "//b.s3.amazonaws.com/",
        "https://b.s3.ama zonaws.com/",
        r"https:\\\\b.s3.amazonaws.com/",
        r"https://b.s3.ama\tzonaws.com/",
        "file:///etc/passwd",
        "",
    ] {
        assert_eq!(form(target, r#"{"key":"a"}"#), E::UnsafeTarget, "{target}");
    }
    assert!(read(r#"{"url":"http://127.0.0.1:9000/b","fields":{"key":"a"}}"#).is_ok());
}

#[test]
fn depth_and_length_have_their_ends() {
    let nested = |depth: usize| format!("{}{FORM}{}", r#"{"data":"#.repeat(depth), "}".repeat(depth));
    assert!(read(&nested(6)).is_ok());
    assert_eq!(read(&nested(20)), Err(VendorReplyError::TooDeep));
    assert_eq!(read(&nested(1000)), Err(VendorReplyError::TooDeep));
    assert_eq!(read(&"[".repeat(100_000)), Err(VendorReplyError::TooDeep));
    let mut text = FORM.to_owned();
    for _ in 0..10 {
        text = text_of(&text);
    }
    assert_eq!(read(&text), Err(VendorReplyError::TooDeep));
    assert_eq!(
        VendorReply::read(&vec![b' '; MAX_REPLY_BYTES + 1]),
        Err(VendorReplyError::TooLong)
    );
}
