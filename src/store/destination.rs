//! A destination: where files go, how the form is obtained, and with which options.

use super::{LambdaDestination, Ticket};
use crate::s3::UploadOptions;
use std::path::PathBuf;

/// How forms for a destination are obtained.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum DestinationKind {
    /// Signed here by a profile.
    Account {
        /// `None`: what `AWS_PROFILE` or the environment says.
        profile: Option<String>,
        /// The bucket.
        bucket: String,
        /// `None`: the profile's, or found out.
        region: Option<String>,
        /// `None`: AWS, or what the profile says.
        endpoint_url: Option<String>,
    },
    /// Handed out by a function.
    Lambda(LambdaDestination),
    /// A form that somebody has signed already.
    Ticket(Ticket),
    /// The embedded S3.
    Sandbox,
}

/// What to do when the object exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ExistsPolicy {
    /// A template with `{rand}` or `{uuid}` goes as it is; any other key is looked at first, and made unique by a suffix where it exists.
    #[default]
    Unique,
    /// Overwrite.
    Replace,
    /// Fail before sending.
    Fail,
    /// Send nothing, and ask the person; where nobody can be asked it is a failure.
    Ask,
}

/// How a file travels. Where somebody else signs, it is as that one has signed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum UploadMethod {
    /// A presigned POST, above [`Self::PARTS_FROM_BYTES`] a parts upload, and a presigned PUT where the store takes no form.
    #[default]
    Auto,
    /// A presigned POST at any size, up to S3's 5 GiB.
    Post,
    /// A parts upload at any size: `CreateMultipartUpload`, `UploadPart`, `CompleteMultipartUpload`.
    Parts,
    /// A presigned PUT at any size, up to S3's 5 GiB.
    Put,
}

impl UploadMethod {
    /// Larger files go by a parts upload where [`Self::Auto`] may choose: 100 MiB, from where AWS advises it.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html>
    pub const PARTS_FROM_BYTES: u64 = 100 * 1024 * 1024;
}

/// What is put on the clipboard for an upload that is done.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum CopyFormat {
    /// The public URL.
    #[default]
    Url,
    /// `[name](url)`, an image with `!` before it.
    Markdown,
    /// `<a href="url">name</a>`, an image as `<img>`.
    Html,
    /// The person's own text with `{url}`, `{name}`, `{object_key}`, `{bucket}`, `{size}`, `{content_type}` in it.
    Template(String),
}

/// A folder whose new files are uploaded by themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchedFolder {
    /// Which watch this is: drawn when it is chosen, and anew when it goes on after a pause. What the folder holds at that
    /// moment is not new.
    pub id: String,
    /// Which folder; not those in it.
    pub folder: PathBuf,
    /// Nothing is uploaded for now.
    pub is_paused: bool,
}

impl WatchedFolder {
    /// Watched from now on.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self {
            id: uuid::Uuid::new_v4().simple().to_string(),
            folder,
            is_paused: false,
        }
    }
}

/// Where files go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination {
    /// For people; `work · media-assets`.
    pub name: String,
    /// How forms are obtained.
    pub kind: DestinationKind,
    /// The key template's text.
    pub key_template: String,
    /// Object options.
    pub options: UploadOptions,
    /// Base of public URLs where it is not the bucket's address.
    pub public_base: Option<String>,
    /// What to do when the object exists.
    pub if_exists: ExistsPolicy,
    /// How files travel.
    pub method: UploadMethod,
    /// What is copied when uploads are done.
    pub copy: CopyFormat,
    /// What is uploaded there by itself; only a saved destination watches.
    pub watch: Option<WatchedFolder>,
    /// Fields of the settings file that this version does not know, written back as they were.
    pub unknown: serde_json::Map<String, serde_json::Value>,
}

impl DestinationKind {
    /// The bucket of the embedded S3.
    pub const SANDBOX_BUCKET: &'static str = "sandbox";
    /// What the sandbox is called where nobody has named it.
    pub const SANDBOX_NAME: &'static str = "sandbox";

    /// Whether forms are signed on this machine, and other requests can be, too.
    #[must_use]
    pub fn is_signed_here(&self) -> bool {
        match self {
            Self::Account { .. } | Self::Sandbox => true,
            Self::Lambda(_) | Self::Ticket(_) => false,
        }
    }

    /// Whether it holds what is never written down: a ticket's form, or a header of the command line.
    #[must_use]
    pub fn holds_secret(&self) -> bool {
        match self {
            Self::Lambda(lambda) => lambda.holds_secret(),
            Self::Ticket(ticket) => ticket.upload.is_some(),
            Self::Account { .. } | Self::Sandbox => false,
        }
    }

    /// The bucket's name; of a function its host or name, until a form has said more.
    #[must_use]
    pub fn place(&self) -> &str {
        match self {
            Self::Account { bucket, .. } => bucket,
            Self::Lambda(lambda) => lambda.place(),
            Self::Ticket(ticket) => ticket.place(),
            Self::Sandbox => Self::SANDBOX_BUCKET,
        }
    }
}

impl Destination {
    /// With defaults for everything but its kind.
    #[must_use]
    pub fn new(name: impl Into<String>, kind: DestinationKind) -> Self {
        Self {
            name: name.into(),
            kind,
            key_template: crate::s3::KeyTemplate::DEFAULT.to_owned(),
            options: UploadOptions::default(),
            public_base: None,
            if_exists: ExistsPolicy::default(),
            method: UploadMethod::default(),
            copy: CopyFormat::default(),
            watch: None,
            unknown: serde_json::Map::new(),
        }
    }

    /// As uploads go by it: whether a folder is watched is nothing to them.
    #[must_use]
    pub fn without_watch(self) -> Self {
        Self { watch: None, ..self }
    }
}
