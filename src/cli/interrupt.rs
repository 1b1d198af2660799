//! Ctrl-C and SIGTERM: the first stops cleanly, the second at once.

use super::problem::Problem;

/// Waits for Ctrl-C, or SIGTERM where there is one.
pub(super) struct Interrupt {
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
}

impl Interrupt {
    /// From now on neither ends the process by itself.
    ///
    /// # Errors
    /// Where the system takes no handler.
    pub(super) fn catch() -> Result<Self, Problem> {
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            let refused = |error: std::io::Error| Problem::of_system("Ctrl-C could not be caught", &error);
            Ok(Self {
                interrupt: signal(SignalKind::interrupt()).map_err(refused)?,
                terminate: signal(SignalKind::terminate()).map_err(refused)?,
            })
        }
        #[cfg(not(unix))]
        Ok(Self {})
    }

    /// The next one. Cancel safe.
    pub(super) async fn next(&mut self) {
        #[cfg(unix)]
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
        #[cfg(not(unix))]
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

/// From now on the end of the terminal does not end the process.
///
/// # Errors
/// Where the system takes no handler.
#[cfg(feature = "sandbox")]
pub(super) fn ignore_hangup() -> Result<(), Problem> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        // The handler stays when the listener has gone.
        let listener = signal(SignalKind::hangup());
        drop(listener.map_err(|error| Problem::of_system("SIGHUP could not be caught", &error))?);
    }
    Ok(())
}
