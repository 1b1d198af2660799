//! `dropslot put`: the engine with a terminal for a window.

mod names;
mod progress;
mod report;
mod stdin;

use super::args::{PutArgs, UploadArgs};
use super::interrupt::Interrupt;
use super::problem::{Problem, Status, print_failure};
use super::stderr;
use crate::engine::{AddRequest, BatchId, Command, Engine, EngineConfig, EngineGone, Event, SandboxAccess};
use crate::store::{Destination, DestinationKind, Folders};
use names::Names;
use progress::Progress;
use report::Report;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

pub(super) use report::printable;

/// Uploads at a time unless told.
const JOBS: u8 = 6;
/// How long the engine may take to close its store after the last upload.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(10);

pub(super) async fn run(args: PutArgs) -> Result<Status, Problem> {
    let mut destination = super::destination::of_args(&args.destination)?;
    if args.destination.names_none() && !args.upload.quiet {
        stderr::tell(&format!(
            "Uploading to {:?}, the destination used last.",
            destination.name
        ));
    }
    super::handed::refuse_object_args(&destination.kind, &args.object)?;
    super::destination::with_object_args(&mut destination.options, &args.object)?;
    super::destination::with_upload_args(&mut destination, &args.upload)?;
    upload(destination, args.paths, &args.upload).await
}

/// Uploads `paths`, reports each, and says how it went.
pub(super) async fn upload(
    destination: Destination,
    paths: Vec<PathBuf>,
    args: &UploadArgs,
) -> Result<Status, Problem> {
    let mut interrupt = Interrupt::catch()?;
    let spooled = tokio::select! {
        spooled = stdin::spool(paths, &destination.key_template) => spooled?,
        () = interrupt.next() => {
            stderr::tell("Stopped while reading standard input: nothing was sent.");
            return Ok(Status::Interrupted);
        }
    };
    let sandbox = sandbox_for(&destination, args.quiet).await?;
    let engine = Engine::start(EngineConfig {
        folders: Folders::of_this_user(),
        jobs: usize::from(args.jobs.unwrap_or(JOBS)),
        wake: Arc::new(|_| {}),
        adopt_interrupted: false,
        sandbox,
    });
    trust(&engine, &destination, &args.s3_host)?;
    let request = AddRequest {
        batch: Engine::new_batch(),
        paths: spooled.paths.clone(),
        destination,
        hold: Duration::ZERO,
        probe: !args.no_probe,
        limit_rate: args.limit_rate,
    };
    let report = Report::new(
        args.json,
        args.quiet,
        Names::new(&spooled.paths, spooled.file.as_deref()),
    );
    let progress = Progress::new(args.quiet);
    follow(engine, request, report, progress, interrupt).await
}

/// Before the first form is asked for.
fn trust(engine: &Engine, destination: &Destination, s3_hosts: &[String]) -> Result<(), Problem> {
    let lambda = match &destination.kind {
        DestinationKind::Lambda(lambda) => lambda.identity(),
        _ if s3_hosts.is_empty() => return Ok(()),
        _ => {
            return Err(Problem::usage(
                "--s3-host is for forms of a Lambda",
                "Leave it out, or name the function by --lambda, --lambda-function or --to",
            ));
        }
    };
    for host in s3_hosts {
        let (lambda, host) = (lambda.to_owned(), host.to_ascii_lowercase());
        engine.send(Command::TrustHost { lambda, host }).map_err(engine_gone)?;
    }
    Ok(())
}

#[cfg(feature = "sandbox")]
pub(super) async fn sandbox_for(destination: &Destination, quiet: bool) -> Result<Option<SandboxAccess>, Problem> {
    match destination.kind {
        DestinationKind::Sandbox => super::sandbox::find_or_start(quiet).await.map(Some),
        DestinationKind::Account { .. } | DestinationKind::Lambda(_) | DestinationKind::Ticket(_) => Ok(None),
    }
}

#[cfg(not(feature = "sandbox"))]
#[allow(clippy::unused_async, reason = "called as its twin, which waits for the sandbox")]
pub(super) async fn sandbox_for(destination: &Destination, _quiet: bool) -> Result<Option<SandboxAccess>, Problem> {
    match destination.kind {
        DestinationKind::Sandbox => Err(super::sandbox_is_left_out()),
        DestinationKind::Account { .. } | DestinationKind::Lambda(_) | DestinationKind::Ticket(_) => Ok(None),
    }
}

/// From the first event to the last.
async fn follow(
    mut engine: Engine,
    request: AddRequest,
    mut report: Report,
    mut progress: Progress,
    mut interrupt: Interrupt,
) -> Result<Status, Problem> {
    let batch = request.batch;
    let mut stopped = false;
    engine.send(Command::Add(request)).map_err(engine_gone)?;
    loop {
        tokio::select! {
            event = engine.events.recv() => {
                let Some(event) = event else { return Err(engine_gone(EngineGone)) };
                progress.clear();
                if take_event(event, batch, &mut report, &engine)? {
                    break;
                }
            }
            changed = engine.snapshot.changed() => {
                if changed.is_err() {
                    return Err(engine_gone(EngineGone));
                }
                progress.draw(&engine.snapshot.borrow_and_update());
            }
            () = interrupt.next() => {
                progress.clear();
                if stopped {
                    break;
                }
                stopped = true;
                engine.send(Command::CancelAll).map_err(engine_gone)?;
            }
        }
    }
    shut_down(engine).await;
    Ok(report.summary(stopped))
}

/// Whether that was the batch's last event.
fn take_event(event: Event, batch: BatchId, report: &mut Report, engine: &Engine) -> Result<bool, Problem> {
    let snapshot = engine.snapshot.borrow().clone();
    match event {
        Event::BatchAdded { uploads, batch: added } if added == batch => report.added(uploads),
        Event::UploadDone { upload, done, .. } => report.done(upload, *done)?,
        Event::UploadFailed { upload, failure, .. } => report.failed(upload, *failure, &snapshot)?,
        Event::UploadCancelled { upload, .. } => report.cancelled(upload, &snapshot)?,
        Event::HostTrusted { destination, host } => report.host_trusted(destination.place(), &host),
        Event::Trouble(failure) => print_failure(None, &failure),
        Event::BatchEnded { batch: ended, .. } => return Ok(ended == batch),
        Event::BatchAdded { .. }
        | Event::UploadsAdopted { .. }
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
        | Event::Located(_)
        | Event::UnfinishedListed { .. }
        | Event::UnfinishedAborted { .. }
        | Event::Stopped => {}
    }
    Ok(false)
}

/// Lets the engine write what it still has to; its troubles (a full disk) are told.
pub(super) async fn shut_down(mut engine: Engine) {
    if engine.send(Command::Shutdown).is_err() {
        return;
    }
    let last_events = async {
        while let Some(event) = engine.events.recv().await {
            match event {
                Event::Trouble(failure) => print_failure(None, &failure),
                Event::Stopped => break,
                _ => {}
            }
        }
    };
    if tokio::time::timeout(SHUTDOWN_TIMEOUT, last_events).await.is_err() {
        tracing::warn!("the engine did not stop in time");
    }
}

pub(super) fn engine_gone(error: EngineGone) -> Problem {
    Problem::of_system("The upload ended early", &error)
}
