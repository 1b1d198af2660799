//! What the window and the command line ask of the engine.

use super::{Checkup, SandboxAccess, UnfinishedUpload};
use crate::aws::{AccountOptions, NewProfile, Secret};
use crate::store::{Destination, Settings};
use std::num::NonZeroU64;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// One upload, for as long as this process runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UploadId(pub u64);

/// The files of one drop, choice or command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BatchId(pub u64);

/// An object in S3, named by what this program knows it from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ObjectOf {
    /// What a done upload of the list stored.
    Upload(UploadId),
    /// What an entry of the history leads to, by the entry's id.
    Entry(i64),
}

/// Files to upload.
#[derive(Clone, Debug)]
pub struct AddRequest {
    /// Chosen by the caller, so that events can be told apart; see [`super::Engine::new_batch`].
    pub batch: BatchId,
    /// Files and folders, in the order to send.
    pub paths: Vec<PathBuf>,
    /// Where to.
    pub destination: Arc<Destination>,
    /// How long the rows are shown before the first byte goes (they can be taken back until then).
    pub hold: Duration,
    /// Look whether the link opens.
    pub probe: bool,
    /// Bytes per second, all uploads of this batch together.
    pub limit_rate: Option<NonZeroU64>,
}

/// Take over what processes that have ended left in the queue.
#[derive(Clone, Copy, Debug)]
pub struct AdoptRequest {
    /// The batch that it makes up; as in [`AddRequest`].
    pub batch: BatchId,
    /// Look whether the links open.
    pub probe: bool,
    /// Bytes per second, all uploads of this batch together.
    pub limit_rate: Option<NonZeroU64>,
}

/// A folder to watch: what appears in it and stands still is uploaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchRequest {
    /// [`crate::store::WatchedFolder::id`].
    pub watch: String,
    /// Which folder; not those in it.
    pub folder: PathBuf,
    /// Where to.
    pub destination: Arc<Destination>,
}

/// Imperative.
#[allow(
    clippy::large_enum_variant,
    reason = "a command lives for a moment, on its way through a channel"
)]
#[derive(Clone, Debug)]
pub enum Command {
    /// Queue files and folders.
    Add(AddRequest),
    /// Put on the list what processes that have ended left, interrupted: answered by [`super::Event::UploadsAdopted`].
    /// A row belongs to one process at a time, so that nothing is sent by two.
    Adopt(AdoptRequest),
    /// End the hold of a batch now.
    Release(BatchId),
    /// Take a batch back: everything of it that is not done is cancelled and taken off the list.
    TakeBack(BatchId),
    /// Stop uploads; they stay on the list, cancelled.
    Cancel(Vec<UploadId>),
    /// Stop everything that is not done.
    CancelAll,
    /// Try a failed, cancelled or interrupted upload again, with these changes to its destination.
    Retry {
        /// Which.
        upload: UploadId,
        /// Another destination (an option dropped, another bucket); `None`: as before.
        destination: Option<Box<Destination>>,
    },
    /// Try every interrupted upload again.
    ResumeAll,
    /// Take ended uploads off the list.
    Remove(Vec<UploadId>),
    /// Take all ended uploads off the list.
    RemoveEnded,
    /// Sign a link to a private object: answered by [`super::Event::LinkSigned`].
    SignLink(ObjectOf),
    /// Delete an object from S3: answered by [`super::Event::ObjectDeleted`]. The list and the history then say so.
    DeleteObject(ObjectOf),
    /// Search the history: answered by [`super::Event::HistoryFound`], unless a newer question comes first.
    FindHistory {
        /// Counts upwards.
        question: u64,
        /// What entries are to contain; empty: all.
        text: String,
    },
    /// Read entries of the history: answered by [`super::Event::HistoryRead`].
    ReadHistory {
        /// Comes back with the answer.
        question: u64,
        /// The entries' ids.
        ids: Vec<i64>,
    },
    /// Take entries off the history: followed by [`super::Event::HistoryChanged`]. The objects stay in S3.
    Forget(Vec<i64>),
    /// Take every entry off the history: followed by [`super::Event::HistoryChanged`].
    ForgetAll,
    /// Read the profiles: answered by [`super::Event::Environment`] and [`super::Event::Profiles`].
    ListProfiles,
    /// Write a profile into the AWS files: answered by [`super::Event::ProfileAdded`].
    AddProfile(Box<NewProfile>),
    /// List the buckets of a session: answered by [`super::Event::Buckets`].
    ListBuckets(AccountOptions),
    /// Examine a destination, and say what to change: answered by [`super::Event::Checkup`]s. One at a time: another that is
    /// still at it stops.
    Examine(Checkup),
    /// Go no further with an examination: what it has stored is deleted all the same.
    StopCheckup(u64),
    /// List the parts uploads of a destination's bucket that nobody has finished: answered by
    /// [`super::Event::UnfinishedListed`].
    ListUnfinished(Box<Destination>),
    /// Delete the parts of unfinished uploads: answered by [`super::Event::UnfinishedAborted`].
    AbortUnfinished {
        /// Whose keys, and which bucket.
        destination: Box<Destination>,
        /// Which.
        uploads: Vec<UnfinishedUpload>,
    },
    /// Forms of this function may go to this host, too.
    TrustHost {
        /// [`crate::store::LambdaDestination::identity`].
        lambda: String,
        /// As [`crate::s3::PresignedUpload::host`] writes it.
        host: String,
    },
    /// Keep a header's value in the keychain: answered by [`super::Event::SecretSaved`].
    SaveSecret {
        /// [`crate::store::LambdaDestination::identity`].
        lambda: String,
        /// The header's name.
        header: String,
        /// Its value.
        value: Secret,
    },
    /// Take a header's value out of the keychain: its destination is gone.
    ForgetSecret {
        /// [`crate::store::LambdaDestination::identity`].
        lambda: String,
        /// The header's name.
        header: String,
    },
    /// The embedded S3 runs here now; uploads to [`crate::store::DestinationKind::Sandbox`] go there.
    UseSandbox(SandboxAccess),
    /// Watch these folders from now on, and no others: followed by [`super::Event::WatchChanged`] of each, and by
    /// [`super::Event::WatchFound`] whenever files have appeared. A watch that was among those of before and is not any
    /// more is over, and what it knew is forgotten.
    Watch(Vec<WatchRequest>),
    /// Look into the watched folders: not every file system tells what happens in it.
    LookAtWatched,
    /// Write the settings: a failure is answered by [`super::Event::Trouble`].
    SaveSettings(Box<Settings>),
    /// Stop: takes everything off the wire, closes the store, answers [`super::Event::Stopped`]. What is not done comes back,
    /// interrupted, at the next start of an engine that adopts (a window); the command line's engine, which has told its
    /// caller what failed, leaves only what it had adopted.
    Shutdown,
}
