//! What this program is, the licences of what it carries, and the way back to its first settings.

use crate::ui::action::Action;
use crate::ui::model::{Model, SettingsAction};
use crate::ui::theme;
use crate::ui::widgets::{Kind, button, dialog, dialog_buttons, paragraph, row_button};
use eframe::egui::Ui;

const LICENCES: &str = include_str!("../../../assets/fonts/OFL.txt");

/// Draws the card's contents.
pub(super) fn about_ui(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
    let (words, palette) = (&model.words.settings, theme::palette(ui));
    let version = concat!("Dropslot ", env!("CARGO_PKG_VERSION"));
    paragraph(ui, version, theme::regular(theme::BODY), palette.text);
    ui.spacing_mut().item_spacing.y = theme::TIGHT;
    for text in [words.motto, words.licence, words.fonts] {
        paragraph(ui, text, theme::regular(theme::SMALL), palette.weak);
    }
    ui.add_space(theme::GAP);
    ui.horizontal_wrapped(|ui| {
        if row_button(ui, Kind::Plain, None, words.licences, "").clicked() {
            actions.push(Action::Settings(SettingsAction::Licences));
        }
        if row_button(ui, Kind::Plain, None, words.reset, "").clicked() {
            actions.push(Action::Settings(SettingsAction::AskReset));
        }
    });
}

/// Asks whether all choices are to be what they were at first.
pub(crate) fn reset_ui(ui: &Ui, model: &Model, actions: &mut Vec<Action>) {
    let words = &model.words.settings;
    let closed = dialog(ui, words.reset_title, model.words.close, theme::QUESTION_SHORT, |ui| {
        paragraph(
            ui,
            words.reset_explained,
            theme::regular(theme::BODY),
            theme::palette(ui).weak,
        );
        dialog_buttons(ui, |ui| {
            let keep = button(ui, Kind::Plain, None, words.keep);
            if ui.memory(|memory| memory.focused().is_none()) {
                keep.request_focus();
            }
            if keep.clicked() {
                actions.push(Action::CloseDialog);
            }
            if button(ui, Kind::Primary, None, words.reset_confirm).clicked() {
                actions.push(Action::Settings(SettingsAction::Reset));
            }
        });
    });
    if closed {
        actions.push(Action::CloseDialog);
    }
}

/// The licences' own words, which no language changes.
pub(crate) fn licences_ui(ui: &Ui, model: &Model, actions: &mut Vec<Action>) {
    let words = &model.words.settings;
    let closed = dialog(ui, words.licences_title, model.words.close, theme::COLUMN, |ui| {
        let colour = theme::palette(ui).text;
        for part in LICENCES.split("\n\n") {
            paragraph(ui, &part.replace('\n', " "), theme::regular(theme::SMALL), colour);
        }
    });
    if closed {
        actions.push(Action::CloseDialog);
    }
}
