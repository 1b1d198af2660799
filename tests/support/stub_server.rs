//! A server that follows a script on a real socket: it refuses, resets, stalls, trickles, answers too early.
//!
//! After the idea of `object_store`'s `client/mock_server.rs`, a step lower: what counts here is what the socket does.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, mpsc};
use std::time::{Duration, Instant};

/// How long a test waits for what must come.
const PATIENCE: Duration = Duration::from_secs(30);

/// What is done with a connection, one after the other. It is closed at the end: with a reset where the client has
/// sent more than was read.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// Reads until there are so many bytes in all, the request's head included.
    Read(usize),
    /// Reads the request to the end that its `Content-Length` says.
    ReadRequest,
    /// Reads until the client closes.
    ReadToEnd,
    /// Reads so many bytes at a time, with a pause after each, to the end of the request.
    Trickle(usize, Duration),
    /// Writes.
    Send(String),
    /// Waits until the test calls [`StubServer::go_on`].
    Wait,
}

/// What came over one connection.
#[derive(Debug)]
pub(crate) struct Received {
    /// The request's head, as sent.
    pub(crate) head: String,
    /// What followed it.
    pub(crate) body: Vec<u8>,
    /// When the script had ended.
    pub(crate) ended: Instant,
}

impl Received {
    /// A header's value.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (header, value) = line.split_once(": ")?;
            header.eq_ignore_ascii_case(name).then_some(value)
        })
    }
}

/// Serves one connection after the other, each by its script.
#[derive(Debug)]
pub(crate) struct StubServer {
    address: SocketAddr,
    received: mpsc::Receiver<Received>,
    gate: Arc<Gate>,
}

impl StubServer {
    /// For as many connections as there are scripts.
    pub(crate) fn start(scripts: impl IntoIterator<Item = Vec<Step>>) -> Self {
        let scripts: Vec<_> = scripts.into_iter().collect();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (sender, received) = mpsc::channel();
        let gate = Arc::new(Gate::default());
        let thread_gate = Arc::clone(&gate);
        std::thread::spawn(move || {
            for script in scripts {
                let (stream, _) = listener.accept().unwrap();
                let mut conversation = Conversation::new(stream);
                for step in script {
                    conversation.follow(step, &thread_gate);
                }
                // The test may have seen enough.
                sender.send(conversation.end()).unwrap_or_default();
            }
        });
        Self {
            address,
            received,
            gate,
        }
    }

    /// A server that answers each whole request with one of `answers`.
    pub(crate) fn answering(answers: impl IntoIterator<Item = String>) -> Self {
        Self::start(
            answers
                .into_iter()
                .map(|answer| vec![Step::ReadRequest, Step::Send(answer)]),
        )
    }

    /// `http://127.0.0.1:PORT`
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Ends the scripts' [`Step::Wait`].
    pub(crate) fn go_on(&self) {
        self.gate.open();
    }

    /// What came over the next connection, when its script has ended.
    #[track_caller]
    pub(crate) fn received(&self) -> Received {
        self.received
            .recv_timeout(PATIENCE)
            .expect("the stub's script did not end")
    }

    /// What has come so far over connections whose scripts have ended.
    pub(crate) fn received_so_far(&self) -> Vec<Received> {
        self.received.try_iter().collect()
    }
}

impl Drop for StubServer {
    fn drop(&mut self) {
        self.gate.open();
    }
}

/// A port where nobody listens.
pub(crate) fn closed_port() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

/// An answer with its length, after which the connection is closed.
pub(crate) fn answer(status: &str, headers: &[&str], body: &str) -> String {
    let headers: String = headers.iter().map(|header| format!("{header}\r\n")).collect();
    let length = body.len();
    format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}")
}

#[derive(Debug, Default)]
struct Gate {
    is_open: Mutex<bool>,
    opened: Condvar,
}

impl Gate {
    fn open(&self) {
        *self.is_open.lock().unwrap() = true;
        self.opened.notify_all();
    }

    fn wait(&self) {
        let _open = self
            .opened
            .wait_while(self.is_open.lock().unwrap(), |open| !*open)
            .unwrap();
    }
}

struct Conversation {
    stream: TcpStream,
    bytes: Vec<u8>,
}

impl Conversation {
    fn new(stream: TcpStream) -> Self {
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        Self {
            stream,
            bytes: Vec::new(),
        }
    }

    fn follow(&mut self, step: Step, gate: &Gate) {
        match step {
            Step::Read(bytes) => while self.bytes.len() < bytes && self.read(bytes - self.bytes.len()) {},
            Step::ReadRequest => while !self.has_request() && self.read(64 * 1024) {},
            Step::ReadToEnd => while self.read(64 * 1024) {},
            Step::Trickle(bytes, pause) => {
                while !self.has_request() && self.read(bytes) {
                    std::thread::sleep(pause);
                }
            }
            // The client may be gone: that is the test's business.
            Step::Send(text) => self.stream.write_all(text.as_bytes()).unwrap_or_default(),
            Step::Wait => gate.wait(),
        }
    }

    /// Whether there may be more.
    fn read(&mut self, at_most: usize) -> bool {
        let mut block = vec![0; at_most.min(64 * 1024)];
        match self.stream.read(&mut block) {
            Ok(0) => false,
            Ok(length) => {
                self.bytes.extend_from_slice(&block[..length]);
                true
            }
            Err(error) => error.kind() == ErrorKind::Interrupted,
        }
    }

    fn head_bytes(&self) -> Option<usize> {
        Some(self.bytes.windows(4).position(|window| window == b"\r\n\r\n")? + 4)
    }

    fn has_request(&self) -> bool {
        let Some(head) = self.head_bytes() else {
            return false;
        };
        let text = String::from_utf8_lossy(&self.bytes[..head]).to_lowercase();
        let length = text
            .lines()
            .find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
        self.bytes.len() >= head + length.unwrap_or(0)
    }

    fn end(mut self) -> Received {
        let body = self.bytes.split_off(self.head_bytes().unwrap_or(self.bytes.len()));
        Received {
            head: String::from_utf8_lossy(&self.bytes).into_owned(),
            body,
            ended: Instant::now(),
        }
    }
}
