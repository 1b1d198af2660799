//! Asks, once, whether to close while uploads are on the way.

use super::action::Action;
use super::model::Model;
use super::theme;
use super::widgets::{self, Kind, button, dialog_buttons, paragraph};
use eframe::egui::{Frame, Id, Modal, Ui};

/// Draws the question over the window; Escape is taken before all that lies below it.
pub(crate) fn closing_ui(ui: &Ui, model: &Model, actions: &mut Vec<Action>) {
    let (words, palette) = (model.words, theme::palette(ui));
    let frame = Frame::window(&ui.ctx().global_style()).inner_margin(theme::DIALOG_MARGIN);
    let id = Id::unique("closing");
    let title = (words.closing_title)(model.snapshot.totals.active);
    let asked = Modal::new(id)
        .area(Modal::default_area(id).accessible_name(&title))
        .backdrop_color(palette.scrim)
        .frame(frame)
        .show(ui.ctx(), |ui| {
            ui.set_width(theme::QUESTION_SHORT.min(ui.ctx().content_rect().width() - 2.0 * theme::WINDOW_EDGE));
            paragraph(ui, &title, theme::strong(theme::TITLE), palette.text);
            paragraph(ui, words.closing_explained, theme::regular(theme::BODY), palette.weak);
            dialog_buttons(ui, |ui| {
                if button(ui, Kind::Plain, None, words.quit).clicked() {
                    actions.push(Action::Quit);
                }
                let keep = button(ui, Kind::Primary, None, words.keep_uploading);
                widgets::begin_on(ui, &keep);
                if keep.clicked() {
                    actions.push(Action::KeepUploading);
                }
            });
        });
    if asked.backdrop_response.clicked() {
        actions.push(Action::KeepUploading);
    }
}
