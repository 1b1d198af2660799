//! What no upload asks for: profiles, buckets, and a header's value kept.

use super::failure::ProfileReason;
use super::upload::Workshop;
use super::{BucketList, Code, Event, Failure};
use crate::aws::{self, Account, AccountOptions, NewProfile, ProfileFiles, ProfileWriteError, Secret};
use std::sync::Arc;

/// The profiles of this machine.
pub(super) async fn profiles() -> Event {
    Event::Profiles(aws::profiles().await.map_err(|error| Failure::from(&error)))
}

/// Writes a profile, off the runtime's own threads.
pub(super) async fn add_profile(profile: Box<NewProfile>, workshop: Arc<Workshop>) -> Event {
    let name = profile.name.clone();
    let write = move || match ProfileFiles::of_environment() {
        Some(files) => aws::write_profile(&profile, &files),
        None => Err(ProfileWriteError::NoHome),
    };
    let written = match tokio::task::spawn_blocking(write).await {
        Ok(written) => written.map_err(|error| Failure::from(&error)),
        Err(panic) => Err(Failure::new(Code::Internal, ProfileReason::Mistake).because(&panic)),
    };
    // Uploads that come next sign with what stands there now.
    workshop.endpoints.forget_profile(&name).await;
    Event::ProfileAdded { name, written }
}

/// Keeps a header's value, off the runtime's own threads.
pub(super) async fn save_secret(lambda: String, header: String, value: Secret, workshop: Arc<Workshop>) -> Event {
    let saved = workshop.endpoints.secrets.save(&lambda, &header, value).await;
    // Uploads that come next show the new one.
    workshop.endpoints.forget_function(&lambda).await;
    Event::SecretSaved { lambda, header, saved }
}

/// The buckets of a session.
pub(super) async fn buckets(options: AccountOptions) -> Event {
    let mut list = BucketList {
        account: options,
        region: None,
        endpoint_url: None,
        buckets: Ok(Vec::new()),
    };
    list.buckets = match Account::load(&list.account).await {
        Ok(account) => {
            list.region = account.region().map(str::to_owned);
            list.endpoint_url = account.endpoint_url().map(str::to_owned);
            aws::list_buckets(&account).await.map_err(|error| Failure::from(&error))
        }
        Err(error) => Err(Failure::from(&error)),
    };
    Event::Buckets(list)
}
