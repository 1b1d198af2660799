//! Draws one row.

use super::action::Action;
use super::theme::{self, Palette};
use super::view_model::{FailureView, Row, RowButton, Tone};
use super::widgets::{self, Icon, icon, icon_button, row_button_width, steady_button, type_icon};
use eframe::egui::{
    self, Align, CornerRadius, Layout, Rect, RichText, Stroke, StrokeKind, Ui, Vec2, epaint::RectShape, pos2, vec2,
};

/// Draws `row` at the top of `ui` on `ground`, and gives the height that it took.
pub(crate) fn row_ui(ui: &mut Ui, row: &Row, ground: egui::Color32, actions: &mut Vec<Action>) -> f32 {
    let palette = theme::palette(ui);
    let rect = Rect::from_min_size(ui.max_rect().min, vec2(ui.max_rect().width(), theme::ROW));
    let picture = pos2(rect.left() + theme::PICTURE_CENTER, rect.center().y);
    let picture = Rect::from_center_size(picture, Vec2::splat(theme::THUMBNAIL));
    picture_ui(ui, picture, row, palette);
    mark_ui(ui, picture, row, ground, palette);
    let left = rect.left() + theme::TEXT_LEFT;
    let (first, second) = (rect.top() + theme::ROW_LINES[0], rect.top() + theme::ROW_LINES[1]);
    let line = |y: f32, from: f32, to: f32| {
        Rect::from_min_max(
            pos2(from, y - theme::ROW_LINE / 2.0),
            pos2(to.max(from), y + theme::ROW_LINE / 2.0),
        )
    };
    // Name, word and buttons first: that is the order of the keyboard and of screen readers.
    let buttons = beside(row, rect.width());
    let buttons_left = rect.right() - buttons_width(ui, row, buttons);
    let word_left = match row.bar {
        // The bar has the second line for itself, up to the buttons.
        Some(_) => word_ui(ui, row, line(first, left, buttons_left), palette),
        None => word_ui(ui, row, rect.with_min_x(left).with_max_x(buttons_left), palette),
    };
    widgets::middle(
        ui,
        line(first, left, word_left),
        &row.name,
        &theme::strong(theme::BODY),
        palette.text,
    );
    match row.bar {
        Some(fraction) => bar_ui(ui, row, fraction, line(second, left, buttons_left), palette),
        None => place_ui(ui, row, line(second, left, word_left), palette),
    }
    buttons_ui(ui, row, buttons, rect.with_min_x(buttons_left), actions);
    match &row.failure {
        Some(failure) => theme::ROW + failure_ui(ui, row, failure, left, rect, actions),
        None => theme::ROW,
    }
}

/// Its thumbnail, else the icon of its type, on a tile.
fn picture_ui(ui: &Ui, rect: Rect, row: &Row, palette: &Palette) {
    let corner = CornerRadius::same(theme::CORNER);
    ui.painter().rect_filled(rect, corner, palette.tile);
    if let Some((texture, size)) = row.thumbnail {
        let picture = Rect::from_center_size(rect.center(), size.min(rect.size()));
        let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        // One that is smaller than its tile has no corners to round.
        let rounded = if size.x < rect.width() {
            CornerRadius::ZERO
        } else {
            corner
        };
        let shape = RectShape::filled(picture, rounded, theme::UNTINTED).with_texture(texture, whole);
        ui.painter().add(shape);
        // A white picture ends somewhere, too.
        let line = Stroke::new(theme::HAIRLINE, palette.line);
        ui.painter().rect_stroke(rect, corner, line, StrokeKind::Inside);
        return;
    }
    let symbol = Rect::from_center_size(rect.center(), Vec2::splat(theme::TYPE_ICON));
    type_icon(ui.painter(), row.file_type, symbol, palette.weak);
}

/// The stage as a shape on a disc, at the corner of the picture.
fn mark_ui(ui: &Ui, picture: Rect, row: &Row, ground: egui::Color32, palette: &Palette) {
    let center = picture.right_bottom() - Vec2::splat(theme::MARK_INSET);
    let radius = theme::MARK / 2.0;
    ui.painter().circle_filled(center, radius + theme::MARK_EDGE, ground);
    ui.painter().circle_filled(center, radius, row.tone.colour(palette));
    let symbol = Rect::from_center_size(center, Vec2::splat(theme::MARK_ICON));
    icon(ui.painter(), row.mark, symbol, palette.surface);
}

/// The stage as a word, at the right of `rect`; gives where what is beside it must end.
fn word_ui(ui: &mut Ui, row: &Row, rect: Rect, palette: &Palette) -> f32 {
    widgets::inside(ui, rect, Layout::right_to_left(Align::Center), |ui| {
        let text = RichText::new(&row.word)
            .font(theme::regular(theme::SMALL))
            .color(row.tone.colour(palette));
        let word = ui.add(egui::Label::new(text).extend());
        let left = word.rect.left();
        if let Some(hint) = row.word_hint {
            word.on_hover_text(hint);
        }
        left - theme::PAD
    })
}

/// Where it went, shortened, and what must not be.
fn place_ui(ui: &mut Ui, row: &Row, rect: Rect, palette: &Palette) {
    let font = theme::regular(theme::SMALL);
    let width = |text: &str| widgets::width_of(ui, text, &font);
    let facts = match row.facts.as_str() {
        "" => String::new(),
        facts => format!(" · {facts}"),
    };
    let facts_width = width(&facts);
    let place_width = width(&row.place).min(rect.width() - facts_width);
    let place = rect.with_max_x(rect.left() + place_width.max(0.0).ceil());
    if place_width < theme::PLACE_LEAST && place_width < width(&row.place) {
        widgets::middle(ui, rect, &row.place, &font, palette.weak);
        return;
    }
    // A shortened place is narrower than its room.
    let end = widgets::middle(ui, place, &row.place, &font, palette.weak).rect.right();
    widgets::line(ui, rect.with_min_x(end), &facts, font, palette.weak);
}

