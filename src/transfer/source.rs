//! The file to send: its size and modification time, held on to so that a change while sending is noticed.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// A regular file as it was when its upload began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Where it lies.
    pub path: PathBuf,
    /// Its size in bytes.
    pub size_bytes: u64,
    /// Its modification time.
    pub modified: SystemTime,
}

/// Why a file cannot be sent.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// It is not there (any more).
    #[error("the file is gone")]
    Gone,
    /// No permission.
    #[error("the file may not be read")]
    NotReadable,
    /// A device, socket or folder.
    #[error("not a regular file")]
    NotAFile,
    /// More than 5 GiB.
    #[error("the file has {size_bytes} bytes; a presigned POST takes at most 5 GiB")]
    TooLarge {
        /// Its size.
        size_bytes: u64,
    },
    /// Size or modification time differ from what they were.
    #[error("the file changed while it was sent")]
    Changed,
    /// Anything else.
    #[error("the file could not be read")]
    Read(#[source] std::io::Error),
}

impl Source {
    /// Looks at the file (follows symbolic links) and opens it once to see whether it may be read.
    ///
    /// # Errors
    /// See [`SourceError`].
    pub fn inspect(_path: &Path) -> Result<Self, SourceError> {
        todo!()
    }

    /// Looks again: still the same size and time?
    ///
    /// # Errors
    /// [`SourceError::Changed`], or why it cannot be looked at.
    pub fn unchanged(&self) -> Result<(), SourceError> {
        todo!()
    }
}
