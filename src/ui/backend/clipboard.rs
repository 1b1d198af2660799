//! Files or text from the clipboard. The owner of an X11 selection may take seconds to answer: never on the window's
//! thread.

use super::{Report, Reporter};
use tokio::runtime::Handle;

/// Reads, and reports.
pub(super) fn read(runtime: &Handle, reporter: Reporter) {
    runtime.spawn_blocking(move || reporter.send(look()));
}

fn look() -> Report {
    let Ok(mut clipboard) = arboard::Clipboard::new() else {
        return Report::ClipboardUnreadable;
    };
    // X11 says "incorrect type" as an unknown error where there are no files: any error means none.
    if let Ok(files) = clipboard.get().file_list()
        && !files.is_empty()
    {
        return Report::PastedFiles(files);
    }
    match clipboard.get_text() {
        Ok(text) if !text.trim().is_empty() => Report::PastedText(text),
        Ok(_) | Err(_) => Report::NothingToPaste,
    }
}
