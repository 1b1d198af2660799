//! Examinations of destinations: one at a time, beside the queue.

use super::{Queue, Report};
use crate::engine::Event;
use crate::engine::doctor::{self, Checkup};
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

impl Queue {
    /// Its news goes out as it comes; it is waited for when the engine stops, for it deletes what it has stored.
    pub(super) fn examine(&mut self, checkup: Checkup) {
        self.stop_checkup(None);
        let stop = CancellationToken::new();
        self.checkup = Some((checkup.id, stop.clone()));
        let (workshop, reports) = (Arc::clone(&self.workshop), self.reports.clone());
        let tell = Arc::new(move |event: Event| {
            // A queue that has ended asks for nothing any more.
            let _unheard = reports.send(Report::Event(Box::new(event)));
        });
        self.sweeps.spawn(doctor::examine(checkup, workshop, stop, tell));
    }

    /// The one of this number, or whichever there is.
    pub(super) fn stop_checkup(&mut self, id: Option<u64>) {
        let is_it = |checkup: &mut (u64, CancellationToken)| id.is_none_or(|id| id == checkup.0);
        if let Some((_, stop)) = self.checkup.take_if(is_it) {
            stop.cancel();
        }
    }
}
