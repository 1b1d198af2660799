//! Forms signed on this machine: by a profile, or by the sandbox's own keys.

use super::{PresignedKind, SignRequest, Signed, SignerError};
use crate::aws::buckets::ClockAhead;
use crate::aws::{Account, BucketHome, bucket_home};
use crate::s3::upload_options::OptionsError;
use crate::s3::{
    BucketAddress, Condition, Credentials, PostRequest, PresignedPost, PresignedPut, PresignedUpload, presigned_put,
};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How long the bucket may take to say where it lives.
const BUCKET_HOME_TIMEOUT: Duration = Duration::from_secs(10);
/// Where a bucket of unknown region is asked: every regional endpoint knows all buckets of its partition.
const ASKING_REGION: &str = "us-east-1";
/// What stores with an endpoint of their own sign for unless they say otherwise (botocore's default).
const ENDPOINT_REGION: &str = "us-east-1";

/// A bucket and whose keys sign for it. Clones share what was learned.
#[derive(Clone, Debug)]
pub struct LocalSigner(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    keys: Keys,
    bucket: String,
    /// Held while the bucket is asked, so that six uploads that begin together ask once.
    asking: tokio::sync::Mutex<()>,
    learned: Mutex<Learned>,
}

#[derive(Clone, Debug)]
enum Keys {
    Account { account: Account, client: reqwest::Client },
    Fixed(Credentials),
}

/// What S3 has told. The lock is never held across an await.
#[derive(Clone, Debug, Default)]
struct Learned {
    address: Option<BucketAddress>,
    clock_ahead: Option<ClockAhead>,
}

impl LocalSigner {
    /// By an account's credentials. The bucket is asked for its region at the first form, unless the account's endpoint
    /// is not AWS and its region is known.
    #[must_use]
    pub fn for_account(account: Account, bucket: String, client: reqwest::Client) -> Self {
        Self::new(Keys::Account { account, client }, bucket, Learned::default())
    }

    /// By fixed credentials: the sandbox.
    #[must_use]
    pub fn with_keys(credentials: Credentials, address: BucketAddress) -> Self {
        let bucket = address.bucket().to_owned();
        let learned = Learned {
            address: Some(address),
            clock_ahead: None,
        };
        Self::new(Keys::Fixed(credentials), bucket, learned)
    }

    fn new(keys: Keys, bucket: String, learned: Learned) -> Self {
        Self(Arc::new(Inner {
            keys,
            bucket,
            asking: tokio::sync::Mutex::new(()),
            learned: Mutex::new(learned),
        }))
    }

    pub(super) fn account(&self) -> Option<&Account> {
        match &self.0.keys {
            Keys::Account { account, .. } => Some(account),
            Keys::Fixed(_) => None,
        }
    }

    pub(super) fn region(&self) -> Option<String> {
        self.learned().address.map(|address| address.region().to_owned())
    }

    pub(super) async fn sign(&self, request: &SignRequest<'_>) -> Result<Signed, SignerError> {
        let address = self.address().await?;
        let credentials = self.credentials().await?;
        let upload = match request.kind {
            PresignedKind::Post => PresignedUpload::Post(form(request, &address, &credentials)?),
            PresignedKind::Put { if_none_match } => {
                PresignedUpload::Put(put(request, &address, &credentials, if_none_match)?)
            }
        };
        Ok(Signed {
            url: address.object_url(request.object_key),
            bucket: address.bucket().to_owned(),
            region: Some(address.region().to_owned()),
            object_key: request.object_key.clone(),
            public_url: None,
            host: None,
            upload,
        })
    }

    pub(super) async fn credentials(&self) -> Result<Credentials, SignerError> {
        match &self.0.keys {
            Keys::Account { account, .. } => Ok(account.credentials().await?),
            Keys::Fixed(credentials) => Ok(credentials.clone()),
        }
    }

    pub(super) fn correct_region(&self, region: &str) {
        self.learn(|learned| {
            if let Some(address) = &learned.address {
                learned.address = Some(address.in_region(region));
            }
        });
    }

    pub(super) async fn forget_credentials(&self) {
        if let Keys::Account { account, .. } = &self.0.keys {
            account.forget_credentials().await;
        }
    }

    pub(super) fn note_clock(&self, clock_ahead: ClockAhead) {
        self.learn(|learned| learned.clock_ahead = Some(clock_ahead));
    }

