//! Watched folders: files that appear in them and stand still are queued, each once.
//!
//! The system tells what happens ([`ears`]); what has come to rest is known without asking a clock ([`settling`]); what is
//! new is decided by the store, in the commit that queues it, so that neither a crash nor a second window sends a file
//! twice. While nothing is being written there is no timer: where the system tells nothing, folders are looked at when
//! somebody asks for it.

mod ears;
mod folder;
mod look;
mod names;
mod place;
mod settling;

use self::ears::{Ears, Heard};
use self::folder::Folder;
use self::place::{Place, There};
use super::expand::Expanded;
use super::failure::WatchReason;
use super::intake::{Added, AddedFile};
use super::queue::Report;
use super::store_thread::StoreThread;
use super::{AddRequest, Code, Engine, Event, Failure, WatchRequest, WatchState};
use crate::store::{Appearance, Candidate, Taken};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::mpsc;
use tokio::time::sleep_until;

/// A file that is being written is told of a thousand times a second: it is looked at once in this time.
const GATHER: Duration = Duration::from_millis(100);

/// What is to be done.
#[derive(Debug)]
pub(super) enum Order {
    /// Watch these, and no others.
    Watch(Vec<WatchRequest>),
    /// Look into all of them.
    Look,
}

/// Watches until nobody gives orders any more.
pub(super) async fn run(
    mut orders: mpsc::UnboundedReceiver<Order>,
    store: StoreThread,
    own_folder: Option<PathBuf>,
    reports: mpsc::UnboundedSender<Report>,
) {
    let heard = Arc::new(Heard::default());
    let mut watchman = Watchman {
        ears: Arc::new(Mutex::new(Ears::new(Arc::clone(&heard)))),
        heard: Arc::clone(&heard),
        folders: Vec::new(),
        store,
        own_folder,
        reports,
    };
    loop {
        let next = watchman
            .folders
            .iter()
            .filter_map(|folder| folder.settling.next())
            .min();
        tokio::select! {
            order = orders.recv() => match order {
                None => return,
                Some(Order::Watch(requests)) => watchman.watch(requests).await,
                Some(Order::Look) => watchman.look().await,
            },
            () = heard.wakes.notified() => {
                tokio::time::sleep(GATHER).await;
                watchman.hear().await;
            }
            () = sleep_until(next.unwrap_or_else(Instant::now).into()), if next.is_some() => {}
        }
        watchman.settle().await;
    }
}

struct Watchman {
    ears: Arc<Mutex<Ears>>,
    heard: Arc<Heard>,
    folders: Vec<Folder>,
    store: StoreThread,
    own_folder: Option<PathBuf>,
    reports: mpsc::UnboundedSender<Report>,
}

impl Watchman {
    async fn watch(&mut self, requests: Vec<WatchRequest>) {
        let is_wanted = |folder: &Folder| requests.iter().any(|wanted| wanted.watch == folder.request.watch);
        for gone in self.folders.extract_if(.., |folder| !is_wanted(folder)) {
            self.store.order(move |desk| desk.end_watch(&gone.request.watch));
        }
        for request in requests {
            let known = self.folders.iter_mut();
            let mut known = known.filter(|folder| folder.request.watch == request.watch);
            if let Some(folder) = known.next() {
                folder.request = request;
            } else {
                self.folders.push(Folder::new(request));
                self.visit(self.folders.len() - 1, Appearance::Found).await;
            }
        }
        self.forget_the_rest().await;
    }

    async fn look(&mut self) {
        for index in 0..self.folders.len() {
            self.visit(index, Appearance::Found).await;
        }
        self.forget_the_rest().await;
    }

    /// Looks at a folder as a whole.
    async fn visit(&mut self, index: usize, appearance: Appearance) {
        let Some(folder) = self.folders.get(index).filter(|folder| !folder.has_ended) else {
            return;
        };
        let (path, own, ears) = (
            folder.request.folder.clone(),
            self.own_folder.clone(),
            Arc::clone(&self.ears),
        );
        let find = move || {
            let mut ears = ears.lock().unwrap_or_else(PoisonError::into_inner);
            place::find(&path, own.as_deref(), &mut ears)
        };
        let Ok(place) = tokio::task::spawn_blocking(find).await else {
            return;
        };
        match place {
            Place::There(there) => self.begin(index, appearance, there).await,
            Place::Lost(lost) => {
                let failure = lost.failure.clone();
                if let Some(folder) = self.folders.get_mut(index) {
                    folder.is_lost(lost);
                }
                self.tell(index, WatchState::Failed(Box::new(failure)));
            }
        }
    }

    async fn begin(&mut self, index: usize, appearance: Appearance, there: There) {
        let Some(folder) = self.folders.get_mut(index) else {
            return;
        };
        let (watch, id, files) = (folder.request.watch.clone(), there.folder_id, there.files.clone());
        let known = self
            .store
            .ask(move |desk| desk.begin_watch(&watch, id, appearance, &files))
            .await;
        let state = match (known.flatten(), &there.deaf) {
            (None, _) => not_remembered(&folder.request.folder),
            (Some(known), deaf) => {
                let state = deaf
                    .clone()
                    .map_or(WatchState::Watching, |deaf| WatchState::Failed(Box::new(deaf)));
                folder.is_there(there, known, Instant::now());
                state
            }
        };
        self.tell(index, state);
    }

    /// Listens to nothing that is not watched (any more).
    async fn forget_the_rest(&self) {
        let wanted: BTreeSet<PathBuf> = self
            .folders
            .iter()
            .filter_map(|folder| folder.listens_to.clone())
            .collect();
        let ears = Arc::clone(&self.ears);
        let keep = move || ears.lock().unwrap_or_else(PoisonError::into_inner).keep(&wanted);
        if let Err(error) = tokio::task::spawn_blocking(keep).await {
            tracing::error!(%error, "a folder is listened to in vain");
        }
    }

