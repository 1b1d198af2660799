//! `dropslot sandbox`: serves the embedded S3 alone. `--sandbox` of other commands finds that one, or starts one in the
//! background, so that a URL still works when the command that printed it has ended.

use super::args::SandboxArgs;
use super::interrupt::{Interrupt, ignore_hangup};
use super::problem::{Problem, Status};
use super::stderr;
use super::stdout::Lines;
use crate::engine::SandboxAccess;
use crate::sandbox::{BUCKET, REGION, Sandbox, SandboxError};
use crate::store::Folders;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A sandbox in the background leaves when nobody has asked it for anything for so long.
const IDLE_EXIT: Duration = Duration::from_hours(1);
/// Longest wait for one to start or to leave.
const CHANGE_TIMEOUT: Duration = Duration::from_secs(15);
/// How often it is looked for meanwhile.
const LOOK_EVERY: Duration = Duration::from_millis(10);

pub(super) async fn run(args: SandboxArgs) -> Result<Status, Problem> {
    let dir = match args.dir {
        Some(dir) => std::path::absolute(dir).map_err(|error| Problem::of_system("The folder has no path", &error))?,
        None => own_folder()?,
    };
    if args.stop {
        return stop(&dir).await;
    }
    let mut interrupt = Interrupt::catch()?;
    let idle_exit = args.idle_exit.map(Duration::from_secs);
    let sandbox = match idle_exit {
        None => Sandbox::start(dir.clone(), args.port)
            .await
            .map_err(|error| problem(&error))?,
        Some(_) => match start_on_any_port(&dir, args.port).await? {
            Some(sandbox) => sandbox,
            None => return Ok(Status::Done),
        },
    };
    if idle_exit.is_none() {
        introduce(&sandbox, &dir)?;
    }
    tokio::select! {
        left = sandbox.time_to_leave(&dir, idle_exit) => left.map_err(|error| of_folder(&dir, &error))?,
        () = interrupt.next() => {}
    }
    Ok(Status::Done)
}

/// The sandbox of this user's data folder: the one that runs, else one that is started in the background.
///
/// # Errors
/// Where none can be started.
pub(super) async fn find_or_start(quiet: bool) -> Result<SandboxAccess, Problem> {
    let dir = own_folder()?;
    if let Some(running) = find(&dir)? {
        return Ok(access(&running));
    }
    let mut child =
        start_in_background(&dir).map_err(|error| Problem::of_system("The sandbox could not start", &error))?;
    let deadline = Instant::now() + CHANGE_TIMEOUT;
    let sandbox = loop {
        if let Some(running) = find(&dir)? {
            break running;
        }
        if let Some(reason) = early_end(&mut child) {
            return Err(Problem::new("The sandbox could not start", reason));
        }
        if Instant::now() > deadline {
            return Err(Problem::new(
                "The sandbox did not start in time",
                "Try `dropslot sandbox`",
            ));
        }
        tokio::time::sleep(LOOK_EVERY).await;
    };
    if !quiet {
        stderr::tell(&format!(
            "The sandbox serves at {} until nobody has asked for an hour; stop it by: dropslot sandbox --stop",
            sandbox.endpoint_url()
        ));
    }
    Ok(access(&sandbox))
}

fn access(sandbox: &Sandbox) -> SandboxAccess {
    SandboxAccess {
        endpoint_url: sandbox.endpoint_url(),
        credentials: sandbox.credentials(),
    }
}

fn own_folder() -> Result<PathBuf, Problem> {
    let folders = Folders::of_this_user()
        .ok_or_else(|| Problem::new("This user has no home folder for the sandbox", "Set HOME, or --dir"))?;
    Ok(folders.sandbox_dir())
}

fn find(dir: &Path) -> Result<Option<Sandbox>, Problem> {
    Sandbox::find(dir).map_err(|error| of_folder(dir, &error))
}

