//! Thumbnails of rows in sight. Few are kept: others are made again when they come into sight.

use super::Model;
use crate::engine::{UploadId, UploadRow};
use crate::ui::action::Effect;
use crate::ui::backend::ThumbnailRequest;
use crate::ui::file_type::FileType;
use eframe::egui::{TextureHandle, TextureId, Vec2};
use std::collections::HashMap;
use std::fmt;

/// How many are kept: 25 KiB each.
const KEPT: usize = 256;

/// What is known of rows' thumbnails.
#[derive(Debug, Default)]
pub(crate) struct Thumbnails {
    known: HashMap<UploadId, Known>,
    pictures: usize,
    /// Counts frames in which something was in sight.
    clock: u64,
}

enum Known {
    Asked,
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
            Self::Asked => "Asked",
            Self::Nothing => "Nothing",
            Self::Picture { .. } => "Picture",
        })
    }
}

impl Thumbnails {
    /// The picture of `upload`, and its pixels.
    pub(crate) fn picture(&self, upload: UploadId) -> Option<(TextureId, Vec2)> {
        match self.known.get(&upload)? {
            Known::Picture { texture, .. } => Some((texture.id(), texture.size_vec2())),
            Known::Asked | Known::Nothing => None,
        }
    }

    /// Whether one is to be asked for.
    fn is_wanted(&self, row: &UploadRow) -> bool {
        FileType::of_path(&row.path) == FileType::Image && row.size_bytes > 0 && !self.known.contains_key(&row.id)
    }

    /// These are in sight: theirs are kept longest.
    fn saw(&mut self, in_sight: &[UploadId]) {
        self.clock += 1;
        for upload in in_sight {
            if let Some(Known::Picture { seen, .. }) = self.known.get_mut(upload) {
                *seen = self.clock;
            }
        }
    }

    /// The file may be another one now.
    pub(super) fn forget(&mut self, upload: UploadId) {
        if let Some(Known::Picture { .. }) = self.known.remove(&upload) {
            self.pictures -= 1;
        }
    }

    /// Forgets all for which `is_there` does not hold.
    pub(super) fn retain(&mut self, is_there: impl Fn(&UploadId) -> bool) {
        self.known.retain(|upload, _| is_there(upload));
        let pictures = self
            .known
            .values()
            .filter(|known| matches!(known, Known::Picture { .. }));
        self.pictures = pictures.count();
    }

    fn came(&mut self, upload: UploadId, texture: TextureHandle) {
        self.forget(upload);
        let seen = self.clock;
        self.known.insert(upload, Known::Picture { texture, seen });
        self.pictures += 1;
        if self.pictures > KEPT {
            let seen = |known: &Known| match known {
                Known::Picture { seen, .. } => Some(*seen),
                Known::Asked | Known::Nothing => None,
            };
            let pictures = self
                .known
                .iter()
                .filter_map(|(upload, known)| Some((seen(known)?, *upload)));
            if let Some((_, oldest)) = pictures.min() {
                self.forget(oldest);
            }
        }
    }
}

impl Model {
    /// After a frame: asks for what is in sight and has no thumbnail yet, the uppermost last: it is wanted most.
    pub(crate) fn want_thumbnails(&mut self) -> Option<Effect> {
        let in_sight: Vec<UploadId> = self.rows.layout.in_sight().rev().collect();
        self.rows.thumbnails.saw(&in_sight);
        let rows = in_sight.iter().filter_map(|upload| self.row_of(*upload));
        let wanted = rows.filter(|row| self.rows.thumbnails.is_wanted(row));
        let requests: Vec<ThumbnailRequest> = wanted
            .map(|row| ThumbnailRequest {
                upload: row.id,
                path: row.path.clone(),
                size_bytes: row.size_bytes,
            })
            .collect();
        let asked = requests.iter().map(|request| (request.upload, Known::Asked));
        self.rows.thumbnails.known.extend(asked);
        (!requests.is_empty()).then_some(Effect::MakeThumbnails(requests))
    }

    /// A thumbnail was made.
    pub(crate) fn thumbnail_came(&mut self, upload: UploadId, texture: TextureHandle) {
        if self.row_of(upload).is_some() {
            self.rows.thumbnails.came(upload, texture);
        }
    }

    /// There is no thumbnail to be had; where `for_now`, it is asked for again when its row comes into sight.
    pub(crate) fn no_thumbnail(&mut self, upload: UploadId, for_now: bool) {
        if for_now {
            self.rows.thumbnails.forget(upload);
        } else if self.row_of(upload).is_some() {
            self.rows.thumbnails.known.insert(upload, Known::Nothing);
        }
    }
}
