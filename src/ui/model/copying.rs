//! What is put on the clipboard, in the format of the destination that it went to.

use super::Model;
use crate::engine::{BatchId, Done, Stage, UploadRow};
use crate::store::CopyFormat;
use crate::ui::action::{CopySource, Effect};
use crate::ui::copy_text::{CopyParts, copy_text};
use crate::ui::theme;

impl Model {
    /// How uploads of `batch` are copied: as its destination says; the URL where it has several.
    pub(crate) fn copy_format(&self, batch: BatchId) -> CopyFormat {
        let destination = self.batches.get(&batch).and_then(|note| note.destination.as_ref());
        destination
            .map(|destination| destination.copy.clone())
            .unwrap_or_default()
    }

    /// What is copied for an upload of `batch` that is done.
    pub(crate) fn copied_text(&self, batch: BatchId, done: &Done) -> String {
        copy_text(&self.copy_format(batch), &CopyParts::from(done))
    }

    /// The same for all of `rows` that are done, one a line.
    pub(crate) fn copied_texts<'a>(&self, rows: impl Iterator<Item = &'a UploadRow>) -> Vec<String> {
        let texts = rows.filter_map(|row| match &row.stage {
            Stage::Done(done) => Some(self.copied_text(row.batch, done)),
            _ => None,
        });
        texts.collect()
    }

    /// Puts text on the clipboard, and lets the button that did it say so for a moment.
    pub(super) fn copy(&mut self, source: CopySource, text: String, now: f64) -> Vec<Effect> {
        if text.is_empty() {
            return Vec::new();
        }
        self.copied = Some((source, now + theme::COPIED_SECONDS));
        vec![Effect::Copy(text)]
    }

    /// Whether the clipboard button of `source` says "Copied" now.
    pub(crate) fn just_copied(&self, source: CopySource) -> bool {
        self.copied.is_some_and(|(copied, _)| copied == source)
    }
}
