//! Where a watched folder is now, listened to before it is looked into, so that nothing appears in between; or where it
//! will come back.

use super::ears::Ears;
use super::look;
use crate::engine::failure::WatchReason;
use crate::engine::{Code, Failure};
use crate::store::WatchedFile;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Times that a folder which comes and goes is looked for.
const TRIES: usize = 5;
/// What the system says where a user has no more files, or listeners, to open (`EMFILE`; the same on Linux and macOS).
const TOO_MANY_OPEN_FILES: i32 = 24;

/// What was found.
#[derive(Debug)]
pub(super) enum Place {
    There(There),
    Lost(Lost),
}

/// A folder that is there.
#[derive(Debug)]
pub(super) struct There {
    /// Without links.
    pub(super) root: PathBuf,
    /// [`look::identity`].
    pub(super) folder_id: Option<u64>,
    pub(super) files: Vec<WatchedFile>,
    /// Why the system does not tell what happens there.
    pub(super) deaf: Option<Failure>,
}

/// One that is not.
#[derive(Debug)]
pub(super) struct Lost {
    pub(super) failure: Failure,
    /// What is listened to instead.
    pub(super) waits_in: Option<PathBuf>,
    /// What has to appear there first.
    pub(super) waits_for: Option<PathBuf>,
}

/// Looks for `folder`. `own`: where this program writes.
pub(super) fn find(folder: &Path, own: Option<&Path>, ears: &mut Ears) -> Place {
    let mut lost = None;
    for _ in 0..TRIES {
        match there(folder, own, ears) {
            Ok(there) => return Place::There(there),
            Err(failure) => lost = Some(wait_for(folder, failure, ears)),
        }
        if !folder.is_dir() {
            break;
        }
        // It has come back just now, before it was listened for; or it is none that may be watched.
        if lost.as_ref().is_some_and(|lost| lost.waits_for.is_none()) {
            break;
        }
    }
    Place::Lost(lost.unwrap_or_else(|| Lost {
        failure: no_folder(folder),
        waits_in: None,
        waits_for: None,
    }))
}

fn no_folder(folder: &Path) -> Failure {
    let folder = folder.to_owned();
    Failure::new(Code::Watch, WatchReason::NoFolder { folder }).retryable()
}

fn there(folder: &Path, own: Option<&Path>, ears: &mut Ears) -> Result<There, Failure> {
    let refused = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => no_folder(folder),
        _ => {
            let reason = WatchReason::NotReadable {
                folder: folder.to_owned(),
            };
            Failure::new(Code::Watch, reason).retryable().because(&error)
        }
    };
    let root = folder.canonicalize().map_err(refused)?;
    let metadata = fs::metadata(&root).map_err(refused)?;
    if !metadata.is_dir() {
        return Err(no_folder(folder));
    }
    let own = own.and_then(|own| own.canonicalize().ok());
    if own.is_some_and(|own| root.starts_with(own)) {
        let folder = folder.to_owned();
        return Err(Failure::new(Code::Watch, WatchReason::OwnFolder { folder }));
    }
    let deaf = ears.listen(&root).err().map(|error| why_deaf(folder, &error));
    Ok(There {
        files: look::files(&root).map_err(refused)?,
        folder_id: look::identity(&metadata),
        deaf,
        root,
    })
}

/// Listens where it will come back: in the nearest folder above it that is there.
fn wait_for(folder: &Path, failure: Failure, ears: &mut Ears) -> Lost {
    let above = folder.ancestors().skip(1).find(|above| above.is_dir());
    let is_there = fs::symlink_metadata(folder).is_ok_and(|metadata| metadata.is_dir());
    let mut wait = || {
        let above = above.filter(|_| !is_there)?;
        let next = folder.strip_prefix(above).ok()?.components().next()?;
        let root = above.canonicalize().ok()?;
        ears.listen(&root).ok()?;
        Some((root.join(next), root))
    };
    let (waits_for, waits_in) = wait().unzip();
    Lost {
        failure,
        waits_in,
        waits_for,
    }
}

/// Why the system does not tell what happens in a folder.
fn why_deaf(folder: &Path, error: &notify::Error) -> Failure {
    let parameter = match &error.kind {
        notify::ErrorKind::MaxFilesWatch => Some("fs.inotify.max_user_watches"),
        notify::ErrorKind::Io(error) if error.raw_os_error() == Some(TOO_MANY_OPEN_FILES) => {
            Some("fs.inotify.max_user_instances")
        }
        _ => None,
    };
    let folder = folder.to_owned();
    let Some(parameter) = parameter.filter(|_| cfg!(target_os = "linux")) else {
        return Failure::new(Code::Watch, WatchReason::NotTold { folder })
            .retryable()
            .because(error);
    };
    let enough = if parameter.ends_with("watches") { 524_288 } else { 1024 };
    let reason = WatchReason::TooMany {
        folder,
        parameter: parameter.to_owned(),
    };
    Failure::new(Code::Watch, reason)
        .retryable()
        .command(format!("sudo sysctl {parameter}={enough}"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
mod tests {
    use super::super::ears::Heard;
    use super::*;
    use std::sync::Arc;

    fn found(folder: &Path, own: Option<&Path>) -> Result<There, Lost> {
        match find(folder, own, &mut Ears::new(Arc::<Heard>::default())) {
            Place::There(there) => Ok(there),
            Place::Lost(lost) => Err(lost),
        }
    }

    fn reason(folder: &Path, own: Option<&Path>) -> crate::engine::Reason {
        found(folder, own).unwrap_err().failure.reason
    }

    #[test]
    fn a_folder_is_found_with_what_it_holds_and_one_that_is_not_there_is_waited_for() {
        let dir = tempfile::tempdir().unwrap();
        let home = dir.path().canonicalize().unwrap();
        let folder = home.join("pictures/shots");
        let lost = found(&folder, None).unwrap_err();
        assert_eq!(lost.failure.reason, no_folder(&folder).reason);
        assert_eq!(lost.waits_in, Some(home.clone()));
        assert_eq!(lost.waits_for, Some(home.join("pictures")));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("a.png"), "a").unwrap();
        let there = found(&folder, None).unwrap();
        assert_eq!((there.files.len(), &there.root), (1, &folder));
        assert_eq!(there.deaf, None);
    }

    #[test]
    fn a_file_and_our_own_folder_are_refused() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a.png");
        fs::write(&file, "a").unwrap();
        assert_eq!(reason(&file, None), no_folder(&file).reason);
        let own = dir.path().join("data");
        let pasted = own.join("pasted");
        fs::create_dir_all(&pasted).unwrap();
        let folder = pasted.clone();
        assert_eq!(reason(&pasted, Some(&own)), WatchReason::OwnFolder { folder }.into());
    }

    #[test]
    fn limits_of_the_system_are_named_with_the_command_that_raises_them() {
        let command = |error| why_deaf(Path::new("/x"), &error).command;
        let watches = command(notify::Error::new(notify::ErrorKind::MaxFilesWatch));
        let instances = command(notify::Error::io(std::io::Error::from_raw_os_error(
            TOO_MANY_OPEN_FILES,
        )));
        let is_linux = cfg!(target_os = "linux");
        let expected = |text: &str| Some(text.to_owned()).filter(|_| is_linux);
        assert_eq!(watches, expected("sudo sysctl fs.inotify.max_user_watches=524288"));
        assert_eq!(instances, expected("sudo sysctl fs.inotify.max_user_instances=1024"));
        assert_eq!(command(notify::Error::generic("else")), None);
    }
}
