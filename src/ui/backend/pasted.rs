//! Pictures from the clipboard: a file in the data folder each, for as long as its upload may need it.

use super::{Report, Reporter};
use crate::store::{Database, Folders, private_folder};
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, RgbaImage};
use std::fs::File;
use std::io::{BufWriter, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::runtime::Handle;

/// More than any screen has; as many bytes again are needed to write it.
const MOST_PIXELS: usize = 100_000_000;

/// What another window may still hold for a destination is younger.
const LEFTOVER_AGE: Duration = Duration::from_hours(24);

/// A picture as the clipboard gives it.
#[derive(Debug)]
pub(crate) struct PastedPicture {
    /// In pixels.
    pub(crate) width: usize,
    /// In pixels.
    pub(crate) height: usize,
    /// Four bytes a pixel, row by row, not premultiplied.
    pub(crate) rgba: Vec<u8>,
}

/// Why a picture cannot be uploaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotPasted {
    /// It has more than [`MOST_PIXELS`].
    TooLarge,
    /// It is broken, or does not fit into memory.
    Unreadable,
    /// The disk does not take it.
    NotWritten,
}

/// Writes a picture in the background, and reports its file.
pub(super) fn keep_in_background(
    runtime: &Handle,
    folders: Option<Folders>,
    picture: PastedPicture,
    reporter: Reporter,
) {
    runtime.spawn_blocking(move || reporter.send(keep(folders.as_ref(), picture)));
}

/// Writes a picture as `clipboard-2026-01-02-030405.png`.
fn keep(folders: Option<&Folders>, picture: PastedPicture) -> Report {
    let written = match folders {
        Some(folders) => write(&folders.pasted_dir(), picture),
        None => Err(NotPasted::NotWritten),
    };
    match written {
        Ok(file) => Report::PastedPicture(file),
        Err(reason) => Report::PictureNotPasted(reason),
    }
}

/// Deletes a file, if it is one of these.
pub(super) fn forget(folders: Option<&Folders>, file: &Path) {
    if folders.is_some_and(|folders| file.parent() == Some(folders.pasted_dir().as_path())) {
        delete(file);
    }
}

/// Deletes what an earlier window left and nobody will upload.
pub(super) fn clear_leftovers(runtime: &Handle, folders: Option<Folders>) {
    let Some(folders) = folders else { return };
    runtime.spawn_blocking(move || {
        let old = old_files(&folders.pasted_dir());
        if old.is_empty() {
            return;
        }
        let Ok(database) = Database::open(&folders.database_file()) else {
            return;
        };
        for file in old {
            if database.is_queued(&file).is_ok_and(|queued| !queued) {
                delete(&file);
            }
        }
    });
}

fn old_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let is_old = |entry: &std::fs::DirEntry| {
        let modified = entry.metadata().and_then(|metadata| metadata.modified()).ok();
        modified
            .and_then(|modified| modified.elapsed().ok())
            .is_some_and(|age| age > LEFTOVER_AGE)
    };
    entries.filter(is_old).map(|entry| entry.path()).collect()
}

/// A file left lying is only untidy: it is found the next time.
fn delete(file: &Path) {
    if let Err(error) = std::fs::remove_file(file) {
        tracing::debug!(%error, "a pasted picture stays");
    }
}

fn write(folder: &Path, picture: PastedPicture) -> Result<PathBuf, NotPasted> {
    if picture.width.saturating_mul(picture.height) > MOST_PIXELS {
        return Err(NotPasted::TooLarge);
    }
    let size = |pixels: usize| u32::try_from(pixels).map_err(|_overflow| NotPasted::Unreadable);
    let image = RgbaImage::from_raw(size(picture.width)?, size(picture.height)?, picture.rgba);
    let image = image.filter(|image| !image.is_empty()).ok_or(NotPasted::Unreadable)?;
    let name = jiff::ZonedDateTime::now()
        .strftime("clipboard-%Y-%m-%d-%H%M%S")
        .to_string();
    let (file, path) = new_file(folder, &name).map_err(|error| not_written(&error))?;
    encode(image, file).map(|()| path.clone()).map_err(|error| {
        delete(&path);
        not_written(&error)
    })
}

fn not_written(error: &std::io::Error) -> NotPasted {
    tracing::warn!(%error, "a pasted picture cannot be written");
    NotPasted::NotWritten
}

