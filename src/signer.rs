//! Where a presigned POST comes from.

pub mod handed;
pub mod lambda;
pub mod local;

pub use handed::HandedSigner;
pub use lambda::{LambdaError, LambdaSigner};
pub use local::LocalSigner;

use crate::aws::buckets::ClockAhead;
use crate::aws::{Account, AccountError, BucketsError, ConnectKind};
use crate::s3::{BucketAddress, Credentials, ObjectKey, PresignedUpload, Refusal, UploadOptions, VendorReply};
use std::time::Duration;

/// What is signed on this machine. Where somebody else signs, it is as that one has made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PresignedKind {
    /// A form.
    Post,
    /// A PUT.
    Put {
        /// Which S3 refuses where there is an object of this key.
        if_none_match: bool,
    },
}

impl PresignedKind {
    /// The same, whatever is there.
    #[must_use]
    pub fn without_condition(self) -> Self {
        match self {
            Self::Post => Self::Post,
            Self::Put { .. } => Self::Put { if_none_match: false },
        }
    }
}

/// What one upload needs signed.
#[derive(Clone, Debug)]
pub struct SignRequest<'a> {
    /// The key that the object gets.
    pub object_key: &'a ObjectKey,
    /// The file's name, which S3 puts in place of `${filename}`.
    pub file_name: &'a str,
    /// The content type that this file gets.
    pub content_type: &'a str,
    /// The file's size; the policy's range is exactly it.
    pub size_bytes: u64,
    /// A form, or a PUT.
    pub kind: PresignedKind,
    /// The destination's options.
    pub options: &'a UploadOptions,
    /// Now, by the server's clock where it is known.
    pub now: jiff::Timestamp,
}

/// What was signed, and where the object will be.
#[derive(Clone, Debug)]
pub struct Signed {
    /// The form, or what stands for it.
    pub upload: PresignedUpload,
    /// The key that the object gets: the one asked for, or the signer's own.
    pub object_key: ObjectKey,
    /// The bucket, or the host where the form names none.
    pub bucket: String,
    /// The region that it was signed for, where it was signed here.
    pub region: Option<String>,
    /// Where the object answers.
    pub url: String,
    /// The link that the signer names.
    pub public_url: Option<String>,
    /// The host that the signer names, where somebody else signed. S3 may have named another for the same bucket since, and
    /// it goes there.
    pub host: Option<String>,
}

impl Signed {
    /// Of a form that somebody else signed, for a file of this name.
    ///
    /// # Errors
    /// [`SignerError::Form`] where it names no key that can be stored.
    pub fn of_reply(reply: VendorReply, file_name: &str) -> Result<Self, SignerError> {
        let VendorReply { upload, public_url } = reply;
        let object_key = upload.object_key(file_name).ok_or(Refusal::NoKey)?;
        Ok(Self {
            object_key: ObjectKey::new(object_key).map_err(Refusal::from)?,
            bucket: upload.bucket().or_else(|| upload.host()).unwrap_or_default(),
            host: upload.host(),
            region: None,
            url: upload.object_url(file_name).ok_or(Refusal::UnsafeTarget)?,
            public_url,
            upload,
        })
    }
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
    /// A function gave no form.
    #[error(transparent)]
    Lambda(#[from] LambdaError),
    /// A form that was signed elsewhere cannot be used.
    #[error(transparent)]
    Form(#[from] Refusal),
    /// There are no keys here for requests that are not the form.
    #[error("there are no keys here")]
    NotSignedHere,
}

impl SignerError {
    /// Asking again may help.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Lambda(error) if error.is_passing())
    }

    /// Where whoever was asked (a function, the bucket, the credentials' provider) could not be reached: why.
    #[must_use]
    pub fn connect_kind(&self) -> Option<ConnectKind> {
        let by_words = |reason: &str| Some(ConnectKind::by_words(reason));
        match self {
            Self::Lambda(LambdaError::Connect { kind, .. }) => Some(*kind),
            Self::Buckets(BucketsError::Unreachable { reason }) => by_words(reason),
            Self::Account(error)
            | Self::Lambda(LambdaError::Account(error))
            | Self::Buckets(BucketsError::Account(error)) => match error {
                // The SDK's words for a request that came to nobody.
                AccountError::NoCredentials { reason, .. } if reason.contains("dispatch failure") => by_words(reason),
                _ => None,
            },
            _ => None,
        }
    }

    /// How long whoever signs asks to be left alone.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Lambda(error) => error.retry_after(),
            _ => None,
        }
    }
}

