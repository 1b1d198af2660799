//! Signers by destination, and what was learned of each store: shared by all uploads that go there.

use super::failure::{SandboxReason, UploadReason};
use super::folder_keys::FolderKeys;
use super::hosts::KnownHosts;
use super::line::{Line, Lines};
use super::network::{Moment, Network};
use super::pace::Pace;
use super::remedies::Circumstances;
use super::secrets::Secrets;
use super::store_thread::StoreThread;
use super::{Code, Failure, SandboxAccess, UploadId, functions};
use crate::aws::{Account, AccountOptions, ConnectKind};
use crate::s3::{BucketAddress, Credentials, Limits};
use crate::signer::{HandedSigner, LocalSigner, Signer, SignerError};
use crate::store::{Destination, DestinationKind, Settings};
use crate::transfer::{Attempt, PostError};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// The region that the embedded S3's signatures name.
const SANDBOX_REGION: &str = "us-east-1";
/// A difference of clocks below this is the network's and the whole seconds' of `Date`.
const CLOCK_NOISE_SECS: i64 = 3;

/// One store as uploads see it.
#[derive(Debug)]
pub(super) struct Endpoint {
    pub(super) signer: Signer,
    /// For sentences.
    pub(super) profile: Option<String>,
    /// The bucket, where its region is worth remembering: AWS, and not given by the person.
    region_of: Option<String>,
    known_region: Mutex<Option<String>>,
    with_md5: AtomicBool,
    on_aws: bool,
    /// Where it is given.
    given_url: Option<String>,
    takes_no_forms: AtomicBool,
    knows_no_conditions: AtomicBool,
    knows_no_crc: AtomicBool,
    /// What the last form allowed, of a function.
    seen: Mutex<Option<(String, Limits)>>,
    keys: Mutex<HashMap<String, UploadId>>,
    pub(super) folder_keys: FolderKeys,
    pub(super) pace: Pace,
    /// The way there, which outlives a signer that is made anew.
    pub(super) network: Arc<Network>,
    /// The requests on that way; it outlives the signer as well.
    pub(super) line: Arc<Line>,
}

impl Endpoint {
    /// Whether answers here carry no crc64nvme, so that the MD5 is computed while sending.
    pub(super) fn with_md5(&self) -> bool {
        self.with_md5.load(Ordering::Relaxed)
    }

    pub(super) fn needs_md5(&self) {
        self.with_md5.store(true, Ordering::Relaxed);
    }

    /// Whether the store is AWS's.
    pub(super) fn is_on_aws(&self) -> bool {
        self.on_aws
    }

    /// Whether the store has answered a form that it takes none.
    pub(super) fn takes_no_forms(&self) -> bool {
        self.takes_no_forms.load(Ordering::Relaxed)
    }

    /// Notes that, for the next start as well. False on AWS, which takes forms whatever a proxy may say.
    pub(super) fn refuses_forms(&self, store: &StoreThread) -> bool {
        if self.on_aws {
            return false;
        }
        let is_news = !self.takes_no_forms.swap(true, Ordering::Relaxed);
        if let Some(endpoint_url) = self.given_url.clone().filter(|_| is_news) {
            store.order(move |desk| desk.remember_no_forms(&endpoint_url));
        }
        true
    }

    /// Whether the store has refused `If-None-Match` as something that it does not know.
    pub(super) fn knows_conditions(&self) -> bool {
        !self.knows_no_conditions.load(Ordering::Relaxed)
    }

    pub(super) fn refuses_conditions(&self) {
        self.knows_no_conditions.store(true, Ordering::Relaxed);
    }

    /// Whether the store may be asked for a CRC-64/NVME of the full object.
    pub(super) fn knows_crc(&self) -> bool {
        !self.knows_no_crc.load(Ordering::Relaxed)
    }

    /// True the first time.
    pub(super) fn refuses_crc(&self) -> bool {
        !self.knows_no_crc.swap(true, Ordering::Relaxed)
    }

    /// Now, by the server's clock where an answer has shown that it differs.
    pub(super) fn now(&self) -> jiff::Timestamp {
        let now = jiff::Timestamp::now();
        let ahead = self.signer.clock_ahead();
        ahead.map_or(now, |ahead| ahead.time_there(now, CLOCK_NOISE_SECS))
    }

    /// What came of a request; its clock, and that somebody was there, are noted.
    pub(super) fn heard<T>(&self, attempt: Attempt<T>) -> Result<T, PostError> {
        if let Some(clock_ahead) = attempt.clock_ahead {
            self.signer.note_clock(clock_ahead);
        }
        match &attempt.result {
            Ok(_) | Err(PostError::S3 { .. }) => self.network.answered(),
            Err(PostError::Broken { .. } | PostError::Stalled { .. }) => self.network.connected(),
            Err(_) => {}
        }
        attempt.result
    }

