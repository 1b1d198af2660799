//! The S3 protocol as pure functions: object keys, POST policies, signatures, forms' fields, answers, public URLs.
//!
//! No clock, no I/O, no runtime: time and randomness come in as arguments, so every function is tested against
//! values that AWS or botocore published.

pub mod answer;
pub mod bucket_address;
pub mod key_template;
pub mod object_key;
pub mod partition;
pub mod policy;
pub mod policy_check;
pub mod presigned_post;
pub mod public_url;
pub mod signature;
pub mod upload_options;

pub use answer::{Posted, Remedy, S3Error};
pub use aws_credential_types::Credentials;
pub use bucket_address::{AddressError, BucketAddress};
pub use key_template::{KeyParts, KeyTemplate, KeyTemplateError};
pub use object_key::{ObjectKey, ObjectKeyError};
pub use policy::{Condition, PolicyError, PostPolicy};
pub use policy_check::{Limits, Refusal};
pub use presigned_post::{PostRequest, PresignedPost, PresignedPostError};
pub use public_url::public_url;
pub use upload_options::UploadOptions;
