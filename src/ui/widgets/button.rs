//! Buttons: painted, with a ring when the keyboard is on them.

use super::super::theme::{self, Palette};
use super::icon::{Icon, icon};
use super::text::shortened;
use eframe::egui::{
    Color32, CornerRadius, FontId, Galley, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, UiStackInfo,
    Vec2, WidgetInfo, accesskit, pos2, vec2,
};
use std::sync::Arc;

/// How much a button asks for attention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The one way on.
    Primary,
    /// What cannot be taken back.
    Danger,
    /// One of several.
    Plain,
    /// Only seen as a button when pointed at.
    Quiet,
}

pub(super) struct Colours {
    ground: Color32,
    border: Color32,
    pub(super) text: Color32,
}

pub(super) fn colours(palette: &Palette, kind: Kind, response: &Response) -> Colours {
    let hot = response.hovered() || response.is_pointer_button_down_on();
    let ground = match (kind, hot, response.is_pointer_button_down_on()) {
        (Kind::Primary, true, _) => palette.accent_hover,
        (Kind::Primary, false, _) => palette.accent,
        (Kind::Danger, true, _) => palette.bad_hover(),
        (Kind::Danger, false, _) => palette.bad,
        (_, _, true) => palette.pressed,
        (_, true, _) => palette.hover,
        (Kind::Plain, ..) => palette.surface,
        (Kind::Quiet, ..) => Color32::TRANSPARENT,
    };
    let border = if kind == Kind::Plain {
        palette.line
    } else {
        Color32::TRANSPARENT
    };
    let text = match kind {
        Kind::Primary | Kind::Danger => palette.on_accent,
        Kind::Plain => palette.text,
        Kind::Quiet if hot => palette.text,
        Kind::Quiet => palette.weak,
    };
    Colours { ground, border, text }
}

/// Ground, border and focus ring.
pub(super) fn plate(ui: &Ui, rect: Rect, colours: &Colours, response: &Response) {
    let corner = CornerRadius::same(theme::CORNER);
    ui.painter().rect(
        rect,
        corner,
        colours.ground,
        Stroke::new(theme::HAIRLINE, colours.border),
        StrokeKind::Inside,
    );
    if response.has_focus() {
        let ring = Stroke::new(theme::RING, theme::palette(ui).accent);
        ui.painter().rect_stroke(
            rect.expand(theme::RING_AWAY),
            CornerRadius::same(theme::CORNER_RING),
            ring,
            StrokeKind::Inside,
        );
    }
}

pub(super) fn galley(ui: &Ui, text: &str, font: FontId) -> Arc<Galley> {
    ui.painter().layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER)
}

/// A button of the usual height. `symbol` stands before its text.
pub(crate) fn button(ui: &mut Ui, kind: Kind, symbol: Option<Icon>, label: &str) -> Response {
    let text = galley(ui, label, theme::regular(theme::BODY));
    let size = vec2(sized_width(symbol, text.size().x), theme::CONTROL);
    sized_button(ui, kind, symbol, label, text, size)
}

/// Marks what the Tab key passes by.
const PASSED_BY: &str = "passed by the Tab key";

/// A part of the window whose buttons the Tab key passes by: in a long list it stops at one row only, the arrow keys
/// choose which. The pointer and assistive technology press them all the same.
pub(crate) fn passed_by_tab(builder: UiBuilder) -> UiBuilder {
    builder.ui_stack_info(UiStackInfo::default().with_tag(PASSED_BY))
}

fn click_sense(ui: &Ui) -> Sense {
    if ui.stack().iter().any(|part| part.tags().contains(PASSED_BY)) {
        Sense::CLICK
    } else {
        Sense::click()
    }
}

/// How wide a [`row_button`] is.
pub(crate) fn row_button_width(ui: &Ui, symbol: Option<Icon>, label: &str) -> f32 {
    sized_width(symbol, galley(ui, label, theme::regular(theme::SMALL)).size().x)
}

fn sized_width(symbol: Option<Icon>, text: f32) -> f32 {
    let symbol = if symbol.is_some() {
        theme::ICON + theme::BUTTON_ICON_GAP
    } else {
        0.0
    };
    text + symbol + 2.0 * theme::BUTTON_SIDE
}

