//! The store's own thread: `SQLite` and the settings file block, the runtime must not.
//!
//! Work is done in the order in which it was asked for; what many uploads note at a time is one commit. A store that cannot be written stops no upload: the trouble is
//! told once, and history entries wait in memory until there is room again.

mod notes;

use self::notes::{Note, Noted, Notes};
use super::Failure;
use super::objects::StoredObject;
use crate::store::{
    Appearance, Candidate, Database, Deletion, Destination, Folders, HistoryEntry, PartsUpload, QueueRow, QueuedFile,
    Settings, SettingsError, StoreError, Taken, WatchedFile,
};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, mpsc};
use std::time::Duration;
use tokio::sync::oneshot;

/// Between two tries to write what the disk had no room for.
const LOOK_FOR_ROOM_EVERY: Duration = Duration::from_secs(10);

type Work = Box<dyn FnOnce(&mut Desk) + Send>;

/// Work, or what an upload notes.
enum Order {
    Work(Work),
    Note(Noted),
}

/// A handle on the thread. It ends, its work done, when the last handle is dropped.
#[derive(Clone, Debug)]
pub(super) struct StoreThread {
    orders: Option<mpsc::Sender<Order>>,
}

impl StoreThread {
    /// Starts the thread; without folders nothing is kept.
    pub(super) fn start(folders: Option<Folders>, trouble: impl Fn(Failure) + Send + 'static) -> Self {
        let Some(folders) = folders else {
            return Self { orders: None };
        };
        let (sender, orders) = mpsc::channel();
        let spawned = std::thread::Builder::new().name("store".to_owned()).spawn(move || {
            let mut desk = Desk::open(folders, Box::new(trouble));
            while let Some(order) = desk.next(&orders) {
                desk.obey(order, &orders);
            }
        });
        if let Err(error) = &spawned {
            tracing::error!(%error, "no thread for the store");
        }
        Self {
            orders: spawned.is_ok().then_some(sender),
        }
    }

    /// Does `work` in its turn, without waiting for it.
    pub(super) fn order(&self, work: impl FnOnce(&mut Desk) + Send + 'static) {
        self.send(Order::Work(Box::new(work)));
    }

    fn send(&self, order: Order) {
        if let Some(orders) = &self.orders
            && orders.send(order).is_err()
        {
            tracing::error!("the store's thread has ended");
        }
    }

    /// An upload begins, under this key: on disk when this returns.
    pub(super) async fn note_begun(&self, queue_id: i64, object_key: String) {
        self.note(Note::Begun { queue_id, object_key }).await;
    }

    /// An upload is done: its history row is there, and its queue row gone, when this returns.
    pub(super) async fn note_done(&self, entry: HistoryEntry, queue_id: Option<i64>) {
        let entry = Box::new(entry);
        self.note(Note::Done { entry, queue_id }).await;
    }

    async fn note(&self, note: Note) {
        if self.orders.is_some() {
            let (waits, written) = oneshot::channel();
            self.send(Order::Note((note, waits)));
            // A store that cannot be written stops no upload.
            written.await.unwrap_or_default();
        }
    }

    /// Does `work` in its turn and gives its result; `None` without a store.
    pub(super) async fn ask<T: Send + 'static>(&self, work: impl FnOnce(&mut Desk) -> T + Send + 'static) -> Option<T> {
        self.orders.as_ref()?;
        let (answer, answered) = oneshot::channel();
        self.order(move |desk| {
            // Nobody waits any more: the upload was stopped meanwhile.
            let _unheard = answer.send(work(desk));
        });
        answered.await.ok()
    }
}

/// What the thread works on.
pub(super) struct Desk {
    folders: Folders,
    database: Option<Database>,
    /// Regions found out by this process: they hold against older settings of a window.
    regions: BTreeMap<String, String>,
    /// The window's settings as it last wrote them: what differs from it next time has been changed by the person.
    window_wrote: Option<serde_json::Map<String, serde_json::Value>>,
    /// Rows taken over from processes that have ended: this one's end is not theirs.
    adopted: Vec<i64>,
    /// Entries that the disk had no room for, with the queue rows that they end.
    unwritten: Vec<(HistoryEntry, Option<i64>)>,
    /// The trouble has been told, and nothing has worked since.
    told: bool,
    trouble: Box<dyn Fn(Failure) + Send>,
}

