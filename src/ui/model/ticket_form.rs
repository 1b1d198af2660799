//! Forms that are pasted: the dialog "Paste a form…", and files going by what was understood.

use super::{Dialog, Message, Model, Page};
use crate::aws::Secret;
use crate::engine::UploadId;
use crate::s3::presigned_post::FILE_NAME_VARIABLE;
use crate::s3::{Limits, PresignedUpload, TicketError, VendorReplyError, ticket};
use crate::store::{Destination, DestinationKind, Ticket};
use crate::ui::action::Effect;
use crate::ui::backend::TicketFile;
use crate::ui::format;
use crate::ui::limits_text::left;

/// What is asked for around forms that are pasted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TicketAction {
    /// Paste one, perhaps for an upload whose own is used up.
    Open(Option<UploadId>),
    /// Another one than was understood.
    Another,
    /// The one that was understood.
    Use,
}

/// The dialog "Paste a form…". What is typed is hidden as soon as it is understood, and overwritten in memory.
#[derive(Clone, Debug, Default)]
pub(crate) struct TicketForm {
    /// As typed or pasted, until it is understood.
    pub(crate) text: Secret,
    /// What it is; `None` while there is nothing.
    pub(crate) read: Option<Result<Ticket, TicketError>>,
    /// It has just appeared: the keyboard goes to the field.
    pub(crate) wants_focus: bool,
    /// What is tried again by it.
    pub(crate) upload: Option<UploadId>,
}

impl TicketForm {
    /// Looks at what is typed.
    pub(crate) fn look(&mut self) {
        let text = self.text.reveal().trim();
        self.read = (!text.is_empty()).then(|| ticket::read(text).map(Ticket::of_reply));
        if let Some(Ok(_) | Err(TicketError::Form(VendorReplyError::TooLong))) = self.read {
            self.text = Secret::default();
        }
    }
}

impl Model {
    /// Carries out what the dialog asks for.
    pub(super) fn act_on_tickets(&mut self, action: &TicketAction, now: f64) -> Vec<Effect> {
        match (action, &mut self.dialog) {
            (TicketAction::Open(upload), _) => {
                let form = TicketForm {
                    wants_focus: true,
                    upload: *upload,
                    ..TicketForm::default()
                };
                self.dialog = Some(Dialog::Ticket(Box::new(form)));
            }
            (TicketAction::Another, Some(Dialog::Ticket(form))) => {
                (form.read, form.wants_focus) = (None, true);
            }
            (TicketAction::Use, Some(Dialog::Ticket(form))) => {
                let (Some(Ok(ticket)), upload) = (form.read.take(), form.upload) else {
                    return Vec::new();
                };
                self.dialog = None;
                return self.use_ticket(ticket, upload, now);
            }
            (TicketAction::Another | TicketAction::Use, _) => {}
        }
        Vec::new()
    }

    fn use_ticket(&mut self, ticket: Ticket, upload: Option<UploadId>, now: f64) -> Vec<Effect> {
        let Some(upload) = upload else {
            return self.take_ticket(ticket, now);
        };
        let sent_to = self.row_of(upload).and_then(|row| self.sent_to(row)).cloned();
        let kind = DestinationKind::Ticket(ticket.clone());
        let destination = Destination {
            name: ticket.place().to_owned(),
            ..sent_to.unwrap_or_else(|| Destination::new("", DestinationKind::Sandbox))
        };
        // What waits for a form gets this one, too.
        let mut effects = match self.picker.ticket() {
            Some(_) => self.take_ticket(ticket, now),
            None => Vec::new(),
        };
        effects.extend(self.retry(upload, Some(Box::new(Destination { kind, ..destination }))));
        effects
    }

    /// Files go by this form from now on.
    fn take_ticket(&mut self, ticket: Ticket, now: f64) -> Vec<Effect> {
        let limits = limits_of(&ticket);
        let left = limits.expiration.map(|expiration| left(expiration, self.forms.time));
        let taken = Message::TicketTaken {
            place: ticket.place().to_owned(),
            limits,
            left: left.flatten(),
            one_file: takes_one_file(&ticket),
        };
        // The one before does not count any more, and what is next is done on that page.
        self.toasts
            .retain(|toast| !matches!(toast.message, Message::TicketTaken { .. }));
        self.page = Page::Uploads;
        self.toast(taken, true, now);
        self.picker.pick_ticket(ticket);
        self.destination_changed(Vec::new())
    }

    /// A text from the clipboard that may be a form; gives it back where it is none.
    pub(super) fn pasted_form(&mut self, text: &str, now: f64) -> Option<Vec<Effect>> {
        if let Some(Dialog::Ticket(form)) = &mut self.dialog {
            form.text = Secret::from(text);
            form.look();
            return Some(Vec::new());
        }
        if !self.takes_files() {
            return None;
        }
        match ticket::read(text) {
            Ok(reply) => Some(self.take_ticket(Ticket::of_reply(reply), now)),
            // Any text is neither, and any link holds no form.
            Err(TicketError::Neither) => None,
            Err(TicketError::Form(VendorReplyError::NoForm)) if text.trim_start().starts_with("http") => None,
            Err(error) => {
                self.toast(Message::TicketRefused(error), false, now);
                Some(Vec::new())
            }
        }
    }

    /// A form's file was read: its form is taken as if it had been pasted, and what came with it goes by it. Where it cannot
    /// be taken nothing goes: nobody has said that it may go anywhere else.
    pub(crate) fn ticket_read(&mut self, from: TicketFile, text: Option<Secret>, now: f64) -> Vec<Effect> {
        let Some(text) = text else {
            self.toast(Message::TicketUnreadable(from.file), false, now);
            return Vec::new();
        };
        if let Some(Dialog::Ticket(form)) = &mut self.dialog {
            form.text = text;
            form.look();
            return Vec::new();
        }
        match ticket::read(text.reveal()) {
            Ok(reply) => {
                let mut effects = self.take_ticket(Ticket::of_reply(reply), now);
                effects.extend(self.add(from.paths, from.hold));
                effects
            }
            Err(error) => {
                self.toast(Message::TicketRefused(error), false, now);
                Vec::new()
            }
        }
    }

    /// Whether files go by a form that has run out.
    pub(crate) fn ticket_has_expired(&self) -> bool {
        let expiration = self.picker.ticket().and_then(|ticket| limits_of(ticket).expiration);
        expiration.is_some_and(|expiration| left(expiration, self.forms.time).is_none())
    }

    /// The seconds until what is told of a form's time changes.
    pub(super) fn countdown_changes_in(&self) -> Option<f64> {
        let shown = match &self.dialog {
            Some(Dialog::Ticket(form)) => form.read.as_ref()?.as_ref().ok(),
            _ if self.page == Page::Uploads => self.picker.ticket(),
            _ => None,
        };
        let left = left(limits_of(shown?).expiration?, self.forms.time)?;
        Some(format::countdown_changes_in(left).as_secs_f64())
    }
}

/// Whether its key does not go by the file.
pub(crate) fn takes_one_file(ticket: &Ticket) -> bool {
    let key = ticket.object_key.as_ref();
    key.is_some_and(|key| !key.contains(FILE_NAME_VARIABLE))
}

/// What its owner allows; nothing is known of one whose form is not here any more.
pub(crate) fn limits_of(ticket: &Ticket) -> Limits {
    ticket.upload.as_ref().map(PresignedUpload::limits).unwrap_or_default()
}
