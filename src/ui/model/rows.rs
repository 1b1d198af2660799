//! The list as a person works with it: what is selected, where the keyboard is, which row's menu is open.

use super::listing::{Changes, Listing};
use super::{Dialog, Message, Model};
use crate::engine::{Command, Stage, UploadId, UploadRow};
use crate::ui::action::{CopySource, Effect, Extend, RowsAction, Step};
use crate::ui::copy_text::{CopyParts, copy_text};
use crate::ui::list_layout::ListLayout;
use eframe::egui::Rect;
use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

/// What is known of the list besides its rows. Everything goes by [`UploadId`]: rows come and go.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    pub(crate) listing: Listing,
    pub(crate) layout: ListLayout,
    pub(crate) selected: HashSet<UploadId>,
    /// Where the keyboard is.
    pub(crate) cursor: Option<UploadId>,
    /// Where a range begins.
    anchor: Option<UploadId>,
    /// The keyboard moved: its row is brought into sight.
    pub(crate) reveal: bool,
    pub(crate) menu: Option<RowMenu>,
    /// The keyboard comes (back) to the list.
    pub(crate) wants_focus: bool,
}

/// An open menu.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct RowMenu {
    /// Whose.
    pub(crate) upload: UploadId,
    /// Beside what: the button, or the pointer.
    pub(crate) anchor: Rect,
}

/// Whether an upload has come to an end that only a person changes.
pub(crate) fn has_ended(row: &UploadRow) -> bool {
    matches!(
        row.stage,
        Stage::Done(_) | Stage::Deleted { .. } | Stage::Failed(_) | Stage::Cancelled | Stage::Interrupted
    )
}

impl Model {
    /// The row at `place` of the list.
    pub(crate) fn row_at(&self, place: usize) -> Option<&Arc<UploadRow>> {
        self.rows.listing.row(place)
    }

    /// The row of an upload that is on the list.
    pub(crate) fn row_of(&self, upload: UploadId) -> Option<&Arc<UploadRow>> {
        self.snapshot.uploads.get(upload)
    }

    /// The row that Tab comes to: the keyboard's, else the first.
    pub(crate) fn tab_stop(&self) -> Option<UploadId> {
        self.rows.cursor.or_else(|| self.row_at(0).map(|row| row.id))
    }

    /// The selected, in the order of the list.
    pub(crate) fn selected_rows(&self) -> impl Iterator<Item = &Arc<UploadRow>> {
        let places = self.rows.selected.iter();
        let places: BTreeSet<usize> = places.filter_map(|id| self.rows.listing.place(*id)).collect();
        places.into_iter().filter_map(|place| self.row_at(place))
    }

    /// Carries out a wish about the list.
    pub(super) fn act_on_rows(&mut self, action: RowsAction, now: f64) -> Vec<Effect> {
        match action {
            RowsAction::Select(upload, extend) => {
                self.select(upload, extend);
                self.rows.wants_focus = true;
            }
            RowsAction::Step(step, extend) => self.step(step, extend),
            RowsAction::Focus(upload) => self.rows.cursor = Some(upload),
            RowsAction::SelectAll => {
                self.rows.selected = self.snapshot.uploads.iter().map(|row| row.id).collect();
            }
            RowsAction::CopySelected => return self.copy_selected(now),
            RowsAction::RemoveSelected => return self.remove_selected(),
            RowsAction::Escape => return self.escape(),
            RowsAction::Cancel(uploads) => {
                self.dialog = None;
                return vec![Effect::send(Command::Cancel(uploads))];
            }
            RowsAction::Answer(upload, answer) => return self.answer(upload, answer),
            RowsAction::CopyAs(upload, format) => {
                let text = self.row_of(upload).and_then(|row| match &row.stage {
                    Stage::Done(done) => Some(copy_text(&format, &CopyParts::from(done.as_ref()))),
                    _ => None,
                });
                return self.copy(CopySource::Url(upload), text.unwrap_or_default(), now);
            }
            RowsAction::OpenMenu(upload, anchor) => {
                if !self.rows.selected.contains(&upload) {
                    self.select(upload, Extend::Replace);
                }
                self.rows.menu = Some(RowMenu { upload, anchor });
            }
            RowsAction::CloseMenu => {
                self.rows.menu = None;
                self.rows.wants_focus = true;
            }
            RowsAction::SendAgain(upload) => return self.send_again(upload),
        }
        Vec::new()
    }

    fn select(&mut self, upload: UploadId, extend: Extend) {
        let rows = &mut self.rows;
        match extend {
            Extend::Replace => rows.selected = HashSet::from([upload]),
            Extend::Toggle => {
                if !rows.selected.remove(&upload) {
                    rows.selected.insert(upload);
                }
            }
            Extend::Range => {
                let anchor = *rows.anchor.get_or_insert(rows.cursor.unwrap_or(upload));
                self.rows.cursor = Some(upload);
                self.rows.selected = self.between(anchor, upload);
                return;
            }
        }
        rows.cursor = Some(upload);
        rows.anchor = Some(upload);
    }

    fn between(&self, one: UploadId, other: UploadId) -> HashSet<UploadId> {
        let place = |upload| self.rows.listing.place(upload).unwrap_or_default();
        let (one, other) = (place(one), place(other));
        let places = one.min(other)..=one.max(other);
        places.filter_map(|place| Some(self.row_at(place)?.id)).collect()
    }

