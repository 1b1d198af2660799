//! Controls that are painted here, so that they look the same everywhere; each has an accessible name.

mod bar;
mod button;
mod dialog;
mod icon;
mod menu;
mod text;
mod type_icon;

pub(crate) use bar::{bar, spinner};
pub(crate) use button::{Kind, button, icon_button, menu_row, passed_by_tab, pill, row_button, row_button_width, tab};
pub(crate) use dialog::{dialog, dialog_buttons};
pub(crate) use icon::{Icon, icon};
pub(crate) use menu::{MenuEntry, MenuOutcome, divider, heading, popup_menu};
pub(crate) use text::{field, line, middle, paragraph};
pub(crate) use type_icon::type_icon;

use eframe::egui::{Layout, Rect, Ui, UiBuilder};

/// Draws into `rect` without moving on what comes after it.
pub(crate) fn inside<R>(ui: &mut Ui, rect: Rect, layout: Layout, add: impl FnOnce(&mut Ui) -> R) -> R {
    add(&mut ui.new_child(UiBuilder::new().max_rect(rect).layout(layout)))
}
