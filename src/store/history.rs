//! The history on disk: one entry an upload that was proven, written before "done" is said.

use super::{Database, StoreError};
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
}

const COLUMNS: &str = "id, done_at_ms, path, bucket, object_key, url, etag, size_bytes, content_type, proof, access";

impl Database {
    /// Writes an entry and takes queue row `queue_id` off, in one transaction. Gives the entry's id.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn record_done(&mut self, entry: &HistoryEntry, queue_id: Option<i64>) -> Result<i64, StoreError> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        insert(&transaction, entry)?;
        let id = transaction.last_insert_rowid();
        if let Some(queue_id) = queue_id {
            transaction.execute("DELETE FROM queue WHERE id = ?1", [queue_id])?;
        }
        transaction.commit()?;
        Ok(id)
    }

    /// Notes what the anonymous look saw.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn set_access(&mut self, id: i64, access: &str) -> Result<(), StoreError> {
        self.connection
            .execute("UPDATE history SET access = ?2 WHERE id = ?1", params![id, access])?;
        Ok(())
    }

    /// Newest first, those that contain `text` in path, object key or URL (all where it is empty), at most `limit`.
    ///
    /// Letters from A to Z match in either case; the object key is compared in NFC, as keys are.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn history(&self, text: &str, limit: usize) -> Result<Vec<HistoryEntry>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let order = "ORDER BY done_at_ms DESC, id DESC";
        if text.is_empty() {
            let mut statement = self
                .connection
                .prepare_cached(&format!("SELECT {COLUMNS} FROM history {order} LIMIT ?1"))?;
            return Ok(statement.query_map([limit], entry)?.collect::<Result<_, _>>()?);
        }
        let mut statement = self.connection.prepare_cached(&format!(
            r"SELECT {COLUMNS} FROM history
              WHERE object_key LIKE ?2 ESCAPE '\' OR path LIKE ?3 ESCAPE '\' OR url LIKE ?3 ESCAPE '\'
              {order} LIMIT ?1"
        ))?;
        let composed: String = text.nfc().collect();
        let rows = statement.query_map(params![limit, containing(&composed), containing(text)], entry)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn insert(connection: &Connection, entry: &HistoryEntry) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO history
            (done_at_ms, path, bucket, object_key, url, etag, size_bytes, content_type, proof, access)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        params![
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
        ],
    )?;
    Ok(())
}

/// The pattern of `LIKE` for "contains", with its own special characters taken literally.
fn containing(text: &str) -> String {
    let literal = text.replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_");
    format!("%{literal}%")
}

fn entry(row: &Row<'_>) -> rusqlite::Result<HistoryEntry> {
    let done_at_ms: i64 = row.get(1)?;
    let size_bytes: i64 = row.get(7)?;
    Ok(HistoryEntry {
        id: row.get(0)?,
        done_at: jiff::Timestamp::from_millisecond(done_at_ms).unwrap_or_default(),
        path: row.get(2)?,
        bucket: row.get(3)?,
        object_key: row.get(4)?,
        url: row.get(5)?,
        etag: row.get(6)?,
        size_bytes: u64::try_from(size_bytes).unwrap_or_default(),
        content_type: row.get(8)?,
        proof: row.get(9)?,
        access: row.get(10)?,
    })
}
