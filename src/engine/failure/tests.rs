//! Every bad input gets one sentence, and what to change.

use super::*;
use crate::aws::{AccountError, BucketsError};
use crate::s3::{AddressError, KeyTemplateError, ObjectKeyError, Refusal};
use crate::signer::SignerError;
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
        (
            Failure::from(&SourceError::TooLarge {
                size_bytes: 5_368_709_121,
            }),
            Code::TooLarge,
            "5 GiB",
        ),
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

#[test]
fn every_bad_input_says_what_to_change() {
    for (failure, code, words) in bad_inputs() {
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
