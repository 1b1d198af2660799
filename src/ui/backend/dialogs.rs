//! The system's file dialogs, or the news that it has none.

use super::{Report, Reporter};
use std::path::PathBuf;
use std::time::{Duration, Instant};
use tokio::runtime::Handle;

/// An answer this quick was given by nobody: rfd 0.17 says "nothing picked" where there is neither portal nor zenity.
const TOO_QUICK_FOR_A_PERSON: Duration = Duration::from_millis(400);

/// What is to be chosen: a dialog shows files or folders, never both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// Any number of files.
    Files,
    /// Any number of folders.
    Folders,
    /// One folder, to watch it.
    WatchedFolder,
}

/// Opens the dialog over `frame` and reports what came of it.
pub(super) fn choose(runtime: &Handle, frame: &eframe::Frame, what: What, reporter: Reporter) {
    let dialog = rfd::AsyncFileDialog::new().set_parent(frame);
    let opened = Instant::now();
    let report = move |chosen: Option<Vec<rfd::FileHandle>>| {
        let paths: Vec<PathBuf> = chosen
            .unwrap_or_default()
            .iter()
            .map(|file| file.path().to_owned())
            .collect();
        let is_too_quick = opened.elapsed() < TOO_QUICK_FOR_A_PERSON;
        reporter.send(match (paths.first(), what) {
            (Some(folder), What::WatchedFolder) => Report::WatchedFolderChosen(folder.clone()),
            (Some(_), What::Files | What::Folders) => Report::Chosen(paths),
            (None, _) if is_too_quick && cfg!(target_os = "linux") => Report::NoDialog,
            (None, _) => Report::NothingChosen,
        });
    };
    match what {
        What::Files => {
            let chosen = dialog.pick_files();
            runtime.spawn(async move { report(chosen.await) });
        }
        What::Folders => {
            let chosen = dialog.pick_folders();
            runtime.spawn(async move { report(chosen.await) });
        }
        What::WatchedFolder => {
            let chosen = dialog.pick_folder();
            runtime.spawn(async move { report(chosen.await.map(|folder| vec![folder])) });
        }
    }
}
