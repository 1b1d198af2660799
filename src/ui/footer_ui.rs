//! Draws the totals.

use super::action::Action;
use super::theme;
use super::view_model::Footer;
use super::widgets::{self, Icon, Kind, row_button};
use super::words::Words;
use eframe::egui::{Align, Layout, Rect, Ui, pos2};

/// Draws the footer into the whole of `ui`.
pub(crate) fn footer_ui(ui: &mut Ui, footer: &Footer, words: &Words, actions: &mut Vec<Action>) {
    let rect = ui.max_rect();
    let buttons = widgets::inside(ui, rect, Layout::right_to_left(Align::Center), |ui| {
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
        if footer.has_ended && row_button(ui, Kind::Quiet, None, words.clear_ended, "").clicked() {
            actions.push(Action::RemoveEnded);
        }
        ui.min_rect().left()
    });
    let text = Rect::from_min_max(rect.min, pos2(buttons - theme::GAP, rect.bottom()));
    widgets::line(
        ui,
        text,
        &footer.text,
        theme::regular(theme::SMALL),
        theme::palette(ui).weak,
    );
}
