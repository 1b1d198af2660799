//! `--limit-rate`: one bucket of bytes for all uploads together.

/// A shared limit in bytes per second; clones share it.
#[derive(Clone, Debug)]
pub struct RateLimit(());

impl RateLimit {
    /// At most `bytes_per_sec`, in bursts of at most one block.
    #[must_use]
    pub fn new(_bytes_per_sec: std::num::NonZeroU64) -> Self {
        todo!()
    }
}
