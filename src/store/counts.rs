//! How much the database holds.

use super::{Database, QueueState, StoreError};

/// Rows of the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// In the queue, of all processes.
    pub queued: i64,
    /// Of those, the ones that have failed.
    pub failed: i64,
    /// In the history.
    pub done: i64,
}

impl Database {
    /// Counts.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn counts(&self) -> Result<Counts, StoreError> {
        let count = |table: &str, state: &str| -> rusqlite::Result<i64> {
            let question = format!("SELECT COUNT(*) FROM {table}{state}");
            self.connection.query_row(&question, [], |row| row.get(0))
        };
        let failed = format!(" WHERE state = '{}'", QueueState::Failed.name());
        Ok(Counts {
            queued: count("queue", "")?,
            failed: count("queue", &failed)?,
            done: count("history", "")?,
        })
    }
}
