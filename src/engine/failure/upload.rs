//! Failures on the way of one upload that no layer below knows.

use super::Text;

/// What went wrong on the way.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum UploadReason {
    /// By the person, while bytes were on the wire.
    Cancelled,
    /// The whole command was stopped before this file's turn.
    Stopped,
    /// S3 stored something else than was sent.
    NotWhatWasSent,
    /// The system's generator gives nothing.
    NoRandomNumbers,
    /// Whether something is there already cannot be seen.
    ExistenceUnknown {
        /// Which.
        object_key: String,
    },
    /// Something is there already.
    Exists {
        /// Which.
        object_key: String,
    },
    /// Something is there already, and what to do is the person's to say.
    AskExists {
        /// Which.
        object_key: String,
    },
    /// A function's form goes to another host than its forms before.
    HostChanged {
        /// The function, as people know it.
        lambda: String,
        /// Where it goes.
        host: String,
        /// Where forms went before.
        known: Vec<String>,
    },
    /// A function handed out the object key of another file.
    KeyTaken {
        /// Which.
        object_key: String,
    },
    /// A form for one object key, which another file has.
    TicketUsed {
        /// Which.
        object_key: String,
    },
    /// A ticket past its expiration.
    TicketExpired {
        /// Seconds since.
        ago_secs: u64,
    },
    /// A form that was pasted before this program was started.
    TicketGone,
    /// Without keys, objects of this destination cannot be signed for.
    NotSignedHere,
    /// A mistake of this program.
    Mistake,
    /// The engine could not be set up.
    NotStarted,
}

impl UploadReason {
    pub(super) fn english(&self) -> Text {
        match self {
            Self::Cancelled => Text::new("Cancelled", ""),
            Self::Stopped => Text::new("Stopped before it was sent", "Send it again"),
            Self::NotWhatWasSent => Text::new(
                "What S3 stored is not what was sent",
                "Try again; where it happens again, look for a proxy or a disk that changes data",
            ),
            Self::NoRandomNumbers => Text::new("The system gives no random numbers", "Restart this machine"),
            Self::ExistenceUnknown { object_key } => Text::new(
                format!("Whether {object_key} exists cannot be seen"),
                "Ask for the permissions s3:GetObject and s3:ListBucket, or choose unique keys",
            ),
            Self::Exists { object_key } => Text::new(
                format!("{object_key} exists already"),
                "Rename the file, let the key template hold {rand}, or choose to replace",
            ),
            Self::AskExists { object_key } => Text::new(
                format!("{object_key} exists already: nothing was sent"),
                "Choose whether to replace it, to keep both, or to leave this file out",
            ),
            Self::HostChanged { lambda, host, known } => Text::new(
                format!("The form from {lambda} goes to {host}, not to {}", known.join(" or ")),
                "Ask the function's owner whether that is right, and only then trust the new host",
            ),
            Self::KeyTaken { object_key } => Text::new(
                format!("The function gave this file the object key of another: {object_key}"),
                "Ask the function's owner for a key of its own for each file, or choose to replace",
            ),
            Self::TicketUsed { object_key } => Text::new(
                format!("This form takes one file, and another was sent with it: {object_key}"),
                "Ask for a form of its own for each file, or choose to replace",
            ),
            Self::TicketExpired { ago_secs } => Text::new(
                format!("The form expired {ago_secs} s ago"),
                "Ask for a new one; where it should still be good, set this machine's clock",
            ),
            Self::TicketGone => Text::new(
                "The form is not here any more: forms are never kept",
                "Paste it again, or ask for a new one",
            ),
            Self::NotSignedHere => Text::new(
                "Dropslot has no keys for this object: its form was signed elsewhere",
                "Ask the owner of the form or the function",
            ),
            Self::Mistake => Text::new("Dropslot made a mistake with this file", "Try again"),
            Self::NotStarted => Text::new("Dropslot could not start", "Try again"),
        }
    }
}
