//! What ends a command early, and the exit status that it gets.

use super::stderr;
use crate::engine::{Code, Failure};
use std::process::ExitCode;

/// Exit statuses: part of the command line's contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    /// All done.
    Done,
    /// Something failed; the rest is done.
    Failed,
    /// The command line is wrong.
    Usage,
    /// Stopped by Ctrl-C or SIGTERM.
    Interrupted,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Done => 0,
            Status::Failed => 1,
            Status::Usage => 2,
            Status::Interrupted => 130,
        })
    }
}

/// Ends the command.
#[derive(Debug)]
pub(super) struct Problem {
    pub(super) failure: Box<Failure>,
    pub(super) status: Status,
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        Self {
            failure: Box::new(failure),
            status: Status::Failed,
        }
    }
}

impl Problem {
    /// The command line is wrong: what, and what to write instead.
    pub(super) fn usage(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::usage_of(Failure::new(Code::BadRequest, what, hint))
    }

    /// An option's value is wrong, in the words of what refused it.
    pub(super) fn usage_of(failure: Failure) -> Self {
        Self {
            failure: Box::new(failure),
            status: Status::Usage,
        }
    }

    /// The system refused something that no option can change.
    pub(super) fn of_system(what: &str, error: &dyn std::error::Error) -> Self {
        Failure::new(Code::Store, format!("{what}: {error}"), "").into()
    }

    /// One line on standard error, and below it what the sentence leaves out.
    pub(super) fn print(&self) {
        print_failure(None, &self.failure);
    }
}

/// `dropslot: PATH: what. What to change`, then the details, then the command that mends it.
pub(super) fn print_failure(path: Option<&str>, failure: &Failure) {
    match path {
        Some(path) => stderr::tell(&format!("{path}: {failure}")),
        None => stderr::tell(&failure.to_string()),
    }
    for line in &failure.details {
        stderr::line(&format!("  {line}"));
    }
    if let Some(command) = failure
        .command
        .as_deref()
        .filter(|command| !failure.hint.contains(command))
    {
        stderr::line(&format!("  Run: {command}"));
    }
}
