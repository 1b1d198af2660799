//! A dialog over the window: a title, what is asked, buttons at its foot.

use super::super::theme;
use super::{Icon, icon_button, paragraph};
use eframe::egui::{Align, Frame, Id, Key, Layout, Modal, ScrollArea, Ui};

/// Draws a dialog no wider than `width`; `close` names its cross. True where it is to be closed: by the cross, Escape,
/// or a click beside it.
pub(crate) fn dialog(ui: &Ui, title: &str, close: &str, width: f32, add: impl FnOnce(&mut Ui)) -> bool {
    let palette = theme::palette(ui);
    let window = ui.ctx().content_rect();
    let frame = Frame::window(&ui.ctx().global_style()).inner_margin(theme::DIALOG_MARGIN);
    let around = 2.0 * f32::from(theme::DIALOG_MARGIN) + 32.0;
    let mut crossed = false;
    let shown = Modal::new(Id::unique("dialog"))
        .backdrop_color(palette.scrim)
        .frame(frame)
        .show(ui.ctx(), |ui| {
            ui.set_width(width.min(window.width() - around));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                crossed = icon_button(ui, Icon::Cross, theme::ROW_CONTROL, close, title).clicked();
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    paragraph(ui, title, theme::strong(theme::TITLE), palette.text);
                });
            });
            ui.add_space(4.0);
            ScrollArea::vertical()
                .max_height((window.height() - around - 64.0).max(64.0))
                .show(ui, add);
        });
    let escaped = ui.input(|input| input.key_pressed(Key::Escape));
    crossed || escaped || shown.backdrop_response.clicked()
}
