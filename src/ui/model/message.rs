//! Toasts, and what they say: typed, so that it changes with the language while it is on screen.

use super::Model;
use crate::engine::Failure;
use crate::s3::{Limits, TicketError};
use crate::ui::backend::{NotPasted, NotShown};
use crate::ui::drops::DropRefusal;
use crate::ui::limits_text::limit_facts;
use crate::ui::words::Words;
use crate::ui::{format, names, theme};
use std::path::PathBuf;
use std::time::Duration;

/// A message that goes away by itself.
#[derive(Clone, Debug)]
pub(crate) struct Toast {
    /// What it says.
    pub(crate) message: Message,
    /// Until when it is shown, in seconds of the window's clock.
    pub(crate) until: f64,
    /// Good news or not.
    pub(crate) good: bool,
}

/// One sentence that goes away by itself. A new one is a variant here, and a text in [`Message::text`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Message {
    /// So many links are on the clipboard.
    UrlsCopied(usize),
    /// A link that opens for this long is on the clipboard.
    TemporaryLinkCopied(Duration),
    /// The clipboard is empty.
    NothingToPaste,
    /// The clipboard holds a web address.
    LinkPasted,
    /// The clipboard holds text that is no path.
    TextPasted,
    /// The clipboard holds a picture that cannot be sent.
    PictureNotPasted(NotPasted),
    /// Nothing that is selected is done.
    NothingToCopy,
    /// What was typed is no path.
    NotAPath,
    /// What was typed is a path at which there is nothing.
    NotThere(PathBuf),
    /// What was dropped is not taken.
    DropRefused(DropRefusal),
    /// A file could not be shown in its folder.
    NotShown(NotShown),
    /// A profile was written, by this name.
    ProfileAdded(String),
    /// A profile was read from the clipboard.
    ProfileFilled,
    /// The clipboard holds no profile.
    NoProfilePasted,
    /// So many entries of the history were forgotten.
    Forgotten(usize),
    /// All were.
    AllForgotten,
    /// What is selected of the history was deleted.
    NoLinksLeft,
    /// An object is not in S3 any more.
    Deleted {
        /// Its file's name, where it was asked about by name.
        name: Option<String>,
    },
    /// Files go by a form that was pasted.
    TicketTaken {
        /// Its bucket, or its host.
        place: String,
        /// What its owner allows.
        limits: Limits,
        /// How long it was good when it was pasted, where it says.
        left: Option<Duration>,
        /// It is for one object key.
        one_file: bool,
    },
    /// What was pasted is a form, but none that may be used.
    TicketRefused(TicketError),
    /// A form's file cannot be read.
    TicketUnreadable(PathBuf),
    /// A function's first form went to this host.
    HostTrusted {
        /// The function, as people know it.
        function: String,
        /// The host.
        host: String,
    },
    /// The parts of so many unfinished uploads are gone.
    UnfinishedDiscarded(usize),
    /// A destination of this name is saved.
    DestinationSaved(String),
    /// The destination of this name is no longer saved.
    DestinationRemoved(String),
}

impl Message {
    /// In the words of a language.
    pub(crate) fn text(&self, words: &Words) -> String {
        match self {
            Self::UrlsCopied(number) => (words.urls_copied)(*number),
            Self::TemporaryLinkCopied(time) => (words.temporary_link_copied)(&format::validity(*time, words)),
            Self::NothingToPaste => words.pasting.nothing.to_owned(),
            Self::LinkPasted => words.pasting.link.to_owned(),
            Self::TextPasted => words.pasting.text.to_owned(),
            Self::PictureNotPasted(NotPasted::TooLarge) => words.pasting.picture_too_large.to_owned(),
            Self::PictureNotPasted(NotPasted::Unreadable) => words.pasting.picture_unreadable.to_owned(),
            Self::PictureNotPasted(NotPasted::NotWritten) => words.pasting.picture_not_written.to_owned(),
            Self::NothingToCopy => words.rows.nothing_to_copy.to_owned(),
            Self::NotAPath => words.not_a_path.to_owned(),
            Self::NotThere(path) => (words.not_there)(&names::harmless(&path.to_string_lossy())),
            Self::DropRefused(refusal) => (words.drops.refused)(refusal),
            Self::NotShown(NotShown::Gone) => words.system.file_is_gone.to_owned(),
            Self::NotShown(NotShown::NoFileManager) => words.system.no_file_manager.to_owned(),
            Self::ProfileAdded(name) => (words.profile_dialog.added)(name),
            Self::ProfileFilled => words.profile_dialog.filled.to_owned(),
            Self::NoProfilePasted => words.profile_dialog.not_a_profile.to_owned(),
            Self::Forgotten(number) => (words.history.forgotten)(*number),
            Self::AllForgotten => words.history.all_forgotten.to_owned(),
            Self::NoLinksLeft => words.history.nothing_to_copy.to_owned(),
            Self::Deleted { name: Some(name) } => (words.deletion.done)(name),
            Self::Deleted { name: None } => words.deletion.deleted_explained.to_owned(),
            Self::TicketTaken {
                place,
                limits,
                left,
                one_file,
            } => {
                let mut facts = vec![(words.handed.form_for)(&names::harmless(place))];
                facts.extend(limit_facts(limits, words));
                facts.extend(left.map(|left| (words.handed.left)(&format::countdown(left, words))));
                let taken = if *one_file {
                    words.handed.taken_one
                } else {
                    words.handed.taken
                };
                taken(&facts.join(" · "))
            }
            Self::TicketRefused(error) => words.failure(&Failure::from(error)).what,
            Self::TicketUnreadable(file) => (words.handed.unreadable)(&names::of_path(file)),
            Self::HostTrusted { function, host } => {
                (words.handed.host_trusted)(&names::harmless(function), &names::harmless(host))
            }
            Self::UnfinishedDiscarded(number) => (words.unfinished.discarded)(*number),
            Self::DestinationSaved(name) => (words.destination.saved_as)(&names::harmless(name)),
            Self::DestinationRemoved(name) => (words.destination.removed)(&names::harmless(name)),
        }
    }
}

impl Model {
    /// Shows a message for a moment.
    pub(crate) fn toast(&mut self, message: Message, good: bool, now: f64) {
        self.toasts.retain(|toast| toast.message != message);
        self.toasts.push(Toast {
            message,
            until: now + theme::TOAST_SECONDS,
            good,
        });
    }
}
