//! Where cases write files.

use tempfile::TempDir;

/// A folder in memory where there is one: each case writes files, and waits until they are on the disk.
pub(super) fn folder() -> TempDir {
    TempDir::with_prefix_in("dropslot-", "/dev/shm").unwrap_or_else(|_| TempDir::with_prefix("dropslot-").unwrap())
}
