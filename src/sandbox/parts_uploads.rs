//! Parts uploads that are not finished: `parts/UPLOAD_ID/`, of which `upload.json` says what the object will be, and
//! `PART.json` in which file a part's bytes lie.
//!
//! A part counts from the moment its JSON is renamed into place, with all of its bytes: what a killed sandbox was about to
//! write counts for nothing, and what it had taken is there at the next start. An upload ends when its `upload.json` goes.
//! All of this blocks: it is for threads that may.

use super::answer::Refusal;
use super::attributes::{Attributes, ignore_missing};
use super::checksums::Checksums;
use super::hexadecimal::hexadecimal;
use super::incoming::Received;
use super::parts_checksum::PartsChecksum;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

const UPLOAD: &str = "upload.json";
/// Bytes of randomness in an upload's id; twice as many hexadecimal digits.
const ID_BYTES: usize = 32;

/// What an upload was started with.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Unfinished {
    pub(super) object_key: String,
    pub(super) attributes: Attributes,
    pub(super) checksum: PartsChecksum,
    /// When; the file says it.
    #[serde(skip)]
    pub(super) initiated: Option<SystemTime>,
}

/// A part that is here.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct StoredPart {
    /// From 1.
    pub(super) number: u16,
    /// MD5 in hexadecimal, without quotes.
    pub(super) etag: String,
    pub(super) size_bytes: u64,
    pub(super) checksums: Checksums,
    /// The file with the bytes, in the upload's folder.
    data: String,
    /// When; the file says it.
    #[serde(skip)]
    pub(super) modified: Option<SystemTime>,
}

/// The folder of all of them.
#[derive(Debug)]
pub(super) struct PartsUploads {
    dir: PathBuf,
    /// So that no part arrives in an upload that is just being finished or aborted.
    changing: Mutex<()>,
}

impl PartsUploads {
    /// Sweeps what a killed sandbox was about to make or to remove.
    pub(super) fn open(dir: PathBuf) -> io::Result<Self> {
        std::fs::create_dir_all(&dir)?;
        for entry in std::fs::read_dir(&dir)? {
            let folder = entry?.path();
            if !folder.join(UPLOAD).exists() {
                std::fs::remove_dir_all(&folder)?;
            }
        }
        Ok(Self {
            dir,
            changing: Mutex::new(()),
        })
    }

    /// Starts one; its id.
    pub(super) fn create(&self, upload: &Unfinished) -> io::Result<String> {
        let mut random = [0; ID_BYTES];
        getrandom::fill(&mut random).map_err(io::Error::other)?;
        let upload_id = hexadecimal(&random);
        let folder = self.dir.join(&upload_id);
        std::fs::create_dir(&folder)?;
        write_json(&folder, UPLOAD, upload)?;
        Ok(upload_id)
    }

    /// Looks one up. The id alone does not do: it belongs to its key.
    pub(super) fn find(&self, upload_id: &str, object_key: &str) -> Result<Unfinished, Refusal> {
        let folder = self.folder(upload_id)?;
        let read = read_json::<Unfinished>(&folder.join(UPLOAD)).map_err(|error| refusal(&error))?;
        let (mut upload, initiated) = read;
        upload.initiated = Some(initiated);
        if upload.object_key == object_key {
            Ok(upload)
        } else {
            Err(Refusal::no_such_upload())
        }
    }

    /// Takes a part, in place of an earlier one of its number.
    pub(super) fn put(
        &self,
        upload_id: &str,
        object_key: &str,
        number: u16,
        received: Received,
    ) -> Result<StoredPart, Refusal> {
        let _changing = self.changing();
        self.find(upload_id, object_key)?;
        let folder = self.folder(upload_id)?;
        let earlier = self.part(upload_id, number)?;
        let data = received.file.path().file_name().unwrap_or_default();
        let part = StoredPart {
            number,
            etag: hexadecimal(&received.md5),
            size_bytes: received.size_bytes,
            checksums: received.checksums,
            data: format!("{number}-{}", data.to_string_lossy()),
            modified: None,
        };
        let stored = received.file.persist(folder.join(&part.data));
        let stored = stored.map(drop).map_err(|error| error.error);
        stored
            .and_then(|()| write_json(&folder, &part_name(number), &part))
            .map_err(|error| Refusal::internal(&error))?;
        if let Some(earlier) = earlier {
            ignore_missing(std::fs::remove_file(folder.join(earlier.data)))
                .map_err(|error| Refusal::internal(&error))?;
        }
        Ok(part)
    }

