//! The one HTTP client for forms and probes, with the rules that uploads need.
//!
//! No redirect is followed, there is no total and no read timeout (both fire in the middle of an upload), idle
//! connections are dropped before S3 drops them, `HTTPS_PROXY`, `NO_PROXY` and `AWS_CA_BUNDLE` mean what they mean to the AWS CLI.

/// Why no client could be built.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    /// `AWS_CA_BUNDLE` names a file that cannot be read or holds no certificate.
    #[error("AWS_CA_BUNDLE names {path}, which holds no readable certificate")]
    CaBundle {
        /// As set.
        path: String,
    },
    /// The TLS or proxy settings of this machine.
    #[error("the HTTP client could not be set up")]
    Build(#[source] reqwest::Error),
}

/// Builds it. Cheap to clone, one for the whole process.
///
/// # Errors
/// See [`HttpError`].
pub fn http_client() -> Result<reqwest::Client, HttpError> {
    todo!()
}
