//! Every shape that is in use, and what must never be taken.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on must fail loudly"
)]

use super::*;
use crate::s3::PresignedPost;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

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
    for shape in [
        // AppSync's AWSJSON, PHP's two halves, GraphQL's own names, a URL in a URL's place.
        format!(r#"{{"url":"{url}","fields":{}}}"#, text_of(fields)),
        format!(r#"{{"attributes":{{"action":"{url}","method":"POST"}},"inputs":{fields}}}"#),
        format!(r#"{{"data":{{"createUpload":{{"presignedPost":{FORM}}}}}}}"#),
        format!(r#"{{"uuid":"u","signedUrl":{FORM}}}"#),
        format!(r#"{{"message":"ok","status":"success","upload_info":{FORM}}}"#),
        format!(r#"{{"statusCode":200,"data":{FORM}}}"#),
        format!(r#"{{"statusCode":"200","body":{text}}}"#),
        format!(r#"{{"preSignedUrl":"{url}","fields":{fields}}}"#),
        format!(r#"{{"postEndpoint":"{url}","signature":{fields}}}"#),
        format!(r#"{{"upload_url":"{url}","upload_fields":{fields}}}"#),
        format!(r#"{{"PresignedUrl":"{url}","Fields":{fields}}}"#),
        format!(r#"{{"results":[{FORM}]}}"#),
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
fn beside_an_upload_url_a_bare_url_is_the_finished_object() {
    let fields = r#"{"key":"files/a.png","policy":"cG9saWN5"}"#;
    for name in ["uploadUrl", "upload_url", "presigned_url", "postUrl", "signedUrl"] {
        let shape = format!(
            r#"{{"url":"https://b.s3.amazonaws.com/files/a.png","{name}":"https://b.s3.amazonaws.com","fields":{fields}}}"#
        );
        let reply = read(&shape).unwrap();
        assert_eq!(reply.upload.url(), "https://b.s3.amazonaws.com", "{name}");
        assert_eq!(
            reply.public_url.as_deref(),
            Some("https://b.s3.amazonaws.com/files/a.png"),
            "{name}"
        );
    }
}

#[test]
fn a_form_that_lies_flat_beside_its_url_is_gathered() {
    let flat = r#"{"action":"https://b.s3.amazonaws.com","method":"POST","enctype":"multipart/form-data","key":"a","acl":"private","X-Amz-Credential":"c","Policy":"cG9saWN5","X-Amz-Signature":"s"}"#;
    let names: Vec<String> = post(flat).fields.into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["key", "acl", "X-Amz-Credential", "Policy", "X-Amz-Signature"]);
}

#[test]
fn of_several_forms_none_is_taken() {
    let several = format!(r#"{{"large":{FORM},"small":{FORM}}}"#);
    assert_eq!(read(&several), Err(VendorReplyError::NoForm));
    assert_eq!(read(&format!("[{FORM},{FORM}]")), Err(VendorReplyError::NoForm));
}

#[test]
fn the_same_field_in_two_spellings_is_one() {
    let shape = r#"{"url":"https://b.s3.amazonaws.com/","fields":{"Key":"a","bucket":"b","key":"a"}}"#;
    let names: Vec<String> = post(shape).fields.into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["Key", "bucket"]);
}

#[test]
fn a_signed_link_is_no_link_to_keep() {
    let signed = "https://b.s3.amazonaws.com/a.png?X-Amz-Signature=abc";
    let shape = FORM.replacen('{', &format!(r#"{{"downloadUrl":"{signed}","#), 1);
    assert_eq!(read(&shape).unwrap().public_url, None);
    let shape = format!(r#"{{"uploadUrl":"{signed}","downloadUrl":"{signed}"}}"#);
    assert_eq!(read(&shape).unwrap().public_url, None);
}

#[test]
fn a_puts_headers_are_those_that_the_client_does_not_write_itself() {
    let vapor = r#"{"uuid":"u","url":"https://b.s3.amazonaws.com/a?X-Amz-Signature=abc","headers":{"Host":["b.s3.amazonaws.com"],"x-amz-acl":["private"],"Content-Type":"image/png","content-length":7}}"#;
    let PresignedUpload::Put(put) = read(vapor).unwrap().upload else {
        panic!("no PUT");
    };
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(
        put.headers,
        [header("x-amz-acl", "private"), header("Content-Type", "image/png")]
    );
    for name in ["a b", "a:b", "é", ""] {
        let shape =
            format!(r#"{{"url":"https://b.s3.amazonaws.com/a?X-Amz-Signature=abc","headers":{{"{name}":"v"}}}}"#);
        let field = name.to_owned();
        assert_eq!(read(&shape), Err(VendorReplyError::LineBreak { field }));
    }
}

/// Where each member is looked for among all before it, this takes longer than a test may.
#[test]
fn as_many_members_as_an_answer_can_hold_are_read_at_once() {
    let members: String = (0..60_000).fold(String::new(), |members, index| members + &format!(r#""n{index}":"v","#));
    let many = format!(r#"{{"url":"https://b.s3.amazonaws.com/","fields":{{{members}"key":"a"}}}}"#);
    let form = read(&many).unwrap();
    assert!(matches!(
        form.upload.fitted("image/png"),
        Err(crate::s3::Refusal::FormTooLarge { .. })
    ));
    assert_eq!(read(&format!("{{{members}\"a\":1}}")), Err(VendorReplyError::NoForm));
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
        (r#"{"url":"","fields":{"key":"a"}}"#, E::NoForm),
        (r#"{"message":"Forbidden"}"#, refused(None, "Forbidden")),
        (r#"{"error":"no","url":"","fields":""}"#, refused(None, "no")),
        (
            r#"{"data":null,"errors":[{"message":"denied"}]}"#,
            refused(None, "denied"),
        ),
        (
            r#"{"statusCode":400,"message":["object_name is missing"],"error":"Bad Request"}"#,
            refused(Some(400), "object_name is missing"),
        ),
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
