//! What follows a failed attempt: sign again, wait and send again, or tell the person. Counts what has been tried.

use crate::s3::Remedy;
use crate::transfer::{MAX_ATTEMPTS, PostError};

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
    /// Wait, then sign and send again; the attempt that this will be.
    AfterBackoff(u32),
    /// Tell the person.
    GiveUp,
}

/// What has been tried for one upload.
#[derive(Clone, Debug, Default)]
pub(super) struct Tried {
    /// Forms sent.
    pub(super) sent: u32,
    /// Failures that count towards the limit: a redirect is no failure of the upload.
    counted: u32,
    redirects: u32,
    refreshed: bool,
    clock_corrected: bool,
    mismatched: bool,
}

impl Tried {
    /// After an error. `clock_known`: the answer (or one before) has shown the server's clock.
    pub(super) fn after(&mut self, error: &PostError, clock_known: bool) -> Next {
        let remedy = match error {
            PostError::S3 { error } => error.remedy(),
            PostError::Stalled { .. } | PostError::Broken { .. } => Remedy::Retry,
            PostError::Connect { kind, .. } if kind.is_passing() => Remedy::Retry,
            PostError::Connect { .. } | PostError::Source(_) | PostError::Cancelled => Remedy::Tell,
        };
        match remedy {
            Remedy::OtherRegion(region) if self.redirects < MAX_REDIRECTS => {
                self.redirects += 1;
                Next::InRegion(region)
            }
            Remedy::RefreshCredentials if !std::mem::replace(&mut self.refreshed, true) => Next::WithNewCredentials,
            Remedy::CorrectClock if clock_known && !std::mem::replace(&mut self.clock_corrected, true) => {
                Next::ByServerClock
            }
            Remedy::Retry => self.again(),
            _ => Next::GiveUp,
        }
    }

    /// After a form could not be had.
    pub(super) fn after_signing(&mut self, is_passing: bool) -> Next {
        if is_passing { self.again() } else { Next::GiveUp }
    }

    /// After an answer whose checksum is not that of what was sent: once more, and then it is told.
    pub(super) fn after_mismatch(&mut self) -> Next {
        if std::mem::replace(&mut self.mismatched, true) {
            return Next::GiveUp;
        }
        self.again()
    }

    fn again(&mut self) -> Next {
        self.counted += 1;
        if self.counted >= MAX_ATTEMPTS {
            return Next::GiveUp;
        }
        Next::AfterBackoff(self.counted + 1)
    }
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must fail loudly"
)]
mod tests {
    use super::*;
    use crate::s3::S3Error;

    fn refused(status: u16, code: &str, region: Option<&str>) -> PostError {
        PostError::S3 {
            error: S3Error {
                status,
                code: code.to_owned(),
                region: region.map(str::to_owned),
                ..S3Error::default()
            },
        }
    }

    #[test]
    fn passing_errors_are_tried_five_times_in_all() {
        let mut tried = Tried::default();
        let stalled = PostError::Stalled { seconds: 30 };
        let next: Vec<_> = (0..5).map(|_| tried.after(&stalled, false)).collect();
        let again = (2..=5).map(Next::AfterBackoff);
        assert_eq!(next, again.chain([Next::GiveUp]).collect::<Vec<_>>());
    }

    #[test]
    fn redirects_do_not_use_attempts_up_but_end() {
        let mut tried = Tried::default();
        let elsewhere = refused(301, "PermanentRedirect", Some("eu-west-1"));
        assert_eq!(tried.after(&elsewhere, false), Next::InRegion("eu-west-1".to_owned()));
        assert_eq!(tried.after(&elsewhere, false), Next::InRegion("eu-west-1".to_owned()));
        assert_eq!(tried.after(&elsewhere, false), Next::GiveUp);
        assert_eq!(
            tried.after(&PostError::Stalled { seconds: 30 }, false),
            Next::AfterBackoff(2)
        );
    }

    #[test]
    fn credentials_and_clock_are_mended_once() {
        let mut tried = Tried::default();
        let expired = refused(400, "ExpiredToken", None);
        assert_eq!(tried.after(&expired, false), Next::WithNewCredentials);
        assert_eq!(tried.after(&expired, false), Next::GiveUp);
        let skewed = refused(403, "RequestTimeTooSkewed", None);
        assert_eq!(tried.after(&skewed, false), Next::GiveUp, "without a clock to go by");
        assert_eq!(tried.after(&skewed, true), Next::ByServerClock);
        assert_eq!(tried.after(&skewed, true), Next::GiveUp);
    }
}
