//! What a person does with the rows of the list.

use crate::engine::UploadId;
use crate::store::CopyFormat;
use eframe::egui::Rect;

/// A wish about the list, its selection or one of its rows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum RowsAction {
    /// Select a row.
    Select(UploadId, Extend),
    /// Go to another row by the keyboard.
    Step(Step, Extend),
    /// The keyboard came to this row: nothing is selected by that.
    Focus(UploadId),
    /// Select all rows.
    SelectAll,
    /// Copy the links of the selected.
    CopySelected,
    /// Take the selected off the list; what is on its way is asked about.
    RemoveSelected,
    /// Stop the selected that are on their way (asks if bytes would be lost), else select nothing.
    Escape,
    /// Stop these.
    Cancel(Vec<UploadId>),
    /// What becomes of an upload whose object key exists already; `None`: of all of them.
    Answer(Option<UploadId>, Answer),
    /// Copy a link in this format.
    CopyAs(UploadId, CopyFormat),
    /// Send the file of an upload that is done once more.
    SendAgain(UploadId),
    /// Open the menu of a row at this place of the window.
    OpenMenu(UploadId, Rect),
    /// Close it.
    CloseMenu,
}

/// What a person says where an object exists already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// The new one gets another key.
    KeepBoth,
    /// The new one takes the old one's place.
    Replace,
    /// It is not sent.
    Skip,
}

/// What becomes of what was selected before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extend {
    /// It is not selected any more.
    Replace,
    /// It stays, and the row changes sides (Ctrl, Cmd).
    Toggle,
    /// All from where the selection began are selected (Shift).
    Range,
}

/// A way through the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// By so many rows, up where negative.
    By(isize),
    /// To the first row.
    First,
    /// To the last row.
    Last,
}
