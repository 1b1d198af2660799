//! The objects: plain files under `objects/sandbox`, where s3s-fs looks for them, each with its attributes.
//!
//! An object appears by a rename, whole, or not at all. Plain files have limits that S3 has not: a part of a key between
//! slashes has at most 255 bytes and is neither empty nor `.` nor `..`, and no object lies below another one.

use super::BUCKET;
use super::answer::Refusal;
use super::attributes::{AttributeFiles, Attributes, ignore_missing};
use super::checksums::Wanted;
use super::incoming::{self, Received};
use super::parts_uploads::PartsUploads;
use crate::s3::{ObjectKey, ObjectKeyError};
use bytes::Bytes;
use futures_util::Stream;
use http::StatusCode;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tempfile::NamedTempFile;

/// Longest file name that common file systems take, in bytes.
const MAX_FILE_NAME_BYTES: usize = 255;
/// Folders that are pruned while a rename into them is under way are made again this often.
const COMMIT_TRIES: usize = 3;

/// The bucket on disk.
#[derive(Debug)]
pub(super) struct Objects {
    root: PathBuf,
    incoming: PathBuf,
    attributes: AttributeFiles,
    parts_uploads: PartsUploads,
    /// An object's file and its attributes change together.
    changing: Mutex<()>,
}

/// An object as it lies there.
#[derive(Debug)]
pub(super) struct Stored {
    pub(super) path: PathBuf,
    pub(super) file: std::fs::Metadata,
    /// `None` where somebody put it there by hand.
    pub(super) attributes: Option<Attributes>,
}

impl Objects {
    /// Makes the folders; what an interrupted run left in `incoming` goes.
    pub(super) fn open(dir: &Path) -> io::Result<Self> {
        let root = dir.join("objects");
        let incoming = dir.join("incoming");
        ignore_missing(std::fs::remove_dir_all(&incoming))?;
        std::fs::create_dir_all(&incoming)?;
        std::fs::create_dir_all(root.join(BUCKET))?;
        let attributes = AttributeFiles::open(dir.join("attributes"))?;
        let parts_uploads = PartsUploads::open(dir.join("parts"))?;
        Ok(Self {
            root,
            incoming,
            attributes,
            parts_uploads,
            changing: Mutex::new(()),
        })
    }

    /// The folder of buckets.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Those that are not finished.
    pub(super) fn parts_uploads(&self) -> &PartsUploads {
        &self.parts_uploads
    }

    /// A file for bytes that are no object yet.
    pub(super) fn temporary_file(&self) -> io::Result<NamedTempFile> {
        NamedTempFile::new_in(&self.incoming)
    }

    /// Takes bytes in, not yet as an object.
    pub(super) async fn receive(
        &self,
        wanted: Wanted,
        stream: impl Stream<Item = Result<Bytes, Refusal>> + Unpin,
    ) -> Result<Received, Refusal> {
        incoming::receive(&self.incoming, wanted, stream).await
    }

    /// Refuses a key that cannot be stored, before its bytes are read.
    pub(super) fn check(&self, object_key: &str) -> Result<(), Refusal> {
        let path = self.path(object_key)?;
        if path.is_dir() != object_key.ends_with('/') && path.exists() {
            return Err(clash(object_key));
        }
        let bucket = self.root.join(BUCKET);
        let mut parents = path.ancestors().skip(1).take_while(|parent| *parent != bucket);
        if parents.any(Path::is_file) {
            return Err(clash(object_key));
        }
        Ok(())
    }

    /// Refuses to replace an object where the client said `If-None-Match: *`.
    pub(super) fn check_replaces(&self, object_key: &str, replace: bool) -> Result<(), Refusal> {
        if !replace && self.path(object_key)?.exists() {
            let message = "At least one of the pre-conditions you specified did not hold";
            return Err(Refusal::new(
                StatusCode::PRECONDITION_FAILED,
                "PreconditionFailed",
                message,
            ));
        }
        Ok(())
    }

    /// Makes a file the object `object_key`, in one step for whoever reads it.
    pub(super) fn commit(
        &self,
        object_key: &str,
        file: NamedTempFile,
        attributes: &Attributes,
        replace: bool,
    ) -> Result<(), Refusal> {
        let _changing = self.changing();
        self.check(object_key)?;
        self.check_replaces(object_key, replace)?;
        let path = self.path(object_key)?;
        let stamp = file.as_file().metadata().map_err(|error| Refusal::internal(&error))?;
        if object_key.ends_with('/') {
            // A folder's marker: s3s-fs keeps it as the folder itself.
            if stamp.len() > 0 {
                let message = "The sandbox keeps objects as files: a key that ends in / is a folder, without bytes.";
                return Err(Refusal::invalid_argument(message));
            }
            return std::fs::create_dir_all(&path).map_err(|error| Refusal::internal(&error));
        }
        self.attributes
            .write(object_key, &stamp, attributes)
            .map_err(|error| Refusal::internal(&error))?;
        rename(file, &path).map_err(|error| match error.kind() {
            io::ErrorKind::NotADirectory | io::ErrorKind::IsADirectory | io::ErrorKind::AlreadyExists => {
                clash(object_key)
            }
            _ => Refusal::internal(&error),
        })
    }

