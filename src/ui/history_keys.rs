//! The keys of the history.

use super::action::{Action, Extend, HistoryAction};
use super::history_list_ui::row_id;
use super::list_keys::{below_name, copies, keep_arrows, steps};
use super::model::Model;
use crate::engine::ObjectOf;
use crate::store::Stamp;
use eframe::egui::{Key, Modifiers, Ui};

/// Keys that work while the keyboard is in the list, and those that work as long as no field wants them.
pub(crate) fn history_keys(ui: &Ui, model: &Model, here: Stamp, page: isize, actions: &mut Vec<Action>) {
    if model.closing || model.dialog.is_some() || model.history.menu.is_some() {
        return;
    }
    let mut asked = Vec::new();
    if !ui.ctx().text_edit_focused() {
        if copies(ui) {
            asked.push(HistoryAction::CopySelected);
        }
        if ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::A)) {
            asked.push(HistoryAction::SelectAll);
        }
    }
    let id = row_id(here);
    if ui.memory(|memory| memory.has_focus(id)) {
        keep_arrows(ui, id);
        let steps = steps(ui, page).into_iter();
        asked.extend(steps.map(|(step, extend)| HistoryAction::Step(step, extend)));
        of_selected(ui, &mut asked);
        of_row(ui, here, &mut asked);
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter)) {
            actions.extend(opened(model, here));
        }
    }
    actions.extend(asked.into_iter().map(Action::History));
}

fn of_selected(ui: &Ui, asked: &mut Vec<HistoryAction>) {
    ui.input_mut(|input| {
        if input.consume_key(Modifiers::NONE, Key::Delete) || input.consume_key(Modifiers::NONE, Key::Backspace) {
            asked.push(HistoryAction::ForgetSelected);
        }
        if input.consume_key(Modifiers::NONE, Key::Escape) {
            asked.push(HistoryAction::SelectNothing);
        }
    });
}

/// Space and the menu key. They are taken before egui makes a click of them.
fn of_row(ui: &Ui, here: Stamp, asked: &mut Vec<HistoryAction>) {
    let (toggles, selects, menu) = ui.input_mut(|input| {
        (
            input.consume_key(Modifiers::COMMAND, Key::Space),
            input.consume_key(Modifiers::NONE, Key::Space),
            input.consume_key(Modifiers::NONE, Key::Menu) || input.consume_key(Modifiers::SHIFT, Key::F10),
        )
    });
    if toggles {
        asked.push(HistoryAction::Select(here, Extend::Toggle));
    }
    if selects {
        asked.push(HistoryAction::Select(here, Extend::Replace));
    }
    if menu {
        asked.push(HistoryAction::OpenMenu(here, below_name(ui, row_id(here))));
    }
}

/// What Enter or a double click does: the link is opened; for a private object one that opens is copied.
pub(crate) fn opened(model: &Model, here: Stamp) -> Option<Action> {
    let entry = model.history.entry(here.id)?;
    if entry.deletion.is_some() {
        return None;
    }
    Some(if entry.access == "private" {
        Action::CopyTemporaryLink(ObjectOf::Entry(here.id))
    } else {
        Action::Open(entry.url.clone())
    })
}
