//! Draws the lines that say which folders are watched.

use super::action::Action;
use super::theme;
use super::view_model::WatchLine;
use super::widgets::{self, Kind, icon, row_button};
use eframe::egui::{Rect, Sense, Ui, Vec2, pos2, vec2};

/// How much room they take, with what divides them.
pub(crate) fn height(lines: &[WatchLine]) -> f32 {
    lines.iter().map(|_| theme::WATCH_LINE + theme::GAP).sum()
}

/// One below the other.
pub(crate) fn watches_ui(ui: &mut Ui, lines: &[WatchLine], actions: &mut Vec<Action>) {
    for (index, line) in lines.iter().enumerate() {
        ui.push_id(("watch", index), |ui| watch_ui(ui, line, actions));
    }
}

fn watch_ui(ui: &mut Ui, line: &WatchLine, actions: &mut Vec<Action>) {
    let palette = theme::palette(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), theme::WATCH_LINE), Sense::hover());
    let right = widgets::at_right(ui, rect, |ui| {
        let button = row_button(ui, Kind::Quiet, None, line.button, &line.text);
        if button.on_hover_text(line.meaning).clicked() {
            actions.push(line.action.clone());
        }
    });
    let symbol = Rect::from_min_size(
        pos2(rect.left() + theme::TIGHT, rect.center().y - theme::ICON / 2.0),
        Vec2::splat(theme::ICON),
    );
    icon(ui.painter(), line.icon, symbol, palette.weak);
    let text = rect
        .with_min_x(symbol.right() + theme::GAP)
        .with_max_x(right - theme::GAP);
    let font = theme::regular(theme::SMALL);
    widgets::line(ui, text, &line.text, font, palette.weak).on_hover_text(&line.path);
}
