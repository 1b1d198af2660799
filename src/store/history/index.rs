//! The history as a list of any length needs it: every entry's place at once, the entries themselves as they come in sight.

use super::{COLUMNS, CONTAINS, NEWEST_FIRST, composed, containing, entry};
use crate::store::{Database, HistoryEntry, StoreError};
use rusqlite::{Row, params};

/// An entry's place: two numbers, so that a hundred thousand of them are little.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stamp {
    /// The entry's id.
    pub id: i64,
    /// When it was done, in milliseconds since 1970 (UTC).
    pub done_at_ms: i64,
}

impl Database {
    /// Every entry that contains `text` as [`Self::history`] finds it, newest first.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn history_index(&self, text: &str) -> Result<Vec<Stamp>, StoreError> {
        if text.is_empty() {
            // All of it is in the index that orders it: the entries are not touched.
            let mut statement = self
                .connection
                .prepare_cached(&format!("SELECT id, done_at_ms FROM history {NEWEST_FIRST}"))?;
            return Ok(statement.query_map([], stamp)?.collect::<Result<_, _>>()?);
        }
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT id, done_at_ms FROM history WHERE {CONTAINS} {NEWEST_FIRST}"
        ))?;
        let rows = statement.query_map(params![composed(text), containing(text)], stamp)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The entries of these ids that are still there, in the order asked.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn history_entries(&self, ids: &[i64]) -> Result<Vec<HistoryEntry>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached(&format!("SELECT {COLUMNS} FROM history WHERE id = ?1"))?;
        let mut entries = Vec::with_capacity(ids.len());
        for id in ids {
            for found in statement.query_map([id], entry)? {
                entries.push(found?);
            }
        }
        Ok(entries)
    }
}

fn stamp(row: &Row<'_>) -> rusqlite::Result<Stamp> {
    Ok(Stamp {
        id: row.get(0)?,
        done_at_ms: row.get(1)?,
    })
}
