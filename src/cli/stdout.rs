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
        self.closed = !write(format!("{text}\n").as_bytes())?;
        Ok(())
    }
}

/// Writes all of it and flushes. Whether anybody still reads.
///
/// # Errors
/// As [`Lines::line`].
pub(super) fn write(bytes: &[u8]) -> Result<bool, Problem> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(Problem::of_system("Standard output could not be written", &error)),
    }
}
