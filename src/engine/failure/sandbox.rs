//! Failures of the embedded S3.

use super::Text;
use std::path::PathBuf;

/// What is wrong with the sandbox.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum SandboxReason {
    /// Nobody has started it.
    NotRunning,
    /// This user has no home folder to keep it in.
    NoHome,
    /// Something else has locked its folder, and serves nothing.
    FolderInUse {
        /// Which.
        dir: PathBuf,
    },
    /// Its folder cannot be written to.
    Folder {
        /// Which.
        dir: PathBuf,
    },
    /// Anything else: the details say what.
    NotStarted,
}

impl SandboxReason {
    pub(super) fn english(&self) -> Text {
        match self {
            Self::NoHome => Text::new(
                "This user has no home folder for the sandbox",
                "Set HOME, and start Dropslot again",
            ),
            Self::FolderInUse { dir } => Text::new(
                format!("Another program uses the sandbox's folder {}", dir.display()),
                "Wait until it has ended, and try again",
            ),
            Self::Folder { dir } => Text::new(
                format!("The sandbox's folder {} could not be used", dir.display()),
                "Make it readable and writable, and try again",
            ),
            Self::NotStarted => Text::new(
                "The sandbox could not start",
                "Try again, or choose another destination",
            ),
            Self::NotRunning => Text::new("The sandbox is not running", "Start it, or choose another destination"),
        }
    }
}
