//! What is told when a batch has ended: a toast, the links on the clipboard, a notification where nobody looks.

use super::{Message, Model};
use crate::engine::{BatchId, Done, Stage};
use crate::ui::action::{Effect, Notification};
use crate::ui::names;
use std::sync::Arc;

/// Names in a notification, which has room for a line or two.
const NAMED: usize = 3;

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
        let mut lines = Vec::new();
        if !done.is_empty() {
            lines.push(self.listed(names));
        }
        if failed > 0 {
            let failures = of_batch().filter(|row| matches!(row.stage, Stage::Failed(_)) && !row.asks());
            let failures = self.listed(failures.map(|row| names::of_path(&row.path)));
            lines.push(if done.is_empty() {
                failures
            } else {
                (words.failed_are)(&failures)
            });
        }
        if !asking.is_empty() {
            let asking = self.listed(asking.iter().map(|row| names::of_path(&row.path)));
            lines.push((words.asking_are)(&asking));
        }
        Some(Notification {
            summary,
            body: lines.join("\n"),
            show: words.show,
        })
    }

    /// The first of them, and how many more there are.
    fn listed(&self, names: impl Iterator<Item = String>) -> String {
        let mut names: Vec<String> = names.collect();
        let more = names.len().saturating_sub(NAMED);
        names.truncate(NAMED);
        let listed = names.join(", ");
        if more > 0 {
            format!("{listed} {}", (self.words.and_more)(more))
        } else {
            listed
        }
    }
}
