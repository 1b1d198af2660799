//! `dropslot put`: the engine with a terminal for a window.

mod follow;
mod names;
mod progress;
mod report;
mod stdin;

use super::args::{ObjectArgs, PutArgs, UploadArgs};
use super::interrupt::Interrupt;
use super::problem::{Problem, Status};
use super::stderr;
use crate::engine::{AddRequest, AdoptRequest, Command, Engine, EngineConfig, SandboxAccess};
use crate::store::{Database, Destination, DestinationKind, Folders};
use follow::Following;
use names::Names;
use report::Report;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

pub(super) use follow::{engine_gone, shut_down};
pub(super) use report::printable;

/// Somebody waits before a terminal, or a job runs against its time limit.
const NETWORK_PATIENCE: Duration = Duration::from_mins(2);

pub(super) async fn run(args: PutArgs) -> Result<Status, Problem> {
    if args.paths.is_empty() {
        refuse_what_is_for_paths(&args)?;
        return upload(None, true, &args.upload).await;
    }
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
    let files = Files {
        paths: args.paths,
        destination,
    };
    upload(Some(files), args.resume, &args.upload).await
}

/// What is resumed goes to where it was to go, as it was to go: saying otherwise would be lost without a word.
fn refuse_what_is_for_paths(args: &PutArgs) -> Result<(), Problem> {
    let upload = &args.upload;
    let about_objects = args.object != ObjectArgs::default()
        || upload.key.is_some()
        || upload.public_base.is_some()
        || upload.if_exists.is_some()
        || upload.method.is_some()
        || !upload.s3_host.is_empty();
    if args.destination.names_none() && !about_objects {
        return Ok(());
    }
    Err(Problem::usage(
        "What was interrupted is sent to where it was to go, as it was to go",
        "Leave destination and object options out, or name the PATHs that they are for",
    ))
}

/// New files to send.
pub(super) struct Files {
    pub(super) paths: Vec<PathBuf>,
    pub(super) destination: Destination,
}

/// Uploads what was interrupted, if it is to `resume`, and then `files`; reports each, and says how it went.
pub(super) async fn upload(files: Option<Files>, resume: bool, args: &UploadArgs) -> Result<Status, Problem> {
    let mut interrupt = Interrupt::catch()?;
    let (paths, destination) = files.map(|files| (files.paths, files.destination)).unzip();
    let template = destination.as_ref().map_or("", |to: &Destination| &to.key_template);
    let spooled = tokio::select! {
        spooled = stdin::spool(paths.unwrap_or_default(), template) => spooled?,
        () = interrupt.next() => {
            stderr::tell("Stopped while reading standard input: nothing was sent.");
            return Ok(Status::Interrupted);
        }
    };
    let sandbox = match &destination {
        Some(destination) => sandbox_for(&destination.kind, args.quiet).await?,
        None => None,
    };
    let engine = Engine::start(EngineConfig {
        folders: Folders::of_this_user(),
        jobs: args.jobs.map(usize::from),
        wake: Arc::new(|_| {}),
        adopt_interrupted: false,
        forget_done: true,
        sandbox,
        network_patience: NETWORK_PATIENCE,
    });
    let resumed = resume.then(|| AdoptRequest {
        batch: Engine::new_batch(),
        probe: !args.no_probe,
        limit_rate: args.limit_rate,
    });
    if let Some(destination) = &destination {
        trust(&engine, destination, &args.s3_host)?;
    }
    let added = destination.map(|destination| AddRequest {
        batch: Engine::new_batch(),
        paths: spooled.paths.clone(),
        destination: Arc::new(destination),
        hold: Duration::ZERO,
        probe: !args.no_probe,
        limit_rate: args.limit_rate,
    });
    let names = Names::new(&spooled.paths, spooled.file.as_deref());
    let report = Report::new(args.json, args.quiet, names);
    let status = Following::new(engine, report, args.quiet)
        .follow(resumed, added, interrupt)
        .await?;
    if status == Status::Failed && !args.quiet {
        tell_what_can_go_on();
    }
    Ok(status)
}

/// Parts of a large file stay in S3 where it failed: hours of sending are not thrown away.
fn tell_what_can_go_on() {
    let folders = Folders::of_this_user();
    let database = folders.and_then(|folders| Database::open(&folders.database_file()).ok());
    let uploads = database.and_then(|database| database.upload_ids_of_queue().ok());
    match uploads.map_or(0, |uploads| uploads.len()) {
        0 => {}
        1 => stderr::tell("One upload can go on where it stopped: dropslot put --resume"),
        many => stderr::tell(&format!(
            "{many} uploads can go on where they stopped: dropslot put --resume"
        )),
    }
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
pub(super) async fn sandbox_for(kind: &DestinationKind, quiet: bool) -> Result<Option<SandboxAccess>, Problem> {
    match kind {
        DestinationKind::Sandbox => super::sandbox::find_or_start(quiet).await.map(Some),
        DestinationKind::Account { .. } | DestinationKind::Lambda(_) | DestinationKind::Ticket(_) => Ok(None),
    }
}

#[cfg(not(feature = "sandbox"))]
#[allow(clippy::unused_async, reason = "called as its twin, which waits for the sandbox")]
pub(super) async fn sandbox_for(kind: &DestinationKind, _quiet: bool) -> Result<Option<SandboxAccess>, Problem> {
    match kind {
        DestinationKind::Sandbox => Err(super::sandbox_is_left_out()),
        DestinationKind::Account { .. } | DestinationKind::Lambda(_) | DestinationKind::Ticket(_) => Ok(None),
    }
}