    /// Takes in what the system has told.
    async fn hear(&mut self) {
        let told = self.heard.take();
        for index in 0..self.folders.len() {
            let Some(folder) = self.folders.get(index) else {
                continue;
            };
            let has_come = folder.waits_for.as_ref().filter(|path| told.paths.contains(*path));
            if let Some(path) = has_come {
                let is_made = told.made.contains(path);
                let appearance = if is_made { Appearance::Made } else { Appearance::Found };
                self.visit(index, appearance).await;
                continue;
            }
            let Some(root) = folder.root.clone() else { continue };
            if told.anything || told.paths.contains(&root) {
                self.visit(index, Appearance::Found).await;
                continue;
            }
            let names = told.paths.iter().filter(|path| path.parent() == Some(&root));
            let names: Vec<PathBuf> = names.filter_map(|path| path.file_name()).map(PathBuf::from).collect();
            if names.is_empty() {
                continue;
            }
            let look = move || {
                let seen = names.into_iter().map(|name| (look::file(&root, &name), name));
                seen.collect::<Vec<_>>()
            };
            let seen = tokio::task::spawn_blocking(look).await.unwrap_or_default();
            if let Some(folder) = self.folders.get_mut(index) {
                for (file, name) in seen {
                    folder.heard(&name, file, Instant::now());
                }
            }
        }
        self.forget_the_rest().await;
    }

    /// Queues what has come to rest by now.
    async fn settle(&mut self) {
        for index in 0..self.folders.len() {
            let candidates = self.at_rest(index).await;
            if !candidates.is_empty() {
                self.take(index, candidates).await;
            }
        }
    }

    async fn at_rest(&mut self, index: usize) -> Vec<Candidate> {
        let Some(folder) = self.folders.get_mut(index) else {
            return Vec::new();
        };
        let files = folder.settling.take(Instant::now());
        let Some(root) = folder.root.clone().filter(|_| !files.is_empty()) else {
            return Vec::new();
        };
        let names_before = files.iter().map(|file| folder.names_before(file));
        let files: Vec<_> = names_before.collect::<Vec<_>>().into_iter().zip(files).collect();
        let look = move || {
            let files = files.into_iter();
            let looked = files.map(|(names_before, file)| look::at_rest(&root, file, names_before));
            looked.collect::<Vec<_>>()
        };
        let looked = tokio::task::spawn_blocking(look).await.unwrap_or_default();
        let now = Instant::now();
        let looked = looked.into_iter();
        looked.filter_map(|rest| folder.moved_after_all(rest, now)).collect()
    }

    /// In the queue on disk before anybody sees them.
    async fn take(&mut self, index: usize, candidates: Vec<Candidate>) {
        let Some(folder) = self.folders.get_mut(index) else {
            return;
        };
        let request = folder.request.clone();
        let asked = candidates.clone();
        let taken = self
            .store
            .ask(move |desk| desk.take_watched(&request.watch, &request.folder, &asked, &request.destination))
            .await;
        let queue_ids = match taken.flatten() {
            Some(Taken::Queued(queue_ids)) => queue_ids,
            Some(Taken::WatchEnded) => {
                folder.end();
                return self.tell(index, WatchState::Ended);
            }
            // They are looked at again with the folder.
            None => {
                let state = not_remembered(&folder.request.folder);
                return self.tell(index, state);
            }
        };
        let mut files = Vec::new();
        for (candidate, queue_id) in candidates.into_iter().zip(queue_ids) {
            if queue_id.is_some() {
                let expanded = Expanded {
                    path: folder.request.folder.join(&candidate.file.name),
                    dir: String::new(),
                    size_bytes: Ok(candidate.file.size_bytes),
                };
                files.push(AddedFile { expanded, queue_id });
            }
            folder.knows(candidate.file);
        }
        if !files.is_empty() {
            self.found(index, files);
        }
    }

    fn found(&self, index: usize, files: Vec<AddedFile>) {
        let Some(WatchRequest { watch, destination, .. }) = self.folders.get(index).map(|folder| &folder.request)
        else {
            return;
        };
        let batch = Engine::new_batch();
        let found = Event::WatchFound {
            watch: watch.clone(),
            batch,
            destination: Arc::clone(destination),
        };
        let request = AddRequest {
            batch,
            paths: Vec::new(),
            destination: Arc::clone(destination),
            hold: Duration::ZERO,
            probe: true,
            limit_rate: None,
        };
        self.report(Report::Event(Box::new(found)));
        self.report(Report::Added(Box::new(Added {
            request: Arc::new(request),
            files,
            is_first: true,
            is_last: true,
            watch: Some(watch.as_str().into()),
        })));
    }

    /// Tells how a watch goes, where it goes in another way than before.
    fn tell(&mut self, index: usize, state: WatchState) {
        let Some(folder) = self.folders.get_mut(index) else {
            return;
        };
        if folder.told.as_ref() != Some(&state) {
            folder.told = Some(state.clone());
            let watch = folder.request.watch.clone();
            self.report(Report::Event(Box::new(Event::WatchChanged { watch, state })));
        }
    }

    fn report(&self, report: Report) {
        // A queue that has ended finds them on disk at the next start.
        let _unheard = self.reports.send(report);
    }
}

fn not_remembered(folder: &Path) -> WatchState {
    let folder = folder.to_owned();
    let failure = Failure::new(Code::Watch, WatchReason::NotRemembered { folder }).retryable();
    WatchState::Failed(Box::new(failure))
}
