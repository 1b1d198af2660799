//! What has happened. Never dropped.

use super::{BatchId, CheckupNews, Done, Failure, Found, ObjectOf, UnfinishedList, UploadId};
use crate::aws::{AccountOptions, Environment, Profile};
use crate::s3::Limits;
use crate::store::{Deletion, Destination, DestinationKind, HistoryEntry};
use std::sync::Arc;
use std::time::Duration;

/// Buckets of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BucketList {
    /// Whose.
    pub account: AccountOptions,
    /// The session's region, where one is set.
    pub region: Option<String>,
    /// The session's endpoint, where it is not AWS.
    pub endpoint_url: Option<String>,
    /// Names, or why they cannot be listed (`Failure::code` is `list_denied` where the name is to be typed).
    pub buckets: Result<Vec<String>, Failure>,
}

/// A link to a private object. `Debug` hides it: until it expires, whoever has it has the object.
#[derive(Clone, PartialEq, Eq)]
pub struct TemporaryLink {
    /// The presigned GET.
    pub url: String,
    /// How long it opens, from now.
    pub expires_in: Duration,
}

impl std::fmt::Debug for TemporaryLink {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("TemporaryLink")
            .field("expires_in", &self.expires_in)
            .finish_non_exhaustive()
    }
}

/// How a watch goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WatchState {
    /// What appears is uploaded.
    Watching,
    /// Another window has ended it.
    Ended,
    /// It is not watched, or not as it should be.
    Failed(Box<Failure>),
}

/// Past tense.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A batch was expanded into uploads, in order. A large one comes in pieces, each told so.
    BatchAdded {
        /// Which.
        batch: BatchId,
        /// Its uploads, or the next of them; none at all where it is empty.
        uploads: Vec<UploadId>,
    },
    /// What other processes left is on the list, interrupted; nothing, where they left nothing.
    UploadsAdopted {
        /// The batch that they make up.
        batch: BatchId,
        /// Where each was to go.
        destinations: Vec<(UploadId, Arc<Destination>)>,
    },
    /// An upload was proven, and is in the history.
    UploadDone {
        /// Which.
        upload: UploadId,
        /// Its batch.
        batch: BatchId,
        /// The result.
        done: Arc<Done>,
    },
    /// An upload failed for good.
    UploadFailed {
        /// Which.
        upload: UploadId,
        /// Its batch.
        batch: BatchId,
        /// Why.
        failure: Box<Failure>,
    },
    /// An upload was cancelled.
    UploadCancelled {
        /// Which.
        upload: UploadId,
        /// Its batch.
        batch: BatchId,
    },
    /// Every upload of a batch has ended.
    BatchEnded {
        /// Which.
        batch: BatchId,
        /// Those that are done, in the order given; of an engine that forgets them, none.
        done: Vec<Arc<Done>>,
        /// How many failed.
        failed: usize,
        /// How many were cancelled.
        cancelled: usize,
    },
    /// A function has handed out a form that allows something else than its last one; or its first.
    FormSeen {
        /// Whose.
        destination: DestinationKind,
        /// Where it goes.
        host: String,
        /// What its owner allows.
        limits: Limits,
    },
    /// A function's first form has come: its host is trusted from now on, and another is asked about.
    HostTrusted {
        /// Whose.
        destination: DestinationKind,
        /// Which.
        host: String,
    },
    /// A header's value was taken into the keychain, or could not be.
    SecretSaved {
        /// The function's identity.
        lambda: String,
        /// The header's name.
        header: String,
        /// Why not.
        saved: Result<(), Failure>,
    },
    /// A link was signed, or could not be.
    LinkSigned {
        /// What it opens.
        object: ObjectOf,
        /// The link.
        link: Result<TemporaryLink, Failure>,
    },
    /// An object was deleted from S3, or could not be.
    ObjectDeleted {
        /// Which.
        object: ObjectOf,
        /// That it is gone.
        deletion: Result<Deletion, Box<Failure>>,
    },
    /// A search of the history has ended.
    HistoryFound {
        /// Its number.
        question: u64,
        /// What was found.
        found: Result<Found, Box<Failure>>,
    },
    /// Entries of the history as they are now.
    HistoryRead {
        /// The question's number.
        question: u64,
        /// In the order asked; those that were forgotten in the meantime are missing.
        entries: Vec<HistoryEntry>,
    },
    /// Entries of the history were forgotten, or have changed.
    HistoryChanged,
    /// What the environment says beside the profiles; comes before them.
    Environment(Environment),
    /// The profiles.
    Profiles(Result<Vec<Profile>, Failure>),
    /// A profile was written, or could not be.
    ProfileAdded {
        /// Its name.
        name: String,
        /// Why not.
        written: Result<(), Failure>,
    },
    /// The buckets of a session.
    Buckets(BucketList),
    /// A checkup has got further.
    Checkup {
        /// As it was asked for.
        id: u64,
        /// How far.
        news: CheckupNews,
    },
    /// The unfinished parts uploads of a bucket.
    UnfinishedListed {
        /// Whose.
        destination: DestinationKind,
        /// What there is, or why that is not known.
        listed: Result<UnfinishedList, Box<Failure>>,
    },
    /// Parts of unfinished uploads were deleted.
    UnfinishedAborted {
        /// Of which bucket.
        destination: DestinationKind,
        /// How many are gone.
        aborted: usize,
        /// Why the rest is still there.
        failure: Option<Box<Failure>>,
    },
    /// A watch goes in another way than before; or its first.
    WatchChanged {
        /// Which.
        watch: String,
        /// How it goes.
        state: WatchState,
    },
    /// Files have appeared in a watched folder, and are queued. Their [`Event::BatchAdded`] follows.
    WatchFound {
        /// Which watch.
        watch: String,
        /// The batch that they make up.
        batch: BatchId,
        /// Where to.
        destination: Arc<Destination>,
    },
    /// Something that no upload is to blame for: the store, the settings.
    Trouble(Failure),
    /// The engine has stopped; nothing follows.
    Stopped,
}
