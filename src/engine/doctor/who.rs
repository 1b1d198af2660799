//! Whose keys sign, who that is to AWS, and which buckets they may list.

use super::{Examination, Remark, Says, State, Step};
use crate::aws::{self, BucketsError, IdentityError};
use crate::engine::endpoints::Endpoint;
use crate::engine::{About, Code, Failure};
use crate::s3::S3Error;
use std::sync::Arc;

impl Examination {
    pub(super) async fn keys(&mut self) -> Option<Arc<Endpoint>> {
        self.begin(Step::Keys);
        let endpoint = match self.workshop.endpoints.of(&self.destination).await {
            Ok(endpoint) => endpoint,
            Err(failure) => {
                self.failed(Step::Keys, failure);
                return None;
            }
        };
        match endpoint.signer.credentials().await {
            Ok(credentials) => {
                let keys = Remark::Keys {
                    access_key_id: credentials.access_key_id().to_owned(),
                    profile: endpoint.profile.clone(),
                    until: credentials.expiry().and_then(|at| at.try_into().ok()),
                };
                self.ok(Step::Keys, keys);
                Some(endpoint)
            }
            Err(error) => {
                self.failed(Step::Keys, Failure::from(&error));
                self.read_anew().await;
                None
            }
        }
    }

    /// A profile that the person mends meanwhile is read anew.
    pub(super) async fn read_anew(&self) {
        self.workshop.endpoints.forget(&self.destination).await;
    }

    /// That nobody could be asked is no fault: uploads do not ask.
    pub(super) async fn identity(&mut self, endpoint: &Endpoint) {
        self.begin(Step::Identity);
        let (Some(account), Ok(client)) = (endpoint.signer.account(), self.workshop.client.clone()) else {
            return self.skipped(Step::Identity, Remark::NoIdentity);
        };
        match aws::caller_identity(account, &client, endpoint.signer.clock_ahead()).await {
            Ok(None) => self.skipped(Step::Identity, Remark::NoIdentity),
            Ok(Some(who)) => {
                let (account_id, arn) = (who.account_id, who.arn);
                self.ok(Step::Identity, Remark::Identity { account_id, arn });
            }
            Err(IdentityError::Account(error)) => self.failed(Step::Identity, Failure::from(&error)),
            Err(IdentityError::Refused(error)) => self.refused(Step::Identity, &error, endpoint),
            Err(IdentityError::Unreachable { reason }) => {
                self.note(Step::Identity, Failure::from(&BucketsError::Unreachable { reason }));
            }
        }
    }

    pub(super) async fn listing(&mut self, endpoint: &Endpoint) {
        self.begin(Step::Listing);
        let Some(account) = endpoint.signer.account() else {
            return self.skipped(Step::Listing, Remark::NothingToList);
        };
        match aws::list_buckets(account).await {
            Ok(names) => {
                let bucket = self.destination.kind.place().to_owned();
                let listed = Remark::Listed {
                    is_among: names.contains(&bucket),
                    buckets: names.len(),
                    bucket,
                };
                self.ok(Step::Listing, listed);
            }
            Err(BucketsError::Denied) => self.note(Step::Listing, Remark::MayNotList),
            Err(BucketsError::S3(error)) => self.refused(Step::Listing, &error, endpoint),
            Err(error) => self.note(Step::Listing, Failure::from(&error)),
        }
    }

    /// Keys that are refused here are refused everywhere; anything else is no matter of uploads.
    fn refused(&mut self, step: Step, error: &S3Error, endpoint: &Endpoint) {
        let about = About {
            profile: endpoint.profile.as_deref(),
            ..About::default()
        };
        let failure = Failure::from_s3(error, &about);
        let state = match failure.code {
            Code::CredentialsRefused => State::Failed,
            _ => State::Note,
        };
        self.find(super::Finding::new(step, state, Says::from(failure)));
    }
}
