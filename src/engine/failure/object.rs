//! Failures with objects that are in S3 already: deleting one, opening one for a while.

use super::{About, Code, Failure, Text};
use crate::s3::S3Error;
use crate::transfer::PostError;

/// What went wrong with an object.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum ObjectReason {
    /// The policy of the profile or of the bucket refuses the deletion.
    DeletionDenied {
        /// Whose.
        profile: Option<String>,
        /// The object's ARN.
        object: String,
        /// The store says nothing but that access is denied.
        secret_may_be_wrong: bool,
    },
    /// By S3 Object Lock.
    Locked,
    /// The store answers that it does not delete.
    StoreDeletesNothing,
    /// Its upload was taken off the list.
    NotOnTheList,
    /// Its entry was forgotten.
    NotInTheHistory,
    /// An older Dropslot wrote the entry, without the destination.
    DestinationUnknown,
}

impl ObjectReason {
    pub(super) fn english(&self) -> Text {
        match self {
            Self::DeletionDenied {
                profile,
                object,
                secret_may_be_wrong,
            } => Text::new(
                match profile {
                    Some(profile) => format!("Profile {profile:?} may not delete this object"),
                    None => "Access denied: this object may not be deleted".to_owned(),
                },
                if *secret_may_be_wrong {
                    format!("Look whether the secret access key is right, or ask for s3:DeleteObject on {object}")
                } else {
                    format!("Ask for s3:DeleteObject on {object}")
                },
            ),
            Self::Locked => Text::new(
                "The object is locked against deletion (S3 Object Lock)",
                "Wait until its retention ends, or ask the bucket's owner to lift it",
            ),
            Self::StoreDeletesNothing => Text::new(
                "This store deletes no objects at this address",
                "Delete it with the store's own tools",
            ),
            Self::NotOnTheList => Text::new("This upload is not on the list any more", "Look for it in the history"),
            Self::NotInTheHistory => Text::new(
                "This entry is not in the history any more",
                "It was forgotten, perhaps in another window",
            ),
            Self::DestinationUnknown => Text::new(
                "The history does not say by which profile this file was sent",
                "An older Dropslot wrote this entry: use the AWS CLI or the console for the object",
            ),
        }
    }
}

impl Failure {
    /// A deletion's failure, when nothing more is tried. Credentials, region, clock and network fail as they do for uploads.
    #[must_use]
    pub fn from_deletion(error: &PostError, about: &About<'_>) -> Self {
        let PostError::S3 { error: refusal } = error else {
            return Self::from_post(error, about);
        };
        let mut failure = match refusal.code.as_str() {
            "AccessDenied" if refusal.denial().is_some_and(|denial| denial.denied_by.is_some()) => {
                return Self::from_s3(refusal, about);
            }
            "AccessDenied" if refusal.message.to_lowercase().contains("object lock") => {
                Self::new(Code::AccessDenied, ObjectReason::Locked)
            }
            "AccessDenied" => Self::new(Code::AccessDenied, denied(refusal, about)),
            "MethodNotAllowed" | "NotImplemented" | "HTTP 405" | "HTTP 501" => {
                Self::new(Code::BadRequest, ObjectReason::StoreDeletesNothing)
            }
            _ => return Self::from_s3(refusal, about),
        };
        failure.request_id.clone_from(&refusal.request_id);
        failure.detail(refusal.to_string())
    }
}

fn denied(refusal: &S3Error, about: &About<'_>) -> ObjectReason {
    ObjectReason::DeletionDenied {
        profile: about.profile.map(str::to_owned),
        object: about.object_arn(),
        // AWS says why in words. Stores that only name the code (Ceph) say the same to a secret that is wrong.
        secret_may_be_wrong: refusal.message.is_empty(),
    }
}
