//! What an upload knows of itself on its way: before the first form, and when S3 has it.

use crate::engine::UploadId;
use crate::engine::endpoints::Endpoint;
use crate::s3::ObjectKey;
use crate::signer::Signed;
use crate::transfer::{Held, Proof, Source};
use std::sync::Arc;

/// What is known before the first form.
pub(super) struct Plan {
    pub(super) source: Source,
    /// Its bytes, for the first attempt.
    pub(super) held: Option<Held>,
    pub(super) content_type: String,
    pub(super) object_key: ObjectKey,
    pub(super) endpoint: Arc<Endpoint>,
    /// An earlier try or process has begun under this key: the object may be in S3.
    pub(super) is_begun: bool,
    /// S3 has answered that it stored this upload under this key, if wrongly: what is there is no stranger's.
    pub(super) is_ours: bool,
}

/// Frees the upload's keys when it ends; where nobody can see what is in S3, those of a stored object stay taken.
pub(super) struct KeysTaken {
    pub(super) endpoint: Arc<Endpoint>,
    pub(super) upload: UploadId,
    pub(super) stay: bool,
}

impl Drop for KeysTaken {
    fn drop(&mut self) {
        if !self.stay {
            self.endpoint.release(self.upload);
        }
    }
}

/// A file that S3 has, proven.
pub(super) struct Stored {
    pub(super) place: Place,
    pub(super) etag: Option<String>,
    pub(super) proof: Proof,
    pub(super) attempts: u32,
}

/// Where an object is.
pub(super) struct Place {
    pub(super) bucket: String,
    pub(super) object_key: ObjectKey,
    /// Where it answers: the link that the signer names, or its address.
    pub(super) url: String,
    /// What was signed.
    pub(super) content_type: Option<String>,
}

impl Place {
    pub(super) fn of(signed: Signed) -> Self {
        Self {
            content_type: signed.upload.content_type().map(str::to_owned),
            url: signed.public_url.unwrap_or(signed.url),
            bucket: signed.bucket,
            object_key: signed.object_key,
        }
    }
}
