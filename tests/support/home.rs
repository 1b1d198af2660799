//! A person's home folder for one test, so that nothing of the machine (profiles, settings, proxies) reaches it.

use super::{tools, wait};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use tempfile::TempDir;

/// A fresh home folder, gone when dropped.
#[derive(Debug)]
pub(crate) struct Home {
    folder: TempDir,
}

impl Home {
    /// An empty one.
    pub(crate) fn new() -> Self {
        let folder = TempDir::with_prefix("dropslot-home-").unwrap();
        std::fs::create_dir(folder.path().join(".aws")).unwrap();
        std::fs::create_dir(folder.path().join("run")).unwrap();
        Self { folder }
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file, with the folders that it needs, and tells its path.
    pub(crate) fn write(&self, name: impl AsRef<Path>, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path
    }

    /// Adds to `~/.aws/config`.
    pub(crate) fn aws_config(&self, section: &str) {
        self.append(".aws/config", section);
    }

    /// Adds to `~/.aws/credentials`.
    pub(crate) fn aws_credentials(&self, section: &str) {
        self.append(".aws/credentials", section);
    }

    fn append(&self, name: &str, section: &str) {
        let before = std::fs::read_to_string(self.path().join(name)).unwrap_or_default();
        self.write(name, format!("{before}{section}\n"));
    }

    /// The program under test, at home here.
    pub(crate) fn dropslot(&self) -> Command {
        self.at_home(Command::new(env!("CARGO_BIN_EXE_dropslot")))
    }

    /// The AWS CLI, at home here.
    pub(crate) fn aws(&self) -> Command {
        self.at_home(tools::aws())
    }

    /// Python with boto3, at home here.
    pub(crate) fn python(&self) -> Command {
        self.at_home(tools::python())
    }

    /// What the sandbox of this home receives at this moment.
    pub(crate) fn sandbox_incoming(&self) -> Vec<std::fs::DirEntry> {
        let incoming = std::fs::read_dir(self.path().join("data/dropslot/sandbox/incoming"));
        incoming.into_iter().flatten().flatten().collect()
    }

    /// Waits until the sandbox of this home has received the beginning of a large file.
    #[track_caller]
    pub(crate) fn until_first_bytes(&self) {
        wait::until("the first bytes", Duration::from_secs(30), || {
            let mut files = self.sandbox_incoming().into_iter();
            files.find(|file| file.metadata().is_ok_and(|data| data.len() > 1 << 18))
        });
    }

    /// Gives a command this home, and nothing of the machine's that could change its answers.
    pub(crate) fn at_home(&self, mut command: Command) -> Command {
        const STRANGERS: [&str; 6] = ["AWS_", "DISPLAY", "WAYLAND_", "XDG_", "DBUS_", "LC_"];
        for (name, _) in std::env::vars_os() {
            let text = name.to_string_lossy();
            let is_proxy = text.to_ascii_uppercase().ends_with("_PROXY");
            if is_proxy || STRANGERS.iter().any(|prefix| text.starts_with(prefix)) {
                command.env_remove(&name);
            }
        }
        command
            .env("HOME", self.path())
            .env("XDG_CONFIG_HOME", self.path().join("config"))
            .env("XDG_DATA_HOME", self.path().join("data"))
            .env("XDG_CACHE_HOME", self.path().join("cache"))
            .env("XDG_RUNTIME_DIR", self.path().join("run"))
            .env("LANG", "C.UTF-8")
            .env("AWS_CONFIG_FILE", self.path().join(".aws/config"))
            .env("AWS_SHARED_CREDENTIALS_FILE", self.path().join(".aws/credentials"))
            .env("AWS_EC2_METADATA_DISABLED", "true");
        command
    }
}
