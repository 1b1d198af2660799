//! One file's bytes on the wire: source, form, post, checksum, retry, probe.

pub mod checksum;
pub mod content_type;
pub mod form;
pub mod post;
pub mod probe;
pub mod rate_limit;
pub mod retry;
pub mod source;

pub use checksum::{Proof, SentChecksums};
pub use content_type::content_type;
pub use post::{Attempt, PostError, PostOptions, PostOutcome, post};
pub use probe::{Access, look_at_link, stored_size};
pub use rate_limit::RateLimit;
pub use retry::{MAX_ATTEMPTS, backoff};
pub use source::{Source, SourceError};
