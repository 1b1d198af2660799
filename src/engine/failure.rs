//! What a person sees of any error: one sentence, what to change, whether trying again may help.
//!
//! Each layer's errors become a [`Failure`] in a file of their own below this one. Its sentences are typed, for they are
//! said in several languages: `reason.rs` tells how to add one.

mod account;
#[cfg(test)]
pub(crate) mod examples;
mod file;
mod form;
mod kept;
mod lambda;
mod object;
mod profile;
mod reason;
mod reply;
mod s3;
mod sandbox;
mod store;
mod transfer;
mod unfinished;
mod upload;
mod watch;

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) mod troubleshooting;

pub use account::AccountReason;
#[cfg(feature = "gui")]
pub(crate) use account::exports;
pub use file::FileReason;
pub use lambda::LambdaReason;
pub use object::ObjectReason;
pub use profile::ProfileReason;
pub use reason::{Reason, Text};
pub use s3::{About, RequestReason, S3Reason};
pub use sandbox::SandboxReason;
pub use store::StoreReason;
pub use transfer::TransferReason;
pub use unfinished::{UnfinishedReason, UnfinishedRequest};
pub use upload::UploadReason;
pub use watch::WatchReason;

/// Names that scripts can rely on (`error.code` of `--json`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Code {
    /// No AWS profile and no keys.
    NoProfile,
    /// A profile that does not exist.
    UnknownProfile,
    /// There is one of this name already.
    ProfileExists,
    /// A profile could not be written.
    ProfileNotWritten,
    /// SSO or `aws login` has ended.
    LoginExpired,
    /// Credentials could not be had.
    NoCredentials,
    /// S3 does not know or not trust the keys.
    CredentialsRefused,
    /// Not allowed.
    AccessDenied,
    /// `ListBuckets` is not allowed.
    ListDenied,
    /// ACLs are off.
    AclRefused,
    /// No such bucket.
    NoSuchBucket,
    /// Region not known.
    NoRegion,
    /// Bucket, endpoint, key, template or option is wrong.
    BadRequest,
    /// Form and policy disagree.
    PolicyRefused,
    /// The form ran out.
    FormExpired,
    /// Over a limit.
    TooLarge,
    /// Under a limit.
    TooSmall,
    /// A function refused, or may not be asked.
    LambdaRefused,
    /// A function broke off.
    LambdaFailed,
    /// A function is throttled, starting, or takes too long.
    LambdaBusy,
    /// A function answered something that is no form to send.
    LambdaAnswer,
    /// A function's form goes to a host that nobody has trusted.
    HostChanged,
    /// A ticket that is used up, not here any more, or no file to upload.
    Ticket,
    /// The object exists, and must not be replaced.
    ObjectExists,
    /// The file is not there.
    FileGone,
    /// The file may not be read.
    FileUnreadable,
    /// Not a regular file.
    NotAFile,
    /// A folder without a file in it.
    EmptyFolder,
    /// The file changed while it was sent.
    FileChanged,
    /// No connection.
    NoConnection,
    /// The proxy refused.
    ProxyRefused,
    /// TLS.
    NotTrusted,
    /// The connection broke.
    ConnectionBroken,
    /// No byte taken for too long.
    Stalled,
    /// S3 stored something else than was sent.
    ProofFailed,
    /// Our clock is wrong.
    ClockWrong,
    /// S3 said something else.
    S3,
    /// Disk full, database broken.
    Store,
    /// Settings.
    Settings,
    /// The embedded S3.
    Sandbox,
    /// A folder that is watched.
    Watch,
    /// Cancelled.
    Cancelled,
    /// A mistake of this program.
    Internal,
}

impl Code {
    /// `no_profile`, `login_expired`, … : part of the command line's contract.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NoProfile => "no_profile",
            Self::UnknownProfile => "unknown_profile",
            Self::ProfileExists => "profile_exists",
            Self::ProfileNotWritten => "profile_not_written",
            Self::LoginExpired => "login_expired",
            Self::NoCredentials => "no_credentials",
            Self::CredentialsRefused => "credentials_refused",
            Self::AccessDenied => "access_denied",
            Self::ListDenied => "list_denied",
            Self::AclRefused => "acl_refused",
            Self::NoSuchBucket => "no_such_bucket",
            Self::NoRegion => "no_region",
            Self::BadRequest => "bad_request",
            Self::PolicyRefused => "policy_refused",
            Self::FormExpired => "form_expired",
            Self::TooLarge => "too_large",
            Self::TooSmall => "too_small",
            Self::LambdaRefused => "lambda_refused",
            Self::LambdaFailed => "lambda_failed",
            Self::LambdaBusy => "lambda_busy",
            Self::LambdaAnswer => "lambda_answer",
            Self::HostChanged => "host_changed",
            Self::Ticket => "ticket",
            Self::ObjectExists => "object_exists",
            Self::FileGone => "file_gone",
            Self::FileUnreadable => "file_unreadable",
            Self::NotAFile => "not_a_file",
            Self::EmptyFolder => "empty_folder",
            Self::FileChanged => "file_changed",
            Self::NoConnection => "no_connection",
            Self::ProxyRefused => "proxy_refused",
            Self::NotTrusted => "not_trusted",
            Self::ConnectionBroken => "connection_broken",
            Self::Stalled => "stalled",
            Self::ProofFailed => "proof_failed",
            Self::ClockWrong => "clock_wrong",
            Self::S3 => "s3",
            Self::Store => "store",
            Self::Settings => "settings",
            Self::Sandbox => "sandbox",
            Self::Watch => "watch",
            Self::Cancelled => "cancelled",
            Self::Internal => "internal",
        }
    }
}

/// What a person sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// For programs.
    pub code: Code,
    /// One sentence and what to change, for people.
    pub reason: Reason,
    /// Whether trying again unchanged may help.
    pub retryable: bool,
    /// S3's request id.
    pub request_id: Option<String>,
    /// Code, status, attempts, the error chain: folds out, copies as text. Holds no secret.
    pub details: Vec<String>,
    /// The command that mends it (`aws sso login --profile work`), with a copy button.
    pub command: Option<String>,
}

impl Failure {
    /// A sentence and what to change; not retryable.
    #[must_use]
    pub fn new(code: Code, reason: impl Into<Reason>) -> Self {
        Self {
            code,
            reason: reason.into(),
            retryable: false,
            request_id: None,
            details: Vec::new(),
            command: None,
        }
    }

    /// Trying again unchanged may help.
    #[must_use]
    pub fn retryable(mut self) -> Self {
        self.retryable = true;
        self
    }

    /// The sentence and what to change, in English.
    #[must_use]
    pub fn english(&self) -> Text {
        self.reason.english()
    }

    /// With a line that folds out.
    #[must_use]
    pub fn detail(mut self, line: impl Into<String>) -> Self {
        self.details.push(line.into());
        self
    }

    /// With the command that mends it.
    #[must_use]
    pub fn command(mut self, command: impl Into<String>) -> Self {
        self.command = Some(command.into());
        self
    }

    /// With the error and its causes as lines that fold out.
    #[must_use]
    pub fn because(mut self, error: &dyn std::error::Error) -> Self {
        let mut next = Some(error);
        while let Some(error) = next {
            self.details.push(error.to_string());
            next = error.source();
        }
        self
    }
}

impl std::fmt::Display for Failure {
    /// In English, on one line.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.reason.english().fmt(formatter)
    }
}
