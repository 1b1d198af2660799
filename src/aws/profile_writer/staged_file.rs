//! A file of profiles as it was read, its new text beside it, and then in its place.

use super::ProfileWriteError;
use crate::aws::ini_edit::IniText;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;
use zeroize::Zeroizing;

/// Who may read a file afterwards.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// The owner alone.
    Private,
    /// Whoever could before; of a new file the owner alone.
    AsItWas,
}

/// A file as it was read, and its text as it is to be.
pub(super) struct OpenFile {
    /// The file itself, where the path is a link to it.
    pub(super) path: PathBuf,
    /// `None`: there was none.
    before: Option<Zeroizing<Vec<u8>>>,
    pub(super) text: IniText,
}

impl OpenFile {
    pub(super) fn read(path: &Path) -> Result<Self, ProfileWriteError> {
        let path = behind_links(path).map_err(|source| io_error(path, source))?;
        let before = read(&path)?;
        let text = match &before {
            Some(bytes) => {
                std::str::from_utf8(bytes).map_err(|_no_text| ProfileWriteError::NotText { path: path.clone() })?
            }
            None => "",
        };
        let text = IniText::new(text);
        Ok(Self { path, before, text })
    }

    /// Writes the new text beside the old one; `None` where nothing changes.
    pub(super) fn stage(self, mode: Mode) -> Result<Option<Staged>, ProfileWriteError> {
        let after = Zeroizing::new(self.text.into_text().into_bytes());
        if self.before.as_ref().map_or(&[][..], |before| before) == &after[..] {
            return Ok(None);
        }
        let fail = |source| io_error(&self.path, source);
        let folder = self.path.parent().unwrap_or(Path::new("."));
        make_folder(folder).map_err(fail)?;
        // Made with mode 0600.
        let mut file = NamedTempFile::new_in(folder).map_err(fail)?;
        file.write_all(&after).map_err(fail)?;
        if mode == Mode::AsItWas && self.before.is_some() {
            let permissions = std::fs::metadata(&self.path).map_err(fail)?.permissions();
            file.as_file().set_permissions(permissions).map_err(fail)?;
        }
        file.as_file().sync_all().map_err(fail)?;
        Ok(Some(Staged {
            path: self.path,
            before: self.before,
            file,
        }))
    }
}

/// A new file beside the old one.
pub(super) struct Staged {
    path: PathBuf,
    before: Option<Zeroizing<Vec<u8>>>,
    file: NamedTempFile,
}

impl Staged {
    pub(super) fn check_unchanged(&self) -> Result<(), ProfileWriteError> {
        if read(&self.path)? == self.before {
            return Ok(());
        }
        Err(ProfileWriteError::Changing {
            path: self.path.clone(),
        })
    }

    pub(super) fn put_in_place(self) -> Result<(), ProfileWriteError> {
        let fail = |source| io_error(&self.path, source);
        let placed = match self.before {
            // Fails where another program has made one in this moment.
            None => self.file.persist_noclobber(&self.path),
            Some(_) => self.file.persist(&self.path),
        };
        placed.map_err(|error| fail(error.error))?;
        // The rename itself reaches the disk with its folder.
        #[cfg(unix)]
        if let Some(folder) = self.path.parent() {
            std::fs::File::open(folder)
                .and_then(|folder| folder.sync_all())
                .map_err(fail)?;
        }
        Ok(())
    }
}

fn read(path: &Path) -> Result<Option<Zeroizing<Vec<u8>>>, ProfileWriteError> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(Zeroizing::new(bytes))),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(io_error(path, error)),
    }
}

fn io_error(path: &Path, source: std::io::Error) -> ProfileWriteError {
    ProfileWriteError::Io {
        path: path.to_owned(),
        source,
    }
}

/// Where a link leads, also one to a file that is not there yet: files kept elsewhere stay there.
fn behind_links(path: &Path) -> std::io::Result<PathBuf> {
    match std::fs::canonicalize(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(match std::fs::read_link(path) {
            Ok(target) => path.parent().unwrap_or(Path::new(".")).join(target),
            Err(_) => path.to_owned(),
        }),
        found => found,
    }
}

fn make_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]
mod tests {
    use super::*;
    use crate::aws::ini_edit::Section;

    fn staged(file: &Path) -> Staged {
        let mut open = OpenFile::read(file).unwrap();
        open.text
            .set(Section::Credentials("work"), &[("aws_access_key_id", "AKIA1")]);
        open.stage(Mode::Private).unwrap().unwrap()
    }

    #[test]
    fn a_file_that_another_program_has_changed_meanwhile_is_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("credentials");
        for before in [None, Some("[default]\n")] {
            if let Some(before) = before {
                std::fs::write(&file, before).unwrap();
            }
            let staged = staged(&file);
            assert!(staged.check_unchanged().is_ok());
            std::fs::write(&file, "[theirs]\n").unwrap();
            assert!(matches!(
                staged.check_unchanged(),
                Err(ProfileWriteError::Changing { .. })
            ));
            std::fs::remove_file(&file).unwrap();
        }
        // Nothing of ours is left beside it.
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
