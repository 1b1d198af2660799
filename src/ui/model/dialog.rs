//! What is asked or shown over the window: one thing at a time.

/// A dialog, with what was typed into it.
#[derive(Clone, Debug)]
pub(crate) enum Dialog {
    /// A URL as a QR code.
    Qr {
        /// What it says.
        url: String,
    },
}
