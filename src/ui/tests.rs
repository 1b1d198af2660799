//! The window as a person (or a screen reader) finds it, without a display: states in, labels and wishes out.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must fail loudly"
)]

mod asking;
mod checkup;
mod copying;
mod deletion;
mod destination;
mod destination_form;
mod environment;
mod fixtures;
mod footer;
mod forms;
mod handed;
mod hands;
mod history;
mod language;
mod large_lists;
mod meanwhile;
mod notifications;
mod panel;
mod pictures;
mod profile;
mod row_menu;
mod rows;
mod settings;
mod tab_order;
mod texts;
mod thumbnails;
mod ticket;
mod troubleshooting;
mod unfinished;
mod watching;
mod ways_in;
