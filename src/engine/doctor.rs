//! A destination examined: a small file all the way there and away again, and who, where and by whose leave.
//!
//! The way is the uploads' own, so that what is found here is what an upload would meet. Every step becomes a [`Finding`],
//! typed, for the command line prints it and the window shows it in its own language.

pub mod finding;
pub mod remark;

mod environment;
mod permission;
mod place;
mod report;
mod sending;
mod trial;
mod unfinished;
mod who;

pub use finding::{Finding, Says, State, Step};
pub use permission::{Permission, policy};
pub use remark::{Named, Place, Remark, Sent, Signed};
pub use report::line;

use super::endpoints::Endpoint;
use super::upload::Workshop;
use super::{Event, Failure};
use crate::store::{Destination, DestinationKind};
use place::Found;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// What is to be examined.
#[derive(Clone, Debug)]
pub struct Checkup {
    /// Chosen by who asks; comes back with the news.
    pub id: u64,
    /// Where files would go.
    pub destination: Box<Destination>,
    /// Delete the parts of unfinished uploads, but for those that this machine's queue goes on with.
    pub abort_unfinished: bool,
}

/// How far a checkup is.
#[derive(Clone, Debug, PartialEq)]
pub enum CheckupNews {
    /// A step is being taken.
    Begins(Step),
    /// One was.
    Found(Finding),
    /// Nothing follows.
    Ended {
        /// The least that IAM must allow, where a permission was missed.
        policy: Option<String>,
    },
}

/// Where news goes.
type Tell = Arc<dyn Fn(Event) + Send + Sync>;

/// Answers [`super::Command::Examine`]. When `stop` says so it goes no further, but what it has stored is deleted all the
/// same.
pub(super) async fn examine(checkup: Checkup, workshop: Arc<Workshop>, stop: CancellationToken, tell: Tell) {
    let mut examination = Examination {
        id: checkup.id,
        destination: *checkup.destination,
        workshop,
        stop,
        tell,
        region: None,
        misses_permission: false,
    };
    examination.go_through(checkup.abort_unfinished).await;
    let policy = examination.policy_that_is_wanting();
    examination.say(CheckupNews::Ended { policy });
}

/// A destination on the table.
struct Examination {
    id: u64,
    destination: Destination,
    workshop: Arc<Workshop>,
    stop: CancellationToken,
    tell: Tell,
    /// The bucket's, where it is known.
    region: Option<String>,
    misses_permission: bool,
}

impl Examination {
    async fn go_through(&mut self, abort_unfinished: bool) {
        let stop = self.stop.clone();
        let looked = tokio::select! {
            biased;
            () = stop.cancelled() => None,
            looked = self.look_around() => looked,
        };
        let Some(endpoint) = looked else { return };
        self.send(endpoint.as_deref()).await;
        tokio::select! {
            biased;
            () = stop.cancelled() => {}
            () = self.look_for_unfinished(abort_unfinished) => {}
        }
    }

    /// Everything before the first byte of the trial. `None` where nothing can be sent; inside, none where forms are signed
    /// elsewhere.
    async fn look_around(&mut self) -> Option<Option<Arc<Endpoint>>> {
        self.ok(Step::Destination, environment::of_destination(&self.destination));
        match self.workshop.client.clone() {
            Ok(_) => self.ok(Step::Environment, environment::of_process()),
            Err(failure) => {
                self.failed(Step::Environment, failure);
                return None;
            }
        }
        if !self.destination.kind.is_signed_here() {
            self.skipped(Step::Keys, Remark::KeysElsewhere);
            if let DestinationKind::Ticket(ticket) = &self.destination.kind {
                let found = trial::of_ticket(ticket);
                self.find(found);
                return None;
            }
            return Some(None);
        }
        let endpoint = self.keys().await?;
        let found = self.place(&endpoint).await;
        if found != Found::Nobody {
            self.identity(&endpoint).await;
            self.listing(&endpoint).await;
        }
        (found == Found::Bucket).then_some(Some(endpoint))
    }

    fn begin(&self, step: Step) {
        self.say(CheckupNews::Begins(step));
    }

    /// As it should be.
    fn ok(&mut self, step: Step, remark: Remark) {
        self.find(Finding::new(step, State::Ok, remark));
    }

    /// Uploads work with it, and somebody may want it otherwise.
    fn note(&mut self, step: Step, says: impl Into<Says>) {
        self.find(Finding::new(step, State::Note, says));
    }

    /// There was nothing to find out.
    fn skipped(&mut self, step: Step, remark: Remark) {
        self.find(Finding::new(step, State::Skipped, remark));
    }

    /// It does not work.
    fn failed(&mut self, step: Step, failure: Failure) {
        self.find(Finding::new(step, State::Failed, failure));
    }

    fn find(&mut self, finding: Finding) {
        self.misses_permission |= !finding.missing().is_empty();
        self.say(CheckupNews::Found(finding));
    }

    fn say(&self, news: CheckupNews) {
        (self.tell)(Event::Checkup { id: self.id, news });
    }
}