    /// What is known beside the error of an attempt that began at `begun` and, perhaps, could not connect.
    pub(super) fn circumstances(&self, begun: Moment, connect: Option<ConnectKind>) -> Circumstances {
        Circumstances {
            clock_known: self.signer.clock_ahead().is_some(),
            network_lost: connect.is_some_and(|kind| self.network.is_lost(kind, begun.awake)),
            slept: begun.has_slept(),
        }
    }

    /// Where the bucket is and whose keys sign for it: what a presigned URL needs.
    pub(super) async fn address_and_credentials(&self) -> Result<(BucketAddress, Credentials), Failure> {
        let known = self.address_and_keys().await;
        known.map_err(|error| Failure::from(&error))
    }

    /// The same, with the error as it came.
    pub(super) async fn address_and_keys(&self) -> Result<(BucketAddress, Credentials), SignerError> {
        Ok((self.signer.address().await?, self.signer.credentials().await?))
    }

    /// Takes a key for an upload; false where another upload on its way has it.
    pub(super) fn reserve(&self, object_key: &str, upload: UploadId) -> bool {
        let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        *keys.entry(object_key.to_owned()).or_insert(upload) == upload
    }

    /// The upload has ended, and its keys are free (or in S3, where everybody sees them).
    pub(super) fn release(&self, upload: UploadId) {
        let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        keys.retain(|_, owner| *owner != upload);
    }

    /// Whether a form allows something else than the last one. That each expires later than the one before is no news.
    pub(super) fn sees(&self, host: &str, limits: &Limits) -> bool {
        let seen = (
            host.to_owned(),
            Limits {
                expiration: None,
                ..limits.clone()
            },
        );
        let mut last = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let is_news = last.as_ref() != Some(&seen);
        *last = Some(seen);
        is_news
    }

    /// Notes the bucket's region for the next start, where it is news.
    pub(super) fn remember_region(&self, region: &str, store: &StoreThread) {
        let Some(bucket) = self.region_of.clone() else {
            return;
        };
        let mut known = self.known_region.lock().unwrap_or_else(PoisonError::into_inner);
        if known.as_deref() != Some(region) {
            *known = Some(region.to_owned());
            let region = region.to_owned();
            store.order(move |desk| desk.remember_region(&bucket, &region));
        }
    }
}

/// All of them. An endpoint is made when its first upload comes.
#[derive(Debug)]
pub(super) struct Endpoints {
    client: Result<reqwest::Client, Failure>,
    regions: BTreeMap<String, String>,
    without_forms: BTreeSet<String>,
    pub(super) hosts: KnownHosts,
    pub(super) secrets: Secrets,
    sandbox: Mutex<Option<SandboxAccess>>,
    /// Held while a profile is loaded, so that six uploads that begin together load it once.
    made: tokio::sync::Mutex<HashMap<DestinationKind, Arc<Endpoint>>>,
    networks: Mutex<HashMap<DestinationKind, Arc<Network>>>,
    pub(super) lines: Lines,
}

impl Endpoints {
    pub(super) fn new(
        client: Result<reqwest::Client, Failure>,
        settings: Settings,
        secrets: Secrets,
        sandbox: Option<SandboxAccess>,
        lines: Lines,
    ) -> Self {
        Self {
            client,
            regions: settings.bucket_regions,
            without_forms: settings.stores_without_forms,
            hosts: KnownHosts::new(settings.lambda_hosts),
            secrets,
            sandbox: Mutex::new(sandbox),
            made: tokio::sync::Mutex::default(),
            networks: Mutex::default(),
            lines,
        }
    }

