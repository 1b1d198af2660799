//! What S3 refuses, in a person's words: the table of codes.
//!
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html>

use super::{Code, Failure, account::no_such_bucket, form::too_large_for_post};
use crate::s3::S3Error;
use crate::s3::policy_check::MAX_POST_BYTES;

/// What a request was about: makes the sentence exact. All of it is optional.
#[derive(Clone, Copy, Debug, Default)]
pub struct About<'a> {
    /// The bucket.
    pub bucket: Option<&'a str>,
    /// The object key.
    pub object_key: Option<&'a str>,
    /// The profile that signed.
    pub profile: Option<&'a str>,
    /// The ACL that was asked for.
    pub acl: Option<&'a str>,
    /// The file's size.
    pub size_bytes: Option<u64>,
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
        "AllAccessDisabled" | "AccountProblem" => Failure::new(
            Code::AccessDenied,
            "The account or the bucket is disabled",
            "Ask the account's owner to look at its state in the AWS console",
        ),
        "SignatureDoesNotMatch"
        | "InvalidAccessKeyId"
        | "InvalidToken"
        | "ExpiredToken"
        | "TokenRefreshRequired"
        | "NotSignedUp"
        | "InvalidClientTokenId" => credentials_refused(error, about),
        "AccessControlListNotSupported" => Failure::new(
            Code::AclRefused,
            "The bucket refuses public ACLs",
            "Drop the ACL: buckets made since April 2023 have ACLs off; make the object public by a bucket policy",
        ),
        "RequestTimeTooSkewed" => Failure::new(
            Code::ClockWrong,
            "This machine's clock differs from S3's by more than 15 minutes",
            "Set the clock, and try again",
        )
        .retryable(),
        "EntityTooLarge" => match about.size_bytes {
            Some(size_bytes) if size_bytes > MAX_POST_BYTES => too_large_for_post(size_bytes),
            _ => Failure::new(
                Code::TooLarge,
                "The file is larger than the form or the store takes",
                "Send a smaller file, or ask the form's owner for more",
            ),
        },
        "EntityTooSmall" => Failure::new(
            Code::TooSmall,
            "The file is smaller than the form takes",
            "Send a larger file, or ask the form's owner for less",
        ),
        "NoSuchBucket" => no_such_bucket(about.bucket),
        "PermanentRedirect"
        | "TemporaryRedirect"
        | "Redirect"
        | "IllegalLocationConstraintException"
        | "AuthorizationHeaderMalformed" => wrong_region(error, about),
        "InvalidArgument" if error.region.is_some() => wrong_region(error, about),
        "BadDigest" | "XAmzContentChecksumMismatch" => Failure::new(
            Code::ProofFailed,
            "The bytes that S3 received are not the bytes that were sent",
            "Try again; where it happens again, look for a proxy or a disk that changes data",
        )
        .retryable(),
        _ if is_passing(error) => {
            Failure::new(Code::S3, "S3 is busy or has a passing fault", "Try again in a while").retryable()
        }
        code => request_is_wrong(code).unwrap_or_else(|| other(error)),
    }
}

fn access_denied(error: &S3Error, about: &About<'_>) -> Failure {
    let message = error.message.to_lowercase();
    if message.contains("policy expired") {
        return Failure::new(
            Code::FormExpired,
            "S3 says that the form has expired",
            "Try again; where it happens again, set this machine's clock",
        )
        .retryable();
    }
    if message.contains("policy condition failed")
        || message.contains("policy check failed")
        || message.contains("extra input fields")
    {
        return Failure::new(
            Code::PolicyRefused,
            format!("The form and its policy disagree ({})", error.message),
            "Let the policy and the form agree on this field",
        );
    }
    let object = format!(
        "arn:aws:s3:::{}/{}",
        about.bucket.unwrap_or("BUCKET"),
        about.object_key.unwrap_or("*")
    );
    let (permission, then) = match about.acl {
        Some(acl) => (
            "s3:PutObject and s3:PutObjectAcl",
            format!(", or drop the ACL {acl:?}: Block Public Access refuses public ones"),
        ),
        None => ("s3:PutObject", String::new()),
    };
    // AWS says why in words. Stores that only name the code (Ceph) say the same to a secret that is wrong.
    let first = match (error.message.is_empty(), about.profile) {
        (false, _) => String::new(),
        (true, None) => "Look whether the secret access key is right, or ".to_owned(),
        (true, Some(profile)) => format!("Look whether the secret access key of profile {profile:?} is right, or "),
    };
    let ask = if first.is_empty() { "Ask" } else { "ask" };
    Failure::new(
        Code::AccessDenied,
        match about.profile {
            Some(profile) => format!("Profile {profile:?} may not write this object"),
            None => "Access denied: this object may not be written".to_owned(),
        },
        format!(
            "{first}{ask} for {permission} on {object}{then}; a bucket encrypted by KMS also needs kms:GenerateDataKey"
        ),
    )
}

