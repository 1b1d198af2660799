//! Pictures from the clipboard are files of ours: they go with their row of the list. Until then they can be sent again.

use super::Model;
use crate::engine::{BatchId, Done, Stage, UploadId};
use crate::ui::action::Effect;
use std::collections::HashSet;
use std::path::PathBuf;

/// Pictures pasted into this window.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pasted {
    /// Those that no row of the list stands for yet.
    files: HashSet<PathBuf>,
    /// Those on the list.
    rows: Vec<(UploadId, PathBuf)>,
}

impl Model {
    /// A picture from the clipboard, in a file of ours.
    pub(crate) fn pasted_picture(&mut self, file: PathBuf) -> Vec<Effect> {
        if !self.takes_files() {
            return vec![Effect::ForgetPasted(file)];
        }
        self.pasted.files.insert(file.clone());
        self.pasted_files(vec![file])
    }

    /// Learns which row stands for a pasted picture.
    pub(super) fn pasted_row_came(&mut self, batch: BatchId) {
        if self.pasted.files.is_empty() {
            return;
        }
        for row in self.snapshot.uploads.of_chunks(|chunk| chunk.batch() == batch) {
            if self.pasted.files.remove(row.path.as_ref()) {
                self.pasted.rows.push((row.id, row.path.to_path_buf()));
            }
        }
    }

    /// An upload that an earlier window was asked for may have been of a picture too: its folder is looked at outside.
    pub(super) fn pasted_row_done(&mut self, upload: UploadId, done: &Done) {
        let name = done.path.file_name().unwrap_or_default().to_string_lossy();
        let is_known = self.pasted.rows.iter().any(|(id, _)| *id == upload);
        if name.starts_with("clipboard-") && !is_known {
            self.pasted.rows.push((upload, done.path.to_path_buf()));
        }
    }

    /// Files that no later window will need, when this one closes.
    pub(crate) fn pasted_and_ended(&mut self) -> Vec<PathBuf> {
        let uploads = &self.snapshot.uploads;
        let has_ended = |id: &UploadId| {
            uploads
                .get(*id)
                .is_none_or(|row| matches!(row.stage, Stage::Done(_) | Stage::Cancelled | Stage::Deleted { .. }))
        };
        let rows = self.pasted.rows.drain(..).filter(|(id, _)| has_ended(id));
        rows.map(|(_, file)| file).chain(self.pasted.files.drain()).collect()
    }

    /// Files whose row has been taken off the list.
    pub(super) fn forget_pasted(&mut self) -> Vec<Effect> {
        let uploads = &self.snapshot.uploads;
        let gone = |(id, _): &mut (UploadId, PathBuf)| uploads.get(*id).is_none();
        let gone = self.pasted.rows.extract_if(.., gone);
        gone.map(|(_, file)| Effect::ForgetPasted(file)).collect()
    }

    /// Files that waited for a destination in vain.
    pub(super) fn forget_parked(&mut self) -> Vec<Effect> {
        self.parked_are_to_be_shown = false;
        let parked = std::mem::take(&mut self.parked).into_iter();
        let ours = parked.filter(|path| self.pasted.files.remove(path));
        ours.map(Effect::ForgetPasted).collect()
    }
}
