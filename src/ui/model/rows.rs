//! The list as a person works with it: what is selected, where the keyboard is, which row's menu is open.

use super::listing::{Changes, Listing};
use super::selection::{Places, Selection};
use super::{Dialog, Message, Model};
use crate::engine::{Command, ObjectOf, Stage, UploadId, UploadRow};
use crate::ui::action::{CopySource, Effect, RowsAction};
use crate::ui::copy_text::{CopyParts, copy_text};
use crate::ui::list_layout::ListLayout;
use std::sync::Arc;

/// What is known of the list besides its rows.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    pub(crate) listing: Listing,
    pub(crate) layout: ListLayout,
    pub(crate) selection: Selection<UploadId>,
}

impl Places for Listing {
    type Id = UploadId;

    fn len(&self) -> usize {
        Listing::len(self)
    }

    fn id(&self, place: usize) -> Option<UploadId> {
        Some(self.row(place)?.id)
    }

    fn place(&self, upload: UploadId) -> Option<usize> {
        Listing::place(self, upload)
    }
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

    /// The selected, in the order of the list.
    pub(crate) fn selected_rows(&self) -> impl Iterator<Item = &Arc<UploadRow>> {
        let places = self.rows.selection.places(&self.rows.listing);
        places.into_iter().filter_map(|place| self.row_at(place))
    }

    /// Carries out a wish about the list.
    pub(super) fn act_on_rows(&mut self, action: RowsAction, now: f64) -> Vec<Effect> {
        let Rows { listing, selection, .. } = &mut self.rows;
        match action {
            RowsAction::Select(upload, extend) => {
                selection.select(listing, upload, extend);
                selection.wants_focus = true;
            }
            RowsAction::Step(step, extend) => selection.step(listing, step, extend),
            RowsAction::Focus(upload) => selection.cursor = Some(upload),
            RowsAction::SelectAll => {
                selection.selected = self.snapshot.uploads.iter().map(|row| row.id).collect();
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
                return self.copy(
                    CopySource::Link(ObjectOf::Upload(upload)),
                    text.unwrap_or_default(),
                    now,
                );
            }
            RowsAction::OpenMenu(upload, anchor) => selection.open_menu(listing, upload, anchor),
            RowsAction::CloseMenu => selection.close_menu(),
            RowsAction::SendAgain(upload) => return self.send_again(upload),
        }
        Vec::new()
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
            if !self.rows.selection.selected.is_empty() {
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
            self.rows.selection.selected.clear();
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
        let changes = self.rows.listing.renew(&self.snapshot.uploads);
        if let Some(before) = &changes.before {
            let uploads = &self.snapshot.uploads;
            let is_there = |upload: &UploadId| uploads.get(*upload).is_some();
            self.details_open.retain(is_there);
            self.progress.retain(|upload, _| is_there(upload));
            self.destinations.retain(|upload, _| is_there(upload));
            self.thumbnails.retain_uploads(is_there);
            self.rows.selection.retain(is_there, |gone| {
                let was_at = before.place(gone).unwrap_or_default();
                let mut neighbours = (was_at..before.len()).chain((0..was_at).rev());
                neighbours.find_map(|place| {
                    let upload = before.row(place)?.id;
                    is_there(&upload).then_some(upload)
                })
            });
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
