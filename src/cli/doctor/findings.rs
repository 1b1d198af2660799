//! What is found, one line a step on standard output; what a sentence leaves out goes to standard error.

use crate::cli::problem::{Problem, Status};
use crate::cli::put::printable;
use crate::cli::stderr;
use crate::cli::stdout::Lines;
use crate::engine::Failure;
use serde_json::{Value, json};

/// Columns of the first two words.
const STATE_WIDTH: usize = 9;
const STEP_WIDTH: usize = 13;

/// A step of the way. The names are a contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Destination,
    Environment,
    Keys,
    Host,
    Upload,
    Proof,
    Link,
    Deletion,
    Unfinished,
    Store,
}

impl Step {
    fn name(self) -> &'static str {
        match self {
            Self::Destination => "destination",
            Self::Environment => "environment",
            Self::Keys => "keys",
            Self::Host => "host",
            Self::Upload => "upload",
            Self::Proof => "proof",
            Self::Link => "link",
            Self::Deletion => "deletion",
            Self::Unfinished => "unfinished",
            Self::Store => "store",
        }
    }
}

/// Tells what is found, and remembers whether something has failed.
pub(super) struct Findings {
    json: bool,
    has_failed: bool,
    lines: Lines,
}

impl Findings {
    pub(super) fn new(json: bool) -> Self {
        Self {
            json,
            has_failed: false,
            lines: Lines::default(),
        }
    }

    pub(super) fn status(&self) -> Status {
        if self.has_failed { Status::Failed } else { Status::Done }
    }

    /// As it should be.
    pub(super) fn ok(&mut self, step: Step, what: &str) -> Result<(), Problem> {
        self.tell(step, "ok", what, "", Value::Null)
    }

    /// Uploads work with it, and somebody may want it otherwise.
    pub(super) fn note(&mut self, step: Step, what: &str, hint: &str) -> Result<(), Problem> {
        self.tell(step, "note", what, hint, Value::Null)
    }

    /// As a note; scripts get the parts of it as well.
    pub(super) fn list(&mut self, step: Step, what: &str, hint: &str, parts: Value) -> Result<(), Problem> {
        self.tell(step, "note", what, hint, parts)
    }

    /// There was nothing to find out.
    pub(super) fn skipped(&mut self, step: Step, why: &str) -> Result<(), Problem> {
        self.tell(step, "skipped", why, "", Value::Null)
    }

    /// It does not work: what to change.
    pub(super) fn failed(&mut self, step: Step, failure: &Failure) -> Result<(), Problem> {
        self.has_failed = true;
        let text = failure.english();
        let mut hint = text.hint;
        if let Some(command) = failure.command.as_deref().filter(|command| !hint.contains(*command)) {
            hint = format!("{hint}. Run: {command}");
        }
        let more = json!({
            "code": failure.code.name(),
            "request_id": failure.request_id,
            "details": failure.details,
        });
        self.tell(step, "failed", &text.what, &hint, more)?;
        if !self.json {
            for line in &failure.details {
                stderr::line(&format!("  {}", printable(line)));
            }
        }
        Ok(())
    }

    fn tell(&mut self, step: Step, state: &str, what: &str, hint: &str, more: Value) -> Result<(), Problem> {
        if self.json {
            let mut object = json!({"step": step.name(), "state": state, "what": what, "hint": hint});
            if let (Value::Object(object), Value::Object(more)) = (&mut object, more) {
                object.extend(more);
            }
            return self.lines.line(&object.to_string());
        }
        let shown = if state == "failed" { "FAILED" } else { state };
        let sentence = if hint.is_empty() {
            what.to_owned()
        } else {
            format!("{what}. {hint}")
        };
        self.lines.line(&format!(
            "{shown:<STATE_WIDTH$}{:<STEP_WIDTH$}{}",
            step.name(),
            printable(&sentence)
        ))
    }
}
