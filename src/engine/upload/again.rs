//! Between two attempts: what the next one needs, and the waits before it.

use super::{Plan, Told, Upload};
use crate::engine::endpoints::Endpoint;
use crate::engine::network::Moment;
use crate::engine::pace::{Cause, random};
use crate::engine::remedies::{Again, Next, Tried};
use crate::engine::{Failure, Stage};
use crate::s3::{BucketAddress, Credentials};
use crate::transfer::{PostError, backoff};
use std::time::Duration;

impl Upload {
    /// Does what the next attempt needs, or gives up with `failure`.
    pub(super) async fn prepare(
        &self,
        (next, failure): (Next, Failure),
        at_least: Duration,
        plan: &Plan,
        tried: &mut Tried,
    ) -> Result<(), Failure> {
        let signer = &plan.endpoint.signer;
        match next {
            // The same form again would be refused again.
            Next::WithNewCredentials | Next::ByServerClock if !signer.renews() => return Err(failure),
            Next::InRegion(region) if !signer.correct_region(&region) => return Err(failure),
            Next::WithNewCredentials | Next::AfterSleep => signer.forget_credentials().await,
            Next::InRegion(_) | Next::ByServerClock => {}
            Next::AfterBackoff(again) => {
                let not_before = again.not_before.max(at_least);
                if !may_retry(&plan.endpoint, again, not_before) {
                    let failure = failure.detail(format!("attempts: {}", tried.sent));
                    return Err(failure.detail("too much has failed there lately: not tried again"));
                }
                self.wait_for(again.attempt, not_before).await;
            }
            Next::WhenNetworkIsBack => {
                if !self.wait_for_network(&plan.endpoint).await {
                    let waited = self.workshop.network_patience.as_secs();
                    return Err(failure.detail(format!("waited {waited} s for the network")));
                }
            }
            Next::GiveUp if tried.sent == 0 => return Err(failure),
            Next::GiveUp => return Err(failure.detail(format!("attempts: {}", tried.sent))),
        }
        tried.begins();
        tracing::debug!(upload = self.turn.id.0, what = failure.english().what, "sending again");
        Ok(())
    }

    /// The same after a request that failed.
    pub(super) async fn prepare_after(
        &self,
        error: &PostError,
        failure: Failure,
        plan: &Plan,
        tried: &mut Tried,
    ) -> Result<(), Failure> {
        let seen = plan.endpoint.circumstances(tried.begun(), error.connect_kind());
        let next = (tried.after(error, seen), failure);
        self.prepare(next, Duration::ZERO, plan, tried).await
    }

    /// Where the network is gone while credentials are asked for, it is waited for, once.
    pub(super) async fn address_and_keys(&self, plan: &Plan) -> Result<(BucketAddress, Credentials), Failure> {
        let begun = Moment::now();
        let error = match plan.endpoint.address_and_keys().await {
            Ok(known) => return Ok(known),
            Err(error) => error,
        };
        let seen = plan.endpoint.circumstances(begun, error.connect_kind());
        if seen.network_lost && self.wait_for_network(&plan.endpoint).await {
            return plan.endpoint.address_and_credentials().await;
        }
        Err(Failure::from(&error))
    }

    async fn wait_for(&self, attempt: u32, at_least: Duration) {
        let remaining = backoff(attempt, random()).max(at_least);
        self.say(Told::Stage(Stage::RetryingIn { remaining, attempt }));
        tokio::time::sleep(remaining).await;
    }

    /// Waits while the store asks everybody to be left alone.
    pub(super) async fn take_turn(&self, plan: &Plan, attempt: u32) {
        while let Some(remaining) = plan.endpoint.pace.wait() {
            self.say(Told::Stage(Stage::RetryingIn { remaining, attempt }));
            tokio::time::sleep(remaining).await;
        }
    }

    /// Whether it has come back.
    pub(super) async fn wait_for_network(&self, endpoint: &Endpoint) -> bool {
        self.say(Told::Stage(Stage::WaitingForNetwork));
        let patience = self.workshop.network_patience;
        let is_back = endpoint.network.is_back(&self.client, patience).await;
        self.say(Told::Stage(Stage::Signing));
        is_back
    }
}

/// Whether the store's budget has another try; what it asks for is asked of all.
fn may_retry(endpoint: &Endpoint, again: Again, not_before: Duration) -> bool {
    if again.cause == Cause::Throttled || !not_before.is_zero() {
        let is_new = endpoint.pace.throttled(not_before);
        if is_new {
            endpoint.line.throttled();
        }
    }
    endpoint.pace.retry(again.cause)
}
