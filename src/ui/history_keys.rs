//! What the keys do in the history.

use super::action::{Action, Extend, HistoryAction};
use super::history_list_ui::row_id;
use super::list_keys::{ListKey, list_keys};
use super::model::Model;
use crate::engine::ObjectOf;
use crate::store::Stamp;
use crate::transfer::Access;
use eframe::egui::Ui;

/// Does what the keys ask, the keyboard being on the row of `here`. A page has `page` rows.
pub(crate) fn history_keys(ui: &Ui, model: &Model, here: Stamp, page: isize, actions: &mut Vec<Action>) {
    if model.closing || model.dialog.is_some() || model.history.selection.menu.is_some() {
        return;
    }
    let keys = list_keys(ui, row_id(here), page).into_iter();
    actions.extend(keys.filter_map(|key| action_of(model, here, key)));
}

fn action_of(model: &Model, here: Stamp, key: ListKey) -> Option<Action> {
    Some(Action::History(match key {
        ListKey::Copy => HistoryAction::CopySelected,
        ListKey::SelectAll => HistoryAction::SelectAll,
        ListKey::Step(step, extend) => HistoryAction::Step(step, extend),
        ListKey::Remove => HistoryAction::ForgetSelected,
        ListKey::Escape => HistoryAction::SelectNothing,
        ListKey::Toggle => HistoryAction::Select(here, Extend::Toggle),
        ListKey::Space => HistoryAction::Select(here, Extend::Replace),
        ListKey::Menu(anchor) => HistoryAction::OpenMenu(here, anchor),
        ListKey::Enter => return opened(model, here),
    }))
}

/// What Enter or a double click does: the link is opened; for a private object one that opens is copied.
pub(crate) fn opened(model: &Model, here: Stamp) -> Option<Action> {
    let entry = model.history.entry(here.id)?;
    if entry.deletion.is_some() {
        return None;
    }
    Some(if entry.access == Access::Private.name() {
        Action::CopyTemporaryLink(ObjectOf::Entry(here.id))
    } else {
        Action::Open(entry.url.clone())
    })
}
