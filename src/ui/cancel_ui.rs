//! Asks whether uploads that are on their way are to be stopped.

use super::action::{Action, RowsAction};
use super::model::Model;
use super::widgets::{Kind, button, dialog, dialog_buttons, paragraph};
use super::{format, theme};
use crate::engine::UploadId;
use eframe::egui::Ui;

/// Draws the question; what sends nothing more is the one that Enter chooses.
pub(crate) fn cancel_ui(ui: &Ui, uploads: &[UploadId], sent_bytes: u64, model: &Model, actions: &mut Vec<Action>) {
    let (words, palette) = (model.words, theme::palette(ui));
    let title = (words.rows.cancel_title)(uploads.len());
    let closed = dialog(ui, &title, words.close, theme::QUESTION, |ui| {
        let explained = if sent_bytes > 0 {
            (words.rows.cancel_explained)(&format::size(sent_bytes))
        } else {
            words.rows.cancel_unsent.to_owned()
        };
        paragraph(ui, &explained, theme::regular(theme::BODY), palette.weak);
        dialog_buttons(ui, |ui| {
            let label = (words.rows.cancel_uploads)(uploads.len());
            if button(ui, Kind::Plain, None, &label).clicked() {
                actions.push(Action::Rows(RowsAction::Cancel(uploads.to_vec())));
            }
            let keep = button(ui, Kind::Primary, None, words.keep_uploading);
            if ui.is_sizing_pass() {
                keep.request_focus();
            }
            if keep.clicked() {
                actions.push(Action::CloseDialog);
            }
        });
    });
    if closed {
        actions.push(Action::CloseDialog);
    }
}
