//! Failures of writing a profile.

use super::{Code, Failure, Text};
use crate::aws::ProfileWriteError;

/// Why a profile was not written.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum ProfileReason {
    /// There is one of this name.
    Exists {
        /// Its name.
        name: String,
    },
    /// An SSO session of this name has another address.
    SessionExists {
        /// Its name.
        name: String,
    },
    /// A value that would not be read back.
    Unwritable,
    /// A mistake of this program.
    Mistake,
    /// Nothing says where the files are.
    NoHome,
    /// A file that is no text.
    NotText {
        /// Which.
        path: String,
    },
    /// Another program writes the file.
    Changing {
        /// Which.
        path: String,
    },
    /// A file that cannot be read or written.
    NotWritten {
        /// Which.
        path: String,
    },
}

impl ProfileReason {
    pub(super) fn english(&self) -> Text {
        match self {
            Self::Exists { name } => Text::new(
                format!("There is a profile named {name:?} already"),
                "Replace it, or choose another name",
            ),
            Self::SessionExists { name } => Text::new(
                format!("There is an SSO session named {name:?} with another address or region"),
                "Choose another session name: other profiles may use that one",
            ),
            Self::Unwritable => Text::new(
                "A value of the profile cannot be written",
                "Take out spaces and line breaks",
            ),
            Self::Mistake => Text::new("Dropslot made a mistake with this profile", "Try again"),
            Self::NoHome => Text::new(
                "There is no home folder to keep the profile in",
                "Set AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE",
            ),
            Self::NotText { path } => Text::new(
                format!("{path} is not a text file"),
                "Mend it or move it away; it has been left as it is",
            ),
            Self::Changing { path } => Text::new(
                format!("Another program keeps changing {path}"),
                "Try again when it has finished",
            ),
            Self::NotWritten { path } => Text::new(
                format!("{path} could not be written"),
                "Check the disk and the folder's permissions",
            ),
        }
    }
}

impl From<&ProfileWriteError> for Failure {
    fn from(error: &ProfileWriteError) -> Self {
        let not_written = |reason| Self::new(Code::ProfileNotWritten, reason);
        match error {
            ProfileWriteError::Exists { name } => {
                Self::new(Code::ProfileExists, ProfileReason::Exists { name: name.clone() })
            }
            ProfileWriteError::SessionExists { name } => {
                not_written(ProfileReason::SessionExists { name: name.clone() })
            }
            ProfileWriteError::Refused { .. } => not_written(ProfileReason::Unwritable).because(error),
            ProfileWriteError::NoHome => not_written(ProfileReason::NoHome),
            ProfileWriteError::NotText { path } => not_written(ProfileReason::NotText {
                path: path.display().to_string(),
            }),
            ProfileWriteError::Changing { path } => not_written(ProfileReason::Changing {
                path: path.display().to_string(),
            })
            .retryable(),
            ProfileWriteError::Io { path, .. } => not_written(ProfileReason::NotWritten {
                path: path.display().to_string(),
            })
            .retryable()
            .because(error),
        }
    }
}
