//! `dropslot buckets`: one name a line, every page of `ListBuckets`.

use super::args::BucketsArgs;
use super::problem::{Problem, Status};
use super::stdout::Lines;
use crate::aws::{Account, AccountOptions, list_buckets};
use crate::engine::Failure;

pub(super) async fn run(args: BucketsArgs) -> Result<Status, Problem> {
    let options = AccountOptions {
        profile: args.profile,
        region: args.region,
        endpoint_url: args.endpoint_url,
    };
    let account = Account::load(&options).await.map_err(|error| Failure::from(&error))?;
    let buckets = list_buckets(&account).await.map_err(|error| Failure::from(&error))?;
    let mut lines = Lines::default();
    for bucket in buckets {
        lines.line(&bucket)?;
    }
    Ok(Status::Done)
}
