//! What can be written on the command line: names, places, help texts. Values are read in [`super::option_values`].

use super::handed_args::HandedArgs;
use super::option_values::{Pair, RateLimit, expires_in, pair, rate_limit};
use crate::s3::Condition;
use clap::{Args, Parser, ValueEnum};
use std::path::PathBuf;
use std::time::Duration;

/// Drop a file, get its URL: uploads to S3 by presigned POST.
#[derive(Debug, Parser)]
#[command(
    name = "dropslot",
    version,
    args_conflicts_with_subcommands = true,
    max_term_width = 120
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) subcommand: Option<Subcommand>,
    #[command(flatten)]
    pub(super) window: WindowArgs,
}

/// The window; without a display the same as `put`.
#[derive(Debug, Args)]
pub(super) struct WindowArgs {
    #[command(flatten)]
    pub(super) destination: DestinationArgs,
    /// Files and folders to upload
    #[arg(value_name = "PATH", help_heading = "Arguments")]
    pub(super) paths: Vec<PathBuf>,
}

#[derive(Debug, clap::Subcommand)]
pub(super) enum Subcommand {
    /// Upload; prints one public URL a line, in the order given
    Put(PutArgs),
    /// Sign a form and print it: {"url": …, "fields": {…}}
    Presign(PresignArgs),
    /// List the AWS profiles, one name a line
    Profiles,
    /// List the buckets of a profile, one name a line
    Buckets(BucketsArgs),
    /// List what was uploaded, newest first
    History(HistoryArgs),
    /// Send a small file all the way and delete it again; says of each step what to change
    Doctor(DoctorArgs),
    /// Print what to paste into an issue: versions, settings, the last failures; no names, no secrets
    Diagnostics,
    /// Serve the embedded S3 alone until stopped
    #[cfg(feature = "sandbox")]
    Sandbox(SandboxArgs),
    /// Print what completes this command line in a shell
    Completions(CompletionsArgs),
    /// Print the manual page, for man(1)
    Man,
}

/// Where to: a saved destination, a bucket, or the sandbox.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Destination")]
pub(super) struct DestinationArgs {
    /// A destination saved in the window
    #[arg(long, value_name = "NAME", conflicts_with_all = ["profile", "bucket", "region", "endpoint_url"])]
    pub(super) to: Option<String>,
    /// The AWS profile that signs
    #[arg(long, value_name = "PROFILE", requires = "signer")]
    pub(super) profile: Option<String>,
    /// The bucket
    #[arg(long, value_name = "BUCKET", group = "signer")]
    pub(super) bucket: Option<String>,
    /// The bucket's region; found out where it is not given
    #[arg(long, value_name = "REGION", requires = "signer")]
    pub(super) region: Option<String>,
    /// The endpoint of a store other than AWS
    #[arg(long, value_name = "URL", requires = "signer")]
    pub(super) endpoint_url: Option<String>,
    /// The embedded S3 on this machine
    #[cfg(feature = "sandbox")]
    #[arg(long, conflicts_with_all = ["to", "profile", "signer", "region", "endpoint_url"])]
    pub(super) sandbox: bool,
    #[command(flatten)]
    pub(super) handed: HandedArgs,
}

impl DestinationArgs {
    /// Whether nothing says where to upload to.
    pub(super) fn names_none(&self) -> bool {
        #[cfg(feature = "sandbox")]
        if self.sandbox {
            return false;
        }
        self.to.is_none() && self.bucket.is_none() && self.handed.names_none()
    }
}

/// How the object is stored.
#[derive(Clone, Debug, Default, PartialEq, Args)]
#[command(next_help_heading = "Object options")]
pub(super) struct ObjectArgs {
    /// Content type; by name and content where it is not given
    #[arg(long, value_name = "TYPE")]
    pub(super) content_type: Option<String>,
    /// Canned ACL; most buckets take none
    #[arg(long, value_name = "ACL")]
    pub(super) acl: Option<String>,
    #[arg(long, value_name = "CLASS", help = "Storage class, such as STANDARD_IA")]
    pub(super) storage_class: Option<String>,
    /// Server-side encryption: AES256 or aws:kms
    #[arg(long, value_name = "ALGORITHM")]
    pub(super) server_side_encryption: Option<String>,
    /// KMS key, with --server-side-encryption aws:kms
    #[arg(long, value_name = "ID", requires = "server_side_encryption")]
    pub(super) kms_key_id: Option<String>,
    /// Cache-Control of the object
    #[arg(long, value_name = "TEXT")]
    pub(super) cache_control: Option<String>,
    /// Content-Disposition of the object
    #[arg(long, value_name = "TEXT")]
    pub(super) content_disposition: Option<String>,
    /// User metadata; may be given several times
    #[arg(long, value_name = "NAME=VALUE", value_parser = pair)]
    pub(super) metadata: Vec<Pair>,
    /// A tag; may be given several times
    #[arg(long, value_name = "NAME=VALUE", value_parser = pair)]
    pub(super) tag: Vec<Pair>,
    /// How long the form is valid, in seconds: 1 to 604800
    #[arg(long, value_name = "SECONDS", value_parser = expires_in)]
    pub(super) expires_in: Option<Duration>,
}

/// Upload files and folders.
#[derive(Debug, Args)]
pub(super) struct PutArgs {
    #[command(flatten)]
    pub(super) destination: DestinationArgs,
    #[command(flatten)]
    pub(super) object: ObjectArgs,
    #[command(flatten)]
    pub(super) upload: UploadArgs,
    /// First send what was interrupted, to where it was to go: what killed commands and closed windows left
    #[arg(long, help_heading = "Upload options")]
    pub(super) resume: bool,
    /// Files and folders, in the order to send; - is standard input
    #[arg(required_unless_present = "resume", value_name = "PATH", help_heading = "Arguments")]
    pub(super) paths: Vec<PathBuf>,
}

