//! What the menu of an entry of the history offers.

use super::link::Link;
use crate::engine::ObjectOf;
use crate::store::HistoryEntry;
use crate::ui::action::{Action, Forgetting, HistoryAction};
use crate::ui::model::{DeleteTarget, Model};
use crate::ui::names;
use crate::ui::widgets::{Icon, MenuEntry};
use crate::ui::words::Words;
use std::path::{Path, PathBuf};

/// The menu of `entry`, from what is wanted most to what takes away.
pub(crate) fn history_menu(model: &Model, entry: &HistoryEntry) -> Vec<MenuEntry> {
    let words = model.words;
    let link = Link::of_entry(entry);
    let mut entries = Vec::new();
    if entry.deletion.is_none() {
        let own = entry.destination.as_ref().map(|destination| destination.copy.clone());
        let copy_as = |format| Action::History(HistoryAction::CopyAs(entry.id, format));
        entries.extend(link.menu(words, own, copy_as));
    }
    entries.push(MenuEntry::item(
        Icon::Folder,
        words.rows.show_in_folder,
        Action::ShowInFolder(PathBuf::from(&entry.path)),
    ));
    entries.push(MenuEntry::Divider);
    if entry.deletion.is_none() {
        entries.push(deletion(entry, link.is_signed_here, words));
    }
    entries.push(MenuEntry::taking_away(
        Icon::Cross,
        words.history.forget,
        Action::History(HistoryAction::Forget(Forgetting::Entries(vec![entry.id]))),
    ));
    entries
}

/// The deletion, or why there is none.
fn deletion(entry: &HistoryEntry, is_signed_here: bool, words: &Words) -> MenuEntry {
    if !is_signed_here {
        return MenuEntry::Note(words.history.cannot_delete.to_owned());
    }
    let target = DeleteTarget {
        object: ObjectOf::Entry(entry.id),
        name: names::of_path(Path::new(&entry.path)),
        place: names::harmless(&format!("{}/{}", entry.bucket, entry.object_key)),
    };
    MenuEntry::taking_away(Icon::Trash, words.deletion.delete_from_s3, Action::AskDelete(target))
}
