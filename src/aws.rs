//! The person's AWS: profiles, credentials, buckets and their regions, through the AWS SDK.

pub mod account;
pub mod buckets;
mod credentials_error;
pub mod http;
mod login;
pub mod profiles;
mod sdk_client;

pub use account::{Account, AccountError, AccountOptions};
pub use buckets::{BucketHome, BucketsError, bucket_home, list_buckets};
pub use http::{HttpError, http_client, http_client_trusting};
pub use profiles::{Profile, ProfilesError, profiles};
