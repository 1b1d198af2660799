//! Whose a queue row is: a lock file held open for as long as its process lives.
//!
//! A process id alone would be fooled by its reuse. The system releases an advisory lock when its process ends, however
//! it ends, on every platform.

use super::folders::private_folder;
use std::fs::File;
use std::path::{Path, PathBuf};

/// This process's name in the queue, once it has one.
#[derive(Debug)]
pub(super) struct Owner {
    folder: PathBuf,
    held: Option<Held>,
}

#[derive(Debug)]
struct Held {
    name: String,
    file: File,
}

impl Owner {
    /// Locks will lie in `owners/` below the data folder.
    pub(super) fn in_folder(data: &Path) -> Self {
        Self {
            folder: data.join("owners"),
            held: None,
        }
    }

    /// The name, taken (and its file locked) when it is first needed.
    pub(super) fn name(&mut self) -> std::io::Result<&str> {
        let held = match self.held.take() {
            Some(held) => held,
            None => self.take()?,
        };
        Ok(&self.held.insert(held).name)
    }

    fn take(&self) -> std::io::Result<Held> {
        private_folder(&self.folder)?;
        let name = format!("{}-{}", std::process::id(), uuid::Uuid::new_v4().simple());
        let file = File::create_new(self.folder.join(&name))?;
        file.lock()?;
        Ok(Held { name, file })
    }

    /// Whether `name`'s process has ended. Where its file cannot be looked at, it counts as running.
    pub(super) fn has_ended(&self, name: &str) -> bool {
        if self.held.as_ref().is_some_and(|held| held.name == name) {
            return false;
        }
        match File::open(self.folder.join(name)) {
            Ok(file) => file.try_lock().is_ok(),
            Err(error) => error.kind() == std::io::ErrorKind::NotFound,
        }
    }

    /// Takes away what an ended process left.
    pub(super) fn clear_away(&self, name: &str) {
        remove(&self.folder.join(name));
    }
}

impl Drop for Owner {
    fn drop(&mut self) {
        if let Some(held) = self.held.take() {
            remove(&self.folder.join(&held.name));
            drop(held.file);
        }
    }
}

/// A lock file left lying is only untidy: it is found unlocked the next time.
fn remove(file: &Path) {
    if let Err(error) = std::fs::remove_file(file) {
        tracing::debug!(%error, "a lock file stays");
    }
}
