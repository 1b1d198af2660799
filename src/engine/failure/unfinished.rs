//! Failures with parts uploads that nobody has finished: listing them, aborting them.

use super::{About, Code, Failure, Text};
use crate::transfer::PostError;

/// What was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnfinishedRequest<'a> {
    /// `ListMultipartUploads`.
    List,
    /// `AbortMultipartUpload` of this object key.
    Abort(&'a str),
}

impl<'a> UnfinishedRequest<'a> {
    /// The object that it is about.
    #[must_use]
    pub fn object_key(self) -> Option<&'a str> {
        match self {
            Self::List => None,
            Self::Abort(object_key) => Some(object_key),
        }
    }
}

/// What went wrong with them.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum UnfinishedReason {
    /// The policy of the profile or of the bucket refuses the list.
    ListDenied {
        /// The bucket's ARN.
        bucket: String,
    },
    /// The policy of the profile or of the bucket refuses the end of one.
    AbortDenied {
        /// The object's ARN.
        object: String,
    },
    /// The store knows no parts uploads.
    StoreKnowsNone,
}

impl UnfinishedReason {
    pub(super) fn english(&self) -> Text {
        match self {
            Self::ListDenied { bucket } => Text::new(
                "This profile may not list unfinished uploads",
                format!("Ask for s3:ListBucketMultipartUploads on {bucket}"),
            ),
            Self::AbortDenied { object } => Text::new(
                "This profile may not discard unfinished uploads",
                format!("Ask for s3:AbortMultipartUpload on {object}"),
            ),
            Self::StoreKnowsNone => Text::new("This store tells nothing of unfinished uploads", "Ask whoever runs it"),
        }
    }
}

impl Failure {
    /// When nothing more is tried. Credentials, region, clock and network fail as they do for uploads.
    #[must_use]
    pub fn from_unfinished(error: &PostError, request: UnfinishedRequest<'_>, about: &About<'_>) -> Self {
        let PostError::S3 { error: refusal } = error else {
            return Self::from_post(error, about);
        };
        if refusal.denial().is_some_and(|denial| denial.denied_by.is_some()) {
            return Self::from_s3(refusal, about);
        }
        let (code, reason) = match (refusal.code.as_str(), request) {
            ("AccessDenied", UnfinishedRequest::List) => {
                let bucket = about.bucket_arn();
                (Code::AccessDenied, UnfinishedReason::ListDenied { bucket })
            }
            ("AccessDenied", UnfinishedRequest::Abort(_)) => {
                let object = about.object_arn();
                (Code::AccessDenied, UnfinishedReason::AbortDenied { object })
            }
            ("MethodNotAllowed" | "NotImplemented" | "HTTP 405" | "HTTP 501", _) => {
                (Code::BadRequest, UnfinishedReason::StoreKnowsNone)
            }
            _ => return Self::from_s3(refusal, about),
        };
        let mut failure = Self::new(code, reason);
        failure.request_id.clone_from(&refusal.request_id);
        failure.detail(refusal.to_string())
    }
}
