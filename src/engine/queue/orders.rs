//! What a command does to the queue.

use super::{Fate, Queue, Report, STOP_WITHIN};
use crate::aws;
use crate::engine::intake;
use crate::engine::item::Item;
use crate::engine::snapshot::Stage;
use crate::engine::store_thread::Desk;
use crate::engine::{
    AddRequest, BatchId, Command, Event, UploadId, WatchRequest, errands, links, parts_left, unfinished, watch,
};
use crate::store::Destination;
use std::sync::Arc;
use tokio::sync::mpsc;
use tokio::time::Instant;

impl Queue {
    pub(super) async fn obey(&mut self, command: Command) {
        match command {
            Command::Add(request) => self.add(request),
            Command::Adopt(request) => self.take_in(intake::Request::Adopt(request)),
            Command::Release(batch) => self.release(batch),
            Command::TakeBack(batch) => self.take_back(batch).await,
            Command::Cancel(uploads) => self.cancel(&uploads).await,
            Command::CancelAll => self.cancel_all().await,
            Command::Retry { upload, destination } => self.retry(upload, destination.map(|boxed| *boxed)),
            Command::ResumeAll => {
                for upload in self.list.which(|item| item.row.stage == Stage::Interrupted) {
                    self.retry(upload, None);
                }
            }
            Command::Remove(uploads) => self.remove(&uploads).await,
            Command::RemoveEnded => self.remove(&self.list.which(Item::is_ended)).await,
            Command::SignLink(object) => {
                let (stored, workshop) = (self.stored(object), Arc::clone(&self.workshop));
                self.run_errand(links::temporary_link(object, stored, workshop));
            }
            Command::DeleteObject(object) => self.delete(object),
            Command::FindHistory { question, text } => self.find_history(question, text),
            Command::ReadHistory { question, ids } => self.read_history(question, ids),
            Command::Forget(ids) => self.change_history(move |desk| desk.forget(&ids)),
            Command::ForgetAll => self.change_history(Desk::forget_all),
            Command::ListProfiles => {
                self.tell(vec![Event::Environment(aws::Environment::of_process())]);
                self.run_errand(errands::profiles());
            }
            Command::AddProfile(profile) => {
                let workshop = Arc::clone(&self.workshop);
                self.run_errand(errands::add_profile(profile, workshop));
            }
            Command::ListBuckets(account) => self.run_errand(errands::buckets(account)),
            Command::Examine(checkup) => self.examine(checkup),
            Command::StopCheckup(id) => self.stop_checkup(Some(id)),
            Command::ListUnfinished(destination) => {
                let workshop = Arc::clone(&self.workshop);
                self.run_errand(unfinished::list(destination, workshop));
            }
            Command::AbortUnfinished { destination, uploads } => {
                let workshop = Arc::clone(&self.workshop);
                self.run_errand(unfinished::abort(destination, uploads, workshop));
            }
            Command::TrustHost { lambda, host } => {
                self.workshop.endpoints.hosts.trust(&lambda, &host);
                self.workshop
                    .store
                    .order(move |desk| desk.remember_host(&lambda, &host));
            }
            Command::SaveSecret { lambda, header, value } => {
                let workshop = Arc::clone(&self.workshop);
                self.run_errand(errands::save_secret(lambda, header, value, workshop));
            }
            Command::ForgetSecret { lambda, header } => {
                let secrets = self.workshop.endpoints.secrets.clone();
                self.errands
                    .spawn(async move { secrets.forget(&lambda, &header).await });
            }
            Command::UseSandbox(access) => self.workshop.endpoints.use_sandbox(access).await,
            Command::Watch(requests) => self.watch(requests),
            Command::LookAtWatched => {
                if let Some(watcher) = &self.watcher {
                    // Who watches has ended with the engine: then nothing more is to be seen.
                    let _unheard = watcher.send(watch::Order::Look);
                }
            }
            Command::SaveSettings(settings) => {
                self.workshop.endpoints.lines.fix(settings.jobs.map(usize::from));
                self.workshop.store.order(move |desk| desk.save_settings(*settings));
            }
            Command::Shutdown => self.shut_down().await,
        }
    }

    pub(super) fn run_errand(&mut self, errand: impl Future<Output = Event> + Send + 'static) {
        let reports = self.reports.clone();
        self.errands.spawn(async move {
            let event = errand.await;
            // A queue that has ended asks for nothing any more.
            let _unheard = reports.send(Report::Event(Box::new(event)));
        });
    }

    fn watch(&mut self, requests: Vec<WatchRequest>) {
        self.watching = requests.iter().map(|request| request.watch.as_str().into()).collect();
        if self.watcher.is_none() && !requests.is_empty() {
            let (watcher, orders) = mpsc::unbounded_channel();
            let (store, reports) = (self.workshop.store.clone(), self.reports.clone());
            self.errands
                .spawn(watch::run(orders, store, self.own_folder.clone(), reports));
            self.watcher = Some(watcher);
        }
        if let Some(watcher) = &self.watcher {
            // As above.
            let _unheard = watcher.send(watch::Order::Watch(requests));
        }
        self.resume_watched();
    }

