//! Thumbnails of rows in sight, of uploads and of the history. Few are kept: others are made again when they come into sight.

use super::{Model, Page};
use crate::engine::{UploadId, UploadRow};
use crate::store::{HistoryEntry, Stamp};
use crate::ui::action::{Effect, RowOf};
use crate::ui::backend::ThumbnailRequest;
use crate::ui::file_type::FileType;
use eframe::egui::{TextureHandle, TextureId, Vec2};
use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// How many pictures are kept: 25 KiB each.
const PICTURES: usize = 256;
/// How many rows are remembered to have none. Others are tried again when they come into sight.
const NOTHINGS: usize = 4096;

/// What is known of rows' thumbnails.
#[derive(Debug, Default)]
pub(crate) struct Thumbnails {
    known: HashMap<RowOf, Known>,
    pictures: usize,
    /// What the thread was last told to make, without what has come since.
    asked: Vec<RowOf>,
    /// Counts frames in which something was in sight.
    clock: u64,
}

enum Known {
    Nothing,
    Picture {
        texture: TextureHandle,
        /// The frame in which it was last in sight.
        seen: u64,
    },
}

impl fmt::Debug for Known {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Nothing => "Nothing",
            Self::Picture { .. } => "Picture",
        })
    }
}

impl Thumbnails {
    /// The picture of a row, and its pixels.
    pub(crate) fn picture(&self, of: RowOf) -> Option<(TextureId, Vec2)> {
        match self.known.get(&of)? {
            Known::Picture { texture, .. } => Some((texture.id(), texture.size_vec2())),
            Known::Nothing => None,
        }
    }

    /// Whether one is to be made of the file at `path`.
    fn is_wanted(&self, of: RowOf, path: &Path, size_bytes: u64) -> bool {
        size_bytes > 0 && !self.known.contains_key(&of) && FileType::of_path(path) == FileType::Image
    }

    /// These are in sight: theirs are kept longest.
    fn saw(&mut self, in_sight: &[RowOf]) {
        self.clock += 1;
        for of in in_sight {
            if let Some(Known::Picture { seen, .. }) = self.known.get_mut(of) {
                *seen = self.clock;
            }
        }
    }

    /// The file may be another one now.
    pub(super) fn forget(&mut self, of: RowOf) {
        self.asked.retain(|asked| *asked != of);
        if let Some(Known::Picture { .. }) = self.known.remove(&of) {
            self.pictures -= 1;
        }
    }

    /// Entries of the history that had none are tried again: their files may be back.
    pub(super) fn try_entries_again(&mut self) {
        self.known
            .retain(|of, known| !matches!((of, known), (RowOf::Entry(_), Known::Nothing)));
    }

    /// Forgets those of uploads for which `is_there` does not hold.
    pub(super) fn retain_uploads(&mut self, is_there: impl Fn(&UploadId) -> bool) {
        self.known.retain(|of, _| match of {
            RowOf::Upload(upload) => is_there(upload),
            RowOf::Entry(_) => true,
        });
        let pictures = self
            .known
            .values()
            .filter(|known| matches!(known, Known::Picture { .. }));
        self.pictures = pictures.count();
    }

    fn came(&mut self, of: RowOf, texture: TextureHandle) {
        self.forget(of);
        let seen = self.clock;
        self.known.insert(of, Known::Picture { texture, seen });
        self.pictures += 1;
        if self.pictures > PICTURES {
            let pictures = self.known.iter().filter_map(|(of, known)| match known {
                Known::Picture { seen, .. } => Some((*seen, *of)),
                Known::Nothing => None,
            });
            if let Some((_, oldest)) = pictures.min_by_key(|(seen, _)| *seen) {
                self.forget(oldest);
            }
        }
    }

    /// There is none to be had.
    fn came_to_nothing(&mut self, of: RowOf) {
        self.forget(of);
        if self.known.len() - self.pictures >= NOTHINGS {
            self.known.retain(|_, known| matches!(known, Known::Picture { .. }));
        }
        self.known.insert(of, Known::Nothing);
    }
}

impl Model {
    /// After a frame: says which thumbnails are wanted where that is not what the thread was told before. The uppermost is
    /// the last: it is wanted most.
    pub(crate) fn want_thumbnails(&mut self) -> Option<Effect> {
        let in_sight: Vec<RowOf> = match self.page {
            Page::Uploads => self.rows.layout.in_sight().rev().map(RowOf::Upload).collect(),
            Page::History => self.history.in_sight.iter().rev().copied().map(RowOf::Entry).collect(),
            Page::Settings => Vec::new(),
        };
        self.thumbnails.saw(&in_sight);
        let wanted = in_sight.iter().filter_map(|of| self.thumbnail_request(*of));
        let requests: Vec<ThumbnailRequest> = wanted.collect();
        if requests.iter().map(|request| &request.of).eq(&self.thumbnails.asked) {
            return None;
        }
        self.thumbnails.asked = requests.iter().map(|request| request.of).collect();
        Some(Effect::MakeThumbnails(requests))
    }

    /// `None` where there is one, where there can be none, and where the entry has not been read yet.
    fn thumbnail_request(&self, of: RowOf) -> Option<ThumbnailRequest> {
        let (path, size_bytes, sent_at) = match of {
            RowOf::Upload(upload) => {
                let row: &UploadRow = self.row_of(upload)?;
                (row.path.as_ref(), row.size_bytes, None)
            }
            RowOf::Entry(Stamp { id, .. }) => {
                let entry: &HistoryEntry = self.history.entry(id)?;
                (Path::new(&entry.path), entry.size_bytes, Some(sent_at(entry)))
            }
        };
        self.thumbnails
            .is_wanted(of, path, size_bytes)
            .then(|| ThumbnailRequest {
                of,
                path: PathBuf::from(path),
                size_bytes,
                sent_at,
            })
    }

    /// A thumbnail was made.
    pub(crate) fn thumbnail_came(&mut self, of: RowOf, texture: TextureHandle) {
        if self.is_row(of) {
            self.thumbnails.came(of, texture);
        }
    }

    /// There is no thumbnail to be had.
    pub(crate) fn no_thumbnail(&mut self, of: RowOf) {
        if self.is_row(of) {
            self.thumbnails.came_to_nothing(of);
        }
    }

    /// Whether a row is still there. What of the history is not, is one of few, and let go as others come.
    fn is_row(&self, of: RowOf) -> bool {
        match of {
            RowOf::Upload(upload) => self.row_of(upload).is_some(),
            RowOf::Entry(_) => true,
        }
    }
}

fn sent_at(entry: &HistoryEntry) -> SystemTime {
    let since_epoch = u64::try_from(entry.done_at.as_millisecond()).unwrap_or_default();
    SystemTime::UNIX_EPOCH + Duration::from_millis(since_epoch)
}
