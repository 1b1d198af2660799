//! Every bad input gets one sentence, and what to change.

use super::*;
use crate::aws::{AccountError, BucketsError};
use crate::s3::{AddressError, KeyTemplateError, ObjectKeyError, Refusal};
use crate::signer::lambda::{LambdaRefusal, RefusalKind, TemplateError, UrlError};
use crate::signer::{LambdaError, SignerError};
use crate::store::{SettingsError, StoreError};
use crate::transfer::{ConnectKind, PostError, SourceError};

fn connect(kind: ConnectKind) -> Failure {
    let reason = "the chain".to_owned();
    Failure::from_post(&PostError::Connect { kind, reason }, &About::default())
}

fn broken(sent_bytes: u64) -> Failure {
    let about = About {
        size_bytes: Some(100),
        ..About::default()
    };
    let reason = "connection reset".to_owned();
    Failure::from_post(&PostError::Broken { sent_bytes, reason }, &about)
}

fn bad_inputs() -> Vec<(Failure, Code, &'static str)> {
    let unknown = AccountError::UnknownProfile { name: "wrok".into() };
    let bucket = || "media".to_owned();
    vec![
        (Failure::from(&AccountError::NoProfile), Code::NoProfile, "sandbox"),
        (Failure::from(&unknown), Code::UnknownProfile, "\"wrok\""),
        (
            Failure::from(&SignerError::NoSuchBucket { bucket: bucket() }),
            Code::NoSuchBucket,
            "spelling",
        ),
        (
            Failure::from(&SignerError::NoRegion { bucket: bucket() }),
            Code::NoRegion,
            "us-east-1",
        ),
        (
            Failure::from(&BucketsError::Denied),
            Code::ListDenied,
            "Type the bucket's name",
        ),
        (Failure::from(&AddressError::PlainHttp), Code::BadRequest, "https://"),
        (super::form::too_large_for_post(5_368_709_121), Code::TooLarge, "5 GiB"),
        (
            Failure::from(&SourceError::NotReadable),
            Code::FileUnreadable,
            "permission",
        ),
        (Failure::from(&SourceError::Gone), Code::FileGone, "Put it back"),
        (
            Failure::from(&SourceError::Changed),
            Code::FileChanged,
            "nothing writes to it",
        ),
        (Failure::from(&SourceError::NotAFile), Code::NotAFile, "regular files"),
        (Failure::from(&ObjectKeyError::DoubleDollar), Code::BadRequest, "Rename"),
        (
            Failure::from(&ObjectKeyError::TooLong { bytes: 1025 }),
            Code::BadRequest,
            "Shorten",
        ),
        (
            Failure::from(&KeyTemplateError::Empty),
            Code::BadRequest,
            "{rand}/{name}",
        ),
        (
            Failure::from(&Refusal::Expired { ago_secs: 5 }),
            Code::FormExpired,
            "Try again",
        ),
        (Failure::from(&Refusal::UnsafeTarget), Code::BadRequest, "https://"),
        (Failure::from(&StoreError::DiskFull), Code::Store, "Make room"),
        (
            Failure::from(&SettingsError::Broken {
                set_aside: "/x/s.json".into(),
            }),
            Code::Settings,
            "s.json",
        ),
        (connect(ConnectKind::Dns), Code::NoConnection, "spelling"),
        (connect(ConnectKind::Proxy), Code::ProxyRefused, "HTTPS_PROXY"),
        (connect(ConnectKind::NotTrusted), Code::NotTrusted, "AWS_CA_BUNDLE"),
        (broken(40), Code::ConnectionBroken, "likely refused"),
        (broken(100), Code::ConnectionBroken, "Check the network"),
    ]
}

fn refused(kind: RefusalKind) -> Failure {
    Failure::from(&LambdaError::from(Box::new(LambdaRefusal {
        kind,
        status: 403,
        error_type: Some("AccessDeniedException".to_owned()),
        message: Some("not today".to_owned()),
        request_id: Some("R1".to_owned()),
        retry_after: None,
    })))
}