/// A button of a row; `about` says to a screen reader which row it is of.
pub(crate) fn row_button(ui: &mut Ui, kind: Kind, symbol: Option<Icon>, label: &str, about: &str) -> Response {
    steady_button(ui, kind, symbol, label, about, 0.0)
}

/// A [`row_button`] that is no narrower than `least`: what it says for a moment moves nothing beside it.
pub(crate) fn steady_button(
    ui: &mut Ui,
    kind: Kind,
    symbol: Option<Icon>,
    label: &str,
    about: &str,
    least: f32,
) -> Response {
    let font = theme::regular(theme::SMALL);
    let text = galley(ui, label, font);
    let width = sized_width(symbol, text.size().x).max(least);
    let response = sized_button(ui, kind, symbol, label, text, vec2(width, theme::ROW_CONTROL));
    describe(ui, &response, about);
    response
}

/// Says more about a control to a screen reader.
pub(crate) fn describe(ui: &Ui, response: &Response, about: &str) {
    if !about.is_empty() {
        let describe = |node: &mut accesskit::Node| node.set_description(about);
        ui.ctx().accesskit_node_builder(response.id, describe);
    }
}

fn sized_button(ui: &mut Ui, kind: Kind, symbol: Option<Icon>, label: &str, text: Arc<Galley>, size: Vec2) -> Response {
    let (rect, response) = ui.allocate_exact_size(size, click_sense(ui));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), label));
    if ui.is_rect_visible(rect) {
        let colours = colours(theme::palette(ui), kind, &response);
        plate(ui, rect, &colours, &response);
        let mut left = rect.center().x - sized_width(symbol, text.size().x) / 2.0 + theme::BUTTON_SIDE;
        if let Some(symbol) = symbol {
            let place = Rect::from_center_size(
                pos2(left + theme::ICON / 2.0, rect.center().y),
                Vec2::splat(theme::ICON),
            );
            icon(ui.painter(), symbol, place, colours.text);
            left += theme::ICON + theme::BUTTON_ICON_GAP;
        }
        ui.painter()
            .galley(pos2(left, rect.center().y - text.size().y / 2.0), text, colours.text);
    }
    response
}

/// A square button with nothing but an icon; its name shows on hover. `about` says to a screen reader what it is of.
pub(crate) fn icon_button(ui: &mut Ui, symbol: Icon, size: f32, label: &str, about: &str) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(size), click_sense(ui));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), label));
    if ui.is_rect_visible(rect) {
        let colours = colours(theme::palette(ui), Kind::Quiet, &response);
        plate(ui, rect, &colours, &response);
        icon(
            ui.painter(),
            symbol,
            Rect::from_center_size(rect.center(), Vec2::splat(theme::ICON)),
            colours.text,
        );
    }
    describe(ui, &response, about);
    response.on_hover_text(label)
}