    /// The embedded S3 runs (again).
    pub(super) async fn use_sandbox(&self, access: SandboxAccess) {
        let mut made = self.made.lock().await;
        made.remove(&DestinationKind::Sandbox);
        self.networks
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&DestinationKind::Sandbox);
        *self.sandbox.lock().unwrap_or_else(PoisonError::into_inner) = Some(access);
    }

    /// Where a destination's uploads go.
    pub(super) async fn of(&self, destination: &Destination) -> Result<Arc<Endpoint>, Failure> {
        let mut made = self.made.lock().await;
        if let Some(endpoint) = made.get(&destination.kind) {
            return Ok(Arc::clone(endpoint));
        }
        // Boxed: it is made once, and every upload would carry room for it.
        let mut endpoint = Box::pin(self.make(&destination.kind)).await?;
        endpoint.network = self.network(&destination.kind);
        endpoint.line = self.lines.of(&destination.kind);
        let endpoint = Arc::new(endpoint);
        made.insert(destination.kind.clone(), Arc::clone(&endpoint));
        Ok(endpoint)
    }

    fn network(&self, kind: &DestinationKind) -> Arc<Network> {
        let mut networks = self.networks.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(networks.entry(kind.clone()).or_default())
    }

    /// A profile that gave no credentials is read anew the next time: the person may have mended it.
    pub(super) async fn forget(&self, destination: &Destination) {
        self.made.lock().await.remove(&destination.kind);
    }

    /// A profile was written: destinations that sign by it (or by whichever is selected) read it anew.
    pub(super) async fn forget_profile(&self, name: &str) {
        let signs_by_it = |kind: &DestinationKind| match kind {
            DestinationKind::Account { profile, .. } => profile.as_deref().is_none_or(|profile| profile == name),
            DestinationKind::Lambda(lambda) => lambda
                .account()
                .is_some_and(|account| account.profile.is_none_or(|profile| profile == name)),
            DestinationKind::Ticket(_) | DestinationKind::Sandbox => false,
        };
        self.made.lock().await.retain(|kind, _| !signs_by_it(kind));
    }

    /// A header of this function has another value now.
    pub(super) async fn forget_function(&self, identity: &str) {
        let is_it = |kind: &DestinationKind| match kind {
            DestinationKind::Lambda(lambda) => lambda.identity() == identity,
            DestinationKind::Account { .. } | DestinationKind::Ticket(_) | DestinationKind::Sandbox => false,
        };
        self.made.lock().await.retain(|kind, _| !is_it(kind));
    }

    async fn make(&self, kind: &DestinationKind) -> Result<Endpoint, Failure> {
        match kind {
            DestinationKind::Sandbox => self.sandbox(),
            DestinationKind::Ticket(ticket) => {
                let form = ticket.form();
                let form = form.ok_or_else(|| Failure::new(Code::Ticket, UploadReason::TicketGone))?;
                Ok(endpoint(Signer::Handed(HandedSigner::of_ticket(form)), None))
            }
            DestinationKind::Lambda(lambda) => {
                let signer = functions::signer(lambda, self.client.clone()?, &self.secrets).await?;
                Ok(endpoint(Signer::Handed(HandedSigner::of_lambda(signer)), None))
            }
            DestinationKind::Account {
                profile,
                bucket,
                region,
                endpoint_url,
            } => {
                let options = AccountOptions {
                    profile: profile.clone(),
                    region: region.clone(),
                    endpoint_url: endpoint_url.clone(),
                };
                self.account(options, bucket).await
            }
        }
    }

    async fn account(&self, options: AccountOptions, bucket: &str) -> Result<Endpoint, Failure> {
        let client = self.client.clone()?;
        let account = Account::load(&options).await.map_err(|error| Failure::from(&error))?;
        let profile = account.profile_name().to_owned();
        let endpoint_url = account.endpoint_url().map(str::to_owned);
        let signer = Signer::Local(LocalSigner::for_account(account, bucket.to_owned(), client));
        let mut endpoint = endpoint(signer, Some(profile));
        let takes_no_forms = endpoint_url
            .as_ref()
            .is_some_and(|url| self.without_forms.contains(url));
        endpoint.takes_no_forms = AtomicBool::new(takes_no_forms);
        endpoint.on_aws = endpoint_url.is_none();
        endpoint.given_url = endpoint_url;
        if endpoint.on_aws && options.region.is_none() {
            endpoint.region_of = Some(bucket.to_owned());
            if let Some(region) = self.regions.get(bucket) {
                endpoint.signer.presume_region(region);
                endpoint.known_region = Mutex::new(Some(region.clone()));
            }
        }
        Ok(endpoint)
    }

    fn sandbox(&self) -> Result<Endpoint, Failure> {
        let access = self.sandbox.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let access = access.ok_or_else(|| Failure::new(Code::Sandbox, SandboxReason::NotRunning).retryable())?;
        let address = BucketAddress::new(
            DestinationKind::SANDBOX_BUCKET,
            SANDBOX_REGION,
            Some(&access.endpoint_url),
        )
        .map_err(|error| Failure::from(&error))?;
        let signer = Signer::Local(LocalSigner::with_keys(access.credentials, address));
        Ok(endpoint(signer, None))
    }
}

fn endpoint(signer: Signer, profile: Option<String>) -> Endpoint {
    Endpoint {
        signer,
        profile,
        region_of: None,
        known_region: Mutex::default(),
        with_md5: AtomicBool::new(false),
        on_aws: false,
        given_url: None,
        takes_no_forms: AtomicBool::new(false),
        knows_no_conditions: AtomicBool::new(false),
        knows_no_crc: AtomicBool::new(false),
        seen: Mutex::default(),
        keys: Mutex::default(),
        folder_keys: FolderKeys::default(),
        pace: Pace::default(),
        network: Arc::default(),
        line: Arc::default(),
    }
}
