//! Files, a picture or text from the clipboard, and a text onto it. The owner of an X11 selection may take seconds to
//! answer: never on the window's thread.

use super::pasted::{self, NotPasted, PastedPicture};
use super::{Report, Reporter};
use crate::store::Folders;
use eframe::egui::{Color32, ColorImage};
use std::borrow::Cow;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::task::JoinHandle;

/// Longer than the X11 side waits by itself. On Wayland nothing there counts the time: an owner that hangs would be waited
/// for as long as it does.
const PATIENCE: Duration = Duration::from_secs(10);

/// What the clipboard holds.
#[derive(Debug)]
enum Held {
    Picture(PastedPicture),
    /// All else needs no more work.
    Other(Report),
}

/// Reads, and reports. The task ends with the reading.
pub(super) fn read(runtime: &Handle, folders: Option<Folders>, reporter: Reporter) -> JoinHandle<()> {
    let handle = runtime.clone();
    runtime.spawn(async move {
        match in_time(PATIENCE, look).await {
            Held::Picture(picture) => pasted::keep_in_background(&handle, folders, picture, reporter),
            Held::Other(report) => reporter.send(report),
        }
    })
}

/// What does not come in time is not there: the thread that waits for it is left behind.
async fn in_time(patience: Duration, look: impl FnOnce() -> Held + Send + 'static) -> Held {
    match tokio::time::timeout(patience, tokio::task::spawn_blocking(look)).await {
        Ok(Ok(held)) => held,
        Ok(Err(_panicked)) => Held::Other(Report::NothingToPaste),
        Err(_elapsed) => {
            tracing::debug!("the clipboard's owner does not answer");
            Held::Other(Report::NothingToPaste)
        }
    }
}

/// A file manager offers a file's path as text too, a browser a picture's address: what says most comes first.
fn look() -> Held {
    let Ok(mut clipboard) = arboard::Clipboard::new() else {
        return Held::Other(Report::ClipboardUnreadable);
    };
    // X11 says "incorrect type" as an unknown error where there are no files: any error means none.
    if let Ok(files) = clipboard.get().file_list()
        && !files.is_empty()
    {
        return Held::Other(Report::PastedFiles(files));
    }
    match clipboard.get_image() {
        Ok(image) => return Held::Picture(PastedPicture::from(image)),
        Err(arboard::Error::ConversionFailure) => {
            return Held::Other(Report::PictureNotPasted(NotPasted::Unreadable));
        }
        Err(_) => {}
    }
    Held::Other(match clipboard.get_text() {
        Ok(text) if !text.trim().is_empty() => Report::PastedText(text),
        Ok(_) | Err(_) => Report::NothingToPaste,
    })
}

/// What is on the clipboard, for as long as this lives and nobody copies something else.
#[derive(Clone, Default)]
pub(super) struct Copied(Arc<Mutex<Option<arboard::Clipboard>>>);

impl std::fmt::Debug for Copied {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Copied").finish_non_exhaustive()
    }
}

impl Copied {
    /// Copies as a clipboard manager does, whoever has the keyboard; reports the text where the system has no such way.
    pub(super) fn copy(&self, runtime: &Handle, text: String, reporter: Reporter) {
        let copied = self.clone();
        runtime.spawn_blocking(move || {
            if let Err(error) = copied.try_to_copy(&text) {
                tracing::debug!(%error, "a text is copied later");
                reporter.send(Report::NotCopied(text));
            }
        });
    }

    fn try_to_copy(&self, text: &str) -> Result<(), arboard::Error> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let clipboard = match &mut *held {
            Some(clipboard) => clipboard,
            none => none.insert(arboard::Clipboard::new()?),
        };
        clipboard.set_text(text)
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

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    #[test]
    fn an_owner_that_hangs_is_given_up() {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let (hangs, answer) = channel::<()>();
        let held = runtime.block_on(in_time(Duration::from_millis(10), move || {
            assert!(answer.recv().is_err(), "never answered");
            Held::Other(Report::PastedText("late".to_owned()))
        }));
        assert!(matches!(held, Held::Other(Report::NothingToPaste)), "{held:?}");
        drop(hangs);
    }
}
