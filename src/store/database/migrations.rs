//! The schema, and the way from each older one to it.

use super::{APPLICATION_ID, StoreError};
use rusqlite::{Connection, TransactionBehavior};

/// What brings the schema from version `index` to `index + 1`; never changed once released.
const MIGRATIONS: &[&str] = &[
    "
    CREATE TABLE queue (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        path BLOB NOT NULL,
        dir TEXT NOT NULL,
        destination TEXT NOT NULL,
        state TEXT NOT NULL,
        owner TEXT NOT NULL,
        object_key TEXT
    ) STRICT;
    CREATE INDEX queue_by_owner ON queue (owner);
    CREATE TABLE history (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        done_at_ms INTEGER NOT NULL,
        path TEXT NOT NULL,
        bucket TEXT NOT NULL,
        object_key TEXT NOT NULL,
        url TEXT NOT NULL,
        etag TEXT,
        size_bytes INTEGER NOT NULL,
        content_type TEXT NOT NULL,
        proof TEXT NOT NULL,
        access TEXT NOT NULL
    ) STRICT;
    CREATE INDEX history_newest ON history (done_at_ms DESC, id DESC);
",
    // What deleting an object and opening a private one need; entries from before do without.
    "
    ALTER TABLE history ADD COLUMN destination TEXT;
    ALTER TABLE history ADD COLUMN deleted_at_ms INTEGER;
    ALTER TABLE history ADD COLUMN versions_remain INTEGER;
",
    // A row outlives its queue row until its parts are gone from S3.
    "
    CREATE TABLE parts_upload (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        queue_id INTEGER NOT NULL,
        destination TEXT NOT NULL,
        object_key TEXT NOT NULL,
        upload_id TEXT NOT NULL,
        part_bytes INTEGER NOT NULL,
        size_bytes INTEGER NOT NULL,
        modified_ns INTEGER NOT NULL,
        has_crc64nvme INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX parts_upload_by_queue ON parts_upload (queue_id);
",
    // Why it failed, so that a restart still says it.
    "
    ALTER TABLE queue ADD COLUMN failure TEXT;
",
    // Folders that are watched, and what is known in them: what is not is new. A file is known in the commit that queues it.
    "
    CREATE TABLE watch (
        id TEXT PRIMARY KEY,
        folder_id INTEGER
    ) STRICT;
    CREATE TABLE watched_file (
        watch TEXT NOT NULL,
        name BLOB NOT NULL,
        size_bytes INTEGER NOT NULL,
        modified_ns INTEGER NOT NULL,
        file_id INTEGER,
        checksum INTEGER,
        PRIMARY KEY (watch, name)
    ) STRICT, WITHOUT ROWID;
    ALTER TABLE queue ADD COLUMN watch TEXT;
",
];

/// The schema version that this program writes.
pub(super) fn latest() -> u32 {
    u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX)
}

/// Brings the schema up to date; another process may have done so in the meantime.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version = transaction.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0))?;
    let version = u32::try_from(version).unwrap_or(u32::MAX);
    if version > latest() {
        return Err(StoreError::Newer { version });
    }
    for step in MIGRATIONS.iter().skip(usize::try_from(version).unwrap_or(usize::MAX)) {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", latest())?;
    Ok(transaction.commit()?)
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must fail loudly"
)]
mod tests {
    use super::*;
    use crate::store::{Database, Deletion};
    use std::path::{Path, PathBuf};

    /// A file as the first version made it, with one upload that is done and one that is not.
    fn first_version(folder: &Path) -> PathBuf {
        let file = folder.join("dropslot.sqlite3");
        let old = Connection::open(&file).unwrap();
        old.execute_batch(MIGRATIONS[0]).unwrap();
        old.pragma_update(None, "application_id", APPLICATION_ID).unwrap();
        old.pragma_update(None, "user_version", 1).unwrap();
        old.execute_batch(
            "INSERT INTO queue (path, dir, destination, state, owner)
             VALUES (x'2f61', '', '{\"name\":\"sandbox\",\"kind\":\"sandbox\"}', 'waiting', 'nobody');
             INSERT INTO history
                 (done_at_ms, path, bucket, object_key, url, etag, size_bytes, content_type, proof, access)
             VALUES (1, '/a', 'bucket', 'a', 'https://bucket.example.com/a', NULL, 5, 'text/plain', 'md5', 'public');",
        )
        .unwrap();
        file
    }

    #[test]
    fn a_file_of_the_first_version_keeps_its_entries_and_its_queue() {
        let dir = tempfile::tempdir().unwrap();
        let file = first_version(dir.path());
        let mut database = Database::open(&file).unwrap();
        let entry = database.history("", 10).unwrap().remove(0);
        assert_eq!((entry.path.as_str(), entry.size_bytes), ("/a", 5));
        assert_eq!((entry.destination, entry.deletion), (None, None));
        assert_eq!(database.adopt_interrupted().unwrap().len(), 1);

        let deletion = Deletion {
            deleted_at: jiff::Timestamp::from_millisecond(7).unwrap(),
            versions_remain: true,
        };
        database.set_deleted("bucket", "a", &entry.url, deletion).unwrap();
        drop(database);
        let database = Database::open(&file).unwrap();
        assert_eq!(database.history("", 10).unwrap()[0].deletion, Some(deletion));
    }

    #[test]
    fn many_starts_at_once_bring_a_file_of_the_first_version_up_to_date() {
        for _ in 0..20 {
            let dir = tempfile::tempdir().unwrap();
            let file = first_version(dir.path());
            std::thread::scope(|scope| {
                let start = || {
                    let mut database = Database::open(&file).unwrap();
                    let adopted = database.adopt_interrupted().unwrap().len();
                    (database, adopted)
                };
                let starts: Vec<_> = (0..6).map(|_| scope.spawn(start)).collect();
                let started: Vec<_> = starts.into_iter().map(|start| start.join().unwrap()).collect();
                let adopted: usize = started.iter().map(|(_, adopted)| adopted).sum();
                assert_eq!(adopted, 1, "one of them takes over what was interrupted");
            });
        }
    }

    #[test]
    fn what_a_newer_dropslot_has_migrated_in_this_moment_stays_as_it_is() {
        let dir = tempfile::tempdir().unwrap();
        let mut connection = Connection::open(first_version(dir.path())).unwrap();
        connection.pragma_update(None, "user_version", 99).unwrap();
        assert!(matches!(
            migrate(&mut connection),
            Err(StoreError::Newer { version: 99 })
        ));
        let version: i64 = connection
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .unwrap();
        assert_eq!(version, 99);
    }

    #[test]
    fn a_migration_that_fails_leaves_the_file_as_it_was() {
        let dir = tempfile::tempdir().unwrap();
        let file = first_version(dir.path());
        // As a half migrated file would be: the second of the new columns is there already.
        let old = Connection::open(&file).unwrap();
        old.execute_batch("ALTER TABLE history ADD COLUMN deleted_at_ms INTEGER")
            .unwrap();
        assert!(Database::open(&file).is_err());
        let number = |text: &str| -> i64 { old.query_row(text, [], |row| row.get(0)).unwrap() };
        assert_eq!(number("PRAGMA user_version"), 1);
        let destination = "SELECT count(*) FROM pragma_table_info('history') WHERE name = 'destination'";
        assert_eq!(number(destination), 0, "the first of them was taken back");
    }
}
