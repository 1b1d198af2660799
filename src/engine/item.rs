//! One upload on the list: its row as the window draws it, and what runs behind it.

use super::UploadId;
use super::progress::RateMeter;
use super::snapshot::{Stage, UploadRow};
use super::upload::Told;
use crate::s3::ObjectKey;
use crate::store::Destination;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;

/// A countdown is shown in steps of this: rows change no more often.
const COUNTDOWN_STEP_MILLIS: u128 = 250;

/// An upload of the list.
#[derive(Debug)]
pub(super) struct Item {
    /// As its row says it: to be found without it.
    pub(super) id: UploadId,
    pub(super) row: Arc<UploadRow>,
    /// Folder below the dropped one.
    pub(super) dir: Arc<str>,
    pub(super) destination: Arc<Destination>,
    pub(super) queue_id: Option<i64>,
    /// The watch that has found it.
    pub(super) watch: Option<Arc<str>>,
    pub(super) object_key: Option<ObjectKey>,
    /// While it runs.
    pub(super) live: Option<Box<Live>>,
    /// Left by a process that has ended.
    pub(super) adopted: bool,
    /// Taken back while it runs: off the list when it has stopped.
    pub(super) taken_back: bool,
}

/// The running side of an upload.
#[derive(Debug, Default)]
pub(super) struct Live {
    pub(super) sent_bytes: Arc<AtomicU64>,
    pub(super) said: Arc<Said>,
    pub(super) cancel: CancellationToken,
    /// Of the attempt, when it was last looked at.
    last_sent: u64,
    /// Of all attempts: what the wire really carried.
    wire_bytes: u64,
    meter: RateMeter,
    retry_at: Option<Instant>,
}

/// What an upload has said of itself since it was last listened to: a small file is through before anybody looks, and its
/// stages wake nobody.
#[derive(Debug, Default)]
pub(super) struct Said(Mutex<Words>);

#[derive(Debug, Default)]
struct Words {
    told: Vec<(Instant, Told)>,
    waits_for_network: bool,
}

impl Said {
    /// Notes what an upload says. Whether it is to be listened to at once: who waits for the network takes nobody's turn.
    pub(super) fn note(&self, told: Told, now: Instant) -> bool {
        let mut words = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut is_urgent = false;
        if let Told::Stage(stage) = &told {
            let waits = *stage == Stage::WaitingForNetwork;
            is_urgent = std::mem::replace(&mut words.waits_for_network, waits) != waits;
            // A stage that nobody has seen was none.
            words.told.pop_if(|(_, last)| matches!(last, Told::Stage(_)));
        }
        words.told.push((now, told));
        is_urgent
    }

    fn take(&self) -> Vec<(Instant, Told)> {
        let mut words = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut words.told)
    }
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

    /// Shown, and not to be sent yet.
    pub(super) fn is_held(&self) -> bool {
        matches!(self.row.stage, Stage::Held { .. })
    }

    /// In S3, proven.
    pub(super) fn is_done(&self) -> bool {
        matches!(self.row.stage, Stage::Done(_) | Stage::Deleted { .. })
    }

    /// Whether it may be tried again.
    pub(super) fn can_be_tried(&self) -> bool {
        self.live.is_none() && matches!(self.row.stage, Stage::Failed(_) | Stage::Cancelled | Stage::Interrupted)
    }

    /// Takes in what the upload has said of itself. Whether it has said anything.
    pub(super) fn listen(&mut self) -> bool {
        let told = self.live.as_ref().map(|live| live.said.take()).unwrap_or_default();
        let has_said = !told.is_empty();
        for (said_at, told) in told {
            self.hear(told, said_at);
        }
        has_said
    }

    fn hear(&mut self, told: Told, now: Instant) {
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
                self.change(|row| row.object_key = Some(key.as_str().into()));
                self.object_key = Some(key);
            }
            Told::Given { object_key, bucket } => self.change(|row| {
                row.object_key = Some(object_key.into());
                row.bucket = bucket.into();
            }),
            // The queue's to tell, and a checkup's.
            Told::Event(_) | Told::Signed(_) => {}
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
