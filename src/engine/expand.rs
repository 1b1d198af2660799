//! Paths into files: folders walked, order kept, `{dir}` noted, what cannot be read reported.

use super::failure::FileReason;
use super::{Code, Failure};
use crate::store::is_ticket_file;
use crate::transfer::SourceError;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// One file of those that were asked for, or what stands in the way of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Expanded {
    /// Absolute path.
    pub path: PathBuf,
    /// The folder below (and with) the one that was dropped, `/`-separated; empty for a file that was given itself.
    pub dir: String,
    /// Its size in bytes as far as it can be seen now, or why it will not be sent.
    pub size_bytes: Result<u64, Failure>,
}

/// Files in the order given, folders walked by name, while they are asked for. Blocks: call it off the runtime's threads.
///
/// Symbolic links are followed; one that leads back to a folder above it is passed over, for its files are on the list
/// already. Whatever cannot be read becomes an entry that says so, and the rest goes on.
pub fn expand(paths: Vec<PathBuf>) -> impl Iterator<Item = Expanded> {
    paths.into_iter().flat_map(|path| expand_one(&path))
}

fn expand_one(path: &Path) -> Box<dyn Iterator<Item = Expanded>> {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let one = match std::fs::metadata(&absolute) {
        Ok(metadata) if metadata.is_dir() => return Box::new(walk(absolute)),
        Ok(_) if is_ticket_file(&absolute) => ticket(absolute, String::new()),
        Ok(metadata) if metadata.is_file() => Expanded {
            path: absolute,
            dir: String::new(),
            size_bytes: Ok(metadata.len()),
        },
        Ok(_) => refused(absolute, String::new(), &SourceError::NotAFile),
        Err(error) => {
            let error = SourceError::of(&absolute, error);
            refused(absolute, String::new(), &error)
        }
    };
    Box::new(std::iter::once(one))
}

/// All files below a folder. An empty one is reported: nothing would be sent, and nobody would know why.
fn walk(root: PathBuf) -> impl Iterator<Item = Expanded> {
    let empty = Expanded {
        path: root.clone(),
        dir: String::new(),
        size_bytes: Err(Failure::new(Code::EmptyFolder, FileReason::EmptyFolder)),
    };
    let name = folder_name(&root);
    let mut files = WalkDir::new(&root)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_map(move |entry| match entry {
            Ok(entry) if entry.file_type().is_dir() => None,
            Ok(entry) => Some(found(&entry, &root, &name)),
            Err(error) if error.loop_ancestor().is_some() => None,
            Err(error) => Some(unreadable(error, &root, &name)),
        })
        .peekable();
    let instead = files.peek().is_none().then_some(empty);
    files.chain(instead)
}

fn found(entry: &DirEntry, root: &Path, name: &str) -> Expanded {
    let dir = dir_below(entry.path(), root, name);
    let path = entry.path().to_owned();
    if !entry.file_type().is_file() {
        return refused(path, dir, &SourceError::NotAFile);
    }
    if is_ticket_file(&path) {
        return ticket(path, dir);
    }
    match entry.metadata() {
        Ok(metadata) => Expanded {
            path,
            dir,
            size_bytes: Ok(metadata.len()),
        },
        Err(error) => unreadable(error, root, name),
    }
}

/// A folder that may not be entered, or a link that leads nowhere.
fn unreadable(error: walkdir::Error, root: &Path, name: &str) -> Expanded {
    let path = error.path().unwrap_or(root).to_owned();
    let dir = dir_below(&path, root, name);
    let error = error.into_io_error().unwrap_or_else(|| ErrorKind::Other.into());
    if !path.is_dir() {
        let error = SourceError::of(&path, error);
        return refused(path, dir, &error);
    }
    let failure = Failure::new(Code::FileUnreadable, FileReason::FolderNotReadable).because(&error);
    Expanded {
        path,
        dir,
        size_bytes: Err(failure),
    }
}

fn refused(path: PathBuf, dir: String, error: &SourceError) -> Expanded {
    Expanded {
        path,
        dir,
        size_bytes: Err(error.into()),
    }
}

fn ticket(path: PathBuf, dir: String) -> Expanded {
    Expanded {
        path,
        dir,
        size_bytes: Err(Failure::new(Code::Ticket, FileReason::Ticket)),
    }
}

