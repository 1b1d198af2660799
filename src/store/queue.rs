//! The queue on disk: a row before the first byte, gone when the person takes it off the list or its history row exists.

use super::{Database, Destination, StoreError, destination_file, parts_uploads, path_bytes};
use rusqlite::{Connection, Row, TransactionBehavior, params};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What a row says of its upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueueState {
    /// Not begun.
    Waiting,
    /// Begun, not ended.
    Running,
    /// Ended by a failure; may be tried again.
    Failed,
}

impl QueueState {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Failed => "failed",
        }
    }

    /// A state of a newer version counts as running: it is not done.
    fn of_name(name: &str) -> Self {
        match name {
            "waiting" => Self::Waiting,
            "failed" => Self::Failed,
            _ => Self::Running,
        }
    }
}

/// A file to queue.
#[derive(Clone, Debug, PartialEq)]
pub struct QueuedFile {
    /// Absolute path.
    pub path: PathBuf,
    /// Folder below the dropped one, for `{dir}`.
    pub dir: String,
    /// Where to; the files of a drop share it.
    pub destination: Arc<Destination>,
}

/// One upload that is not done.
#[derive(Clone, Debug, PartialEq)]
pub struct QueueRow {
    /// Given by the database.
    pub id: i64,
    /// What is to be sent, and where to.
    pub file: QueuedFile,
    /// State.
    pub state: QueueState,
    /// The key that it got when it began: kept, so that trying again cannot leave two objects.
    pub object_key: Option<String>,
    /// Why it failed, as its engine wrote it.
    pub failure: Option<String>,
    /// The watch that found it: [`super::WatchedFolder::id`].
    pub watch: Option<String>,
}

impl Database {
    /// Adds rows in order, owned by this process, and gives their ids, in one transaction.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn enqueue(&mut self, files: &[QueuedFile]) -> Result<Vec<i64>, StoreError> {
        let owner = self.owner.name()?;
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut written = None;
        let ids = files
            .iter()
            .map(|file| insert(&transaction, file, None, owner, &mut written))
            .collect::<Result<_, _>>()?;
        transaction.commit()?;
        Ok(ids)
    }

    /// The upload has failed, for this reason.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn set_failed(&mut self, id: i64, failure: &str) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE queue SET state = ?2, failure = ?3 WHERE id = ?1",
            params![id, QueueState::Failed.name(), failure],
        )?;
        Ok(())
    }

    /// The upload is to be tried again.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn set_waiting(&mut self, id: i64) -> Result<(), StoreError> {
        self.connection.execute(
            "UPDATE queue SET state = ?2, failure = NULL WHERE id = ?1",
            params![id, QueueState::Waiting.name()],
        )?;
        Ok(())
    }

    /// Sends the upload elsewhere: another destination, and so another key.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn set_destination(&mut self, id: i64, destination: &Destination) -> Result<(), StoreError> {
        let destination = destination_file::to_json(destination)?;
        let transaction = self.connection.transaction()?;
        transaction.execute(
            "UPDATE queue SET destination = ?2, object_key = NULL WHERE id = ?1",
            params![id, destination],
        )?;
        transaction.execute(parts_uploads::ABANDON, [id])?;
        Ok(transaction.commit()?)
    }

    /// Takes rows off, in one transaction.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn dequeue(&mut self, ids: &[i64]) -> Result<(), StoreError> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        for id in ids {
            take_off(&transaction, *id)?;
        }
        Ok(transaction.commit()?)
    }

    /// Takes off every row of this process: it has told its person what became of them. Those in `keep` stay, and those of
    /// which S3 has parts already.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn dequeue_own(&mut self, keep: &[i64]) -> Result<(), StoreError> {
        let owner = self.owner.name()?;
        self.connection.execute(
            "DELETE FROM queue WHERE owner = ?1 AND id NOT IN (SELECT value FROM json_each(?2))
                 AND id NOT IN (SELECT queue_id FROM parts_upload)",
            params![owner, serde_json::to_string(keep)?],
        )?;
        Ok(())
    }

    /// Rows whose process is not running any more (interrupted), oldest first; they now belong to this one.
    ///
    /// Rows that this version cannot read stay where they are, for the version that wrote them.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn adopt_interrupted(&mut self) -> Result<Vec<QueueRow>, StoreError> {
        let own = self.owner.name()?.to_owned();
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut adopted = Vec::new();
        for owner in owners(&transaction)? {
            if !self.owner.has_ended(&owner) {
                continue;
            }
            for row in rows_of(&transaction, &owner)? {
                transaction.execute("UPDATE queue SET owner = ?2 WHERE id = ?1", params![row.id, own])?;
                adopted.push(row);
            }
            self.owner.clear_away(&owner);
        }
        transaction.commit()?;
        adopted.sort_by_key(|row| row.id);
        Ok(adopted)
    }

    /// Whether an upload of this file is not done, in any process.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn is_queued(&self, path: &Path) -> Result<bool, StoreError> {
        let question = "SELECT EXISTS (SELECT 1 FROM queue WHERE path = ?1)";
        let path = path_bytes::to_bytes(path);
        Ok(self.connection.query_row(question, [path], |row| row.get(0))?)
    }
}

