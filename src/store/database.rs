//! The `SQLite` file: opening, migrating, and the errors of it.

use super::owner::Owner;
use rusqlite::{Connection, ErrorCode, TransactionBehavior, ffi};
use std::path::Path;
use std::time::{Duration, Instant};

/// How long a write waits for another window's write.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// `application_id` of our files ("Drop"): another program's database is never touched.
const APPLICATION_ID: i32 = 0x4472_6f70;

/// What brings the schema from version `index` to `index + 1`; never changed once released.
const MIGRATIONS: &[&str] = &["
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
"];

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
        if version < latest() {
            migrate(&mut connection)?;
        }
        Ok(Self {
            connection,
            owner: Owner::in_folder(folder),
        })
    }
}

/// The schema version that this program writes.
fn latest() -> u32 {
    u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX)
}

/// The file's schema version, 0 for a new file; reads only.
fn known_version(connection: &Connection, file: &Path) -> Result<u32, StoreError> {
    let not_ours = || StoreError::NotADatabase {
        path: file.display().to_string(),
    };
    let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let version = number("user_version").map_err(|error| match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => not_ours(),
        _ => StoreError::from(error),
    })?;
    let application = number("application_id")?;
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application != i64::from(APPLICATION_ID) && (tables > 0 || version > 0) {
        return Err(not_ours());
    }
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

/// Brings the schema up to date; another process may have done so in the meantime.
fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for step in MIGRATIONS.iter().skip(usize::try_from(version).unwrap_or(usize::MAX)) {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", latest())?;
    Ok(transaction.commit()?)
}

/// Makes a folder that only this user may enter: paths and URLs are nobody else's business.
pub(super) fn private_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
