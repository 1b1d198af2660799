//! A checkup as text: one line a step, as the command line prints it and the window copies it.

use super::{Finding, Says, State};
use crate::engine::Text;

/// Columns of the first two words.
const STATE_WIDTH: usize = 9;
const STEP_WIDTH: usize = 13;

impl Finding {
    /// `ok       keys         AKIA… of profile "work"`, in English.
    #[must_use]
    pub fn line(&self) -> String {
        line(self.step.name(), self.state, &self.to_do())
    }

    /// The sentence in English, and what to change, with the command that does it.
    #[must_use]
    pub fn to_do(&self) -> Text {
        let mut text = self.english();
        if let Says::Failure(failure) = &self.says
            && let Some(command) = failure.command.as_deref()
            && !text.hint.contains(command)
        {
            text.hint = format!("{}. Run: {command}", text.hint);
        }
        text
    }
}

/// The line of a step of this name.
#[must_use]
pub fn line(step: &str, state: State, text: &Text) -> String {
    let state = match state {
        State::Failed => "FAILED",
        state => state.name(),
    };
    format!("{state:<STATE_WIDTH$}{step:<STEP_WIDTH$}{text}")
}
