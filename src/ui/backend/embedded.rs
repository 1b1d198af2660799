//! The embedded S3, started when somebody picks it.

use super::{Report, Reporter};
use crate::engine::failure::SandboxReason;
use crate::engine::{Code, Failure, SandboxAccess};
use crate::sandbox::{DEFAULT_PORT, Sandbox, SandboxError};
use crate::store::Folders;
use std::path::Path;
use std::time::Duration;
use tokio::runtime::Handle;

/// Between looks whether a sandbox that somebody else serves is still there: `dropslot sandbox` ends when nobody asks.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// A sandbox that answers.
enum Running {
    /// Ours: dropping it stops it.
    Started(Sandbox),
    /// Another process's.
    Found(Sandbox),
}

/// Starts it, or finds the one that serves the folder already; there is one until the runtime ends.
pub(super) fn start(runtime: &Handle, folders: Option<Folders>, reporter: Reporter) {
    runtime.spawn(async move {
        let Some(dir) = folders.map(|folders| folders.sandbox_dir()) else {
            return reporter.send(Report::SandboxFailed(Failure::new(
                Code::Sandbox,
                SandboxReason::NoHome,
            )));
        };
        loop {
            match run(&dir).await {
                Ok(Running::Started(sandbox)) => {
                    reporter.send(Report::SandboxRuns(access(&sandbox)));
                    std::future::pending::<()>().await;
                }
                Ok(Running::Found(sandbox)) => {
                    reporter.send(Report::SandboxRuns(access(&sandbox)));
                    until_gone(&dir).await;
                }
                Err(failure) => return reporter.send(Report::SandboxFailed(failure)),
            }
        }
    });
}

fn access(sandbox: &Sandbox) -> SandboxAccess {
    SandboxAccess {
        endpoint_url: sandbox.endpoint_url(),
        credentials: sandbox.credentials(),
    }
}

async fn run(dir: &Path) -> Result<Running, Failure> {
    let started = match Sandbox::start(dir.to_owned(), DEFAULT_PORT).await {
        // Another program has the port, or another Dropslot the folder too: any other port will do.
        Err(SandboxError::PortInUse { .. }) => Sandbox::start(dir.to_owned(), 0).await,
        started => started,
    };
    match started {
        Ok(sandbox) => Ok(Running::Started(sandbox)),
        Err(error @ SandboxError::FolderInUse { .. }) => match Sandbox::find(dir) {
            Ok(Some(sandbox)) => Ok(Running::Found(sandbox)),
            Ok(None) => Err(failure(&error)),
            Err(cause) => {
                let dir = dir.to_owned();
                Err(Failure::new(Code::Sandbox, SandboxReason::Folder { dir }).because(&cause))
            }
        },
        Err(error) => Err(failure(&error)),
    }
}

async fn until_gone(dir: &Path) {
    while matches!(Sandbox::find(dir), Ok(Some(_))) {
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

fn failure(error: &SandboxError) -> Failure {
    let reason = match error {
        SandboxError::FolderInUse { dir } => SandboxReason::FolderInUse { dir: dir.clone() },
        SandboxError::Folder { dir, .. } => SandboxReason::Folder { dir: dir.clone() },
        // A port in use is tried again on any other one: if that is in use too, something else is wrong.
        SandboxError::PortInUse { .. } | SandboxError::Start(_) => SandboxReason::NotStarted,
    };
    Failure::new(Code::Sandbox, reason).retryable().because(error)
}
