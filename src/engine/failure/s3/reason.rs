//! What S3 refuses, as sentences.

use crate::engine::failure::Text;

/// What S3, or something in front of it, does not take.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum S3Reason {
    /// The account or the bucket is disabled.
    AccountDisabled,
    /// The object may not be written.
    AccessDenied {
        /// Whose keys signed.
        profile: Option<String>,
        /// Its ARN.
        object: String,
        /// The ACL that was asked for.
        acl: Option<String>,
        /// The store did not say why.
        secret_may_be_wrong: bool,
    },
    /// S3 has named the permission that is missing.
    NotAllowed {
        /// Whose keys signed.
        profile: Option<String>,
        /// The action.
        action: String,
        /// What it is to be allowed on.
        resource: String,
    },
    /// A policy denies it outright: no permission helps.
    Forbidden {
        /// The action.
        action: String,
        /// What it is denied on.
        resource: String,
        /// The kind of policy, in AWS's words.
        policy: String,
    },
    /// The form ran out, by S3's clock.
    FormExpired,
    /// Form and policy disagree.
    PolicyRefused {
        /// S3's words.
        message: String,
    },
    /// ACLs are off.
    AclRefused,
    /// Our clock is wrong.
    ClockWrong,
    /// Over a limit.
    TooLarge,
    /// Under a limit.
    TooSmall,
    /// The signature was made with another secret.
    SecretWrong {
        /// Whose.
        profile: Option<String>,
    },
    /// An access key id that the store does not know.
    AccessKeyUnknown {
        /// Whose.
        profile: Option<String>,
    },
    /// The account has no S3.
    NotSignedUp {
        /// Whose.
        profile: Option<String>,
    },
    /// Temporary credentials have ended, or were never good.
    SessionExpired {
        /// Whose.
        profile: Option<String>,
    },
    /// The bucket is in another region.
    OtherRegion {
        /// Which bucket.
        bucket: Option<String>,
        /// Which region, where S3 says so.
        region: Option<String>,
    },
    /// Somebody else's signature is not taken.
    SignedWrongly,
    /// Somebody else's form asks for an ACL that the bucket does not take.
    AclOfForm,
    /// Signed by Signature Version 2, as boto3 does unasked in AWS's oldest regions.
    OldSignature,
    /// Somebody else signed for another region than the bucket's.
    SignedForOtherRegion {
        /// Which it should be, where S3 says so.
        region: Option<String>,
    },
    /// A checksum disagreed.
    OtherBytesReceived,
    /// A passing fault.
    Busy,
    /// Something about the request that the person can change.
    Request(RequestReason),
    /// Anything else.
    Other {
        /// S3's message, else its code.
        said: String,
    },
}

