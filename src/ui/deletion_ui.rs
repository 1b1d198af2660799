//! Asks whether an object is to be deleted from S3, and says why it could not be.

use super::action::Action;
use super::model::{DeleteState, DeleteTarget};
use super::theme;
use super::widgets::{self, Kind, button, dialog, dialog_buttons, middle, paragraph, waiting};
use super::words::Words;
use eframe::egui::{Sense, Ui, vec2};

/// Draws the dialog.
pub(crate) fn deletion_ui(
    ui: &Ui,
    target: &DeleteTarget,
    state: &DeleteState,
    words: &Words,
    actions: &mut Vec<Action>,
) {
    let closed = dialog(ui, words.deletion.title, words.close, theme::QUESTION_LONG, |ui| {
        target_ui(ui, target);
        ui.add_space(theme::TIGHT);
        let palette = theme::palette(ui);
        paragraph(ui, words.deletion.explained, theme::regular(theme::BODY), palette.weak);
        if let DeleteState::Failed(failure) = state {
            ui.add_space(theme::TIGHT);
            let said = words.failure(failure);
            paragraph(ui, &said.what, theme::regular(theme::BODY), palette.bad);
            paragraph(ui, &said.hint, theme::regular(theme::SMALL), palette.weak);
        }
        dialog_buttons(ui, |ui| buttons_ui(ui, target, state, words, actions));
    });
    if closed {
        actions.push(Action::CloseDialog);
    }
}

/// What it is called, and where it is.
fn target_ui(ui: &mut Ui, target: &DeleteTarget) {
    let palette = theme::palette(ui);
    for (text, font, colour, height) in [
        (&target.name, theme::strong(theme::BODY), palette.text, theme::LINE),
        (
            &target.place,
            theme::regular(theme::SMALL),
            palette.weak,
            theme::LINE_SMALL,
        ),
    ] {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
        middle(ui, rect, text, &font, colour);
    }
}

/// The way back is the one that Enter takes.
fn buttons_ui(ui: &mut Ui, target: &DeleteTarget, state: &DeleteState, words: &Words, actions: &mut Vec<Action>) {
    if *state == DeleteState::Deleting {
        waiting(ui, words.deletion.deleting);
        return;
    }
    let failed = matches!(state, DeleteState::Failed(_));
    let label = if failed { words.try_again } else { words.deletion.delete };
    let keep = button(ui, Kind::Plain, None, words.cancel);
    if !failed {
        widgets::begin_on(ui, &keep);
    }
    if keep.clicked() {
        actions.push(Action::CloseDialog);
    }
    if button(ui, Kind::Danger, None, label).clicked() {
        actions.push(Action::Delete(target.object));
    }
}
