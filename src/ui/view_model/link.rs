//! What is offered for the link of an object: the same for an upload that is done and for an entry of the history.

use super::{RowButton, Tone};
use crate::engine::{Done, ObjectOf, UploadId};
use crate::store::{CopyFormat, Deletion, HistoryEntry};
use crate::transfer::Access;
use crate::ui::action::{Action, CopySource};
use crate::ui::model::Model;
use crate::ui::widgets::{Icon, Kind, MenuEntry};
use crate::ui::words::Words;

/// A link, and what can be done about it here.
pub(super) struct Link<'a> {
    object: ObjectOf,
    url: &'a str,
    access: Access,
    /// This program signs for the object: for a link that opens for a while, and for its deletion.
    pub(super) is_signed_here: bool,
}

impl<'a> Link<'a> {
    /// Of an upload that is done.
    pub(super) fn of_upload(upload: UploadId, done: &'a Done, is_signed_here: bool) -> Self {
        Self {
            object: ObjectOf::Upload(upload),
            url: &done.url,
            access: done.access,
            is_signed_here,
        }
    }

    /// Of an entry. Of some nobody knows any more how they were sent: nobody signs for them.
    pub(super) fn of_entry(entry: &'a HistoryEntry) -> Self {
        let destination = entry.destination.as_ref();
        Self {
            object: ObjectOf::Entry(entry.id),
            url: &entry.url,
            access: access_of(entry),
            is_signed_here: destination.is_some_and(|destination| destination.kind.is_signed_here()),
        }
    }

    /// Who can open it: as a shape, a colour, a word, and what the word means.
    pub(super) fn state(&self, words: &Words) -> (Icon, Tone, &'static str, Option<&'static str>) {
        match self.access {
            Access::Public => (Icon::Check, Tone::Good, words.stage_public, None),
            Access::Private => {
                let hint = if self.is_signed_here {
                    words.private_explained
                } else {
                    words.handed.private_elsewhere
                };
                (Icon::Lock, Tone::Careful, words.stage_private, Some(hint))
            }
            Access::Unknown => (
                Icon::Check,
                Tone::Good,
                words.stage_unknown,
                Some(words.unknown_explained),
            ),
        }
    }

    /// The buttons of its row: `copied` is put on the clipboard by the first.
    pub(super) fn buttons(&self, model: &Model, copied: String) -> Vec<RowButton> {
        let words = model.words;
        let source = CopySource::Link(self.object);
        let copy = Action::Copy(source, copied);
        let copy = RowButton::copying(model, source, words.copy_url, Icon::Copy, Kind::Plain, copy);
        let mut buttons = vec![copy];
        // Opening a private one would show a refusal.
        if self.access != Access::Private {
            let open = Action::Open(self.url.to_owned());
            buttons.push(RowButton::new(words.open, Some(Icon::Open), Kind::Quiet, open));
        } else if self.is_signed_here {
            let source = CopySource::TemporaryLink(self.object);
            let label = words.copy_temporary_link;
            let sign = Action::CopyTemporaryLink(self.object);
            buttons.push(RowButton::copying(model, source, label, Icon::Clock, Kind::Quiet, sign));
        }
        buttons
    }

    /// The first group of its row's menu. `own` is the format of the destination that it went to; `copy_as` copies in
    /// another.
    pub(super) fn menu(
        &self,
        words: &Words,
        own: Option<CopyFormat>,
        copy_as: impl Fn(CopyFormat) -> Action,
    ) -> Vec<MenuEntry> {
        let mut formats = vec![
            (words.copying.as_url, CopyFormat::Url),
            (words.copying.as_markdown, CopyFormat::Markdown),
            (words.copying.as_html, CopyFormat::Html),
        ];
        if let Some(format @ CopyFormat::Template(_)) = own {
            formats.push((words.copying.as_template, format));
        }
        let mut entries = vec![MenuEntry::Heading(words.rows.copy_as.to_owned())];
        for (label, format) in formats {
            entries.push(MenuEntry::item(Icon::Copy, label, copy_as(format)));
        }
        entries.push(MenuEntry::Divider);
        if self.access != Access::Private {
            let open = Action::Open(self.url.to_owned());
            entries.push(MenuEntry::item(Icon::Open, words.open, open));
        } else if self.is_signed_here {
            let sign = Action::CopyTemporaryLink(self.object);
            entries.push(MenuEntry::item(Icon::Clock, words.copy_temporary_link, sign));
        }
        let show = Action::ShowQr(self.url.to_owned());
        entries.push(MenuEntry::item(Icon::Qr, words.show_qr, show));
        entries
    }
}

/// As the history has written it down.
fn access_of(entry: &HistoryEntry) -> Access {
    let known = [Access::Public, Access::Private];
    let access = known.into_iter().find(|access| access.name() == entry.access);
    access.unwrap_or(Access::Unknown)
}

/// What "Deleted" means, on hover.
pub(super) fn deleted_hint(deletion: &Deletion, words: &Words) -> &'static str {
    if deletion.versions_remain {
        words.deletion.versions_remain
    } else {
        words.deletion.deleted_explained
    }
}