    pub(super) fn clock_ahead(&self) -> Option<ClockAhead> {
        self.learned().clock_ahead
    }

    /// Uses a region that was found out before, so that the bucket need not be asked.
    pub(super) fn presume_region(&self, region: &str) {
        if let Keys::Account { account, .. } = &self.0.keys
            && let Ok(address) = BucketAddress::new(self.0.bucket.as_str(), region, account.endpoint_url())
        {
            self.learn(|learned| learned.address = Some(address));
        }
    }

    /// Where the bucket is, asked once.
    pub(super) async fn address(&self) -> Result<BucketAddress, SignerError> {
        let _one_asks = self.0.asking.lock().await;
        if let Some(address) = self.learned().address {
            return Ok(address);
        }
        let address = match &self.0.keys {
            Keys::Account { account, client } => self.find_out(account, client).await?,
            // with_keys gives the address.
            Keys::Fixed(_) => return Err(self.no_region()),
        };
        self.learn(|learned| learned.address = Some(address.clone()));
        Ok(address)
    }

    async fn find_out(&self, account: &Account, client: &reqwest::Client) -> Result<BucketAddress, SignerError> {
        let bucket = self.0.bucket.as_str();
        let endpoint_url = account.endpoint_url();
        let here = |region: &str| BucketAddress::new(bucket, region, endpoint_url);
        if let (Some(_), Some(region)) = (endpoint_url, account.region()) {
            return Ok(here(region)?);
        }
        let asked = here(account.region().unwrap_or(ASKING_REGION))?;
        let home = match bucket_home(client, &asked, BUCKET_HOME_TIMEOUT).await {
            Ok(home) => home,
            // The form itself will show whether the store can be reached.
            Err(_) if account.region().is_some() => return Ok(asked),
            Err(error) => return Err(error.into()),
        };
        self.judge(&home, account).and_then(|region| Ok(here(&region)?))
    }

    /// The region from what the bucket said.
    fn judge(&self, home: &BucketHome, account: &Account) -> Result<String, SignerError> {
        if let Some(clock_ahead) = home.clock_ahead {
            self.note_clock(clock_ahead);
        }
        if let Some(region) = &home.region {
            return Ok(region.clone());
        }
        // Other stores answer 404 to strangers for buckets that exist.
        if home.status == 404 && account.endpoint_url().is_none() {
            return Err(SignerError::NoSuchBucket {
                bucket: self.0.bucket.clone(),
            });
        }
        match (account.region(), account.endpoint_url()) {
            (Some(region), _) => Ok(region.to_owned()),
            (None, Some(_)) => Ok(ENDPOINT_REGION.to_owned()),
            (None, None) => Err(self.no_region()),
        }
    }

    fn no_region(&self) -> SignerError {
        SignerError::NoRegion {
            bucket: self.0.bucket.clone(),
        }
    }

    fn learned(&self) -> Learned {
        self.0.learned.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn learn(&self, change: impl FnOnce(&mut Learned)) {
        change(&mut self.0.learned.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

/// A form for exactly this file.
fn form(
    request: &SignRequest<'_>,
    address: &BucketAddress,
    credentials: &Credentials,
) -> Result<PresignedPost, OptionsError> {
    let (fields, mut conditions) = request.options.fields_and_conditions(request.content_type)?;
    conditions.push(Condition::ContentLengthRange {
        min_bytes: request.size_bytes,
        max_bytes: request.size_bytes,
    });
    let form = PostRequest {
        address,
        object_key: request.object_key.as_str(),
        fields: &fields,
        conditions: &conditions,
        expires_in: request.options.expires_in,
    };
    Ok(form.sign_for_store(credentials, request.now))
}

/// A PUT whose signature covers every header but the length, which S3 reads exactly.
fn put(
    request: &SignRequest<'_>,
    address: &BucketAddress,
    credentials: &Credentials,
    if_none_match: bool,
) -> Result<PresignedPut, OptionsError> {
    let mut headers = request.options.headers(request.content_type)?;
    headers.extend(if_none_match.then(|| ("If-None-Match".to_owned(), "*".to_owned())));
    let expires_in = request.options.expires_in;
    let object_key = request.object_key;
    Ok(presigned_put(
        address,
        object_key,
        headers,
        credentials,
        expires_in,
        request.now,
    ))
}
