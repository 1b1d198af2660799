//! The history on disk: one entry an upload that was proven, written before "done" is said.

use super::{Database, StoreError};

/// One upload that is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryEntry {
    /// Given by the database; 0 before.
    pub id: i64,
    /// When it was done.
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

impl Database {
    /// Writes an entry and takes queue row `queue_id` off, in one transaction.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn record_done(&mut self, _entry: &HistoryEntry, _queue_id: Option<i64>) -> Result<i64, StoreError> {
        todo!()
    }

    /// Notes what the anonymous look saw.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn set_access(&mut self, _id: i64, _access: &str) -> Result<(), StoreError> {
        todo!()
    }

    /// Newest first, those that contain `text` in path, object key or URL (all where it is empty), at most `limit`.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn history(&self, _text: &str, _limit: usize) -> Result<Vec<HistoryEntry>, StoreError> {
        todo!()
    }
}
