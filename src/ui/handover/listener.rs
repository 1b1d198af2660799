//! The open window's side: takes what later starts hand over.

use super::{Claim, Request, TAKEN, WINDOW_PATIENCE};
use interprocess::local_socket::ListenerOptions;
use interprocess::local_socket::tokio::{Listener, Stream};
use interprocess::local_socket::traits::tokio::Listener as _;
use std::fs::File;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::sync::oneshot;
use tokio::time::{sleep, timeout};

/// More paths than a command line holds, each byte written as three.
const LONGEST_REQUEST: u64 = 16 << 20;

/// The system may be out of file descriptors for a moment.
const AFTER_AN_ERROR: Duration = Duration::from_millis(500);

/// What a later start hands over. It counts as taken only when [`Self::take`] says so: whoever has waited too long does
/// it by itself.
#[derive(Debug)]
pub(crate) struct HandedOver {
    request: Box<Request>,
    taken: oneshot::Sender<()>,
}

impl HandedOver {
    /// The request, unless its sender has given up.
    pub(crate) fn take(self) -> Option<Request> {
        self.taken.send(()).is_ok().then_some(*self.request)
    }
}

/// Listens until the future is dropped. `report` hands a request to the window.
pub(crate) async fn listen(claim: Claim, report: impl Fn(HandedOver) + Send + Sync + 'static) {
    // The lock is dropped after the listener: its socket goes before another process may make one.
    let Claim { place, lock } = claim;
    let listener = match place.name().and_then(bind) {
        Ok(listener) => listener,
        Err(error) => {
            tracing::debug!(%error, "later starts open windows of their own");
            return;
        }
    };
    let report = Arc::new(report);
    loop {
        match listener.accept().await {
            Ok(stream) if is_this_person(&stream, &lock) => {
                let report = Arc::clone(&report);
                // One that says nothing keeps nobody waiting.
                tokio::spawn(async move {
                    if let Err(error) = serve(&stream, report.as_ref()).await {
                        tracing::debug!(%error, "a later start went away");
                    }
                });
            }
            Ok(_stranger) => {}
            Err(error) => {
                tracing::debug!(%error, "a later start is not heard");
                sleep(AFTER_AN_ERROR).await;
            }
        }
    }
}

/// With the lock held, a socket that is there is a dead window's.
fn bind(name: interprocess::local_socket::Name<'_>) -> std::io::Result<Listener> {
    let options = ListenerOptions::new().name(name).try_overwrite(true);
    #[cfg(unix)]
    let options = interprocess::os::unix::local_socket::ListenerOptionsExt::mode(options, 0o600);
    options.create_tokio()
}

/// Only the person whose data folder it is.
#[cfg(unix)]
fn is_this_person(stream: &Stream, lock: &File) -> bool {
    use interprocess::local_socket::PeerCreds;
    use interprocess::local_socket::traits::StreamCommon as _;
    use std::os::unix::fs::MetadataExt as _;
    let peer = stream.peer_creds().ok().as_ref().and_then(PeerCreds::euid);
    let owner = lock.metadata().ok().map(|metadata| metadata.uid());
    peer.is_some() && peer == owner
}

/// A pipe's default rights let nobody else write.
#[cfg(windows)]
fn is_this_person(_stream: &Stream, _lock: &File) -> bool {
    true
}

async fn serve(stream: &Stream, report: &(impl Fn(HandedOver) + Sync)) -> std::io::Result<()> {
    let mut line = String::new();
    let mut reader = BufReader::new(stream).take(LONGEST_REQUEST);
    let read = timeout(WINDOW_PATIENCE, reader.read_line(&mut line)).await;
    read.unwrap_or_else(|elapsed| Err(elapsed.into()))?;
    let answer = match Request::of_line(line.trim_end()) {
        Some(request) => {
            tokio::select! {
                // Before all: whoever has given up (this process may have stood still) does it by itself.
                biased;
                _closed = reader.read_u8() => return Ok(()),
                taken = is_taken(request, report) => if taken { TAKEN } else { "busy" },
            }
        }
        None => "not understood",
    };
    let mut stream = stream;
    stream.write_all(format!("{answer}\n").as_bytes()).await
}

async fn is_taken(request: Request, report: &impl Fn(HandedOver)) -> bool {
    let (taken, answer) = oneshot::channel();
    report(HandedOver {
        request: Box::new(request),
        taken,
    });
    matches!(timeout(WINDOW_PATIENCE, answer).await, Ok(Ok(())))
}
