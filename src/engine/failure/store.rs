//! Failures of what stays on disk.

use super::form::sentence;
use super::{Code, Failure};
use crate::store::{SettingsError, StoreError};

impl From<&StoreError> for Failure {
    fn from(error: &StoreError) -> Self {
        match error {
            StoreError::DiskFull => Self::new(
                Code::Store,
                "The disk is full: queue and history cannot be written",
                "Make room; uploads go on, and what is done is written as soon as there is room",
            )
            .retryable(),
            StoreError::NotADatabase { path } => Self::new(
                Code::Store,
                format!("{path} is not a Dropslot database; it has been left as it is"),
                "Move that file away and start again; until then uploads work, but nothing is remembered",
            ),
            StoreError::Newer { version } => Self::new(
                Code::Store,
                format!("Queue and history were written by a newer Dropslot (version {version} of their form)"),
                "Update Dropslot; until then uploads work, but nothing is remembered",
            ),
            StoreError::Folder(_) => Self::new(
                Code::Store,
                "The data folder could not be written to",
                "Make it writable (XDG_DATA_HOME says where it is); until then uploads work, but nothing is remembered",
            )
            .because(error),
            StoreError::Destination(_) => Self::new(
                Code::Store,
                "A destination in the queue is not readable",
                "Add its files again",
            )
            .because(error),
            StoreError::Sqlite(_) => Self::new(
                Code::Store,
                "Queue and history could not be read or written",
                "Check the data folder's disk and permissions; the details say what SQLite says",
            )
            .retryable()
            .because(error),
        }
    }
}

impl From<&SettingsError> for Failure {
    fn from(error: &SettingsError) -> Self {
        match error {
            SettingsError::Broken { set_aside } => Self::new(
                Code::Settings,
                sentence(error),
                format!(
                    "Defaults are used; mend {} and move it back, or leave it there",
                    set_aside.file_name().unwrap_or_default().to_string_lossy()
                ),
            ),
            SettingsError::Io(_) => Self::new(
                Code::Settings,
                "The settings file could not be read or written",
                "Check the settings folder's disk and permissions (XDG_CONFIG_HOME says where it is)",
            )
            .retryable()
            .because(error),
        }
    }
}