/// What functions and their URLs do wrong.
fn functions() -> Vec<(Failure, Code, &'static str)> {
    let failed = |error: LambdaError| Failure::from(&SignerError::from(error));
    let host = "login.example.com".to_owned();
    let path = "/prod/".to_owned();
    let nobody = LambdaError::Connect {
        kind: ConnectKind::Dns,
        reason: "the chain".to_owned(),
    };
    vec![
        (
            refused(RefusalKind::NotAllowed),
            Code::LambdaRefused,
            "lambda:InvokeFunctionUrl and lambda:InvokeFunction",
        ),
        (
            refused(RefusalKind::InvokeNotAllowed),
            Code::LambdaRefused,
            "lambda:InvokeFunction",
        ),
        (refused(RefusalKind::ApiKey), Code::LambdaRefused, "x-api-key"),
        (refused(RefusalKind::WrongPath), Code::LambdaRefused, "stage and path"),
        (refused(RefusalKind::Method), Code::LambdaRefused, "--lambda-method"),
        (refused(RefusalKind::Signature), Code::CredentialsRefused, "keys"),
        (refused(RefusalKind::Clock), Code::ClockWrong, "clock"),
        (refused(RefusalKind::WebPage), Code::LambdaAnswer, "Check the URL"),
        (refused(RefusalKind::Busy), Code::LambdaBusy, "concurrency"),
        (refused(RefusalKind::Failed), Code::LambdaFailed, "CloudWatch"),
        (
            refused(RefusalKind::Other),
            Code::LambdaRefused,
            "(status 403: not today)",
        ),
        (failed(LambdaError::NotInTime { seconds: 35 }), Code::LambdaBusy, "35 s"),
        (
            failed(LambdaError::OtherHost { host }),
            Code::LambdaRefused,
            "login.example.com",
        ),
        (failed(LambdaError::Moved { path }), Code::LambdaRefused, "/prod/"),
        (failed(LambdaError::TooLong), Code::LambdaAnswer, "1 MiB"),
        (failed(nobody), Code::NoConnection, "spelling"),
        (failed(UrlError::NotSafe.into()), Code::BadRequest, "https://"),
        (
            failed(TemplateError::NoObjectName.into()),
            Code::BadRequest,
            "{\"file\":\"{object_name}\"",
        ),
        (failed(LambdaError::NoRegion), Code::NoRegion, "ARN"),
    ]
}

#[test]
fn a_functions_refusal_keeps_its_request_id_and_its_type() {
    let failure = refused(RefusalKind::NotAllowed);
    assert_eq!(failure.request_id.as_deref(), Some("R1"));
    assert!(
        failure
            .details
            .join("\n")
            .contains("status 403 (AccessDeniedException): not today"),
        "{failure:?}"
    );
    assert!(!failure.retryable && refused(RefusalKind::Busy).retryable);
}

#[test]
fn every_bad_input_says_what_to_change() {
    for (failure, code, words) in bad_inputs().into_iter().chain(functions()) {
        let text = failure.to_string();
        assert_eq!(failure.code, code, "{text}");
        assert!(text.contains(words), "{text}");
        assert!(!failure.english().hint.is_empty(), "{text}");
        assert!(
            !failure.english().what.ends_with('.') && !failure.english().hint.ends_with('.'),
            "{text}"
        );
    }
}

#[test]
fn an_expired_login_comes_with_the_command_that_renews_it() {
    let failure = Failure::from(&AccountError::LoginExpired {
        profile: "work".to_owned(),
        command: "aws sso login --profile work".to_owned(),
    });
    assert_eq!(failure.command.as_deref(), Some("aws sso login --profile work"));
    assert!(failure.retryable);
}

#[test]
fn a_profile_that_a_shell_would_split_is_quoted_in_its_command() {
    let failure = Failure::from(&AccountError::UnknownProfile {
        name: "my work".to_owned(),
    });
    assert_eq!(failure.command.as_deref(), Some("aws configure --profile 'my work'"));
}
