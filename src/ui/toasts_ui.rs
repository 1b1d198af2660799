//! Draws messages that go away by themselves.

use super::model::Toast;
use super::theme;
use super::widgets::{Icon, icon};
use super::words::Words;
use eframe::egui::{Align2, Area, CornerRadius, Frame, Id, Label, Order, Rect, Stroke, Ui, Vec2, accesskit, vec2};

/// Draws them above the bottom of `within`, in its middle, the newest lowest.
pub(crate) fn toasts_ui(ui: &Ui, toasts: &[Toast], words: &Words, within: Rect) {
    if toasts.is_empty() {
        return;
    }
    let palette = theme::palette(ui);
    let around = theme::TOAST_MARGIN.sum().x + theme::ICON + theme::GAP + 2.0 * theme::PAD;
    let widest = within.width() - around;
    let anchor = within.center_bottom() - vec2(0.0, theme::PAD);
    let area = Area::new(Id::unique("toasts"))
        .order(Order::Foreground)
        .interactable(false);
    area.fixed_pos(anchor)
        .pivot(Align2::CENTER_BOTTOM)
        .show(ui.ctx(), |ui| {
            for toast in toasts {
                let frame = Frame::new()
                    .fill(palette.surface)
                    .stroke(Stroke::new(theme::HAIRLINE, palette.line))
                    .corner_radius(CornerRadius::same(theme::CORNER_LARGE))
                    .shadow(theme::toast_shadow(palette))
                    .inner_margin(theme::TOAST_MARGIN);
                frame.show(ui, |ui| {
                    ui.spacing_mut().interact_size.y = 0.0;
                    ui.horizontal(|ui| {
                        let (rect, _) = ui.allocate_exact_size(Vec2::splat(theme::ICON), eframe::egui::Sense::hover());
                        let (symbol, colour) = if toast.good {
                            (Icon::Check, palette.good)
                        } else {
                            (Icon::Question, palette.careful)
                        };
                        icon(ui.painter(), symbol, rect, colour);
                        sentence_ui(ui, &toast.message.text(words), widest);
                    });
                });
            }
        });
}

/// What a toast says, wrapped where it is wider than `widest`; a screen reader says it when it comes.
fn sentence_ui(ui: &mut Ui, text: &str, widest: f32) {
    let (font, colour) = (theme::regular(theme::BODY), theme::palette(ui).text);
    let lines = ui.painter().layout(text.to_owned(), font, colour, widest);
    let sentence = ui.add(Label::new(lines));
    ui.ctx().accesskit_node_builder(sentence.id, |node| {
        node.set_live(accesskit::Live::Polite);
    });
}
