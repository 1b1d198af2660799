//! One upload on the list: its row as the window draws it, and what runs behind it.

use super::progress::RateMeter;
use super::snapshot::{Stage, UploadRow};
use super::upload::Told;
use crate::s3::ObjectKey;
use crate::store::QueuedFile;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;

/// A countdown is shown in steps of this: rows change no more often.
const COUNTDOWN_STEP_MILLIS: u128 = 250;

/// An upload of the list.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) row: Arc<UploadRow>,
    pub(super) file: QueuedFile,
    pub(super) queue_id: Option<i64>,
    pub(super) object_key: Option<ObjectKey>,
    /// While it runs.
    pub(super) live: Option<Live>,
    /// Left by a process that has ended.
    pub(super) adopted: bool,
    /// Taken back while it runs: off the list when it has stopped.
    pub(super) taken_back: bool,
}

/// The running side of an upload.
#[derive(Debug, Default)]
pub(super) struct Live {
    pub(super) sent_bytes: Arc<AtomicU64>,
    pub(super) cancel: CancellationToken,
    /// Of the attempt, when it was last looked at.
    last_sent: u64,
    /// Of all attempts: what the wire really carried.
    wire_bytes: u64,
    meter: RateMeter,
    retry_at: Option<Instant>,
}

impl Item {
    /// Changes the row; a snapshot that was taken keeps the old one.
    pub(super) fn change(&mut self, change: impl FnOnce(&mut UploadRow)) {
        change(Arc::make_mut(&mut self.row));
    }

    pub(super) fn set_stage(&mut self, stage: Stage) {
        self.change(|row| row.stage = stage);
    }

    /// Nothing more happens to it by itself.
    pub(super) fn is_ended(&self) -> bool {
        matches!(
            self.row.stage,
            Stage::Done(_) | Stage::Deleted { .. } | Stage::Failed(_) | Stage::Cancelled
        )
    }

    /// In S3, proven.
    pub(super) fn is_done(&self) -> bool {
        matches!(self.row.stage, Stage::Done(_) | Stage::Deleted { .. })
    }

    /// Whether it may be tried again.
    pub(super) fn can_be_tried(&self) -> bool {
        self.live.is_none() && matches!(self.row.stage, Stage::Failed(_) | Stage::Cancelled | Stage::Interrupted)
    }

    /// What the upload says of itself.
    pub(super) fn hear(&mut self, told: Told, now: Instant) {
        let Some(live) = &mut self.live else { return };
        match told {
            Told::Stage(stage) => {
                live.retry_at = match &stage {
                    Stage::RetryingIn { remaining, .. } => Some(now + *remaining),
                    _ => None,
                };
                live.meter.reset();
                self.change(|row| {
                    row.rate_bytes_per_sec = 0;
                    row.stage = stage;
                });
            }
            Told::Resumed(bytes) => live.last_sent = bytes,
            Told::Size(size_bytes) => self.change(|row| row.size_bytes = size_bytes),
            Told::ObjectKey(key) => {
                self.change(|row| row.object_key = Some(key.to_string()));
                self.object_key = Some(key);
            }
            Told::Given { object_key, bucket } => self.change(|row| {
                row.object_key = Some(object_key);
                row.bucket = bucket;
            }),
            // The queue's to tell.
            Told::Event(_) => {}
            Told::Queued(queue_id) => self.queue_id = Some(queue_id),
        }
    }

    /// Reads the counters. Gives the bytes that the wire took since the last look, and whether the row changed.
    pub(super) fn look(&mut self, now: Instant) -> (u64, bool) {
        let Some(live) = &mut self.live else {
            return (0, false);
        };
        let sent = live.sent_bytes.load(Ordering::Relaxed);
        let moved = sent.saturating_sub(live.last_sent);
        live.last_sent = sent;
        live.wire_bytes += moved;
        let row = &self.row;
        let mut stage = row.stage.clone();
        let mut rate = 0;
        match &mut stage {
            Stage::Sending => {
                live.meter.note(now, live.wire_bytes);
                rate = live.meter.bytes_per_sec();
                if sent >= row.size_bytes {
                    stage = Stage::WaitingForS3;
                    rate = 0;
                }
            }
            Stage::RetryingIn { remaining, .. } => {
                if let Some(at) = live.retry_at {
                    *remaining = countdown(at, now);
                }
            }
            _ => {}
        }
        // What a new attempt sends again does not count until it is past what was shown.
        let shown = row.sent_bytes.max(sent.min(row.size_bytes));
        let changed = shown != row.sent_bytes || rate != row.rate_bytes_per_sec || stage != row.stage;
        if changed {
            self.change(|row| {
                row.sent_bytes = shown;
                row.rate_bytes_per_sec = rate;
                row.stage = stage;
            });
        }
        (moved, changed)
    }
}

/// What is left until `at`, in steps: a row that shows the same is the same.
fn countdown(at: Instant, now: Instant) -> Duration {
    let left = at.saturating_duration_since(now).as_millis();
    let millis = left.div_ceil(COUNTDOWN_STEP_MILLIS) * COUNTDOWN_STEP_MILLIS;
    Duration::from_millis(u64::try_from(millis).unwrap_or(u64::MAX))
}
