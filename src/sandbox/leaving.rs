//! When a sandbox that serves alone leaves: asked to by its folder's `stop` file, or forgotten by everybody.
//!
//! A file, because it works the same on every system and needs no process id that may have become another's.

use super::Sandbox;
use std::io;
use std::path::Path;
use std::time::Duration;

/// Asks the sandbox that serves the folder to leave.
const STOP: &str = "stop";
/// How often the folder is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(200);

impl Sandbox {
    /// Asks whoever serves `dir` to leave: [`Self::find`] finds nobody soon after.
    ///
    /// # Errors
    /// Where the folder cannot be written.
    pub fn ask_to_leave(dir: &Path) -> io::Result<()> {
        std::fs::write(dir.join(STOP), [])
    }

    /// Returns when this sandbox, started here for `dir`, has been asked to leave, or nobody has asked it for anything
    /// for `idle`.
    ///
    /// # Errors
    /// Where the folder cannot be written.
    pub async fn time_to_leave(&self, dir: &Path, idle: Option<Duration>) -> io::Result<()> {
        let stop = dir.join(STOP);
        loop {
            match std::fs::remove_file(&stop) {
                Ok(()) => return Ok(()),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
            if idle.is_some_and(|idle| self.idle_for() >= idle) {
                return Ok(());
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    fn idle_for(&self) -> Duration {
        self.server
            .as_ref()
            .map_or(Duration::ZERO, |server| server.front.activity().idle_for())
    }
}
