//! The keys of the list.

use super::action::{Action, Extend, RowsAction, Step};
use super::model::Model;
use super::theme;
use super::uploads_ui::row_id;
use crate::engine::{Stage, UploadId};
use eframe::egui::text_selection::LabelSelectionState;
use eframe::egui::{Event, EventFilter, Id, Key, Modifiers, Rect, Ui, pos2, vec2};

/// Keys that work while the keyboard is in the list, and those that work as long as no field wants them.
pub(crate) fn list_keys(ui: &Ui, model: &Model, here: UploadId, page: isize, actions: &mut Vec<Action>) {
    if model.closing || model.dialog.is_some() || model.rows.menu.is_some() {
        return;
    }
    if !ui.ctx().text_edit_focused() {
        everywhere(ui, actions);
    }
    let id = row_id(here);
    if !ui.memory(|memory| memory.has_focus(id)) {
        return;
    }
    keep_arrows(ui, id);
    let steps = steps(ui, page).into_iter();
    actions.extend(steps.map(|(step, extend)| Action::Rows(RowsAction::Step(step, extend))));
    of_selected(ui, actions);
    of_row(ui, model, here, actions);
}

/// Arrows move within the list, Escape is for what is selected: neither takes the keyboard away from its row `id`.
pub(crate) fn keep_arrows(ui: &Ui, id: Id) {
    let filter = EventFilter {
        vertical_arrows: true,
        escape: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
}

/// Ctrl+C and Ctrl+A.
fn everywhere(ui: &Ui, actions: &mut Vec<Action>) {
    if copies(ui) {
        actions.push(Action::Rows(RowsAction::CopySelected));
    }
    if ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::A)) {
        actions.push(Action::Rows(RowsAction::SelectAll));
    }
}

/// Ctrl+C. Text that is marked in a failure's details is copied by the text.
pub(crate) fn copies(ui: &Ui) -> bool {
    let copies = ui.input(|input| input.events.contains(&Event::Copy));
    let marked = ui
        .ctx()
        .plugin_opt::<LabelSelectionState>()
        .is_some_and(|plugin| plugin.lock().has_selection());
    copies && !marked
}

/// The ways that the arrows and their kin ask to go.
pub(crate) fn steps(ui: &Ui, page: isize) -> Vec<(Step, Extend)> {
    let mut steps = Vec::new();
    let ways = [
        (Key::ArrowDown, Step::By(1)),
        (Key::ArrowUp, Step::By(-1)),
        (Key::PageDown, Step::By(page)),
        (Key::PageUp, Step::By(-page)),
        (Key::Home, Step::First),
        (Key::End, Step::Last),
    ];
    let extensions = [
        (Modifiers::SHIFT, Extend::Range),
        (Modifiers::COMMAND, Extend::Toggle),
        (Modifiers::NONE, Extend::Replace),
    ];
    ui.input_mut(|input| {
        for (key, step) in ways {
            for (modifiers, extend) in extensions {
                for _ in 0..input.count_and_consume_key(modifiers, key) {
                    steps.push((step, extend));
                }
            }
        }
    });
    steps
}

fn of_selected(ui: &Ui, actions: &mut Vec<Action>) {
    ui.input_mut(|input| {
        if input.consume_key(Modifiers::NONE, Key::Delete) || input.consume_key(Modifiers::NONE, Key::Backspace) {
            actions.push(Action::Rows(RowsAction::RemoveSelected));
        }
        if input.consume_key(Modifiers::NONE, Key::Escape) {
            actions.push(Action::Rows(RowsAction::Escape));
        }
    });
}

/// Enter, Space and the menu key, for the row that the keyboard is on. They are taken before egui makes a click of them.
fn of_row(ui: &Ui, model: &Model, here: UploadId, actions: &mut Vec<Action>) {
    let Some(row) = model.row_of(here) else { return };
    let (opens, selects, toggles, menu) = ui.input_mut(|input| {
        (
            input.consume_key(Modifiers::NONE, Key::Enter),
            input.consume_key(Modifiers::COMMAND, Key::Space),
            input.consume_key(Modifiers::NONE, Key::Space),
            input.consume_key(Modifiers::NONE, Key::Menu) || input.consume_key(Modifiers::SHIFT, Key::F10),
        )
    });
    if selects {
        actions.push(Action::Rows(RowsAction::Select(here, Extend::Toggle)));
    }
    if menu {
        actions.push(Action::Rows(RowsAction::OpenMenu(here, below_name(ui, row_id(here)))));
    }
    match &row.stage {
        Stage::Done(done) if opens => actions.push(Action::Open(done.url.clone())),
        Stage::Failed(_) if opens || toggles => actions.push(Action::ToggleDetails(here)),
        _ if toggles => actions.push(Action::Rows(RowsAction::Select(here, Extend::Replace))),
        _ => {}
    }
}

/// Where the menu key opens the menu: at the end of the row `id`, where its button is.
pub(crate) fn below_name(ui: &Ui, id: Id) -> Rect {
    let row = ui.ctx().read_response(id).map_or(Rect::ZERO, |row| row.rect);
    Rect::from_min_size(
        pos2(row.right() - theme::WIDE - theme::ROW_CONTROL, row.top() + theme::PAD),
        vec2(theme::ROW_CONTROL, theme::ROW_CONTROL),
    )
}