    /// Looks an object up.
    pub(super) fn find(&self, object_key: &str) -> Result<Stored, Refusal> {
        let Ok(path) = self.path(object_key) else {
            return Err(Refusal::no_such_key());
        };
        let _changing = self.changing();
        let file = match std::fs::metadata(&path) {
            Ok(file) if file.is_file() => file,
            // Also where a part of the path is a file, and no folder.
            Ok(_) | Err(_) => return Err(Refusal::no_such_key()),
        };
        let attributes = self
            .attributes
            .read(object_key, &file)
            .map_err(|error| Refusal::internal(&error))?;
        Ok(Stored { path, file, attributes })
    }

    /// Removes an object, and the folders that become empty by it. One that is not there is no error, as in S3.
    pub(super) fn remove(&self, object_key: &str) -> Result<(), Refusal> {
        let Ok(path) = self.path(object_key) else { return Ok(()) };
        let _changing = self.changing();
        if object_key.ends_with('/') {
            // Only a folder that is empty is a marker.
            std::fs::remove_dir(&path).ok();
        } else if path.is_file() {
            ignore_missing(std::fs::remove_file(&path)).map_err(|error| Refusal::internal(&error))?;
            self.attributes
                .remove(object_key)
                .map_err(|error| Refusal::internal(&error))?;
        }
        let bucket = self.root.join(BUCKET);
        for parent in path.ancestors().skip(1).take_while(|parent| *parent != bucket) {
            if std::fs::remove_dir(parent).is_err() {
                break;
            }
        }
        Ok(())
    }

    fn changing(&self) -> MutexGuard<'_, ()> {
        self.changing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where an object lies: always inside the bucket's folder.
    fn path(&self, object_key: &str) -> Result<PathBuf, Refusal> {
        ObjectKey::new(object_key).map_err(|error| key_refusal(&error))?;
        let mut path = self.root.join(BUCKET);
        for part in object_key.strip_suffix('/').unwrap_or(object_key).split('/') {
            if part.len() > MAX_FILE_NAME_BYTES {
                let message = "Your key is too long: the sandbox takes at most 255 bytes between slashes";
                return Err(Refusal::new(StatusCode::BAD_REQUEST, "KeyTooLongError", message));
            }
            if !is_file_name(part) {
                return Err(Refusal::invalid_argument(
                    "The sandbox keeps objects as files: this key is no file name.",
                ));
            }
            path.push(part);
        }
        Ok(path)
    }
}

/// Whether a part of a key is a file's name on this system, and only that.
fn is_file_name(part: &str) -> bool {
    let mut components = Path::new(part).components();
    let normal = matches!(components.next(), Some(std::path::Component::Normal(name)) if name == part);
    let forbidden: &[char] = if cfg!(windows) {
        &['<', '>', ':', '"', '\\', '|', '?', '*']
    } else {
        &[]
    };
    normal && components.next().is_none() && !part.contains(forbidden)
}

/// Puts a file in its place, making its folders.
fn rename(mut file: NamedTempFile, path: &Path) -> io::Result<()> {
    let mut tries = 1;
    loop {
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        match file.persist(path) {
            Ok(_) => return Ok(()),
            Err(error) if error.error.kind() == io::ErrorKind::NotFound && tries < COMMIT_TRIES => file = error.file,
            Err(error) => return Err(error.error),
        }
        tries += 1;
    }
}

fn key_refusal(error: &ObjectKeyError) -> Refusal {
    match error {
        ObjectKeyError::TooLong { .. } => {
            Refusal::new(StatusCode::BAD_REQUEST, "KeyTooLongError", "Your key is too long")
        }
        ObjectKeyError::Empty => Refusal::invalid_argument("User key must have a length greater than 0."),
        ObjectKeyError::DoubleDollar | ObjectKeyError::ControlCharacter | ObjectKeyError::DotSegment => {
            Refusal::invalid_argument(error.to_string())
        }
    }
}

fn clash(object_key: &str) -> Refusal {
    Refusal::invalid_argument(format!(
        "The sandbox keeps objects as files: {object_key:?} would be a file and a folder at once."
    ))
}
