//! Failures of the file and of the wire.

use super::form::{sentence, too_large_for_post};
use super::{About, Code, Failure};
use crate::transfer::{ConnectKind, PostError, SourceError};

impl From<&SourceError> for Failure {
    fn from(error: &SourceError) -> Self {
        let new = |code, hint| Self::new(code, sentence(error), hint);
        match error {
            SourceError::Gone => new(Code::FileGone, "Put it back, and try again").retryable(),
            SourceError::NotReadable => new(Code::FileUnreadable, "Give yourself permission to read it").retryable(),
            SourceError::NotAFile => new(Code::NotAFile, "Only regular files can be sent"),
            SourceError::TooLarge { size_bytes } => too_large_for_post(*size_bytes),
            SourceError::Changed => new(
                Code::FileChanged,
                "Wait until nothing writes to it any more, and try again",
            )
            .retryable(),
            SourceError::Read(_) => new(Code::FileUnreadable, "Check the disk it lies on, and try again")
                .retryable()
                .because(error),
        }
    }
}

impl Failure {
    /// An attempt's failure, when nothing more is tried.
    #[must_use]
    pub fn from_post(error: &PostError, about: &About<'_>) -> Self {
        match error {
            PostError::S3 { error } => Self::from_s3(error, about),
            PostError::Source(error) => error.into(),
            PostError::Stalled { seconds } => Self::new(
                Code::Stalled,
                format!("S3 took no byte for {seconds} s"),
                "Check the network, and try again",
            )
            .retryable(),
            PostError::Connect { kind, reason } => no_connection(*kind, reason),
            PostError::Broken { sent_bytes, reason } => broken(*sent_bytes, reason, about),
            PostError::Cancelled => Self::new(Code::Cancelled, "Cancelled", "").retryable(),
        }
    }
}

/// No connection at all.
pub(super) fn no_connection(kind: ConnectKind, reason: &str) -> Failure {
    let (code, what, hint) = match kind {
        ConnectKind::Url => (
            Code::BadRequest,
            "The form's URL cannot be used",
            "Check the endpoint: it looks like https://s3.example.com",
        ),
        ConnectKind::Dns => (
            Code::NoConnection,
            "The server's name was not found",
            "Check the network, and the spelling of endpoint and region",
        ),
        ConnectKind::Refused => (
            Code::NoConnection,
            "The server took no connection",
            "Check that it runs, and the endpoint's port",
        ),
        ConnectKind::TimedOut => (
            Code::NoConnection,
            "The server did not answer in time",
            "Check the network and the endpoint; a firewall may be in the way",
        ),
        ConnectKind::NotTrusted => (
            Code::NotTrusted,
            "The server's certificate is not trusted",
            "Check the endpoint's name; a company's own certificate authority goes into AWS_CA_BUNDLE",
        ),
        ConnectKind::Tls => (
            Code::NotTrusted,
            "No secure connection could be made",
            "Check the endpoint's port: plain HTTP may be spoken there",
        ),
        ConnectKind::Proxy => (
            Code::ProxyRefused,
            "The proxy refused the connection",
            "Check HTTPS_PROXY (address, user and password), or name the host in NO_PROXY",
        ),
        ConnectKind::Network => (
            Code::NoConnection,
            "S3 could not be reached",
            "Check the network, and try again",
        ),
    };
    let mut failure = Failure::new(code, what, hint).detail(reason);
    failure.retryable = kind.is_passing();
    failure
}

/// A connection that breaks while the file is still going out is most often a refusal whose words were lost with it.
fn broken(sent_bytes: u64, reason: &str, about: &About<'_>) -> Failure {
    let early = about.size_bytes.is_some_and(|size_bytes| sent_bytes < size_bytes);
    let (what, hint) = if early {
        (
            format!("The connection was closed after {sent_bytes} bytes: the store has likely refused the form"),
            "Check the permission s3:PutObject, the bucket's name and region, and the profile's keys; or try again",
        )
    } else {
        (
            "The connection broke before S3 answered".to_owned(),
            "Check the network, and try again",
        )
    };
    Failure::new(Code::ConnectionBroken, what, hint)
        .retryable()
        .detail(reason)
}
