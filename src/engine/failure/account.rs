//! Failures of profiles, credentials, buckets, and the signer.

use super::transfer::no_connection;
use super::{About, Code, Failure};
use crate::aws::{AccountError, BucketsError, HttpError, ProfilesError};
use crate::signer::SignerError;
use crate::transfer::ConnectKind;

impl From<&AccountError> for Failure {
    fn from(error: &AccountError) -> Self {
        match error {
            AccountError::NoProfile => Self::new(
                Code::NoProfile,
                "No AWS profile and no AWS keys were found on this machine",
                "Set up a profile, or try the sandbox, which needs none",
            )
            .command("aws configure"),
            AccountError::UnknownProfile { name } => Self::new(
                Code::UnknownProfile,
                format!("There is no AWS profile named {name:?}"),
                "Choose one that `dropslot profiles` lists, or set this one up",
            )
            .command(format!("aws configure --profile {}", shell_word(name))),
            AccountError::LoginExpired { profile, command } => Self::new(
                Code::LoginExpired,
                format!("The login of profile {profile:?} has expired"),
                format!("Log in again: {command}"),
            )
            .retryable()
            .command(command.as_str()),
            AccountError::NoCredentials { profile, reason } => Self::new(
                Code::NoCredentials,
                format!("Profile {profile:?} gives no credentials"),
                "See the details for what the AWS SDK says, mend the profile, and try again",
            )
            .retryable()
            .detail(reason.as_str()),
            AccountError::Files { reason } => files().detail(reason.as_str()),
        }
    }
}

/// A name as a shell takes it.
fn shell_word(word: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./@:".contains(letter);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

fn files() -> Failure {
    Failure::new(
        Code::NoCredentials,
        "The AWS configuration files could not be read",
        "Mend ~/.aws/config and ~/.aws/credentials; the details name the place",
    )
}

impl From<&ProfilesError> for Failure {
    fn from(error: &ProfilesError) -> Self {
        files().because(error)
    }
}

impl From<&HttpError> for Failure {
    fn from(error: &HttpError) -> Self {
        match error {
            HttpError::CaBundle { path } => Self::new(
                Code::NotTrusted,
                format!("AWS_CA_BUNDLE names {path}, which holds no readable certificate"),
                "Point AWS_CA_BUNDLE at a PEM file, or unset it",
            ),
            HttpError::Build(_) => Self::new(
                Code::NoConnection,
                "The HTTP client could not be set up",
                "Check HTTPS_PROXY and the system's proxy settings",
            )
            .because(error),
        }
    }
}

impl From<&BucketsError> for Failure {
    fn from(error: &BucketsError) -> Self {
        match error {
            BucketsError::Denied => Self::new(
                Code::ListDenied,
                "This profile may not list buckets",
                "Type the bucket's name, or ask for the permission s3:ListAllMyBuckets",
            ),
            BucketsError::Account(error) => error.into(),
            BucketsError::Address(error) => error.into(),
            BucketsError::S3(error) => Self::from_s3(error, &About::default()),
            BucketsError::Unreachable { reason } => no_connection(connect_kind(reason), reason),
        }
    }
}

/// The SDK keeps the types of its causes to itself: their words are all there is to go by.
fn connect_kind(reason: &str) -> ConnectKind {
    let signs = [
        ("tunnel error", ConnectKind::Proxy),
        ("certificate", ConnectKind::NotTrusted),
        ("TLS", ConnectKind::Tls),
        ("failed to lookup address", ConnectKind::Dns),
        ("dns error", ConnectKind::Dns),
        ("Connection refused", ConnectKind::Refused),
        ("timed out", ConnectKind::TimedOut),
        ("timeout", ConnectKind::TimedOut),
    ];
    let found = signs.into_iter().find(|(sign, _)| reason.contains(sign));
    found.map_or(ConnectKind::Network, |(_, kind)| kind)
}

impl From<&SignerError> for Failure {
    fn from(error: &SignerError) -> Self {
        match error {
            SignerError::Account(error) => error.into(),
            SignerError::Address(error) => error.into(),
            SignerError::Options(error) => error.into(),
            SignerError::Buckets(error) => error.into(),
            SignerError::NoRegion { bucket } => Self::new(
                Code::NoRegion,
                format!("The region of bucket {bucket:?} is not known"),
                "Give the destination a region, such as us-east-1",
            ),
            SignerError::NoSuchBucket { bucket } => no_such_bucket(Some(bucket)),
        }
    }
}

pub(super) fn no_such_bucket(bucket: Option<&str>) -> Failure {
    Failure::new(
        Code::NoSuchBucket,
        match bucket {
            Some(bucket) => format!("There is no bucket named {bucket:?}"),
            None => "There is no such bucket".to_owned(),
        },
        "Check the name's spelling, the profile and the endpoint",
    )
}
