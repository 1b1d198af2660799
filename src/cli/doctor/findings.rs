//! What is found, one line a step on standard output; what a sentence leaves out goes to standard error.

use crate::cli::problem::{Problem, Status};
use crate::cli::put::printable;
use crate::cli::stderr;
use crate::cli::stdout::Lines;
use crate::engine::doctor::{Finding, Permission, Remark, Says, State, line};
use crate::engine::{Failure, Text, UnfinishedList, UnfinishedUpload};
use serde_json::{Value, json};

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

    pub(super) fn tell(&mut self, finding: &Finding) -> Result<(), Problem> {
        self.has_failed |= finding.state == State::Failed;
        if self.json {
            let mut object = object(finding.step.name(), finding.state, &finding.to_do());
            let missing = finding.missing();
            if !missing.is_empty() {
                extend(
                    &mut object,
                    json!({"missing": missing.iter().map(permission).collect::<Vec<_>>()}),
                );
            }
            extend(&mut object, more(&finding.says));
            return self.lines.line(&object.to_string());
        }
        self.lines.line(&printable(&finding.line()))?;
        if let Says::Failure(failure) = &finding.says {
            tell_details(failure);
        }
        Ok(())
    }

    /// Settings or history could not be kept: no step's fault.
    pub(super) fn trouble(&mut self, failure: &Failure) -> Result<(), Problem> {
        self.has_failed = true;
        if self.json {
            let mut object = object("store", State::Failed, &failure.english());
            extend(&mut object, of_failure(failure));
            return self.lines.line(&object.to_string());
        }
        self.lines
            .line(&printable(&line("store", State::Failed, &failure.english())))?;
        tell_details(failure);
        Ok(())
    }

    /// The least that IAM must allow, where a permission is missing.
    pub(super) fn policy(&mut self, policy: &str) -> Result<(), Problem> {
        let text = Text::new(
            "the least that IAM must allow for this destination",
            "What stands below a Sid that begins with Optional may be left out",
        );
        if self.json {
            let mut object = object("policy", State::Note, &text);
            let policy: Value = serde_json::from_str(policy).unwrap_or_default();
            extend(&mut object, json!({"policy": policy}));
            return self.lines.line(&object.to_string());
        }
        self.lines.line(&line("policy", State::Note, &text))?;
        self.lines.line(policy)
    }
}

fn tell_details(failure: &Failure) {
    for line in &failure.details {
        stderr::line(&format!("  {}", printable(line)));
    }
}

fn object(step: &str, state: State, text: &Text) -> Value {
    json!({"step": step, "state": state.name(), "what": text.what, "hint": text.hint})
}

fn extend(object: &mut Value, more: Value) {
    if let (Value::Object(object), Value::Object(more)) = (object, more) {
        object.extend(more);
    }
}

/// What scripts get beside the sentence.
fn more(says: &Says) -> Value {
    match says {
        Says::Failure(failure) => of_failure(failure),
        Says::Remark(remark) => match remark.as_ref() {
            Remark::Identity { account_id, arn } => json!({"account_id": account_id, "arn": arn}),
            Remark::Region { region, .. }
            | Remark::RegionUnsaid { region, .. }
            | Remark::OtherRegion { region, .. } => {
                json!({"region": region})
            }
            Remark::ClockDiffers { ahead_secs } => json!({"ahead_seconds": ahead_secs}),
            Remark::Unfinished(list) => uploads(list),
            _ => Value::Null,
        },
    }
}

fn of_failure(failure: &Failure) -> Value {
    json!({
        "code": failure.code.name(),
        "request_id": failure.request_id,
        "details": failure.details,
    })
}

fn permission(permission: &Permission) -> Value {
    json!({"action": permission.action, "resource": permission.resource})
}

fn uploads(list: &UnfinishedList) -> Value {
    let one = |upload: &UnfinishedUpload| {
        json!({
            "object_key": upload.object_key,
            "upload_id": upload.upload_id,
            "started": upload.started.map(|at| at.to_string()),
            "size_bytes": upload.size_bytes,
            "resumable": upload.is_resumable,
        })
    };
    json!({"uploads": list.uploads.iter().map(one).collect::<Vec<_>>()})
}
