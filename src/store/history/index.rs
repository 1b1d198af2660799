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

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must fail loudly"
)]
mod tests {
    use super::super::tests::{database, entry, many};
    use super::*;

    fn ids(stamps: &[Stamp]) -> Vec<i64> {
        stamps.iter().map(|stamp| stamp.id).collect()
    }

    #[test]
    fn every_place_is_known_without_reading_an_entry() {
        let (_dir, mut database) = database();
        many(&mut database, 1000);
        let plan = "EXPLAIN QUERY PLAN SELECT id, done_at_ms FROM history ORDER BY done_at_ms DESC, id DESC";
        let plan: String = database.connection.query_row(plan, [], |row| row.get(3)).unwrap();
        assert!(plan.contains("COVERING INDEX history_newest"), "{plan}");
        let stamps = database.history_index("").unwrap();
        assert_eq!(ids(&stamps), (1..=1000).rev().collect::<Vec<_>>());
    }

    #[test]
    fn a_search_of_a_hundred_thousand_finds_what_the_command_line_finds() {
        let (_dir, mut database) = database();
        many(&mut database, 100_000);
        for text in ["", "/99.TXT", "folder/9999", "nothing", "%"] {
            let found = database.history(text, usize::MAX).unwrap();
            let expected: Vec<i64> = found.iter().map(|entry| entry.id).collect();
            assert_eq!(ids(&database.history_index(text).unwrap()), expected, "{text:?}");
        }
    }

    #[test]
    fn a_search_is_broken_off_by_a_newer_one() {
        let (_dir, mut database) = database();
        many(&mut database, 100_000);
        let interrupt = database.interrupt();
        let (begun, stop) = (std::sync::Barrier::new(2), std::sync::atomic::AtomicBool::new(false));
        std::thread::scope(|scope| {
            scope.spawn(|| {
                begun.wait();
                // Until the search has ended: it may not have begun when it is first broken off.
                while !stop.load(std::sync::atomic::Ordering::SeqCst) {
                    interrupt.interrupt();
                }
            });
            begun.wait();
            let broken_off = (0..1000).any(|_| database.history_index("nothing").is_err());
            stop.store(true, std::sync::atomic::Ordering::SeqCst);
            assert!(broken_off);
        });
        assert!(database.history_index("nothing").unwrap().is_empty());
    }

    #[test]
    fn entries_are_read_in_the_order_asked_and_those_that_are_gone_are_missing() {
        let (_dir, mut database) = database();
        many(&mut database, 5);
        database.forget(&[2]).unwrap();
        let read = database.history_entries(&[4, 2, 1]).unwrap();
        assert_eq!(read.iter().map(|entry| entry.id).collect::<Vec<_>>(), [4, 1]);
    }

    #[test]
    fn a_destination_is_kept_and_one_of_a_newer_version_counts_as_not_known() {
        let (_dir, mut database) = database();
        let destination = crate::store::Destination::new(
            "work · bucket",
            crate::store::DestinationKind::Account {
                profile: Some("work".to_owned()),
                bucket: "bucket".to_owned(),
                region: Some("eu-west-1".to_owned()),
                endpoint_url: None,
            },
        );
        let entry = HistoryEntry {
            destination: Some(destination.clone()),
            ..entry("a", 1)
        };
        database.note(&[], &[(entry, None)]).unwrap();
        let id = database.history("", 1).unwrap()[0].id;
        assert_eq!(
            database.history_entries(&[id]).unwrap()[0].destination,
            Some(destination)
        );
        let newer = r#"UPDATE history SET destination = '{"name": "new", "kind": "pigeon"}'"#;
        database.connection.execute(newer, []).unwrap();
        assert_eq!(database.history_entries(&[id]).unwrap()[0].destination, None);
    }
}
