//! Asks, once, whether to close while uploads are on the way.

use super::action::Action;
use super::model::Model;
use super::theme;
use super::widgets::{Kind, button, paragraph};
use eframe::egui::{Align, Frame, Id, Key, Layout, Modal, Ui};

/// Draws the question over the window.
pub(crate) fn closing_ui(ui: &Ui, model: &Model, actions: &mut Vec<Action>) {
    let (words, palette) = (model.words, theme::palette(ui));
    let frame = Frame::window(&ui.ctx().global_style()).inner_margin(24);
    let asked = Modal::new(Id::unique("closing"))
        .backdrop_color(palette.scrim)
        .frame(frame)
        .show(ui.ctx(), |ui| {
            ui.set_width(theme::QUESTION_SHORT.min(ui.ctx().content_rect().width() - 2.0 * theme::WINDOW_EDGE));
            paragraph(
                ui,
                &(words.closing_title)(model.snapshot.totals.active),
                theme::strong(theme::TITLE),
                palette.text,
            );
            paragraph(ui, words.closing_explained, theme::regular(theme::BODY), palette.weak);
            ui.add_space(theme::PAD);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let keep = button(ui, Kind::Primary, None, words.keep_uploading);
                if ui.memory(|memory| memory.focused().is_none()) {
                    keep.request_focus();
                }
                if keep.clicked() {
                    actions.push(Action::KeepUploading);
                }
                if button(ui, Kind::Plain, None, words.quit).clicked() {
                    actions.push(Action::Quit);
                }
            });
        });
    if asked.backdrop_response.clicked() || ui.input(|input| input.key_pressed(Key::Escape)) {
        actions.push(Action::KeepUploading);
    }
}
