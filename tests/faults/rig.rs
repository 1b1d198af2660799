//! An engine before a fault server before the embedded S3, and what is true in the end.

pub(super) use crate::support::engine::{add, sandbox};
use crate::support::fault_server::{Fault, FaultServer, Request};
use crate::support::store::Store;
use dropslot::engine::{Command, Done, Engine, EngineConfig, Event, Failure, SandboxAccess, UploadId};
use dropslot::sandbox::Sandbox;
use dropslot::store::{Database, Destination, Folders, HistoryEntry};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;

/// More than any upload may take: five attempts, each stalled, and the waits between them.
pub(super) const LIMIT: Duration = Duration::from_mins(6);

/// A store with its folder.
pub(super) struct TrueStore {
    sandbox: Sandbox,
    _dir: TempDir,
}

impl TrueStore {
    pub(super) async fn start() -> Self {
        let dir = tempfile::tempdir().unwrap();
        Self {
            sandbox: Sandbox::start(dir.path().join("sandbox"), 0).await.unwrap(),
            _dir: dir,
        }
    }

    pub(super) fn store(&self) -> Store {
        Store::sandbox(&self.sandbox.endpoint_url(), self.sandbox.credentials())
    }
}

/// One person's files, settings, queue and history.
pub(super) struct Person {
    dir: TempDir,
    store: Store,
}

impl Person {
    pub(super) fn new(store: Store) -> Self {
        Self {
            dir: tempfile::tempdir().unwrap(),
            store,
        }
    }

    pub(super) fn file(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.dir.path().join("files").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path
    }

    fn folders(&self) -> Folders {
        Folders {
            config: self.dir.path().join("config"),
            data: self.dir.path().join("data"),
        }
    }

    pub(super) fn access(&self, endpoint_url: &str) -> SandboxAccess {
        SandboxAccess {
            endpoint_url: endpoint_url.to_owned(),
            credentials: self.store.credentials.clone(),
        }
    }

    /// The engine as the window runs it: what is not done is kept.
    pub(super) fn engine(&self, endpoint_url: &str, jobs: usize) -> Engine {
        Engine::start(EngineConfig {
            folders: Some(self.folders()),
            jobs: Some(jobs),
            wake: Arc::new(|_| {}),
            adopt_interrupted: true,
            forget_done: false,
            network_patience: Duration::from_mins(1),
            sandbox: Some(self.access(endpoint_url)),
        })
    }

    /// The queue and the history as another process reads them.
    pub(super) fn database(&self) -> Database {
        Database::open(&self.folders().database_file()).unwrap()
    }

    pub(super) fn history(&self) -> Vec<HistoryEntry> {
        self.database().history("", 1_000_000).unwrap()
    }

    pub(super) fn is_queued(&self, path: &Path) -> bool {
        self.database().is_queued(path).unwrap()
    }
}

/// The next outcome of an upload; `None` when `LIMIT` is over, or the engine.
pub(super) async fn outcome(engine: &mut Engine, limit: Duration) -> Option<(UploadId, Result<Done, Failure>)> {
    let next = async {
        loop {
            match engine.events.recv().await? {
                Event::UploadDone { upload, done, .. } => return Some((upload, Ok(Done::clone(&done)))),
                Event::UploadFailed { upload, failure, .. } => return Some((upload, Err(*failure))),
                _ => {}
            }
        }
    };
    tokio::time::timeout(limit, next).await.ok()?
}

pub(super) async fn stop(mut engine: Engine) {
    engine.send(Command::Shutdown).unwrap();
    while engine.events.recv().await.is_some_and(|event| event != Event::Stopped) {}
}

/// One file, sent through one fault server, and everything there is to know afterwards.
pub(super) struct Sent {
    pub(super) outcome: Result<Done, Failure>,
    pub(super) content: Vec<u8>,
    pub(super) path: PathBuf,
    pub(super) upload: UploadId,
    pub(super) engine: Engine,
    pub(super) server: FaultServer,
    pub(super) person: Person,
    pub(super) store: TrueStore,
}

impl Sent {
    pub(super) async fn of(
        size_bytes: usize,
        destination: Destination,
        script: impl FnMut(&Request) -> Fault + Send + 'static,
    ) -> Self {
        let store = TrueStore::start().await;
        let server = FaultServer::start(store.store(), script);
        let person = Person::new(store.store());
        let mut engine = person.engine(&server.url(), 1);
        let content: Vec<u8> = (0..size_bytes)
            .map(|at| u8::try_from((at / 7 + at) % 251).unwrap())
            .collect();
        let path = person.file("a.bin", &content);
        add(&engine, vec![path.clone()], destination);
        let (upload, outcome) = outcome(&mut engine, LIMIT).await.expect("stuck");
        Self {
            outcome,
            content,
            path,
            upload,
            engine,
            server,
            person,
            store,
        }
    }

    /// The upload's outcome, which must be good.
    #[track_caller]
    pub(super) fn done(&self) -> &Done {
        self.outcome.as_ref().unwrap_or_else(|failure| panic!("{failure}"))
    }

    /// Done, and truly: there is one object, and it is the file; one history row, and none of the queue.
    pub(super) async fn assert_truly_done(&self) {
        let done = self.done();
        let store = self.store.store();
        assert_eq!(store.object_keys().await, [done.object_key.as_str()]);
        assert!(store.object(&done.object_key).await.unwrap() == self.content);
        assert_eq!(self.person.history().len(), 1);
        assert!(!self.person.is_queued(&self.path));
    }
}

/// One fault for the first request that carries the file, none for anything else.
pub(super) fn first_try(fault: Fault) -> impl FnMut(&Request) -> Fault + Send {
    move |request| {
        if request.operation.carries_file() && request.turn == 0 {
            fault.clone()
        } else {
            Fault::None
        }
    }
}

/// The same for every request that carries the file.
pub(super) fn every_try(fault: Fault) -> impl FnMut(&Request) -> Fault + Send {
    move |request| {
        if request.operation.carries_file() {
            fault.clone()
        } else {
            Fault::None
        }
    }
}
