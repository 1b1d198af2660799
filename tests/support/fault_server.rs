//! A proxy on a real socket in front of a real store. It passes HTTP/1.1 requests on byte for byte, counts them, and does
//! to each what a script says.
//!
//! It runs on threads of its own, so that a test that waits, or whose runtime is busy, does not hold it up.

mod answer;
mod exchange;
mod fault;
mod log;
mod receiver;
mod request;

pub(crate) use fault::{Canned, Fault, Junk, Lost, Then};
pub(crate) use log::{Exchange, Log};
pub(crate) use request::{Operation, Request};

use super::store::Store;
use std::collections::HashMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tokio::sync::mpsc;

/// Below the system's own choice (`ip_local_port_range`): nobody else is given the port while the listener is closed.
const PORTS: std::ops::Range<u16> = 20_000..32_000;

/// What is done to a request.
pub(crate) type Script = Box<dyn FnMut(&Request) -> Fault + Send>;

/// A running one, gone when dropped.
pub(crate) struct FaultServer {
    address: SocketAddr,
    shared: Arc<Shared>,
    runtime: Option<Runtime>,
}

/// What all connections share.
struct Shared {
    store: Store,
    script: Mutex<Script>,
    /// How often each operation has come for each object.
    turns: Mutex<HashMap<(Operation, Option<String>), usize>>,
    log: Log,
    outages: mpsc::UnboundedSender<Duration>,
}

impl FaultServer {
    /// In front of `store`, doing what `script` says.
    pub(crate) fn start(store: Store, script: impl FnMut(&Request) -> Fault + Send + 'static) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("fault-server")
            .enable_all()
            .build()
            .unwrap();
        let (outages, closing) = mpsc::unbounded_channel();
        let shared = Arc::new(Shared {
            store,
            script: Mutex::new(Box::new(script)),
            turns: Mutex::default(),
            log: Log::default(),
            outages,
        });
        let listener = free_listener();
        let address = listener.local_addr().unwrap();
        runtime.spawn(accept(listener, closing, Arc::clone(&shared)));
        Self {
            address,
            shared,
            runtime: Some(runtime),
        }
    }

    /// That passes everything on: it only counts.
    pub(crate) fn passing(store: Store) -> Self {
        Self::start(store, |_| Fault::None)
    }

    /// `http://127.0.0.1:PORT`
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// As an endpoint that speaks TLS: every handshake is cut.
    pub(crate) fn tls_url(&self) -> String {
        format!("https://{}", self.address)
    }

    /// What has come so far.
    pub(crate) fn log(&self) -> &Log {
        &self.shared.log
    }
}

impl Drop for FaultServer {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // A test's own runtime may be what drops it: there nothing may block.
            runtime.shutdown_background();
        }
    }
}

/// On a port that is ours for as long as we live.
fn free_listener() -> std::net::TcpListener {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    let first = now.subsec_nanos() % 12_000 + std::process::id() * 97;
    let span = u32::from(PORTS.end - PORTS.start);
    let listener = (0..span)
        .map(|step| PORTS.start + u16::try_from((first + step) % span).unwrap())
        .find_map(|port| std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok())
        .expect("no free port");
    listener.set_nonblocking(true).unwrap();
    listener
}

/// Takes connections until it is dropped; while an outage lasts nobody listens.
async fn accept(first: std::net::TcpListener, mut closing: mpsc::UnboundedReceiver<Duration>, shared: Arc<Shared>) {
    let mut listener = TcpListener::from_std(first).unwrap();
    let address = listener.local_addr().unwrap();
    loop {
        tokio::select! {
            biased;
            Some(outage) = closing.recv() => {
                drop(listener);
                tokio::time::sleep(outage).await;
                listener = listen_again(address).await;
            }
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => drop(tokio::spawn(serve(stream, Arc::clone(&shared)))),
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            },
        }
    }
}

async fn listen_again(address: SocketAddr) -> TcpListener {
    loop {
        match TcpListener::bind(address).await {
            Ok(listener) => return listener,
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
}

/// One connection, request after request.
async fn serve(stream: TcpStream, shared: Arc<Shared>) {
    if stream.set_nodelay(true).is_err() {
        return;
    }
    let mut client = exchange::Client::new(stream);
    // A connection that breaks is what most of this is about.
    while let Ok(Some(request)) = client.request(&shared).await {
        let fault = (shared.script.lock().unwrap())(&request);
        if let Fault::Outage(duration) = &fault {
            // Whoever listens is gone with the server.
            shared.outages.send(*duration).unwrap_or_default();
        }
        let entry = shared.log.begin(&request, &fault);
        let after = client.exchange(&request, &fault, &shared, entry).await;
        shared.log.change(entry, |exchange| exchange.ended = true);
        if !matches!(after, Ok(exchange::After::Keep)) {
            return;
        }
    }
}

impl Shared {
    /// How often this operation has come for this object before.
    fn turn(&self, operation: Operation, object_key: Option<&str>) -> usize {
        let mut turns = self.turns.lock().unwrap();
        let turn = turns.entry((operation, object_key.map(str::to_owned))).or_default();
        *turn += 1;
        *turn - 1
    }
}
