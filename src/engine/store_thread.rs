//! The store's own thread: `SQLite` and the settings file block, the runtime must not.
//!
//! Work is done in the order in which it was asked for. A store that cannot be written stops no upload: the trouble is
//! told once, and history entries wait in memory until there is room again.

use super::Failure;
use super::objects::StoredObject;
use crate::store::{
    Database, Deletion, Destination, Folders, HistoryEntry, PartsUpload, QueueRow, QueuedFile, Settings, SettingsError,
    StoreError,
};
use std::collections::BTreeMap;
use std::sync::mpsc;
use std::time::Duration;
use tokio::sync::oneshot;

/// Between two tries to write what the disk had no room for.
const LOOK_FOR_ROOM_EVERY: Duration = Duration::from_secs(10);

type Work = Box<dyn FnOnce(&mut Desk) + Send>;

/// A handle on the thread. It ends, its work done, when the last handle is dropped.
#[derive(Clone, Debug)]
pub(super) struct StoreThread {
    work: Option<mpsc::Sender<Work>>,
}

impl StoreThread {
    /// Starts the thread; without folders nothing is kept.
    pub(super) fn start(folders: Option<Folders>, trouble: impl Fn(Failure) + Send + 'static) -> Self {
        let Some(folders) = folders else {
            return Self { work: None };
        };
        let (work, orders) = mpsc::channel::<Work>();
        let spawned = std::thread::Builder::new().name("store".to_owned()).spawn(move || {
            let mut desk = Desk::open(folders, Box::new(trouble));
            while let Some(order) = desk.next(&orders) {
                order(&mut desk);
            }
        });
        if let Err(error) = &spawned {
            tracing::error!(%error, "no thread for the store");
        }
        Self {
            work: spawned.is_ok().then_some(work),
        }
    }

    /// Does `work` in its turn, without waiting for it.
    pub(super) fn order(&self, work: impl FnOnce(&mut Desk) + Send + 'static) {
        if let Some(orders) = &self.work
            && orders.send(Box::new(work)).is_err()
        {
            tracing::error!("the store's thread has ended");
        }
    }

    /// Does `work` in its turn and gives its result; `None` without a store.
    pub(super) async fn ask<T: Send + 'static>(&self, work: impl FnOnce(&mut Desk) -> T + Send + 'static) -> Option<T> {
        self.work.as_ref()?;
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
    fn next(&mut self, orders: &mpsc::Receiver<Work>) -> Option<Work> {
        while self.database.is_some() && !self.unwritten.is_empty() {
            match orders.recv_timeout(LOOK_FOR_ROOM_EVERY) {
                Ok(order) => return Some(order),
                Err(mpsc::RecvTimeoutError::Timeout) => self.write_history(),
                Err(mpsc::RecvTimeoutError::Disconnected) => return None,
            }
        }
        orders.recv().ok()
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

    pub(super) fn begun(&mut self, queue_id: i64, object_key: &str) {
        self.with(|database| database.set_begun(queue_id, object_key));
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

    /// The history row, and the queue row off, in one. What cannot be written is kept and written with the next.
    pub(super) fn record_done(&mut self, entry: HistoryEntry, queue_id: Option<i64>) {
        self.unwritten.push((entry, queue_id));
        self.write_history();
    }

    fn write_history(&mut self) {
        let mut waiting = std::mem::take(&mut self.unwritten).into_iter();
        while let Some((entry, queue_id)) = waiting.next() {
            let written = self.with(|database| database.record_done(&entry, queue_id));
            if written.is_none() {
                self.unwritten.push((entry, queue_id));
                self.unwritten.extend(waiting);
                return;
            }
        }
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

    pub(super) fn adopt_interrupted(&mut self) -> Vec<QueueRow> {
        let rows = self.with(Database::adopt_interrupted).unwrap_or_default();
        self.adopted.extend(rows.iter().map(|row| row.id));
        rows
    }

    /// Ends the work with the database: a last try at what had no room, and a process that has told its caller what
    /// became of its uploads leaves no rows but those that it had taken over.
    pub(super) fn close(&mut self, leave_no_rows: bool) {
        self.write_history();
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
#[allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must fail loudly"
)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};

    fn entry(key: &str) -> HistoryEntry {
        HistoryEntry {
            id: 0,
            done_at: jiff::Timestamp::now(),
            path: "x".repeat(5000),
            bucket: "b".to_owned(),
            object_key: key.to_owned(),
            url: "u".to_owned(),
            etag: None,
            size_bytes: 1,
            content_type: "t".to_owned(),
            proof: "md5".to_owned(),
            access: "public".to_owned(),
            destination: None,
            deletion: None,
        }
    }

    #[test]
    fn a_full_disk_is_told_once_and_what_was_done_is_written_when_there_is_room() {
        let dir = tempfile::tempdir().unwrap();
        let folders = Folders {
            config: dir.path().join("config"),
            data: dir.path().join("data"),
        };
        let file = folders.database_file();
        let troubles = Arc::new(Mutex::new(Vec::new()));
        let told = Arc::clone(&troubles);
        let mut desk = Desk::open(folders, Box::new(move |failure| told.lock().unwrap().push(failure)));

        desk.database.as_ref().unwrap().leave_room_for_pages(0);
        desk.record_done(entry("first"), None);
        desk.record_done(entry("second"), None);
        let said: Vec<_> = troubles
            .lock()
            .unwrap()
            .iter()
            .map(|failure| failure.english().what)
            .collect();
        assert_eq!(said, ["The disk is full: queue and history cannot be written"]);

        desk.database.as_ref().unwrap().leave_room_for_pages(1000);
        desk.close(false);
        let history = Database::open(&file).unwrap().history("", 10).unwrap();
        let mut keys: Vec<_> = history.into_iter().map(|entry| entry.object_key).collect();
        keys.sort();
        assert_eq!(keys, ["first", "second"]);
    }

    #[test]
    fn what_two_windows_save_comes_together_and_what_one_removes_stays_away() {
        let dir = tempfile::tempdir().unwrap();
        let folders = Folders {
            config: dir.path().join("config"),
            data: dir.path().join("data"),
        };
        let open = || Desk::open(folders.clone(), Box::new(|failure: Failure| panic!("{failure}")));
        let saved_as = |name: &str| Destination::new(name, crate::store::DestinationKind::Sandbox);
        let names = || {
            let (settings, _) = Settings::load(&folders.settings_file());
            let names = settings.destinations.into_iter().map(|saved| saved.name);
            names.collect::<Vec<_>>().join(" ")
        };
        let (mut one, mut other) = (open(), open());
        let (mut mine, mut theirs) = (one.load_settings(), other.load_settings());
        mine.destinations.push(saved_as("a"));
        one.save_settings(mine.clone());
        theirs.destinations.push(saved_as("b"));
        other.save_settings(theirs);
        assert_eq!(names(), "b a");
        mine.destinations.push(saved_as("c"));
        one.save_settings(mine.clone());
        assert_eq!(names(), "a c b");
        one.remember_region("bucket", "eu-west-1");
        mine.destinations.remove(0);
        one.save_settings(mine);
        assert_eq!(names(), "c b");
    }
}
