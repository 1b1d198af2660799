//! Headers' values, asked of the keychain on threads that may wait.

use super::failure::StoreReason;
use super::{Code, Failure};
use crate::aws::Secret;
use crate::store::{Keychain, KeychainError};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// A person may be asked to unlock the keychain. One who has gone away must not hold uploads up for ever.
const UNLOCK_TIMEOUT: Duration = Duration::from_mins(2);

/// A handle on the keychain.
#[derive(Clone, Debug)]
pub(super) struct Secrets(Arc<Keychain>);

impl Secrets {
    /// With the file that stands in for a keychain.
    pub(super) fn new(file: Option<PathBuf>) -> Self {
        Self(Arc::new(Keychain::new(file)))
    }

    /// Keeps a value.
    pub(super) async fn save(&self, lambda: &str, header: &str, value: Secret) -> Result<(), Failure> {
        let (lambda, header) = (lambda.to_owned(), header.to_owned());
        self.ask(move |keychain| keychain.write(&lambda, &header, &value)).await
    }

    /// The value that was kept.
    pub(super) async fn find(&self, lambda: &str, header: &str) -> Result<Option<Secret>, Failure> {
        let (lambda, header) = (lambda.to_owned(), header.to_owned());
        self.ask(move |keychain| keychain.read(&lambda, &header)).await
    }

    /// Forgets it. One that stays in the keychain opens nothing by itself.
    pub(super) async fn forget(&self, lambda: &str, header: &str) {
        let (lambda, header) = (lambda.to_owned(), header.to_owned());
        if let Err(failure) = self.ask(move |keychain| keychain.delete(&lambda, &header)).await {
            tracing::info!(details = ?failure.details, "a secret was not forgotten");
        }
    }

    async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Keychain) -> Result<T, KeychainError> + Send + 'static,
    ) -> Result<T, Failure> {
        let keychain = Arc::clone(&self.0);
        let asked = tokio::task::spawn_blocking(move || question(&keychain));
        let failure = || Failure::new(Code::Store, StoreReason::Keychain).retryable();
        match tokio::time::timeout(UNLOCK_TIMEOUT, asked).await {
            Ok(Ok(answer)) => answer.map_err(|error| failure().because(&error)),
            Ok(Err(panic)) => Err(failure().because(&panic)),
            Err(_) => Err(failure().detail("the keychain was not unlocked")),
        }
    }
}
