//! The history on disk: one entry an upload that was proven, written before "done" is said.

mod changes;
mod index;

pub use index::Stamp;

use super::queue::{set_begun, take_off};
use super::{Database, Destination, StoreError, destination_file};
use rusqlite::{Connection, Row, TransactionBehavior, params};
use unicode_normalization::UnicodeNormalization;

/// One upload that is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryEntry {
    /// Given by the database; 0 before.
    pub id: i64,
    /// When it was done; kept to the millisecond.
    pub done_at: jiff::Timestamp,
    /// Absolute path of the file, lossy where it is not UTF-8.
    pub path: String,
    /// Bucket.
    pub bucket: String,
    /// Object key.
    pub object_key: String,
    /// Public URL.
    pub url: String,
    /// `ETag`, without quotes.
    pub etag: Option<String>,
    /// Size in bytes.
    pub size_bytes: u64,
    /// Content type.
    pub content_type: String,
    /// `crc64nvme`, `md5`, `size`, `none`.
    pub proof: String,
    /// `public`, `private`, `unknown`.
    pub access: String,
    /// Where it went: what deleting it or opening it for a while needs. `None` where an older Dropslot wrote the entry, or a
    /// newer one whose destination this one does not know.
    pub destination: Option<Destination>,
    /// That the object was deleted from S3. The entry stays, so that a link met later can still be told from one that never
    /// worked; forgetting is a wish of its own.
    pub deletion: Option<Deletion>,
}

impl HistoryEntry {
    /// Its place among all.
    #[must_use]
    pub fn stamp(&self) -> Stamp {
        Stamp {
            id: self.id,
            done_at_ms: self.done_at.as_millisecond(),
        }
    }
}

/// An object that is no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deletion {
    /// When S3 said so; kept to the millisecond.
    pub deleted_at: jiff::Timestamp,
    /// The bucket keeps versions: S3 put a marker over them.
    pub versions_remain: bool,
}

const COLUMNS: &str = "id, done_at_ms, path, bucket, object_key, url, etag, size_bytes, content_type, proof, access, \
                       destination, deleted_at_ms, versions_remain";

impl Database {
    /// Writes what has become of uploads, in one transaction: queue rows in `begun` have begun under these keys, and the
    /// entries in `done` take the place of their queue rows.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn note(&mut self, begun: &[(i64, String)], done: &[(HistoryEntry, Option<i64>)]) -> Result<(), StoreError> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        for (queue_id, object_key) in begun {
            set_begun(&transaction, *queue_id, object_key)?;
        }
        for (entry, queue_id) in done {
            insert(&transaction, entry)?;
            if let Some(queue_id) = queue_id {
                take_off(&transaction, *queue_id)?;
            }
        }
        Ok(transaction.commit()?)
    }

    /// Newest first, those that contain `text` in path, object key or URL (all where it is empty), at most `limit`.
    ///
    /// Letters from A to Z match in either case; the object key is compared in NFC, as keys are.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn history(&self, text: &str, limit: usize) -> Result<Vec<HistoryEntry>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        if text.is_empty() {
            let mut statement = self
                .connection
                .prepare_cached(&format!("SELECT {COLUMNS} FROM history {NEWEST_FIRST} LIMIT ?1"))?;
            return Ok(statement.query_map([limit], entry)?.collect::<Result<_, _>>()?);
        }
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM history WHERE {CONTAINS} {NEWEST_FIRST} LIMIT ?3"
        ))?;
        let rows = statement.query_map(params![composed(text), containing(text), limit], entry)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

const NEWEST_FIRST: &str = "ORDER BY done_at_ms DESC, id DESC";
/// `?1`: the pattern in NFC, `?2`: as it was typed.
const CONTAINS: &str = r"(object_key LIKE ?1 ESCAPE '\' OR path LIKE ?2 ESCAPE '\' OR url LIKE ?2 ESCAPE '\')";

fn insert(connection: &Connection, entry: &HistoryEntry) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO history
            (done_at_ms, path, bucket, object_key, url, etag, size_bytes, content_type, proof, access, destination,
             deleted_at_ms, versions_remain)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?;
    statement.execute(params![
        entry.done_at.as_millisecond(),
        entry.path,
        entry.bucket,
        entry.object_key,
        entry.url,
        entry.etag,
        i64::try_from(entry.size_bytes).unwrap_or(i64::MAX),
        entry.content_type,
        entry.proof,
        entry.access,
        entry.destination.as_ref().map(destination_file::to_json).transpose()?,
        entry.deletion.map(|deletion| deletion.deleted_at.as_millisecond()),
        entry.deletion.map(|deletion| deletion.versions_remain),
    ])?;
    Ok(())
}

/// The pattern of `LIKE` for "contains", with its own special characters taken literally.
fn containing(text: &str) -> String {
    let literal = text.replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_");
    format!("%{literal}%")
}

/// [`containing`], in NFC.
fn composed(text: &str) -> String {
    containing(&text.nfc().collect::<String>())
}

