//! Where a presigned POST comes from.

pub mod local;

pub use local::LocalSigner;

use crate::aws::buckets::ClockAhead;
use crate::s3::{BucketAddress, Credentials, ObjectKey, PresignedPost, UploadOptions};

/// What one upload needs signed.
#[derive(Clone, Debug)]
pub struct SignRequest<'a> {
    /// The key that the object gets.
    pub object_key: &'a ObjectKey,
    /// The content type that this file gets.
    pub content_type: &'a str,
    /// The file's size; the policy's range is exactly it.
    pub size_bytes: u64,
    /// The destination's options.
    pub options: &'a UploadOptions,
    /// Now, by the server's clock where it is known.
    pub now: jiff::Timestamp,
}

/// A form, and where it goes.
#[derive(Clone, Debug)]
pub struct Signed {
    /// The form.
    pub post: PresignedPost,
    /// The bucket it is for.
    pub address: BucketAddress,
}

/// Why no form was obtained.
#[derive(Debug, Clone, thiserror::Error)]
pub enum SignerError {
    /// Credentials.
    #[error(transparent)]
    Account(#[from] crate::aws::AccountError),
    /// Bucket, region or endpoint.
    #[error(transparent)]
    Address(#[from] crate::s3::AddressError),
    /// The options cannot be signed.
    #[error(transparent)]
    Options(#[from] crate::s3::upload_options::OptionsError),
    /// The bucket's region is neither given nor could it be found out.
    #[error("the region of bucket {bucket:?} is not known")]
    NoRegion {
        /// Which.
        bucket: String,
    },
    /// The bucket does not exist.
    #[error("there is no bucket named {bucket:?}")]
    NoSuchBucket {
        /// Which.
        bucket: String,
    },
    /// S3 could not be asked.
    #[error(transparent)]
    Buckets(#[from] crate::aws::BucketsError),
}

/// One way to obtain forms. Clones share what was learned (region, credentials).
#[derive(Clone, Debug)]
pub enum Signer {
    /// Signed on this machine.
    Local(LocalSigner),
}

impl Signer {
    /// A newly signed form.
    ///
    /// # Errors
    /// See [`SignerError`].
    pub async fn sign(&self, request: &SignRequest<'_>) -> Result<Signed, SignerError> {
        match self {
            Self::Local(local) => local.sign(request).await,
        }
    }

    /// Where the bucket is; asks it where that is not known.
    ///
    /// # Errors
    /// See [`SignerError`].
    pub async fn address(&self) -> Result<BucketAddress, SignerError> {
        match self {
            Self::Local(local) => local.address().await,
        }
    }

    /// The credentials that sign, for requests that are not the form (looking whether an object exists).
    ///
    /// # Errors
    /// See [`SignerError`].
    pub async fn credentials(&self) -> Result<Credentials, SignerError> {
        match self {
            Self::Local(local) => local.credentials().await,
        }
    }

    /// Uses a region that was found out in an earlier run.
    pub fn presume_region(&self, region: &str) {
        match self {
            Self::Local(local) => local.presume_region(region),
        }
    }

    /// Remembers the region that S3 named.
    pub fn correct_region(&self, region: &str) {
        match self {
            Self::Local(local) => local.correct_region(region),
        }
    }

    /// Remembers the server's clock.
    pub fn note_clock(&self, clock_ahead: ClockAhead) {
        match self {
            Self::Local(local) => local.note_clock(clock_ahead),
        }
    }

    /// The server's clock less ours, where an answer has shown it.
    #[must_use]
    pub fn clock_ahead(&self) -> Option<ClockAhead> {
        match self {
            Self::Local(local) => local.clock_ahead(),
        }
    }

    /// Asks for credentials anew at the next [`Self::sign`].
    pub async fn forget_credentials(&self) {
        match self {
            Self::Local(local) => local.forget_credentials().await,
        }
    }
}
