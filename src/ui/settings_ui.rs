//! The settings page: cards of choices; each is kept at once.

use super::action::Action;
use super::model::Model;
use super::theme;
use super::widgets::{self, menu_row};
use crate::store::{LanguageChoice, ThemeChoice};
use eframe::egui::{
    Align, CornerRadius, Frame, Layout, Margin, Role, ScrollArea, Stroke, Ui, UiBuilder, accesskit, vec2,
};

/// Draws the page into what is left of `ui`.
pub(crate) fn settings_ui(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        let width = ui.available_width().min(theme::COLUMN);
        let side = (ui.available_width() - width) / 2.0;
        ui.horizontal_top(|ui| {
            ui.add_space(side);
            let column = vec2(width, ui.available_height());
            ui.allocate_ui_with_layout(column, Layout::top_down(Align::Min), |ui| {
                column_ui(ui, model, actions);
            });
        });
    });
}

fn column_ui(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
    let words = &model.words.settings;
    card(ui, words.appearance, |ui| {
        for (choice, label) in [
            (ThemeChoice::System, words.theme_system),
            (ThemeChoice::Light, words.theme_light),
            (ThemeChoice::Dark, words.theme_dark),
        ] {
            let checked = model.settings.theme == choice;
            if menu_row(ui, Role::RadioButton, checked, None, label, "").clicked() {
                actions.push(Action::SetTheme(choice));
            }
        }
    });
    card(ui, words.language, |ui| {
        for (choice, label) in [
            (LanguageChoice::System, words.language_system),
            // Each in itself: it is for those who cannot read the one that is shown.
            (LanguageChoice::English, "English"),
            (LanguageChoice::Korean, "한국어"),
        ] {
            let checked = model.settings.language == choice;
            if menu_row(ui, Role::RadioButton, checked, None, label, "").clicked() {
                actions.push(Action::SetLanguage(choice));
            }
        }
    });
    card(ui, words.when_done, |ui| {
        let copies = model.settings.copy_when_done;
        if menu_row(ui, Role::CheckBox, copies, None, words.copy_when_done, "")
            .on_hover_text(words.copy_when_done_explained)
            .clicked()
        {
            actions.push(Action::SetCopyWhenDone(!copies));
        }
    });
}

/// A heading, and what belongs to it on one surface.
fn card(ui: &mut Ui, heading: &str, add: impl FnOnce(&mut Ui)) {
    let palette = theme::palette(ui);
    widgets::paragraph(ui, heading, theme::strong(theme::BODY), palette.text);
    let frame = Frame::new()
        .fill(palette.surface)
        .stroke(Stroke::new(1.0, palette.line))
        .corner_radius(CornerRadius::same(theme::CORNER_LARGE))
        .inner_margin(Margin::same(8));
    // "As the system" stands in two cards: the group's name tells them apart.
    let group = UiBuilder::new()
        .accessibility_role(accesskit::Role::Group)
        .accessibility_label(heading);
    ui.scope_builder(group, |ui| {
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 2.0;
            add(ui);
        });
    });
    ui.add_space(16.0);
}