const COLUMNS: &str = "id, path, dir, destination, state, object_key, failure, watch";

/// A destination, and what is written of it: neighbours mostly go to one place.
pub(super) type Written = Option<(Arc<Destination>, String)>;

/// A row that waits; `watch` has found it.
pub(super) fn insert(
    connection: &Connection,
    file: &QueuedFile,
    watch: Option<&str>,
    owner: &str,
    written: &mut Written,
) -> Result<i64, StoreError> {
    let last = written.take().filter(|(last, _)| Arc::ptr_eq(last, &file.destination));
    let (_, destination) = match last {
        Some(last) => written.insert(last),
        None => written.insert((
            Arc::clone(&file.destination),
            destination_file::to_json(&file.destination)?,
        )),
    };
    let mut statement = connection.prepare_cached(
        "INSERT INTO queue (path, dir, destination, state, owner, watch) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    Ok(statement.insert(params![
        path_bytes::to_bytes(&file.path),
        file.dir,
        *destination,
        QueueState::Waiting.name(),
        owner,
        watch,
    ])?)
}

/// The upload has begun, under this key.
pub(super) fn set_begun(connection: &Connection, id: i64, object_key: &str) -> Result<(), StoreError> {
    let mut statement =
        connection.prepare_cached("UPDATE queue SET state = ?2, object_key = ?3, failure = NULL WHERE id = ?1")?;
    statement.execute(params![id, QueueState::Running.name(), object_key])?;
    Ok(())
}

/// The row is no more.
pub(super) fn take_off(connection: &Connection, id: i64) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached("DELETE FROM queue WHERE id = ?1")?;
    statement.execute([id])?;
    Ok(())
}

