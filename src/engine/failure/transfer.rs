//! Failures of the wire.

use super::{About, Code, Failure, Text, UploadReason};
use crate::transfer::{ConnectKind, PostError};

/// What is wrong with the way to S3.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum TransferReason {
    /// No byte was taken for too long.
    Stalled {
        /// How long.
        seconds: u64,
    },
    /// No connection at all.
    NoConnection(ConnectKind),
    /// It broke while the file was still going out: most often a refusal whose words were lost with the connection.
    BrokenEarly {
        /// Bytes of the file that were taken.
        sent_bytes: u64,
    },
    /// It broke after the last byte.
    BrokenLate,
}

impl TransferReason {
    pub(super) fn english(&self) -> Text {
        match self {
            Self::Stalled { seconds } => Text::new(
                format!("S3 took no byte for {seconds} s"),
                "Check the network, and try again",
            ),
            Self::NoConnection(kind) => not_connected(*kind),
            Self::BrokenEarly { sent_bytes } => Text::new(
                format!("The connection was closed after {sent_bytes} bytes: the store has likely refused the form"),
                "Check the permission s3:PutObject, the bucket's name and region, and the profile's keys; or try again",
            ),
            Self::BrokenLate => Text::new(
                "The connection broke before S3 answered",
                "Check the network, and try again",
            ),
        }
    }
}

fn not_connected(kind: ConnectKind) -> Text {
    match kind {
        ConnectKind::Url => Text::new(
            "The form's URL cannot be used",
            "Check the endpoint: it looks like https://s3.example.com",
        ),
        ConnectKind::Dns => Text::new(
            "The server's name was not found",
            "Check the network, and the spelling of endpoint and region",
        ),
        ConnectKind::Refused => Text::new(
            "The server took no connection",
            "Check that it runs, and the endpoint's port",
        ),
        ConnectKind::TimedOut => Text::new(
            "The server did not answer in time",
            "Check the network and the endpoint; a firewall may be in the way",
        ),
        ConnectKind::NotTrusted => Text::new(
            "The server's certificate is not trusted",
            "Check the endpoint's name; a company's own certificate authority goes into AWS_CA_BUNDLE",
        ),
        ConnectKind::Tls => Text::new(
            "No secure connection could be made",
            "Check the endpoint's port: plain HTTP may be spoken there",
        ),
        ConnectKind::Proxy => Text::new(
            "The proxy refused the connection",
            "Check HTTPS_PROXY (address, user and password), or name the host in NO_PROXY",
        ),
        ConnectKind::Network => Text::new("S3 could not be reached", "Check the network, and try again"),
    }
}

impl Failure {
    /// An attempt's failure, when nothing more is tried.
    #[must_use]
    pub fn from_post(error: &PostError, about: &About<'_>) -> Self {
        match error {
            PostError::S3 { error } => Self::from_s3(error, about),
            PostError::Source(error) => error.into(),
            PostError::Stalled { seconds } => {
                Self::new(Code::Stalled, TransferReason::Stalled { seconds: *seconds }).retryable()
            }
            PostError::Connect { kind, reason } => no_connection(*kind, reason),
            PostError::Broken { sent_bytes, reason } => broken(*sent_bytes, reason, about),
            PostError::Cancelled => Self::new(Code::Cancelled, UploadReason::Cancelled).retryable(),
        }
    }
}

/// No connection at all.
pub(super) fn no_connection(kind: ConnectKind, reason: &str) -> Failure {
    let mut failure = Failure::new(connect_code(kind), TransferReason::NoConnection(kind)).detail(reason);
    failure.retryable = kind.is_passing();
    failure
}

/// The same for S3 and for functions.
pub(super) fn connect_code(kind: ConnectKind) -> Code {
    match kind {
        ConnectKind::Url => Code::BadRequest,
        ConnectKind::NotTrusted | ConnectKind::Tls => Code::NotTrusted,
        ConnectKind::Proxy => Code::ProxyRefused,
        ConnectKind::Dns | ConnectKind::Refused | ConnectKind::TimedOut | ConnectKind::Network => Code::NoConnection,
    }
}

fn broken(sent_bytes: u64, reason: &str, about: &About<'_>) -> Failure {
    let early = about.size_bytes.is_some_and(|size_bytes| sent_bytes < size_bytes);
    let broken = if early {
        TransferReason::BrokenEarly { sent_bytes }
    } else {
        TransferReason::BrokenLate
    };
    Failure::new(Code::ConnectionBroken, broken).retryable().detail(reason)
}
