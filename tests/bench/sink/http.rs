//! HTTP/1.1 as far as S3's clients speak it: requests after one another, bodies by length or in chunks, `100 Continue`.

use crate::s3::{Answer, Sink};
use std::io::{self, BufRead, Write};
use std::time::{Duration, Instant};

/// A body up to this many bytes is kept for the answer; of a longer one nothing is.
pub const KEPT_BYTES: u64 = 1024 * 1024 + 64 * 1024;

/// What came before a body.
pub struct Head {
    pub method: String,
    pub path: String,
    pub query: String,
    /// Names in lower case.
    headers: Vec<(String, String)>,
}

/// A body as it came, or how much it was.
pub struct Body {
    pub kept: Option<Vec<u8>>,
    pub length: u64,
    pub took: Duration,
}

impl Head {
    fn read(reader: &mut impl BufRead) -> io::Result<Option<Self>> {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let mut words = line.split(' ').map(str::to_owned);
        let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let (path, query) = target.split_once('?').unwrap_or((&target, ""));
        let mut head = Self {
            method,
            path: path.to_owned(),
            query: query.to_owned(),
            headers: Vec::new(),
        };
        loop {
            line.clear();
            if reader.read_line(&mut line)? <= 2 {
                return Ok(Some(head));
            }
            if let Some((name, value)) = line.split_once(':') {
                head.headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find_map(|(given, value)| (given == name).then_some(value.as_str()))
    }

    /// The value of a query's parameter, as it was written.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.query.split('&').find_map(|pair| {
            let (given, value) = pair.split_once('=').unwrap_or((pair, ""));
            (given == name).then_some(value)
        })
    }

    fn is(&self, name: &str, value: &str) -> bool {
        self.header(name).is_some_and(|given| given.eq_ignore_ascii_case(value))
    }
}

pub fn serve(mut stream: impl BufRead + Write, sink: &Sink) -> io::Result<()> {
    while let Some(head) = Head::read(&mut stream)? {
        if head.is("expect", "100-continue") {
            stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
        }
        let body = body(&mut stream, &head, sink)?;
        let answer = sink.answer(&head, &body);
        stream.write_all(&written(&head, answer))?;
        if head.is("connection", "close") {
            break;
        }
    }
    Ok(())
}

fn written(head: &Head, answer: Answer) -> Vec<u8> {
    let Answer {
        status,
        headers,
        body,
        length,
    } = answer;
    let length = length.unwrap_or(body.len() as u64);
    // No length goes with 204.
    let length = if status.starts_with("204") {
        String::new()
    } else {
        format!("Content-Length: {length}\r\n")
    };
    let body = if head.method == "HEAD" { "" } else { &body };
    format!("HTTP/1.1 {status}\r\nServer: sink\r\n{headers}{length}\r\n{body}").into_bytes()
}

fn body(reader: &mut impl BufRead, head: &Head, sink: &Sink) -> io::Result<Body> {
    let mut taking = Taking {
        begun: Instant::now(),
        length: 0,
        kept: None,
        bytes_per_second: sink.bytes_per_second,
    };
    if head.is("transfer-encoding", "chunked") {
        let mut line = String::new();
        loop {
            line.clear();
            reader.read_line(&mut line)?;
            let length = u64::from_str_radix(line.trim().split(';').next().unwrap_or_default(), 16);
            let length = length.map_err(io::Error::other)?;
            taking.take(reader, length)?;
            // The end of the chunk, or the trailers and the end of all.
            while {
                line.clear();
                reader.read_line(&mut line)? > 2
            } {}
            if length == 0 {
                break;
            }
        }
    } else {
        let length = head
            .header("content-length")
            .and_then(|length| length.parse().ok())
            .unwrap_or(0);
        taking.kept = (length <= KEPT_BYTES).then(|| Vec::with_capacity(length as usize));
        taking.take(reader, length)?;
    }
    Ok(Body {
        kept: taking.kept,
        length: taking.length,
        took: taking.begun.elapsed(),
    })
}

struct Taking {
    begun: Instant,
    length: u64,
    kept: Option<Vec<u8>>,
    bytes_per_second: Option<f64>,
}

impl Taking {
    fn take(&mut self, reader: &mut impl BufRead, mut remaining: u64) -> io::Result<()> {
        while remaining > 0 {
            let there = reader.fill_buf()?;
            if there.is_empty() {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let taken = remaining.min(there.len() as u64);
            if let Some(kept) = &mut self.kept {
                kept.extend_from_slice(&there[..taken as usize]);
            }
            reader.consume(taken as usize);
            remaining -= taken;
            self.length += taken;
            if let Some(bytes_per_second) = self.bytes_per_second {
                let due = Duration::from_secs_f64(self.length as f64 / bytes_per_second);
                std::thread::sleep(due.saturating_sub(self.begun.elapsed()));
            }
        }
        Ok(())
    }
}
