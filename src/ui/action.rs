//! What the drawn window asks for, and what then has to be done outside of it.

mod history;
mod rows;

pub(crate) use history::{Forgetting, HistoryAction};
pub(crate) use rows::{Answer, Extend, RowsAction, Step};

use super::backend::{ThumbnailRequest, TicketFile, What};
use super::model::{
    CheckupAction, DeleteTarget, DestinationAction, Page, Place, ProfileAction, SettingsAction, TicketAction,
    UnfinishedAction, WatchAction,
};
use crate::engine::{BatchId, Command, ObjectOf, Surroundings, UploadId};
use crate::store::{Destination, Stamp, ThemeChoice};
use eframe::egui::Rect;
use std::path::PathBuf;

/// A person's wish, pushed by what is drawn and carried out by [`super::model::Model::act`].
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Action {
    /// Files go by this profile (`None`: what the environment says).
    PickProfile(Option<String>),
    /// Files go to this bucket of the chosen profile.
    PickBucket(String),
    /// Files go to the embedded S3.
    PickSandbox,
    /// Files go to a destination that was saved.
    PickSaved(Box<Destination>),
    /// The endpoint and region fields are filled in.
    ApplyEndpoint,
    /// Around examinations of destinations.
    Checkup(CheckupAction),
    /// Around forms that are pasted.
    Ticket(TicketAction),
    /// Forms of the function that an upload went to may go to this host, too; and the upload is tried again.
    TrustHost(UploadId, String),
    /// Around saved destinations.
    Destination(DestinationAction),
    /// Ask for the buckets again.
    ReloadBuckets,
    /// Open the file dialog.
    ChooseFiles,
    /// Open the folder dialog.
    ChooseFolder,
    /// Add what the path field says.
    AddTypedPath,
    /// Take what the clipboard holds.
    Paste,
    /// Hide the path field.
    ClosePathField,
    /// Begin with a held batch now.
    SendNow(BatchId),
    /// Take a held batch back.
    Undo(BatchId),
    /// Forget what was dropped before there was a destination.
    ForgetParked,
    /// Stop an upload; asks where bytes of it were sent.
    Cancel(UploadId),
    /// Try an upload again, perhaps to a changed destination.
    Retry(UploadId, Option<Box<Destination>>),
    /// Go on with every interrupted upload.
    ResumeAll,
    /// Take an ended upload off the list.
    Remove(UploadId),
    /// Take all ended uploads off the list.
    RemoveEnded,
    /// Something about the list, its selection or one of its rows.
    Rows(RowsAction),
    /// Put a text on the clipboard and say so where the button was.
    Copy(CopySource, String),
    /// Put a link that opens a private object for a while on the clipboard.
    CopyTemporaryLink(ObjectOf),
    /// Put the URLs of all that is done on the clipboard.
    CopyAllUrls,
    /// Open a URL.
    Open(String),
    /// Show a file in its folder, by the system's file manager.
    ShowInFolder(PathBuf),
    /// Something about the history.
    History(HistoryAction),
    /// Fold a failure's details out or in.
    ToggleDetails(UploadId),
    /// Take a message away.
    DismissTrouble(usize),
    /// Go to a page.
    Show(Page),
    /// A choice on the settings page.
    Settings(SettingsAction),
    /// About parts uploads that nobody has finished.
    Unfinished(UnfinishedAction),
    /// About watched folders.
    Watch(WatchAction),
    /// Show a URL as a QR code.
    ShowQr(String),
    /// Ask whether an object is to be deleted from S3.
    AskDelete(DeleteTarget),
    /// Delete the object that was asked about.
    Delete(ObjectOf),
    /// The dialog "Add a profile…".
    Profile(ProfileAction),
    /// Close the dialog; what was typed in it is gone.
    CloseDialog,
    /// Do not close.
    KeepUploading,
    /// Close in spite of uploads on the way.
    Quit,
}

/// Which button copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CopySource {
    /// The link of a row.
    Link(ObjectOf),
    /// A row's temporary link.
    TemporaryLink(ObjectOf),
    /// A row's details.
    Details(UploadId),
    /// A row's command.
    RowCommand(UploadId),
    /// The command of the message on top.
    Command,
    /// The footer's button.
    AllUrls,
    /// The report of an examination.
    CheckupReport,
    /// The IAM policy beside it.
    CheckupPolicy,
    /// A path of the settings page.
    Place(Place),
    /// The diagnostics.
    Diagnostics,
}

/// What a row, or its thumbnail, is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum RowOf {
    /// An upload of the list.
    Upload(UploadId),
    /// An entry of the history.
    Entry(Stamp),
}

impl RowOf {
    /// Opens its menu beside `anchor`.
    pub(crate) fn open_menu(self, anchor: Rect) -> Action {
        match self {
            Self::Upload(upload) => Action::Rows(RowsAction::OpenMenu(upload, anchor)),
            Self::Entry(stamp) => Action::History(HistoryAction::OpenMenu(stamp, anchor)),
        }
    }
}

/// What the desktop shows beside other programs' news.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Notification {
    /// One line.
    pub(crate) summary: String,
    /// A line or two.
    pub(crate) body: String,
    /// What a click does.
    pub(crate) show: &'static str,
}

/// What an [`Action`] or an event leads to outside of the model.
#[derive(Clone, Debug)]
pub(crate) enum Effect {
    /// To the engine.
    Send(Box<Command>),
    /// To the clipboard.
    Copy(String),
    /// To the browser.
    Open(String),
    /// To the desktop.
    Notify(Notification),
    /// To the file manager.
    ShowInFolder(PathBuf),
    /// Read the clipboard.
    Paste,
    /// Look whether these typed paths are there.
    LookAt(Vec<PathBuf>),
    /// Read a form from its file.
    ReadTicket(TicketFile),
    /// Delete a file that may be a pasted picture's.
    ForgetPasted(PathBuf),
    /// To the thread that makes thumbnails: these are wanted now, the most wanted last, and no others.
    MakeThumbnails(Vec<ThumbnailRequest>),
    /// A dialog of the system.
    Choose(What),
    /// Start the embedded S3.
    StartSandbox,
    /// Collect the diagnostics; these things only the window knows.
    CollectDiagnostics(Surroundings),
    /// Follow another theme.
    Theme(ThemeChoice),
    /// Draw everything so large, in percent.
    Zoom(u16),
    /// Close the window.
    Close,
}

impl Effect {
    /// To the engine.
    pub(crate) fn send(command: Command) -> Self {
        Self::Send(Box::new(command))
    }
}
