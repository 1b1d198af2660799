//! TLS between a socket and the HTTP behind it: records are decrypted where they lie, hundreds of KiB taken from the socket at once.
//!
//! rustls's plain `Stream` takes 4 KiB from a socket at a time: the sink would be the slowest of all.

use crate::http;
use crate::s3::Sink;
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::server::UnbufferedServerConnection;
use rustls::unbuffered::{ConnectionState, UnbufferedStatus};
use std::io::{self, BufRead, Read, Write};
use std::net::TcpStream;
use std::sync::Arc;

/// What may wait to be decrypted.
const INCOMING_BYTES: usize = 256 * 1024;
/// Room for a record (RFC 8446, 5.2: 2^14 bytes, and 256 at most around them).
const RECORD_BYTES: usize = 16 * 1024 + 512;

/// `None` where no certificate is named.
pub fn configuration() -> io::Result<Option<Arc<ServerConfig>>> {
    let (Some(certificate), Some(key)) = (std::env::var_os("SINK_CERTIFICATE"), std::env::var_os("SINK_KEY")) else {
        return Ok(None);
    };
    let certificate = CertificateDer::from(std::fs::read(certificate)?);
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(std::fs::read(key)?));
    let configuration = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_protocol_versions(&[&rustls::version::TLS13])
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(vec![certificate], key))
        .map_err(io::Error::other)?;
    Ok(Some(Arc::new(configuration)))
}

pub fn serve(stream: TcpStream, configuration: Arc<ServerConfig>, sink: &Sink) -> io::Result<()> {
    let stream = TlsStream {
        stream,
        connection: UnbufferedServerConnection::new(configuration).map_err(io::Error::other)?,
        incoming: vec![0; INCOMING_BYTES],
        waiting: 0..0,
        outgoing: Vec::new(),
        plain: Vec::new(),
        read: 0,
    };
    http::serve(stream, sink)
}

struct TlsStream {
    stream: TcpStream,
    connection: UnbufferedServerConnection,
    incoming: Vec<u8>,
    /// What of `incoming` is not decrypted yet.
    waiting: std::ops::Range<usize>,
    /// Records to send.
    outgoing: Vec<u8>,
    /// The last record's bytes, and how many of them were read.
    plain: Vec<u8>,
    read: usize,
}

/// What the connection waits for.
enum Next {
    Bytes,
    /// Nothing: there is more to do.
    Step,
    Closed,
}

impl TlsStream {
    /// One step of the connection, which takes `to_send` where it can: then that is left empty.
    fn step(&mut self, to_send: &mut &[u8]) -> io::Result<Next> {
        let Self {
            connection,
            outgoing,
            plain,
            ..
        } = self;
        let UnbufferedStatus { discard, state } =
            connection.process_tls_records(&mut self.incoming[self.waiting.clone()]);
        let next = match state.map_err(io::Error::other)? {
            ConnectionState::ReadTraffic(mut traffic) => {
                plain.drain(..self.read);
                self.read = 0;
                while let Some(record) = traffic.next_record() {
                    plain.extend_from_slice(record.map_err(io::Error::other)?.payload);
                }
                Next::Step
            }
            ConnectionState::EncodeTlsData(mut encoding) => {
                with_room(outgoing, |room| encoding.encode(room).map_err(io::Error::other))?;
                Next::Step
            }
            ConnectionState::TransmitTlsData(transmission) => {
                self.stream.write_all(outgoing)?;
                outgoing.clear();
                transmission.done();
                Next::Step
            }
            ConnectionState::WriteTraffic(mut traffic) if !to_send.is_empty() => {
                let (now, later) = to_send.split_at(to_send.len().min(16 * 1024));
                with_room(outgoing, |room| traffic.encrypt(now, room).map_err(io::Error::other))?;
                *to_send = later;
                self.stream.write_all(outgoing)?;
                outgoing.clear();
                Next::Step
            }
            ConnectionState::WriteTraffic(_) | ConnectionState::BlockedHandshake => Next::Bytes,
            _ => Next::Closed,
        };
        self.waiting.start += discard;
        Ok(next)
    }

    fn receive(&mut self) -> io::Result<usize> {
        // What is left is less than a record: it moves to the front for little.
        self.incoming.copy_within(self.waiting.clone(), 0);
        self.waiting = 0..self.waiting.len();
        let length = self.stream.read(&mut self.incoming[self.waiting.end..])?;
        self.waiting.end += length;
        Ok(length)
    }
}

fn with_room(outgoing: &mut Vec<u8>, write: impl FnOnce(&mut [u8]) -> io::Result<usize>) -> io::Result<()> {
    let before = outgoing.len();
    outgoing.resize(before + RECORD_BYTES, 0);
    let written = write(&mut outgoing[before..])?;
    outgoing.truncate(before + written);
    Ok(())
}

impl BufRead for TlsStream {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.read == self.plain.len() {
            match self.step(&mut &[][..])? {
                Next::Step => {}
                Next::Bytes if self.receive()? > 0 => {}
                Next::Bytes | Next::Closed => return Ok(&[]),
            }
        }
        Ok(&self.plain[self.read..])
    }

    fn consume(&mut self, amount: usize) {
        self.read += amount;
    }
}

impl Read for TlsStream {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.fill_buf()?.read(into)?;
        self.consume(length);
        Ok(length)
    }
}

impl Write for TlsStream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut left = bytes;
        while !left.is_empty() {
            if !matches!(self.step(&mut left)?, Next::Step) {
                return Err(io::ErrorKind::ConnectionAborted.into());
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