impl S3Reason {
    pub(in crate::engine::failure) fn english(&self) -> Text {
        match self {
            Self::AccountDisabled => Text::new(
                "The account or the bucket is disabled",
                "Ask the account's owner to look at its state in the AWS console",
            ),
            Self::AccessDenied {
                profile,
                object,
                acl,
                secret_may_be_wrong,
            } => access_denied(profile.as_deref(), object, acl.as_deref(), *secret_may_be_wrong),
            Self::NotAllowed {
                profile,
                action,
                resource,
            } => not_allowed(profile.as_deref(), action, resource),
            Self::Forbidden {
                action,
                resource,
                policy,
            } => Text::new(
                format!("A policy forbids {action} on {resource}: explicit deny in the {policy}"),
                "No permission helps against it: ask whoever wrote it which requests it lets through (by TLS, from a VPC endpoint or an address, encrypted by a key)",
            ),
            Self::FormExpired => Text::new(
                "S3 says that the form has expired",
                "Try again; where it happens again, set this machine's clock",
            ),
            Self::PolicyRefused { message } => Text::new(
                format!("The form and its policy disagree ({message})"),
                "Let the policy and the form agree on this field",
            ),
            Self::AclRefused => Text::new(
                "The bucket refuses public ACLs",
                "Drop the ACL: buckets made since April 2023 have ACLs off; make the object public by a bucket policy",
            ),
            Self::ClockWrong => Text::new(
                "This machine's clock differs from S3's by more than 15 minutes",
                "Set the clock, and try again",
            ),
            Self::TooLarge => Text::new(
                "The file is larger than the form or the store takes",
                "Send a smaller file, or ask the form's owner for more",
            ),
            Self::TooSmall => Text::new(
                "The file is smaller than the form takes",
                "Send a larger file, or ask the form's owner for less",
            ),
            Self::SecretWrong { profile } => Text::new(
                format!("The secret access key{} is wrong", of(profile.as_deref())),
                "Enter the keys again, without spaces around them",
            ),
            Self::AccessKeyUnknown { profile } => Text::new(
                format!("S3 does not know the access key{}", of(profile.as_deref())),
                "Check the access key id, and that it belongs to this store and has not been deleted",
            ),
            Self::NotSignedUp { profile } => Text::new(
                format!("The account{} is not signed up for S3", of(profile.as_deref())),
                "Sign the account up for S3 in the AWS console",
            ),
            Self::SessionExpired { profile } => Text::new(
                format!("The session{} has expired or is not valid", of(profile.as_deref())),
                "Log in again, or get new temporary credentials",
            ),
            Self::OtherRegion { bucket, region } => other_region(bucket.as_deref(), region.as_deref()),
            Self::SignedWrongly => Text::new(
                "S3 does not take the form's signature",
                "Ask the form's owner: the keys that sign it are wrong, expired or deleted",
            ),
            Self::AclOfForm => Text::new(
                "The bucket refuses the form's ACL",
                "Ask the form's owner to sign it without acl: buckets made since April 2023 have ACLs off",
            ),
            Self::OldSignature => Text::new(
                "S3 does not take the form's old kind of signature here",
                "Ask the form's owner to sign it by Signature Version 4: in boto3, Config(signature_version=\"s3v4\")",
            ),
            Self::SignedForOtherRegion { region } => Text::new(
                "The form was signed for another region than the bucket's",
                match region {
                    Some(region) => format!("Ask the form's owner to sign it for {region}"),
                    None => "Ask the form's owner to sign it for the bucket's region".to_owned(),
                },
            ),
            Self::OtherBytesReceived => Text::new(
                "The bytes that S3 received are not the bytes that were sent",
                "Try again; where it happens again, look for a proxy or a disk that changes data",
            ),
            Self::Busy => Text::new("S3 is busy or has a passing fault", "Try again in a while"),
            Self::Other { said } => Text::new(
                format!("S3 refused the form: {said}"),
                "See the details, and give the request id to the store's support",
            ),
            Self::Request(reason) => reason.english(),
        }
    }
}

/// What the person can change about the request itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum RequestReason {
    /// `KeyTooLongError`.
    ObjectKeyTooLong,
    /// `MetadataTooLarge`.
    MetadataTooLarge,
    /// `InvalidStorageClass`.
    StorageClassUnknown,
    /// `InvalidTag`.
    TagsRefused,
    /// Algorithm or KMS key.
    EncryptionRefused,
    /// `InvalidBucketName`.
    BucketNameRefused,
    /// No POST Object.
    TakesNoForms,
    /// `PreconditionFailed`.
    PreconditionFailed,
    /// A bare 404.
    NoS3Here,
    /// A bare 413.
    GatewayLimit,
    /// A bare 407.
    ProxyWantsLogin,
    /// The fields before the file.
    FormTooLong,
    /// The bucket locks its objects, and takes none without a checksum of theirs.
    LockWantsChecksum,
}

