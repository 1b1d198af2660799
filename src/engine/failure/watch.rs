//! Failures of folders that are watched.

use super::Text;
use std::path::PathBuf;

/// Why a folder is not watched, or not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum WatchReason {
    /// It is not there, or is no folder.
    NoFolder {
        /// Which.
        folder: PathBuf,
    },
    /// No permission.
    NotReadable {
        /// Which.
        folder: PathBuf,
    },
    /// Dropslot writes into it itself.
    OwnFolder {
        /// Which.
        folder: PathBuf,
    },
    /// The system tells no more listeners.
    TooMany {
        /// Which, as people know it.
        folder: PathBuf,
        /// What has run out: the name of a kernel parameter.
        parameter: String,
    },
    /// The system does not tell what happens in it: the details say why.
    NotTold {
        /// Which.
        folder: PathBuf,
    },
    /// What was uploaded already cannot be remembered.
    NotRemembered {
        /// Which.
        folder: PathBuf,
    },
}

impl WatchReason {
    pub(super) fn english(&self) -> Text {
        match self {
            Self::NoFolder { folder } => Text::new(
                format!("The watched folder {} is not there", folder.display()),
                "Bring it back, or choose another one in the destination; what appears in it is uploaded when it is there again",
            ),
            Self::NotReadable { folder } => Text::new(
                format!("The watched folder {} may not be read", folder.display()),
                "Allow reading it, or choose another one in the destination",
            ),
            Self::OwnFolder { folder } => Text::new(
                format!("Dropslot keeps its own data in the watched folder {}", folder.display()),
                "Choose another one in the destination",
            ),
            Self::TooMany { folder, parameter } => Text::new(
                format!(
                    "{} is not watched: other programs have used up the system's {parameter}",
                    folder.display()
                ),
                "Raise it by the command; until then the folder is looked at when this window comes to the front",
            ),
            Self::NotTold { folder } => Text::new(
                format!("The system does not tell what appears in {}", folder.display()),
                "It is looked at when this window comes to the front",
            ),
            Self::NotRemembered { folder } => Text::new(
                format!(
                    "{} is not watched: Dropslot cannot remember what it has uploaded from it",
                    folder.display()
                ),
                "Mend what is wrong with the data folder, and try again",
            ),
        }
    }
}
