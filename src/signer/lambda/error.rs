//! Why no form came from a function.

use super::function_name::NameError;
use super::function_url::UrlError;
use super::refusal::LambdaRefusal;
use super::request_shape::TemplateError;
use super::secret_headers::HeaderError;
use crate::aws::{AccountError, ConnectKind};
use crate::s3::VendorReplyError;
use std::time::Duration;

/// No secret, no query and no body of either side is in it.
#[derive(Clone, Debug, thiserror::Error)]
pub enum LambdaError {
    /// The URL cannot be asked.
    #[error(transparent)]
    Url(#[from] UrlError),
    /// The function's name is none.
    #[error(transparent)]
    Name(#[from] NameError),
    /// The body template.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// A header.
    #[error(transparent)]
    Header(#[from] HeaderError),
    /// The credentials that sign the request.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// Neither URL, name, option nor profile say which.
    #[error("the region of the function is not known")]
    NoRegion,
    /// No connection: DNS, refused, TLS, proxy.
    #[error("no connection to the function: {reason}")]
    Connect {
        /// What failed.
        kind: ConnectKind,
        /// The chain in one line, without URL.
        reason: String,
    },
    /// The connection broke before the answer had come.
    #[error("the connection to the function broke: {reason}")]
    Broken {
        /// The chain in one line, without URL.
        reason: String,
    },
    /// No whole answer in time.
    #[error("the function gave no answer within {seconds} s")]
    NotInTime {
        /// How long was waited.
        seconds: u64,
    },
    /// A redirect to another host, scheme or port: nothing was sent there.
    #[error("the function's URL redirects to {host}")]
    OtherHost {
        /// Where to; with its scheme where that is another.
        host: String,
    },
    /// A redirect that is not followed: of a POST that would become a GET, to nowhere, or one after too many.
    #[error("the function's URL redirects to another place of the same host")]
    Moved {
        /// The path that it leads to.
        path: String,
    },
    /// More than 1 MiB.
    #[error("the function's answer is larger than 1 MiB")]
    TooLong,
    /// A compressed answer, which nobody asked for.
    #[error("the function's answer is compressed")]
    Compressed,
    /// Another status than 2xx, or what an invocation says instead of the function.
    #[error(transparent)]
    Refused(#[from] Box<LambdaRefusal>),
    /// The answer holds no form.
    #[error(transparent)]
    Reply(#[from] VendorReplyError),
}

impl LambdaError {
    /// Waiting a moment and asking again may help. Who has waited for as long as [`Self::NotInTime`] says has waited
    /// enough.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Connect { kind, .. } => kind.is_passing(),
            Self::Broken { .. } => true,
            Self::Refused(refusal) => refusal.is_passing(),
            _ => false,
        }
    }

    /// How long the function asks to be left alone; at most 30 s.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Refused(refusal) => refusal.retry_after,
            _ => None,
        }
    }
}
