//! What the menu of an entry of the history offers.

use super::can_be_reached;
use crate::engine::ObjectOf;
use crate::store::{CopyFormat, HistoryEntry};
use crate::ui::action::{Action, Forgetting, HistoryAction};
use crate::ui::model::{DeleteTarget, Model};
use crate::ui::names;
use crate::ui::widgets::{Icon, MenuEntry};
use std::path::{Path, PathBuf};

/// The menu of `entry`, from what is wanted most to what takes away.
pub(crate) fn history_menu(model: &Model, entry: &HistoryEntry) -> Vec<MenuEntry> {
    let words = model.words;
    let mut entries = Vec::new();
    if entry.deletion.is_none() {
        links(model, entry, &mut entries);
    }
    entries.push(MenuEntry::item(
        Icon::Folder,
        words.rows.show_in_folder,
        Action::ShowInFolder(PathBuf::from(&entry.path)),
    ));
    entries.push(MenuEntry::Divider);
    if entry.deletion.is_none() {
        entries.push(deletion(model, entry));
    }
    entries.push(MenuEntry::taking_away(
        Icon::Cross,
        words.history.forget,
        Action::History(HistoryAction::Forget(Forgetting::Entries(vec![entry.id]))),
    ));
    entries
}

fn links(model: &Model, entry: &HistoryEntry, entries: &mut Vec<MenuEntry>) {
    let words = model.words;
    let mut formats = vec![
        (words.copying.as_url, CopyFormat::Url),
        (words.copying.as_markdown, CopyFormat::Markdown),
        (words.copying.as_html, CopyFormat::Html),
    ];
    let own = entry.destination.as_ref().map(|destination| destination.copy.clone());
    if let Some(format @ CopyFormat::Template(_)) = own {
        formats.push((words.copying.as_template, format));
    }
    entries.push(MenuEntry::Heading(words.rows.copy_as.to_owned()));
    for (label, format) in formats {
        let action = Action::History(HistoryAction::CopyAs(entry.id, format));
        entries.push(MenuEntry::item(Icon::Copy, label, action));
    }
    entries.push(MenuEntry::Divider);
    if entry.access != "private" {
        entries.push(MenuEntry::item(Icon::Open, words.open, Action::Open(entry.url.clone())));
    } else if can_be_reached(entry) {
        entries.push(MenuEntry::item(
            Icon::Clock,
            words.copy_temporary_link,
            Action::CopyTemporaryLink(ObjectOf::Entry(entry.id)),
        ));
    }
    entries.push(MenuEntry::item(
        Icon::Qr,
        words.show_qr,
        Action::ShowQr(entry.url.clone()),
    ));
}

/// The deletion, or why there is none.
fn deletion(model: &Model, entry: &HistoryEntry) -> MenuEntry {
    let words = model.words;
    if !can_be_reached(entry) {
        return MenuEntry::Note(words.history.cannot_delete.to_owned());
    }
    let target = DeleteTarget {
        object: ObjectOf::Entry(entry.id),
        name: names::of_path(Path::new(&entry.path)),
        place: names::harmless(&format!("{}/{}", entry.bucket, entry.object_key)),
    };
    MenuEntry::taking_away(Icon::Trash, words.deletion.delete_from_s3, Action::AskDelete(target))
}
