//! Paths into files: folders walked, order kept, `{dir}` noted, what cannot be read reported.

use super::{Code, Failure};
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

/// Files in the order given, folders walked by name. Blocks: call it off the runtime's threads.
///
/// Symbolic links are followed; one that leads back to a folder above it is passed over, for its files are on the list
/// already. Whatever cannot be read becomes an entry that says so, and the rest goes on.
#[must_use]
pub fn expand(paths: &[PathBuf]) -> Vec<Expanded> {
    paths.iter().flat_map(|path| expand_one(path)).collect()
}

fn expand_one(path: &Path) -> Vec<Expanded> {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    match std::fs::metadata(&absolute) {
        Ok(metadata) if metadata.is_dir() => walk(&absolute),
        Ok(metadata) if metadata.is_file() => vec![Expanded {
            path: absolute,
            dir: String::new(),
            size_bytes: Ok(metadata.len()),
        }],
        Ok(_) => vec![refused(absolute, String::new(), &SourceError::NotAFile)],
        Err(error) => vec![refused(absolute, String::new(), &source_error(error))],
    }
}

/// All files below a folder. An empty one is reported: nothing would be sent, and nobody would know why.
fn walk(root: &Path) -> Vec<Expanded> {
    let name = folder_name(root);
    let files: Vec<Expanded> = WalkDir::new(root)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_map(|entry| match entry {
            Ok(entry) if entry.file_type().is_dir() => None,
            Ok(entry) => Some(found(&entry, root, &name)),
            Err(error) if error.loop_ancestor().is_some() => None,
            Err(error) => Some(unreadable(error, root, &name)),
        })
        .collect();
    if !files.is_empty() {
        return files;
    }
    let failure = Failure::new(
        Code::EmptyFolder,
        "The folder is empty",
        "S3 has no folders of its own: put a file in it",
    );
    vec![Expanded {
        path: root.to_owned(),
        dir: String::new(),
        size_bytes: Err(failure),
    }]
}

fn found(entry: &DirEntry, root: &Path, name: &str) -> Expanded {
    let dir = dir_below(entry.path(), root, name);
    let path = entry.path().to_owned();
    if !entry.file_type().is_file() {
        return refused(path, dir, &SourceError::NotAFile);
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
        return refused(path, dir, &source_error(error));
    }
    let failure = Failure::new(
        Code::FileUnreadable,
        "The folder may not be read",
        "Give yourself permission to read it, and add it again",
    )
    .because(&error);
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

fn source_error(error: std::io::Error) -> SourceError {
    match error.kind() {
        ErrorKind::NotFound => SourceError::Gone,
        ErrorKind::PermissionDenied => SourceError::NotReadable,
        _ => SourceError::Read(error),
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
