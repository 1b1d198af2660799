//! Where the window of a data folder and display listens, and who does.

use crate::store::{Folders, private_folder};
use interprocess::local_socket::Name;
use std::fs::{File, TryLockError};
use std::path::PathBuf;

/// Where to meet: the same for every start with this data folder on this display.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    folder: PathBuf,
    display: String,
}

/// The right to listen at a place, until it is dropped or the process ends.
#[derive(Debug)]
pub(crate) struct Claim {
    pub(super) place: Place,
    /// Locked for as long as it is open.
    pub(super) lock: File,
}

impl Place {
    /// That of the display on which a window would open.
    pub(crate) fn of(folders: &Folders) -> Self {
        Self {
            folder: folders.data.clone(),
            display: plain(&display()),
        }
    }

    /// Takes the right to listen; `None` where another process has it.
    pub(super) fn claim(&self) -> std::io::Result<Option<Claim>> {
        private_folder(&self.folder)?;
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(self.folder.join(format!("window-{}.lock", self.display)))?;
        match lock.try_lock() {
            Ok(()) => Ok(Some(Claim {
                place: self.clone(),
                lock,
            })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    /// The socket's name.
    #[cfg(unix)]
    pub(super) fn name(&self) -> std::io::Result<Name<'static>> {
        use interprocess::local_socket::{GenericFilePath, ToFsName as _};
        let socket = self.folder.join(format!("window-{}.socket", self.display));
        socket.to_fs_name::<GenericFilePath>()
    }

    /// The pipe's name: pipes have no folders, so the data folder (which names the person) is in it.
    #[cfg(windows)]
    pub(super) fn name(&self) -> std::io::Result<Name<'static>> {
        use interprocess::local_socket::{GenericNamespaced, ToNsName as _};
        let folder = plain(&self.folder.to_string_lossy());
        format!("dropslot-{folder}-{}", self.display).to_ns_name::<GenericNamespaced>()
    }
}

/// The display in the order in which winit takes it; on Windows a session of its own is one.
fn display() -> String {
    let variables: &[&str] = if cfg!(windows) {
        &["SESSIONNAME"]
    } else {
        &["WAYLAND_DISPLAY", "WAYLAND_SOCKET", "DISPLAY"]
    };
    let set = variables
        .iter()
        .filter_map(std::env::var_os)
        .find(|value| !value.is_empty());
    set.unwrap_or_default().to_string_lossy().into_owned()
}

/// Fit for a file's name.
fn plain(text: &str) -> String {
    text.chars()
        .map(|character| {
            if character.is_ascii_alphanumeric() {
                character
            } else {
                '_'
            }
        })
        .collect()
}
