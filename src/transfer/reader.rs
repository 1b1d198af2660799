//! Reads the file, or a part of it, beside the runtime, in large blocks, and computes the checksums on the way.
//!
//! Blocks decide the speed: with 16 KiB blocks through the runtime's file type 1 GiB takes eight times as long as with
//! 1 MiB blocks from a plain thread. At most [`BLOCKS`] are alive, and they come back when the wire has taken them, so
//! memory does not depend on the file's size.

use super::checksum::Checksums;
use super::{SentChecksums, Source, SourceError};
use bytes::Bytes;
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::ops::Range;
use std::sync::mpsc;
use tokio::sync::{mpsc as async_mpsc, oneshot};

/// Bytes read at a time of a file that goes in one request.
pub(super) const BLOCK_BYTES: usize = 1024 * 1024;
/// The same of a part: sixteen of them may be on their way, and a part ends too soon for large blocks to help.
pub(super) const PART_BLOCK_BYTES: usize = 256 * 1024;
/// Blocks alive at a time: one read, one or two on their way, one waiting.
const BLOCKS: usize = 4;

/// A piece of the file.
pub(super) enum Block {
    /// More follow.
    Next(Bytes),
    /// None follows; sent once the file is known not to have changed. Empty where the file is.
    Last(Bytes),
}

/// The reading end of the thread. Dropping `blocks` ends it.
pub(super) struct Reader {
    /// The file's bytes in order. Without a last one the file cannot be sent to its end.
    pub(super) blocks: async_mpsc::UnboundedReceiver<Block>,
    /// How it ended; there before the last block is, and before `blocks` end without one.
    pub(super) result: oneshot::Receiver<Result<SentChecksums, SourceError>>,
}

/// Starts reading these bytes of `source`: on a thread of its own where that has more than a block to do, else on one of
/// those that the runtime keeps for such work. A thread costs about as much as a small file.
///
/// # Errors
/// No thread could be started.
pub(super) fn read(source: Source, range: Range<u64>, block_bytes: usize, with_md5: bool) -> std::io::Result<Reader> {
    // The pool bounds what is in it.
    let (filled, blocks) = async_mpsc::unbounded_channel();
    let (report, result) = oneshot::channel();
    let is_small = range.end.saturating_sub(range.start) <= block_bytes as u64;
    let read = move || {
        let (outcome, last) = match read_all(&source, range, block_bytes, Checksums::new(with_md5), &filled) {
            Ok(None) => return,
            Ok(Some((checksums, last))) => (Ok(checksums), Some(last)),
            Err(error) => (Err(error), None),
        };
        // Whoever does not wait for the result any more has been cancelled.
        let wanted = report.send(outcome).is_ok();
        if let Some(last) = last.filter(|_| wanted) {
            filled.send(Block::Last(last)).unwrap_or_default();
        }
    };
    if is_small {
        tokio::task::spawn_blocking(read);
    } else {
        std::thread::Builder::new().name("file reader".to_owned()).spawn(read)?;
    }
    Ok(Reader { blocks, result })
}

/// What has been read already.
pub(super) fn held(bytes: Bytes, with_md5: bool) -> Reader {
    let (filled, blocks) = async_mpsc::unbounded_channel();
    let (report, result) = oneshot::channel();
    let mut checksums = Checksums::new(with_md5);
    checksums.update(&bytes);
    // Both receivers are here.
    report.send(Ok(checksums.finish())).unwrap_or_default();
    filled.send(Block::Last(bytes)).unwrap_or_default();
    Reader { blocks, result }
}

/// Sends every block but the last, which is kept back until the file is known not to have changed: without it S3
/// stores nothing. `None`: nobody takes blocks any more.
fn read_all(
    source: &Source,
    range: Range<u64>,
    block_bytes: usize,
    mut checksums: Checksums,
    filled: &async_mpsc::UnboundedSender<Block>,
) -> Result<Option<(SentChecksums, Bytes)>, SourceError> {
    let mut file = source.open()?;
    if range.start > 0 {
        file.seek(SeekFrom::Start(range.start))?;
    }
    let mut remaining = range.end.saturating_sub(range.start);
    let mut pool = Pool::new(remaining, block_bytes);
    let mut last = Bytes::new();
    while remaining > 0 {
        let mut buffer = pool.take();
        let wanted = usize::try_from(remaining).map_or(block_bytes, |remaining| remaining.min(block_bytes));
        buffer.fill(&mut file, wanted)?;
        checksums.update(buffer.as_ref());
        remaining -= wanted as u64;
        let previous = std::mem::replace(&mut last, Bytes::from_owner(buffer));
        if filled.is_closed() || (!previous.is_empty() && filled.send(Block::Next(previous)).is_err()) {
            return Ok(None);
        }
    }
    source.is_still(&file)?;
    Ok(Some((checksums.finish(), last)))
}

/// Buffers that are filled again when they come back.
struct Pool {
    block_bytes: usize,
    not_allocated: usize,
    back: mpsc::Sender<Vec<u8>>,
    free: mpsc::Receiver<Vec<u8>>,
}

impl Pool {
    fn new(size_bytes: u64, block_bytes: usize) -> Self {
        let (back, free) = mpsc::channel();
        Self {
            block_bytes: usize::try_from(size_bytes).map_or(block_bytes, |size| size.min(block_bytes)),
            not_allocated: BLOCKS,
            back,
            free,
        }
    }

    /// A free buffer; waits for one where all are out.
    fn take(&mut self) -> Buffer {
        let free = self.free.try_recv().ok();
        let free = if free.is_none() && self.not_allocated == 0 {
            self.free.recv().ok()
        } else {
            free
        };
        let bytes = free.unwrap_or_else(|| {
            self.not_allocated = self.not_allocated.saturating_sub(1);
            vec![0; self.block_bytes]
        });
        Buffer {
            bytes,
            length: 0,
            back: self.back.clone(),
        }
    }
}

/// A block's memory, which goes back to its pool when the last view of it is dropped.
struct Buffer {
    bytes: Vec<u8>,
    length: usize,
    back: mpsc::Sender<Vec<u8>>,
}

impl Buffer {
    /// Reads exactly `wanted` bytes.
    fn fill(&mut self, file: &mut File, wanted: usize) -> Result<(), SourceError> {
        self.length = wanted;
        let bytes = self.bytes.get_mut(..wanted).unwrap_or_default();
        file.read_exact(bytes).map_err(|error| match error.kind() {
            std::io::ErrorKind::UnexpectedEof => SourceError::Changed,
            _ => error.into(),
        })
    }
}

impl AsRef<[u8]> for Buffer {
    fn as_ref(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        // The pool is gone once the file has been read.
        self.back.send(std::mem::take(&mut self.bytes)).unwrap_or_default();
    }
}
