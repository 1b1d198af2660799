use super::*;

fn failure(status: u16, code: &str, message: &str) -> Failure {
    let error = S3Error {
        status,
        code: code.to_owned(),
        message: message.to_owned(),
        request_id: Some("R1".to_owned()),
        ..S3Error::default()
    };
    let about = About {
        region: None,
        bucket: Some("media"),
        object_key: Some("a/b.png"),
        profile: Some("work"),
        signed_elsewhere: false,
        acl: None,
        size_bytes: Some(5),
    };
    Failure::from_s3(&error, &about)
}

/// Status, code, message; what scripts see, whether trying again may help, and words that the sentences must hold.
const TABLE: &[(u16, &str, &str, Code, bool, &str)] = &[
    (
        403,
        "AccessDenied",
        "Access Denied",
        Code::AccessDenied,
        false,
        "s3:PutObject on arn:aws:s3:::media/a/b.png",
    ),
    (
        403,
        "AccessDenied",
        "Invalid according to Policy: Policy expired.",
        Code::FormExpired,
        true,
        "clock",
    ),
    (
        403,
        "AccessDenied",
        "Invalid according to Policy: Extra input fields: x",
        Code::PolicyRefused,
        false,
        "x",
    ),
    (
        403,
        "SignatureDoesNotMatch",
        "",
        Code::CredentialsRefused,
        true,
        "secret access key of profile \"work\"",
    ),
    (
        403,
        "InvalidAccessKeyId",
        "",
        Code::CredentialsRefused,
        true,
        "access key",
    ),
    (400, "ExpiredToken", "", Code::CredentialsRefused, true, "expired"),
    (
        400,
        "InvalidToken",
        "",
        Code::CredentialsRefused,
        true,
        "temporary credentials",
    ),
    (
        400,
        "AccessControlListNotSupported",
        "",
        Code::AclRefused,
        false,
        "Drop the ACL",
    ),
    (
        400,
        "InvalidRequest",
        "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.",
        Code::BadRequest,
        false,
        "Signature Version 4",
    ),
    (400, "EntityTooLarge", "", Code::TooLarge, false, "smaller file"),
    (400, "EntityTooSmall", "", Code::TooSmall, false, "larger file"),
    (404, "NoSuchBucket", "", Code::NoSuchBucket, false, "\"media\""),
    (301, "PermanentRedirect", "", Code::BadRequest, false, "region"),
    (403, "RequestTimeTooSkewed", "", Code::ClockWrong, true, "clock"),
    (400, "KeyTooLongError", "", Code::BadRequest, false, "Shorten"),
    (400, "MetadataTooLarge", "", Code::BadRequest, false, "2 KB"),
    (400, "InvalidStorageClass", "", Code::BadRequest, false, "storage class"),
    (
        400,
        "MaxPostPreDataLengthExceeded",
        "",
        Code::BadRequest,
        false,
        "metadata",
    ),
    (412, "PreconditionFailed", "", Code::ObjectExists, false, "another key"),
    (400, "BadDigest", "", Code::ProofFailed, true, "not the bytes"),
    (503, "SlowDown", "", Code::S3, true, "Try again"),
    (502, "HTTP 502", "", Code::S3, true, "Try again"),
    (501, "NotImplemented", "", Code::BadRequest, false, "POST Object"),
    (413, "HTTP 413", "", Code::TooLarge, false, "gateway"),
    (
        400,
        "MalformedPOSTRequest",
        "The body is not well-formed.",
        Code::S3,
        false,
        "request id",
    ),
];

#[test]
fn every_refusal_says_what_to_change() {
    for (status, code, message, expected, retryable, words) in TABLE {
        let failure = failure(*status, code, message);
        let text = failure.to_string();
        assert_eq!(failure.code, *expected, "{code}: {text}");
        assert_eq!(failure.retryable, *retryable, "{code}: {text}");
        assert!(text.contains(words), "{code}: {text}");
        assert!(
            !failure.english().what.ends_with('.') && !failure.english().hint.is_empty(),
            "{code}: {text}"
        );
        assert_eq!(failure.request_id.as_deref(), Some("R1"));
    }
}

/// The classic handler's form, in a bucket as they are made today.
#[test]
fn an_acl_in_somebody_elses_form_is_theirs_to_drop() {
    let error = S3Error {
        code: "AccessControlListNotSupported".to_owned(),
        ..S3Error::default()
    };
    let about = About {
        signed_elsewhere: true,
        ..About::default()
    };
    let failure = Failure::from_s3(&error, &about);
    assert_eq!(failure.code, Code::AclRefused);
    assert!(failure.to_string().contains("owner"), "{failure}");
}

#[test]
fn a_public_acl_is_named_where_access_is_denied() {
    let error = S3Error {
        code: "AccessDenied".to_owned(),
        ..S3Error::default()
    };
    let about = About {
        signed_elsewhere: false,
        acl: Some("public-read"),
        ..About::default()
    };
    let hint = Failure::from_s3(&error, &about).english().hint;
    assert!(
        hint.contains("s3:PutObjectAcl") && hint.contains("\"public-read\""),
        "{hint}"
    );
}
