//! Where the bucket is, and what time it is there: one unsigned look at it tells both.

use super::{Examination, Named, Remark, Step};
use crate::aws::BucketHome;
use crate::aws::buckets::{ClockAhead, bucket_home};
use crate::engine::Failure;
use crate::engine::endpoints::Endpoint;
use crate::s3::BucketAddress;
use crate::signer::SignerError;
use crate::store::DestinationKind;
use std::time::Duration;

/// How long the bucket may take to answer.
const TIMEOUT: Duration = Duration::from_secs(10);
/// Clocks that differ by less agree: `Date` has whole seconds, and answers take their time.
const CLOCK_NOISE_SECS: u64 = 5;
/// The status of a bucket that AWS does not know.
const NOT_FOUND: u16 = 404;

/// What the look has shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// The bucket.
    Bucket,
    /// A store without it, or that gives no region for it: who signs can still be asked.
    Store,
    /// Nobody.
    Nobody,
}

impl Examination {
    pub(super) async fn place(&mut self, endpoint: &Endpoint) -> Found {
        self.begin(Step::Region);
        let (address, home) = match self.look(endpoint).await {
            Ok(seen) => seen,
            Err(error) => {
                let found = match &error {
                    SignerError::NoSuchBucket { .. } | SignerError::NoRegion { .. } => Found::Store,
                    _ => Found::Nobody,
                };
                self.failed(Step::Region, Failure::from(&error));
                self.read_anew().await;
                return found;
            }
        };
        self.region = Some(address.region().to_owned());
        self.region_found(&address, &home, endpoint);
        self.clock(&home, endpoint);
        Found::Bucket
    }

    async fn look(&self, endpoint: &Endpoint) -> Result<(BucketAddress, BucketHome), SignerError> {
        let address = endpoint.signer.address().await?;
        let client = self.workshop.client.clone();
        // That there is a client was the first that was looked at.
        let client = client.map_err(|_told_already| SignerError::NotSignedHere)?;
        let home = bucket_home(&client, &address, TIMEOUT).await?;
        if home.status == NOT_FOUND && home.region.is_none() && endpoint.is_on_aws() {
            let bucket = address.bucket().to_owned();
            return Err(SignerError::NoSuchBucket { bucket });
        }
        let Some(region) = home.region.as_deref().filter(|region| *region != address.region()) else {
            return Ok((address, home));
        };
        let there = address.in_region(region);
        // What was known is another run's: the bucket was made anew meanwhile.
        let _always_here = endpoint.signer.correct_region(there.region());
        Ok((there, home))
    }

    fn region_found(&mut self, address: &BucketAddress, home: &BucketHome, endpoint: &Endpoint) {
        let (region, url) = (address.region().to_owned(), address.post_url());
        let takes_no_forms = endpoint.takes_no_forms();
        if home.region.is_none() {
            let unsaid = Remark::RegionUnsaid {
                region,
                url,
                takes_no_forms,
            };
            return self.ok(Step::Region, unsaid);
        }
        let by_destination = match &self.destination.kind {
            DestinationKind::Account { region, .. } => region.clone(),
            _ => None,
        };
        let account = endpoint.signer.account();
        let by_profile = account.and_then(|account| account.region().map(str::to_owned));
        let is_other = |named: &String| *named != region;
        let (named, by) = match by_destination {
            Some(named) => (Some(named), Named::Destination),
            None => (by_profile, Named::Profile),
        };
        match named.clone().filter(is_other) {
            Some(named) if by == Named::Destination => {
                self.note(Step::Region, Remark::OtherRegion { region, url, named, by });
            }
            Some(named) => self.ok(Step::Region, Remark::OtherRegion { region, url, named, by }),
            None => self.ok(
                Step::Region,
                Remark::Region {
                    region,
                    url,
                    is_named: named.is_some(),
                    takes_no_forms,
                },
            ),
        }
    }

    /// What differs is corrected by whatever is signed from now on.
    fn clock(&mut self, home: &BucketHome, endpoint: &Endpoint) {
        self.begin(Step::Clock);
        let Some(ahead) = home.clock_ahead else {
            return self.skipped(Step::Clock, Remark::ClockUnknown);
        };
        endpoint.signer.note_clock(ahead);
        let ClockAhead { seconds: ahead_secs } = ahead;
        match ahead_secs.unsigned_abs() {
            seconds if seconds < CLOCK_NOISE_SECS => self.ok(Step::Clock, Remark::ClockAgrees { seconds }),
            _ => self.note(Step::Clock, Remark::ClockDiffers { ahead_secs }),
        }
    }
}
