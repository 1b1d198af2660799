//! What is asked or shown over the window: one thing at a time.

use super::deletion::{DeleteState, DeleteTarget};
use super::{CheckupView, DestinationForm, DiscardQuestion, ProfileForm, TicketForm};
use crate::engine::UploadId;
use crate::ui::action::Forgetting;

/// A dialog, with what was typed into it.
#[derive(Clone, Debug)]
pub(crate) enum Dialog {
    /// "Add a profile…".
    Profile(Box<ProfileForm>),
    /// Whether all settings are to be as the program came.
    ResetSettings,
    /// The licences of the fonts.
    Licences,
    /// A URL as a QR code.
    Qr {
        /// What it says.
        url: String,
    },
    /// Whether entries of the history are to be forgotten.
    Forget(Forgetting),
    /// Whether an object is to be deleted from S3.
    Delete {
        /// Which.
        target: DeleteTarget,
        /// How far it is.
        state: DeleteState,
    },
    /// Whether unfinished uploads are to go.
    Discard(Box<DiscardQuestion>),
    /// Whether uploads that are on their way are to be stopped.
    CancelUploads {
        /// Which.
        uploads: Vec<UploadId>,
        /// What they have sent already, together.
        sent_bytes: u64,
    },
    /// A destination that is written.
    Destination(Box<DestinationForm>),
    /// A destination that is being examined.
    Checkup(Box<CheckupView>),
    /// A form that is pasted.
    Ticket(Box<TicketForm>),
    /// Whether a saved destination is to go.
    RemoveDestination {
        /// Which.
        name: String,
    },
}
