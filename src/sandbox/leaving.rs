//! When a sandbox that serves alone leaves: asked to by its folder's `stop` file, or forgotten by everybody.
//!
//! A file, because it works the same on every system and needs no process id that may have become another's. A connection
//! makes the sandbox look for it, so that one which nobody asks for anything sleeps.

use super::Sandbox;
use std::future::pending;
use std::io;
use std::net::TcpStream;
use std::path::Path;
use std::time::Duration;

/// Asks the sandbox that serves the folder to leave.
const STOP: &str = "stop";

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
    /// Where the folder cannot be read and written.
    pub fn ask_to_leave(dir: &Path) -> io::Result<()> {
        std::fs::write(dir.join(STOP), [])?;
        if let Some(running) = Self::find(dir)? {
            // One that cannot be reached is about to end.
            let reached = TcpStream::connect(running.endpoint_url.trim_start_matches("http://"));
            tracing::debug!(is_reached = reached.is_ok(), "a sandbox is asked to leave");
        }
        Ok(())
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
            let rest = idle.map(|idle| idle.saturating_sub(self.idle_for()));
            if rest == Some(Duration::ZERO) {
                return Ok(());
            }
            tokio::select! {
                () = self.connection() => {}
                () = passed(rest) => {}
            }
        }
    }

    /// The next connection, or one that came while nobody waited for it.
    async fn connection(&self) {
        match &self.server {
            Some(server) => server.front.activity().connection().await,
            None => pending().await,
        }
    }

    fn idle_for(&self) -> Duration {
        self.server
            .as_ref()
            .map_or(Duration::ZERO, |server| server.front.activity().idle_for())
    }
}

async fn passed(time: Option<Duration>) {
    match time {
        Some(time) => tokio::time::sleep(time).await,
        None => pending().await,
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
        assert!(tokio::time::timeout(Duration::from_millis(400), leaving).await.is_err());

        Sandbox::ask_to_leave(dir.path()).unwrap();
        let leaving = sandbox.time_to_leave(dir.path(), None);
        tokio::time::timeout(Duration::from_secs(30), leaving)
            .await
            .unwrap()
            .unwrap();
    }
}
