//! Forms signed on this machine: by a profile, or by the sandbox's own keys.

use super::{SignRequest, Signed, SignerError};
use crate::{aws::Account, s3::Credentials};

/// A bucket and whose keys sign for it.
#[derive(Clone, Debug)]
pub struct LocalSigner(());

impl LocalSigner {
    /// By an account's credentials. Without a region of the account's or the caller's, the bucket is asked at the first form.
    #[must_use]
    pub fn for_account(_account: Account, _bucket: String, _client: reqwest::Client) -> Self {
        todo!()
    }

    /// By fixed credentials: the sandbox.
    #[must_use]
    pub fn with_keys(_credentials: Credentials, _address: crate::s3::BucketAddress) -> Self {
        todo!()
    }

    pub(super) async fn sign(&self, _request: &SignRequest<'_>) -> Result<Signed, SignerError> {
        todo!()
    }

    pub(super) fn correct_region(&self, _region: &str) {
        todo!()
    }

    pub(super) async fn forget_credentials(&self) {
        todo!()
    }
}
