//! What follows a failed attempt: the one table of what is tried again, how often, and after how long.
//!
//! | What happened | What follows | How often | After how long | Of the store's budget |
//! |---|---|---|---|---|
//! | S3 names another region (301, 307, 400 "expecting") | signed for it | twice | at once | nothing |
//! | keys or token refused, expired (`ExpiredToken`, …) | credentials asked for anew | once | at once | nothing |
//! | the clock is wrong (`RequestTimeTooSkewed`, "Policy expired") | signed by the answer's `Date` | once | at once | nothing |
//! | 500, 502, `InternalError`, `OperationAborted`, `BadDigest`, `IncompleteBody`; 307 without a region; a connection refused or broken | the same again | 4 times | full jitter: 0 to 0.5 s, 1 s, 2 s, 4 s | 5 |
//! | no byte taken, no connection in time, 408, 504, `RequestTimeout` | the same again | 4 times | as above | 10 |
//! | 429, 503, `SlowDown`, or a passing refusal with `Retry-After` | the same again; all uploads to that store wait | 4 times | as above, and not before `Retry-After` (5 min at most) or the shared wait (0.5 s to 20 s) | 5 |
//! | S3 stored something else than was sent | the same again | once | as above | 5 |
//! | a function gives no form, and that may pass | asked again | 4 times | as above, and not before its `Retry-After` (30 s at most) | 5 |
//! | the store, which had answered before, is not found, or there is no way to it, and nobody has reached it since | all uploads to it wait for the network | for 24 h (a command: 2 min) | one of them looks, after 1 s to 15 s | nothing |
//! | any line with a budget, while the machine slept | the same again, with credentials asked for anew | always | at once | nothing |
//! | anything else | the person is told | | | |
//!
//! The lines with a budget share their four times; what broke while the network went away takes none of them. Where it is
//! gone again as soon as it came, that is one. The budget (500 a store, [`super::pace`]) ends the retries of a store
//! where everything fails. Each code's remedy: [`crate::s3::Remedy`]; the waits: [`crate::transfer::backoff`].

use super::network::Moment;
use super::pace::{Cause, Pace};
use crate::s3::{Remedy, S3Error};
use crate::transfer::{ConnectKind, MAX_ATTEMPTS, PostError};
use std::time::Duration;

/// Redirects followed for one upload: one for the region, one more for a store that names it in two steps.
const MAX_REDIRECTS: u32 = 2;

/// What to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Sign for this region and send again.
    InRegion(String),
    /// Refresh the credentials, sign and send again.
    WithNewCredentials,
    /// Sign by the server's clock and send again.
    ByServerClock,
    /// Wait, then sign and send again.
    AfterBackoff(Again),
    /// Wait until the store can be reached, then sign and send again.
    WhenNetworkIsBack,
    /// The machine has slept: refresh the credentials, sign and send again.
    AfterSleep,
    /// Tell the person.
    GiveUp,
}

/// Another attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Again {
    /// Which it will be.
    pub(super) attempt: u32,
    pub(super) cause: Cause,
    /// As S3 asks.
    pub(super) not_before: Duration,
}

/// What is known beside the error.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Circumstances {
    /// The answer (or one before) has shown the server's clock.
    pub(super) clock_known: bool,
    /// The store was reached before, and nothing reaches it now.
    pub(super) network_lost: bool,
    /// The machine has slept since the attempt began.
    pub(super) slept: bool,
}

/// What has been tried for one upload (or one part).
#[derive(Clone, Debug)]
pub(super) struct Tried {
    /// Forms sent.
    pub(super) sent: u32,
    /// Failures that count towards the limit: a redirect is no failure of the upload.
    counted: u32,
    redirects: u32,
    mended: Mended,
    mismatched: bool,
    /// Of those counted, the last ones that a network going away may explain.
    broken: u32,
    /// The network was gone, and nothing has worked since.
    was_lost: bool,
    last_retry: Option<Cause>,
    /// The attempt under way.
    begun: Moment,
}

/// What helps once.
#[derive(Clone, Copy, Debug, Default)]
struct Mended {
    keys: bool,
    clock: bool,
}

impl Default for Tried {
    fn default() -> Self {
        Self {
            sent: 0,
            counted: 0,
            redirects: 0,
            mended: Mended::default(),
            mismatched: false,
            broken: 0,
            was_lost: false,
            last_retry: None,
            begun: Moment::now(),
        }
    }
}

