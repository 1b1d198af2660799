//! The embedded S3, started when somebody picks it.

use super::{Report, Reporter};
use crate::engine::SandboxAccess;
use crate::sandbox::{DEFAULT_PORT, Sandbox, SandboxError};
use crate::store::Folders;
use std::error::Error;
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
            return reporter.send(Report::SandboxFailed("this account has no home folder".to_owned()));
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
                Err(reason) => return reporter.send(Report::SandboxFailed(reason)),
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

async fn run(dir: &Path) -> Result<Running, String> {
    let started = match Sandbox::start(dir.to_owned(), DEFAULT_PORT).await {
        // Another program has the port, or another Dropslot the folder too: any other port will do.
        Err(SandboxError::PortInUse { .. }) => Sandbox::start(dir.to_owned(), 0).await,
        started => started,
    };
    match started {
        Ok(sandbox) => Ok(Running::Started(sandbox)),
        Err(SandboxError::FolderInUse { .. }) => match Sandbox::find(dir) {
            Ok(Some(sandbox)) => Ok(Running::Found(sandbox)),
            Ok(None) => Err("its folder is in use".to_owned()),
            Err(error) => Err(chain(&error)),
        },
        Err(error) => Err(chain(&error)),
    }
}

async fn until_gone(dir: &Path) {
    while matches!(Sandbox::find(dir), Ok(Some(_))) {
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// An error and its causes in one line.
fn chain(error: &dyn Error) -> String {
    let mut line = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        line = format!("{line}: {error}");
        cause = error.source();
    }
    line
}
