//! Functions that hand out forms: where those of each go and what they take, and what waits for a key.

use super::Model;
use crate::engine::{Command, Failure, UploadId, UploadRow};
use crate::s3::Limits;
use crate::store::{Destination, DestinationKind, LambdaDestination};
use crate::ui::action::Effect;
use jiff::{Timestamp, ZonedDateTime};
use std::collections::HashMap;

/// What functions' last forms allowed, and what time it is.
#[derive(Debug, Default)]
pub(crate) struct Forms {
    /// By [`LambdaDestination::identity`].
    seen: HashMap<String, SeenForm>,
    /// Uploads that are tried again when their function's new key is in the keychain.
    waiting: Vec<(UploadId, Destination)>,
    /// On the wall, when the window was last drawn.
    pub(crate) time: Timestamp,
}

/// The last form of a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SeenForm {
    /// Where it goes.
    pub(crate) host: String,
    /// What its owner allows.
    pub(crate) limits: Limits,
}

impl Forms {
    /// `upload` is tried again when the key is kept.
    pub(super) fn waits_for_secret(&mut self, upload: UploadId, destination: Destination) {
        self.waiting.push((upload, destination));
    }

    /// The last form that a function handed out.
    pub(crate) fn last_of(&self, lambda: &LambdaDestination) -> Option<&SeenForm> {
        self.seen.get(lambda.identity())
    }
}

impl Model {
    /// Takes the time on the wall at `now` of the window's clock.
    pub(crate) fn wall_clock_says(&mut self, time: &ZonedDateTime, now: f64) {
        self.forms.time = time.timestamp();
        self.history.wall_clock_says(time, now);
    }

    pub(super) fn form_seen(&mut self, destination: &DestinationKind, host: String, limits: Limits) {
        if let DestinationKind::Lambda(lambda) = destination {
            let seen = SeenForm {
                host,
                limits: of_every_file(limits),
            };
            self.forms.seen.insert(lambda.identity().to_owned(), seen);
        }
    }

    /// A header's value is in the keychain, or could not be taken there.
    pub(super) fn secret_saved(&mut self, lambda: &str, saved: Result<(), Failure>) -> Vec<Effect> {
        let is_its = |destination: &Destination| matches!(&destination.kind, DestinationKind::Lambda(known) if known.identity() == lambda);
        let waiting = self
            .forms
            .waiting
            .extract_if(.., |(_, destination)| is_its(destination));
        let waiting: Vec<_> = waiting.collect();
        if let Err(failure) = saved {
            self.trouble(failure);
            return Vec::new();
        }
        let retries = waiting.into_iter();
        retries
            .flat_map(|(upload, destination)| self.retry(upload, Some(Box::new(destination))))
            .collect()
    }

    /// Forms of the function that `upload` went to may go to `host`, and it is tried again.
    pub(super) fn trust_host(&mut self, upload: UploadId, host: String) -> Vec<Effect> {
        let Some(lambda) = self.function_of(upload).map(|lambda| lambda.identity().to_owned()) else {
            return Vec::new();
        };
        let mut effects = vec![Effect::send(Command::TrustHost { lambda, host })];
        effects.extend(self.retry(upload, None));
        effects
    }

    /// Whether this program can sign for what `upload` stored: links to it, and its end.
    pub(crate) fn is_signed_here(&self, upload: &UploadRow) -> bool {
        let sent_to = self.sent_to(upload);
        sent_to.is_none_or(|destination| destination.kind.is_signed_here())
    }

    fn function_of(&self, upload: UploadId) -> Option<&LambdaDestination> {
        match &self.sent_to(self.row_of(upload)?)?.kind {
            DestinationKind::Lambda(lambda) => Some(lambda),
            _ => None,
        }
    }
}

/// What the form of one file says of the next: a whole type, or one size alone, is that of its own file.
fn of_every_file(limits: Limits) -> Limits {
    Limits {
        size_bytes: limits.size_bytes.filter(|(least, most)| least < most),
        content_type: limits.content_type.filter(|content_type| content_type.ends_with('/')),
        key_prefix: limits.key_prefix.filter(|prefix| prefix.ends_with('/')),
        expiration: None,
    }
}
