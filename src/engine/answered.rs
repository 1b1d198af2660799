//! A small request of an errand: signed anew for each attempt, until the store has answered it.

use super::Failure;
use super::endpoints::Endpoint;
use super::remedies::{Next, Tried};
use crate::transfer::parts::BucketAccess;
use crate::transfer::{Attempt, PostError, backoff};
use std::pin::Pin;
use std::time::Duration;

/// Somebody waits before a dialog: two more tries are enough.
const ATTEMPTS: u32 = 3;

/// Who waits before a dialog is told rather than left waiting longer.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum Unanswered {
    /// Nothing could be signed.
    Unsigned(Failure),
    /// The store refused it, or could not be reached.
    Refused(PostError),
}

/// One attempt.
pub(super) type Asked<'a, T> = Pin<Box<dyn Future<Output = Attempt<T>> + Send + 'a>>;

/// Asks until there is an answer. What is asked must do no harm when it is asked twice.
pub(super) async fn until_answered<'a, T>(
    endpoint: &Endpoint,
    ask: impl Fn(BucketAccess) -> Asked<'a, T>,
) -> Result<T, Unanswered> {
    let mut tried = Tried::default();
    loop {
        let signing = endpoint.address_and_credentials().await;
        let (address, credentials) = signing.map_err(Unanswered::Unsigned)?;
        endpoint.pace.turn().await;
        tried.begins();
        let attempt = ask(BucketAccess {
            address,
            credentials,
            now: endpoint.now(),
        })
        .await;
        let error = match endpoint.heard(attempt) {
            Ok(answer) => return Ok(answer),
            Err(error) => error,
        };
        match tried.after(&error, endpoint.circumstances(tried.begun(), None)) {
            Next::InRegion(region) if endpoint.signer.correct_region(&region) => {}
            Next::WithNewCredentials | Next::AfterSleep => endpoint.signer.forget_credentials().await,
            Next::ByServerClock => {}
            Next::AfterBackoff(again) if again.attempt <= ATTEMPTS && again.not_before <= LONGEST_WAIT => {
                let wait = backoff(again.attempt, u32::MAX / 2).max(again.not_before);
                tokio::time::sleep(wait).await;
            }
            Next::InRegion(_) | Next::AfterBackoff(_) | Next::WhenNetworkIsBack | Next::GiveUp => {
                return Err(Unanswered::Refused(error));
            }
        }
    }
}
