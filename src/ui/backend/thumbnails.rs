//! Thumbnails, decoded on a thread of their own: one picture at a time, the most wanted first, whatever the file
//! holds. Only what is wanted now is made: what was scrolled past is dropped.
//!
//! A file is from outside. It is opened only where it is a regular file of the size that was queued, unchanged since it was
//! sent; its header is read first, and what would take much memory is refused before a pixel is decoded; a decoder that panics costs its thumbnail.

use super::{Report, Reporter};
use crate::ui::action::RowOf;
use eframe::egui::ColorImage;
use image::{DynamicImage, ImageDecoder as _, ImageError, ImageReader, Limits};
use std::fs::File;
use std::io::BufReader;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::SystemTime;

/// Pixels a side: twice the points that it is drawn with, for screens of twice the resolution.
const SIDE: u32 = 80;
/// A larger file is not read for its thumbnail.
const MAX_FILE_BYTES: u64 = 64 << 20;
/// What a decoded picture may take: a photograph of 64 megapixels. It lives until its thumbnail is made.
const MAX_DECODED_BYTES: u64 = 192 << 20;
/// What a decoder may take beside the picture.
const MAX_DECODER_BYTES: u64 = 256 << 20;
/// The longest side: a strip of one pixel's height is no picture.
const MAX_SIDE: u32 = 30_000;

/// A wish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ThumbnailRequest {
    /// Whose.
    pub(crate) of: RowOf,
    /// The file.
    pub(crate) path: PathBuf,
    /// Its size when it was queued: another file at its place is not shown.
    pub(crate) size_bytes: u64,
    /// When it was sent, where it has been: what was written later is another picture.
    pub(crate) sent_at: Option<SystemTime>,
}

/// The thread, started with the first wish. It ends when this is dropped and what is wanted was made.
#[derive(Debug, Default)]
pub(super) struct Thumbnailer {
    wishes: Option<Sender<Vec<ThumbnailRequest>>>,
}

impl Thumbnailer {
    /// These are wanted now, the most wanted last, and no others.
    pub(super) fn ask(&mut self, requests: Vec<ThumbnailRequest>, reporter: &Reporter) {
        let wishes = self.wishes.get_or_insert_with(|| {
            let (wishes, asked) = channel();
            let reporter = reporter.clone();
            let thread = std::thread::Builder::new().name("thumbnails".to_owned());
            // Where the system refuses a thread, nobody hears the wishes: rows keep the icon of their type.
            let _no_thumbnails = thread.spawn(move || work(&asked, &reporter)).is_err();
            wishes
        });
        let _nobody_hears = wishes.send(requests).is_err();
    }
}

fn work(asked: &Receiver<Vec<ThumbnailRequest>>, reporter: &Reporter) {
    let mut wanted = Vec::new();
    loop {
        if wanted.is_empty() {
            let Ok(newer) = asked.recv() else { return };
            wanted = newer;
        }
        if let Some(newest) = asked.try_iter().last() {
            wanted = newest;
        }
        if let Some(request) = wanted.pop() {
            let picture = make(&request).ok().map(Arc::new);
            reporter.send(Report::Thumbnail(request.of, picture));
        }
    }
}

/// Why there is no thumbnail; the row shows the icon of its type, whatever it is.
#[derive(Debug, thiserror::Error)]
enum NoThumbnail {
    #[error("not the file that was queued")]
    AnotherFile,
    #[error("more pixels or bytes than a thumbnail is worth")]
    TooLarge,
    #[error("not a picture that can be decoded")]
    NotDecoded,
    #[error("the decoder panicked")]
    Panicked,
}

impl From<ImageError> for NoThumbnail {
    fn from(error: ImageError) -> Self {
        match error {
            ImageError::Limits(_) => Self::TooLarge,
            _ => Self::NotDecoded,
        }
    }
}

fn make(request: &ThumbnailRequest) -> Result<ColorImage, NoThumbnail> {
    let file = open(request)?;
    catch_unwind(AssertUnwindSafe(|| decode(file))).unwrap_or(Err(NoThumbnail::Panicked))
}

/// Looked at before it is opened: opening a pipe waits for its other end.
fn open(request: &ThumbnailRequest) -> Result<File, NoThumbnail> {
    let look = std::fs::metadata(&request.path).map_err(|_gone| NoThumbnail::AnotherFile)?;
    // A file system that does not tell when a file was written is believed.
    let written_later = request
        .sent_at
        .is_some_and(|sent_at| look.modified().is_ok_and(|written_at| written_at > sent_at));
    if !look.is_file() || look.len() != request.size_bytes || written_later {
        return Err(NoThumbnail::AnotherFile);
    }
    if request.size_bytes > MAX_FILE_BYTES {
        return Err(NoThumbnail::TooLarge);
    }
    File::open(&request.path).map_err(|_gone| NoThumbnail::AnotherFile)
}

