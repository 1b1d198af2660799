//! Failures of the file on this machine.

use super::{Code, Failure, Text};
use crate::s3::policy_check::MAX_POST_BYTES;
use crate::transfer::SourceError;

/// What is wrong with a file or folder.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum FileReason {
    /// It is not there (any more).
    Gone,
    /// A symbolic link to what is not there.
    DanglingLink,
    /// No permission.
    NotReadable,
    /// A device, a socket.
    NotRegular,
    /// More than a presigned POST takes.
    TooLarge {
        /// Its size.
        size_bytes: u64,
    },
    /// Nor by a parts upload.
    TooLargeForParts {
        /// Its size.
        size_bytes: u64,
    },
    /// It changed while it was sent.
    Changed,
    /// The disk gave an error.
    ReadError,
    /// The task that read it was broken off.
    BrokenOff,
    /// It could not be read a second time.
    NotReadAgain,
    /// A folder without a file in it.
    EmptyFolder,
    /// A folder without permission.
    FolderNotReadable,
    /// A form, which nobody else may have.
    Ticket,
    /// The file that a checkup sends could not be written.
    NoTrial,
}

impl FileReason {
    pub(super) fn english(&self) -> Text {
        match self {
            Self::Gone => Text::new("The file is gone", "Put it back, and try again"),
            Self::DanglingLink => Text::new(
                "The link leads to no file",
                "Put back the file that it points to, and try again",
            ),
            Self::NotReadable => Text::new("The file may not be read", "Give yourself permission to read it"),
            Self::NotRegular => Text::new("Not a regular file", "Only regular files can be sent"),
            Self::TooLarge { size_bytes } => Text::new(
                format!(
                    "The file has {size_bytes} bytes; a presigned POST takes at most 5 GiB ({MAX_POST_BYTES} bytes)"
                ),
                "Choose a destination that a profile signs for, and that sends large files in parts",
            ),
            Self::TooLargeForParts { size_bytes } => Text::new(
                format!("The file has {size_bytes} bytes; a parts upload takes at most 625 GiB"),
                "Split the file",
            ),
            Self::Changed => Text::new(
                "The file changed while it was sent",
                "Wait until nothing writes to it any more, and try again",
            ),
            Self::ReadError => Text::new("The file could not be read", "Check the disk it lies on, and try again"),
            Self::BrokenOff => Text::new("Reading the file was broken off", "Try again"),
            Self::NotReadAgain => Text::new(
                "The file could not be read again to prove the upload",
                "Check the disk it lies on, and try again",
            ),
            Self::EmptyFolder => Text::new("The folder is empty", "S3 has no folders of its own: put a file in it"),
            Self::NoTrial => Text::new(
                "The small file to try with could not be written",
                "Make room where temporary files are, or name another folder in TMPDIR",
            ),
            Self::FolderNotReadable => Text::new(
                "The folder may not be read",
                "Give yourself permission to read it, and add it again",
            ),
            Self::Ticket => Text::new(
                "The form in this file is as good as a password: it is not uploaded",
                "To send files by it, drop it on the window, or name it by --ticket",
            ),
        }
    }
}

impl From<&SourceError> for Failure {
    fn from(error: &SourceError) -> Self {
        match error {
            SourceError::Gone => Self::new(Code::FileGone, FileReason::Gone).retryable(),
            SourceError::DanglingLink => Self::new(Code::FileGone, FileReason::DanglingLink).retryable(),
            SourceError::NotReadable => Self::new(Code::FileUnreadable, FileReason::NotReadable).retryable(),
            SourceError::NotAFile => Self::new(Code::NotAFile, FileReason::NotRegular),
            SourceError::Changed => Self::new(Code::FileChanged, FileReason::Changed).retryable(),
            SourceError::Read(_) => Self::new(Code::FileUnreadable, FileReason::ReadError)
                .retryable()
                .because(error),
        }
    }
}
