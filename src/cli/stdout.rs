//! Standard output that may be closed by its reader (`dropslot history | head`): no panic, and no more lines.

use super::problem::Problem;
use std::io::{ErrorKind, Write as _};

/// Writes lines until nobody reads them any more.
#[derive(Debug, Default)]
pub(super) struct Lines {
    closed: bool,
}

impl Lines {
    /// Writes a line and flushes it: the reader may be a program that waits for it.
    ///
    /// # Errors
    /// Where it cannot be written for another reason than a reader that has gone: a full disk.
    pub(super) fn line(&mut self, text: &str) -> Result<(), Problem> {
        if self.closed {
            return Ok(());
        }
        let mut out = std::io::stdout().lock();
        match writeln!(out, "{text}").and_then(|()| out.flush()) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(())
            }
            Err(error) => Err(Problem::of_system("Standard output could not be written", &error)),
        }
    }
}
