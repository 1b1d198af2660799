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

/// Takes the request of [`Sandbox::ask_to_leave`]; whether there was one.
fn take_request(dir: &Path) -> io::Result<bool> {
    match std::fs::remove_file(dir.join(STOP)) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Forgets a request that nobody has heard.
pub(super) fn forget_request(dir: &Path) -> io::Result<()> {
    take_request(dir).map(drop)
}

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
        loop {
            if take_request(dir)? {
                return Ok(());
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

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_request_from_before_it_served_is_not_for_it() {
        let dir = tempfile::tempdir().unwrap();
        Sandbox::ask_to_leave(dir.path()).unwrap();
        let sandbox = Sandbox::start(dir.path().to_owned(), 0).await.unwrap();
        let leaving = sandbox.time_to_leave(dir.path(), None);
        assert!(tokio::time::timeout(LOOK_EVERY * 2, leaving).await.is_err());

        Sandbox::ask_to_leave(dir.path()).unwrap();
        let leaving = sandbox.time_to_leave(dir.path(), None);
        tokio::time::timeout(Duration::from_secs(30), leaving)
            .await
            .unwrap()
            .unwrap();
    }
}
