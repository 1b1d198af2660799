//! Draws one row.

use super::action::Action;
use super::theme::{self, Palette};
use super::view_model::{FailureView, Row, RowButton};
use super::widgets::{self, Icon, Kind, icon, icon_button, row_button};
use eframe::egui::{self, Align, CornerRadius, Layout, Rect, RichText, Ui, UiBuilder, Vec2, pos2, vec2};

const PAD: f32 = 16.0;

/// Draws `row` at the top of `ui`, and gives the height that it took.
pub(crate) fn row_ui(ui: &mut Ui, row: &Row, actions: &mut Vec<Action>) -> f32 {
    let palette = theme::palette(ui);
    let rect = Rect::from_min_size(ui.max_rect().min, vec2(ui.max_rect().width(), theme::ROW));
    let mark = Rect::from_center_size(
        pos2(rect.left() + PAD + theme::MARK / 2.0, rect.center().y),
        Vec2::splat(theme::MARK),
    );
    mark_ui(ui, mark, row, palette);
    let left = mark.right() + 12.0;
    let right = right_ui(ui, row, rect, palette, actions);
    let (first, second) = (rect.top() + 20.0, rect.top() + 41.0);
    let line = |y: f32, from: f32, to: f32| {
        Rect::from_center_size(pos2(f32::midpoint(from, to), y), vec2((to - from).max(0.0), 20.0))
    };
    widgets::middle(
        ui,
        line(first, left, right),
        &row.name,
        &theme::strong(theme::BODY),
        palette.text,
    );
    match row.bar {
        Some(fraction) => bar_ui(ui, row, fraction, line(second, left, right), palette),
        None => {
            widgets::middle(
                ui,
                line(second, left, right),
                &row.below,
                &theme::regular(theme::SMALL),
                palette.weak,
            );
        }
    }
    match &row.failure {
        Some(failure) => theme::ROW + failure_ui(ui, row, failure, left, rect, actions),
        None => theme::ROW,
    }
}

/// The stage as a shape on a tinted disc.
fn mark_ui(ui: &Ui, rect: Rect, row: &Row, palette: &Palette) {
    let colour = row.tone.colour(palette);
    ui.painter()
        .circle_filled(rect.center(), rect.width() / 2.0, colour.gamma_multiply(0.13));
    icon(
        ui.painter(),
        row.mark,
        Rect::from_center_size(rect.center(), Vec2::splat(14.0)),
        colour,
    );
}

/// Word, buttons and cross, from the right; gives where they begin.
fn right_ui(ui: &mut Ui, row: &Row, rect: Rect, palette: &Palette, actions: &mut Vec<Action>) -> f32 {
    let inner = Rect::from_min_max(rect.min, pos2(rect.right() - 12.0, rect.bottom()));
    let builder = UiBuilder::new()
        .max_rect(inner)
        .layout(Layout::right_to_left(Align::Center));
    ui.scope_builder(builder, |ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        if let Some(cross) = &row.cross
            && icon_button(ui, Icon::Cross, theme::ROW_CONTROL, &cross.label, &cross.name).clicked()
        {
            actions.push(cross.action.clone());
        }
        if row.failure.is_none() {
            for button in row.buttons.iter().rev() {
                button_ui(ui, button, actions);
            }
        }
        ui.add_space(8.0);
        let word = RichText::new(&row.word)
            .font(theme::regular(theme::SMALL))
            .color(row.tone.colour(palette));
        let word = ui.add(egui::Label::new(word).extend());
        if let Some(hint) = row.word_hint {
            word.on_hover_text(hint);
        }
        ui.min_rect().left() - 16.0
    })
    .inner
}

fn button_ui(ui: &mut Ui, button: &RowButton, actions: &mut Vec<Action>) {
    let narrow = ui.ctx().content_rect().width() < 720.0;
    let response = match button.icon {
        Some(symbol) if narrow && button.kind == Kind::Quiet => {
            icon_button(ui, symbol, theme::ROW_CONTROL, &button.label, &button.name)
        }
        symbol => row_button(ui, button.kind, symbol, &button.label, &button.name),
    };
    if response.clicked() {
        actions.push(button.action.clone());
    }
}

/// The bar, and the numbers beside it where there is room for both.
fn bar_ui(ui: &mut Ui, row: &Row, fraction: f32, rect: Rect, palette: &Palette) {
    let font = theme::regular(theme::SMALL);
    let numbers = ui
        .painter()
        .layout_no_wrap(row.numbers.clone(), font.clone(), palette.weak)
        .size()
        .x;
    let beside = if numbers > 0.0 {
        (numbers + 12.0).min(rect.width() * 0.66)
    } else {
        0.0
    };
    let bar = Rect::from_min_max(
        pos2(rect.left(), rect.center().y - theme::BAR / 2.0),
        pos2(rect.right() - beside, rect.center().y + theme::BAR / 2.0),
    );
    widgets::bar(ui, bar, fraction, row.tone.colour(palette), &row.bar_name);
    if numbers > 0.0 {
        let rect = Rect::from_min_max(pos2(bar.right() + 12.0, rect.top()), rect.max);
        widgets::line(ui, rect, &row.numbers, font, palette.weak);
    }
}

/// Sentence, hint, details and buttons below the row; gives their height.
fn failure_ui(ui: &mut Ui, row: &Row, failure: &FailureView, left: f32, rect: Rect, actions: &mut Vec<Action>) -> f32 {
    let palette = theme::palette(ui);
    let top = rect.bottom() - 4.0;
    let place = Rect::from_min_max(pos2(left, top), pos2(rect.right() - PAD, f32::INFINITY));
    let builder = UiBuilder::new().max_rect(place).layout(Layout::top_down(Align::Min));
    let used = ui.scope_builder(builder, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        widgets::paragraph(ui, &failure.what, theme::regular(theme::BODY), palette.bad);
        if !failure.hint.is_empty() {
            widgets::paragraph(ui, &failure.hint, theme::regular(theme::SMALL), palette.weak);
        }
        if let Some(command) = &failure.command {
            code_ui(ui, command, palette);
        }
        ui.add_space(4.0);
        ui.horizontal_wrapped(|ui| {
            for button in &row.buttons {
                button_ui(ui, button, actions);
            }
        });
        if let Some(details) = &failure.details {
            code_ui(ui, &details.join("\n"), palette);
        }
        ui.add_space(12.0);
        ui.min_rect().height()
    });
    used.inner - 4.0
}

/// A command or details, in a box.
fn code_ui(ui: &mut Ui, text: &str, palette: &Palette) {
    let frame = egui::Frame::new()
        .fill(palette.ground)
        .corner_radius(CornerRadius::same(theme::CORNER))
        .inner_margin(8);
    frame.show(ui, |ui| {
        ui.add(
            egui::Label::new(RichText::new(text).monospace().color(palette.text))
                .wrap()
                .selectable(true),
        );
    });
}
