//! Controls that are painted here, so that they look the same everywhere; each has an accessible name.

mod bar;
mod button;
mod dialog;
mod form;
mod icon;
mod menu;
mod segmented;
mod select;
mod switch;
mod text;
mod type_icon;

pub(crate) use bar::{bar, spinner, waiting};
pub(crate) use button::{
    Kind, area_button, button, describe, fold, icon_button, passed_by_tab, pill, row_button, row_button_width,
    steady_button, tab,
};
pub(crate) use dialog::{dialog, dialog_buttons, dialog_buttons_beside, dialog_with_foot, note_focus, return_focus};
pub(crate) use form::{entered, error_ui, label_ui, meaning_ui, option_ui, option_with_note, values_ui};
pub(crate) use icon::{Icon, icon};
pub(crate) use menu::{MenuEntry, MenuOutcome, divider, heading, menu_row, popup_menu};
pub(crate) use segmented::segmented;
pub(crate) use select::{choice_row, select};
pub(crate) use switch::{described_row, switch};
pub(crate) use text::{field, line, middle, paragraph, parts, search_field, secret_area, secret_field, width_of};
pub(crate) use type_icon::type_icon;

use super::theme;
use eframe::egui::{Align, Layout, Rect, Response, Ui, UiBuilder};

/// Draws into `rect` without moving on what comes after it.
pub(crate) fn inside<R>(ui: &mut Ui, rect: Rect, layout: Layout, add: impl FnOnce(&mut Ui) -> R) -> R {
    add(&mut ui.new_child(UiBuilder::new().max_rect(rect).layout(layout)))
}

/// Gives a page that scrolls `theme::SCROLL_BAR` more at its right, in the window's margin, where its bar is beside what it
/// scrolls.
pub(crate) fn with_bar_beside<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let mut all = ui.available_rect_before_wrap();
    all.max.x += theme::SCROLL_BAR;
    inside(ui, all, Layout::top_down(Align::Min), add)
}

/// Asks for what has just been measured to be drawn once more, before it is seen: where this is the last pass of a frame,
/// in the next one. Without that a wrong picture would stand until something else happens.
pub(crate) fn draw_again(ui: &Ui, reason: &'static str) {
    ui.ctx().request_discard(reason);
    if !ui.ctx().will_discard() {
        ui.ctx().request_repaint();
    }
}

/// The keyboard begins on a control, unless it is somewhere already.
pub(crate) fn begin_on(ui: &Ui, response: &Response) {
    if ui.memory(|memory| memory.focused().is_none()) {
        response.request_focus();
    }
}

/// Draws one line at the right end of `rect`, and gives where it begins. It is filled from the left, so that the keyboard
/// and screen readers go through it as people read; its width is that of the pass before.
pub(crate) fn at_right(ui: &mut Ui, rect: Rect, add: impl FnOnce(&mut Ui)) -> f32 {
    let id = ui.scope_id().with("width of what is at the right");
    let width = ui.data(|data| data.get_temp::<f32>(id)).unwrap_or(theme::UNMEASURED);
    let place = rect.with_min_x(rect.right() - width);
    let used = inside(ui, place, Layout::left_to_right(Align::Center), |ui| {
        add(ui);
        ui.min_rect().width()
    });
    if (used - width).abs() > 0.5 {
        ui.data_mut(|data| data.insert_temp(id, used));
        draw_again(ui, "the width of what is at the right is known");
    }
    place.left()
}
