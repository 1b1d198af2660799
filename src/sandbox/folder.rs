//! The sandbox's folder: private to its owner, and served by one sandbox at a time.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::Path;
use std::time::Duration;

/// Locked while a sandbox serves the folder; holds its endpoint.
const RUNNING: &str = "running";
/// Whoever looks for a holder has the lock himself for a moment: that is no other sandbox.
const TRIES: usize = 5;
const TRY_EVERY: Duration = Duration::from_millis(20);

/// The folder is ours until this is dropped, or the process ends in whatever way.
#[derive(Debug)]
pub(super) struct FolderLock {
    _file: File,
}

impl FolderLock {
    /// `None` where another sandbox has it.
    pub(super) async fn wait(dir: &Path, endpoint_url: &str) -> io::Result<Option<Self>> {
        for _ in 0..TRIES {
            if let Some(lock) = Self::take(dir, endpoint_url)? {
                return Ok(Some(lock));
            }
            tokio::time::sleep(TRY_EVERY).await;
        }
        Ok(None)
    }

    fn take(dir: &Path, endpoint_url: &str) -> io::Result<Option<Self>> {
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(dir.join(RUNNING))?;
        if !lock(&file)? {
            return Ok(None);
        }
        file.set_len(0)?;
        file.write_all(endpoint_url.as_bytes())?;
        Ok(Some(Self { _file: file }))
    }

    /// The endpoint of the sandbox that has the folder.
    pub(super) fn holder(dir: &Path) -> io::Result<Option<String>> {
        let mut file = match File::open(dir.join(RUNNING)) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        if lock(&file)? {
            return Ok(None);
        }
        let mut endpoint_url = String::new();
        file.rewind()?;
        file.read_to_string(&mut endpoint_url)?;
        Ok((!endpoint_url.is_empty()).then_some(endpoint_url))
    }
}

fn lock(file: &File) -> io::Result<bool> {
    match file.try_lock() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// A folder that other users of the machine cannot look into (they read objects over HTTP).
pub(super) fn create_private(dir: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)
}
