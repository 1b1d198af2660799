//! A file shown in the system's file manager, selected where that can be asked for.

use super::{Report, Reporter};
use std::path::{Path, PathBuf};
use tokio::runtime::Handle;

/// Why a file is not shown in its folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotShown {
    /// It has been moved or deleted.
    Gone,
    /// No program here shows folders.
    NoFileManager,
}

/// Shows `path`, or reports why not. A file manager may take seconds to start, and a network folder to answer.
pub(super) fn show(runtime: &Handle, path: PathBuf, reporter: Reporter) {
    runtime.spawn(async move {
        if let Err(reason) = try_to_show(path).await {
            reporter.send(Report::NotShown(reason));
        }
    });
}

async fn try_to_show(path: PathBuf) -> Result<(), NotShown> {
    if tokio::fs::symlink_metadata(&path).await.is_err() {
        return Err(NotShown::Gone);
    }
    #[cfg(target_os = "linux")]
    if ask_file_manager(&path).await {
        return Ok(());
    }
    let shown = tokio::task::spawn_blocking(move || start_file_manager(&path)).await;
    shown.unwrap_or(Err(NotShown::NoFileManager))
}

/// How long a file manager that is started by the call may take.
#[cfg(target_os = "linux")]
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(10);

/// Asks by <https://www.freedesktop.org/wiki/Specifications/file-manager-interface/>. Whether one has heard.
#[cfg(target_os = "linux")]
async fn ask_file_manager(path: &Path) -> bool {
    let Ok(uri) = url::Url::from_file_path(path) else {
        return false;
    };
    let call = async {
        let bus = zbus::Connection::session().await?;
        let name = "org.freedesktop.FileManager1";
        let no_startup_id = "";
        let arguments = (vec![uri.as_str()], no_startup_id);
        bus.call_method(
            Some(name),
            "/org/freedesktop/FileManager1",
            Some(name),
            "ShowItems",
            &arguments,
        )
        .await
    };
    match tokio::time::timeout(PATIENCE, call).await {
        Ok(Ok(_shown)) => true,
        Ok(Err(error)) => {
            tracing::debug!(%error, "no file manager on the session bus");
            false
        }
        Err(_elapsed) => false,
    }
}

/// Opens the folder alone: programs disagree on how to select a file.
#[cfg(not(any(target_os = "macos", windows)))]
fn start_file_manager(path: &Path) -> Result<(), NotShown> {
    let folder = path.parent().unwrap_or(path);
    let mut opener = std::process::Command::new("xdg-open");
    match quiet(opener.arg(folder)).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(_) | Err(_) => Err(NotShown::NoFileManager),
    }
}

#[cfg(target_os = "macos")]
fn start_file_manager(path: &Path) -> Result<(), NotShown> {
    let mut opener = std::process::Command::new("open");
    match quiet(opener.arg("-R").arg(path)).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(_) | Err(_) => Err(NotShown::NoFileManager),
    }
}

/// Explorer reads its command line in a way of its own, and ends with 1 where it succeeds.
#[cfg(windows)]
fn start_file_manager(path: &Path) -> Result<(), NotShown> {
    use std::os::windows::process::CommandExt as _;
    let mut argument = std::ffi::OsString::from("/select,\"");
    argument.push(path);
    argument.push("\"");
    let mut explorer = std::process::Command::new("explorer");
    match quiet(explorer.raw_arg(argument)).status() {
        Ok(_) => Ok(()),
        Err(_) => Err(NotShown::NoFileManager),
    }
}

/// What it prints is not for our terminal.
fn quiet(command: &mut std::process::Command) -> &mut std::process::Command {
    use std::process::Stdio;
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null())
}
