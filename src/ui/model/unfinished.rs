//! Parts uploads that nobody has finished, bucket by bucket: looked for when the person asks, discarded when they say so.

use super::{Dialog, Message, Model};
use crate::engine::{Command, Failure, UnfinishedList, UnfinishedUpload};
use crate::store::{Destination, DestinationKind};
use crate::ui::action::Effect;
use std::collections::HashMap;

/// What a bucket has told.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Look {
    /// It has been asked.
    Asked,
    /// It has answered.
    Listed(UnfinishedList),
    /// It has not.
    Failed(Box<Failure>),
}

/// What is known of each bucket.
pub(crate) type Looks = HashMap<DestinationKind, Look>;

/// The question before they are discarded.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct DiscardQuestion {
    /// Where they are.
    pub(crate) destination: Destination,
    /// All that were listed there.
    pub(crate) uploads: Vec<UnfinishedUpload>,
    /// Those that this computer's list can go on with are to go as well.
    pub(crate) with_resumable: bool,
    /// S3 has been asked.
    pub(crate) is_discarding: bool,
}

impl DiscardQuestion {
    /// How many there are that this computer can go on with.
    pub(crate) fn resumable(&self) -> usize {
        self.uploads.iter().filter(|upload| upload.is_resumable).count()
    }

    /// What is to go.
    pub(crate) fn chosen(&self) -> impl Iterator<Item = &UnfinishedUpload> {
        let goes = |upload: &&UnfinishedUpload| self.with_resumable || !upload.is_resumable;
        self.uploads.iter().filter(goes)
    }
}

/// A wish about them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum UnfinishedAction {
    /// Ask every bucket that is signed for here.
    Look,
    /// Ask whether those of a bucket are to go.
    AskToDiscard(Box<Destination>),
    /// Whether those that can be resumed are to go as well.
    WithResumable(bool),
    /// They are to go.
    Discard,
}

impl Model {
    /// The destinations whose buckets can be asked: those that are saved, and the chosen one. A bucket is named once.
    pub(crate) fn buckets_signed_here(&self) -> Vec<Destination> {
        let mut found: Vec<Destination> = Vec::new();
        for destination in self
            .settings
            .destinations
            .iter()
            .cloned()
            .chain(self.picker.destination())
        {
            let is_known = found.iter().any(|known| known.kind == destination.kind);
            if destination.kind.is_signed_here() && !is_known {
                found.push(destination);
            }
        }
        found
    }

    pub(super) fn act_on_unfinished(&mut self, action: UnfinishedAction) -> Vec<Effect> {
        match action {
            UnfinishedAction::Look => self.look_for_unfinished(),
            UnfinishedAction::AskToDiscard(destination) => {
                if let Some(Look::Listed(list)) = self.unfinished.get(&destination.kind) {
                    self.dialog = Some(Dialog::Discard(Box::new(DiscardQuestion {
                        destination: *destination,
                        uploads: list.uploads.clone(),
                        with_resumable: false,
                        is_discarding: false,
                    })));
                }
                Vec::new()
            }
            UnfinishedAction::WithResumable(with_resumable) => {
                if let Some(Dialog::Discard(question)) = &mut self.dialog {
                    question.with_resumable = with_resumable;
                }
                Vec::new()
            }
            UnfinishedAction::Discard => self.discard_unfinished(),
        }
    }

    fn look_for_unfinished(&mut self) -> Vec<Effect> {
        let buckets = self.buckets_signed_here();
        self.unfinished = buckets
            .iter()
            .map(|bucket| (bucket.kind.clone(), Look::Asked))
            .collect();
        let ask = |bucket| Effect::send(Command::ListUnfinished(Box::new(bucket)));
        buckets.into_iter().map(ask).collect()
    }

    fn discard_unfinished(&mut self) -> Vec<Effect> {
        let Some(Dialog::Discard(question)) = &mut self.dialog else {
            return Vec::new();
        };
        let uploads: Vec<_> = question.chosen().cloned().collect();
        if uploads.is_empty() || std::mem::replace(&mut question.is_discarding, true) {
            return Vec::new();
        }
        vec![Effect::send(Command::AbortUnfinished {
            destination: Box::new(question.destination.clone()),
            uploads,
        })]
    }

    /// A bucket has answered; one that is not asked about any more is not shown.
    pub(super) fn unfinished_listed(&mut self, of: &DestinationKind, listed: Result<UnfinishedList, Box<Failure>>) {
        if let Some(look) = self.unfinished.get_mut(of) {
            *look = match listed {
                Ok(list) => Look::Listed(list),
                Err(failure) => Look::Failed(failure),
            };
        }
    }

    /// What is left is asked for again: another computer may have ended some, too.
    pub(super) fn unfinished_aborted(
        &mut self,
        of: &DestinationKind,
        aborted: usize,
        failure: Option<Box<Failure>>,
        now: f64,
    ) -> Vec<Effect> {
        let mut asked = None;
        if let Some(Dialog::Discard(question)) = &self.dialog
            && question.destination.kind == *of
        {
            asked = Some(question.destination.clone());
            self.dialog = None;
        }
        if aborted > 0 {
            self.toast(Message::UnfinishedDiscarded(aborted), true, now);
        }
        if let Some(failure) = failure {
            if let Some(look) = self.unfinished.get_mut(of) {
                *look = Look::Failed(failure);
            }
            return Vec::new();
        }
        let known = || self.buckets_signed_here().into_iter().find(|bucket| bucket.kind == *of);
        let Some(bucket) = asked.or_else(known) else {
            return Vec::new();
        };
        self.unfinished.insert(of.clone(), Look::Asked);
        vec![Effect::send(Command::ListUnfinished(Box::new(bucket)))]
    }
}