impl Tried {
    /// An attempt begins.
    pub(super) fn begins(&mut self) {
        self.begun = Moment::now();
    }

    /// When it began.
    pub(super) fn begun(&self) -> Moment {
        self.begun
    }

    /// After an error.
    pub(super) fn after(&mut self, error: &PostError, seen: Circumstances) -> Next {
        let (remedy, cause, not_before) = asked_by(error);
        if seen.network_lost {
            return self.after_loss(cause);
        }
        self.was_lost = false;
        if seen.slept {
            // What was mended before has grown old meanwhile.
            self.mended = Mended::default();
            if remedy == Remedy::Retry {
                return Next::AfterSleep;
            }
        }
        let next = self.after_remedy(remedy, cause, not_before, seen.clock_known);
        let may_be_network = matches!(error, PostError::Broken { .. } | PostError::Stalled { .. });
        self.broken = if may_be_network { self.broken + 1 } else { 0 };
        next
    }

    fn after_remedy(&mut self, remedy: Remedy, cause: Cause, not_before: Duration, clock_known: bool) -> Next {
        match remedy {
            Remedy::OtherRegion(region) if self.redirects < MAX_REDIRECTS => {
                self.redirects += 1;
                Next::InRegion(region)
            }
            Remedy::RefreshCredentials if !std::mem::replace(&mut self.mended.keys, true) => Next::WithNewCredentials,
            Remedy::CorrectClock if clock_known && !std::mem::replace(&mut self.mended.clock, true) => {
                Next::ByServerClock
            }
            Remedy::Retry => self.again(cause, not_before),
            _ => Next::GiveUp,
        }
    }

    fn after_loss(&mut self, cause: Cause) -> Next {
        if std::mem::take(&mut self.was_lost) {
            return self.again(cause, Duration::ZERO);
        }
        self.was_lost = true;
        self.counted = self.counted.saturating_sub(std::mem::take(&mut self.broken));
        Next::WhenNetworkIsBack
    }

    /// After a form could not be had.
    pub(super) fn after_signing(&mut self, is_passing: bool, seen: Circumstances) -> Next {
        if seen.network_lost {
            return self.after_loss(Cause::Failed);
        }
        self.was_lost = false;
        if is_passing {
            self.again(Cause::Failed, Duration::ZERO)
        } else {
            Next::GiveUp
        }
    }

    /// After an answer whose checksum is not that of what was sent: once more, and then it is told.
    pub(super) fn after_mismatch(&mut self) -> Next {
        if std::mem::replace(&mut self.mismatched, true) {
            return Next::GiveUp;
        }
        self.again(Cause::Failed, Duration::ZERO)
    }

    /// It worked: the store's budget is told.
    pub(super) fn succeeded(&mut self, pace: &Pace) {
        pace.succeeded(self.last_retry.take());
    }

    fn again(&mut self, cause: Cause, not_before: Duration) -> Next {
        self.counted += 1;
        if self.counted >= MAX_ATTEMPTS {
            return Next::GiveUp;
        }
        self.last_retry = Some(cause);
        Next::AfterBackoff(Again {
            attempt: self.counted + 1,
            cause,
            not_before,
        })
    }
}

/// Whether the same again may work, whatever has been tried.
pub(super) fn is_passing(error: &PostError) -> bool {
    asked_by(error).0 == Remedy::Retry
}

fn asked_by(error: &PostError) -> (Remedy, Cause, Duration) {
    match error {
        PostError::S3 { error } => (error.remedy(), cause(error), error.retry_after.unwrap_or_default()),
        PostError::Stalled { .. } => (Remedy::Retry, Cause::TimedOut, Duration::ZERO),
        PostError::Broken { .. } => (Remedy::Retry, Cause::Failed, Duration::ZERO),
        PostError::Connect { kind, .. } if kind.is_passing() => {
            let cause = match kind {
                ConnectKind::TimedOut => Cause::TimedOut,
                _ => Cause::Failed,
            };
            (Remedy::Retry, cause, Duration::ZERO)
        }
        PostError::Connect { .. } | PostError::Source(_) | PostError::Cancelled => {
            (Remedy::Tell, Cause::Failed, Duration::ZERO)
        }
    }
}

fn cause(error: &S3Error) -> Cause {
    if error.is_throttling() {
        Cause::Throttled
    } else if error.is_timeout() {
        Cause::TimedOut
    } else {
        Cause::Failed
    }
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must fail loudly"
)]
mod tests;
