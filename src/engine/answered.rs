//! A small request of an errand: signed anew for each attempt, until the store has answered it.

use super::Failure;
use super::endpoints::Endpoint;
use super::remedies::{Next, Tried};
use crate::transfer::parts::BucketAccess;
use crate::transfer::{Attempt, PostError, backoff};
use std::pin::Pin;

/// Somebody waits before a dialog: two more tries are enough.
const ATTEMPTS: u32 = 3;

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
        tried.sent += 1;
        let attempt = ask(BucketAccess {
            address,
            credentials,
            now: endpoint.now(),
        })
        .await;
        if let Some(clock_ahead) = attempt.clock_ahead {
            endpoint.signer.note_clock(clock_ahead);
        }
        let error = match attempt.result {
            Ok(answer) => return Ok(answer),
            Err(error) => error,
        };
        match tried.after(&error, endpoint.signer.clock_ahead().is_some()) {
            Next::InRegion(region) if endpoint.signer.correct_region(&region) => {}
            Next::WithNewCredentials => endpoint.signer.forget_credentials().await,
            Next::ByServerClock => {}
            Next::AfterBackoff(attempt) if attempt <= ATTEMPTS => {
                tokio::time::sleep(backoff(attempt, u32::MAX / 2)).await;
            }
            Next::InRegion(_) | Next::AfterBackoff(_) | Next::GiveUp => return Err(Unanswered::Refused(error)),
        }
    }
}
