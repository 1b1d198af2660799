//! Examples of what S3 refuses.

use super::{BUCKET, OBJECT, PROFILE, S3_WORDS};
use crate::engine::failure::{RequestReason, S3Reason};

pub(super) fn after_s3(reason: &S3Reason) -> Option<S3Reason> {
    use S3Reason as R;
    Some(match reason {
        R::AccountDisabled => R::AccessDenied {
            profile: None,
            object: OBJECT.to_owned(),
            acl: None,
            secret_may_be_wrong: true,
        },
        R::AccessDenied { .. } | R::NotAllowed { .. } | R::Forbidden { .. } => after_denied(reason),
        R::FormExpired => R::PolicyRefused {
            message: S3_WORDS.to_owned(),
        },
        R::PolicyRefused { .. } => R::AclRefused,
        R::AclRefused => R::ClockWrong,
        R::ClockWrong => R::TooLarge,
        R::TooLarge => R::TooSmall,
        R::TooSmall => R::SecretWrong { profile: None },
        R::SecretWrong { profile: None } => R::SecretWrong {
            profile: Some(PROFILE.to_owned()),
        },
        R::SecretWrong { profile: Some(_) } => R::AccessKeyUnknown { profile: None },
        R::AccessKeyUnknown { profile: None } => R::AccessKeyUnknown {
            profile: Some(PROFILE.to_owned()),
        },
        R::AccessKeyUnknown { profile: Some(_) } => R::NotSignedUp { profile: None },
        R::NotSignedUp { profile: None } => R::NotSignedUp {
            profile: Some(PROFILE.to_owned()),
        },
        R::NotSignedUp { profile: Some(_) } => R::SessionExpired { profile: None },
        R::SessionExpired { profile: None } => R::SessionExpired {
            profile: Some(PROFILE.to_owned()),
        },
        R::SessionExpired { profile: Some(_) } => R::OtherRegion {
            bucket: None,
            region: None,
        },
        R::OtherRegion { region: None, .. } => R::OtherRegion {
            bucket: Some(BUCKET.to_owned()),
            region: Some("eu-west-1".to_owned()),
        },
        R::OtherRegion { region: Some(_), .. } => R::SignedWrongly,
        R::SignedWrongly => R::AclOfForm,
        R::AclOfForm => R::OldSignature,
        R::OldSignature => R::SignedForOtherRegion { region: None },
        R::SignedForOtherRegion { region: None } => R::SignedForOtherRegion {
            region: Some("eu-west-1".to_owned()),
        },
        R::SignedForOtherRegion { region: Some(_) } => R::OtherBytesReceived,
        R::OtherBytesReceived => R::Busy,
        R::Busy => R::Request(RequestReason::ObjectKeyTooLong),
        R::Request(RequestReason::ObjectKeyTooLong) => R::Request(RequestReason::MetadataTooLarge),
        R::Request(RequestReason::MetadataTooLarge) => R::Request(RequestReason::StorageClassUnknown),
        R::Request(RequestReason::StorageClassUnknown) => R::Request(RequestReason::TagsRefused),
        R::Request(RequestReason::TagsRefused) => R::Request(RequestReason::EncryptionRefused),
        R::Request(RequestReason::EncryptionRefused) => R::Request(RequestReason::BucketNameRefused),
        R::Request(RequestReason::BucketNameRefused) => R::Request(RequestReason::TakesNoForms),
        R::Request(RequestReason::TakesNoForms) => R::Request(RequestReason::PreconditionFailed),
        R::Request(RequestReason::PreconditionFailed) => R::Request(RequestReason::NoS3Here),
        R::Request(RequestReason::NoS3Here) => R::Request(RequestReason::GatewayLimit),
        R::Request(RequestReason::GatewayLimit) => R::Request(RequestReason::ProxyWantsLogin),
        R::Request(RequestReason::ProxyWantsLogin) => R::Request(RequestReason::FormTooLong),
        R::Request(RequestReason::FormTooLong) => R::Request(RequestReason::LockWantsChecksum),
        R::Request(RequestReason::LockWantsChecksum) => R::Other {
            said: S3_WORDS.to_owned(),
        },
        R::Other { .. } => return None,
    })
}

fn after_denied(reason: &S3Reason) -> S3Reason {
    use S3Reason as R;
    match reason {
        R::AccessDenied {
            profile: None,
            acl: None,
            ..
        } => R::AccessDenied {
            profile: None,
            object: OBJECT.to_owned(),
            acl: Some("public-read".to_owned()),
            secret_may_be_wrong: false,
        },
        R::AccessDenied {
            profile: None,
            acl: Some(_),
            ..
        } => R::AccessDenied {
            profile: Some(PROFILE.to_owned()),
            object: OBJECT.to_owned(),
            acl: None,
            secret_may_be_wrong: false,
        },
        R::AccessDenied {
            profile: Some(_),
            secret_may_be_wrong: false,
            ..
        } => R::AccessDenied {
            profile: Some(PROFILE.to_owned()),
            object: OBJECT.to_owned(),
            acl: None,
            secret_may_be_wrong: true,
        },
        R::AccessDenied {
            profile: Some(_),
            secret_may_be_wrong: true,
            ..
        } => R::NotAllowed {
            profile: None,
            action: "kms:GenerateDataKey".to_owned(),
            resource: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd".to_owned(),
        },
        R::NotAllowed { profile: None, .. } => R::NotAllowed {
            profile: Some(PROFILE.to_owned()),
            action: "s3:PutObject".to_owned(),
            resource: OBJECT.to_owned(),
        },
        R::NotAllowed { profile: Some(_), .. } => R::Forbidden {
            action: "s3:PutObject".to_owned(),
            resource: OBJECT.to_owned(),
            policy: "resource-based policy".to_owned(),
        },
        _ => R::FormExpired,
    }
}
