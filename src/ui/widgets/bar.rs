//! The bar that moves, and the spinner where there is nothing to measure.

use super::super::theme;
use eframe::egui::{
    Color32, CornerRadius, Label, Rect, RichText, Role, Shape, Stroke, Ui, WidgetInfo, accesskit, emath::Rot2, vec2,
};
use std::f32::consts::TAU;
use std::time::Duration;

/// A bar of `fraction` (0 to 1), called `name` by a screen reader.
pub(crate) fn bar(ui: &Ui, rect: Rect, fraction: f32, colour: Color32, name: &str) {
    let response = ui.interact(rect, ui.scope_id().with("bar"), eframe::egui::Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, name));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(accesskit::Role::ProgressIndicator);
        node.set_min_numeric_value(0.0);
        node.set_max_numeric_value(100.0);
        node.set_numeric_value((f64::from(fraction) * 100.0).floor());
    });
    let corner = CornerRadius::same(theme::BAR_CORNER);
    ui.painter().rect_filled(rect, corner, theme::palette(ui).track);
    // Never narrower than its round ends, so that a beginning is seen.
    let width = if fraction > 0.0 {
        (rect.width() * fraction).max(rect.height())
    } else {
        0.0
    };
    let filled = Rect::from_min_size(rect.min, vec2(width, rect.height()));
    ui.painter().rect_filled(filled, corner, colour);
}

/// Says what is waited for, beside a spinner.
pub(crate) fn waiting(ui: &mut Ui, text: &str) {
    let colour = theme::palette(ui).weak;
    spinner(ui, theme::ICON, colour);
    let text = RichText::new(text).font(theme::regular(theme::BODY)).color(colour);
    ui.add(Label::new(text).extend());
}

/// A turning arc of `size` points; turns at 20 frames a second.
pub(crate) fn spinner(ui: &mut Ui, size: f32, colour: Color32) {
    let (rect, _) = ui.allocate_exact_size(vec2(size, size), eframe::egui::Sense::hover());
    spinner_at(ui, rect, colour);
}

fn spinner_at(ui: &Ui, rect: Rect, colour: Color32) {
    #[allow(clippy::cast_possible_truncation, reason = "an angle below one turn")]
    let turn = (ui.input(|input| input.time) % 1.0) as f32 * TAU;
    let radius = vec2(rect.width() * 0.4, 0.0);
    let points = (0..=16_u8)
        .map(|step| rect.center() + Rot2::from_angle(turn + f32::from(step) / 16.0 * TAU * 0.7) * radius)
        .collect();
    ui.painter()
        .add(Shape::line(points, Stroke::new(theme::SPINNER, colour)));
    ui.ctx().request_repaint_after(Duration::from_millis(50));
}
