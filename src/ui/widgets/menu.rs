//! Headings and dividers of menus.

use super::super::theme;
use eframe::egui::{RichText, Sense, Ui, vec2};

/// A heading of a menu.
pub(crate) fn heading(ui: &mut Ui, text: &str) {
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

/// A line across a menu or a card.
pub(crate) fn divider(ui: &mut Ui) {
    ui.add_space(6.0);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    ui.painter().rect_filled(rect, 0, theme::palette(ui).line);
    ui.add_space(6.0);
}