fn decode(file: File) -> Result<ColorImage, NoThumbnail> {
    let reader = ImageReader::new(BufReader::new(file)).with_guessed_format();
    let mut reader = reader.map_err(|_unread| NoThumbnail::NotDecoded)?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_DECODER_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    if decoder.total_bytes() > MAX_DECODED_BYTES {
        return Err(NoThumbnail::TooLarge);
    }
    // What a camera that was held upright writes beside the pixels.
    let orientation = decoder.orientation().ok();
    let mut square = middle_square(&DynamicImage::from_decoder(decoder)?);
    if let Some(orientation) = orientation {
        square.apply_orientation(orientation);
    }
    let pixels = square.to_rgba8();
    let size = [pixels.width(), pixels.height()].map(|side| usize::try_from(side).unwrap_or_default());
    Ok(ColorImage::from_rgba_unmultiplied(size, pixels.as_raw()))
}

/// The middle of the picture, as large a square as there is, scaled down to [`SIDE`]; a small picture keeps its size.
fn middle_square(picture: &DynamicImage) -> DynamicImage {
    let (width, height) = (picture.width().max(1), picture.height().max(1));
    let shorter = width.min(height);
    let side = shorter.min(SIDE);
    let scaled = |length: u32| {
        let scaled = u64::from(length) * u64::from(side) / u64::from(shorter);
        u32::try_from(scaled).unwrap_or(side).max(side)
    };
    let (width, height) = (scaled(width), scaled(height));
    let small = picture.thumbnail_exact(width, height);
    small.crop_imm((width - side) / 2, (height - side) / 2, side, side)
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must fail loudly"
)]
mod tests {
    use super::*;
    use crate::engine::UploadId;
    use eframe::egui::Color32;
    use image::codecs::jpeg::JpegEncoder;
    use image::{ImageEncoder as _, ImageFormat, Rgb, RgbImage};
    use std::path::Path;
    use std::time::Duration;
    use tempfile::TempDir;

    const RED: Rgb<u8> = Rgb([255, 0, 0]);
    const BLUE: Rgb<u8> = Rgb([0, 0, 255]);

    /// Red above, blue below.
    fn flag(width: u32, height: u32) -> RgbImage {
        RgbImage::from_fn(width, height, |_, y| if y < height / 2 { RED } else { BLUE })
    }

    fn file(folder: &TempDir, name: &str, bytes: &[u8]) -> (PathBuf, u64) {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        (path, u64::try_from(bytes.len()).unwrap())
    }

    fn wish(path: &Path, size_bytes: u64) -> ThumbnailRequest {
        ThumbnailRequest {
            of: RowOf::Upload(UploadId(1)),
            path: path.to_owned(),
            size_bytes,
            sent_at: None,
        }
    }

    fn is_like(colour: Color32, expected: Rgb<u8>) -> bool {
        let pairs = [colour.r(), colour.g(), colour.b()].into_iter().zip(expected.0);
        pairs.into_iter().all(|(is, wanted)| is.abs_diff(wanted) < 40)
    }

    #[test]
    fn the_middle_of_a_picture_is_scaled_to_a_square() {
        let folder = TempDir::new().unwrap();
        for (name, format) in [
            ("a.png", ImageFormat::Png),
            ("a.jpg", ImageFormat::Jpeg),
            ("a.gif", ImageFormat::Gif),
            ("a.webp", ImageFormat::WebP),
            ("a.bmp", ImageFormat::Bmp),
        ] {
            let path = folder.path().join(name);
            flag(400, 200).save_with_format(&path, format).unwrap();
            let size_bytes = std::fs::metadata(&path).unwrap().len();
            let picture = make(&wish(&path, size_bytes)).unwrap();
            assert_eq!(picture.size, [80, 80], "{name}");
            assert!(is_like(picture.pixels[0], RED), "{name}: {:?}", picture.pixels[0]);
            assert!(is_like(picture.pixels[80 * 80 - 1], BLUE), "{name}");
        }
    }

    #[test]
    fn a_small_picture_keeps_its_size_and_a_thin_one_its_middle() {
        let folder = TempDir::new().unwrap();
        for (size, expected) in [((16, 16), 16), ((3000, 20), 20), ((1, 900), 1)] {
            let path = folder.path().join("a.png");
            flag(size.0, size.1).save(&path).unwrap();
            let picture = make(&wish(&path, std::fs::metadata(&path).unwrap().len())).unwrap();
            assert_eq!(picture.size, [expected, expected]);
        }
    }