fn owners(connection: &Connection) -> Result<Vec<String>, StoreError> {
    let mut statement = connection.prepare("SELECT DISTINCT owner FROM queue")?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

fn rows_of(connection: &Connection, owner: &str) -> Result<Vec<QueueRow>, StoreError> {
    let mut statement = connection.prepare(&format!("SELECT {COLUMNS} FROM queue WHERE owner = ?1 ORDER BY id"))?;
    let mut rows = Vec::new();
    let mut last = None;
    for raw in statement.query_map([owner], raw_row)? {
        match raw?.read(&mut last) {
            Ok(row) => rows.push(row),
            Err(error) => tracing::warn!(%error, "a row of the queue is left alone"),
        }
    }
    Ok(rows)
}

/// A row as the database has it.
struct RawRow {
    id: i64,
    path: Vec<u8>,
    dir: String,
    destination: String,
    state: String,
    object_key: Option<String>,
    failure: Option<String>,
    watch: Option<String>,
}

impl RawRow {
    fn read(self, read: &mut Written) -> Result<QueueRow, StoreError> {
        let last = read.take().filter(|(_, text)| *text == self.destination);
        let (destination, _) = if let Some(last) = last {
            read.insert(last)
        } else {
            let destination = Arc::new(destination_file::from_json(&self.destination)?);
            read.insert((destination, self.destination))
        };
        Ok(QueueRow {
            id: self.id,
            file: QueuedFile {
                path: path_bytes::from_bytes(self.path),
                dir: self.dir,
                destination: Arc::clone(destination),
            },
            state: QueueState::of_name(&self.state),
            object_key: self.object_key,
            failure: self.failure,
            watch: self.watch,
        })
    }
}

fn raw_row(row: &Row<'_>) -> rusqlite::Result<RawRow> {
    Ok(RawRow {
        id: row.get(0)?,
        path: row.get(1)?,
        dir: row.get(2)?,
        destination: row.get(3)?,
        state: row.get(4)?,
        object_key: row.get(5)?,
        failure: row.get(6)?,
        watch: row.get(7)?,
    })
}

#[cfg(test)]
impl Database {
    /// The row, while there is one.
    pub(super) fn queue_row(&self, id: i64) -> Result<Option<QueueRow>, StoreError> {
        use rusqlite::OptionalExtension as _;
        let found = self
            .connection
            .query_row(&format!("SELECT {COLUMNS} FROM queue WHERE id = ?1"), [id], raw_row)
            .optional()?;
        found.map(|raw| raw.read(&mut None)).transpose()
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
    use super::super::DestinationKind;
    use super::*;

    fn file(path: impl Into<PathBuf>) -> QueuedFile {
        QueuedFile {
            path: path.into(),
            dir: "photos/2026".to_owned(),
            destination: Arc::new(Destination::new("s", DestinationKind::Sandbox)),
        }
    }

    #[test]
    fn rows_of_a_process_that_runs_are_left_alone_and_those_of_one_that_ended_are_adopted_once() {
        let dir = tempfile::tempdir().unwrap();
        let open = || Database::open(&dir.path().join("dropslot.sqlite3")).unwrap();
        let (mut one, mut two, mut three) = (open(), open(), open());
        let ids = one.enqueue(&[file("/a"), file("/b")]).unwrap();
        one.note(&[(ids[0], "key/a".to_owned())], &[]).unwrap();
        assert_eq!(two.adopt_interrupted().unwrap(), []);
        drop(one);

        let adopted = two.adopt_interrupted().unwrap();
        assert_eq!(adopted.iter().map(|row| row.id).collect::<Vec<_>>(), ids);
        assert_eq!(adopted[0].state, QueueState::Running);
        assert_eq!(adopted[0].object_key.as_deref(), Some("key/a"));
        assert_eq!(adopted[1].state, QueueState::Waiting);
        assert_eq!(three.adopt_interrupted().unwrap(), []);
    }

    #[cfg(unix)]
    #[test]
    fn a_path_that_is_not_utf_8_comes_back_as_it_was() {
        use std::os::unix::ffi::OsStrExt;
        let dir = tempfile::tempdir().unwrap();
        let mut database = Database::open(&dir.path().join("dropslot.sqlite3")).unwrap();
        let odd = file(std::ffi::OsStr::from_bytes(b"/tmp/\xff\xfe.bin"));
        let id = database.enqueue(std::slice::from_ref(&odd)).unwrap()[0];
        assert_eq!(database.queue_row(id).unwrap().unwrap().file, odd);
    }

    #[test]
    fn a_full_disk_is_said_and_nothing_is_half_written() {
        let dir = tempfile::tempdir().unwrap();
        let mut database = Database::open(&dir.path().join("dropslot.sqlite3")).unwrap();
        database.leave_room_for_pages(0);
        let many: Vec<_> = (0..1000).map(|n| file(format!("/file/{n}"))).collect();
        assert!(matches!(database.enqueue(&many), Err(StoreError::DiskFull)));
        assert_eq!(owners(&database.connection).unwrap(), Vec::<String>::new());
    }
}
