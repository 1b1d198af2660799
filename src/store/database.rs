//! The `SQLite` file: opening, migrating, and the errors of it.

use std::path::Path;

/// The open file. Calls block: the engine makes them off the runtime's threads.
#[derive(Debug)]
pub struct Database {
    pub(super) connection: rusqlite::Connection,
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
    /// The folder could not be made.
    #[error("the data folder could not be made")]
    Folder(#[from] std::io::Error),
    /// Anything else.
    #[error("the database could not be read or written")]
    Sqlite(#[source] rusqlite::Error),
}

impl Database {
    /// Opens or makes the file: WAL, a busy timeout for other processes, schema brought up to date.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn open(_file: &Path) -> Result<Self, StoreError> {
        todo!()
    }
}
