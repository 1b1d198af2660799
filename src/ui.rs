//! The window: rows first, drawing second. Widgets send commands and change nothing themselves.
//!
//! * [`run()`] opens it; `app` is the loop that eframe calls.
//! * `model` is all that the window knows, `action` what changes it, `view_model` what of it is shown.
//! * `*_ui` only draw; every colour and distance is in `theme`, every text in `words`.
//! * `handover` lets a second start hand its paths to the window that is open.
//! * `backend` is the other side: the engine, file dialogs, the clipboard and the sandbox, on threads of their own.

mod action;
mod app;
mod backend;
mod cancel_ui;
mod checkup_ui;
mod closing_ui;
mod copy_text;
mod deletion_ui;
mod destination_form_ui;
mod destination_ui;
mod drop_zone_ui;
mod drops;
mod file_type;
mod fonts;
mod footer_ui;
mod format;
mod handover;
mod history_keys;
mod history_list_ui;
mod history_ui;
mod limits_text;
mod list_keys;
mod list_layout;
mod list_ui;
mod model;
mod names;
mod pasted_text;
mod placement;
mod profile_ui;
mod qr_ui;
mod row_ui;
mod run;
mod settings_ui;
mod strips_ui;
#[cfg(test)]
mod tests;
mod theme;
mod ticket_ui;
mod toasts_ui;
mod uploads_keys;
mod uploads_ui;
mod view_model;
mod watches_ui;
mod widgets;
mod window_ui;
mod words;
mod zoom;

pub use run::{Opened, WindowError, WindowOptions, run};
