//! Files, a picture or text from the clipboard. The owner of an X11 selection may take seconds to answer: never on the
//! window's thread.

use super::pasted::{self, PastedPicture};
use super::{Report, Reporter};
use crate::store::Folders;
use eframe::egui::{Color32, ColorImage};
use std::borrow::Cow;
use tokio::runtime::Handle;

/// Reads, and reports.
pub(super) fn read(runtime: &Handle, folders: Option<Folders>, reporter: Reporter) {
    runtime.spawn_blocking(move || reporter.send(look(folders.as_ref())));
}

/// A file manager offers a file's path as text too, a browser a picture's address: what says most comes first.
fn look(folders: Option<&Folders>) -> Report {
    let Ok(mut clipboard) = arboard::Clipboard::new() else {
        return Report::ClipboardUnreadable;
    };
    // X11 says "incorrect type" as an unknown error where there are no files: any error means none.
    if let Ok(files) = clipboard.get().file_list()
        && !files.is_empty()
    {
        return Report::PastedFiles(files);
    }
    match clipboard.get_image() {
        Ok(image) => return pasted::keep(folders, PastedPicture::from(image)),
        Err(arboard::Error::ConversionFailure) => return Report::PictureNotPasted(pasted::NotPasted::Unreadable),
        Err(_) => {}
    }
    match clipboard.get_text() {
        Ok(text) if !text.trim().is_empty() => Report::PastedText(text),
        Ok(_) | Err(_) => Report::NothingToPaste,
    }
}

impl From<arboard::ImageData<'_>> for PastedPicture {
    fn from(image: arboard::ImageData<'_>) -> Self {
        Self {
            width: image.width,
            height: image.height,
            rgba: Cow::into_owned(image.bytes),
        }
    }
}

impl From<&ColorImage> for PastedPicture {
    fn from(image: &ColorImage) -> Self {
        let pixels = image.pixels.iter();
        Self {
            width: image.width(),
            height: image.height(),
            rgba: pixels.flat_map(Color32::to_srgba_unmultiplied).collect(),
        }
    }
}
