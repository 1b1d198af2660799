//! Cases that write files: how many of them, and where.

use super::cases::config_of;
use proptest::prelude::ProptestConfig;
use tempfile::TempDir;

/// Fewer than of others unless told.
const CASES_WITH_FILES: u32 = 4_000;

pub(super) fn config_with_files() -> ProptestConfig {
    config_of(CASES_WITH_FILES)
}

/// A folder in memory where there is one: each case writes files, and waits until they are on the disk.
pub(super) fn folder() -> TempDir {
    TempDir::with_prefix_in("dropslot-", "/dev/shm").unwrap_or_else(|_| TempDir::with_prefix("dropslot-").unwrap())
}
