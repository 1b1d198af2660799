//! The S3 protocol as pure functions: object keys, POST policies, signatures, forms' fields, answers, public URLs.
//!
//! No clock, no I/O, no runtime: time and randomness come in as arguments, so every function is tested against
//! values that AWS or botocore published.

pub mod answer;
mod answer_xml;
pub mod bucket_address;
pub mod bucket_list;
mod bucket_name;
pub mod deletion;
pub mod file_name;
pub mod head;
pub mod key_template;
pub mod object_key;
pub mod partition;
pub mod parts;
pub mod policy;
pub mod policy_check;
mod policy_json;
pub mod presigned_post;
pub mod presigned_put;
pub mod presigned_upload;
pub mod presigned_url;
pub mod public_url;
mod python_json;
pub mod region;
mod remedy;
pub mod signature;
pub mod signed_request;
mod size_text;
mod target_url;
pub mod ticket;
pub mod upload_options;
pub mod vendor_reply;

pub use answer::{Posted, S3Error};
pub use aws_credential_types::Credentials;
pub use bucket_address::{AddressError, BucketAddress};
pub use deletion::Deleted;
pub use key_template::{KeyParts, KeyTemplate, KeyTemplateError};
pub use object_key::{ObjectKey, ObjectKeyError};
pub use policy::{Condition, PolicyError, PostPolicy};
pub use policy_check::{Limits, Refusal};
pub use presigned_post::{PostRequest, PresignedPost};
pub use presigned_put::PresignedPut;
pub use presigned_upload::PresignedUpload;
pub use presigned_url::{presigned_put, presigned_url};
pub use public_url::{PublicBaseError, check_public_base, public_url};
pub use remedy::Remedy;
pub use signed_request::{RequestToSign, Resource, SignedRequest};
pub use target_url::{aws_url_in_region, host_and_port, is_safe_target};
pub use ticket::TicketError;
pub use upload_options::UploadOptions;
pub use vendor_reply::{VendorReply, VendorReplyError};
