//! The history as a page reads it: by a connection of its own, so that a search holds no upload up.

use super::Failure;
use crate::store::{Database, HistoryEntry, Interrupt, Stamp, StoreError};
use jiff::tz::TimeZone;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// The answer to a search.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Every entry that was found, newest first.
    pub stamps: Vec<Stamp>,
    /// The zone whose days the person lives in.
    pub zone: TimeZone,
}

/// Clones share the connection.
#[derive(Clone, Debug)]
pub(super) struct History(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// `None` keeps nothing.
    file: Option<PathBuf>,
    /// The number of the newest question: older ones need no answer.
    newest: AtomicU64,
    /// The search that runs.
    searching: Mutex<Option<Interrupt>>,
    /// Opened by the first question.
    database: Mutex<Option<Database>>,
}

impl History {
    /// Opens nothing yet.
    pub(super) fn new(file: Option<PathBuf>) -> Self {
        Self(Arc::new(Inner {
            file,
            newest: AtomicU64::new(0),
            searching: Mutex::default(),
            database: Mutex::default(),
        }))
    }

    /// Every entry that contains `text`; `None` where a newer question has come in the meantime. Questions count upwards.
    pub(super) async fn find(&self, question: u64, text: String) -> Option<Result<Found, Failure>> {
        self.0.newest.fetch_max(question, Ordering::SeqCst);
        if let Some(older) = &*self.searching() {
            older.interrupt();
        }
        let this = self.clone();
        let found = self.work(move |database| this.search(database, question, &text)).await;
        if self.is_stale(question) {
            return None;
        }
        let found = found.map(|stamps| Found {
            stamps,
            zone: TimeZone::system(),
        });
        Some(found)
    }

    fn search(&self, database: &Database, question: u64, text: &str) -> Result<Vec<Stamp>, StoreError> {
        *self.searching() = Some(database.interrupt());
        // A newer question that came before that line has interrupted nothing, but is seen here.
        let found = if self.is_stale(question) {
            Ok(Vec::new())
        } else {
            database.history_index(text)
        };
        *self.searching() = None;
        found
    }

    /// The entries of these ids that are still there, in the order asked.
    pub(super) async fn entries(&self, ids: Vec<i64>) -> Result<Vec<HistoryEntry>, Failure> {
        self.work(move |database| database.history_entries(&ids)).await
    }

    fn is_stale(&self, question: u64) -> bool {
        self.0.newest.load(Ordering::SeqCst) > question
    }

    fn searching(&self) -> std::sync::MutexGuard<'_, Option<Interrupt>> {
        self.0.searching.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Work that blocks, off the runtime's threads. Without a file there is nothing to be found.
    async fn work<T: Default + Send + 'static>(
        &self,
        work: impl FnOnce(&Database) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, Failure> {
        let inner = Arc::clone(&self.0);
        let worked = tokio::task::spawn_blocking(move || {
            let Some(file) = &inner.file else {
                return Ok(T::default());
            };
            let mut database = inner.database.lock().unwrap_or_else(PoisonError::into_inner);
            match &*database {
                Some(open) => work(open),
                None => work(database.insert(Database::open(file)?)),
            }
        });
        match worked.await {
            Ok(result) => result.map_err(|error| Failure::from(&error)),
            // The runtime stops: nobody waits for the answer.
            Err(_) => Ok(T::default()),
        }
    }
}
