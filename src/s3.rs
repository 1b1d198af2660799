//! The S3 protocol as pure functions: object keys, POST policies, signatures, forms' fields, answers, public URLs.
//!
//! No clock, no I/O, no runtime: time and randomness come in as arguments, so every function is tested against
//! values that AWS or botocore published. Without the crate's features this module is all there is of it, and it can be
//! used alone:
//!
//! ```toml
//! dropslot = { version = "0.1", default-features = false }
//! ```
//!
//! # A presigned POST
//! A form that uploads one file, for whoever holds it, until it expires. S3 itself keeps to the conditions: here only a
//! PNG of at most 10 MiB is taken.
//!
//! ```
//! use dropslot::s3::{BucketAddress, Condition, Credentials, PostRequest, Timestamp};
//!
//! let credentials = Credentials::from_keys("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", None);
//! let post = PostRequest {
//!     address: &BucketAddress::new("media-assets", "eu-west-1", None)?,
//!     object_key: "in/${filename}",
//!     fields: &[("Content-Type".into(), "image/png".into())],
//!     conditions: &[
//!         Condition::exact("Content-Type", "image/png"),
//!         Condition::ContentLengthRange { min_bytes: 1, max_bytes: 10 << 20 },
//!     ],
//!     expires_in: std::time::Duration::from_hours(1),
//! }
//! .sign(&credentials, Timestamp::now());
//!
//! assert_eq!(post.url, "https://media-assets.s3.eu-west-1.amazonaws.com/");
//! assert!(post.to_json().contains("x-amz-signature"));
//! # Ok::<(), dropslot::s3::AddressError>(())
//! ```
//!
//! Whoever uploads sends [`PresignedPost::fields`] as `multipart/form-data` to [`PresignedPost::url`], in their order,
//! with the file last in a field named `file`. The result is botocore's `generate_presigned_post`, byte for byte.
//! [`Credentials`] are the AWS SDK's: what `aws-config` finds goes in as it is.
//!
//! # When to use what
//! | to | there is |
//! |---|---|
//! | hand out an upload with limits on size, type and key | [`PostRequest`], [`Condition`]; for a store other than AWS [`PostRequest::sign_for_store`] |
//! | say storage class, cache control, metadata, tags | [`UploadOptions`] gives the fields and their conditions |
//! | hand out an upload of one object, by a store without forms | [`presigned_put`](fn@presigned_put) |
//! | hand out a download | [`presigned_url`](fn@presigned_url) |
//! | name the object | [`ObjectKey`] checks, [`KeyTemplate`] makes one that cannot be guessed |
//! | use somebody else's form | [`VendorReply`] reads what signers answer, [`ticket`] what people paste; [`PresignedUpload::check`] holds it against a file before a byte is sent |
//! | know what S3 answered | [`answer::read`]; what to do about a refusal: [`S3Error::remedy`] |
//! | ask the account's owner for the permissions | [`IamPolicy`] writes the least that uploads need; [`Denial`] reads which one is missing |
//! | link to the object | [`BucketAddress::object_url`], [`public_url`](fn@public_url) |
//! | ask S3 anything else, without an SDK | [`RequestToSign`]; the answers are read by [`head`], [`deletion`], [`bucket_list`] and [`parts`] |

pub mod answer;
mod answer_xml;
mod bucket_address;
pub mod bucket_list;
mod bucket_name;
pub mod caller_identity;
pub mod deletion;
mod denial;
pub mod file_name;
pub mod head;
mod iam_policy;
pub mod key_template;
pub mod object_key;
pub mod partition;
pub mod parts;
mod policy;
pub mod policy_check;
mod policy_json;
pub mod presigned_post;
mod presigned_put;
mod presigned_upload;
mod presigned_url;
mod public_url;
mod python_json;
pub mod region;
mod remedy;
pub mod signature;
mod signed_request;
mod size_text;
mod target_url;
pub mod ticket;
pub mod upload_options;
pub mod vendor_reply;

pub use answer::{Posted, S3Error};
pub use aws_credential_types::Credentials;
pub use bucket_address::{AddressError, BucketAddress};
pub use deletion::Deleted;
pub use denial::Denial;
pub use iam_policy::IamPolicy;
pub use jiff::Timestamp;
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
pub use target_url::is_safe_target;
#[cfg(feature = "app")]
pub(crate) use target_url::{aws_url_in_region, host_and_port};
pub use ticket::TicketError;
pub use upload_options::UploadOptions;
pub use vendor_reply::{VendorReply, VendorReplyError};
