//! The settings file on the disk: written atomically, set aside where it is broken, changed by one process at a time.

use super::SettingsError;
use super::folders::private_folder;
use serde_json::{Map, Value};
use std::fs::{File, TryLockError};
use std::io::{ErrorKind, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

/// Another process needs milliseconds; one that was stopped while it wrote must not hold up all the others.
const LONGEST_WAIT: Duration = Duration::from_secs(10);
const LOOK_EVERY: Duration = Duration::from_millis(5);

/// What the file says; `None` where there is none.
///
/// # Errors
/// [`SettingsError`]: a broken file has been set aside.
pub(super) fn read(file: &Path) -> Result<Option<Map<String, Value>>, SettingsError> {
    match contents(file)? {
        Contents::Nothing => Ok(None),
        Contents::Settings(settings) => Ok(Some(settings)),
        Contents::Broken => {
            let _alone = alone(file);
            read_alone(file)
        }
    }
}

/// Writes what `change` makes of what stands there, so that no other process's change is lost between.
///
/// # Errors
/// [`SettingsError`]: with [`SettingsError::Broken`] it is written all the same.
pub(super) fn change(
    file: &Path,
    change: impl FnOnce(Option<Map<String, Value>>) -> Map<String, Value>,
) -> Result<(), SettingsError> {
    private_folder(file.parent().unwrap_or(Path::new(".")))?;
    let _alone = alone(file);
    // What stands there is kept or, where it is broken, set aside; where it cannot be read it is not overwritten.
    let (present, trouble) = match read_alone(file) {
        Ok(present) => (present, None),
        Err(error @ SettingsError::Io(_)) => return Err(error),
        Err(broken) => (None, Some(broken)),
    };
    let mut text = serde_json::to_vec_pretty(&change(present)).map_err(std::io::Error::from)?;
    text.push(b'\n');
    write_atomically(file, &text)?;
    trouble.map_or(Ok(()), Err)
}

enum Contents {
    Nothing,
    Settings(Map<String, Value>),
    Broken,
}

/// An empty file is what a full disk leaves of other programs' writes: it holds nothing that could be lost.
fn contents(file: &Path) -> std::io::Result<Contents> {
    let text = match std::fs::read(file) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Contents::Nothing),
        Err(error) => return Err(error),
    };
    if text.trim_ascii().is_empty() {
        return Ok(Contents::Nothing);
    }
    Ok(serde_json::from_slice(&text).map_or(Contents::Broken, Contents::Settings))
}

/// As [`read`], by the one process whose turn it is: another may have set the broken file aside before.
fn read_alone(file: &Path) -> Result<Option<Map<String, Value>>, SettingsError> {
    match contents(file)? {
        Contents::Nothing => Ok(None),
        Contents::Settings(settings) => Ok(Some(settings)),
        Contents::Broken => Err(set_aside(file)),
    }
}

/// This process's turn, until it is dropped or the process ends. `None` where the file system knows no locks, or nobody gives
/// way: a file that is replaced as a whole is never half of two.
fn alone(file: &Path) -> Option<File> {
    let lock = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(file.with_extension("lock"))
        .ok()?;
    let begun = Instant::now();
    loop {
        match lock.try_lock() {
            Ok(()) => return Some(lock),
            Err(TryLockError::WouldBlock) if begun.elapsed() < LONGEST_WAIT => std::thread::sleep(LOOK_EVERY),
            Err(error) => {
                tracing::debug!(%error, "the settings are not locked");
                return None;
            }
        }
    }
}

/// Moves a broken file to a name not taken, `settings.broken-20260102T030405Z.json`.
fn set_aside(file: &Path) -> SettingsError {
    let now = jiff::Timestamp::now().strftime("%Y%m%dT%H%M%SZ").to_string();
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    for count in 1_u32.. {
        let number = if count == 1 { String::new() } else { format!("-{count}") };
        let aside = file.with_file_name(format!("{stem}.broken-{now}{number}.json"));
        // A hard link, not a rename: it fails where the name is taken, and so never overwrites.
        let moved = std::fs::hard_link(file, &aside).and_then(|()| std::fs::remove_file(file));
        match moved {
            Ok(()) => return SettingsError::Broken { set_aside: aside },
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(_) if !aside.exists() => {
                return match std::fs::rename(file, &aside) {
                    Ok(()) => SettingsError::Broken { set_aside: aside },
                    Err(error) => error.into(),
                };
            }
            Err(error) => return error.into(),
        }
    }
    SettingsError::Io(ErrorKind::AlreadyExists.into())
}

fn write_atomically(file: &Path, text: &[u8]) -> std::io::Result<()> {
    let target = std::fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    let folder = target.parent().unwrap_or(Path::new("."));
    private_folder(folder)?;
    let mut new = tempfile::NamedTempFile::new_in(folder)?;
    new.write_all(text)?;
    new.as_file().sync_all()?;
    new.persist(&target)?;
    // The rename itself reaches the disk with its folder.
    #[cfg(unix)]
    std::fs::File::open(folder)?.sync_all()?;
    Ok(())
}