    /// What a watch has found goes on by itself after a restart, as it had begun by itself.
    pub(super) fn resume_watched(&mut self) {
        let is_watched = |watch: &Option<Arc<str>>| watch.as_ref().is_some_and(|watch| self.watching.contains(watch));
        let is_left = |item: &Item| item.row.stage == Stage::Interrupted && is_watched(&item.watch);
        for upload in self.list.which(is_left) {
            self.retry(upload, None);
        }
    }

    pub(super) fn add(&mut self, request: AddRequest) {
        self.expanding.insert(request.batch, Fate::Wanted);
        self.take_in(intake::Request::Add(Box::new(request)));
    }

    pub(super) fn take_in(&self, request: intake::Request) {
        if self.intake.send(request).is_err() {
            tracing::error!("the intake has ended");
        }
    }

    pub(super) fn release(&mut self, batch: BatchId) {
        if let Some(fate) = self.expanding.get_mut(&batch) {
            *fate = Fate::Released;
        }
        self.list.release(batch);
    }

    /// What runs leaves the list when it has stopped; what is done meanwhile stays.
    pub(super) async fn take_back(&mut self, batch: BatchId) {
        if let Some(fate) = self.expanding.get_mut(&batch) {
            *fate = Fate::TakenBack;
        }
        let unfinished = self.list.of_batch(batch).filter(|item| !item.is_done());
        let uploads: Vec<_> = unfinished.map(|item| item.id).collect();
        for upload in &uploads {
            if let Some(item) = self.list.get_mut(*upload).filter(|item| item.live.is_some()) {
                item.taken_back = true;
            }
        }
        self.cancel(&uploads).await;
        self.remove(&uploads).await;
    }

    pub(super) async fn cancel_all(&mut self) {
        self.expanding.values_mut().for_each(|fate| *fate = Fate::Cancelled);
        self.cancel(&self.list.which(|item| !item.is_ended())).await;
    }

    /// Stops those that are not done. One that runs says so itself, when the wire is free.
    pub(super) async fn cancel(&mut self, uploads: &[UploadId]) {
        let mut now = Vec::new();
        for upload in uploads {
            let Some(item) = self.list.get(*upload) else { continue };
            if let Some(live) = &item.live {
                live.cancel.cancel();
            } else if matches!(item.row.stage, Stage::Held { .. } | Stage::Waiting) {
                now.push(*upload);
            }
        }
        self.end_cancelled(&now).await;
    }

    /// Off the queue on disk, too; but a command line that is stopped while it resumes leaves what it came for.
    pub(super) async fn end_cancelled(&mut self, uploads: &[UploadId]) {
        let mut queue_ids = Vec::new();
        for upload in uploads {
            let keeps = |item: &Item| item.adopted && !self.keep_unfinished;
            if let Some(item) = self.list.get_mut(*upload).filter(|item| !keeps(item)) {
                queue_ids.extend(item.queue_id.take());
            }
        }
        self.dequeue(queue_ids).await;
        let events = uploads.iter().flat_map(|upload| self.list.end_cancelled(*upload));
        let events = events.collect();
        self.tell(events);
    }

    /// On disk before anybody sees it.
    async fn dequeue(&mut self, queue_ids: Vec<i64>) {
        if !queue_ids.is_empty() {
            self.workshop.store.ask(move |desk| desk.dequeue(&queue_ids)).await;
            self.sweep();
        }
    }

    /// Deletes from S3 what uploads have left there that are no more.
    pub(super) fn sweep(&mut self) {
        let workshop = Arc::clone(&self.workshop);
        self.sweeps
            .spawn(async move { parts_left::abort_abandoned(&workshop).await });
    }

    pub(super) fn retry(&mut self, upload: UploadId, destination: Option<Destination>) {
        let Some(item) = self.list.get_mut(upload).filter(|item| item.can_be_tried()) else {
            return;
        };
        if let (Stage::Failed(_), Some(queue_id)) = (&item.row.stage, item.queue_id) {
            self.workshop.store.order(move |desk| desk.waiting(queue_id));
        }
        if let Some(destination) = destination {
            if let Some(queue_id) = item.queue_id {
                let destination = destination.clone();
                self.workshop
                    .store
                    .order(move |desk| desk.redirect(queue_id, &destination));
            }
            item.object_key = None;
            item.change(|row| {
                row.object_key = None;
                row.bucket = destination.kind.place().into();
                row.destination = destination.name.as_str().into();
            });
            item.destination = Arc::new(destination);
            self.sweep();
        }
        self.list.again(upload);
    }

    /// Off the list, and off the queue on disk.
    pub(super) async fn remove(&mut self, uploads: &[UploadId]) {
        let goes = |item: &Item| item.is_ended() || item.row.stage == Stage::Interrupted;
        let is_gone = |upload: &&UploadId| self.list.get(**upload).is_some_and(goes);
        let gone: Vec<_> = uploads.iter().filter(is_gone).copied().collect();
        let queue_id = |upload: &UploadId| self.list.get(*upload)?.queue_id;
        self.dequeue(gone.iter().filter_map(queue_id).collect()).await;
        self.list.remove(&gone);
    }

    pub(super) async fn shut_down(&mut self) {
        self.watcher = None;
        self.stop_by = Some(Instant::now() + STOP_WITHIN);
        self.stop_checkup(None);
        if self.keep_unfinished {
            self.cancel(&self.list.which(|item| item.live.is_some())).await;
        } else {
            self.cancel_all().await;
        }
    }
}
