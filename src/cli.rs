//! The command line: the same engine without a window.

/// Runs the command line and gives the exit status.
#[must_use]
pub fn run() -> std::process::ExitCode {
    todo!()
}
