//! Stands between clients and a server on loopback, as a long, thin line that now and then breaks does.
//!
//! `rustc --edition 2024 -O shaper.rs && ./shaper PORT [NAME=VALUE…]` prints the port that it takes connections for PORT on, and
//! then a line for every connection, with how many there are at once, and for every one that it resets. What may be named:
//!
//! - `delay_ms=80`: from a byte's leaving until its answer may be back: half of it each way. A connection's first byte
//!   waits for the whole of it before, as for a handshake.
//! - `connection_mib=4`: what a connection carries a second, each way. 0: no limit.
//! - `line_mib=0`: what all of them together carry a second, both ways. 0: no limit.
//! - `reset_per_million=1000`: how many of a million pieces of 64 KiB towards the server reset their connection.
//! - `seed=1`: which of them. It goes by their number since the start, so that whoever sends as much meets as many.
//!
//! Not here: slow start and lost packets; the kernel of either side acknowledges what lies in the shaper's buffers.

use std::collections::HashMap;
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

const PIECE_BYTES: u64 = 64 * 1024;
/// What is taken at once: small beside a piece, so that the pace is even.
const BLOCK_BYTES: usize = 16 * 1024;

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let server: u16 = arguments
        .next()
        .and_then(|port| port.parse().ok())
        .expect("the server's port");
    let named = arguments.map(|argument| {
        let (name, value) = argument.split_once('=').expect("NAME=VALUE");
        (name.to_owned(), value.parse().expect("a number"))
    });
    let line = Arc::new(Line::new(&named.collect()));
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("{}", listener.local_addr()?.port());
    for client in listener.incoming() {
        let (client, line) = (client?, line.clone());
        thread::spawn(move || {
            println!("connection {}", line.open.fetch_add(1, Ordering::Relaxed) + 1);
            // A side that goes away in the middle is its own business.
            carry(client, server, &line).unwrap_or_default();
            line.open.fetch_sub(1, Ordering::Relaxed);
        });
    }
    Ok(())
}

struct Line {
    delay: Duration,
    connection_bytes: f64,
    together: Mutex<Pace>,
    resets_per_million: u64,
    seed: u64,
    pieces: AtomicU64,
    open: AtomicU64,
}

impl Line {
    fn new(named: &HashMap<String, f64>) -> Self {
        let value = |name: &str, unless: f64| named.get(name).copied().unwrap_or(unless);
        Self {
            delay: Duration::from_secs_f64(value("delay_ms", 80.0) / 1000.0),
            connection_bytes: value("connection_mib", 4.0) * 1024.0 * 1024.0,
            together: Mutex::new(Pace::new(value("line_mib", 0.0) * 1024.0 * 1024.0)),
            resets_per_million: value("reset_per_million", 1000.0) as u64,
            seed: value("seed", 1.0) as u64,
            pieces: AtomicU64::new(0),
            open: AtomicU64::new(0),
        }
    }

    /// Whether the next piece breaks its connection.
    fn breaks(&self) -> bool {
        // SplitMix64's step and finish.
        let number = self.pieces.fetch_add(1, Ordering::Relaxed) + (self.seed << 32);
        let mut drawn = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        drawn = (drawn ^ (drawn >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        drawn = (drawn ^ (drawn >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (drawn ^ (drawn >> 31)) % 1_000_000 < self.resets_per_million
    }
}

/// When the next bytes are through, at so many a second.
struct Pace {
    bytes_per_second: f64,
    free_at: Instant,
}

impl Pace {
    fn new(bytes_per_second: f64) -> Self {
        Self {
            bytes_per_second,
            free_at: Instant::now(),
        }
    }

    fn through(&mut self, bytes: usize, from: Instant) -> Instant {
        self.free_at = self.free_at.max(from);
        if self.bytes_per_second > 0.0 {
            self.free_at += Duration::from_secs_f64(bytes as f64 / self.bytes_per_second);
        }
        self.free_at
    }
}

/// Bytes, and when they are on the other side.
type Block = (Instant, Vec<u8>);

fn carry(client: TcpStream, server: u16, line: &Line) -> io::Result<()> {
    let opened = Instant::now();
    let server = TcpStream::connect(("127.0.0.1", server))?;
    for side in [&client, &server] {
        side.set_nodelay(true)?;
    }
    let broken = AtomicBool::new(false);
    thread::scope(|scope| {
        let (upwards, to_server) = channel();
        let (downwards, to_client) = channel();
        scope.spawn(|| give(to_server, &server, &client, &broken));
        scope.spawn(|| give(to_client, &client, &server, &broken));
        scope.spawn(|| take(&server, downwards, line, opened, || false));
        take(&client, upwards, line, opened, || {
            // What closes with bytes unread is reset, not ended.
            let breaks = line.breaks() && client.peek(&mut [0]).is_ok_and(|length| length > 0);
            if breaks {
                println!("reset");
                broken.store(true, Ordering::Relaxed);
                server.shutdown(Shutdown::Both).unwrap_or_default();
            }
            breaks
        });
    });
    Ok(())
}

/// Takes bytes at the line's pace, and asks after every piece whether the line breaks.
fn take(mut from: &TcpStream, to: Sender<Block>, line: &Line, opened: Instant, mut breaks: impl FnMut() -> bool) {
    let mut pace = Pace::new(line.connection_bytes);
    pace.free_at = opened + line.delay;
    let mut left_of_piece = PIECE_BYTES;
    let mut block = vec![0; BLOCK_BYTES];
    while let Ok(length @ 1..) = from.read(&mut block) {
        let through = pace.through(length, Instant::now());
        let through = line.together.lock().expect("no thread panics").through(length, through);
        if to.send((through + line.delay / 2, block[..length].to_vec())).is_err() {
            return;
        }
        thread::sleep(through.saturating_duration_since(Instant::now()));
        left_of_piece = left_of_piece.saturating_sub(length as u64);
        if left_of_piece == 0 {
            left_of_piece = PIECE_BYTES;
            if breaks() {
                return;
            }
        }
    }
}

fn give(blocks: Receiver<Block>, mut to: &TcpStream, from: &TcpStream, broken: &AtomicBool) {
    let failed = blocks.iter().any(|(due, block)| {
        thread::sleep(due.saturating_duration_since(Instant::now()));
        to.write_all(&block).is_err()
    });
    // A line that broke says nothing more to the client: dropping its side resets it.
    if !broken.load(Ordering::Relaxed) {
        let (side, how) = if failed {
            (from, Shutdown::Both)
        } else {
            (to, Shutdown::Write)
        };
        side.shutdown(how).unwrap_or_default();
    }
}
