//! What the sending task and the watching task share: how far the wire is, and who waits for whom.

use super::SentBytes;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How often the watchdog looks while the wire waits for this side.
const LOOK_AGAIN: Duration = Duration::from_millis(500);
/// What a store may take for an answer beyond twice the stall timeout: a second for so many bytes.
const ANSWER_BYTES_PER_SEC: u64 = 16 * 1024 * 1024;

/// Who waits for whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WaitingFor {
    /// The wire for this side: connecting, reading the file, keeping to the rate limit.
    Us,
    /// This side for the wire to take the next frame.
    Wire(Instant),
    /// This side for S3's answer; every byte has been taken.
    Answer(Instant),
}

/// One attempt's wire.
#[derive(Debug)]
pub(super) struct Wire {
    sent_bytes: SentBytes,
    size_bytes: u64,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    waiting: WaitingFor,
    paused: bool,
}

impl Wire {
    pub(super) fn new(sent_bytes: SentBytes, size_bytes: u64) -> Self {
        sent_bytes.begin();
        Self {
            sent_bytes,
            size_bytes,
            state: Mutex::new(State {
                waiting: WaitingFor::Us,
                paused: false,
            }),
        }
    }

    /// Bytes of the file that the wire took.
    pub(super) fn sent_bytes(&self) -> u64 {
        self.sent_bytes.bytes()
    }

    pub(super) fn took(&self, bytes: usize) {
        self.sent_bytes.took(bytes as u64);
    }

    pub(super) fn wait(&self, waiting: WaitingFor) {
        self.state().waiting = waiting;
    }

    /// Gives the wire no more bytes: S3 has answered before it had them all.
    pub(super) fn pause(&self) {
        self.state().paused = true;
    }

    pub(super) fn is_paused(&self) -> bool {
        self.state().paused
    }

    pub(super) fn all_taken(&self) -> bool {
        matches!(self.state().waiting, WaitingFor::Answer(_))
    }

    /// Ends when the wire has taken nothing for `stall_timeout`, or when S3 owes its answer for twice that and a second
    /// for every 16 MiB: what the kernel still holds must reach S3, and a store may look through a large object before
    /// it answers. Returns how long that was.
    pub(super) async fn stalled(&self, stall_timeout: Duration) -> Duration {
        let answer_timeout = stall_timeout * 2 + Duration::from_secs(self.size_bytes / ANSWER_BYTES_PER_SEC);
        loop {
            let (since, timeout) = match self.state().waiting {
                WaitingFor::Us => (Instant::now(), LOOK_AGAIN),
                WaitingFor::Wire(since) => (since, stall_timeout),
                WaitingFor::Answer(since) => (since, answer_timeout),
            };
            let waited = since.elapsed();
            if waited >= timeout {
                return waited;
            }
            tokio::time::sleep(timeout.saturating_sub(waited).min(LOOK_AGAIN)).await;
        }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        // A poisoned lock still holds both facts.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
