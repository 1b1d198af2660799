//! The engine's handle: start it, send commands, read the snapshot, receive events.

use super::endpoints::Endpoints;
use super::failure::UploadReason;
use super::history::History;
use super::line::Lines;
use super::looks::Looks;
use super::queue::{Outlet, Queue, Report, Terms};
use super::secrets::Secrets;
use super::store_thread::{Desk, StoreThread};
use super::upload::Workshop;
use super::{BatchId, Code, Command, Event, Failure, Snapshot};
use crate::s3::Credentials;
use crate::store::Folders;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, watch};
use tokio_util::sync::{CancellationToken, DropGuard};

/// How the engine runs.
pub struct EngineConfig {
    /// Settings, queue and history; `None` keeps nothing (no home).
    pub folders: Option<Folders>,
    /// Requests to one store on their way at a time; `None`: as many as help.
    pub jobs: Option<usize>,
    /// Called after a changed snapshot (at most 20 times a second) and after every event.
    pub wake: Arc<dyn Fn(Wake) + Send + Sync>,
    /// Whether uploads that another process left are shown at once, interrupted, and what is not done at the end stays for the
    /// next start (the window). The command line adopts when it is told to ([`Command::Adopt`]), and leaves nothing of its own.
    pub adopt_interrupted: bool,
    /// Whether uploads that are done leave the list at the next look: their numbers stay in the totals, and their results are
    /// in [`Event::UploadDone`] alone (the command line, which shows no rows).
    pub forget_done: bool,
    /// The embedded S3, where one runs.
    pub sandbox: Option<SandboxAccess>,
    /// How long uploads wait for a network that has gone.
    pub network_patience: Duration,
}

/// How soon whoever is woken is to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wake {
    /// At once: somebody waits for this.
    Now,
    /// Counters have moved, or one upload of many has ended: no person sees more than a few of these a second.
    Soon,
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
    commands: mpsc::UnboundedSender<Command>,
    /// Latest wins.
    pub snapshot: watch::Receiver<Arc<Snapshot>>,
    /// In order.
    pub events: mpsc::UnboundedReceiver<Event>,
    _stop: DropGuard,
}

impl Engine {
    /// Starts the engine on the current tokio runtime.
    #[must_use]
    pub fn start(config: EngineConfig) -> Self {
        let (commands, orders) = mpsc::unbounded_channel();
        let (latest, snapshot) = watch::channel(Arc::default());
        let (outcomes, events) = mpsc::unbounded_channel();
        let stop = CancellationToken::new();
        let outlet = Outlet {
            snapshot: latest,
            events: outcomes,
            wake: Arc::clone(&config.wake),
        };
        tokio::spawn(run(config, outlet, orders, stop.clone()));
        Self {
            commands,
            snapshot,
            events,
            _stop: stop.drop_guard(),
        }
    }

    /// A batch number not used before.
    #[must_use]
    pub fn new_batch() -> BatchId {
        static NEXT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(1);
        BatchId(NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed))
    }

    /// Sends a command without waiting: for the window's thread.
    ///
    /// The channel has no bound, so that a command is neither lost nor waited for; a person and a command line send few.
    ///
    /// # Errors
    /// [`EngineGone`].
    pub fn send(&self, command: Command) -> Result<(), EngineGone> {
        self.commands.send(command).map_err(|_unsent| EngineGone)
    }
}

/// Sets the workshop up (certificates and the database are read from disk: off this thread), then runs the queue.
async fn run(
    config: EngineConfig,
    outlet: Outlet,
    commands: mpsc::UnboundedReceiver<Command>,
    stop: CancellationToken,
) {
    let (reports, heard) = mpsc::unbounded_channel();
    let troubles = reports.clone();
    let trouble = move |failure: Failure| {
        tracing::warn!(code = failure.code.name(), what = failure.english().what, details = ?failure.details, "trouble");
        drop(troubles.send(Report::Event(Box::new(Event::Trouble(failure)))));
    };
    let history = History::new(config.folders.as_ref().map(Folders::database_file));
    let secrets = Secrets::new(config.folders.as_ref().map(Folders::secrets_file));
    // Certificates are read while the database is opened: the first file waits for the slower of the two, not for both.
    let client = tokio::task::spawn_blocking(crate::aws::http_client);
    let own_folder = config.folders.as_ref().map(|folders| folders.data.clone());
    let store = StoreThread::start(config.folders, trouble.clone());
    let settings = store.ask(Desk::load_settings).await.unwrap_or_default();
    let client = match client.await {
        Ok(client) => client.map_err(|error| Failure::from(&error)),
        Err(error) => Err(Failure::new(Code::Internal, UploadReason::NotStarted).because(&error)),
    };
    let workshop = Workshop {
        endpoints: Endpoints::new(
            client.clone(),
            settings,
            secrets,
            config.sandbox,
            Lines::new(config.jobs),
        ),
        client,
        store,
        history,
        looks: Looks::new(crate::transfer::first_look),
        network_patience: config.network_patience,
    };
    let terms = Terms {
        keep_unfinished: config.adopt_interrupted,
        forget_done: config.forget_done,
        own_folder,
    };
    Queue::new(&terms, Arc::new(workshop), outlet, reports)
        .run(commands, heard, stop)
        .await;
}
