//! Draws the strips above the list.

use super::action::Action;
use super::theme;
use super::view_model::{Strip, Tone};
use super::widgets::{self, icon, row_button};
use eframe::egui::{
    Align, Color32, CornerRadius, FontId, Layout, Rect, Sense, Stroke, StrokeKind, Ui, Vec2, pos2, vec2,
};

/// Draws all of them, one below the other.
pub(crate) fn strips_ui(ui: &mut Ui, strips: &[Strip], actions: &mut Vec<Action>) {
    for (index, strip) in strips.iter().enumerate() {
        ui.push_id(("strip", index), |ui| strip_ui(ui, strip, actions));
    }
}

fn strip_ui(ui: &mut Ui, strip: &Strip, actions: &mut Vec<Action>) {
    let palette = theme::palette(ui);
    // Its text wraps; how high that makes it is known from the pass before.
    let id = ui.scope_id().with("height of a strip");
    let height = ui.data(|data| data.get_temp(id)).unwrap_or(theme::STRIP);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let ground = match strip.tone {
        Tone::Bad => palette.bad_ground,
        Tone::Accent => palette.accent_ground,
        _ => palette.surface,
    };
    let corner = CornerRadius::same(theme::CORNER);
    ui.painter().rect(
        rect,
        corner,
        ground,
        Stroke::new(theme::HAIRLINE, palette.line),
        StrokeKind::Inside,
    );
    let colour = strip.tone.colour(palette);
    if let Some(left) = strip.countdown {
        let bar = Rect::from_min_size(
            pos2(
                rect.left() + theme::HAIRLINE,
                rect.bottom() - theme::HAIRLINE - theme::COUNTDOWN,
            ),
            vec2((rect.width() - 2.0 * theme::HAIRLINE) * left, theme::COUNTDOWN),
        );
        ui.painter()
            .rect_filled(bar, CornerRadius::same(theme::COUNTDOWN_CORNER), colour);
    }
    let inner = rect.shrink2(vec2(theme::WIDE, 0.0));
    let right = if strip.buttons.is_empty() {
        inner.right()
    } else {
        let buttons = widgets::at_right(ui, inner, |ui| {
            for (label, kind, action) in &strip.buttons {
                if row_button(ui, *kind, None, label, &strip.text).clicked() {
                    actions.push(action.clone());
                }
            }
        });
        buttons - theme::GAP
    };
    let symbol = pos2(rect.left() + theme::PICTURE_CENTER, rect.center().y);
    let symbol = Rect::from_center_size(symbol, Vec2::splat(theme::ICON));
    icon(ui.painter(), strip.icon, symbol, colour);
    let text = Rect::from_min_max(
        pos2(rect.left() + theme::TEXT_LEFT, rect.top()),
        pos2(right, rect.bottom()),
    );
    let used = widgets::inside(ui, text, Layout::top_down(Align::Min), |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        text_ui(ui, strip, height)
    });
    let wanted = (used + 2.0 * theme::STRIP_INSET).max(theme::STRIP);
    if (wanted - height).abs() > 0.5 {
        ui.data_mut(|data| data.insert_temp(id, wanted));
        widgets::draw_again(ui, "the height of a strip is known");
    }
}

/// Draws the sentence and what to change, in the middle of a strip of `height`, and gives how high they are.
fn text_ui(ui: &mut Ui, strip: &Strip, height: f32) -> f32 {
    let palette = theme::palette(ui);
    let parts = [
        (&strip.text, theme::regular(theme::BODY), palette.text),
        (&strip.more, theme::regular(theme::SMALL), palette.weak),
    ];
    let parts = parts.into_iter().filter(|(text, ..)| !text.is_empty());
    let width = ui.available_width();
    let high = |(text, font, colour): (&String, FontId, Color32)| {
        ui.painter().layout(text.clone(), font, colour, width).size().y
    };
    let used: f32 = parts.clone().map(high).sum();
    ui.add_space(((height - used) / 2.0).max(0.0));
    for (text, font, colour) in parts {
        widgets::paragraph(ui, text, font, colour);
    }
    used
}
