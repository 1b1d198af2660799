//! `settings.json`: written atomically, unknown fields kept, a broken file set aside and never overwritten.

use super::Destination;
use std::path::{Path, PathBuf};

/// Light, dark, or the system's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ThemeChoice {
    /// Follows the system.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// What the person chose. Unknown fields of the file are kept in `unknown`.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Saved destinations, by `--to NAME`.
    pub destinations: Vec<Destination>,
    /// The destination used last.
    pub last_destination: Option<Destination>,
    /// Uploads at a time.
    pub jobs: u8,
    /// All URLs to the clipboard when a batch ends.
    pub copy_when_done: bool,
    /// Colours.
    pub theme: ThemeChoice,
    /// Regions found out, by bucket.
    pub bucket_regions: std::collections::BTreeMap<String, String>,
    /// Fields this version does not know, written back as they were.
    pub unknown: serde_json::Map<String, serde_json::Value>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            destinations: Vec::new(),
            last_destination: None,
            jobs: 6,
            copy_when_done: true,
            theme: ThemeChoice::System,
            bucket_regions: std::collections::BTreeMap::new(),
            unknown: serde_json::Map::new(),
        }
    }
}

/// What happened to a settings file.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// It was not readable as settings; it has been moved, and defaults are used.
    #[error("the settings file was broken and has been set aside as {}", set_aside.display())]
    Broken {
        /// Where it is now.
        set_aside: PathBuf,
    },
    /// Reading or writing.
    #[error("the settings file could not be read or written")]
    Io(#[from] std::io::Error),
}

impl Settings {
    /// Reads the file; a missing one gives defaults. With an error come the settings to use all the same.
    #[must_use]
    pub fn load(_file: &Path) -> (Self, Option<SettingsError>) {
        todo!()
    }

    /// Writes atomically (a new file, synced, renamed), keeping what another process wrote to unknown fields.
    ///
    /// # Errors
    /// [`SettingsError::Io`].
    pub fn save(&self, _file: &Path) -> Result<(), SettingsError> {
        todo!()
    }
}