    /// The parts that are here, ascending.
    pub(super) fn parts(&self, upload_id: &str) -> Result<Vec<StoredPart>, Refusal> {
        let folder = self.folder(upload_id)?;
        let mut parts = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(|error| refusal(&error))? {
            let name = entry.map_err(|error| refusal(&error))?.file_name();
            let number = name.to_str().and_then(|name| name.strip_suffix(".json")?.parse().ok());
            if let Some(number) = number {
                parts.extend(self.part(upload_id, number)?);
            }
        }
        parts.sort_by_key(|part| part.number);
        Ok(parts)
    }

    /// A part's bytes.
    pub(super) fn open_part(&self, upload_id: &str, part: &StoredPart) -> Result<std::fs::File, Refusal> {
        std::fs::File::open(self.folder(upload_id)?.join(&part.data)).map_err(|error| refusal(&error))
    }

    /// All of them by their ids, ordered by key and id.
    pub(super) fn list(&self) -> io::Result<Vec<(String, Unfinished)>> {
        let mut uploads = Vec::new();
        for entry in std::fs::read_dir(&self.dir)? {
            let entry = entry?;
            match read_json::<Unfinished>(&entry.path().join(UPLOAD)) {
                Ok((mut upload, initiated)) => {
                    upload.initiated = Some(initiated);
                    uploads.push((entry.file_name().to_string_lossy().into_owned(), upload));
                }
                // Started or ended a moment ago.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        uploads.sort_by(|(id, upload), (other_id, other)| (&upload.object_key, id).cmp(&(&other.object_key, other_id)));
        Ok(uploads)
    }

    /// Ends one: its parts go, after `last` has made an object of them. `last` runs once, whoever else tries to end it too.
    pub(super) fn end(
        &self,
        upload_id: &str,
        object_key: &str,
        last: impl FnOnce() -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        let _changing = self.changing();
        self.find(upload_id, object_key)?;
        let folder = self.folder(upload_id)?;
        last()?;
        std::fs::remove_file(folder.join(UPLOAD)).map_err(|error| Refusal::internal(&error))?;
        if let Err(error) = std::fs::remove_dir_all(&folder) {
            tracing::warn!(%error, "the parts of an upload that ended stay until the sandbox starts again");
        }
        Ok(())
    }

    fn part(&self, upload_id: &str, number: u16) -> Result<Option<StoredPart>, Refusal> {
        match read_json::<StoredPart>(&self.folder(upload_id)?.join(part_name(number))) {
            Ok((mut part, modified)) => {
                part.modified = Some(modified);
                Ok(Some(part))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Refusal::internal(&error)),
        }
    }

    /// Inside `parts/` whatever the id is.
    fn folder(&self, upload_id: &str) -> Result<PathBuf, Refusal> {
        let is_id = upload_id.len() == 2 * ID_BYTES && upload_id.bytes().all(|byte| byte.is_ascii_hexdigit());
        if is_id {
            Ok(self.dir.join(upload_id))
        } else {
            Err(Refusal::no_such_upload())
        }
    }

    fn changing(&self) -> MutexGuard<'_, ()> {
        self.changing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn part_name(number: u16) -> String {
    format!("{number}.json")
}

/// What is not there is gone because its upload is.
fn refusal(error: &io::Error) -> Refusal {
    match error.kind() {
        io::ErrorKind::NotFound => Refusal::no_such_upload(),
        _ => Refusal::internal(error),
    }
}

/// The whole file or none.
fn write_json(folder: &Path, name: &str, value: &impl Serialize) -> io::Result<()> {
    let mut temporary = tempfile::NamedTempFile::new_in(folder)?;
    serde_json::to_writer(&mut temporary, value)?;
    temporary.persist(folder.join(name))?;
    Ok(())
}

/// The value and when it was written.
fn read_json<T: DeserializeOwned>(path: &Path) -> io::Result<(T, SystemTime)> {
    let json = std::fs::read(path)?;
    Ok((serde_json::from_slice(&json)?, std::fs::metadata(path)?.modified()?))
}