impl Desk {
    fn open(folders: Folders, trouble: Box<dyn Fn(Failure) + Send>) -> Self {
        let mut desk = Self {
            folders,
            database: None,
            regions: BTreeMap::new(),
            window_wrote: None,
            adopted: Vec::new(),
            unwritten: Vec::new(),
            told: false,
            trouble,
        };
        match Database::open(&desk.folders.database_file()) {
            Ok(database) => desk.database = Some(database),
            Err(error) => desk.tell(&error),
        }
        desk
    }

    /// The next order; `None` after the last. While there is history that the disk had no room for, the room is looked for.
    fn next(&mut self, orders: &mpsc::Receiver<Order>) -> Option<Order> {
        while self.database.is_some() && !self.unwritten.is_empty() {
            match orders.recv_timeout(LOOK_FOR_ROOM_EVERY) {
                Ok(order) => return Some(order),
                Err(mpsc::RecvTimeoutError::Timeout) => self.write_unwritten(),
                Err(mpsc::RecvTimeoutError::Disconnected) => return None,
            }
        }
        orders.recv().ok()
    }

    fn obey(&mut self, order: Order, orders: &mpsc::Receiver<Order>) {
        let mut notes = Notes::default();
        let mut next = Some(order);
        while let Some(Order::Note(note)) = next {
            notes.add(note);
            next = if notes.are_many() {
                None
            } else {
                orders.try_recv().ok().or_else(|| notes.await_more(orders))
            };
        }
        if !notes.is_empty() {
            self.write(notes);
        }
        if let Some(Order::Work(work)) = next {
            work(self);
        }
    }

    /// In one commit. History that cannot be written is kept, and written when something else could be.
    fn write(&mut self, mut notes: Notes) {
        if self.with(|database| database.note(&notes.begun, &notes.done)).is_some() {
            self.write_unwritten();
        } else {
            self.unwritten.append(&mut notes.done);
        }
        notes.answer();
    }

    fn write_unwritten(&mut self) {
        if self.unwritten.is_empty() {
            return;
        }
        let done = std::mem::take(&mut self.unwritten);
        if self.with(|database| database.note(&[], &done)).is_none() {
            self.unwritten = done;
        }
    }

    fn tell(&mut self, error: &StoreError) {
        if !std::mem::replace(&mut self.told, true) {
            (self.trouble)(error.into());
        }
    }

    fn with<T>(&mut self, work: impl FnOnce(&mut Database) -> Result<T, StoreError>) -> Option<T> {
        match work(self.database.as_mut()?) {
            Ok(value) => {
                self.told = false;
                Some(value)
            }
            Err(error) => {
                self.tell(&error);
                None
            }
        }
    }

    /// Queue rows, before the first byte; without a store (or room) the uploads go on unremembered.
    pub(super) fn enqueue(&mut self, files: &[QueuedFile]) -> Vec<Option<i64>> {
        match self.with(|database| database.enqueue(files)) {
            Some(ids) => ids.into_iter().map(Some).collect(),
            None => vec![None; files.len()],
        }
    }

    /// What is known of a watch; `None` where nothing can be.
    pub(super) fn begin_watch(
        &mut self,
        watch: &str,
        folder_id: Option<u64>,
        appearance: Appearance,
        present: &[WatchedFile],
    ) -> Option<Vec<WatchedFile>> {
        self.with(|database| database.begin_watch(watch, folder_id, appearance, present))
    }

    /// Queue rows of those that are new: [`Database::take_watched`]. `None` where they cannot be written: then nothing of it
    /// may be sent, for it would be sent again.
    pub(super) fn take_watched(
        &mut self,
        watch: &str,
        folder: &Path,
        candidates: &[Candidate],
        destination: &Arc<Destination>,
    ) -> Option<Taken> {
        self.with(|database| database.take_watched(watch, folder, candidates, destination))
    }

    pub(super) fn end_watch(&mut self, watch: &str) {
        self.with(|database| database.end_watch(watch));
    }

    pub(super) fn failed(&mut self, queue_id: i64, failure: &Failure) {
        let failure = failure.to_json();
        self.with(|database| database.set_failed(queue_id, &failure));
    }

    pub(super) fn waiting(&mut self, queue_id: i64) {
        self.with(|database| database.set_waiting(queue_id));
    }

    pub(super) fn redirect(&mut self, queue_id: i64, destination: &Destination) {
        self.with(|database| database.set_destination(queue_id, destination));
    }

    pub(super) fn dequeue(&mut self, queue_ids: &[i64]) {
        self.with(|database| database.dequeue(queue_ids));
    }

    pub(super) fn forget(&mut self, ids: &[i64]) {
        self.with(|database| database.forget(ids));
    }

