//! The list of buckets: how it comes, and when it is looked at again.

use super::{Buckets, Choice, Picker};
use crate::engine::{BucketList, Code};
use crate::ui::action::Effect;

/// Between looks whether an expired login was renewed, in seconds.
const LOOK_AGAIN_SECONDS: f64 = 5.0;

impl Picker {
    /// Whether the destination may have changed.
    pub(in crate::ui::model) fn buckets_came(&mut self, list: BucketList, now: f64) -> bool {
        if self.account() != Some(&list.account) {
            return false;
        }
        let expired = list
            .buckets
            .as_ref()
            .is_err_and(|failure| failure.code == Code::LoginExpired);
        self.looks_again_at = expired.then_some(now + LOOK_AGAIN_SECONDS);
        let only = list
            .buckets
            .as_ref()
            .ok()
            .filter(|buckets| buckets.len() == 1)
            .and_then(|buckets| buckets.first().cloned());
        self.buckets = Buckets::Listed(list);
        match (&mut self.choice, only) {
            (
                Choice::Account {
                    bucket: bucket @ None, ..
                },
                Some(only),
            ) => {
                *bucket = Some(only);
                true
            }
            _ => false,
        }
    }

    /// Looks whether an expired login was renewed, when it is time.
    pub(in crate::ui::model) fn look_again(&mut self, now: f64) -> Vec<Effect> {
        if self.looks_again_at.is_none_or(|at| at > now) {
            return Vec::new();
        }
        let effects = self.list_buckets();
        self.looks_quietly = true;
        effects
    }

    /// Whether the buckets are on their way because somebody asked for them. A look whether a login was renewed turns no
    /// spinner every few seconds.
    pub(crate) fn is_listing(&self) -> bool {
        matches!(self.buckets, Buckets::Loading(_)) && !self.looks_quietly
    }

    pub(in crate::ui::model) fn looks_again_at(&self) -> Option<f64> {
        self.looks_again_at
    }

    /// The list, also while it is loaded again.
    pub(crate) fn bucket_list(&self) -> Option<&BucketList> {
        match &self.buckets {
            Buckets::Listed(list) | Buckets::Loading(Some(list)) => Some(list),
            Buckets::Unknown | Buckets::Loading(None) => None,
        }
    }
}
