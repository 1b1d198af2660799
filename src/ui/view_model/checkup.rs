//! A checkup as its dialog shows it: a row for each step that was taken, with a word beside the colour.

use super::Tone;
use crate::engine::doctor::{Finding, Says, State};
use crate::ui::model::CheckupView;
use crate::ui::names;
use crate::ui::widgets::Icon;
use crate::ui::words::Words;

/// A step that was taken.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CheckupRow {
    pub(crate) step: &'static str,
    /// How it is.
    pub(crate) word: &'static str,
    pub(crate) mark: Icon,
    pub(crate) tone: Tone,
    /// What was found.
    pub(crate) says: String,
    /// What to change; may be empty.
    pub(crate) hint: String,
}

/// Every step that was taken.
pub(crate) fn checkup_rows(view: &CheckupView, words: &Words) -> Vec<CheckupRow> {
    view.found.iter().map(|finding| checkup_row(finding, words)).collect()
}

fn checkup_row(finding: &Finding, words: &Words) -> CheckupRow {
    let text = match &finding.says {
        Says::Remark(remark) => words.remark(remark),
        Says::Failure(failure) => words.failure(failure),
    };
    let (mark, tone) = match finding.state {
        State::Ok => (Icon::Check, Tone::Good),
        State::Note => (Icon::Question, Tone::Careful),
        State::Skipped => (Icon::Minus, Tone::Weak),
        State::Failed => (Icon::Cross, Tone::Bad),
    };
    CheckupRow {
        step: (words.checkup.step)(finding.step),
        word: (words.checkup.state)(finding.state),
        mark,
        tone,
        says: names::harmless(&text.what),
        hint: names::harmless(&text.hint),
    }
}

/// What stands above the rows when it has ended.
pub(crate) fn checkup_outcome(view: &CheckupView, words: &Words) -> Option<(&'static str, Tone)> {
    let has = |state| view.found.iter().any(|finding| finding.state == state);
    view.has_ended.then(|| {
        if has(State::Failed) {
            (words.checkup.does_not_work, Tone::Bad)
        } else if has(State::Note) {
            (words.checkup.works_with_notes, Tone::Good)
        } else {
            (words.checkup.works, Tone::Good)
        }
    })
}
