//! The line of the menu of places for keys that stand in no profile.

use crate::ui::action::Action;
use crate::ui::model::Model;
use crate::ui::widgets::{Icon, menu_row};
use eframe::egui::{Role, Ui};

/// Draws it.
pub(super) fn environment_ui(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
    let words = model.words;
    let chosen = model.picker.account().filter(|_| model.picker.saved_name().is_none());
    let is_chosen = chosen.is_some_and(|account| account.profile.is_none());
    let row = menu_row(
        ui,
        Role::MenuItemRadio,
        is_chosen,
        Some(Icon::Key),
        words.environment_keys,
        "",
    );
    if row.on_hover_text(words.environment_keys_explained).clicked() {
        actions.push(Action::PickProfile(None));
        ui.close();
    }
}
