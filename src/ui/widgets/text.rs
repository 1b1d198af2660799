//! Lines, paragraphs and fields of text.

use super::super::{names, theme};
use super::{Icon, icon, inside};
use eframe::egui::{
    Align, Align2, Color32, FontId, Label, Layout, Rect, Response, RichText, Role, ScrollArea, TextEdit, Ui, Vec2,
    WidgetInfo, pos2,
};

/// One line at the left of `rect`, in its middle; the end is left out where it is too long.
pub(crate) fn line(ui: &mut Ui, rect: Rect, text: &str, font: FontId, colour: Color32) -> Response {
    inside(ui, rect, Layout::left_to_right(Align::Center), |ui| {
        ui.add(Label::new(RichText::new(text).font(font).color(colour)).truncate())
    })
}

/// A file's name on one line: shortened in the middle, in full on hover and to a screen reader.
pub(crate) fn middle(ui: &mut Ui, rect: Rect, name: &str, font: &FontId, colour: Color32) -> Response {
    let short = shortened(ui, name, font, rect.width());
    let shortened = short != name;
    let response = inside(ui, rect, Layout::left_to_right(Align::Center), |ui| {
        ui.add(Label::new(RichText::new(short).font(font.clone()).color(colour)).extend())
    });
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, name));
    if shortened {
        response.on_hover_text(name)
    } else {
        response
    }
}

/// Facts divided by ` · ` on one line: as many of them as there is room for, all of them on hover and to a screen reader.
pub(crate) fn parts(ui: &mut Ui, rect: Rect, facts: &str, font: &FontId, colour: Color32) -> Response {
    let fits = |text: &str| width_of(ui, text, font) <= rect.width();
    let mut shown = facts;
    while let Some((before, _)) = shown.rsplit_once(" · ").filter(|_| !fits(shown)) {
        shown = before;
    }
    let response = line(ui, rect, shown, font.clone(), colour);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, facts));
    if shown == facts {
        response
    } else {
        response.on_hover_text(facts)
    }
}

/// Wrapped text.
pub(crate) fn paragraph(ui: &mut Ui, text: &str, font: FontId, colour: Color32) -> Response {
    let label = Label::new(RichText::new(text).font(font).color(colour)).wrap();
    if ui.layout().horizontal_justify() {
        // As wide as a menu are its rows; in text that would tear the words apart.
        return ui.with_layout(Layout::top_down(Align::Min), |ui| ui.add(label)).inner;
    }
    ui.add(label)
}

/// A one-line field with an accessible name and a hint.
pub(crate) fn field(ui: &mut Ui, text: &mut String, name: &str, hint: &str, width: f32) -> Response {
    let field = one_line(ui, text, hint, width);
    let response = ui.add(field);
    named(response, text, name, hint)
}

/// The same with a magnifying glass, and room for a cross at its end.
pub(crate) fn search_field(ui: &mut Ui, text: &mut String, name: &str, hint: &str, width: f32) -> Response {
    let field = one_line(ui, text, hint, width).margin(theme::SEARCH_MARGIN);
    let response = ui.add(field);
    let place = pos2(response.rect.left() + theme::SEARCH_ICON, response.rect.center().y);
    let place = Rect::from_center_size(place, Vec2::splat(theme::ICON));
    icon(ui.painter(), Icon::Glass, place, theme::palette(ui).weak);
    named(response, text, name, hint)
}

fn named(response: Response, text: &str, name: &str, hint: &str) -> Response {
    response.widget_info(|| {
        let mut info = WidgetInfo::text_edit(true, text.to_owned(), text.to_owned(), hint);
        info.label = Some(name.to_owned());
        info
    });
    response
}

/// A field whose text is dots while it is `hidden`, to the eye and to a screen reader; egui remembers nothing of it.
pub(crate) fn secret_field(
    ui: &mut Ui,
    text: &mut String,
    name: &str,
    hint: &str,
    width: f32,
    hidden: bool,
) -> Response {
    let response = ui.add(one_line(ui, text, hint, width).password(hidden));
    let shown = if hidden {
        "•".repeat(text.chars().count())
    } else {
        text.clone()
    };
    response.widget_info(|| {
        let mut info = WidgetInfo::text_edit(ui.is_enabled(), shown.clone(), shown.clone(), hint);
        info.label = Some(name.to_owned());
        info
    });
    forget_typed(ui, &response);
    response
}

/// A field of several lines for a text that egui is to remember nothing of.
pub(crate) fn secret_area(ui: &mut Ui, text: &mut String, name: &str, hint: &str) -> Response {
    let width = ui.available_width();
    let field = TextEdit::multiline(text)
        .hint_text(RichText::new(hint).color(theme::palette(ui).weak))
        .desired_width(width)
        .desired_rows(theme::AREA_ROWS)
        .margin(theme::AREA_MARGIN);
    let area = ScrollArea::vertical().id_salt(name).max_height(theme::AREA);
    let response = area.show(ui, |ui| ui.add(field)).inner;
    forget_typed(ui, &response);
    named(response, text, name, hint)
}

/// What could be undone is a copy of it.
fn forget_typed(ui: &Ui, response: &Response) {
    if let Some(mut state) = egui::text_edit::TextEditState::load(ui.ctx(), response.id) {
        state.clear_undoer();
        state.store(ui.ctx(), response.id);
    }
}

fn one_line<'text>(ui: &Ui, text: &'text mut String, hint: &str, width: f32) -> TextEdit<'text> {
    TextEdit::singleline(text)
        .hint_text(RichText::new(hint).color(theme::palette(ui).weak))
        .desired_width(width)
        .min_size(Vec2::new(0.0, theme::CONTROL))
        .align(Align2::LEFT_CENTER)
        .margin(theme::FIELD_MARGIN)
}

/// Text that is no wider than `width` on one line: shortened in the middle where it must be.
pub(super) fn shortened(ui: &Ui, text: &str, font: &FontId, width: f32) -> String {
    names::shorten_middle(text, |text| width_of(ui, text, font) <= width)
}

/// How wide a line of text is.
pub(crate) fn width_of(ui: &Ui, text: &str, font: &FontId) -> f32 {
    let galley = ui
        .painter()
        .layout_no_wrap(text.to_owned(), font.clone(), Color32::PLACEHOLDER);
    galley.size().x
}
