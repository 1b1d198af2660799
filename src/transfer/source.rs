//! The file to send: its size and modification time, held on to so that a change while sending is noticed.

use std::fs::File;
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
    /// A symbolic link to what is not there.
    #[error("the link leads to no file")]
    DanglingLink,
    /// No permission.
    #[error("the file may not be read")]
    NotReadable,
    /// A device, socket or folder.
    #[error("not a regular file")]
    NotAFile,
    /// Size or modification time differ from what they were.
    #[error("the file changed while it was sent")]
    Changed,
    /// Anything else.
    #[error("the file could not be read")]
    Read(#[source] std::io::Error),
}

impl Source {
    /// The file as it is (symbolic links are followed), opened: so it may be read.
    pub(super) fn open_new(path: &Path) -> Result<(Self, File), SourceError> {
        let source = Self::look(path)?;
        let file = File::open(path)?;
        Ok((source, file))
    }

    /// Looks again: still the same size and time?
    ///
    /// # Errors
    /// [`SourceError::Changed`], or why it cannot be looked at.
    pub fn unchanged(&self) -> Result<(), SourceError> {
        if Self::look(&self.path)? == *self {
            Ok(())
        } else {
            Err(SourceError::Changed)
        }
    }

    /// Opens it, if it is still the file that was looked at.
    pub(super) fn open(&self) -> Result<File, SourceError> {
        // A pipe that took the file's place must not be opened: that would wait for a writer.
        self.unchanged()?;
        let file = File::open(&self.path)?;
        self.is_still(&file)?;
        Ok(file)
    }

    /// Whether the open file is as it was. It may have been deleted or replaced meanwhile: what was opened is read in full.
    pub(super) fn is_still(&self, file: &File) -> Result<(), SourceError> {
        let metadata = file.metadata()?;
        let same = metadata.len() == self.size_bytes && metadata.modified()? == self.modified;
        if same { Ok(()) } else { Err(SourceError::Changed) }
    }

    fn look(path: &Path) -> Result<Self, SourceError> {
        let metadata = std::fs::metadata(path).map_err(|error| SourceError::of(path, error))?;
        if !metadata.is_file() {
            return Err(SourceError::NotAFile);
        }
        Ok(Self {
            path: path.to_owned(),
            size_bytes: metadata.len(),
            modified: metadata.modified()?,
        })
    }
}

impl SourceError {
    /// Why the file at `path` could not be looked at.
    pub(crate) fn of(path: &Path, error: std::io::Error) -> Self {
        match error.into() {
            Self::Gone if path.is_symlink() => Self::DanglingLink,
            error => error,
        }
    }
}

impl From<std::io::Error> for SourceError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::NotFound => Self::Gone,
            std::io::ErrorKind::PermissionDenied => Self::NotReadable,
            _ => Self::Read(error),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
mod tests {
    use super::*;
    use std::io::Write as _;

    #[test]
    fn what_is_no_file_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(Source::open_new(folder.path()), Err(SourceError::NotAFile)));
        let missing = folder.path().join("missing");
        assert!(matches!(Source::open_new(&missing), Err(SourceError::Gone)));
        #[cfg(unix)]
        assert!(matches!(
            Source::open_new(Path::new("/dev/null")),
            Err(SourceError::NotAFile)
        ));
    }

    #[test]
    fn growth_and_a_new_time_are_changes() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(b"one").unwrap();
        let source = Source::open_new(file.path()).unwrap().0;
        source.unchanged().unwrap();

        let later = source.modified + std::time::Duration::from_secs(2);
        file.as_file().set_modified(later).unwrap();
        assert!(matches!(source.unchanged(), Err(SourceError::Changed)));
        file.write_all(b"two").unwrap();
        file.as_file().set_modified(source.modified).unwrap();
        assert!(matches!(source.unchanged(), Err(SourceError::Changed)));
        assert!(matches!(source.open(), Err(SourceError::Changed)));
    }
}
