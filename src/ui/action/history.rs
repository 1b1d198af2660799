//! What a person does with the history.

use super::{Extend, Step};
use crate::store::{CopyFormat, Stamp};
use eframe::egui::Rect;

/// A wish about the history, its selection or one of its entries.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum HistoryAction {
    /// The keyboard goes to the search field, from any page.
    FocusSearch,
    /// The search field says something else.
    Search,
    /// Empty the search field.
    ClearSearch,
    /// Ask again: another window may have changed the history.
    Refresh,
    /// Entries that came in sight are to be read.
    Read(Vec<i64>),
    /// Select an entry.
    Select(Stamp, Extend),
    /// Go to another entry by the keyboard.
    Step(Step, Extend),
    /// The keyboard came to this entry: nothing is selected by that.
    Focus(Stamp),
    /// Select all that were found.
    SelectAll,
    /// Select nothing.
    SelectNothing,
    /// Copy the links of the selected.
    CopySelected,
    /// Copy an entry's link in this format.
    CopyAs(i64, CopyFormat),
    /// Forget the selected; several are asked about.
    ForgetSelected,
    /// Ask whether all is to be forgotten.
    AskForgetAll,
    /// Forget these.
    Forget(Forgetting),
    /// Open the menu of an entry at this place of the window.
    OpenMenu(Stamp, Rect),
    /// Close it.
    CloseMenu,
}

/// What is to be forgotten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Forgetting {
    /// These entries.
    Entries(Vec<i64>),
    /// Every entry, found or not.
    All,
}
