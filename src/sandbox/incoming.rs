//! Bytes on their way in: streamed to a temporary file by a thread of their own, hashed there.
//!
//! Constant memory: at most [`QUEUED_BLOCKS`] blocks wait for the disk. Whoever vanishes in the middle leaves nothing:
//! the temporary file goes with its handle.

use super::answer::Refusal;
use super::attributes::Attributes;
use super::checksums::{Checksums, Wanted};
use super::hexadecimal::hexadecimal;
use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use s3s::crypto::{Checksum as _, Md5};
use std::io::{self, Write};
use std::path::Path;
use tempfile::NamedTempFile;
use tokio::sync::mpsc;

/// Blocks (of hyper's read buffer, up to about 400 KiB each) between the socket and the disk.
const QUEUED_BLOCKS: usize = 4;

/// Bytes that are all here, on disk, but not an object yet.
#[derive(Debug)]
pub(super) struct Received {
    pub(super) file: NamedTempFile,
    pub(super) size_bytes: u64,
    pub(super) md5: [u8; 16],
    pub(super) checksums: Checksums,
}

impl Received {
    /// The file of an object with these attributes, and the attributes with its `ETag` and its checksums.
    pub(super) fn into_object(self, mut attributes: Attributes) -> (NamedTempFile, Attributes) {
        attributes.etag = hexadecimal(&self.md5);
        attributes.checksums = self.checksums;
        (self.file, attributes)
    }
}

/// Takes a stream to its end.
///
/// # Errors
/// The stream's own refusal, or the disk's.
pub(super) async fn receive(
    dir: &Path,
    wanted: Wanted,
    mut stream: impl Stream<Item = Result<Bytes, Refusal>> + Unpin,
) -> Result<Received, Refusal> {
    let (blocks, queue) = mpsc::channel(QUEUED_BLOCKS);
    let dir = dir.to_owned();
    let writing = tokio::task::spawn_blocking(move || write(&dir, &wanted, queue));
    while let Some(block) = stream.next().await {
        if blocks.send(block?).await.is_err() {
            // The writer gave up; its own error says why.
            break;
        }
    }
    drop(blocks);
    match writing.await {
        Ok(received) => received.map_err(|error| Refusal::internal(&error)),
        Err(error) => Err(Refusal::internal(&io::Error::other(error))),
    }
}

fn write(dir: &Path, wanted: &Wanted, mut blocks: mpsc::Receiver<Bytes>) -> io::Result<Received> {
    let mut file = NamedTempFile::new_in(dir)?;
    let mut md5 = Md5::new();
    let mut hasher = wanted.hasher();
    let mut size_bytes = 0;
    while let Some(block) = blocks.blocking_recv() {
        file.write_all(&block)?;
        md5.update(&block);
        hasher.update(&block);
        size_bytes += block.len() as u64;
    }
    Ok(Received {
        file,
        size_bytes,
        md5: md5.finalize(),
        checksums: Checksums::from(&hasher.finalize()),
    })
}
