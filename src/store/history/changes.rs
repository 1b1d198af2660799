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

    /// Takes off the history what leads to an object.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn forget_object(&mut self, bucket: &str, object_key: &str, url: &str) -> Result<(), StoreError> {
        self.connection.execute(
            "DELETE FROM history WHERE object_key = ?2 AND bucket = ?1 AND url = ?3",
            params![bucket, object_key, url],
        )?;
        Ok(())
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

    #[test]
    fn what_is_forgotten_is_gone_and_nothing_else() {
        let (_dir, mut database) = database();
        many(&mut database, 4);
        database.note(&[], &[(entry("trial", 9), None)]).unwrap();
        database
            .forget_object("bucket", "trial", &entry("trial", 9).url)
            .unwrap();
        database.forget(&[1, 3, 99]).unwrap();
        let left = database.history_index("").unwrap();
        assert_eq!(left.iter().map(|stamp| stamp.id).collect::<Vec<_>>(), [4, 2]);
        database.forget_all().unwrap();
        assert!(database.history_index("").unwrap().is_empty());
    }

    #[test]
    fn a_deletion_is_noted_in_every_entry_of_the_object_and_not_in_a_later_upload() {
        let (_dir, mut database) = database();
        for (key, at) in [("a", 1), ("a", 2), ("b", 3)] {
            database.note(&[], &[(entry(key, at), None)]).unwrap();
        }
        let deletion = |at| Deletion {
            deleted_at: jiff::Timestamp::from_millisecond(at).unwrap(),
            versions_remain: false,
        };
        let url = entry("a", 1).url;
        database.set_deleted("bucket", "a", &url, deletion(4)).unwrap();
        database.note(&[], &[(entry("a", 5), None)]).unwrap();
        let noted = |database: &Database| -> Vec<_> {
            let entries = database.history("", 10).unwrap();
            entries.into_iter().map(|entry| entry.deletion).collect()
        };
        assert_eq!(noted(&database), [None, None, Some(deletion(4)), Some(deletion(4))]);
        // The first note stands.
        database.set_deleted("bucket", "a", &url, deletion(6)).unwrap();
        assert_eq!(
            noted(&database),
            [Some(deletion(6)), None, Some(deletion(4)), Some(deletion(4))]
        );
    }
}
