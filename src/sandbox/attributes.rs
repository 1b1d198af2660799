//! What S3 remembers of an object beside its bytes, one small JSON file an object.
//!
//! s3s-fs's own files for this are named by the object key in base64, which ends at 161 bytes of key, and know neither
//! tags nor storage class. Ours are named by the key's SHA-256. They count only as long as they describe the file that
//! lies there: somebody may edit the folder by hand.

use super::checksums::Checksums;
use super::hexadecimal::hexadecimal;
use http::HeaderMap;
use http::header::{HeaderName, HeaderValue};
use s3s::crypto::{Checksum as _, Sha256};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::{Path, PathBuf};

/// Headers that an upload sets and a download repeats.
const HEADERS: [&str; 9] = [
    "cache-control",
    "content-disposition",
    "content-encoding",
    "content-language",
    "content-type",
    "expires",
    "x-amz-server-side-encryption",
    "x-amz-storage-class",
    "x-amz-website-redirect-location",
];
/// An upload without a `Content-Type` gets this one.
const DEFAULT_CONTENT_TYPE: &str = "binary/octet-stream";
/// S3 does not name its default class in answers.
const DEFAULT_STORAGE_CLASS: &str = "STANDARD";

/// The attributes of an object.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Attributes {
    /// Without quotes: MD5 of the bytes in hexadecimal; of an object in parts, MD5 of the parts' MD5s, `-` and their number.
    pub(super) etag: String,
    pub(super) checksums: Checksums,
    /// By lower-case name.
    pub(super) headers: BTreeMap<String, String>,
    /// User metadata, by name without `x-amz-meta-`.
    pub(super) metadata: HashMap<String, String>,
    pub(super) tags: Vec<(String, String)>,
}

impl Attributes {
    /// From a form's fields or a request's headers; `value` looks one up by its lower-case name.
    pub(super) fn from_headers<'a>(value: impl Fn(&str) -> Option<&'a str>) -> Self {
        let mut headers: BTreeMap<String, String> = HEADERS
            .iter()
            .filter_map(|name| Some(((*name).to_owned(), value(name)?.to_owned())))
            .collect();
        headers
            .entry("content-type".to_owned())
            .or_insert_with(|| DEFAULT_CONTENT_TYPE.to_owned());
        headers.retain(|name, value| name != "x-amz-storage-class" || value != DEFAULT_STORAGE_CLASS);
        remove_transfer_coding(&mut headers);
        Self {
            headers,
            ..Self::default()
        }
    }

    /// The headers of an answer that hands the object out.
    pub(super) fn to_headers(&self) -> HeaderMap {
        let headers = self.headers.iter().filter_map(|(name, value)| {
            Some((
                HeaderName::try_from(name).ok()?,
                HeaderValue::from_bytes(value.as_bytes()).ok()?,
            ))
        });
        headers.collect()
    }
}

/// `aws-chunked` is how a PUT was sent, not what the object is.
fn remove_transfer_coding(headers: &mut BTreeMap<String, String>) {
    let Some(encoding) = headers.remove("content-encoding") else {
        return;
    };
    let kept: Vec<&str> = encoding
        .split(',')
        .map(str::trim)
        .filter(|coding| *coding != "aws-chunked")
        .collect();
    if !kept.is_empty() {
        headers.insert("content-encoding".to_owned(), kept.join(","));
    }
}

/// Attributes as they lie on disk, with what tells whether they still belong to the file.
#[derive(Serialize, Deserialize)]
struct Sidecar {
    object_key: String,
    file: FileStamp,
    attributes: Attributes,
}

/// Tells one content of a file from the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct FileStamp {
    size_bytes: u64,
    modified_nanoseconds: u64,
}

impl FileStamp {
    fn of(file: &std::fs::Metadata) -> io::Result<Self> {
        let since_epoch = file
            .modified()?
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap_or_default();
        let modified_nanoseconds = u64::try_from(since_epoch.as_nanos()).unwrap_or(u64::MAX);
        Ok(Self {
            size_bytes: file.len(),
            modified_nanoseconds,
        })
    }
}

/// The folder of all attributes.
#[derive(Debug)]
pub(super) struct AttributeFiles {
    dir: PathBuf,
}

impl AttributeFiles {
    pub(super) fn open(dir: PathBuf) -> io::Result<Self> {
        std::fs::create_dir_all(&dir)?;
        Ok(Self { dir })
    }

    /// Written before the object is renamed into place: until then they do not match what lies there.
    pub(super) fn write(&self, object_key: &str, file: &std::fs::Metadata, attributes: &Attributes) -> io::Result<()> {
        let sidecar = Sidecar {
            object_key: object_key.to_owned(),
            file: FileStamp::of(file)?,
            attributes: attributes.clone(),
        };
        let mut temporary = tempfile::NamedTempFile::new_in(&self.dir)?;
        serde_json::to_writer(io::BufWriter::new(&mut temporary), &sidecar)?;
        temporary.persist(self.path(object_key))?;
        Ok(())
    }

    /// `None` where the file is not the one that they were written for.
    pub(super) fn read(&self, object_key: &str, file: &std::fs::Metadata) -> io::Result<Option<Attributes>> {
        let json = match std::fs::read(self.path(object_key)) {
            Ok(json) => json,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let Ok(sidecar) = serde_json::from_slice::<Sidecar>(&json) else {
            return Ok(None);
        };
        let belongs = sidecar.object_key == object_key && sidecar.file == FileStamp::of(file)?;
        Ok(belongs.then_some(sidecar.attributes))
    }

    pub(super) fn remove(&self, object_key: &str) -> io::Result<()> {
        ignore_missing(std::fs::remove_file(self.path(object_key)))
    }

    fn path(&self, object_key: &str) -> PathBuf {
        let hash = Sha256::checksum(object_key.as_bytes());
        Path::new(&self.dir).join(hexadecimal(&hash) + ".json")
    }
}

pub(super) fn ignore_missing(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
