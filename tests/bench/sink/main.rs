//! Takes what S3's clients upload, throws it away as fast as a socket gives it, and answers as S3 does: POST forms, PUT, parts.
//!
//! `rustc --edition 2024 -O sink/main.rs && ./main [FILE]` prints its port, and then a line for every upload of
//! more than 1 MiB: its bytes, and the seconds from its head, or its beginning in parts, to its end. The proof is on: an answer carries the CRC-64/NVME
//! (from the definition, not by the crate that Dropslot uses). Of what came where that is 1 MiB at most; beyond that of FILE,
//! computed once at the start, so that it costs the sink nothing while it is timed.
//!
//! - `SINK_MIB_PER_SECOND` makes it take no more than that of each connection.
//! - `SINK_TELLS=all` adds small ones to the lines, and to each line the time of day in seconds at its end.
//! - `SINK_CERTIFICATE` and `SINK_KEY` (files in DER; Cargo's feature `tls`) make it speak TLS.

mod crc64nvme;
mod http;
mod s3;
#[cfg(feature = "tls")]
mod tls;

use s3::Sink;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

fn main() -> io::Result<()> {
    let file = std::env::args_os().nth(1);
    let sink = Arc::new(Sink::new(
        file.map(|file| crc64nvme::of_file(file.as_ref())).transpose()?,
    ));
    #[cfg(feature = "tls")]
    let encryption = tls::configuration()?;
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("{}", listener.local_addr()?.port());
    for stream in listener.incoming() {
        // One that is gone before it is taken is no reason to stop.
        let Ok(stream) = stream.and_then(|stream| stream.set_nodelay(true).map(|()| stream)) else {
            continue;
        };
        let sink = sink.clone();
        #[cfg(feature = "tls")]
        if let Some(encryption) = encryption.clone() {
            std::thread::spawn(move || tls::serve(stream, encryption, &sink).unwrap_or_default());
            continue;
        }
        // A client that goes away in the middle is its own business.
        std::thread::spawn(move || serve(stream, &sink).unwrap_or_default());
    }
    Ok(())
}

fn serve(stream: TcpStream, sink: &Sink) -> io::Result<()> {
    http::serve(Plain(BufReader::with_capacity(256 * 1024, stream)), sink)
}

/// A socket, read in large pieces.
struct Plain(BufReader<TcpStream>);

impl Read for Plain {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.0.read(into)
    }
}

impl BufRead for Plain {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.0.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.0.consume(amount);
    }
}

impl Write for Plain {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.get_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.get_mut().flush()
    }
}
