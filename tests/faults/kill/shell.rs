//! A person at a terminal: `dropslot put`, killed, and `dropslot put --resume`, through a proxy that counts.

use crate::faults::generator::Random;
use crate::support::fault_server::FaultServer;
use crate::support::home::Home;
use crate::support::process::Process;
use crate::support::store::{Store, holds};
use crate::support::wait;
use dropslot::store::{Database, HistoryEntry};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// No run takes longer.
const LIMIT: Duration = Duration::from_mins(10);

pub(super) struct Shell {
    home: Home,
    pub(super) store: Store,
    pub(super) server: FaultServer,
    options: Vec<String>,
    /// Bytes per second of a slow run.
    rate: &'static str,
}

impl Shell {
    pub(super) fn new(store: Store, options: &[&str], rate: &'static str) -> Self {
        Self {
            home: Home::new(),
            server: FaultServer::passing(store.clone()),
            store,
            options: options.iter().copied().map(str::to_owned).collect(),
            rate,
        }
    }

    pub(super) fn file(&self, name: &str, content: &[u8]) -> PathBuf {
        self.home.write(Path::new("files").join(name), content)
    }

    fn put(&self) -> Command {
        let keys = &self.store.credentials;
        let mut put = self.home.dropslot();
        put.args(["put", "--quiet"])
            .env("AWS_ACCESS_KEY_ID", keys.access_key_id())
            .env("AWS_SECRET_ACCESS_KEY", keys.secret_access_key())
            .current_dir(self.home.path());
        put
    }

    /// Everything, for the first time.
    pub(super) fn first(&self) -> Run {
        let mut put = self.put();
        put.args(["--bucket", &self.store.bucket, "--region", "us-east-1"])
            .args(["--endpoint-url", &self.server.url()])
            .args(&self.options)
            .arg("files");
        Run(Process::start(&mut put))
    }

    /// What is left; mostly slowly, so that a kill finds something on its way.
    pub(super) fn resume(&self, random: &mut Random) -> Run {
        let mut put = self.put();
        put.args(["--resume", "--jobs", &super::JOBS.to_string()]);
        if random.chance(70) {
            put.args(["--limit-rate", self.rate]);
        }
        Run(Process::start(&mut put))
    }

    /// Until everything that the dead process had on the wire has ended here as well.
    pub(super) fn settle(&self) {
        wait::until("the end of the killed requests", Duration::from_secs(30), || {
            self.server.log().settled()
        });
    }

    fn database(&self) -> Database {
        Database::open(&self.home.path().join("data/dropslot/dropslot.sqlite3")).unwrap()
    }

    pub(super) fn history(&self) -> Vec<HistoryEntry> {
        self.database().history("", 1_000_000).unwrap()
    }

    /// Every file has its one object, which is the file, and one row of the history, and none of the queue.
    pub(super) async fn assert_all_done(&self, files: &[PathBuf]) {
        let (store, history) = (&self.store, self.history());
        let client = store.client();
        let objects = store.object_keys().await;
        assert_eq!(objects.len(), files.len());
        assert_eq!(history.len(), files.len());
        for file in files {
            let rows: Vec<_> = history.iter().filter(|entry| Path::new(&entry.path) == file).collect();
            assert_eq!(rows.len(), 1, "{}", file.display());
            assert!(
                holds(&client, &store.bucket, &rows[0].object_key, file).await,
                "{} is told to be done, and is not",
                file.display()
            );
            assert!(!self.database().is_queued(file).unwrap(), "{}", file.display());
        }
    }
}

/// A running `dropslot put`.
pub(super) struct Run(Process);

impl Run {
    /// Whether `what` becomes true before it ends.
    pub(super) fn reaches(&mut self, what: impl Fn() -> bool) -> bool {
        let deadline = Instant::now() + LIMIT;
        while !what() {
            if self.0.ended().is_some() {
                return false;
            }
            assert!(Instant::now() < deadline, "nothing moves any more");
            std::thread::sleep(Duration::from_millis(1));
        }
        true
    }

    /// `kill -9`.
    pub(super) fn kill(&mut self) {
        self.0.kill();
    }

    /// Waits for its end, which must be a good one.
    pub(super) fn succeed(mut self) {
        let status = wait::until("the end of dropslot put", LIMIT, || self.0.ended());
        assert!(status.success(), "{status}");
    }
}