fn credentials_refused(error: &S3Error, about: &About<'_>) -> Failure {
    let whose = about
        .profile
        .map_or(String::new(), |profile| format!(" of profile {profile:?}"));
    let (what, hint) = match error.code.as_str() {
        "SignatureDoesNotMatch" => (
            format!("The secret access key{whose} is wrong"),
            "Enter the keys again, without spaces around them",
        ),
        "InvalidAccessKeyId" => (
            format!("S3 does not know the access key{whose}"),
            "Check the access key id, and that it belongs to this store and has not been deleted",
        ),
        "NotSignedUp" => (
            format!("The account{whose} is not signed up for S3"),
            "Sign the account up for S3 in the AWS console",
        ),
        _ => (
            format!("The session{whose} has expired or is not valid"),
            "Log in again, or get new temporary credentials",
        ),
    };
    Failure::new(Code::CredentialsRefused, what, hint).retryable()
}

fn wrong_region(error: &S3Error, about: &About<'_>) -> Failure {
    let bucket = about
        .bucket
        .map_or("The bucket".to_owned(), |bucket| format!("Bucket {bucket:?}"));
    match &error.region {
        Some(region) => Failure::new(
            Code::BadRequest,
            format!("{bucket} is in region {region}"),
            format!("Set the destination's region to {region}"),
        ),
        None => Failure::new(
            Code::BadRequest,
            format!("{bucket} is in another region"),
            "Set the destination's region to the bucket's",
        ),
    }
}

/// What the person can change about the request itself.
fn request_is_wrong(code: &str) -> Option<Failure> {
    let (what, hint) = match code {
        "KeyTooLongError" | "KeyTooLong" => (
            "The object key is too long",
            "Shorten the file's name or the key template",
        ),
        "MetadataTooLarge" => ("The metadata is over 2 KB", "Shorten the metadata"),
        "InvalidStorageClass" => (
            "The store does not know this storage class",
            "Choose another storage class, or none",
        ),
        "InvalidTag" => (
            "The store refuses these tags",
            "Use plain letters, digits and + - = . _ : / @ in tags",
        ),
        "InvalidEncryptionAlgorithmError" | "KMS.NotFoundException" | "KMS.DisabledException" => (
            "The store cannot encrypt with this key or algorithm",
            "Choose another encryption, or none",
        ),
        "InvalidBucketName" => (
            "The store does not take this bucket name",
            "Check the bucket's spelling",
        ),
        "NotImplemented" | "MethodNotAllowed" | "HTTP 405" | "HTTP 501" => (
            "This store does not take uploads by form (POST Object)",
            "Check the endpoint; Cloudflare R2 and Backblaze B2 cannot be used this way",
        ),
        "PreconditionFailed" => (
            "The store's condition was not met",
            "Look whether the object exists, and try another key",
        ),
        "HTTP 404" => ("No S3 answers at this address", "Check the endpoint's host and port"),
        "HTTP 413" => (
            "A proxy or gateway in front of the store refuses files of this size",
            "Raise its limit (nginx: client_max_body_size), or send a smaller file",
        ),
        "HTTP 407" => (
            "The proxy wants a user and a password",
            "Put them into HTTPS_PROXY, or name the host in NO_PROXY",
        ),
        "MaxPostPreDataLengthExceeded" | "MaxPostPreDataLengthExceededError" => {
            ("The form's fields are too long", "Use less metadata and fewer tags")
        }
        _ => return None,
    };
    let code = match code {
        "HTTP 407" => Code::ProxyRefused,
        "HTTP 413" => Code::TooLarge,
        "PreconditionFailed" => Code::ObjectExists,
        _ => Code::BadRequest,
    };
    Some(Failure::new(code, what, hint))
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
    Failure::new(
        Code::S3,
        format!("S3 refused the form: {}", said.trim_end_matches('.')),
        "See the details, and give the request id to the store's support",
    )
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must fail loudly"
)]
mod tests;
