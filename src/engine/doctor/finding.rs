//! What is found of a step: how it is, and what is said of it.

use super::Remark;
use super::permission::{Permission, missing};
use crate::engine::{Failure, Text};

/// A step of the way, in its order. The names are a contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// What is examined.
    Destination,
    /// Proxy, certificates, variables.
    Environment,
    /// Whose keys sign.
    Keys,
    /// Where the bucket is.
    Region,
    /// This machine's clock.
    Clock,
    /// Who signs, to AWS.
    Identity,
    /// May buckets be listed?
    Listing,
    /// A form.
    Signing,
    /// Where a function's form goes.
    Host,
    /// The trial's bytes.
    Upload,
    /// What is stored is what was sent.
    Proof,
    /// Does the link open?
    Link,
    /// The trial is taken away again.
    Deletion,
    /// Parts that lie about.
    Unfinished,
}

impl Step {
    /// `destination`, `environment`, …
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Destination => "destination",
            Self::Environment => "environment",
            Self::Keys => "keys",
            Self::Region => "region",
            Self::Clock => "clock",
            Self::Identity => "identity",
            Self::Listing => "listing",
            Self::Signing => "signing",
            Self::Host => "host",
            Self::Upload => "upload",
            Self::Proof => "proof",
            Self::Link => "link",
            Self::Deletion => "deletion",
            Self::Unfinished => "unfinished",
        }
    }
}

/// How a step ended. The names are a contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// As it should be.
    Ok,
    /// Uploads work with it, and somebody may want it otherwise.
    Note,
    /// There was nothing to find out.
    Skipped,
    /// It does not work.
    Failed,
}

impl State {
    /// `ok`, `note`, `skipped`, `failed`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Note => "note",
            Self::Skipped => "skipped",
            Self::Failed => "failed",
        }
    }
}

/// What is said of a step.
#[derive(Clone, Debug, PartialEq)]
pub enum Says {
    /// What was found.
    Remark(Box<Remark>),
    /// What went wrong.
    Failure(Box<Failure>),
}

impl From<Remark> for Says {
    fn from(remark: Remark) -> Self {
        Self::Remark(Box::new(remark))
    }
}

impl From<Failure> for Says {
    fn from(failure: Failure) -> Self {
        Self::Failure(Box::new(failure))
    }
}

/// One step's end.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Which.
    pub step: Step,
    /// How.
    pub state: State,
    /// What is said of it.
    pub says: Says,
}

impl Finding {
    pub(crate) fn new(step: Step, state: State, says: impl Into<Says>) -> Self {
        Self {
            step,
            state,
            says: says.into(),
        }
    }

    /// One sentence and what to change, in English.
    #[must_use]
    pub fn english(&self) -> Text {
        match &self.says {
            Says::Remark(remark) => remark.english(),
            Says::Failure(failure) => failure.english(),
        }
    }

    /// What went wrong.
    #[must_use]
    pub fn failure(&self) -> Option<&Failure> {
        match &self.says {
            Says::Failure(failure) => Some(failure),
            Says::Remark(remark) => match remark.as_ref() {
                Remark::Stays { why, .. } => Some(why),
                _ => None,
            },
        }
    }

    /// The permissions that were missed, each with what it is to be on.
    #[must_use]
    pub fn missing(&self) -> Vec<Permission> {
        missing(&self.says)
    }
}
