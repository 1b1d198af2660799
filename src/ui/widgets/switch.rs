//! A choice of yes or no: its words on the left, a switch on the right.

use super::super::theme;
use super::{describe, inside};
use eframe::egui::{
    Align, Color32, CornerRadius, Layout, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

/// Draws the row; it is pressed as a whole. `explained` stands below `label`, weaker.
pub(crate) fn switch(ui: &mut Ui, label: &str, explained: &str, is_on: bool) -> Response {
    let height = described(ui, label, explained, theme::SWITCH.x);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Switch, ui.is_enabled(), is_on, label));
    describe(ui, &response, explained);
    let track = Rect::from_center_size(
        pos2(rect.right() - theme::SWITCH.x / 2.0, rect.center().y),
        theme::SWITCH,
    );
    track_ui(ui, track, is_on, &response);
    response
}

/// A row of words on the left, and what `add` draws into the last `width` points of it.
pub(crate) fn described_row(ui: &mut Ui, label: &str, explained: &str, width: f32, add: impl FnOnce(&mut Ui)) {
    let height = described(ui, label, explained, width).max(theme::CONTROL);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let right = rect.with_min_x(rect.right() - width);
    inside(ui, right, Layout::left_to_right(Align::Center), add);
}

/// Paints the words where the next row comes, and tells their height. A screen reader has them from the control.
fn described(ui: &Ui, label: &str, explained: &str, beside: f32) -> f32 {
    let palette = theme::palette(ui);
    let width = ui.available_width() - beside - 2.0 * theme::GAP;
    let top_left = ui.cursor().min;
    let mut height = 0.0;
    for (text, size, colour) in [
        (label, theme::BODY, palette.text),
        (explained, theme::SMALL, palette.weak),
    ] {
        let lines = ui
            .painter()
            .layout(text.to_owned(), theme::regular(size), colour, width);
        let lower = lines.size().y + 2.0;
        ui.painter().galley(top_left + vec2(0.0, height), lines, colour);
        height += lower;
    }
    height
}

fn track_ui(ui: &Ui, track: Rect, is_on: bool, response: &Response) {
    let palette = theme::palette(ui);
    let moved = ui.ctx().animate_bool_responsive(response.id, is_on);
    let round = CornerRadius::same(theme::SWITCH_CORNER);
    let ground = match (is_on, response.hovered()) {
        (true, false) => palette.accent,
        (true, true) => palette.accent_hover,
        (false, _) => palette.track,
    };
    let edge = if is_on { Color32::TRANSPARENT } else { palette.weak };
    ui.painter().rect(
        track,
        round,
        ground,
        Stroke::new(theme::HAIRLINE, edge),
        StrokeKind::Inside,
    );
    let knob = pos2(
        track.left() + track.height() / 2.0 + moved * (track.width() - track.height()),
        track.center().y,
    );
    let colour = if is_on { palette.on_accent } else { palette.weak };
    ui.painter().circle_filled(knob, theme::SWITCH_KNOB, colour);
    if response.has_focus() {
        let ring = Stroke::new(theme::RING, palette.accent);
        let corner = CornerRadius::same(theme::SWITCH_RING);
        ui.painter()
            .rect_stroke(track.expand(theme::RING_AWAY), corner, ring, StrokeKind::Inside);
    }
}
