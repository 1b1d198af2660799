//! What S3 refuses, in a person's words: the table of codes.
//!
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html>

mod reason;

pub use reason::{RequestReason, S3Reason};

use super::{Code, Failure, account::no_such_bucket, form::too_large_for_post};
use crate::s3::partition::arn_partition;
use crate::s3::policy_check::MAX_POST_BYTES;
use crate::s3::{Denial, S3Error};

/// What a request was about: makes the sentence exact. All of it is optional.
#[derive(Clone, Copy, Debug, Default)]
pub struct About<'a> {
    /// The bucket.
    pub bucket: Option<&'a str>,
    /// Its region.
    pub region: Option<&'a str>,
    /// The object key.
    pub object_key: Option<&'a str>,
    /// The profile that signed.
    pub profile: Option<&'a str>,
    /// Somebody else's keys signed: what they did wrong is theirs to mend.
    pub signed_elsewhere: bool,
    /// The ACL that was asked for.
    pub acl: Option<&'a str>,
    /// The file's size.
    pub size_bytes: Option<u64>,
}

impl About<'_> {
    /// The bucket's, in the partition of its region.
    pub(super) fn bucket_arn(&self) -> String {
        let partition = arn_partition(self.region.unwrap_or_default());
        format!("arn:{partition}:s3:::{}", self.bucket.unwrap_or("BUCKET"))
    }

    /// What a permission is asked for on.
    pub(super) fn object_arn(&self) -> String {
        let object_key = self.object_key.unwrap_or("*");
        format!("{}/{object_key}", self.bucket_arn())
    }
}

impl Failure {
    /// S3's refusal, when nothing more is tried.
    #[must_use]
    pub fn from_s3(error: &S3Error, about: &About<'_>) -> Self {
        let mut failure = by_code(error, about);
        failure.request_id.clone_from(&error.request_id);
        failure.detail(error.to_string())
    }
}

fn by_code(error: &S3Error, about: &About<'_>) -> Failure {
    match error.code.as_str() {
        "AccessDenied" => access_denied(error, about),
        "AllAccessDisabled" | "AccountProblem" => Failure::new(Code::AccessDenied, S3Reason::AccountDisabled),
        "SignatureDoesNotMatch"
        | "InvalidAccessKeyId"
        | "InvalidToken"
        | "ExpiredToken"
        | "TokenRefreshRequired"
        | "NotSignedUp"
        | "InvalidClientTokenId" => credentials_refused(error, about),
        "AccessControlListNotSupported" if about.signed_elsewhere => {
            Failure::new(Code::AclRefused, S3Reason::AclOfForm)
        }
        "AccessControlListNotSupported" => Failure::new(Code::AclRefused, S3Reason::AclRefused),
        "RequestTimeTooSkewed" => Failure::new(Code::ClockWrong, S3Reason::ClockWrong).retryable(),
        "EntityTooLarge" => match about.size_bytes {
            Some(size_bytes) if size_bytes > MAX_POST_BYTES => too_large_for_post(size_bytes),
            _ => Failure::new(Code::TooLarge, S3Reason::TooLarge),
        },
        "EntityTooSmall" => Failure::new(Code::TooSmall, S3Reason::TooSmall),
        "NoSuchBucket" => no_such_bucket(about.bucket),
        "PermanentRedirect"
        | "TemporaryRedirect"
        | "Redirect"
        | "IllegalLocationConstraintException"
        | "AuthorizationHeaderMalformed" => wrong_region(error, about),
        "InvalidRequest" if error.message.contains("Object Lock") => {
            Failure::new(Code::BadRequest, S3Reason::Request(RequestReason::LockWantsChecksum))
        }
        "InvalidRequest" if error.message.contains("AWS4-HMAC-SHA256") => {
            Failure::new(Code::BadRequest, S3Reason::OldSignature)
        }
        "InvalidArgument" if error.region.is_some() => wrong_region(error, about),
        "BadDigest" | "XAmzContentChecksumMismatch" => {
            Failure::new(Code::ProofFailed, S3Reason::OtherBytesReceived).retryable()
        }
        _ if is_passing(error) => Failure::new(Code::S3, S3Reason::Busy).retryable(),
        code => request_is_wrong(code).unwrap_or_else(|| other(error)),
    }
}

