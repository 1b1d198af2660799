//! The person's AWS: profiles and credentials through the AWS SDK, buckets and their regions.

pub mod account;
mod bucket_list;
pub mod buckets;
pub(crate) mod connect;
mod credentials_error;
pub mod environment;
pub mod http;
mod identity;
mod ini_edit;
mod login;
pub mod new_profile;
pub mod pasted_profile;
pub mod profile_files;
pub mod profile_writer;
pub mod profiles;
mod sdk_client;
mod secret;
pub(crate) mod signed_headers;

pub use account::{Account, AccountError, AccountOptions};
pub use bucket_list::list_buckets;
pub use buckets::{BucketHome, BucketsError, bucket_home};
pub use connect::ConnectKind;
pub(crate) use credentials_error::chain_in_one_line;
pub use environment::{Environment, EnvironmentKeys, environment_keys};
pub use http::{HttpError, http_client, http_client_trusting};
pub use identity::{IdentityError, caller_identity};
pub use new_profile::{FieldProblem, NewAccess, NewProfile, ProfileField};
pub use pasted_profile::PastedProfile;
pub use profile_files::ProfileFiles;
pub use profile_writer::{ProfileWriteError, write_profile};
pub use profiles::{Profile, ProfilesError, profiles};
pub use secret::Secret;
