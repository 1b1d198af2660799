//! Failures of profiles, credentials, buckets, and the signer.

use super::transfer::no_connection;
use super::{About, Code, Failure, Text, UploadReason};
use crate::aws::{AccountError, BucketsError, ConnectKind, HttpError, ProfilesError};
use crate::signer::SignerError;
use shell_words::quote;

/// What is wrong with profiles, credentials or buckets.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum AccountReason {
    /// No profile, and no keys in the environment.
    NoProfile,
    /// A profile that does not exist.
    UnknownProfile {
        /// As asked for.
        name: String,
    },
    /// The SSO (or `aws login`) session has ended.
    LoginExpired {
        /// Whose.
        profile: String,
        /// The command that renews it.
        command: String,
    },
    /// A role that wants the code of an MFA device.
    WantsMfa {
        /// Whose.
        profile: String,
        /// The command that asks for it.
        command: String,
    },
    /// A profile that gives no credentials.
    NoCredentials {
        /// Which.
        profile: String,
    },
    /// The AWS configuration files cannot be read.
    Files,
    /// `AWS_CA_BUNDLE` holds no certificate.
    CaBundle {
        /// As set.
        path: String,
    },
    /// TLS or proxy settings of this machine.
    HttpClient,
    /// Buckets may not be listed.
    ListDenied,
    /// The bucket's region is not known.
    NoRegion {
        /// Which bucket.
        bucket: String,
    },
    /// No such bucket.
    NoSuchBucket {
        /// Its name, where it is known.
        bucket: Option<String>,
    },
}

impl AccountReason {
    pub(super) fn english(&self) -> Text {
        match self {
            Self::NoProfile => Text::new(
                "No AWS profile and no AWS keys were found on this machine",
                "Set up a profile, or try the sandbox, which needs none",
            ),
            Self::UnknownProfile { name } => Text::new(
                format!("There is no AWS profile named {name:?}"),
                "Choose one that `dropslot profiles` lists, or set this one up",
            ),
            Self::LoginExpired { profile, command } => Text::new(
                format!("The login of profile {profile:?} has expired"),
                format!("Log in again: {command}"),
            ),
            Self::WantsMfa { profile, command } => Text::new(
                format!(
                    "The role of profile {profile:?} wants the code of an MFA device, which the AWS CLI can ask for"
                ),
                format!(
                    "Type it in a terminal: {command}; and use a profile with credential_process = {}",
                    exports(profile)
                ),
            ),
            Self::NoCredentials { profile } => Text::new(
                format!("Profile {profile:?} gives no credentials"),
                "See the details for what the AWS SDK says, mend the profile, and try again",
            ),
            Self::Files => Text::new(
                "The AWS configuration files could not be read",
                "Mend ~/.aws/config and ~/.aws/credentials; the details name the place",
            ),
            Self::CaBundle { path } => Text::new(
                format!("AWS_CA_BUNDLE names {path}, which holds no readable certificate"),
                "Point AWS_CA_BUNDLE at a PEM file, or unset it",
            ),
            Self::HttpClient => Text::new(
                "The HTTP client could not be set up",
                "Check HTTPS_PROXY and the system's proxy settings",
            ),
            Self::ListDenied => Text::new(
                "This profile may not list buckets",
                "Type the bucket's name, or ask for the permission s3:ListAllMyBuckets",
            ),
            Self::NoRegion { bucket } => Text::new(
                format!("The region of bucket {bucket:?} is not known"),
                "Give the destination a region, such as us-east-1",
            ),
            Self::NoSuchBucket { bucket } => Text::new(
                match bucket {
                    Some(bucket) => format!("There is no bucket named {bucket:?}"),
                    None => "There is no such bucket".to_owned(),
                },
                "Check the name's spelling, the profile and the endpoint",
            ),
        }
    }
}

impl From<&AccountError> for Failure {
    fn from(error: &AccountError) -> Self {
        match error {
            AccountError::NoProfile => Self::new(Code::NoProfile, AccountReason::NoProfile).command("aws configure"),
            AccountError::UnknownProfile { name } => Self::new(
                Code::UnknownProfile,
                AccountReason::UnknownProfile { name: name.clone() },
            )
            .command(format!("aws configure --profile {}", quote(name))),
            AccountError::LoginExpired { profile, command } => Self::new(
                Code::LoginExpired,
                AccountReason::LoginExpired {
                    profile: profile.clone(),
                    command: command.clone(),
                },
            )
            .retryable()
            .command(command.as_str()),
            AccountError::WantsMfa { profile, command } => Self::new(
                Code::NoCredentials,
                AccountReason::WantsMfa {
                    profile: profile.clone(),
                    command: command.clone(),
                },
            )
            .retryable()
            .command(command.as_str()),
            AccountError::NoCredentials { profile, reason } => Self::new(
                Code::NoCredentials,
                AccountReason::NoCredentials {
                    profile: profile.clone(),
                },
            )
            .retryable()
            .detail(reason.as_str()),
            AccountError::Files { reason } => files().detail(reason.as_str()),
        }
    }
}

/// What prints the credentials that the AWS CLI has kept of a profile, as `credential_process` wants them.
///
/// Source: <https://docs.aws.amazon.com/cli/latest/reference/configure/export-credentials.html>
#[must_use]
pub(crate) fn exports(profile: &str) -> String {
    format!("aws configure export-credentials --profile {}", quote(profile))
}

fn files() -> Failure {
    Failure::new(Code::NoCredentials, AccountReason::Files)
}

impl From<&ProfilesError> for Failure {
    fn from(error: &ProfilesError) -> Self {
        files().because(error)
    }
}

impl From<&HttpError> for Failure {
    fn from(error: &HttpError) -> Self {
        match error {
            HttpError::CaBundle { path } => Self::new(Code::NotTrusted, AccountReason::CaBundle { path: path.clone() }),
            HttpError::Build(_) => Self::new(Code::NoConnection, AccountReason::HttpClient).because(error),
        }
    }
}

impl From<&BucketsError> for Failure {
    fn from(error: &BucketsError) -> Self {
        match error {
            BucketsError::Denied => Self::new(Code::ListDenied, AccountReason::ListDenied),
            BucketsError::Account(error) => error.into(),
            BucketsError::Address(error) => error.into(),
            BucketsError::S3(error) => Self::from_s3(error, &About::default()),
            BucketsError::Unreachable { reason } => no_connection(ConnectKind::by_words(reason), reason),
        }
    }
}

impl From<&SignerError> for Failure {
    fn from(error: &SignerError) -> Self {
        match error {
            SignerError::Account(error) => error.into(),
            SignerError::Address(error) => error.into(),
            SignerError::Options(error) => error.into(),
            SignerError::Buckets(error) => error.into(),
            SignerError::NoRegion { bucket } => {
                Self::new(Code::NoRegion, AccountReason::NoRegion { bucket: bucket.clone() })
            }
            SignerError::NoSuchBucket { bucket } => no_such_bucket(Some(bucket)),
            SignerError::Lambda(error) => error.into(),
            SignerError::Form(refusal) => refusal.into(),
            SignerError::NotSignedHere => Self::new(Code::BadRequest, UploadReason::NotSignedHere),
        }
    }
}

pub(super) fn no_such_bucket(bucket: Option<&str>) -> Failure {
    let bucket = bucket.map(str::to_owned);
    Failure::new(Code::NoSuchBucket, AccountReason::NoSuchBucket { bucket })
}
