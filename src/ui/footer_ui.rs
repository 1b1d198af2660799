//! Draws the totals.

use super::action::Action;
use super::theme;
use super::view_model::Footer;
use super::widgets::{self, Icon, Kind, row_button};
use super::words::Words;
use eframe::egui::Ui;

/// Draws the footer into the whole of `ui`.
pub(crate) fn footer_ui(ui: &mut Ui, footer: &Footer, words: &Words, actions: &mut Vec<Action>) {
    let rect = ui.max_rect();
    let buttons = widgets::at_right(ui, rect, |ui| {
        if footer.has_ended && row_button(ui, Kind::Quiet, None, words.clear_ended, "").clicked() {
            actions.push(Action::RemoveEnded);
        }
        if footer.has_urls {
            let (symbol, label) = if footer.copied {
                (Icon::Check, words.copied)
            } else {
                (Icon::Copy, words.copy_all_urls)
            };
            if row_button(ui, Kind::Plain, Some(symbol), label, "").clicked() {
                actions.push(Action::CopyAllUrls);
            }
        }
    });
    let text = rect.with_max_x(buttons - theme::GAP);
    let font = theme::regular(theme::SMALL);
    widgets::parts(ui, text, &footer.text, &font, theme::palette(ui).weak);
}