    pub(super) fn forget_all(&mut self) {
        self.with(Database::forget_all);
    }

    pub(super) fn set_deleted(&mut self, object: &StoredObject, deletion: Deletion) {
        let object_key = object.object_key.as_str();
        self.with(|database| database.set_deleted(&object.bucket, object_key, &object.url, deletion));
    }

    pub(super) fn forget_object(&mut self, object: &StoredObject) {
        let object_key = object.object_key.as_str();
        self.with(|database| database.forget_object(&object.bucket, object_key, &object.url));
    }

    pub(super) fn adopt_interrupted(&mut self) -> Vec<QueueRow> {
        let rows = self.with(Database::adopt_interrupted).unwrap_or_default();
        self.adopted.extend(rows.iter().map(|row| row.id));
        rows
    }

    /// Ends the work with the database: a last try at what had no room, and a process that has told its caller what
    /// became of its uploads leaves no rows but those that it had taken over.
    pub(super) fn close(&mut self, leave_no_rows: bool) {
        self.write_unwritten();
        if leave_no_rows {
            let adopted = std::mem::take(&mut self.adopted);
            self.with(|database| database.dequeue_own(&adopted));
        }
        self.database = None;
    }

    /// The window's settings, with what other processes have written meanwhile.
    pub(super) fn save_settings(&mut self, mut settings: Settings) {
        settings.bucket_regions.extend(self.regions.clone());
        if let Some(written) = &self.window_wrote {
            settings.as_read.clone_from(written);
        }
        if self.write_settings(&settings) {
            self.window_wrote = settings.as_written().ok();
        }
    }

    /// Whether they are on the disk now.
    fn write_settings(&self, settings: &Settings) -> bool {
        let Err(error) = settings.save(&self.folders.settings_file()) else {
            return true;
        };
        (self.trouble)(Failure::from(&error));
        matches!(error, SettingsError::Broken { .. })
    }

    pub(super) fn load_settings(&mut self) -> Settings {
        let (settings, trouble) = Settings::load(&self.folders.settings_file());
        if let Some(error) = trouble {
            (self.trouble)(Failure::from(&error));
        }
        settings
    }

    /// A host that a function's forms may go to.
    pub(super) fn remember_host(&mut self, lambda: &str, host: &str) {
        let mut settings = self.load_settings();
        let hosts = settings.lambda_hosts.entry(lambda.to_owned()).or_default();
        if !hosts.iter().any(|known| known == host) {
            hosts.push(host.to_owned());
            self.write_settings(&settings);
        }
    }

    /// A store that takes no form: the next start sends by PUT at once.
    pub(super) fn remember_no_forms(&mut self, endpoint_url: &str) {
        let mut settings = self.load_settings();
        if settings.stores_without_forms.insert(endpoint_url.to_owned()) {
            self.write_settings(&settings);
        }
    }

    /// Before the first part is sent. Whether another was abandoned for it.
    pub(super) fn begin_parts_upload(&mut self, queue_id: i64, begun: &PartsUpload) -> bool {
        let abandoned = self.with(|database| database.begin_parts_upload(queue_id, begun));
        abandoned.unwrap_or_default()
    }

    pub(super) fn abandon_parts_upload(&mut self, queue_id: i64) {
        self.with(|database| database.abandon_parts_upload(queue_id));
    }

    pub(super) fn parts_upload_of(&mut self, queue_id: i64) -> Option<PartsUpload> {
        self.with(|database| database.parts_upload_of(queue_id)).flatten()
    }

    pub(super) fn abandoned_parts_uploads(&mut self) -> Vec<PartsUpload> {
        self.with(|database| database.abandoned_parts_uploads())
            .unwrap_or_default()
    }

    /// Ids of the parts uploads that a file of the queue goes on with.
    pub(super) fn upload_ids_of_queue(&mut self) -> Vec<String> {
        self.with(|database| database.upload_ids_of_queue()).unwrap_or_default()
    }

    pub(super) fn forget_parts_upload(&mut self, upload_id: &str) {
        self.with(|database| database.forget_parts_upload(upload_id));
    }

    /// A region found out: the next start need not ask for it.
    pub(super) fn remember_region(&mut self, bucket: &str, region: &str) {
        let mut settings = self.load_settings();
        self.regions.insert(bucket.to_owned(), region.to_owned());
        if settings.bucket_regions.get(bucket).is_none_or(|known| known != region) {
            settings.bucket_regions.insert(bucket.to_owned(), region.to_owned());
            self.write_settings(&settings);
        }
    }
}

#[cfg(test)]
mod tests;
