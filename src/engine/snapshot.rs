//! What the window draws: every upload as it is now.

use super::failure::UploadReason;
use super::rows::Rows;
use super::{BatchId, Failure, Reason, UploadId};
use crate::store::Deletion;
use crate::transfer::{Access, Proof};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// The result of an upload: the fields of the command line's JSON.
#[derive(Clone, Debug, PartialEq)]
pub struct Done {
    /// The file.
    pub path: Arc<Path>,
    /// Bucket.
    pub bucket: String,
    /// Object key.
    pub object_key: String,
    /// Public URL.
    pub url: String,
    /// `ETag`, without quotes.
    pub etag: Option<String>,
    /// Size in bytes.
    pub size_bytes: u64,
    /// Content type.
    pub content_type: String,
    /// By what it is proven.
    pub proof: Proof,
    /// Who can open it.
    pub access: Access,
    /// Attempts made, 1 where the first was enough.
    pub attempts: u32,
    /// From its turn to the proof.
    pub duration: Duration,
}

/// Where an upload is on its way.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// Shown, not sent yet: may be taken back for `remaining`.
    Held {
        /// Until it begins, from when it came on the list.
        remaining: Duration,
    },
    /// Its turn has not come.
    Waiting,
    /// The form is being obtained.
    Signing,
    /// Bytes are moving.
    Sending,
    /// All bytes taken, no answer yet.
    WaitingForS3,
    /// Answer compared, link looked at.
    Proving,
    /// A passing error: the next attempt begins in `remaining`.
    RetryingIn {
        /// Until it begins.
        remaining: Duration,
        /// Which attempt that is.
        attempt: u32,
    },
    /// The network is gone: it goes on by itself when that is back. That counts as no attempt.
    WaitingForNetwork,
    /// In S3, proven, in the history.
    Done(Arc<Done>),
    /// Was done, and then deleted from S3.
    Deleted {
        /// What it was.
        done: Arc<Done>,
        /// When, and what is left.
        deletion: Deletion,
    },
    /// For good.
    Failed(Arc<Failure>),
    /// By the person.
    Cancelled,
    /// Left over from a process that ended.
    Interrupted,
}

/// One upload.
#[derive(Clone, Debug, PartialEq)]
pub struct UploadRow {
    /// Which.
    pub id: UploadId,
    /// Its batch.
    pub batch: BatchId,
    /// The file.
    pub path: Arc<Path>,
    /// The key that it gets; `None` before its turn.
    pub object_key: Option<Arc<str>>,
    /// The destination's bucket.
    pub bucket: Arc<str>,
    /// The destination's name.
    pub destination: Arc<str>,
    /// Its size, where it could be looked at.
    pub size_bytes: u64,
    /// Bytes that the wire took, never running backwards within an upload: what a new attempt sends again does not count until it is past that.
    pub sent_bytes: u64,
    /// Over the last seconds; 0 while not sending.
    pub rate_bytes_per_sec: u64,
    /// Where it is.
    pub stage: Stage,
    /// It has appeared in a folder that is watched.
    pub is_watched: bool,
}

impl UploadRow {
    /// Whether it failed by a question: its destination says to ask.
    #[must_use]
    pub fn asks(&self) -> bool {
        let is_question = |failure: &Failure| matches!(failure.reason, Reason::Upload(UploadReason::AskExists { .. }));
        matches!(&self.stage, Stage::Failed(failure) if is_question(failure))
    }
}

/// All uploads together (of the current list).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Totals {
    /// On the list.
    pub uploads: usize,
    /// Done.
    pub done: usize,
    /// Failed for good.
    pub failed: usize,
    /// Cancelled by the person.
    pub cancelled: usize,
    /// Left over from a process that ended.
    pub interrupted: usize,
    /// Waiting or on their way.
    pub active: usize,
    /// Of the active, those that are held.
    pub held: usize,
    /// Of the active, those whose turn has come.
    pub begun: usize,
    /// Of those, how many wait for their next attempt.
    pub retrying: usize,
    /// Of those, how many wait for the network.
    pub offline: usize,
    /// Of the done, those that were not deleted: there is a link to copy.
    pub linked: usize,
    /// Of the failed, those that ask the person something.
    pub asking: usize,
    /// Bytes sent.
    pub sent_bytes: u64,
    /// Bytes of all.
    pub size_bytes: u64,
    /// Over the last seconds.
    pub rate_bytes_per_sec: u64,
    /// At this rate; `None` while there is none.
    pub time_left: Option<Duration>,
}

/// Everything, in the order given. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Snapshot {
    /// Rows; an unchanged row is the same `Arc`.
    pub uploads: Rows,
    /// Together.
    pub totals: Totals,
}
