//! What the lists of uploads and of the history draw alike: the surface, the ground of a row, who has the keyboard.

use super::action::Extend;
use super::theme::{self, Palette};
use super::widgets;
use eframe::egui::{
    Color32, CornerRadius, Id, Memory, Modifiers, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder,
    WidgetInfo, pos2, vec2,
};

/// Where a row is drawn, and how.
pub(crate) struct Place {
    pub(crate) rect: Rect,
    /// Among all rows: 0 is on top.
    pub(crate) index: usize,
    /// Another row, from which a line divides it.
    pub(crate) follows: bool,
    pub(crate) is_selected: bool,
    /// The Tab key comes to this row and its buttons alone.
    pub(crate) is_tab_stop: bool,
}

impl Place {
    /// Senses the pointer; `id` is the row's, to which the keyboard comes.
    pub(crate) fn sense(&self, ui: &Ui, id: Id) -> Response {
        let sense = if self.is_tab_stop { Sense::click() } else { Sense::CLICK };
        ui.interact(self.rect, id, sense)
    }

    /// Says name, state, and the place of `number` rows to assistive technology.
    pub(crate) fn announce(&self, ui: &Ui, response: &Response, name: &str, number: usize) {
        response.widget_info(|| WidgetInfo::selected(Role::ListItem, ui.is_enabled(), self.is_selected, name));
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_position_in_set(self.index + 1);
            node.set_size_of_set(number);
            node.set_selected(self.is_selected);
        });
    }

    /// A selected row is tinted and has a bar at its left; the one that the keyboard is on has a ring. Gives the colour of
    /// the ground.
    pub(crate) fn ground_ui(&self, ui: &Ui, response: &Response) -> Color32 {
        let palette = theme::palette(ui);
        let inner = self.rect.shrink2(vec2(1.0, 0.5));
        if self.follows {
            let line = Stroke::new(theme::HAIRLINE, palette.line);
            ui.painter().hline(inner.x_range(), self.rect.top(), line);
        }
        let corner = CornerRadius::same(theme::CORNER);
        if self.is_selected {
            ui.painter()
                .rect_filled(inner.shrink(theme::SELECTED_INSET), corner, palette.accent_ground);
            let bar = Rect::from_min_max(
                pos2(inner.left() + theme::SELECTED_INSET, inner.top() + theme::SELECTED_ENDS),
                pos2(
                    inner.left() + theme::SELECTED_INSET + theme::SELECTED_BAR,
                    inner.bottom() - theme::SELECTED_ENDS,
                ),
            );
            ui.painter()
                .rect_filled(bar, CornerRadius::same(theme::SELECTED_CORNER), palette.accent);
        }
        if response.has_focus() {
            let ring = Stroke::new(theme::RING, palette.accent);
            ui.painter()
                .rect_stroke(inner.shrink(theme::RING), corner, ring, StrokeKind::Inside);
        }
        if self.is_selected {
            palette.accent_ground
        } else {
            palette.surface
        }
    }

    /// For all that is on the row.
    pub(crate) fn child(&self, ui: &mut Ui, id: Id) -> Ui {
        let mut builder = UiBuilder::new()
            .max_rect(self.rect)
            .scope_id(id.with("row"))
            .accessibility_parent(id);
        if !self.is_tab_stop {
            builder = widgets::passed_by_tab(builder);
        }
        ui.new_child(builder)
    }
}

/// The surface that rows lie on.
pub(crate) fn card_ui(ui: &Ui, rect: Rect, palette: &Palette) {
    let corner = CornerRadius::same(theme::CORNER_LARGE);
    let line = Stroke::new(theme::HAIRLINE, palette.line);
    ui.painter()
        .rect(rect, corner, palette.surface, line, StrokeKind::Inside);
}

/// The row that had the keyboard may have gone: it goes to the one that stands for it, `now`, or where it is asked for.
/// `known` is where the list remembers that row.
pub(crate) fn keep_focus(ui: &Ui, known: Id, now: Option<Id>, asked: bool) {
    let before: Option<Id> = ui.data(|data| data.get_temp(known));
    let had_focus = before.is_some() && ui.memory(Memory::focused) == before;
    if let Some(now) = now.filter(|now| asked || (had_focus && before != Some(*now))) {
        ui.memory_mut(|memory| memory.request_focus(now));
    }
    if before != now {
        ui.data_mut(|data| {
            data.remove::<Id>(known);
            if let Some(now) = now {
                data.insert_temp(known, now);
            }
        });
    }
}

/// How many rows a page of the keyboard has, where so much is in sight.
#[allow(
    clippy::cast_possible_truncation,
    reason = "a view has fewer rows than an isize has numbers"
)]
pub(crate) fn page(view: f32) -> isize {
    ((view / theme::ROW) as isize - 1).max(1)
}

/// What a modifier makes of what was selected before.
pub(crate) fn extend(modifiers: Modifiers) -> Extend {
    if modifiers.shift {
        Extend::Range
    } else if modifiers.command {
        Extend::Toggle
    } else {
        Extend::Replace
    }
}