/// The dropped folder's own name: `..` and `.` have one too, once they are resolved.
fn folder_name(root: &Path) -> String {
    let resolved = || root.canonicalize().ok()?.file_name().map(ToOwned::to_owned);
    let name = match root.file_name() {
        Some(name) if root.components().all(|part| part != std::path::Component::ParentDir) => Some(name.to_owned()),
        _ => resolved(),
    };
    name.unwrap_or_default().to_string_lossy().into_owned()
}

/// `photos/2026` for `…/photos/2026/a.jpg` below a dropped `…/photos`.
fn dir_below(file: &Path, root: &Path, name: &str) -> String {
    let below = file.parent().and_then(|parent| parent.strip_prefix(root).ok());
    let parts = below.into_iter().flat_map(Path::components);
    std::iter::once(name.to_owned())
        .chain(parts.map(|part| part.as_os_str().to_string_lossy().into_owned()))
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("/")
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must fail loudly"
)]
mod tests {
    use super::*;
    use std::fs;

    fn tree(files: &[&str]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for file in files {
            let path = dir.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, file).unwrap();
        }
        dir
    }

    fn all(paths: &[PathBuf]) -> Vec<Expanded> {
        expand(paths.to_vec()).collect()
    }

    fn dirs_and_names(expanded: &[Expanded]) -> Vec<String> {
        let line = |file: &Expanded| format!("{}|{}", file.dir, file.path.file_name().unwrap().to_string_lossy());
        expanded.iter().map(line).collect()
    }

    #[test]
    fn a_folder_keeps_its_tree_below_its_own_name() {
        let dir = tree(&["top/b.txt", "top/a/deep/x.txt", "single"]);
        let found = all(&[dir.path().join("single"), dir.path().join("top/")]);
        assert_eq!(dirs_and_names(&found), ["|single", "top/a/deep|x.txt", "top|b.txt"]);
        assert_eq!(found[0].size_bytes, Ok(6));
        assert!(found.iter().all(|file| file.path.is_absolute()));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_and_loops_are_not() {
        let dir = tree(&["top/a.txt", "other/b.txt"]);
        let link = |to: &str, name: &str| std::os::unix::fs::symlink(dir.path().join(to), dir.path().join(name));
        link("other/b.txt", "top/b-link.txt").unwrap();
        link("top", "top/loop").unwrap();
        link("nowhere", "top/z-dangling").unwrap();
        let found = all(&[dir.path().join("top")]);
        assert_eq!(
            dirs_and_names(&found),
            ["top|a.txt", "top|b-link.txt", "top|z-dangling"]
        );
        let dangling = all(&[dir.path().join("top/z-dangling")]);
        for file in [&found[2], &dangling[0]] {
            let failure = file.size_bytes.as_ref().unwrap_err();
            assert_eq!(failure.code, Code::FileGone);
            assert_eq!(failure.reason, FileReason::DanglingLink.into());
        }
    }

    #[test]
    fn an_empty_folder_and_a_missing_file_say_so() {
        let dir = tree(&[]);
        fs::create_dir(dir.path().join("empty")).unwrap();
        let found = all(&[dir.path().join("empty"), dir.path().join("missing")]);
        let codes: Vec<_> = found
            .iter()
            .map(|file| file.size_bytes.as_ref().unwrap_err().code)
            .collect();
        assert_eq!(codes, [Code::EmptyFolder, Code::FileGone]);
    }

    #[test]
    fn a_ticket_is_not_uploaded_with_its_folder_either() {
        let dir = tree(&["top/a.txt", "top/in.dropslot-ticket"]);
        let found = all(&[dir.path().join("top/in.dropslot-ticket"), dir.path().join("top")]);
        assert_eq!(
            dirs_and_names(&found),
            ["|in.dropslot-ticket", "top|a.txt", "top|in.dropslot-ticket"]
        );
        let refused = Err(Failure::new(Code::Ticket, FileReason::Ticket));
        assert_eq!(found[0].size_bytes, refused);
        assert_eq!(found[1].size_bytes, Ok(9));
        assert_eq!(found[2].size_bytes, refused);
    }

    #[test]
    fn no_permission_is_told_from_a_missing_file() {
        let failure = |kind: ErrorKind| Failure::from(&SourceError::from(std::io::Error::from(kind))).code;
        assert_eq!(failure(ErrorKind::PermissionDenied), Code::FileUnreadable);
        assert_eq!(failure(ErrorKind::NotFound), Code::FileGone);
    }
}
