//! The lines to all stores.

use super::{Breadth, Line};
use crate::store::DestinationKind;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// What was found out of one is kept from file to file.
#[derive(Debug)]
pub(in crate::engine) struct Lines {
    fixed: Mutex<Option<usize>>,
    lines: Mutex<HashMap<DestinationKind, Arc<Line>>>,
}

impl Lines {
    /// With `fixed` lanes each, or as many as help.
    pub(in crate::engine) fn new(fixed: Option<usize>) -> Self {
        Self {
            fixed: Mutex::new(fixed),
            lines: Mutex::default(),
        }
    }

    /// The one to this store.
    pub(in crate::engine) fn of(&self, kind: &DestinationKind) -> Arc<Line> {
        let mut lines = self.lines();
        if let Some(line) = lines.get(kind) {
            return Arc::clone(line);
        }
        let line = Arc::new(Line::new(Breadth::of(kind, self.fixed())));
        lines.insert(kind.clone(), Arc::clone(&line));
        line
    }

    /// What the person has fixed.
    pub(in crate::engine) fn fixed(&self) -> Option<usize> {
        *self.fixed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The person has chosen otherwise.
    pub(in crate::engine) fn fix(&self, fixed: Option<usize>) {
        let before = std::mem::replace(&mut *self.fixed.lock().unwrap_or_else(PoisonError::into_inner), fixed);
        if before != fixed {
            for (kind, line) in self.lines().iter() {
                line.fix(Breadth::of(kind, fixed));
            }
        }
    }

    /// Now and then while something moves.
    pub(in crate::engine) fn look(&self, now: Instant) {
        self.lines().values().for_each(|line| line.look(now));
    }

    fn lines(&self) -> MutexGuard<'_, HashMap<DestinationKind, Arc<Line>>> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
