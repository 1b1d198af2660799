//! Controls that are painted here, so that they look the same everywhere; each has an accessible name.

mod bar;
mod button;
mod dialog;
mod icon;
mod menu;
mod text;

pub(crate) use bar::{bar, spinner};
pub(crate) use button::{Kind, button, icon_button, menu_row, pill, row_button, tab};
pub(crate) use dialog::{dialog, dialog_buttons};
pub(crate) use icon::{Icon, icon};
pub(crate) use menu::{divider, heading};
pub(crate) use text::{field, line, middle, paragraph};

use eframe::egui::{Layout, Rect, Ui, UiBuilder};

/// Draws into `rect` without moving on what comes after it.
pub(crate) fn inside<R>(ui: &mut Ui, rect: Rect, layout: Layout, add: impl FnOnce(&mut Ui) -> R) -> R {
    add(&mut ui.new_child(UiBuilder::new().max_rect(rect).layout(layout)))
}