/// A name not taken: several pictures may be pasted within a second.
fn new_file(folder: &Path, name: &str) -> std::io::Result<(File, PathBuf)> {
    private_folder(folder)?;
    for count in 1_u32..1000 {
        let number = if count == 1 { String::new() } else { format!("-{count}") };
        let path = folder.join(format!("{name}{number}.png"));
        match File::create_new(&path) {
            Ok(file) => return Ok((file, path)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

/// Without its transparency where it has none: most screens' pictures, and a quarter less to send.
fn encode(image: RgbaImage, file: File) -> std::io::Result<()> {
    let opaque = image.pixels().all(|pixel| pixel.0[3] == u8::MAX);
    let image = DynamicImage::ImageRgba8(image);
    let image = if opaque { image.into_rgb8().into() } else { image };
    let mut writer = BufWriter::new(file);
    let encoder = PngEncoder::new_with_quality(&mut writer, CompressionType::Default, FilterType::Adaptive);
    image.write_with_encoder(encoder).map_err(std::io::Error::other)?;
    writer.flush()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
mod tests {
    use super::*;
    use crate::store::{Destination, DestinationKind, QueuedFile};
    use std::time::SystemTime;

    fn picture(alpha: u8) -> PastedPicture {
        let rgba = [10, 20, 30, alpha, 250, 0, 5, 255].to_vec();
        PastedPicture {
            width: 2,
            height: 1,
            rgba,
        }
    }

    #[test]
    fn pictures_are_written_as_they_are_each_under_its_own_name() {
        let (_dir, folders) = Folders::of_a_test();
        let mut names = std::collections::HashSet::new();
        for alpha in [255, 7, 0] {
            let file = write(&folders.pasted_dir(), picture(alpha)).unwrap();
            let read = image::open(&file).unwrap();
            assert_eq!(read.color().has_alpha(), alpha != 255);
            assert_eq!(read.into_rgba8().into_raw(), picture(alpha).rgba);
            assert!(names.insert(file));
        }
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_may_look_at_them() {
        use std::os::unix::fs::PermissionsExt as _;
        let (_dir, folders) = Folders::of_a_test();
        write(&folders.pasted_dir(), picture(255)).unwrap();
        let mode = folders.pasted_dir().metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
    }

    #[test]
    fn what_is_no_picture_is_not_written() {
        let (_dir, folders) = Folders::of_a_test();
        let write = |width, height, rgba| {
            let picture = PastedPicture { width, height, rgba };
            write(&folders.pasted_dir(), picture)
        };
        assert_eq!(write(20_000, 20_000, Vec::new()), Err(NotPasted::TooLarge));
        assert_eq!(write(usize::MAX, usize::MAX, Vec::new()), Err(NotPasted::TooLarge));
        assert_eq!(write(0, 0, Vec::new()), Err(NotPasted::Unreadable));
        assert_eq!(write(3, 3, vec![0; 4]), Err(NotPasted::Unreadable));
        std::fs::create_dir_all(&folders.data).unwrap();
        std::fs::write(folders.pasted_dir(), "in the way").unwrap();
        assert_eq!(write(1, 1, vec![0; 4]), Err(NotPasted::NotWritten));
    }

    #[test]
    fn only_old_files_that_are_not_queued_are_leftovers() {
        let (_dir, folders) = Folders::of_a_test();
        let new = || write(&folders.pasted_dir(), picture(255)).unwrap();
        let (young, old, queued) = (new(), new(), new());
        for file in [&old, &queued] {
            let two_days_ago = SystemTime::now() - 2 * LEFTOVER_AGE;
            File::options()
                .write(true)
                .open(file)
                .unwrap()
                .set_modified(two_days_ago)
                .unwrap();
        }
        let mut database = Database::open(&folders.database_file()).unwrap();
        let row = QueuedFile {
            path: queued.clone(),
            dir: String::new(),
            destination: Destination::new("s", DestinationKind::Sandbox).into(),
        };
        database.enqueue(&[row]).unwrap();

        let runtime = tokio::runtime::Runtime::new().unwrap();
        clear_leftovers(runtime.handle(), Some(folders));
        // Waits for what it has begun.
        drop(runtime);
        assert!(young.exists() && queued.exists() && !old.exists());
    }

    #[test]
    fn a_persons_own_files_are_never_forgotten() {
        let (dir, folders) = Folders::of_a_test();
        let own = dir.path().join("clipboard-own.png");
        std::fs::write(&own, "x").unwrap();
        let pasted = write(&folders.pasted_dir(), picture(255)).unwrap();
        for file in [&own, &pasted] {
            forget(Some(&folders), file);
        }
        assert!(own.exists() && !pasted.exists());
    }
}
