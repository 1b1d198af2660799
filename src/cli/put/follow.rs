//! The engine at work, from the first command to the last event.

use super::progress::Progress;
use super::report::Report;
use super::sandbox_for;
use crate::cli::interrupt::Interrupt;
use crate::cli::problem::{Problem, Status};
use crate::cli::stderr;
use crate::engine::{
    AddRequest, AdoptRequest, BatchId, Command, Engine, EngineGone, Event, Failure, Snapshot, UploadId,
};
use crate::store::{Destination, DestinationKind};
use std::sync::Arc;
use std::time::Duration;

/// How long the engine may take to close its store after the last upload.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(10);

/// An engine, and who tells what it does.
pub(super) struct Following {
    engine: Engine,
    report: Report,
    progress: Progress,
    quiet: bool,
    /// Batches that have not ended.
    open: Vec<BatchId>,
    network_is_gone: bool,
}

impl Following {
    pub(super) fn new(engine: Engine, report: Report, quiet: bool) -> Self {
        Self {
            engine,
            report,
            progress: Progress::new(quiet),
            quiet,
            open: Vec::new(),
            network_is_gone: false,
        }
    }

    /// What was interrupted first, then what is new: results come in this order.
    pub(super) async fn follow(
        mut self,
        resumed: Option<AdoptRequest>,
        added: Option<AddRequest>,
        mut interrupt: Interrupt,
    ) -> Result<Status, Problem> {
        if let Some(request) = resumed {
            self.open.push(request.batch);
            self.send(Command::Adopt(request))?;
        }
        if let Some(request) = added {
            self.open.push(request.batch);
            self.send(Command::Add(request))?;
        }
        let mut stopped = false;
        while !self.open.is_empty() {
            tokio::select! {
                event = self.engine.events.recv() => {
                    let Some(event) = event else { return Err(engine_gone(EngineGone)) };
                    self.progress.clear();
                    self.take(event, stopped).await?;
                }
                changed = self.engine.snapshot.changed() => {
                    if changed.is_err() {
                        return Err(engine_gone(EngineGone));
                    }
                    let snapshot = self.engine.snapshot.borrow_and_update().clone();
                    self.look_at_network(&snapshot);
                    self.progress.draw(&snapshot);
                }
                () = interrupt.next() => {
                    self.progress.clear();
                    if stopped {
                        break;
                    }
                    stopped = true;
                    self.send(Command::CancelAll)?;
                }
            }
        }
        shut_down(self.engine, |failure| self.report.trouble(&failure)).await;
        Ok(self.report.summary(stopped))
    }

    /// Says once that it is waited for, and once that it is not any more.
    fn look_at_network(&mut self, snapshot: &Snapshot) {
        let is_gone = snapshot.totals.offline > 0;
        if std::mem::replace(&mut self.network_is_gone, is_gone) != is_gone && !self.quiet {
            self.progress.clear();
            stderr::tell(if is_gone {
                "The network is gone: waiting for it."
            } else {
                "No longer waiting for the network."
            });
        }
    }

    fn send(&self, command: Command) -> Result<(), Problem> {
        self.engine.send(command).map_err(engine_gone)
    }

    async fn take(&mut self, event: Event, stopped: bool) -> Result<(), Problem> {
        let snapshot = self.engine.snapshot.borrow().clone();
        match event {
            Event::UploadsAdopted { batch, destinations } => self.resume(batch, &destinations, stopped).await?,
            Event::BatchAdded { uploads, batch } if self.open.contains(&batch) => self.report.added(uploads),
            Event::UploadDone { upload, done, .. } => self.report.done(upload, done)?,
            Event::UploadFailed { upload, failure, .. } => self.report.failed(upload, *failure, &snapshot)?,
            Event::UploadCancelled { upload, .. } => self.report.cancelled(upload, &snapshot)?,
            Event::HostTrusted { destination, host } => self.report.host_trusted(destination.place(), &host),
            Event::Trouble(failure) => self.report.trouble(&failure),
            Event::BatchEnded { batch, .. } => self.open.retain(|open| *open != batch),
            Event::BatchAdded { .. }
            | Event::FormSeen { .. }
            | Event::SecretSaved { .. }
            | Event::LinkSigned { .. }
            | Event::ObjectDeleted { .. }
            | Event::HistoryFound { .. }
            | Event::HistoryRead { .. }
            | Event::HistoryChanged
            | Event::Environment(_)
            | Event::Profiles(_)
            | Event::ProfileAdded { .. }
            | Event::Buckets(_)
            | Event::Checkup { .. }
            | Event::UnfinishedListed { .. }
            | Event::UnfinishedAborted { .. }
            | Event::WatchChanged { .. }
            | Event::WatchFound { .. }
            | Event::Stopped => {}
        }
        Ok(())
    }

    /// Sends again what was taken over; after a stop it stays as it is.
    async fn resume(
        &mut self,
        batch: BatchId,
        destinations: &[(UploadId, Arc<Destination>)],
        stopped: bool,
    ) -> Result<(), Problem> {
        let uploads: Vec<_> = destinations.iter().map(|(upload, _)| *upload).collect();
        self.report.resumed(&uploads);
        if stopped || uploads.is_empty() {
            self.open.retain(|open| *open != batch);
            return Ok(());
        }
        let is_sandbox = |(_, to): &(UploadId, Arc<Destination>)| to.kind == DestinationKind::Sandbox;
        if destinations.iter().any(is_sandbox)
            && let Some(access) = sandbox_for(&DestinationKind::Sandbox, self.quiet).await?
        {
            self.send(Command::UseSandbox(access))?;
        }
        for upload in uploads {
            self.send(Command::Retry {
                upload,
                destination: None,
            })?;
        }
        Ok(())
    }
}

/// Lets the engine write what it still has to; its troubles (a full disk) are told.
pub(in crate::cli) async fn shut_down(mut engine: Engine, mut tell: impl FnMut(Failure)) {
    if engine.send(Command::Shutdown).is_err() {
        return;
    }
    let last_events = async {
        while let Some(event) = engine.events.recv().await {
            match event {
                Event::Trouble(failure) => tell(failure),
                Event::Stopped => break,
                _ => {}
            }
        }
    };
    if tokio::time::timeout(SHUTDOWN_TIMEOUT, last_events).await.is_err() {
        tracing::warn!("the engine did not stop in time");
    }
}

pub(in crate::cli) fn engine_gone(error: EngineGone) -> Problem {
    Problem::of_system("The upload ended early", &error)
}