/// The buttons beside the name; a failure has its own below its sentence.
fn beside(row: &Row, width: f32) -> &[RowButton] {
    if row.failure.is_some() {
        &[]
    } else if width < theme::NARROW_LIST {
        row.buttons.get(..1).unwrap_or_default()
    } else {
        &row.buttons
    }
}

/// What [`buttons_ui`] takes of the row's right, its margins included.
fn buttons_width(ui: &Ui, row: &Row, buttons: &[RowButton]) -> f32 {
    let named = buttons.iter().map(|button| steady_width(ui, button) + theme::TIGHT);
    let symbols = if row.cross.is_some() { 2.0 } else { 1.0 };
    theme::WIDE + named.sum::<f32>() + symbols * (theme::ROW_CONTROL + theme::TIGHT) - theme::TIGHT + theme::WIDE
}

/// Buttons, cross and menu.
fn buttons_ui(ui: &mut Ui, row: &Row, buttons: &[RowButton], place: Rect, actions: &mut Vec<Action>) {
    widgets::inside(ui, place, Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = theme::TIGHT;
        ui.add_space(theme::WIDE);
        for button in buttons {
            button_ui(ui, button, &row.name, actions);
        }
        if let Some(cross) = &row.cross
            && icon_button(ui, Icon::Cross, theme::ROW_CONTROL, &cross.label, &row.name).clicked()
        {
            actions.push(cross.action.clone());
        }
        // Last, so that the menus of all rows stand in one line.
        let more = icon_button(ui, Icon::Dots, theme::ROW_CONTROL, row.more, &row.name);
        if more.clicked() {
            actions.push(row.of.open_menu(more.rect));
        }
    });
}

/// As wide as it is when nothing was just copied: "Copied" is shorter.
fn steady_width(ui: &Ui, button: &RowButton) -> f32 {
    let width = |label: &str| row_button_width(ui, button.icon, label);
    width(&button.label).max(button.usual.map_or(0.0, width))
}

fn button_ui(ui: &mut Ui, button: &RowButton, about: &str, actions: &mut Vec<Action>) {
    let least = steady_width(ui, button);
    if steady_button(ui, button.kind, button.icon, &button.label, about, least).clicked() {
        actions.push(button.action.clone());
    }
}

/// The bar, and the numbers beside it where there is room for both.
fn bar_ui(ui: &mut Ui, row: &Row, fraction: f32, rect: Rect, palette: &Palette) {
    let font = theme::regular(theme::SMALL);
    let numbers = widgets::width_of(ui, &row.numbers, &font);
    // In steps, so that the bar's end does not tremble with the digits.
    let beside = if numbers > 0.0 {
        ((numbers / theme::NUMBERS_STEP).ceil() * theme::NUMBERS_STEP + theme::WIDE)
            .min((rect.width() - theme::BAR_LEAST).max(0.0))
    } else {
        0.0
    };
    let bar = Rect::from_min_max(
        pos2(rect.left(), rect.center().y - theme::BAR / 2.0),
        pos2(rect.right() - beside, rect.center().y + theme::BAR / 2.0),
    );
    widgets::bar(ui, bar, fraction, row.tone.colour(palette), &row.bar_name);
    if numbers > 0.0 {
        let left = (rect.right() - numbers.ceil()).max(bar.right() + theme::WIDE);
        widgets::parts(ui, rect.with_min_x(left), &row.numbers, &font, palette.weak);
    }
}

/// Sentence, hint, details and buttons below the row; gives their height.
fn failure_ui(ui: &mut Ui, row: &Row, failure: &FailureView, left: f32, rect: Rect, actions: &mut Vec<Action>) -> f32 {
    let palette = theme::palette(ui);
    let top = rect.bottom() - theme::TIGHT;
    let place = Rect::from_min_max(pos2(left, top), pos2(rect.right() - theme::PAD, f32::INFINITY));
    let used = widgets::inside(ui, place, Layout::top_down(Align::Min), |ui| {
        ui.spacing_mut().item_spacing.y = theme::TIGHT;
        // A question is no alarm.
        let colour = if row.tone == Tone::Bad {
            palette.bad
        } else {
            palette.text
        };
        widgets::paragraph(ui, &failure.what, theme::regular(theme::BODY), colour);
        if !failure.hint.is_empty() {
            widgets::paragraph(ui, &failure.hint, theme::regular(theme::SMALL), palette.weak);
        }
        if let Some(command) = &failure.command {
            code_ui(ui, command, palette);
        }
        ui.add_space(theme::TIGHT);
        ui.horizontal_wrapped(|ui| {
            for button in &row.buttons {
                button_ui(ui, button, &row.name, actions);
            }
        });
        if let Some(details) = &failure.details {
            code_ui(ui, &details.join("\n"), palette);
        }
        ui.add_space(theme::WIDE);
        ui.min_rect().height()
    });
    used - theme::TIGHT
}

/// A command or details, in a box.
fn code_ui(ui: &mut Ui, text: &str, palette: &Palette) {
    let frame = egui::Frame::new()
        .fill(palette.ground)
        .corner_radius(CornerRadius::same(theme::CORNER))
        .inner_margin(theme::AREA_MARGIN);
    frame.show(ui, |ui| {
        ui.add(
            egui::Label::new(RichText::new(text).monospace().color(palette.text))
                .wrap()
                .selectable(true),
        );
    });
}