/// In the background. Two commands may start one at the same moment: the folder's lock lets one through, and the other
/// is not needed.
async fn start_on_any_port(dir: &Path, port: u16) -> Result<Option<Sandbox>, Problem> {
    ignore_hangup()?;
    let mut port = port;
    loop {
        match Sandbox::start(dir.to_owned(), port).await {
            Ok(sandbox) => return Ok(Some(sandbox)),
            Err(SandboxError::PortInUse { .. }) if port != 0 => port = 0,
            Err(SandboxError::FolderInUse { .. }) if find(dir)?.is_some() => return Ok(None),
            // Somebody looked at the lock at the very moment when it was to be taken.
            Err(SandboxError::FolderInUse { .. }) => tokio::time::sleep(LOOK_EVERY).await,
            Err(error) => return Err(problem(&error)),
        }
    }
}

/// A process of its own, that Ctrl-C in this terminal does not reach.
fn start_in_background(dir: &Path) -> std::io::Result<Child> {
    let mut command = Command::new(std::env::current_exe()?);
    command
        .arg("sandbox")
        .arg("--dir")
        .arg(dir)
        .arg("--idle-exit")
        .arg(IDLE_EXIT.as_secs().to_string());
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .env_remove("RUST_LOG");
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    // A group and a console of its own (CREATE_NEW_PROCESS_GROUP, CREATE_NO_WINDOW).
    #[cfg(windows)]
    std::os::windows::process::CommandExt::creation_flags(&mut command, 0x0000_0200 | 0x0800_0000);
    command.spawn()
}

/// What it said, where it has failed.
fn early_end(child: &mut Child) -> Option<String> {
    let status = child.try_wait().ok()??;
    if status.success() {
        return None;
    }
    let mut said = String::new();
    if let Some(stderr) = &mut child.stderr {
        stderr.read_to_string(&mut said).ok()?;
    }
    Some(said.trim().trim_start_matches("dropslot: ").to_owned())
}

async fn stop(dir: &Path) -> Result<Status, Problem> {
    if find(dir)?.is_none() {
        stderr::tell("No sandbox is running.");
        return Ok(Status::Done);
    }
    Sandbox::ask_to_leave(dir).map_err(|error| of_folder(dir, &error))?;
    let deadline = Instant::now() + CHANGE_TIMEOUT;
    while find(dir)?.is_some() {
        if Instant::now() > deadline {
            return Err(Problem::new(
                "The sandbox did not stop in time",
                "Close the Dropslot window that serves it; where there is none, end its process by hand",
            ));
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    Ok(Status::Done)
}

/// What a person needs to talk to it by other programs.
fn introduce(sandbox: &Sandbox, dir: &Path) -> Result<(), Problem> {
    let (endpoint, credentials) = (sandbox.endpoint_url(), sandbox.credentials());
    let (id, secret) = (credentials.access_key_id(), credentials.secret_access_key());
    let mut lines = Lines::default();
    for line in [
        format!("Endpoint           {endpoint}"),
        format!("Bucket             {BUCKET}"),
        format!("Region             {REGION}"),
        format!("Access key id      {id}"),
        format!("Secret access key  {secret}"),
        format!("Folder             {}", dir.display()),
        String::new(),
        format!(
            "AWS_ACCESS_KEY_ID={id} AWS_SECRET_ACCESS_KEY={secret} AWS_REGION={REGION} aws --endpoint-url {endpoint} s3 ls s3://{BUCKET}"
        ),
    ] {
        lines.line(&line)?;
    }
    Ok(())
}

fn problem(error: &SandboxError) -> Problem {
    let (what, hint) = match error {
        SandboxError::PortInUse { port } => (
            format!("Port {port} is in use by another program"),
            "Choose another by --port, or let the system choose one by --port 0",
        ),
        SandboxError::FolderInUse { dir } => (
            format!("Another sandbox serves {} already", dir.display()),
            "Use that one, stop it by `dropslot sandbox --stop`, or choose another folder by --dir",
        ),
        SandboxError::Folder { dir, .. } => (
            format!("The sandbox's folder {} could not be used", dir.display()),
            "Choose another by --dir, or make it writable",
        ),
        SandboxError::Start(_) => ("The sandbox could not start".to_owned(), "The details say why"),
    };
    let problem = Problem::new(what, hint);
    match std::error::Error::source(error) {
        Some(cause) => problem.because(cause),
        None => problem,
    }
}

fn of_folder(dir: &Path, error: &std::io::Error) -> Problem {
    Problem::new(
        format!("The sandbox's folder {} could not be used", dir.display()),
        "Make it readable and writable",
    )
    .because(error)
}