fn timestamp(millisecond: i64) -> jiff::Timestamp {
    jiff::Timestamp::from_millisecond(millisecond).unwrap_or_default()
}

fn entry(row: &Row<'_>) -> rusqlite::Result<HistoryEntry> {
    let size_bytes: i64 = row.get(7)?;
    let destination: Option<String> = row.get(11)?;
    let deleted_at_ms: Option<i64> = row.get(12)?;
    let versions_remain: Option<bool> = row.get(13)?;
    Ok(HistoryEntry {
        id: row.get(0)?,
        done_at: timestamp(row.get(1)?),
        path: row.get(2)?,
        bucket: row.get(3)?,
        object_key: row.get(4)?,
        url: row.get(5)?,
        etag: row.get(6)?,
        size_bytes: u64::try_from(size_bytes).unwrap_or_default(),
        content_type: row.get(8)?,
        proof: row.get(9)?,
        access: row.get(10)?,
        destination: destination.and_then(|text| destination_file::from_json(&text).ok()),
        deletion: deleted_at_ms.map(|millisecond| Deletion {
            deleted_at: timestamp(millisecond),
            versions_remain: versions_remain.unwrap_or_default(),
        }),
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
    use super::*;

    pub(super) fn entry(key: &str, millisecond: i64) -> HistoryEntry {
        HistoryEntry {
            id: 0,
            done_at: jiff::Timestamp::from_millisecond(millisecond).unwrap(),
            path: format!("/home/me/{key}"),
            bucket: "bucket".to_owned(),
            object_key: key.to_owned(),
            url: format!("https://bucket.example.com/{key}"),
            etag: None,
            size_bytes: 5,
            content_type: "text/plain".to_owned(),
            proof: "md5".to_owned(),
            access: "public".to_owned(),
            destination: None,
            deletion: None,
        }
    }

    pub(super) fn database() -> (tempfile::TempDir, Database) {
        let dir = tempfile::tempdir().unwrap();
        let database = Database::open(&dir.path().join("dropslot.sqlite3")).unwrap();
        (dir, database)
    }

    /// So many entries, a millisecond after another.
    pub(super) fn many(database: &mut Database, number: i64) {
        let transaction = database.connection.transaction().unwrap();
        for n in 0..number {
            insert(&transaction, &entry(&format!("folder/{n}.txt"), n)).unwrap();
        }
        transaction.commit().unwrap();
    }

    fn keys(found: Vec<HistoryEntry>) -> Vec<String> {
        found.into_iter().map(|entry| entry.object_key).collect()
    }

    #[test]
    fn the_newest_comes_first_and_words_are_taken_literally() {
        let (_dir, mut database) = database();
        for (millisecond, key) in ["a_b.txt", "axb.txt", "100%.txt", "스크린샷.png"].iter().enumerate() {
            let entry = entry(key, i64::try_from(millisecond).unwrap());
            database.note(&[], &[(entry, None)]).unwrap();
        }
        let find = |text: &str| keys(database.history(text, 10).unwrap());
        assert_eq!(find(""), ["스크린샷.png", "100%.txt", "axb.txt", "a_b.txt"]);
        assert_eq!(find("A_B"), ["a_b.txt"]);
        assert_eq!(find("%."), ["100%.txt"]);
        let decomposed: String = "스크린".nfd().collect();
        assert_eq!(find(&decomposed), ["스크린샷.png"]);
        assert_eq!(keys(database.history("", 1).unwrap()), ["스크린샷.png"]);
    }

    #[test]
    fn an_entry_and_its_queue_row_change_places_at_once() {
        let (_dir, mut database) = database();
        let file = super::super::QueuedFile {
            path: "/a".into(),
            dir: String::new(),
            destination: super::super::Destination::new("s", super::super::DestinationKind::Sandbox).into(),
        };
        let ids = database.enqueue(&[file.clone(), file]).unwrap();
        let done = [(entry("a", 1), Some(ids[0]))];
        database.note(&[(ids[1], "b".to_owned())], &done).unwrap();
        assert_eq!(database.queue_row(ids[0]).unwrap(), None);
        assert_eq!(keys(database.history("", 10).unwrap()), ["a"]);
        let begun = database.queue_row(ids[1]).unwrap().unwrap();
        assert_eq!(begun.object_key.as_deref(), Some("b"));
    }

    #[test]
    fn neither_a_page_nor_a_search_of_many_entries_sorts_them() {
        let (_dir, database) = database();
        for condition in ["", &format!("WHERE {CONTAINS}")] {
            let question = format!("EXPLAIN QUERY PLAN SELECT {COLUMNS} FROM history {condition} {NEWEST_FIRST}");
            let mut statement = database.connection.prepare(&question).unwrap();
            let mut steps = statement.raw_query();
            let step: String = steps.next().unwrap().unwrap().get("detail").unwrap();
            assert_eq!(step, "SCAN history USING INDEX history_newest");
            assert!(steps.next().unwrap().is_none(), "it sorts");
        }
    }
}
