//! The `SQLite` file: opening, migrating, and the errors of it.

mod migrations;

use self::migrations::{latest, migrate};
use super::folders::private_folder;
use super::owner::Owner;
use rusqlite::{Connection, ErrorCode, InterruptHandle, ffi};
use std::path::Path;
use std::time::{Duration, Instant};

/// How long a write waits for another window's write.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// `application_id` of our files ("Drop"): another program's database is never touched.
const APPLICATION_ID: i32 = 0x4472_6f70;

/// The open file. Calls block: the engine makes them off the runtime's threads.
#[derive(Debug)]
pub struct Database {
    pub(super) connection: Connection,
    pub(super) owner: Owner,
}

/// Why the store could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The disk has no room.
    #[error("the disk is full: queue and history cannot be written")]
    DiskFull,
    /// The file is no database (any more); it has been left as it is.
    #[error("{path} is not a Dropslot database")]
    NotADatabase {
        /// Where.
        path: String,
    },
    /// Written by a newer Dropslot.
    #[error("the database was written by a newer Dropslot (version {version})")]
    Newer {
        /// Its schema version.
        version: u32,
    },
    /// The folder could not be made, or nothing can be written to it.
    #[error("the data folder could not be written to")]
    Folder(#[from] std::io::Error),
    /// A destination in the queue that this version cannot read or write.
    #[error("a destination in the queue is not readable")]
    Destination(#[from] serde_json::Error),
    /// Anything else.
    #[error("the database could not be read or written")]
    Sqlite(#[source] rusqlite::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error {
            rusqlite::Error::SqliteFailure(failure, _) if is_disk_full(failure) => Self::DiskFull,
            other => Self::Sqlite(other),
        }
    }
}

/// WAL's shared memory file meets a full disk as an I/O error of its own.
fn is_disk_full(failure: ffi::Error) -> bool {
    failure.code == ErrorCode::DiskFull || failure.extended_code == ffi::SQLITE_IOERR_SHMSIZE
}

impl Database {
    /// Opens or makes the file: WAL, a busy timeout for other processes, schema brought up to date.
    ///
    /// A file that is no database, another program's, or a newer Dropslot's is left as it is.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn open(file: &Path) -> Result<Self, StoreError> {
        let folder = file.parent().unwrap_or(Path::new("."));
        private_folder(folder)?;
        let mut connection = Connection::open(file)?;
        connection.busy_timeout(BUSY_TIMEOUT)?;
        let version = known_version(&connection, file)?;
        write_ahead(&connection)?;
        // FULL: one more fsync a commit (milliseconds beside an upload), and "done" survives a power cut.
        connection.pragma_update(None, "synchronous", "FULL")?;
        // On macOS an fsync leaves it in the drive's cache; elsewhere this changes nothing.
        connection.pragma_update(None, "fullfsync", true)?;
        if version < latest() {
            migrate(&mut connection)?;
        }
        Ok(Self {
            connection,
            owner: Owner::in_folder(folder),
        })
    }

    /// What breaks a long read of this connection off.
    #[must_use]
    pub fn interrupt(&self) -> Interrupt {
        Interrupt(self.connection.get_interrupt_handle())
    }
}

/// Breaks off what a connection is reading, from any thread; where it reads nothing, nothing happens.
pub struct Interrupt(InterruptHandle);

impl Interrupt {
    /// The read fails.
    pub fn interrupt(&self) {
        self.0.interrupt();
    }
}

impl std::fmt::Debug for Interrupt {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Interrupt").finish_non_exhaustive()
    }
}

/// The file's schema version, 0 for a new file; reads only, and all of one moment: another process may be making the
/// file just now.
fn known_version(connection: &Connection, file: &Path) -> Result<u32, StoreError> {
    let not_ours = || StoreError::NotADatabase {
        path: file.display().to_string(),
    };
    let reading = connection.unchecked_transaction()?;
    let number = |name| reading.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let version = number("user_version").map_err(|error| match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => not_ours(),
        _ => StoreError::from(error),
    })?;
    let application = number("application_id")?;
    let tables: i64 = reading.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application != i64::from(APPLICATION_ID) && (tables > 0 || version > 0) {
        return Err(not_ours());
    }
    reading.finish()?;
    let version = u32::try_from(version).unwrap_or(u32::MAX);
    if version > latest() {
        return Err(StoreError::Newer { version });
    }
    Ok(version)
}

