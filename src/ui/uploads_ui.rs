//! The list: newest batch first, within a batch in the order given; only what is in sight is built and drawn.

use super::action::Action;
use super::model::Model;
use super::{row_ui, theme, view_model};
use crate::engine::{UploadId, UploadRow};
use eframe::egui::{CornerRadius, Rect, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder, pos2, vec2};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

/// Heights that rows had when they were last drawn: a failure's text may wrap.
type Heights = Arc<HashMap<UploadId, f32>>;

/// Draws the list into what is left of `ui`.
pub(crate) fn uploads_ui(ui: &mut Ui, model: &Model, now: f64, actions: &mut Vec<Action>) {
    let id = ui.scope_id().with("row heights");
    let heights: Heights = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let mut rows: Vec<&Arc<UploadRow>> = model.snapshot.uploads.iter().collect();
    rows.sort_by_key(|row| Reverse(row.batch));
    let height_of = |row: &UploadRow| heights.get(&row.id).copied().unwrap_or(theme::ROW);
    let total: f32 = rows.iter().map(|row| height_of(row)).sum();
    let palette = theme::palette(ui);
    let mut measured: Vec<(UploadId, f32)> = Vec::new();
    ScrollArea::vertical()
        .auto_shrink([false, false])
        .show_viewport(ui, |ui, viewport| {
            ui.set_height(total);
            let (origin, width) = (ui.min_rect().min, ui.available_width());
            let card = Rect::from_min_size(origin, vec2(width, total));
            let corner = CornerRadius::same(theme::CORNER_LARGE);
            ui.painter().rect(
                card,
                corner,
                palette.surface,
                Stroke::new(1.0, palette.line),
                StrokeKind::Inside,
            );
            let mut top = 0.0;
            for row in rows {
                let height = height_of(row);
                if top + height >= viewport.top() && top <= viewport.bottom() {
                    let place = Rect::from_min_size(pos2(origin.x, origin.y + top), vec2(width, height));
                    if top > 0.0 {
                        ui.painter().hline(
                            (place.left() + 1.0)..=(place.right() - 1.0),
                            place.top(),
                            Stroke::new(1.0, palette.line),
                        );
                    }
                    let builder = UiBuilder::new().max_rect(place).id_salt(row.id.0).sense(Sense::hover());
                    let used = ui
                        .scope_builder(builder, |ui| {
                            row_ui::row_ui(ui, &view_model::row(model, row, now), actions)
                        })
                        .inner;
                    if (used - height).abs() > 0.5 {
                        measured.push((row.id, used));
                    }
                }
                top += height;
            }
        });
    if !measured.is_empty() {
        let mut heights = heights.as_ref().clone();
        heights.extend(measured);
        ui.data_mut(|data| data.insert_temp::<Heights>(id, Arc::new(heights)));
        ui.ctx().request_discard("a row's height is known");
    }
}