    /// A TIFF header with one entry: orientation 3, upside down.
    fn upside_down() -> Vec<u8> {
        let mut exif = b"II*\0\x08\0\0\0\x01\0".to_vec();
        exif.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, 3, 0, 0, 0]);
        exif.extend([0, 0, 0, 0]);
        exif
    }

    #[test]
    fn a_camera_that_was_held_upside_down_is_turned() {
        let folder = TempDir::new().unwrap();
        let picture = flag(200, 200);
        let mut bytes = Vec::new();
        let mut encoder = JpegEncoder::new(&mut bytes);
        encoder.set_exif_metadata(upside_down()).unwrap();
        encoder.encode_image(&picture).unwrap();
        let (path, size_bytes) = file(&folder, "a.jpg", &bytes);
        let picture = make(&wish(&path, size_bytes)).unwrap();
        assert!(is_like(picture.pixels[0], BLUE), "{:?}", picture.pixels[0]);
    }

    /// A PNG of `side` × `side` black pixels whose data end before they begin.
    fn png_header(side: u32) -> Vec<u8> {
        let mut header = b"IHDR".to_vec();
        header.extend(side.to_be_bytes());
        header.extend(side.to_be_bytes());
        header.extend([8, 2, 0, 0, 0]);
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0d".to_vec();
        png.extend(&header);
        png.extend(crc32(&header).to_be_bytes());
        png.extend(b"\0\0\0\0IDAT");
        png.extend(crc32(b"IDAT").to_be_bytes());
        png
    }

    /// As PNG's specification computes it.
    fn crc32(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
                if crc & 1 == 1 {
                    0xEDB8_8320 ^ (crc >> 1)
                } else {
                    crc >> 1
                }
            })
        })
    }

    #[test]
    fn a_decompression_bomb_is_refused_by_its_header() {
        let folder = TempDir::new().unwrap();
        for side in [50_000, 20_000, u32::MAX >> 1] {
            let (path, size_bytes) = file(&folder, "bomb.png", &png_header(side));
            let refused = make(&wish(&path, size_bytes));
            assert!(matches!(refused, Err(NoThumbnail::TooLarge)), "{side}: {refused:?}");
        }
        // Decoded, it would be found to end before it begins.
        let (path, size_bytes) = file(&folder, "small.png", &png_header(20));
        assert!(matches!(make(&wish(&path, size_bytes)), Err(NoThumbnail::NotDecoded)));
    }

    #[test]
    fn what_is_no_picture_gone_or_changed_has_none() {
        let folder = TempDir::new().unwrap();
        let (path, size_bytes) = file(&folder, "a.png", b"not a picture at all");
        assert!(matches!(make(&wish(&path, size_bytes)), Err(NoThumbnail::NotDecoded)));
        assert!(matches!(
            make(&wish(&path, size_bytes + 1)),
            Err(NoThumbnail::AnotherFile)
        ));
        let gone = folder.path().join("gone.png");
        assert!(matches!(make(&wish(&gone, 1)), Err(NoThumbnail::AnotherFile)));
        assert!(matches!(make(&wish(folder.path(), 1)), Err(NoThumbnail::AnotherFile)));
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_is_never_opened() {
        let folder = TempDir::new().unwrap();
        let pipe = folder.path().join("pipe.png");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
        assert!(made.success());
        // Opening it would wait for ever.
        assert!(matches!(make(&wish(&pipe, 0)), Err(NoThumbnail::AnotherFile)));
    }

    #[test]
    fn what_was_written_after_it_was_sent_is_another_picture() {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("a.png");
        flag(40, 40).save(&path).unwrap();
        let look = std::fs::metadata(&path).unwrap();
        let written_at = look.modified().unwrap();
        let sent_at = |sent_at| ThumbnailRequest {
            sent_at: Some(sent_at),
            ..wish(&path, look.len())
        };
        assert!(make(&sent_at(written_at)).is_ok());
        let before = make(&sent_at(written_at - Duration::from_millis(1)));
        assert!(matches!(before, Err(NoThumbnail::AnotherFile)), "{before:?}");
    }

    #[test]
    fn only_what_is_wanted_now_is_made_the_most_wanted_first() {
        let folder = TempDir::new().unwrap();
        let (sender, mut reports) = tokio::sync::mpsc::unbounded_channel();
        let reporter = Reporter {
            reports: sender,
            window: eframe::egui::Context::default(),
        };
        let (wishes, asked) = channel();
        let gone = folder.path().join("gone.png");
        let wanted = |ids: std::ops::Range<u64>| -> Vec<ThumbnailRequest> {
            ids.map(|id| ThumbnailRequest {
                of: RowOf::Upload(UploadId(id)),
                ..wish(&gone, 1)
            })
            .collect()
        };
        // Scrolled past before the thread came to them.
        for first in 0..1000 {
            wishes.send(wanted(first..first + 10)).unwrap();
        }
        drop(wishes);
        work(&asked, &reporter);
        let made = std::iter::from_fn(|| match reports.try_recv() {
            Ok(Report::Thumbnail(RowOf::Upload(upload), picture)) => Some((upload.0, picture.is_some())),
            _ => None,
        });
        let expected: Vec<(u64, bool)> = (999..1009).rev().map(|id| (id, false)).collect();
        assert_eq!(made.collect::<Vec<_>>(), expected);
    }
}
