//! An engine of its own, with its folders, its sandbox, and files to send.

use crate::support::ceph::Ceph;
pub(super) use crate::support::engine::{add, add_held, sandbox};
use crate::support::tools::run;
use dropslot::engine::{BatchId, Command, Done, Engine, EngineConfig, Event, SandboxAccess, Snapshot, UploadId};
use dropslot::s3::Credentials;
use dropslot::sandbox::Sandbox;
use dropslot::store::{DestinationKind, Folders};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;

/// Longer than anything here takes; only a hang meets it.
const PATIENCE: Duration = Duration::from_mins(1);

/// A home with settings, data and files.
pub(super) struct Rig {
    pub(super) dir: TempDir,
    sandbox: Option<Sandbox>,
}

impl Rig {
    pub(super) fn new() -> Self {
        Self {
            dir: tempfile::tempdir().unwrap(),
            sandbox: None,
        }
    }

    /// With the embedded S3 on a free port.
    pub(super) async fn with_sandbox() -> Self {
        let mut rig = Self::new();
        rig.sandbox = Some(Sandbox::start(rig.folders().sandbox_dir(), 0).await.unwrap());
        rig
    }

    pub(super) fn folders(&self) -> Folders {
        Folders {
            config: self.dir.path().join("config"),
            data: self.dir.path().join("data"),
        }
    }

    pub(super) fn config(&self) -> EngineConfig {
        EngineConfig {
            folders: Some(self.folders()),
            jobs: None,
            wake: Arc::new(|_| {}),
            adopt_interrupted: false,
            forget_done: false,
            network_patience: PATIENCE,
            sandbox: self.sandbox.as_ref().map(|sandbox| SandboxAccess {
                endpoint_url: sandbox.endpoint_url(),
                credentials: sandbox.credentials(),
            }),
        }
    }

    pub(super) fn start(&self) -> Engine {
        Engine::start(self.config())
    }

    /// On a stub in place of the embedded S3.
    pub(super) fn start_at(&self, url: &str, jobs: usize) -> Engine {
        let mut config = self.config();
        config.sandbox = Some(super::stub::access(url));
        config.jobs = Some(jobs);
        Engine::start(config)
    }

    /// A file below `files/`.
    pub(super) fn file(&self, name: impl AsRef<Path>, content: &[u8]) -> PathBuf {
        let path = self.dir.path().join("files").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path
    }

    /// An object's bytes as anybody sees them.
    pub(super) async fn get(url: &str) -> Vec<u8> {
        let answer = reqwest::get(url).await.unwrap().error_for_status().unwrap();
        answer.bytes().await.unwrap().to_vec()
    }
}

/// An engine whose sandbox is Ceph, with these keys.
pub(super) fn on_ceph(ceph: &Ceph, rig: &Rig, credentials: Credentials) -> Engine {
    // There from another test, perhaps.
    run(&mut ceph.aws(&["s3", "mb", &format!("s3://{}", DestinationKind::SANDBOX_BUCKET)]));
    let mut config = rig.config();
    config.sandbox = Some(SandboxAccess {
        endpoint_url: ceph.url.clone(),
        credentials,
    });
    Engine::start(config)
}

/// Those of the person whom Ceph knows.
pub(super) fn own_keys(ceph: &Ceph) -> Credentials {
    Credentials::from_keys(&ceph.access_key_id, &ceph.secret_access_key, None)
}

/// Sends one file, which must arrive.
pub(super) async fn sent(rig: &Rig, engine: &mut Engine, name: &str, content: &[u8]) -> (UploadId, Done) {
    let batch = add(engine, vec![rig.file(name, content)], sandbox());
    let events = until_batch_ended(engine, batch).await;
    let done = events.into_iter().find_map(|event| match event {
        Event::UploadDone { upload, done, .. } => Some((upload, Done::clone(&done))),
        _ => None,
    });
    done.expect("the upload is not done")
}

/// The next event.
pub(super) async fn event(engine: &mut Engine) -> Event {
    tokio::time::timeout(PATIENCE, engine.events.recv())
        .await
        .expect("no event in time")
        .expect("the engine has stopped")
}

/// Events up to and with the first for which `wanted` holds.
pub(super) async fn events_until(engine: &mut Engine, wanted: impl Fn(&Event) -> bool) -> Vec<Event> {
    let mut events = Vec::new();
    loop {
        let next = event(engine).await;
        let found = wanted(&next);
        events.push(next);
        if found {
            return events;
        }
    }
}

pub(super) async fn until_batch_ended(engine: &mut Engine, wanted: BatchId) -> Vec<Event> {
    events_until(
        engine,
        |event| matches!(event, Event::BatchEnded { batch, .. } if *batch == wanted),
    )
    .await
}

/// A snapshot for which `wanted` holds.
pub(super) async fn snapshot_when(engine: &mut Engine, wanted: impl Fn(&Snapshot) -> bool) -> Arc<Snapshot> {
    let found = tokio::time::timeout(PATIENCE, engine.snapshot.wait_for(|snapshot| wanted(snapshot)));
    Arc::clone(&*found.await.expect("no such snapshot in time").unwrap())
}

/// Shuts down in order.
pub(super) async fn stop(mut engine: Engine) {
    engine.send(Command::Shutdown).unwrap();
    events_until(&mut engine, |event| *event == Event::Stopped).await;
}
