//! Paths that were typed: whether they are there is seen before they go, so that a typing mistake can be mended where it is.

use super::{Report, Reporter};
use std::path::PathBuf;
use tokio::runtime::Handle;

/// What is to be seen of typed paths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LookedAt {
    /// All of them.
    pub(crate) paths: Vec<PathBuf>,
    /// The first that is not there.
    pub(crate) missing: Option<PathBuf>,
}

/// Looks, and reports. A network folder may take its time.
pub(super) fn look_at(runtime: &Handle, paths: Vec<PathBuf>, reporter: Reporter) {
    runtime.spawn_blocking(move || {
        let missing = paths.iter().find(|path| path.symlink_metadata().is_err()).cloned();
        reporter.send(Report::LookedAt(LookedAt { paths, missing }));
    });
}
