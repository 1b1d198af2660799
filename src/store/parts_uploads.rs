//! Parts uploads that S3 has begun, on disk so that a crash neither loses their parts nor leaves them to be paid for: gone
//! when the object is in the history, or when S3 has deleted the parts.

use super::{Database, Destination, StoreError, destination_file};
use rusqlite::{OptionalExtension, Row, params};

/// A parts upload as it was created. What is sent under it belongs to one file as it was then.
#[derive(Clone, Debug, PartialEq)]
pub struct PartsUpload {
    /// Where it goes: whose keys continue or abort it.
    pub destination: Destination,
    /// The key that the object gets.
    pub object_key: String,
    /// What S3 named it.
    pub upload_id: String,
    /// Bytes of each part but the last.
    pub part_bytes: u64,
    /// The file's size.
    pub size_bytes: u64,
    /// The file's modification time, in nanoseconds since 1970.
    pub modified_ns: i64,
    /// S3 answers with a CRC-64/NVME of the full object.
    pub has_crc64nvme: bool,
}

impl Database {
    /// Notes the parts upload of a queue row. One that the row had before is abandoned: whether there was one.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn begin_parts_upload(&mut self, queue_id: i64, begun: &PartsUpload) -> Result<bool, StoreError> {
        let destination = destination_file::to_json(&begun.destination)?;
        let transaction = self.connection.transaction()?;
        let abandoned = transaction.execute(ABANDON, [queue_id])?;
        transaction.execute(
            "INSERT INTO parts_upload
                 (queue_id, destination, object_key, upload_id, part_bytes, size_bytes, modified_ns, has_crc64nvme)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                queue_id,
                destination,
                begun.object_key,
                begun.upload_id,
                begun.part_bytes.cast_signed(),
                begun.size_bytes.cast_signed(),
                begun.modified_ns,
                begun.has_crc64nvme,
            ],
        )?;
        transaction.commit()?;
        Ok(abandoned > 0)
    }

    /// The row's parts upload is not to be continued: S3 is to delete its parts.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn abandon_parts_upload(&mut self, queue_id: i64) -> Result<(), StoreError> {
        self.connection.execute(ABANDON, [queue_id])?;
        Ok(())
    }

    /// The parts upload that a queue row has begun.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn parts_upload_of(&self, queue_id: i64) -> Result<Option<PartsUpload>, StoreError> {
        let found = self
            .connection
            .query_row(
                &format!("SELECT {COLUMNS} FROM parts_upload WHERE queue_id = ?1"),
                [queue_id],
                |row| Ok(read(row)),
            )
            .optional()?;
        found.transpose()
    }

    /// Parts uploads that belong to no row of the queue any more: S3 is to delete their parts. Those that this version
    /// cannot read stay where they are.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn abandoned_parts_uploads(&self) -> Result<Vec<PartsUpload>, StoreError> {
        let question =
            format!("SELECT {COLUMNS} FROM parts_upload WHERE queue_id NOT IN (SELECT id FROM queue) ORDER BY id");
        let mut statement = self.connection.prepare_cached(&question)?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.extend(read(row));
        }
        Ok(found)
    }

    /// Ids of the parts uploads that a file of the queue still needs.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn upload_ids_of_queue(&self) -> Result<Vec<String>, StoreError> {
        let mut statement = self
            .connection
            .prepare("SELECT upload_id FROM parts_upload WHERE queue_id IN (SELECT id FROM queue)")?;
        Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    /// There are no parts under this id any more.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn forget_parts_upload(&mut self, upload_id: &str) -> Result<(), StoreError> {
        self.connection
            .execute("DELETE FROM parts_upload WHERE upload_id = ?1", [upload_id])?;
        Ok(())
    }
}

/// No row has this id, so the parts upload belongs to none.
pub(super) const ABANDON: &str = "UPDATE parts_upload SET queue_id = 0 WHERE queue_id = ?1";
const COLUMNS: &str = "destination, object_key, upload_id, part_bytes, size_bytes, modified_ns, has_crc64nvme";

/// A row of [`COLUMNS`].
fn read(row: &Row<'_>) -> Result<PartsUpload, StoreError> {
    let destination: String = row.get(0)?;
    Ok(PartsUpload {
        destination: destination_file::from_json(&destination)?,
        object_key: row.get(1)?,
        upload_id: row.get(2)?,
        part_bytes: row.get::<_, i64>(3)?.cast_unsigned(),
        size_bytes: row.get::<_, i64>(4)?.cast_unsigned(),
        modified_ns: row.get(5)?,
        has_crc64nvme: row.get(6)?,
    })
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must fail loudly"
)]
mod tests {
    use super::super::{DestinationKind, QueuedFile};
    use super::*;

    fn begun(upload_id: &str) -> PartsUpload {
        PartsUpload {
            destination: Destination::new("s", DestinationKind::Sandbox),
            object_key: "a/b.iso".to_owned(),
            upload_id: upload_id.to_owned(),
            part_bytes: 8 << 20,
            size_bytes: u64::from(u32::MAX) * 100,
            modified_ns: 1_790_000_000_123_456_789,
            has_crc64nvme: true,
        }
    }

    fn ids(uploads: &[PartsUpload]) -> Vec<&str> {
        uploads.iter().map(|upload| upload.upload_id.as_str()).collect()
    }

    #[test]
    fn a_parts_upload_is_its_rows_until_another_takes_its_place_or_the_row_goes() {
        let dir = tempfile::tempdir().unwrap();
        let mut database = Database::open(&dir.path().join("dropslot.sqlite3")).unwrap();
        let file = QueuedFile {
            path: "/b.iso".into(),
            dir: String::new(),
            destination: Destination::new("s", DestinationKind::Sandbox).into(),
        };
        let id = database.enqueue(&[file]).unwrap()[0];
        assert_eq!(database.parts_upload_of(id).unwrap(), None);
        assert!(!database.begin_parts_upload(id, &begun("one")).unwrap());
        assert_eq!(database.parts_upload_of(id).unwrap(), Some(begun("one")));
        assert_eq!(database.upload_ids_of_queue().unwrap(), ["one"]);
        assert_eq!(database.abandoned_parts_uploads().unwrap(), []);

        assert!(database.begin_parts_upload(id, &begun("two")).unwrap());
        assert_eq!(database.parts_upload_of(id).unwrap(), Some(begun("two")));
        assert_eq!(ids(&database.abandoned_parts_uploads().unwrap()), ["one"]);

        database.dequeue(&[id]).unwrap();
        assert_eq!(ids(&database.abandoned_parts_uploads().unwrap()), ["one", "two"]);
        database.forget_parts_upload("one").unwrap();
        database.forget_parts_upload("two").unwrap();
        assert_eq!(database.abandoned_parts_uploads().unwrap(), []);
    }

    #[test]
    fn another_destination_abandons_what_was_begun_at_the_first() {
        let dir = tempfile::tempdir().unwrap();
        let mut database = Database::open(&dir.path().join("dropslot.sqlite3")).unwrap();
        let destination = Destination::new("s", DestinationKind::Sandbox);
        let file = QueuedFile {
            path: "/b.iso".into(),
            dir: String::new(),
            destination: destination.clone().into(),
        };
        let id = database.enqueue(&[file]).unwrap()[0];
        database.begin_parts_upload(id, &begun("one")).unwrap();
        database.set_destination(id, &destination).unwrap();
        assert_eq!(database.parts_upload_of(id).unwrap(), None);
        assert_eq!(ids(&database.abandoned_parts_uploads().unwrap()), ["one"]);
    }
}
