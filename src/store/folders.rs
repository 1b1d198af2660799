//! Where settings and data live.

use std::path::{Path, PathBuf};

/// The two folders; created when first written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folders {
    /// `settings.json`.
    pub config: PathBuf,
    /// `dropslot.sqlite3`, and the sandbox's objects in `sandbox/`.
    pub data: PathBuf,
}

impl Folders {
    /// The system's, `None` where there is no home.
    #[must_use]
    pub fn of_this_user() -> Option<Self> {
        let project = directories::ProjectDirs::from("", "", "dropslot")?;
        Some(Self {
            config: project.config_dir().to_owned(),
            data: project.data_dir().to_owned(),
        })
    }

    /// `settings.json`.
    #[must_use]
    pub fn settings_file(&self) -> PathBuf {
        self.config.join("settings.json")
    }

    /// `dropslot.sqlite3`.
    #[must_use]
    pub fn database_file(&self) -> PathBuf {
        self.data.join("dropslot.sqlite3")
    }

    /// `secrets.json`: what there is no keychain for.
    #[must_use]
    pub fn secrets_file(&self) -> PathBuf {
        self.data.join("secrets.json")
    }

    /// `window.ron`: where the window was, and how large.
    #[must_use]
    pub fn window_file(&self) -> PathBuf {
        self.data.join("window.ron")
    }

    /// `log/dropslot.log`; the one before it lies beside it.
    #[must_use]
    pub fn log_file(&self) -> PathBuf {
        self.data.join("log").join("dropslot.log")
    }

    /// Pictures from the clipboard that are being uploaded.
    #[must_use]
    pub fn pasted_dir(&self) -> PathBuf {
        self.data.join("pasted")
    }

    /// The sandbox's objects.
    #[must_use]
    pub fn sandbox_dir(&self) -> PathBuf {
        self.data.join("sandbox")
    }
}

/// Makes a folder that only this user may enter: paths and URLs are nobody else's business.
pub(crate) fn private_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(test)]
impl Folders {
    /// Two that do not exist yet, in a folder that is gone when it is dropped.
    #[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
    pub(crate) fn of_a_test() -> (tempfile::TempDir, Self) {
        let dir = tempfile::tempdir().unwrap();
        let folders = Self {
            config: dir.path().join("config"),
            data: dir.path().join("data"),
        };
        (dir, folders)
    }
}
