//! The embedded S3, started when somebody picks it.

use super::{Report, Reporter};
use crate::engine::SandboxAccess;
use crate::sandbox::{DEFAULT_PORT, Sandbox, SandboxError};
use crate::store::Folders;
use std::error::Error;
use tokio::runtime::Handle;

/// Starts it, or finds the one that serves the folder already; it runs until the runtime ends.
pub(super) fn start(runtime: &Handle, folders: Option<Folders>, reporter: Reporter) {
    runtime.spawn(async move {
        match run(folders).await {
            Ok(sandbox) => {
                reporter.send(Report::SandboxRuns(SandboxAccess {
                    endpoint_url: sandbox.endpoint_url(),
                    credentials: sandbox.credentials(),
                }));
                // Dropping the handle would stop it.
                std::future::pending::<()>().await;
            }
            Err(reason) => reporter.send(Report::SandboxFailed(reason)),
        }
    });
}

async fn run(folders: Option<Folders>) -> Result<Sandbox, String> {
    let Some(folders) = folders else {
        return Err("this account has no home folder".to_owned());
    };
    let dir = folders.sandbox_dir();
    let started = match Sandbox::start(dir.clone(), DEFAULT_PORT).await {
        // Another program has the port, or another Dropslot the folder too: any other port will do.
        Err(SandboxError::PortInUse { .. }) => Sandbox::start(dir.clone(), 0).await,
        started => started,
    };
    match started {
        Err(SandboxError::FolderInUse { .. }) => match Sandbox::find(&dir) {
            Ok(Some(sandbox)) => Ok(sandbox),
            Ok(None) => Err("its folder is in use".to_owned()),
            Err(error) => Err(chain(&error)),
        },
        started => started.map_err(|error| chain(&error)),
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
