//! Rows first: plain structs of all that is shown, built from the model. The drawing adds nothing but places.

mod checkup;
mod chosen;
mod fixes;
mod footer;
mod handed;
mod history;
mod history_menu;
mod link;
mod preview;
mod profile;
mod row;
mod row_menu;
mod settings;
mod strips;
mod unfinished;
mod watches;

pub(crate) use checkup::{CheckupRow, checkup_outcome, checkup_rows};
pub(crate) use chosen::{Chosen, chosen, destination_symbol};
pub(crate) use footer::{Footer, footer};
pub(crate) use handed::{drop_hint, forbidden, handed_facts, ticket_lines};
pub(crate) use history::{HistoryHead, Nothing, day_title, history_head, history_row, nothing};
pub(crate) use history_menu::history_menu;
pub(crate) use preview::{FormPreview, Preview, form_preview, preview};
pub(crate) use profile::{FormField, profile_fields};
pub(crate) use row::{FailureView, Row, RowButton, row};
pub(crate) use row_menu::row_menu;
pub(crate) use settings::{KeptPlace, kept_places, settings_strips};
pub(crate) use strips::{Strip, strips};
pub(crate) use unfinished::{BucketLook, bucket_looks};
pub(crate) use watches::{WatchLine, watch_lines};

use super::theme::Palette;
use eframe::egui::Color32;

/// What a colour says; never said by the colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Nothing to see.
    Weak,
    /// Moving.
    Accent,
    /// Done.
    Good,
    /// To be looked at.
    Careful,
    /// Failed.
    Bad,
}

impl Tone {
    /// Its colour.
    pub(crate) fn colour(self, palette: &Palette) -> Color32 {
        match self {
            Self::Weak => palette.weak,
            Self::Accent => palette.accent,
            Self::Good => palette.good,
            Self::Careful => palette.careful,
            Self::Bad => palette.bad,
        }
    }
}
