//! What comes to the window by itself: the engine's events and snapshots, the sandbox, time.

use super::listing::held_in;
use super::{Dialog, Message, Model, SandboxState};
use crate::engine::{Chunk, Command, Event, Failure, SandboxAccess, Snapshot, Stage};
use crate::store::Destination;
use crate::ui::action::{CopySource, Effect};
use crate::ui::format;
use std::sync::Arc;

impl Model {
    /// Takes in what the engine says has happened.
    pub(crate) fn happened(&mut self, event: Event, now: f64) -> Vec<Effect> {
        match event {
            Event::Environment(environment) => {
                self.picker.environment = environment;
                Vec::new()
            }
            Event::Profiles(profiles) => {
                let effects = self.picker.profiles_came(profiles);
                self.destination_changed(effects)
            }
            Event::Buckets(list) => {
                if let Some(Dialog::Destination(form)) = &mut self.dialog {
                    form.buckets_came(&list);
                }
                if self.picker.buckets_came(list, now) {
                    return self.destination_changed(Vec::new());
                }
                Vec::new()
            }
            Event::BatchEnded {
                batch, done, failed, ..
            } => self.batch_ended(batch, &done, failed, now),
            Event::LinkSigned { object, link: Ok(link) } => {
                self.toast(Message::TemporaryLinkCopied(link.expires_in), true, now);
                self.copy(CopySource::TemporaryLink(object), link.url, now)
            }
            Event::ProfileAdded { name, written } => self.profile_added(name, written, now),
            Event::Trouble(failure) | Event::LinkSigned { link: Err(failure), .. } => {
                self.trouble(failure);
                Vec::new()
            }
            Event::ObjectDeleted { object, deletion } => self.object_deleted(object, deletion, now),
            Event::Stopped => {
                self.engine_gone = !self.may_close;
                Vec::new()
            }
            Event::HistoryFound { .. } | Event::HistoryRead { .. } | Event::HistoryChanged => {
                self.history_happened(event, now)
            }
            Event::UploadDone { upload, done, .. } => {
                self.fix_helped(upload);
                self.pasted_row_done(upload, &done);
                self.history_changed(now)
            }
            Event::BatchAdded { batch, uploads } => {
                self.came_in(batch, &uploads);
                self.pasted_row_came(batch);
                Vec::new()
            }
            Event::UploadsAdopted { batch, destinations } => {
                self.adopted(batch, destinations);
                Vec::new()
            }
            Event::FormSeen {
                destination,
                host,
                limits,
            } => {
                self.form_seen(&destination, host, limits);
                Vec::new()
            }
            Event::HostTrusted { destination, host } => {
                let function = destination.place().to_owned();
                self.toast(Message::HostTrusted { function, host }, true, now);
                Vec::new()
            }
            Event::SecretSaved { lambda, saved, .. } => self.secret_saved(&lambda, saved),
            Event::UnfinishedListed { destination, listed } => {
                self.unfinished_listed(&destination, listed);
                Vec::new()
            }
            Event::UnfinishedAborted {
                destination,
                aborted,
                failure,
            } => self.unfinished_aborted(&destination, aborted, failure, now),
            Event::WatchChanged { watch, state } => {
                self.watches.changed(watch, state);
                Vec::new()
            }
            Event::WatchFound { batch, destination, .. } => {
                self.batches.entry(batch).or_default().destination = Some(Destination::clone(&destination));
                Vec::new()
            }
            Event::Checkup { id, news } => {
                self.checkup_news(id, news);
                Vec::new()
            }
            Event::UploadFailed { .. } | Event::UploadCancelled { .. } => Vec::new(),
        }
    }

    /// The embedded S3 answers at `access`.
    pub(crate) fn sandbox_runs(&mut self, access: SandboxAccess) -> Vec<Effect> {
        self.picker.sandbox = SandboxState::Running;
        let mut effects = self.destination_changed(vec![Effect::send(Command::UseSandbox(access))]);
        effects.extend(self.watch());
        effects
    }

    /// The embedded S3 could not start.
    pub(crate) fn sandbox_failed(&mut self, failure: Failure) {
        self.picker.sandbox = SandboxState::Failed(Box::new(failure));
    }

    /// Takes in the newest snapshot; only chunks of rows that have changed are looked into.
    pub(crate) fn snapshot_came(&mut self, snapshot: Arc<Snapshot>, now: f64) {
        self.snapshot = snapshot;
        self.snapshot_at = now;
        for (before, chunk) in self.renew_rows().chunks {
            if let Some(Stage::Held { remaining }) = held_in(&chunk).map(|row| &row.stage) {
                let note = self.batches.entry(chunk.batch()).or_default();
                note.held_until.get_or_insert(now + remaining.as_secs_f64());
            }
            self.note_progress(before.as_deref(), &chunk);
        }
        let listing = &self.rows.listing;
        let held = self.batches.iter_mut().filter(|(_, note)| note.held_until.is_some());
        for (batch, note) in held {
            if listing.held(*batch).is_none() {
                note.held_until = None;
            }
        }
    }

    fn note_progress(&mut self, before: Option<&Chunk>, chunk: &Chunk) {
        if chunk.totals().begun == 0 && self.progress.is_empty() {
            return;
        }
        let before = before.map(Chunk::rows).unwrap_or_default();
        for (place, row) in chunk.rows().iter().enumerate() {
            if before.get(place).is_some_and(|before| Arc::ptr_eq(before, row)) {
                continue;
            }
            match &row.stage {
                Stage::Held { .. }
                | Stage::Waiting
                | Stage::Done(_)
                | Stage::Deleted { .. }
                | Stage::Failed(_)
                | Stage::Cancelled
                | Stage::Interrupted => {
                    self.progress.remove(&row.id);
                }
                Stage::Signing
                | Stage::Sending
                | Stage::WaitingForS3
                | Stage::Proving
                | Stage::RetryingIn { .. }
                | Stage::WaitingForNetwork => {
                    let fraction = format::fraction(row.sent_bytes, row.size_bytes);
                    let furthest = self.progress.entry(row.id).or_default();
                    *furthest = furthest.max(fraction);
                }
            }
        }
    }

    /// What passes with time: messages, "Copied", a login that is looked at again. Gives the seconds until something does.
    pub(crate) fn time_passed(&mut self, now: f64) -> (Vec<Effect>, Option<f64>) {
        self.toasts.retain(|toast| toast.until > now);
        self.copied = self.copied.filter(|(_, until)| *until > now);
        let mut effects = self.picker.look_again(now);
        effects.extend(self.forget_pasted());
        let (refresh, refreshes_in) = self.refresh_history(now);
        effects.extend(refresh);
        let mut next: Vec<f64> = self.toasts.iter().map(|toast| toast.until - now).collect();
        next.extend(self.copied.map(|(_, until)| until - now));
        next.extend(self.picker.looks_again_at().map(|at| at - now));
        let totals = &self.snapshot.totals;
        next.extend((totals.held + totals.retrying > 0).then_some(0.2));
        next.extend(refreshes_in);
        next.extend(self.countdown_changes_in());
        next.extend(self.midnight_in(now));
        (
            effects,
            next.into_iter().reduce(f64::min).map(|seconds| seconds.max(0.01)),
        )
    }
}