/// Switches to WAL. The switch itself does not honour the busy timeout, so two first starts at once are waited for here.
fn write_ahead(connection: &Connection) -> Result<(), StoreError> {
    let begun = Instant::now();
    loop {
        match connection.pragma_update(None, "journal_mode", "WAL") {
            Err(error)
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) && begun.elapsed() < BUSY_TIMEOUT =>
            {
                std::thread::sleep(Duration::from_millis(20));
            }
            other => return Ok(other?),
        }
    }
}

#[cfg(test)]
impl Database {
    /// A disk of so many more pages: `SQLite`'s own limit gives the very error of a full one.
    pub(crate) fn leave_room_for_pages(&self, more: i64) {
        let used: i64 = self
            .connection
            .pragma_query_value(None, "page_count", |row| row.get(0))
            .unwrap_or_default();
        // The pragma answers with a row, which pragma_update would take for a mistake.
        let set = self
            .connection
            .pragma_update_and_check(None, "max_page_count", used + more, |row| row.get::<_, i64>(0));
        assert!(set.is_ok(), "{set:?}");
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
    use super::*;

    /// Two windows at a first start: whoever is second finds a file that is being made.
    #[test]
    fn many_first_starts_at_once_all_open_the_file() {
        for _ in 0..20 {
            let dir = folder();
            let file = dir.path().join("data/dropslot.sqlite3");
            let opened = std::thread::scope(|scope| {
                let starts: Vec<_> = (0..6)
                    .map(|_| scope.spawn(|| Database::open(&file).map(drop)))
                    .collect();
                starts
                    .into_iter()
                    .map(|start| start.join().unwrap())
                    .collect::<Result<Vec<()>, _>>()
            });
            assert!(opened.is_ok(), "{opened:?}");
        }
    }

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().unwrap()
    }

    #[test]
    fn a_file_that_is_no_database_is_left_as_it_is() {
        let dir = folder();
        let file = dir.path().join("dropslot.sqlite3");
        let diary = "dear diary, ".repeat(100);
        std::fs::write(&file, &diary).unwrap();
        assert!(matches!(Database::open(&file), Err(StoreError::NotADatabase { .. })));
        assert_eq!(std::fs::read_to_string(&file).unwrap(), diary);
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn another_programs_database_is_left_as_it_is() {
        let dir = folder();
        let file = dir.path().join("dropslot.sqlite3");
        let theirs = Connection::open(&file).unwrap();
        theirs.execute_batch("CREATE TABLE theirs (x)").unwrap();
        drop(theirs);
        let before = std::fs::read(&file).unwrap();
        assert!(matches!(Database::open(&file), Err(StoreError::NotADatabase { .. })));
        assert_eq!(std::fs::read(&file).unwrap(), before);
    }

    #[test]
    fn a_newer_database_is_refused() {
        let dir = folder();
        let file = dir.path().join("dropslot.sqlite3");
        let database = Database::open(&file).unwrap();
        database.connection.pragma_update(None, "user_version", 99).unwrap();
        drop(database);
        assert!(matches!(Database::open(&file), Err(StoreError::Newer { version: 99 })));
    }

    #[test]
    fn a_path_that_cannot_be_a_folder_is_said() {
        let dir = folder();
        std::fs::write(dir.path().join("data"), "").unwrap();
        let opened = Database::open(&dir.path().join("data/dropslot.sqlite3"));
        assert!(matches!(opened, Err(StoreError::Folder(_))));
    }

    #[test]
    fn a_commit_survives_a_power_cut_as_the_synchronous_pragma_promises() {
        let dir = folder();
        let database = Database::open(&dir.path().join("dropslot.sqlite3")).unwrap();
        let pragma = |name| -> String {
            let value = database
                .connection
                .pragma_query_value(None, name, |row| row.get::<_, rusqlite::types::Value>(0));
            format!("{:?}", value.unwrap())
        };
        assert_eq!(pragma("journal_mode"), "Text(\"wal\")");
        assert_eq!(pragma("synchronous"), "Integer(2)");
    }
}
