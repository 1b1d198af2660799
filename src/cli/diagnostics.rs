//! `dropslot diagnostics`: what to paste into an issue.

use super::problem::{Problem, Status};
use super::stdout::Lines;
use crate::engine::{Surroundings, diagnostics};
use crate::store::Folders;

pub(super) fn run() -> Result<Status, Problem> {
    let text = diagnostics(Folders::of_this_user().as_ref(), &Surroundings::default());
    Lines::default().line(text.trim_end())?;
    Ok(Status::Done)
}