fn access_denied(error: &S3Error, about: &About<'_>) -> Failure {
    let message = error.message.to_lowercase();
    if message.contains("policy expired") {
        return Failure::new(Code::FormExpired, S3Reason::FormExpired).retryable();
    }
    if message.contains("policy condition failed")
        || message.contains("policy check failed")
        || message.contains("extra input fields")
    {
        let message = error.message.clone();
        return Failure::new(Code::PolicyRefused, S3Reason::PolicyRefused { message });
    }
    // Where a public ACL is what is refused, dropping it helps.
    if !message.contains("public access")
        && let Some(denial) = error.denial()
    {
        return Failure::new(Code::AccessDenied, denied(denial, about));
    }
    Failure::new(
        Code::AccessDenied,
        S3Reason::AccessDenied {
            profile: about.profile.map(str::to_owned),
            object: about.object_arn(),
            acl: about.acl.map(str::to_owned),
            // AWS says why in words. Stores that only name the code (Ceph) say the same to a secret that is wrong.
            secret_may_be_wrong: error.message.is_empty(),
        },
    )
}

fn denied(denial: Denial, about: &About<'_>) -> S3Reason {
    let action = denial.action;
    let resource = denial.resource.unwrap_or_else(|| about.object_arn());
    match denial.denied_by {
        Some(policy) => S3Reason::Forbidden {
            action,
            resource,
            policy,
        },
        None => S3Reason::NotAllowed {
            profile: about.profile.map(str::to_owned),
            action,
            resource,
        },
    }
}

fn credentials_refused(error: &S3Error, about: &About<'_>) -> Failure {
    let profile = about.profile.map(str::to_owned);
    let reason = match error.code.as_str() {
        _ if about.signed_elsewhere => S3Reason::SignedWrongly,
        "SignatureDoesNotMatch" => S3Reason::SecretWrong { profile },
        "InvalidAccessKeyId" | "InvalidClientTokenId" => S3Reason::AccessKeyUnknown { profile },
        "NotSignedUp" => S3Reason::NotSignedUp { profile },
        _ => S3Reason::SessionExpired { profile },
    };
    Failure::new(Code::CredentialsRefused, reason).retryable()
}

fn wrong_region(error: &S3Error, about: &About<'_>) -> Failure {
    let (bucket, region) = (about.bucket.map(str::to_owned), error.region.clone());
    let reason = if about.signed_elsewhere {
        S3Reason::SignedForOtherRegion { region }
    } else {
        S3Reason::OtherRegion { bucket, region }
    };
    Failure::new(Code::BadRequest, reason)
}

/// What the person can change about the request itself.
fn request_is_wrong(code: &str) -> Option<Failure> {
    let reason = match code {
        "KeyTooLongError" | "KeyTooLong" => RequestReason::ObjectKeyTooLong,
        "MetadataTooLarge" => RequestReason::MetadataTooLarge,
        "InvalidStorageClass" => RequestReason::StorageClassUnknown,
        "InvalidTag" => RequestReason::TagsRefused,
        "InvalidEncryptionAlgorithmError" | "KMS.NotFoundException" | "KMS.DisabledException" => {
            RequestReason::EncryptionRefused
        }
        "InvalidBucketName" => RequestReason::BucketNameRefused,
        "NotImplemented" | "MethodNotAllowed" | "HTTP 405" | "HTTP 501" => RequestReason::TakesNoForms,
        "PreconditionFailed" => RequestReason::PreconditionFailed,
        "HTTP 404" => RequestReason::NoS3Here,
        "HTTP 413" => RequestReason::GatewayLimit,
        "HTTP 407" => RequestReason::ProxyWantsLogin,
        "MaxPostPreDataLengthExceeded" | "MaxPostPreDataLengthExceededError" => RequestReason::FormTooLong,
        _ => return None,
    };
    let code = match code {
        "HTTP 407" => Code::ProxyRefused,
        "HTTP 413" => Code::TooLarge,
        "PreconditionFailed" => Code::ObjectExists,
        _ => Code::BadRequest,
    };
    Some(Failure::new(code, S3Reason::Request(reason)))
}

fn is_passing(error: &S3Error) -> bool {
    matches!(
        error.code.as_str(),
        "RequestTimeout" | "SlowDown" | "ServiceUnavailable" | "InternalError" | "OperationAborted"
    ) || matches!(error.status, 500 | 502 | 503 | 504)
}

fn other(error: &S3Error) -> Failure {
    let said = if error.message.is_empty() {
        &error.code
    } else {
        &error.message
    };
    let said = said.trim_end_matches('.').to_owned();
    Failure::new(Code::S3, S3Reason::Other { said })
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must fail loudly"
)]
mod tests;