/// One way to obtain forms. Clones share what was learned (region, credentials).
#[derive(Clone, Debug)]
pub enum Signer {
    /// Signed on this machine.
    Local(LocalSigner),
    /// Signed elsewhere.
    Handed(HandedSigner),
}

impl Signer {
    /// A newly signed form; a ticket's is always the same.
    ///
    /// # Errors
    /// See [`SignerError`].
    pub async fn sign(&self, request: &SignRequest<'_>) -> Result<Signed, SignerError> {
        match self {
            Self::Local(local) => local.sign(request).await,
            Self::Handed(handed) => handed.sign(request).await,
        }
    }

    /// Where the bucket is; asks it where that is not known.
    ///
    /// # Errors
    /// See [`SignerError`].
    pub async fn address(&self) -> Result<BucketAddress, SignerError> {
        match self {
            Self::Local(local) => local.address().await,
            Self::Handed(_) => Err(SignerError::NotSignedHere),
        }
    }

    /// The credentials that sign, for requests that are not the form (looking whether an object exists).
    ///
    /// # Errors
    /// See [`SignerError`].
    pub async fn credentials(&self) -> Result<Credentials, SignerError> {
        match self {
            Self::Local(local) => local.credentials().await,
            Self::Handed(_) => Err(SignerError::NotSignedHere),
        }
    }

    /// The account whose keys sign here; the embedded S3's are nobody's.
    #[must_use]
    pub fn account(&self) -> Option<&Account> {
        match self {
            Self::Local(local) => local.account(),
            Self::Handed(_) => None,
        }
    }

    /// The region that is signed for here, where it is known by now.
    #[must_use]
    pub fn region(&self) -> Option<String> {
        match self {
            Self::Local(local) => local.region(),
            Self::Handed(_) => None,
        }
    }

    /// Finds out, before the form's time is taken, what a form is signed by.
    ///
    /// # Errors
    /// See [`SignerError`].
    pub async fn prepare(&self) -> Result<(), SignerError> {
        match self {
            // Asking the bucket shows the server's clock as well.
            Self::Local(local) => local.address().await.map(drop),
            Self::Handed(_) => Ok(()),
        }
    }

    /// Whether asking again gives a new form.
    #[must_use]
    pub fn renews(&self) -> bool {
        match self {
            Self::Local(_) => true,
            Self::Handed(handed) => handed.renews(),
        }
    }

    /// Whether keys of this machine sign.
    #[must_use]
    pub fn is_local(&self) -> bool {
        matches!(self, Self::Local(_))
    }

    /// Uses a region that was found out in an earlier run.
    pub fn presume_region(&self, region: &str) {
        match self {
            Self::Local(local) => local.presume_region(region),
            Self::Handed(_) => {}
        }
    }

    /// Remembers the region that S3 named. False where the next form would be the same, for the same place.
    #[must_use]
    pub fn correct_region(&self, region: &str) -> bool {
        match self {
            Self::Local(local) => {
                local.correct_region(region);
                true
            }
            Self::Handed(handed) => handed.correct_region(region),
        }
    }

    /// Remembers the server's clock.
    pub fn note_clock(&self, clock_ahead: ClockAhead) {
        match self {
            Self::Local(local) => local.note_clock(clock_ahead),
            Self::Handed(handed) => handed.note_clock(clock_ahead),
        }
    }

    /// The server's clock less ours, where an answer has shown it.
    #[must_use]
    pub fn clock_ahead(&self) -> Option<ClockAhead> {
        match self {
            Self::Local(local) => local.clock_ahead(),
            Self::Handed(handed) => handed.clock_ahead(),
        }
    }

    /// Asks for credentials anew at the next [`Self::sign`].
    pub async fn forget_credentials(&self) {
        match self {
            Self::Local(local) => local.forget_credentials().await,
            Self::Handed(_) => {}
        }
    }
}
