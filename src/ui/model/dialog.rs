//! What is asked or shown over the window: one thing at a time.

use super::deletion::{DeleteState, DeleteTarget};

/// A dialog, with what was typed into it.
#[derive(Clone, Debug)]
pub(crate) enum Dialog {
    /// A URL as a QR code.
    Qr {
        /// What it says.
        url: String,
    },
    /// Whether an object is to be deleted from S3.
    Delete {
        /// Which.
        target: DeleteTarget,
        /// How far it is.
        state: DeleteState,
    },
}
