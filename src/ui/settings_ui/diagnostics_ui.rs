//! What to paste into an issue, and where the log is.

use crate::ui::action::{Action, CopySource};
use crate::ui::model::{Model, SettingsAction};
use crate::ui::theme;
use crate::ui::widgets::{Icon, Kind, paragraph, row_button, row_button_width, steady_button};
use eframe::egui::Ui;

/// Draws the card's contents.
pub(super) fn diagnostics_ui(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
    let words = &model.words.settings;
    let weak = theme::palette(ui).weak;
    paragraph(ui, words.diagnostics_explained, theme::regular(theme::SMALL), weak);
    ui.add_space(theme::TIGHT);
    ui.horizontal_wrapped(|ui| {
        let (symbol, label) = if model.just_copied(CopySource::Diagnostics) {
            (Icon::Check, model.words.copied)
        } else {
            (Icon::Copy, words.copy_diagnostics)
        };
        let least = row_button_width(ui, Some(Icon::Copy), words.copy_diagnostics);
        let copy = steady_button(ui, Kind::Plain, Some(symbol), label, "", least);
        if copy.on_hover_text(words.copy_diagnostics_explained).clicked() {
            actions.push(Action::Settings(SettingsAction::CopyDiagnostics));
        }
        if let Some(folders) = &model.folders
            && row_button(ui, Kind::Plain, Some(Icon::Folder), words.open_log, "").clicked()
        {
            actions.push(Action::ShowInFolder(folders.log_file()));
        }
    });
}
