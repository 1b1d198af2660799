//! The engine's handle: start it, send commands, read the snapshot, receive events.

use super::{BatchId, Command, Event, Snapshot};
use crate::s3::Credentials;
use crate::store::Folders;
use std::sync::Arc;
use tokio::sync::{mpsc, watch};

/// How the engine runs.
pub struct EngineConfig {
    /// Settings, queue and history; `None` keeps nothing (no home).
    pub folders: Option<Folders>,
    /// Uploads at a time.
    pub jobs: usize,
    /// Called after a changed snapshot (at most 20 times a second) and after every event.
    pub wake: Arc<dyn Fn() + Send + Sync>,
    /// Whether uploads that another process left are shown, interrupted (the window), or left alone (the command line).
    pub adopt_interrupted: bool,
    /// The embedded S3, where one runs.
    pub sandbox: Option<SandboxAccess>,
}

/// Where the embedded S3 is, and its keys.
#[derive(Clone, Debug)]
pub struct SandboxAccess {
    /// `http://127.0.0.1:PORT`.
    pub endpoint_url: String,
    /// Its own keys.
    pub credentials: Credentials,
}

impl std::fmt::Debug for EngineConfig {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("EngineConfig")
            .field("folders", &self.folders)
            .field("jobs", &self.jobs)
            .finish_non_exhaustive()
    }
}

/// The engine has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the engine has stopped")]
pub struct EngineGone;

/// A running engine. Dropping it stops everything on the wire.
#[derive(Debug)]
pub struct Engine {
    commands: mpsc::Sender<Command>,
    /// Latest wins.
    pub snapshot: watch::Receiver<Arc<Snapshot>>,
    /// In order.
    pub events: mpsc::UnboundedReceiver<Event>,
}

impl Engine {
    /// Starts the engine on the current tokio runtime.
    #[must_use]
    pub fn start(_config: EngineConfig) -> Self {
        todo!()
    }

    /// A batch number not used before.
    #[must_use]
    pub fn new_batch() -> BatchId {
        static NEXT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(1);
        BatchId(NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed))
    }

    /// Sends a command without waiting: for the window's thread. A full channel keeps it in order behind the others.
    ///
    /// # Errors
    /// [`EngineGone`].
    pub fn send(&self, command: Command) -> Result<(), EngineGone> {
        match self.commands.try_send(command) {
            Ok(()) => Ok(()),
            Err(mpsc::error::TrySendError::Full(_) | mpsc::error::TrySendError::Closed(_)) => Err(EngineGone),
        }
    }
}
