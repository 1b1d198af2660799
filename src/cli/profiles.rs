//! `dropslot profiles`: one name a line, as `aws configure list-profiles`.

use super::problem::{Problem, Status};
use super::stdout::Lines;
use crate::engine::Failure;

pub(super) async fn run() -> Result<Status, Problem> {
    let profiles = crate::aws::profiles().await.map_err(|error| Failure::from(&error))?;
    let mut lines = Lines::default();
    for profile in profiles {
        lines.line(&profile.name)?;
    }
    Ok(Status::Done)
}
