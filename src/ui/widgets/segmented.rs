//! One choice of a few, side by side: Tab comes to the chosen one, the arrow keys choose.

use super::super::theme;
use eframe::egui::{
    Align2, CornerRadius, EventFilter, Id, Key, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, Vec2,
    WidgetInfo, pos2, vec2,
};

/// Draws `labels` in a row as wide as there is room, the one at `chosen` raised; gives the one that is chosen anew.
/// `name` says to a screen reader what is chosen.
pub(crate) fn segmented(ui: &mut Ui, name: &str, labels: &[&str], chosen: usize) -> Option<usize> {
    // The same choice may stand in two groups: they are told apart by the group that holds them.
    let group = UiBuilder::new()
        .accessibility_role(Role::RadioGroup)
        .accessibility_label(name);
    ui.scope_builder(group, |ui| segments_ui(ui, labels, chosen)).inner
}

fn segments_ui(ui: &mut Ui, labels: &[&str], chosen: usize) -> Option<usize> {
    let size = vec2(ui.available_width(), theme::CONTROL + 2.0 * theme::SEGMENT_INSET);
    let (rect, group) = ui.allocate_exact_size(size, Sense::hover());
    let palette = theme::palette(ui);
    let corner = CornerRadius::same(theme::CORNER_SEGMENTS);
    let edge = Stroke::new(theme::HAIRLINE, palette.line);
    ui.painter()
        .rect(rect, corner, palette.ground, edge, StrokeKind::Inside);
    let inner = rect.shrink(theme::SEGMENT_INSET);
    #[allow(clippy::cast_precision_loss, reason = "a handful of choices")]
    let width = inner.width() / labels.len().max(1) as f32;
    let mut picked = None;
    let mut left = inner.left();
    for (index, label) in labels.iter().enumerate() {
        let segment = Rect::from_min_size(pos2(left, inner.top()), vec2(width, inner.height()));
        left += width;
        let response = segment_ui(ui, segment, group.id.with(index), label, index == chosen);
        if response.clicked() {
            picked = Some(index);
        }
        if response.has_focus() {
            picked = picked.or_else(|| by_arrows(ui, response.id, chosen, labels.len()));
        }
    }
    let picked = picked.filter(|picked| *picked != chosen)?;
    ui.memory_mut(|memory| memory.request_focus(group.id.with(picked)));
    Some(picked)
}

/// The arrow keys belong to the group while it has the keyboard.
fn by_arrows(ui: &Ui, id: Id, chosen: usize, count: usize) -> Option<usize> {
    let filter = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        ..EventFilter::default()
    };
    // egui takes the filter from the second frame on.
    if !ui.memory(|memory| memory.had_focus_last_frame(id)) {
        ui.ctx().request_repaint();
    }
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let pressed = |keys: [Key; 2]| ui.input(|input| keys.iter().any(|key| input.key_pressed(*key)));
    if pressed([Key::ArrowRight, Key::ArrowDown]) {
        Some((chosen + 1) % count)
    } else if pressed([Key::ArrowLeft, Key::ArrowUp]) {
        Some((chosen + count - 1) % count)
    } else {
        None
    }
}

fn segment_ui(ui: &Ui, rect: Rect, id: Id, label: &str, is_chosen: bool) -> Response {
    // Tab stops at the chosen one only, as in every group of radio buttons.
    let has_keyboard = ui.memory(|memory| memory.has_focus(id));
    let sense = if is_chosen || has_keyboard {
        Sense::click()
    } else {
        Sense::CLICK
    };
    let response = ui.interact(rect, id, sense);
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), is_chosen, label));
    let palette = theme::palette(ui);
    let corner = CornerRadius::same(theme::CORNER);
    if is_chosen {
        let edge = Stroke::new(theme::HAIRLINE, palette.line);
        ui.painter()
            .rect(rect, corner, palette.raised, edge, StrokeKind::Inside);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, corner, palette.hover);
    }
    if response.has_focus() {
        let ring = Stroke::new(theme::RING, palette.accent);
        ui.painter()
            .rect_stroke(rect.expand2(Vec2::splat(theme::RING)), corner, ring, StrokeKind::Inside);
    }
    let colour = if is_chosen { palette.text } else { palette.weak };
    let painter = ui.painter().with_clip_rect(rect);
    painter.text(
        rect.center(),
        Align2::CENTER_CENTER,
        label,
        theme::regular(theme::BODY),
        colour,
    );
    response
}
