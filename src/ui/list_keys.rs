//! The keys of a list, of uploads and of the history alike.

use super::action::{Extend, Step};
use super::theme;
use eframe::egui::text_selection::LabelSelectionState;
use eframe::egui::{Event, EventFilter, Id, Key, Modifiers, Rect, Ui, pos2, vec2};

/// What a key asks of a list.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ListKey {
    /// Ctrl+C: copy the selected.
    Copy,
    /// Ctrl+A: select all.
    SelectAll,
    /// Arrows and their kin: go to another row.
    Step(Step, Extend),
    /// Delete: take the selected away.
    Remove,
    /// Escape: whatever goes before, at last select nothing.
    Escape,
    /// Enter, on the row that has the keyboard.
    Enter,
    /// Ctrl+Space: select that row beside others, or no longer.
    Toggle,
    /// Space, on that row.
    Space,
    /// The menu key: open that row's menu beside this place.
    Menu(Rect),
}

/// The keys that were pressed while the keyboard is in the list, on its row `id`, and those that work as long as no field
/// wants them. `page` rows are a page.
pub(crate) fn list_keys(ui: &Ui, id: Id, page: isize) -> Vec<ListKey> {
    let mut keys = Vec::new();
    if !ui.ctx().text_edit_focused() {
        keys.extend(copies(ui).then_some(ListKey::Copy));
        let all = ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::A));
        keys.extend(all.then_some(ListKey::SelectAll));
    }
    if ui.memory(|memory| memory.has_focus(id)) {
        keep_arrows(ui, id);
        steps(ui, page, &mut keys);
        of_row(ui, id, &mut keys);
    }
    keys
}

/// Arrows move within the list, Escape is for what is selected: neither takes the keyboard away from its row `id`.
fn keep_arrows(ui: &Ui, id: Id) {
    let filter = EventFilter {
        vertical_arrows: true,
        escape: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
}

/// Text that is marked in a failure's details is copied by the text.
fn copies(ui: &Ui) -> bool {
    let copies = ui.input(|input| input.events.contains(&Event::Copy));
    let marked = ui
        .ctx()
        .plugin_opt::<LabelSelectionState>()
        .is_some_and(|plugin| plugin.lock().has_selection());
    copies && !marked
}

/// The ways that the arrows and their kin ask to go.
fn steps(ui: &Ui, page: isize, keys: &mut Vec<ListKey>) {
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
                    keys.push(ListKey::Step(step, extend));
                }
            }
        }
    });
}

/// Keys for the selected, and for the row `id` that has the keyboard. They are taken before egui makes a click of them.
fn of_row(ui: &Ui, id: Id, keys: &mut Vec<ListKey>) {
    let menu = ListKey::Menu(menu_anchor(ui, id));
    let meanings = [
        (Modifiers::NONE, Key::Delete, ListKey::Remove),
        (Modifiers::NONE, Key::Backspace, ListKey::Remove),
        (Modifiers::NONE, Key::Escape, ListKey::Escape),
        (Modifiers::NONE, Key::Enter, ListKey::Enter),
        (Modifiers::COMMAND, Key::Space, ListKey::Toggle),
        (Modifiers::NONE, Key::Space, ListKey::Space),
        (Modifiers::NONE, Key::Menu, menu),
        (Modifiers::SHIFT, Key::F10, menu),
    ];
    ui.input_mut(|input| {
        for (modifiers, key, meaning) in meanings {
            keys.extend(input.consume_key(modifiers, key).then_some(meaning));
        }
    });
}

/// Where the menu key opens the menu: at the end of the row `id`, where its button is.
fn menu_anchor(ui: &Ui, id: Id) -> Rect {
    let row = ui.ctx().read_response(id).map_or(Rect::ZERO, |row| row.rect);
    Rect::from_min_size(
        pos2(row.right() - theme::WIDE - theme::ROW_CONTROL, row.top() + theme::PAD),
        vec2(theme::ROW_CONTROL, theme::ROW_CONTROL),
    )
}
