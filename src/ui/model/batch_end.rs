//! What is told when a batch has ended: a toast, the links on the clipboard, a notification where nobody looks.

use super::{Message, Model};
use crate::engine::{BatchId, Done, Stage, UploadRow};
use crate::ui::action::{Effect, Notification};
use crate::ui::names;
use std::sync::Arc;

impl Model {
    pub(super) fn batch_ended(&mut self, batch: BatchId, done: &[Arc<Done>], failed: usize, now: f64) -> Vec<Effect> {
        let mut effects = Vec::new();
        if !done.is_empty() && self.settings.copy_when_done {
            self.toast(Message::UrlsCopied(done.len()), true, now);
            let texts: Vec<String> = done.iter().map(|done| self.copied_text(batch, done)).collect();
            effects.push(Effect::Copy(texts.join("\n")));
        }
        if self.settings.notify && !self.in_front {
            effects.extend(self.notification(batch, done, failed).map(Effect::Notify));
        }
        effects
    }

    /// `None` where all were cancelled: whoever did that knows.
    fn notification(&self, batch: BatchId, done: &[Arc<Done>], failed: usize) -> Option<Notification> {
        let words = &self.words.notifications;
        let names = done.iter().map(|done| names::of_path(&done.path));
        let uploads = &self.snapshot.uploads;
        let of_batch = || uploads.of_chunks(|chunk| chunk.batch() == batch && chunk.totals().failed > 0);
        let asking: Vec<_> = of_batch().filter(|row| row.asks()).collect();
        let failed = failed.saturating_sub(asking.len());
        let summary = match (done.len(), failed, asking.len()) {
            (0, 0, 0) => return None,
            (0, 0, asking) => (self.words.rows.asking_strip)(asking),
            (0, failed, _) => (words.failed)(failed),
            (done, 0, _) => (words.done)(done),
            (done, failed, _) => (words.done_and_failed)(done, failed),
        };
        let listed = |rows: &[&Arc<UploadRow>]| {
            let names = rows.iter().map(|row| names::of_path(&row.path));
            names::listed(names, rows.len(), self.words)
        };
        let mut lines = Vec::new();
        if !done.is_empty() {
            lines.push(names::listed(names, done.len(), self.words));
        }
        if failed > 0 {
            let failures = of_batch().filter(|row| matches!(row.stage, Stage::Failed(_)) && !row.asks());
            let failures = listed(&failures.collect::<Vec<_>>());
            lines.push(if done.is_empty() {
                failures
            } else {
                (words.failed_are)(&failures)
            });
        }
        if !asking.is_empty() {
            lines.push((words.asking_are)(&listed(&asking)));
        }
        Some(Notification {
            summary,
            body: lines.join("\n"),
            show: words.show,
        })
    }
}
