//! Uploads whose object key exists already, and whose destination says to ask: what the person answers.

use super::Model;
use crate::engine::{Command, UploadId, UploadRow};
use crate::store::ExistsPolicy;
use crate::ui::action::{Answer, Effect, RowOf};
use std::sync::Arc;

impl Model {
    /// Takes an answer for one upload, or for all that wait for one.
    pub(super) fn answer(&mut self, upload: Option<UploadId>, answer: Answer) -> Vec<Effect> {
        let mut asking: Vec<Arc<UploadRow>> = match upload {
            Some(upload) => self.row_of(upload).cloned().into_iter().collect(),
            None => self.rows.listing.asking().cloned().collect(),
        };
        // What has ended otherwise since it was drawn asks nothing any more.
        asking.retain(|row| row.asks());
        asking.iter().filter_map(|row| self.answer_one(row, answer)).collect()
    }

    /// An answer is for this time alone: the destination goes on asking.
    fn answer_one(&mut self, row: &UploadRow, answer: Answer) -> Option<Effect> {
        let upload = row.id;
        let if_exists = match answer {
            Answer::KeepBoth => ExistsPolicy::Unique,
            Answer::Replace => ExistsPolicy::Replace,
            Answer::Skip => return Some(Effect::send(Command::Remove(vec![upload]))),
        };
        let mut destination = self.sent_to(row)?.clone();
        destination.if_exists = if_exists;
        self.destinations.insert(upload, Arc::new(destination.clone()));
        self.progress.remove(&upload);
        self.thumbnails.forget(RowOf::Upload(upload));
        let destination = Some(Box::new(destination));
        Some(Effect::send(Command::Retry { upload, destination }))
    }
}
