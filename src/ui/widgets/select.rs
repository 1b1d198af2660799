//! One of several: what is chosen, with a menu of all that could be, each with what it means.

use super::super::theme;
use super::button::{Kind, colours, plate, shortened_galley};
use super::{Icon, describe, icon};
use eframe::egui::{
    Color32, Popup, Rect, RectAlign, Response, Role, ScrollArea, Sense, Ui, Vec2, WidgetInfo, pos2, vec2,
};

/// A field of `width` that shows `current`, called `name`; pressed, it opens a menu of what `add` draws.
pub(crate) fn select(ui: &mut Ui, name: &str, current: &str, width: f32, add: impl FnOnce(&mut Ui)) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(width, theme::CONTROL), Sense::click());
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::ComboBox, ui.is_enabled(), name);
        info.current_text_value = Some(current.to_owned());
        info
    });
    let palette = theme::palette(ui);
    let colours = colours(palette, Kind::Plain, &response);
    plate(ui, rect, &colours, &response);
    let chevron = pos2(rect.right() - theme::GAP - theme::ICON / 2.0, rect.center().y);
    let chevron = Rect::from_center_size(chevron, Vec2::splat(theme::ICON));
    icon(ui.painter(), Icon::ChevronDown, chevron, palette.weak);
    let left = rect.left() + theme::GAP;
    let text = shortened_galley(
        ui,
        current,
        &theme::regular(theme::BODY),
        chevron.left() - theme::TIGHT - left,
    );
    let place = pos2(left, rect.center().y - text.size().y / 2.0);
    ui.painter().galley(place, text, colours.text);
    let mut chosen = false;
    Popup::menu(&response)
        .align(RectAlign::BOTTOM_START)
        .gap(theme::TIGHT)
        .width(width.max(theme::MENU))
        .accessible_name(name)
        .show(|ui| {
            ui.set_width(width.max(theme::MENU));
            ui.spacing_mut().item_spacing.y = 2.0;
            ScrollArea::vertical().max_height(theme::MENU_LIST).show(ui, add);
            chosen = ui.will_parent_close();
        });
    if chosen {
        // The line that the keyboard was on is gone.
        response.request_focus();
    }
    response
}

/// One line of a [`select`]'s menu, with what it means below it. Chosen, in whatever way, it closes the menu.
pub(crate) fn choice_row(ui: &mut Ui, checked: bool, text: &str, meaning: &str) -> Response {
    let palette = theme::palette(ui);
    let inner_width = ui.available_width() - theme::ROOM - theme::ICON;
    let main = shortened_galley(ui, text, &theme::regular(theme::BODY), inner_width);
    let below = ui.painter().layout(
        meaning.to_owned(),
        theme::regular(theme::SMALL),
        Color32::PLACEHOLDER,
        inner_width,
    );
    let below_height = if meaning.is_empty() { 0.0 } else { below.size().y };
    let height = (main.size().y + below_height + theme::WIDE).max(theme::CONTROL);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::MenuItemRadio, ui.is_enabled(), checked, text));
    describe(ui, &response, meaning);
    if response.clicked() {
        ui.close();
    }
    if !ui.is_rect_visible(rect) {
        return response;
    }
    plate(ui, rect, &colours(palette, Kind::Quiet, &response), &response);
    let top = rect.center().y - f32::midpoint(main.size().y, below_height);
    let main_height = main.size().y;
    ui.painter()
        .galley(pos2(rect.left() + theme::GAP, top), main, palette.text);
    if below_height > 0.0 {
        let place = pos2(rect.left() + theme::GAP, top + main_height);
        ui.painter().galley(place, below, palette.weak);
    }
    if checked {
        let place = pos2(rect.right() - theme::GAP - theme::ICON / 2.0, rect.center().y);
        let place = Rect::from_center_size(place, Vec2::splat(theme::ICON));
        icon(ui.painter(), Icon::Check, place, palette.accent);
    }
    response
}
