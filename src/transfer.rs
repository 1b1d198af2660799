//! One file's bytes on the wire: source, form, post, parts, checksum, retry, probe.

mod answer;
mod body;
pub mod checksum;
mod content_type;
pub mod delete;
pub mod first_look;
pub mod form;
mod frame_size;
pub mod parts;
pub mod post;
pub mod probe;
pub mod rate_limit;
mod reader;
pub mod retry;
pub mod sent_bytes;
pub mod source;
mod wire;

pub use crate::aws::ConnectKind;
pub use checksum::{Proof, SentChecksums};
pub use delete::delete;
pub use first_look::{FirstLook, Held, first_look};
pub use form::file_name;
pub(crate) use post::lost;
pub use post::{Attempt, PostError, PostOptions, PostOutcome, send};
pub use probe::{Access, can_be_reached, look_at_link, stored_size};
pub use rate_limit::RateLimit;
pub use retry::{MAX_ATTEMPTS, backoff};
pub use sent_bytes::SentBytes;
pub use source::{Source, SourceError};