impl RequestReason {
    fn english(self) -> Text {
        let (what, hint) = match self {
            Self::ObjectKeyTooLong => (
                "The object key is too long",
                "Shorten the file's name or the key template",
            ),
            Self::MetadataTooLarge => ("The metadata is over 2 KB", "Shorten the metadata"),
            Self::StorageClassUnknown => (
                "The store does not know this storage class",
                "Choose another storage class, or none",
            ),
            Self::TagsRefused => (
                "The store refuses these tags",
                "Use plain letters, digits and + - = . _ : / @ in tags",
            ),
            Self::EncryptionRefused => (
                "The store cannot encrypt with this key or algorithm",
                "Choose another encryption, or none",
            ),
            Self::BucketNameRefused => (
                "The store does not take this bucket name",
                "Check the bucket's spelling",
            ),
            Self::TakesNoForms => (
                "This store does not take uploads by form (POST Object)",
                "Check the endpoint; Cloudflare R2 and Backblaze B2 cannot be used this way",
            ),
            Self::PreconditionFailed => (
                "The store's condition was not met",
                "Look whether the object exists, and try another key",
            ),
            Self::NoS3Here => ("No S3 answers at this address", "Check the endpoint's host and port"),
            Self::GatewayLimit => (
                "A proxy or gateway in front of the store refuses files of this size",
                "Raise its limit (nginx: client_max_body_size), or send a smaller file",
            ),
            Self::ProxyWantsLogin => (
                "The proxy wants a user and a password",
                "Put them into HTTPS_PROXY, or name the host in NO_PROXY",
            ),
            Self::LockWantsChecksum => (
                "The bucket locks its objects (Object Lock), and takes them by a form only without a retention of its own",
                "Send in parts, which carry checksums, or ask for a bucket without a default retention",
            ),
            Self::FormTooLong => ("The form's fields are too long", "Use less metadata and fewer tags"),
        };
        Text::new(what, hint)
    }
}

/// ` of profile "work"`, where it is known.
fn of(profile: Option<&str>) -> String {
    profile.map_or(String::new(), |profile| format!(" of profile {profile:?}"))
}

fn not_allowed(profile: Option<&str>, action: &str, resource: &str) -> Text {
    Text::new(
        match profile {
            Some(profile) => format!("Profile {profile:?} lacks the permission {action}"),
            None => format!("The permission {action} is missing"),
        },
        format!("Ask for {action} on {resource}"),
    )
}

fn access_denied(profile: Option<&str>, object: &str, acl: Option<&str>, secret_may_be_wrong: bool) -> Text {
    let (permission, then) = match acl {
        Some(acl) => (
            "s3:PutObject and s3:PutObjectAcl",
            format!(", or drop the ACL {acl:?}: Block Public Access refuses public ones"),
        ),
        None => ("s3:PutObject", String::new()),
    };
    let first = match (secret_may_be_wrong, profile) {
        (false, _) => String::new(),
        (true, None) => "Look whether the secret access key is right, or ".to_owned(),
        (true, Some(profile)) => format!("Look whether the secret access key of profile {profile:?} is right, or "),
    };
    let ask = if first.is_empty() { "Ask" } else { "ask" };
    Text::new(
        match profile {
            Some(profile) => format!("Profile {profile:?} may not write this object"),
            None => "Access denied: this object may not be written".to_owned(),
        },
        format!(
            "{first}{ask} for {permission} on {object}{then}; a bucket encrypted by KMS also needs kms:GenerateDataKey, and another account's must allow it itself and not let the requester pay"
        ),
    )
}

fn other_region(bucket: Option<&str>, region: Option<&str>) -> Text {
    let bucket = bucket.map_or("The bucket".to_owned(), |bucket| format!("Bucket {bucket:?}"));
    match region {
        Some(region) => Text::new(
            format!("{bucket} is in region {region}"),
            format!("Set the destination's region to {region}"),
        ),
        None => Text::new(
            format!("{bucket} is in another region"),
            "Set the destination's region to the bucket's",
        ),
    }
}
