//! Failures of what stays on disk.

use super::{Code, Failure, Text};
use crate::store::{SettingsError, StoreError};

/// What is wrong with queue, history or settings.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum StoreReason {
    /// No room.
    DiskFull,
    /// The file is no database.
    NotADatabase {
        /// Where.
        path: String,
    },
    /// Written by a newer Dropslot.
    Newer {
        /// Of the database's schema.
        version: u32,
    },
    /// The data folder cannot be written to.
    Folder,
    /// A destination in the queue that cannot be read.
    Destination,
    /// The database cannot be read or written.
    Database,
    /// The settings file was broken and is set aside.
    SettingsBroken {
        /// Where it is now.
        set_aside: std::path::PathBuf,
    },
    /// The settings file cannot be read or written.
    Settings,
    /// The keychain, or the file that stands in for it.
    Keychain,
}

impl StoreReason {
    pub(super) fn english(&self) -> Text {
        match self {
            Self::DiskFull => Text::new(
                "The disk is full: queue and history cannot be written",
                "Make room; uploads go on, and what is done is written as soon as there is room",
            ),
            Self::NotADatabase { path } => Text::new(
                format!("{path} is not a Dropslot database; it has been left as it is"),
                "Move that file away and start again; until then uploads work, but nothing is remembered",
            ),
            Self::Newer { version } => Text::new(
                format!("Queue and history were written by a newer Dropslot (version {version} of their form)"),
                "Update Dropslot; until then uploads work, but nothing is remembered",
            ),
            Self::Folder => Text::new(
                "The data folder could not be written to",
                "Make it writable (XDG_DATA_HOME says where it is); until then uploads work, but nothing is remembered",
            ),
            Self::Destination => Text::new("A destination in the queue is not readable", "Add its files again"),
            Self::Database => Text::new(
                "Queue and history could not be read or written",
                "Check the data folder's disk and permissions; the details say what SQLite says",
            ),
            Self::SettingsBroken { set_aside } => Text::new(
                format!(
                    "The settings file was broken and has been set aside as {}",
                    set_aside.display()
                ),
                format!(
                    "Defaults are used; mend {} and move it back, or leave it there",
                    set_aside.file_name().unwrap_or_default().to_string_lossy()
                ),
            ),
            Self::Keychain => Text::new(
                "The keychain gives or takes no secret",
                "Unlock it, and try again; the details say more",
            ),
            Self::Settings => Text::new(
                "The settings file could not be read or written",
                "Check the settings folder's disk and permissions (XDG_CONFIG_HOME says where it is)",
            ),
        }
    }
}

impl From<&StoreError> for Failure {
    fn from(error: &StoreError) -> Self {
        let new = |reason| Self::new(Code::Store, reason);
        match error {
            StoreError::DiskFull => new(StoreReason::DiskFull).retryable(),
            StoreError::NotADatabase { path } => new(StoreReason::NotADatabase { path: path.clone() }),
            StoreError::Newer { version } => new(StoreReason::Newer { version: *version }),
            StoreError::Folder(_) => new(StoreReason::Folder).because(error),
            StoreError::Destination(_) => new(StoreReason::Destination).because(error),
            StoreError::Sqlite(_) => new(StoreReason::Database).retryable().because(error),
        }
    }
}

impl From<&SettingsError> for Failure {
    fn from(error: &SettingsError) -> Self {
        match error {
            SettingsError::Broken { set_aside } => Self::new(
                Code::Settings,
                StoreReason::SettingsBroken {
                    set_aside: set_aside.clone(),
                },
            ),
            SettingsError::Io(_) => Self::new(Code::Settings, StoreReason::Settings)
                .retryable()
                .because(error),
        }
    }
}