/// Makes all of `rect` a button called `name`; what it says is drawn on it afterwards.
pub(crate) fn area_button(ui: &mut Ui, rect: Rect, name: &str) -> Response {
    let response = ui.interact(rect, ui.scope_id().with("area button"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    plate(
        ui,
        rect,
        &colours(theme::palette(ui), Kind::Quiet, &response),
        &response,
    );
    response
}

/// What opens a menu: `text` strong, `more` weak where there is room for all of it, a chevron; no wider than `width`.
pub(crate) fn pill(ui: &mut Ui, symbol: Icon, text: &str, more: &str, name: &str, width: f32) -> Response {
    const AROUND: f32 = theme::BUTTON_SIDE + theme::ICON + theme::GAP + theme::GAP + theme::ICON + theme::GAP;
    let main = shortened_galley(ui, text, &theme::strong(theme::BODY), width - AROUND);
    let more = galley(ui, more, theme::regular(theme::SMALL));
    let with_more = AROUND + main.size().x + theme::GAP + more.size().x;
    let has_more = more.size().x > 0.0 && with_more <= width;
    let wanted = if has_more { with_more } else { AROUND + main.size().x };
    let (rect, response) = ui.allocate_exact_size(vec2(wanted.ceil(), theme::HEADER_CONTROL), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    let palette = theme::palette(ui);
    plate(ui, rect, &colours(palette, Kind::Plain, &response), &response);
    let place = |x: f32| Rect::from_center_size(pos2(x, rect.center().y), Vec2::splat(theme::ICON));
    icon(
        ui.painter(),
        symbol,
        place(rect.left() + theme::BUTTON_SIDE + theme::ICON / 2.0),
        palette.weak,
    );
    icon(
        ui.painter(),
        Icon::ChevronDown,
        place(rect.right() - theme::GAP - theme::ICON / 2.0),
        palette.weak,
    );
    let left = rect.left() + theme::BUTTON_SIDE + theme::ICON + theme::GAP;
    let at = |left: f32, text: &Galley| pos2(left, rect.center().y - text.size().y / 2.0);
    let after = left + main.size().x + theme::GAP;
    ui.painter().galley(at(left, &main), main.clone(), palette.text);
    if has_more {
        ui.painter().galley(at(after, &more), more.clone(), palette.weak);
    }
    if main.text() == text && (has_more || more.is_empty()) {
        response
    } else {
        response.on_hover_text(format!("{text}  {}", more.text()))
    }
}

/// What unfolds more of a form. Its arrow stands in line with the labels.
pub(crate) fn fold(ui: &mut Ui, is_open: bool, text: &str) -> Response {
    let symbol = if is_open { Icon::ChevronDown } else { Icon::ChevronRight };
    let text_width = galley(ui, text, theme::strong(theme::BODY)).size().x;
    let size = vec2(theme::ICON + theme::GAP + text_width, theme::CONTROL);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::DisclosureTriangle, ui.is_enabled(), is_open, text));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let palette = theme::palette(ui);
    let colours = colours(palette, Kind::Quiet, &response);
    plate(ui, rect.expand2(vec2(theme::GAP, 0.0)), &colours, &response);
    let place = pos2(rect.left() + theme::ICON / 2.0, rect.center().y);
    let place = Rect::from_center_size(place, Vec2::splat(theme::ICON));
    icon(ui.painter(), symbol, place, palette.weak);
    let text = galley(ui, text, theme::strong(theme::BODY));
    let place = pos2(rect.right() - text_width, rect.center().y - text.size().y / 2.0);
    ui.painter().galley(place, text, palette.text);
    response
}

/// One line that is no wider than `width`.
pub(super) fn shortened_galley(ui: &Ui, text: &str, font: &FontId, width: f32) -> Arc<Galley> {
    galley(ui, &shortened(ui, text, font, width), font.clone())
}

/// What leads to a page: an icon with a name on hover, or the name itself; underlined where it is the page that is shown.
pub(crate) fn tab(ui: &mut Ui, selected: bool, symbol: Option<Icon>, label: &str) -> Response {
    let text = galley(ui, label, theme::regular(theme::BODY));
    let width = symbol.map_or(text.size().x + 2.0 * theme::TAB_SIDE, |_| theme::HEADER_CONTROL);
    let (rect, response) = ui.allocate_exact_size(vec2(width, theme::HEADER_CONTROL), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, ui.is_enabled(), selected, label));
    if ui.is_rect_visible(rect) {
        let palette = theme::palette(ui);
        let mut colours = colours(palette, Kind::Quiet, &response);
        if selected {
            colours.text = palette.text;
        }
        plate(ui, rect, &colours, &response);
        match symbol {
            Some(symbol) => {
                let place = Rect::from_center_size(rect.center(), Vec2::splat(theme::ICON));
                icon(ui.painter(), symbol, place, colours.text);
            }
            None => ui
                .painter()
                .galley(rect.center() - text.size() / 2.0, text, colours.text),
        }
        if selected {
            // On the line below the bar, which the page continues.
            let bottom = rect.center().y + theme::HEADER / 2.0;
            let line = Rect::from_min_max(
                pos2(rect.left() + theme::TAB_SIDE, bottom - theme::TAB_LINE),
                pos2(rect.right() - theme::TAB_SIDE, bottom),
            );
            ui.painter().rect_filled(line, theme::TAB_LINE_CORNER, palette.text);
        }
    }
    match symbol {
        Some(_) => response.on_hover_text(label),
        None => response,
    }
}
