//! Stores that do what a real one cannot be asked to: answer when they are told, in the words that they are told.

use dropslot::engine::SandboxAccess;
use dropslot::s3::Credentials;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// A request as it came.
#[derive(Clone, Debug)]
pub(super) struct Request {
    pub(super) head: String,
    pub(super) body: Vec<u8>,
}

impl Request {
    /// A form field's value.
    pub(super) fn field(&self, name: &str) -> Option<String> {
        let body = String::from_utf8_lossy(&self.body);
        let (_, rest) = body.split_once(&format!("name=\"{name}\"\r\n\r\n"))?;
        Some(rest.split_once("\r\n")?.0.to_owned())
    }

    /// What the file part holds: it is the last, so the closing line ends it.
    pub(super) fn file(&self) -> &[u8] {
        let find = |needle: &[u8], from: usize| {
            let found = self.body[from..]
                .windows(needle.len())
                .position(|window| window == needle);
            from + found.expect("no file part")
        };
        let start = find(b"\r\n\r\n", find(b"name=\"file\"", 0)) + 4;
        let first_line = find(b"\r\n", 0);
        &self.body[start..self.body.len() - first_line - "\r\n--\r\n".len()]
    }
}

/// What is answered.
pub(super) type Answer = Box<dyn Fn(&Request) -> String + Send>;

/// Answers POSTs in turn, the last answer for ever; a HEAD of anything is 404.
pub(super) struct Store {
    pub(super) url: String,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Store {
    pub(super) async fn answering(answers: Vec<Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (seen, answers) = (Arc::clone(&requests), Arc::new(Mutex::new(VecDeque::from(answers))));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (seen, answers) = (Arc::clone(&seen), Arc::clone(&answers));
                tokio::spawn(async move {
                    let (mut stream, request) = read(stream).await?;
                    let answer = {
                        let mut answers = answers.lock().unwrap();
                        if request.head.starts_with("POST") {
                            seen.lock().unwrap().push(request.clone());
                            let answer = answers[0](&request);
                            if answers.len() > 1 {
                                answers.pop_front();
                            }
                            answer
                        } else {
                            answer("404 Not Found", "", "")
                        }
                    };
                    stream.write_all(answer.as_bytes()).await.ok()
                });
            }
        });
        Self { url, requests }
    }

    /// POSTs so far.
    pub(super) fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }
}

/// An answer with its length, after which the connection is closed.
pub(super) fn answer(status: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}")
}

/// A refusal in S3's form.
pub(super) fn refusal(status: &str, code: &str, message: &str, more: &str) -> Answer {
    let body = format!("<Error><Code>{code}</Code><Message>{message}</Message>{more}<RequestId>R1</RequestId></Error>");
    let status = status.to_owned();
    Box::new(move |_| answer(&status, "", &body))
}

/// A 201 whose `ETag` is the MD5 of what came, as Ceph and `MinIO` answer.
pub(super) fn stored() -> Answer {
    Box::new(|request| {
        use md5::Digest;
        let md5: String = md5::Md5::digest(request.file())
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        answer("201 Created", &format!("ETag: \"{md5}\"\r\n"), "")
    })
}

async fn read(mut stream: TcpStream) -> Option<(TcpStream, Request)> {
    let mut bytes = Vec::new();
    let head_end = loop {
        if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break at + 4;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8_lossy(&bytes[..head_end]).into_owned();
    let length = head
        .lines()
        .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok())
        .unwrap_or(0);
    let mut body = bytes.split_off(head_end);
    while body.len() < length {
        if stream.read_buf(&mut body).await.ok()? == 0 {
            return None;
        }
    }
    Some((stream, Request { head, body }))
}

/// A store that takes whole forms and answers none until it is opened.
pub(super) struct Gate {
    pub(super) url: String,
    waiting: Arc<AtomicUsize>,
    opened: watch::Sender<bool>,
    closed: watch::Receiver<bool>,
}

pub(super) async fn gate() -> Gate {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let waiting = Arc::new(AtomicUsize::new(0));
    let (opened, open) = watch::channel(false);
    let (close, closed) = watch::channel(false);
    let (count, close) = (Arc::clone(&waiting), Arc::new(close));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (count, mut open, closed) = (Arc::clone(&count), open.clone(), Arc::clone(&close));
            tokio::spawn(async move {
                let (mut stream, request) = read(stream).await?;
                count.fetch_add(1, Ordering::SeqCst);
                tokio::select! {
                    open = open.wait_for(|open| *open) => drop(open.ok()?),
                    _ = stream.read_u8() => {
                        closed.send_replace(true);
                        return None;
                    }
                }
                stream.write_all(stored()(&request).as_bytes()).await.ok()
            });
        }
    });
    Gate {
        url,
        waiting,
        opened,
        closed,
    }
}

impl Gate {
    pub(super) fn open(&self) {
        self.opened.send_replace(true);
    }

    /// Until a client closes its connection instead of waiting for the answer.
    pub(super) async fn until_closed(&self) {
        let mut closed = self.closed.clone();
        let closed = closed.wait_for(|closed| *closed);
        tokio::time::timeout(std::time::Duration::from_mins(1), closed)
            .await
            .expect("not closed in time")
            .unwrap();
    }

    /// Forms that wait for their answer.
    pub(super) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::SeqCst)
    }

    pub(super) async fn until_waiting(&self, wanted: usize) {
        let all = async {
            while self.waiting() < wanted {
                tokio::time::sleep(std::time::Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(std::time::Duration::from_mins(1), all)
            .await
            .expect("not so many forms in time");
    }
}

/// Keys and endpoint of a stub, in place of the embedded S3's: nothing of this machine's AWS matters.
pub(super) fn access(url: &str) -> SandboxAccess {
    SandboxAccess {
        endpoint_url: url.to_owned(),
        credentials: Credentials::from_keys("AKIDEXAMPLE", "not-a-secret", None),
    }
}
