//! Failures of the embedded S3.

use super::Text;

/// What is wrong with the sandbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SandboxReason {
    /// Nobody has started it.
    NotRunning,
}

impl SandboxReason {
    pub(super) fn english(&self) -> Text {
        match self {
            Self::NotRunning => Text::new("The sandbox is not running", "Start it, or choose another destination"),
        }
    }
}
