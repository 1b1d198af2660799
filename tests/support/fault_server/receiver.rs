//! The reading half of a connection, with what was read too far.

use std::io;
use tokio::io::AsyncReadExt as _;
use tokio::net::tcp::OwnedReadHalf;

/// The longest head that anybody here sends.
const MAX_HEAD_BYTES: usize = 64 * 1024;
const BLOCK_BYTES: usize = 64 * 1024;

pub(super) struct Receiver {
    half: OwnedReadHalf,
    buffer: Vec<u8>,
}

impl Receiver {
    pub(super) fn new(half: OwnedReadHalf) -> Self {
        Self {
            half,
            buffer: Vec::new(),
        }
    }

    /// What has been read and not taken.
    pub(super) fn peeked(&self) -> &[u8] {
        &self.buffer
    }

    /// Reads more behind what has been; false at the end.
    pub(super) async fn fill(&mut self) -> io::Result<bool> {
        self.buffer.reserve(BLOCK_BYTES);
        Ok(self.half.read_buf(&mut self.buffer).await? > 0)
    }

    /// A head with its empty line; `None` where the other side has closed before its first byte.
    pub(super) async fn head(&mut self) -> io::Result<Option<Vec<u8>>> {
        loop {
            if let Some(at) = self.buffer.windows(4).position(|window| window == b"\r\n\r\n") {
                return Ok(Some(self.take(at + 4)));
            }
            if self.buffer.len() > MAX_HEAD_BYTES {
                return Err(io::ErrorKind::InvalidData.into());
            }
            if !self.fill().await? {
                return if self.buffer.is_empty() {
                    Ok(None)
                } else {
                    Err(io::ErrorKind::UnexpectedEof.into())
                };
            }
        }
    }

    /// At least one byte and no more than `at_most`; an error at the end.
    pub(super) async fn some(&mut self, at_most: u64) -> io::Result<Vec<u8>> {
        if self.buffer.is_empty() && !self.fill().await? {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let length = usize::try_from(at_most).unwrap_or(usize::MAX).min(self.buffer.len());
        Ok(self.take(length))
    }

    /// Exactly so many bytes.
    pub(super) async fn exactly(&mut self, length: usize) -> io::Result<Vec<u8>> {
        while self.buffer.len() < length {
            if !self.fill().await? {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(self.take(length))
    }

    /// Up to and with the next line end.
    pub(super) async fn line(&mut self) -> io::Result<Vec<u8>> {
        loop {
            if let Some(at) = self.buffer.iter().position(|byte| *byte == b'\n') {
                return Ok(self.take(at + 1));
            }
            if !self.fill().await? {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
    }

    fn take(&mut self, length: usize) -> Vec<u8> {
        let rest = self.buffer.split_off(length);
        std::mem::replace(&mut self.buffer, rest)
    }
}
