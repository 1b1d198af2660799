//! Questions to AWS that no upload asks: profiles and buckets.

use super::{BucketList, Event, Failure};
use crate::aws::{self, Account, AccountOptions};

/// The profiles of this machine.
pub(super) async fn profiles() -> Event {
    Event::Profiles(aws::profiles().await.map_err(|error| Failure::from(&error)))
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
