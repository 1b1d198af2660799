//! What a function's answers show of its clock.

use crate::aws::buckets::ClockAhead;
use std::sync::{Arc, Mutex, PoisonError};

/// The function's clock less ours, once an answer has shown it. Clones share it.
#[derive(Clone, Debug, Default)]
pub(super) struct FunctionClock(Arc<Mutex<Option<ClockAhead>>>);

impl FunctionClock {
    pub(super) fn ahead(&self) -> Option<ClockAhead> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn note(&self, ahead: ClockAhead) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(ahead);
    }
}
