//! The small menu: appearance, and what happens when a batch ends.

use crate::store::ThemeChoice;
use crate::ui::action::Action;
use crate::ui::model::Model;
use crate::ui::theme;
use crate::ui::widgets::{Icon, icon_button, menu_row};
use eframe::egui::{Popup, PopupCloseBehavior, RectAlign, RichText, Role, Ui};

/// Draws the button and, when it is open, the menu.
pub(super) fn settings_ui(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
    let words = model.words;
    let response = icon_button(ui, Icon::Sliders, 36.0, words.menu, "");
    let popup = Popup::menu(&response)
        .align(RectAlign::BOTTOM_END)
        .gap(4.0)
        .width(theme::MENU)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .accessible_name(words.menu);
    popup.show(|ui| {
        ui.set_width(theme::MENU);
        ui.spacing_mut().item_spacing.y = 2.0;
        heading(ui, words.theme);
        let choices = [
            (ThemeChoice::System, words.theme_system),
            (ThemeChoice::Light, words.theme_light),
            (ThemeChoice::Dark, words.theme_dark),
        ];
        for (choice, label) in choices {
            if menu_row(ui, Role::MenuItemRadio, model.theme() == choice, None, label, "").clicked() {
                actions.push(Action::SetTheme(choice));
            }
        }
        divider(ui);
        let copies = model.settings.copy_when_done;
        if menu_row(ui, Role::MenuItemCheckBox, copies, None, words.copy_when_done, "").clicked() {
            actions.push(Action::SetCopyWhenDone(!copies));
        }
    });
}

/// A heading of a menu.
pub(super) fn heading(ui: &mut Ui, text: &str) {
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        ui.add_space(8.0);
        ui.label(
            RichText::new(text)
                .font(theme::regular(theme::SMALL))
                .color(theme::palette(ui).weak),
        );
    });
}

/// A line across a menu.
pub(super) fn divider(ui: &mut Ui) {
    ui.add_space(6.0);
    let (rect, _) = ui.allocate_exact_size(
        eframe::egui::vec2(ui.available_width(), 1.0),
        eframe::egui::Sense::hover(),
    );
    ui.painter().rect_filled(rect, 0, theme::palette(ui).line);
    ui.add_space(6.0);
}
