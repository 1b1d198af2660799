//! The embedded S3: `s3s` over files, on loopback, bucket `sandbox`, objects readable by anyone on this machine.

pub mod post_object;

use std::net::SocketAddr;
use std::path::PathBuf;

/// The bucket's name.
pub const BUCKET: &str = "sandbox";
/// The port unless told.
pub const DEFAULT_PORT: u16 = 9310;
/// The region that its signatures name.
pub const REGION: &str = "us-east-1";

/// A running sandbox; dropping it stops it.
#[derive(Debug)]
pub struct Sandbox {
    address: SocketAddr,
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
    pub async fn start(_dir: PathBuf, _port: u16) -> Result<Self, SandboxError> {
        todo!()
    }

    /// `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn endpoint_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Its own keys.
    #[must_use]
    pub fn credentials(&self) -> crate::s3::Credentials {
        todo!()
    }
}