    fn step(&mut self, step: Step, extend: Extend) {
        let last = self.rows.listing.len().saturating_sub(1);
        let here = self.rows.cursor.and_then(|cursor| self.rows.listing.place(cursor));
        let there = match (step, here) {
            (Step::First, _) | (Step::By(_), None) => 0,
            (Step::Last, _) => last,
            // The keyboard has come to a row and selected nothing yet: that row is the first to be.
            (Step::By(_), Some(here)) if self.rows.selected.is_empty() && extend == Extend::Replace => here,
            (Step::By(by), Some(here)) => here.saturating_add_signed(by).min(last),
        };
        let Some(upload) = self.row_at(there).map(|row| row.id) else {
            return;
        };
        self.rows.reveal = true;
        match extend {
            // Ctrl moves without selecting; Space then does.
            Extend::Toggle => self.rows.cursor = Some(upload),
            extend => self.select(upload, extend),
        }
    }

    /// Sends the file of an upload that is done once more, to where it went.
    fn send_again(&mut self, upload: UploadId) -> Vec<Effect> {
        let Some(row) = self.row_of(upload).cloned() else {
            return Vec::new();
        };
        let destination = self.sent_to(&row).cloned().or_else(|| self.picker.destination());
        self.add_to(destination, vec![row.path.to_path_buf()], false)
    }

    fn copy_selected(&mut self, now: f64) -> Vec<Effect> {
        let texts = self.copied_texts(self.selected_rows().map(AsRef::as_ref));
        if texts.is_empty() {
            if !self.rows.selected.is_empty() {
                self.toast(Message::NothingToCopy, false, now);
            }
            return Vec::new();
        }
        self.toast(Message::UrlsCopied(texts.len()), true, now);
        vec![Effect::Copy(texts.join("\n"))]
    }

    fn remove_selected(&mut self) -> Vec<Effect> {
        let (ended, running): (Vec<_>, Vec<_>) = self.selected_rows().cloned().partition(|row| has_ended(row));
        self.dialog = ask_to_cancel(&running).or(self.dialog.take());
        to_all(&ended, Command::Remove)
    }

    fn escape(&mut self) -> Vec<Effect> {
        let running: Vec<_> = self.selected_rows().filter(|row| !has_ended(row)).cloned().collect();
        if running.is_empty() {
            self.rows.selected.clear();
            return Vec::new();
        }
        self.cancel_or_ask(&running)
    }

    /// The cross of one row.
    pub(super) fn cancel(&mut self, upload: UploadId) -> Vec<Effect> {
        // What has ended since it was drawn has nothing to cancel.
        let running = self.row_of(upload).filter(|row| !has_ended(row)).cloned();
        self.cancel_or_ask(running.as_slice())
    }

    /// Cancels at once, unless bytes that were sent would be lost.
    fn cancel_or_ask(&mut self, running: &[Arc<UploadRow>]) -> Vec<Effect> {
        if running.iter().any(|row| row.sent_bytes > 0) {
            self.dialog = ask_to_cancel(running);
            return Vec::new();
        }
        to_all(running, Command::Cancel)
    }

    /// After a snapshot came: what went is not selected any more, and the keyboard goes to the next row that is left. Gives
    /// what has changed.
    pub(super) fn renew_rows(&mut self) -> Changes {
        let was_at = self.rows.cursor.and_then(|cursor| self.rows.listing.place(cursor));
        let changes = self.rows.listing.renew(&self.snapshot.uploads);
        if let Some(before) = &changes.before {
            let uploads = &self.snapshot.uploads;
            let is_there = |upload: &UploadId| uploads.get(*upload).is_some();
            self.rows.selected.retain(is_there);
            self.details_open.retain(is_there);
            self.progress.retain(|upload, _| is_there(upload));
            self.destinations.retain(|upload, _| is_there(upload));
            self.thumbnails.retain_uploads(is_there);
            self.rows.anchor = self.rows.anchor.filter(is_there);
            self.rows.menu = self.rows.menu.filter(|menu| is_there(&menu.upload));
            if self.rows.cursor.is_some_and(|cursor| !is_there(&cursor)) {
                let was_at = was_at.unwrap_or_default();
                let mut neighbours = (was_at..before.len()).chain((0..was_at).rev());
                self.rows.cursor = neighbours.find_map(|place| {
                    let upload = before.row(place)?.id;
                    is_there(&upload).then_some(upload)
                });
            }
        }
        self.renew_question();
        changes
    }

    /// What has ended meanwhile is not asked about any more.
    fn renew_question(&mut self) {
        if self.closing && self.snapshot.totals.active == 0 {
            self.closing = false;
        }
        let Some(Dialog::CancelUploads { uploads, .. }) = &self.dialog else {
            return;
        };
        let rows = uploads.iter().filter_map(|upload| self.row_of(*upload).cloned());
        let running: Vec<_> = rows.filter(|row| !has_ended(row)).collect();
        self.dialog = ask_to_cancel(&running);
    }
}

/// One command for all: of a hundred thousand, each would be a commit of its own.
fn to_all(rows: &[Arc<UploadRow>], command: impl FnOnce(Vec<UploadId>) -> Command) -> Vec<Effect> {
    let uploads: Vec<_> = rows.iter().map(|row| row.id).collect();
    let effect = (!uploads.is_empty()).then(|| Effect::send(command(uploads)));
    effect.into_iter().collect()
}

fn ask_to_cancel(running: &[Arc<UploadRow>]) -> Option<Dialog> {
    (!running.is_empty()).then(|| Dialog::CancelUploads {
        uploads: running.iter().map(|row| row.id).collect(),
        sent_bytes: running.iter().map(|row| row.sent_bytes).sum(),
    })
}
