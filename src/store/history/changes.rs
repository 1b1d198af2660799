//! What becomes of entries: forgotten, or noted as deleted from S3.

use super::Deletion;
use crate::store::{Database, StoreError};
use rusqlite::{TransactionBehavior, params};

impl Database {
    /// Takes entries off the history, in one transaction; the objects stay in S3.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn forget(&mut self, ids: &[i64]) -> Result<(), StoreError> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        {
            let mut statement = transaction.prepare_cached("DELETE FROM history WHERE id = ?1")?;
            for id in ids {
                statement.execute([id])?;
            }
        }
        Ok(transaction.commit()?)
    }

    /// Takes every entry off the history.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn forget_all(&mut self) -> Result<(), StoreError> {
        self.connection.execute("DELETE FROM history", [])?;
        Ok(())
    }

    /// Notes that an object is gone, in every entry that leads to it: one key may have been uploaded to several times.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn set_deleted(
        &mut self,
        bucket: &str,
        object_key: &str,
        url: &str,
        deletion: Deletion,
    ) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE history SET deleted_at_ms = ?4, versions_remain = ?5
             WHERE object_key = ?2 AND bucket = ?1 AND url = ?3 AND deleted_at_ms IS NULL",
            params![
                bucket,
                object_key,
                url,
                deletion.deleted_at.as_millisecond(),
                deletion.versions_remain,
            ],
        )?;
        Ok(())
    }
}
