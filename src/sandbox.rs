//! The embedded S3: `s3s` over files, on loopback, bucket `sandbox`, objects readable by anyone on this machine.
//!
//! A POST Object is taken by `post_object`, a streaming form handler of our own: s3s keeps the whole form in memory
//! and refuses some bodies by mistake. All else goes through s3s, with its signature check.
//!
//! The folder holds `keys.json` (0600), `objects/sandbox/…` (the objects, as plain files), `attributes/` (what S3
//! remembers beside the bytes), `parts/` (parts uploads that are not finished), `incoming/` (bytes under way, emptied at
//! start) and `running` (locked while a sandbox serves the folder; says where) and, for a moment, `stop` (asks whoever
//! serves the folder to leave).

mod activity;
mod answer;
mod attributes;
mod checksums;
mod folder;
mod hexadecimal;
mod incoming;
mod keys;
mod leaving;
mod linger;
mod loopback;
mod objects;
mod operations;
mod options;
mod parts_checksum;
mod parts_uploads;
mod post_object;
mod server;

use folder::FolderLock;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::net::TcpListener;

/// The bucket's name.
pub const BUCKET: &str = "sandbox";
/// The port unless told.
pub const DEFAULT_PORT: u16 = 9310;
/// The region that its signatures name.
pub const REGION: &str = "us-east-1";

/// A sandbox that answers: started here, or [found](Sandbox::find) running. Dropping one that was started here stops
/// it, its connections too.
#[derive(Debug)]
pub struct Sandbox {
    endpoint_url: String,
    credentials: crate::s3::Credentials,
    /// None where somebody else serves.
    server: Option<Server>,
}

/// What ends with the handle.
#[derive(Debug)]
struct Server {
    front: Arc<server::Front>,
    accepting: tokio::task::JoinHandle<()>,
    _lock: FolderLock,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// Why it could not start.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// The port is taken.
    #[error("port {port} is in use")]
    PortInUse {
        /// Which.
        port: u16,
    },
    /// Another sandbox serves the folder: [`Sandbox::find`] finds it.
    #[error("the sandbox's folder {} is served already", dir.display())]
    FolderInUse {
        /// Which.
        dir: PathBuf,
    },
    /// The folder.
    #[error("the sandbox's folder {} could not be used", dir.display())]
    Folder {
        /// Which.
        dir: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// Anything else.
    #[error("the sandbox could not start")]
    Start(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Sandbox {
    /// Starts on 127.0.0.1; port 0 takes a free one. Keys are made at the first start and kept in the folder (0600).
    ///
    /// # Errors
    /// See [`SandboxError`].
    pub async fn start(dir: PathBuf, port: u16) -> Result<Self, SandboxError> {
        let in_folder = |source| SandboxError::Folder {
            dir: dir.clone(),
            source,
        };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .await
            .map_err(|error| bind_error(error, port))?;
        let address = listener
            .local_addr()
            .map_err(|error| SandboxError::Start(Box::new(error)))?;

        folder::create_private(&dir).map_err(in_folder)?;
        let lock = FolderLock::wait(&dir, &endpoint_url(address))
            .await
            .map_err(in_folder)?
            .ok_or_else(|| SandboxError::FolderInUse { dir: dir.clone() })?;
        // Meant for whoever served before, a window perhaps, which leaves when it is closed.
        leaving::forget_request(&dir).map_err(in_folder)?;
        let credentials = keys::load_or_make(&dir).map_err(in_folder)?;
        let objects = Arc::new(objects::Objects::open(&dir).map_err(in_folder)?);
        let files =
            s3s_fs::FileSystem::new(objects.root()).map_err(|error| SandboxError::Start(s3s_fs_error(error)))?;

        let front = Arc::new(server::Front::new(objects, files, credentials.clone()));
        let accepting = tokio::spawn(server::accept(listener, Arc::clone(&front)));
        tracing::info!(%address, dir = %dir.display(), "sandbox started");
        Ok(Self {
            endpoint_url: endpoint_url(address),
            credentials,
            server: Some(Server {
                front,
                accepting,
                _lock: lock,
            }),
        })
    }

    /// The sandbox that serves `dir` already, in this process or in another one.
    ///
    /// # Errors
    /// Where the folder's files cannot be read.
    pub fn find(dir: &Path) -> std::io::Result<Option<Self>> {
        let Some(endpoint_url) = FolderLock::holder(dir)? else {
            return Ok(None);
        };
        let Some(credentials) = keys::load(dir)? else {
            return Ok(None);
        };
        Ok(Some(Self {
            endpoint_url,
            credentials,
            server: None,
        }))
    }

    /// `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn endpoint_url(&self) -> String {
        self.endpoint_url.clone()
    }

    /// Its own keys.
    #[must_use]
    pub fn credentials(&self) -> crate::s3::Credentials {
        self.credentials.clone()
    }
}

fn endpoint_url(address: SocketAddr) -> String {
    format!("http://{address}")
}

fn bind_error(error: std::io::Error, port: u16) -> SandboxError {
    match error.kind() {
        std::io::ErrorKind::AddrInUse => SandboxError::PortInUse { port },
        _ => SandboxError::Start(Box::new(error)),
    }
}

/// s3s-fs's own error is no [`std::error::Error`]; S3's is.
fn s3s_fs_error(error: s3s_fs::Error) -> Box<dyn std::error::Error + Send + Sync> {
    Box::new(s3s::S3Error::from(error))
}
