//! What the keys do in the list of uploads.

use super::action::{Action, Extend, RowsAction};
use super::list_keys::{ListKey, list_keys};
use super::model::Model;
use super::uploads_ui::row_id;
use crate::engine::{Stage, UploadId};
use eframe::egui::Ui;

/// Does what the keys ask, the keyboard being on the row of `here`. A page has `page` rows.
pub(crate) fn uploads_keys(ui: &Ui, model: &Model, here: UploadId, page: isize, actions: &mut Vec<Action>) {
    if model.closing || model.dialog.is_some() || model.rows.selection.menu.is_some() {
        return;
    }
    let keys = list_keys(ui, row_id(here), page).into_iter();
    actions.extend(keys.filter_map(|key| action_of(model, here, key)));
}

fn action_of(model: &Model, here: UploadId, key: ListKey) -> Option<Action> {
    let stage = model.row_of(here).map(|row| &row.stage);
    Some(Action::Rows(match (key, stage) {
        (ListKey::Copy, _) => RowsAction::CopySelected,
        (ListKey::SelectAll, _) => RowsAction::SelectAll,
        (ListKey::Step(step, extend), _) => RowsAction::Step(step, extend),
        (ListKey::Remove, _) => RowsAction::RemoveSelected,
        (ListKey::Escape, _) => RowsAction::Escape,
        (ListKey::Toggle, _) => RowsAction::Select(here, Extend::Toggle),
        (ListKey::Menu(anchor), _) => RowsAction::OpenMenu(here, anchor),
        (ListKey::Enter, Some(Stage::Done(done))) => return Some(Action::Open(done.url.clone())),
        (ListKey::Enter | ListKey::Space, Some(Stage::Failed(_))) => return Some(Action::ToggleDetails(here)),
        (ListKey::Space, _) => RowsAction::Select(here, Extend::Replace),
        (ListKey::Enter, _) => return None,
    }))
}
