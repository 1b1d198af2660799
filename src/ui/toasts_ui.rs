//! Draws messages that go away by themselves.

use super::model::Toast;
use super::theme;
use super::widgets::{self, Icon, icon};
use super::words::Words;
use eframe::egui::{
    Align, Align2, Area, CornerRadius, Frame, Id, Label, Layout, Order, Rect, Sense, Stroke, Ui, Vec2, accesskit, vec2,
};

/// Draws them above the bottom of `within`, in its middle, the newest lowest.
pub(crate) fn toasts_ui(ui: &Ui, toasts: &[Toast], words: &Words, within: Rect) {
    if toasts.is_empty() {
        return;
    }
    let around = theme::TOAST_MARGIN.sum().x + theme::ICON + theme::GAP + 2.0 * theme::PAD;
    let widest = within.width() - around;
    let anchor = within.center_bottom() - vec2(0.0, theme::PAD);
    let id = Id::unique("toasts");
    let place = ui.ctx().memory(|memory| memory.area_rect(id));
    let area = Area::new(id).order(Order::Foreground).interactable(false);
    let shown = area
        .fixed_pos(anchor)
        .pivot(Align2::CENTER_BOTTOM)
        .layout(Layout::top_down(Align::Center))
        .show(ui.ctx(), |ui| {
            for toast in toasts {
                toast_ui(ui, toast, words, widest);
            }
        });
    // Placed by the size that they had in the pass before.
    if place.is_none_or(|place| (place.size() - shown.response.rect.size()).length() > 0.5) {
        widgets::draw_again(ui, "the size of the messages is known");
    }
}

fn toast_ui(ui: &mut Ui, toast: &Toast, words: &Words, widest: f32) {
    let palette = theme::palette(ui);
    let frame = Frame::new()
        .fill(palette.surface)
        .stroke(Stroke::new(theme::HAIRLINE, palette.line))
        .corner_radius(CornerRadius::same(theme::CORNER_LARGE))
        .shadow(theme::toast_shadow(palette))
        .inner_margin(theme::TOAST_MARGIN);
    let (font, text) = (theme::regular(theme::BODY), toast.message.text(words));
    let sentence = ui.painter().layout(text, font, palette.text, widest);
    frame.show(ui, |ui| {
        ui.spacing_mut().interact_size.y = 0.0;
        // Egui centres a row only when it knows its size.
        let width = theme::ICON + ui.spacing().item_spacing.x + sentence.size().x;
        let size = vec2(width, sentence.size().y.max(theme::ICON));
        ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
            let (rect, _) = ui.allocate_exact_size(Vec2::splat(theme::ICON), Sense::hover());
            let (symbol, colour) = if toast.good {
                (Icon::Check, palette.good)
            } else {
                (Icon::Question, palette.careful)
            };
            icon(ui.painter(), symbol, rect, colour);
            let label = ui.add(Label::new(sentence).extend());
            // A screen reader says it when it comes.
            ui.ctx().accesskit_node_builder(label.id, |node| {
                node.set_live(accesskit::Live::Polite);
            });
        });
    });
}
