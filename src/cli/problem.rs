//! What ends a command early, and the exit status that it gets.

use super::stderr;
use crate::engine::{Failure, Text};
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
    told: Box<Told>,
    pub(super) status: Status,
}

/// What standard error says of it. The command line speaks English, and has sentences of its own.
#[derive(Debug)]
struct Told {
    text: Text,
    details: Vec<String>,
    command: Option<String>,
}

impl From<Failure> for Told {
    fn from(failure: Failure) -> Self {
        Self {
            text: failure.english(),
            details: failure.details,
            command: failure.command,
        }
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        Self {
            told: Box::new(failure.into()),
            status: Status::Failed,
        }
    }
}

impl Problem {
    /// A sentence of the command line's own, and what to change.
    pub(super) fn new(what: impl Into<String>, hint: impl Into<String>) -> Self {
        let told = Told {
            text: Text::new(what, hint),
            details: Vec::new(),
            command: None,
        };
        Self {
            told: Box::new(told),
            status: Status::Failed,
        }
    }

    /// The command line is wrong: what, and what to write instead.
    pub(super) fn usage(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            status: Status::Usage,
            ..Self::new(what, hint)
        }
    }

    /// An option's value is wrong, in the words of what refused it.
    pub(super) fn usage_of(failure: Failure) -> Self {
        Self {
            told: Box::new(failure.into()),
            status: Status::Usage,
        }
    }

    /// The system refused something that no option can change.
    pub(super) fn of_system(what: &str, error: &dyn std::error::Error) -> Self {
        Self::new(format!("{what}: {error}"), "")
    }

    /// With the error and its causes as lines of their own.
    pub(super) fn because(mut self, error: &dyn std::error::Error) -> Self {
        let causes = std::iter::successors(Some(error), |error| error.source());
        self.told.details.extend(causes.map(ToString::to_string));
        self
    }

    /// One line on standard error, and below it what the sentence leaves out.
    pub(super) fn print(&self) {
        print_told(None, &self.told);
    }
}

/// A failure that does not end the command.
pub(super) fn print_failure(path: Option<&str>, failure: &Failure) {
    print_told(path, &failure.clone().into());
}

/// `dropslot: PATH: what. What to change`, then the details, then the command that mends it.
fn print_told(path: Option<&str>, told: &Told) {
    match path {
        Some(path) => stderr::tell(&format!("{path}: {}", told.text)),
        None => stderr::tell(&told.text.to_string()),
    }
    for line in &told.details {
        stderr::line(&format!("  {line}"));
    }
    if let Some(command) = told
        .command
        .as_deref()
        .filter(|command| !told.text.hint.contains(command))
    {
        stderr::line(&format!("  Run: {command}"));
    }
}
