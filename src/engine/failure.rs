//! What a person sees of any error: one sentence, what to change, whether trying again may help.

/// Names that scripts can rely on (`error.code` of `--json`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Code {
    /// No AWS profile and no keys.
    NoProfile,
    /// A profile that does not exist.
    UnknownProfile,
    /// SSO or `aws login` has ended.
    LoginExpired,
    /// Credentials could not be had.
    NoCredentials,
    /// S3 does not know or not trust the keys.
    CredentialsRefused,
    /// Not allowed.
    AccessDenied,
    /// ListBuckets is not allowed.
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
    /// The object exists, and must not be replaced.
    ObjectExists,
    /// The file is not there.
    FileGone,
    /// The file may not be read.
    FileUnreadable,
    /// Not a regular file.
    NotAFile,
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
    /// Cancelled.
    Cancelled,
}

impl Code {
    /// `no_profile`, `login_expired`, … : part of the command line's contract.
    #[must_use]
    pub fn name(self) -> &'static str {
        todo!()
    }
}

/// What a person sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// For programs.
    pub code: Code,
    /// One sentence, no full stop.
    pub what: String,
    /// What to change, one sentence; empty where there is nothing.
    pub hint: String,
    /// Whether trying again unchanged may help.
    pub retryable: bool,
    /// S3's request id.
    pub request_id: Option<String>,
    /// Code, status, attempts, the error chain: folds out, copies as text. Holds no secret.
    pub details: Vec<String>,
    /// The command that mends it (`aws sso login --profile work`), with a copy button.
    pub command: Option<String>,
}
