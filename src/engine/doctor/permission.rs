//! The permissions that a checkup misses, and the policy that gives them.

use super::{Examination, Remark, Says};
use crate::engine::failure::{AccountReason, ObjectReason, S3Reason, UnfinishedReason};
use crate::engine::{Failure, Reason};
use crate::s3::{IamPolicy, KeyTemplate};
use crate::store::{Destination, DestinationKind, ExistsPolicy, UploadMethod};

/// An action of IAM, and what it is to be allowed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permission {
    /// `s3:PutObject`.
    pub action: String,
    /// An ARN, or `*`.
    pub resource: String,
}

impl Permission {
    fn new(action: &str, resource: &str) -> Self {
        Self {
            action: action.to_owned(),
            resource: resource.to_owned(),
        }
    }
}

/// The least that IAM must allow for uploads to a destination; `None` where no policy of this person's account decides.
/// `region` is the bucket's, where it is known.
#[must_use]
pub fn policy(destination: &Destination, region: Option<&str>) -> Option<String> {
    let DestinationKind::Account {
        bucket, region: named, ..
    } = &destination.kind
    else {
        return None;
    };
    let key_template = KeyTemplate::parse(&destination.key_template).ok()?;
    let asks = matches!(destination.if_exists, ExistsPolicy::Fail | ExistsPolicy::Ask);
    let policy = IamPolicy {
        bucket,
        region: region.or(named.as_deref()),
        key_template: &key_template,
        options: &destination.options,
        in_parts: matches!(destination.method, UploadMethod::Auto | UploadMethod::Parts),
        looks_first: asks && !key_template.is_unique(),
    };
    Some(policy.text())
}

impl Examination {
    pub(super) fn policy_that_is_wanting(&self) -> Option<String> {
        self.misses_permission
            .then(|| policy(&self.destination, self.region.as_deref()))
            .flatten()
    }
}

pub(super) fn missing(says: &Says) -> Vec<Permission> {
    match says {
        Says::Failure(failure) => of_failure(failure),
        Says::Remark(remark) => match remark.as_ref() {
            Remark::MayNotList => vec![Permission::new("s3:ListAllMyBuckets", "*")],
            Remark::NotProven { object } => vec![Permission::new("s3:GetObject", object)],
            Remark::Stays { why, .. } => of_failure(why),
            _ => Vec::new(),
        },
    }
}

fn of_failure(failure: &Failure) -> Vec<Permission> {
    let one = |action: &str, resource: &str| vec![Permission::new(action, resource)];
    match &failure.reason {
        Reason::S3(S3Reason::AccessDenied { object, acl, .. }) => {
            let mut missing = one("s3:PutObject", object);
            missing.extend(acl.as_ref().map(|_| Permission::new("s3:PutObjectAcl", object)));
            missing
        }
        Reason::S3(S3Reason::NotAllowed { action, resource, .. }) => one(action, resource),
        Reason::Object(ObjectReason::DeletionDenied { object, .. }) => one("s3:DeleteObject", object),
        Reason::Unfinished(UnfinishedReason::ListDenied { bucket }) => one("s3:ListBucketMultipartUploads", bucket),
        Reason::Unfinished(UnfinishedReason::AbortDenied { object }) => one("s3:AbortMultipartUpload", object),
        Reason::Account(AccountReason::ListDenied) => one("s3:ListAllMyBuckets", "*"),
        _ => Vec::new(),
    }
}