/// How files are sent, and what is said about it.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Upload options")]
pub(super) struct UploadArgs {
    /// Object key, or a template: {name} {stem} {ext} {dir} {date} {year} {month} {day} {time} {rand} {uuid} {user} {host}
    #[arg(long, value_name = "TEMPLATE")]
    pub(super) key: Option<String>,
    /// Base of the URLs where it is not the bucket's own address
    #[arg(long, value_name = "URL")]
    pub(super) public_base: Option<String>,
    /// What to do when the object exists
    #[arg(long, value_name = "WHAT")]
    pub(super) if_exists: Option<IfExists>,
    /// Another S3 host that a Lambda's forms may go to from now on; may be given several times
    #[arg(long, value_name = "HOST")]
    pub(super) s3_host: Vec<String>,
    /// How to send; as the destination says where it is not given
    #[arg(long, value_name = "METHOD")]
    pub(super) method: Option<Method>,
    /// Requests at a time, instead of as many as help (2 to 16)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=64))]
    pub(super) jobs: Option<u8>,
    /// Bytes per second of all uploads together, such as 500k or 1.5M
    #[arg(long, value_name = "BYTES/S", value_parser = rate_limit)]
    pub(super) limit_rate: Option<RateLimit>,
    /// Do not look whether the link opens
    #[arg(long)]
    pub(super) no_probe: bool,
    /// Print one JSON object a file instead of its URL
    #[arg(long)]
    pub(super) json: bool,
    /// No progress and no notes
    #[arg(long, short)]
    pub(super) quiet: bool,
}

/// What to do when the object exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum IfExists {
    /// Choose another key
    Unique,
    /// Overwrite it
    Replace,
    /// Send nothing
    Fail,
}

/// How a file travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Method {
    /// What suits the file and the store
    Auto,
    /// A presigned POST
    Post,
    /// In parts, side by side
    Parts,
    /// A presigned PUT
    Put,
}

const CONDITION_HELP: &str =
    r#"Another condition, as JSON: ["starts-with","$Content-Type","image/"] or ["content-length-range",0,1048576]"#;

/// Sign a form without sending it.
#[derive(Debug, Args)]
pub(super) struct PresignArgs {
    #[command(flatten)]
    pub(super) destination: DestinationArgs,
    #[command(flatten)]
    pub(super) object: ObjectArgs,
    /// Another form field, with the condition that it has exactly this value; may be given several times
    #[arg(long, value_name = "NAME=VALUE", value_parser = pair, help_heading = "Form options")]
    pub(super) field: Vec<Pair>,
    #[arg(long, value_name = "JSON", value_parser = super::option_values::condition, help = CONDITION_HELP, help_heading = "Form options")]
    pub(super) condition: Vec<Condition>,
    /// The exact object key, or one that ends in ${filename}
    #[arg(help_heading = "Arguments")]
    pub(super) object_key: String,
}

/// Whose buckets.
#[derive(Debug, Args)]
pub(super) struct BucketsArgs {
    /// The AWS profile
    #[arg(long, value_name = "PROFILE")]
    pub(super) profile: Option<String>,
    /// The region to ask
    #[arg(long, value_name = "REGION")]
    pub(super) region: Option<String>,
    /// The endpoint of a store other than AWS
    #[arg(long, value_name = "URL")]
    pub(super) endpoint_url: Option<String>,
}

/// What is examined.
#[derive(Debug, Args)]
pub(super) struct DoctorArgs {
    #[command(flatten)]
    pub(super) destination: DestinationArgs,
    /// Delete the parts of unfinished uploads, except of those that this machine's queue can go on with
    #[arg(long, help_heading = "Doctor options")]
    pub(super) abort_unfinished: bool,
    /// Object key or template that files would get, as with put: nothing beside its beginning is asked for
    #[arg(long, value_name = "TEMPLATE", help_heading = "Doctor options")]
    pub(super) key: Option<String>,
    /// Print the least that IAM must allow for uploads there, and examine nothing
    #[arg(long, help_heading = "Doctor options", conflicts_with_all = ["abort_unfinished", "json"])]
    pub(super) policy: bool,
    /// One JSON object a line
    #[arg(long, help_heading = "Doctor options")]
    pub(super) json: bool,
}

/// Which uploads.
#[derive(Debug, Args)]
pub(super) struct HistoryArgs {
    /// Only those that contain this in path, object key or URL
    pub(super) text: Option<String>,
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 1000)]
    pub(super) limit: usize,
    /// One JSON object a line
    #[arg(long)]
    pub(super) json: bool,
}

/// Whose completions.
#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// The shell
    pub(super) shell: clap_complete::Shell,
}

/// The embedded S3.
#[cfg(feature = "sandbox")]
#[derive(Debug, Args)]
pub(super) struct SandboxArgs {
    /// The port on 127.0.0.1; 0 takes a free one
    #[arg(long, value_name = "N", default_value_t = crate::sandbox::DEFAULT_PORT)]
    pub(super) port: u16,
    /// Where objects are kept; in the data folder where it is not given
    #[arg(long, value_name = "DIR")]
    pub(super) dir: Option<PathBuf>,
    /// Stop the sandbox that serves this folder
    #[arg(long, conflicts_with = "port")]
    pub(super) stop: bool,
    /// Serve without a terminal, on any free port where the given one is taken, until nobody has asked for this long
    #[arg(long, value_name = "SECONDS", hide = true)]
    pub(super) idle_exit: Option<u64>,
}
