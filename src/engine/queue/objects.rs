//! What is asked about objects that are in S3 already, and about the history.

use super::{Queue, Report};
use crate::engine::deletion::{self, Deleted};
use crate::engine::objects::Stored;
use crate::engine::store_thread::Desk;
use crate::engine::{Event, ObjectOf};
use std::sync::Arc;

impl Queue {
    /// What is known of an object: all of it where an upload of the list stored it.
    pub(super) fn stored(&self, object: ObjectOf) -> Stored {
        match object {
            ObjectOf::Upload(upload) => Stored::of_upload(self.list.get(upload)),
            ObjectOf::Entry(id) => Stored::OfEntry(id),
        }
    }

    pub(super) fn delete(&mut self, object: ObjectOf) {
        let (stored, workshop) = (self.stored(object), Arc::clone(&self.workshop));
        let reports = self.reports.clone();
        self.errands.spawn(async move {
            let deleted = deletion::delete(object, stored, &workshop).await;
            // A queue that has ended shows nothing any more.
            let _unheard = reports.send(Report::Deleted(Box::new(deleted)));
        });
    }

    pub(super) fn deleted(&mut self, deleted: Deleted) {
        let Deleted { object, outcome } = deleted;
        let deletion = match outcome {
            Ok((stored, deletion)) => {
                self.list.set_deleted(&stored.url, deletion);
                Ok(deletion)
            }
            Err(failure) => Err(failure),
        };
        let changed = deletion.is_ok();
        let mut events = vec![Event::ObjectDeleted { object, deletion }];
        events.extend(changed.then_some(Event::HistoryChanged));
        self.tell(events);
    }

    pub(super) fn find_history(&mut self, question: u64, text: String) {
        let (history, reports) = (self.workshop.history.clone(), self.reports.clone());
        self.errands.spawn(async move {
            let Some(found) = history.find(question, text).await else {
                return;
            };
            let found = found.map_err(Box::new);
            // As above.
            let _unheard = reports.send(Report::Event(Box::new(Event::HistoryFound { question, found })));
        });
    }

    pub(super) fn read_history(&mut self, question: u64, ids: Vec<i64>) {
        let history = self.workshop.history.clone();
        self.run_errand(async move {
            match history.entries(ids).await {
                Ok(entries) => Event::HistoryRead { question, entries },
                Err(failure) => Event::Trouble(failure),
            }
        });
    }

    pub(super) fn change_history(&mut self, change: impl FnOnce(&mut Desk) + Send + 'static) {
        let store = self.workshop.store.clone();
        self.run_errand(async move {
            store.ask(change).await;
            Event::HistoryChanged
        });
    }
}
