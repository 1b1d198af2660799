//! Controls that are painted here, so that they look the same everywhere; each has an accessible name.

mod bar;
mod button;
mod icon;
mod text;

pub(crate) use bar::{bar, spinner};
pub(crate) use button::{Kind, button, icon_button, menu_row, pill, row_button};
pub(crate) use icon::{Icon, icon};
pub(crate) use text::{field, line, middle, paragraph};
