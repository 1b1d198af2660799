//! The form of one attempt: asked for, looked at where somebody else has signed it, and held against its own policy.

use super::{Plan, Told, Upload};
use crate::engine::failure::UploadReason;
use crate::engine::hosts::Host;
use crate::engine::{Code, Event, Failure, Stage, doctor};
use crate::s3::Refusal;
use crate::signer::{PresignedKind, SignRequest, Signed, SignerError};
use crate::store::{DestinationKind, ExistsPolicy, LambdaDestination};
use crate::transfer::{ConnectKind, file_name};
use std::time::Duration;

/// Why there is no form.
pub(super) struct Unsigned {
    pub(super) failure: Failure,
    /// Asking again may help.
    pub(super) is_passing: bool,
    /// Who was to be asked could not be reached: why.
    pub(super) connect: Option<ConnectKind>,
    /// But not before this.
    pub(super) retry_after: Duration,
}

impl From<Failure> for Unsigned {
    fn from(failure: Failure) -> Self {
        Self {
            failure,
            is_passing: false,
            connect: None,
            retry_after: Duration::ZERO,
        }
    }
}

impl Upload {
    /// A form for this attempt, held against its own policy before any byte leaves.
    pub(super) async fn sign(&self, plan: &Plan, kind: PresignedKind) -> Result<Signed, Unsigned> {
        self.say(Told::Stage(Stage::Signing));
        let endpoint = &plan.endpoint;
        let signed = match self.try_to_sign(plan, kind).await {
            Ok(signed) => signed,
            Err(error) => {
                let is_passing = error.is_passing();
                if !is_passing {
                    self.workshop.endpoints.forget(&self.turn.file.destination).await;
                }
                return Err(Unsigned {
                    failure: Failure::from(&error),
                    is_passing,
                    connect: error.connect_kind(),
                    retry_after: error.retry_after().unwrap_or_default(),
                });
            }
        };
        if let Some(region) = &signed.region {
            endpoint.remember_region(region, &self.workshop.store);
        } else {
            self.look_at_given(plan, &signed)?;
        }
        let name = file_name(&plan.source.path);
        signed
            .upload
            .check(plan.source.size_bytes, &name, endpoint.now())
            .map_err(|refusal| refused(&refusal, endpoint.signer.renews()))?;
        if self.turn.is_trial {
            let told = doctor::Signed::of(&signed.upload, endpoint.now());
            self.say(Told::Signed(Box::new(told)));
        }
        Ok(signed)
    }

    async fn try_to_sign(&self, plan: &Plan, kind: PresignedKind) -> Result<Signed, SignerError> {
        let signer = &plan.endpoint.signer;
        signer.prepare().await?;
        let request = SignRequest {
            object_key: &plan.object_key,
            file_name: &file_name(&plan.source.path),
            content_type: &plan.content_type,
            size_bytes: plan.source.size_bytes,
            kind,
            options: &self.turn.file.destination.options,
            now: plan.endpoint.now(),
        };
        signer.sign(&request).await
    }

    /// A form that somebody else signed: where it goes, which key it gives, what it allows.
    fn look_at_given(&self, plan: &Plan, signed: &Signed) -> Result<(), Failure> {
        let destination = &self.turn.file.destination;
        if let DestinationKind::Lambda(lambda) = &destination.kind {
            self.look_at_host(plan, lambda, signed)?;
        }
        self.say(Told::Given {
            object_key: signed.object_key.to_string(),
            bucket: signed.bucket.clone(),
        });
        let is_free = plan.endpoint.reserve(signed.object_key.as_str(), self.turn.id);
        if is_free || destination.if_exists == ExistsPolicy::Replace {
            return Ok(());
        }
        let object_key = signed.object_key.to_string();
        Err(Failure::new(Code::ObjectExists, UploadReason::KeyTaken { object_key }))
    }

    fn look_at_host(&self, plan: &Plan, lambda: &LambdaDestination, signed: &Signed) -> Result<(), Failure> {
        let host = signed.host.clone().unwrap_or_default();
        let destination = self.turn.file.destination.kind.clone();
        match self.workshop.endpoints.hosts.judge(lambda.identity(), &host) {
            Host::Known => {}
            Host::First => {
                let (identity, first) = (lambda.identity().to_owned(), host.clone());
                self.workshop
                    .store
                    .order(move |desk| desk.remember_host(&identity, &first));
                self.say(Told::Event(Box::new(Event::HostTrusted {
                    destination: destination.clone(),
                    host: host.clone(),
                })));
            }
            Host::Other(known) => {
                let lambda = lambda.place().to_owned();
                let reason = UploadReason::HostChanged { lambda, host, known };
                return Err(Failure::new(Code::HostChanged, reason));
            }
        }
        let limits = signed.upload.limits();
        if plan.endpoint.sees(&host, &limits) {
            self.say(Told::Event(Box::new(Event::FormSeen {
                destination,
                host,
                limits,
            })));
        }
        Ok(())
    }
}

/// Before any byte. A ticket that has expired stays so.
fn refused(refusal: &Refusal, renews: bool) -> Failure {
    match refusal {
        Refusal::Expired { ago_secs } if !renews => {
            let ago_secs = *ago_secs;
            Failure::new(Code::FormExpired, UploadReason::TicketExpired { ago_secs })
        }
        refusal => refusal.into(),
    }
}
