//! One profile's session: credentials that are refreshed when they are about to end, region, endpoint.
//!
//! Source: <https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html>. An explicit profile goes
//! before keys in the environment, `AWS_PROFILE` behind them, as with the AWS CLI.

use super::credentials_error::{About, account_error};
use super::environment::{EnvironmentKeys, environment_keys, variable};
use super::login::{self, Login};
use super::profiles::{ProfilesError, profile_set};
use super::sdk_client::sdk_http_client;
use crate::s3::{AddressError, BucketAddress, partition};
use aws_config::BehaviorVersion;
use aws_config::default_provider::credentials::DefaultCredentialsChain;
use aws_config::imds;
use aws_config::profile::region::ProfileFileRegionProvider;
use aws_config::profile::{ProfileFileCredentialsProvider, ProfileSet};
use aws_config::provider_config::ProviderConfig;
use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider, future};
use aws_types::region::Region;
use aws_types::sdk_config::SdkConfig;
use aws_types::service_config::ServiceConfigKey;
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use tokio::sync::Mutex;

/// Credentials with less than this left are asked for anew.
const REFRESH_BEFORE: Duration = Duration::from_mins(5);
/// Longest wait for credentials: a `credential_process` may ask the person for a touch of their key.
const CREDENTIALS_TIMEOUT: Duration = Duration::from_mins(1);
/// Longest wait for one try of a small call of the SDK's (a role's credentials).
const CALL_TIMEOUT: Duration = Duration::from_secs(20);
/// How often a small call is tried unless told.
const MAX_ATTEMPTS: u32 = 3;
/// Where a call or a role needs a region and none is named: every partition-wide AWS endpoint is there.
const FALLBACK_REGION: &str = "us-east-1";

/// Which session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct AccountOptions {
    /// `None`: `AWS_PROFILE`, else `default`, else the environment's keys.
    pub profile: Option<String>,
    /// `None`: what the profile or the environment says.
    pub region: Option<String>,
    /// `None`: what the profile or `AWS_ENDPOINT_URL` (`_S3`, `_LAMBDA`) says, else AWS.
    pub endpoint_url: Option<String>,
}

/// A loaded session. Clones share credentials.
#[derive(Clone)]
pub struct Account(Arc<Session>);

struct Session {
    options: AccountOptions,
    profile_name: String,
    profile_known: bool,
    login: Option<Login>,
    wants_mfa: bool,
    config: SdkConfig,
    endpoint_url: Option<String>,
    cached: Mutex<Option<Credentials>>,
}

/// Why a profile gives no credentials.
#[derive(Debug, Clone, thiserror::Error)]
pub enum AccountError {
    /// No profile, no keys in the environment.
    #[error("no AWS profile and no AWS keys were found")]
    NoProfile,
    /// A name that the files do not hold.
    #[error("there is no AWS profile named {name:?}")]
    UnknownProfile {
        /// As asked for.
        name: String,
    },
    /// The SSO (or `aws login`) session has ended.
    #[error("the login of profile {profile:?} has expired")]
    LoginExpired {
        /// Whose.
        profile: String,
        /// The exact command that renews it.
        command: String,
    },
    /// The role wants the code of an MFA device, which only a terminal can take.
    #[error("profile {profile:?} wants the code of an MFA device")]
    WantsMfa {
        /// Whose.
        profile: String,
        /// The command that asks for it.
        command: String,
    },
    /// Everything else that the SDK says, its whole chain in one line, without secrets.
    #[error("profile {profile:?} gives no credentials: {reason}")]
    NoCredentials {
        /// Whose.
        profile: String,
        /// Why.
        reason: String,
    },
    /// The files themselves.
    #[error("the AWS configuration files could not be read: {reason}")]
    Files {
        /// Why.
        reason: String,
    },
}

impl From<ProfilesError> for AccountError {
    fn from(error: ProfilesError) -> Self {
        let ProfilesError::Unreadable(source) = error;
        Self::Files {
            reason: super::credentials_error::chain_in_one_line(source.as_ref()),
        }
    }
}

impl Account {
    /// Reads the files and the environment; asks for no credentials yet.
    ///
    /// # Errors
    /// See [`AccountError`].
    pub async fn load(options: &AccountOptions) -> Result<Self, AccountError> {
        let set = profile_set(options.profile.as_deref()).await?;
        let selected = set.selected_profile().to_owned();
        let profile_known = set.get_profile(&selected).is_some();
        let asked_for = options.profile.is_some() || variable("AWS_PROFILE").is_some();
        if asked_for && !profile_known {
            return Err(AccountError::UnknownProfile { name: selected });
        }
        let config = load_config(options)
            .await
            .map_err(|reason| AccountError::Files { reason })?;
        Ok(Self(Arc::new(Session {
            profile_name: profile_name(options, &set, profile_known),
            profile_known,
            login: login::of_profile(&set, &selected),
            wants_mfa: login::wants_mfa(&set, &selected),
            endpoint_url: effective_endpoint(&config, "S3"),
            options: options.clone(),
            config,
            cached: Mutex::new(None),
        })))
    }

    /// Credentials good for at least five more minutes where they can be had.
    ///
    /// # Errors
    /// See [`AccountError`].
    pub async fn credentials(&self) -> Result<Credentials, AccountError> {
        // Held while asking, so that many uploads that begin together ask once.
        let mut cached = self.0.cached.lock().await;
        if let Some(credentials) = cached.as_ref()
            && lasts(credentials, REFRESH_BEFORE)
        {
            return Ok(credentials.clone());
        }
        // Boxed: the SDK's futures have tens of kilobytes, and every upload would carry room for them.
        match Box::pin(self.0.ask()).await {
            Ok(fresh) => {
                *cached = Some(fresh.clone());
                Ok(fresh)
            }
            Err(error) => match cached.as_ref() {
                Some(credentials) if lasts(credentials, Duration::ZERO) => Ok(credentials.clone()),
                _ => Err(error),
            },
        }
    }

    /// Forgets cached credentials: the next [`Self::credentials`] asks again.
    pub async fn forget_credentials(&self) {
        *self.0.cached.lock().await = None;
    }

    /// The region that the profile, the environment or the options name.
    #[must_use]
    pub fn region(&self) -> Option<&str> {
        self.0.config.region().map(Region::as_ref)
    }

    /// The endpoint that the options, the profile or the environment name.
    #[must_use]
    pub fn endpoint_url(&self) -> Option<&str> {
        self.0.endpoint_url.as_deref()
    }

    /// The profile's name for people: `default` where none is named, `environment` for keys from the environment.
    #[must_use]
    pub fn profile_name(&self) -> &str {
        &self.0.profile_name
    }

    /// The SDK's Lambda client, which asks once: who calls it knows how often to try. `region` goes before the account's own.
    #[must_use]
    pub fn lambda_client(&self, region: &str) -> aws_sdk_lambda::Client {
        let config = aws_sdk_lambda::config::Builder::from(&self.0.config)
            .region(Region::new(region.to_owned()))
            .credentials_provider(SharedCredentialsProvider::new(self.clone()))
            .identity_cache(aws_sdk_lambda::config::IdentityCache::no_cache())
            .retry_config(aws_sdk_lambda::config::retry::RetryConfig::disabled())
            // A function that starts takes longer than a small call: who calls it has a limit of its own.
            .timeout_config(TimeoutConfig::disabled())
            .build();
        aws_sdk_lambda::Client::from_conf(config)
    }

    /// The endpoint that [`Self::lambda_client`] asks, where it is not AWS.
    #[must_use]
    pub fn lambda_endpoint_url(&self) -> Option<String> {
        effective_endpoint(&self.0.config, "Lambda")
    }

    /// The STS that knows these keys: AWS's in the account's region, or one that the environment or the profile names for
    /// itself. `None` where the store is another than AWS.
    pub(super) fn sts_url(&self) -> Option<String> {
        let named = effective_endpoint(&self.0.config, "STS");
        match (self.endpoint_url(), named) {
            (None, None) => {
                let region = self.sts_region();
                Some(format!("https://sts.{region}.{}/", partition::dns_suffix(region)))
            }
            (store, named) => named.filter(|named| Some(named.as_str()) != store),
        }
    }

    /// The region that a request to [`Self::sts_url`] is signed for.
    pub(super) fn sts_region(&self) -> &str {
        self.region().unwrap_or(FALLBACK_REGION)
    }

    /// A stand-in for all buckets of the account: the store that lists them, as the profile wants AWS asked.
    pub(super) fn store_address(&self) -> Result<BucketAddress, AddressError> {
        let region = self.region().unwrap_or(FALLBACK_REGION);
        let config = &self.0.config;
        let (fips, dual_stack) = (config.use_fips(), config.use_dual_stack());
        let special = match (fips.unwrap_or_default(), dual_stack.unwrap_or_default()) {
            (true, true) => Some("s3-fips.dualstack"),
            (true, false) => Some("s3-fips"),
            (false, true) => Some("s3.dualstack"),
            (false, false) => None,
        };
        let special = special.map(|host| format!("https://{host}.{region}.{}", partition::dns_suffix(region)));
        BucketAddress::new("bucket", region, self.endpoint_url().or(special.as_deref()))
    }

    /// How often a small call is tried: `AWS_MAX_ATTEMPTS`, else what the profile says, else the SDKs' number.
    pub(super) fn max_attempts(&self) -> u32 {
        let retries = self.0.config.retry_config();
        retries.map_or(MAX_ATTEMPTS, RetryConfig::max_attempts)
    }
}

/// The SDK's own calls use this session's credentials and its rules for refreshing them.
impl ProvideCredentials for Account {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(async { self.credentials().await.map_err(CredentialsError::provider_error) })
    }
}

impl std::fmt::Debug for Account {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Account")
            .field("profile", &self.0.profile_name)
            .finish_non_exhaustive()
    }
}

impl Session {
    /// Reads the files again and goes through the providers; nothing of an earlier answer is kept.
    async fn ask(&self) -> Result<Credentials, AccountError> {
        let provider = self.provider().await;
        let refused = |reason: String| AccountError::NoCredentials {
            profile: self.profile_name.clone(),
            reason,
        };
        match tokio::time::timeout(CREDENTIALS_TIMEOUT, provider.provide_credentials()).await {
            Ok(Ok(credentials)) => Ok(credentials),
            Ok(Err(error)) => Err(account_error(
                &error,
                &About {
                    profile: &self.profile_name,
                    known: self.profile_known,
                    login: self.login.as_ref(),
                    wants_mfa: self.wants_mfa,
                },
            )),
            Err(_elapsed) => Err(refused(format!("no answer within {} s", CREDENTIALS_TIMEOUT.as_secs()))),
        }
    }

    async fn provider(&self) -> SharedCredentialsProvider {
        let region = self
            .config
            .region()
            .cloned()
            .unwrap_or_else(|| Region::from_static(FALLBACK_REGION));
        let mut config = ProviderConfig::without_region().with_region(Some(region));
        if let Some(client) = self.config.http_client() {
            config = config.with_http_client(client);
        }
        if let Some(name) = &self.options.profile {
            let provider = ProfileFileCredentialsProvider::builder()
                .configure(&config)
                .profile_name(name)
                .build();
            return SharedCredentialsProvider::new(provider);
        }
        // One try, as with the AWS CLI: a machine that is no EC2 instance would wait several seconds to hear of it.
        let metadata = imds::Client::builder().configure(&config).max_attempts(1).build();
        let chain = DefaultCredentialsChain::builder()
            .imds_client(metadata)
            .configure(config)
            .build()
            .await;
        SharedCredentialsProvider::new(chain)
    }
}

async fn load_config(options: &AccountOptions) -> Result<SdkConfig, String> {
    let mut loader = aws_config::defaults(BehaviorVersion::latest())
        .no_credentials()
        .http_client(sdk_http_client()?)
        .region(region(options).await)
        .timeout_config(TimeoutConfig::builder().operation_attempt_timeout(CALL_TIMEOUT).build());
    if let Some(name) = &options.profile {
        loader = loader.profile_name(name);
    }
    if let Some(url) = &options.endpoint_url {
        loader = loader.endpoint_url(url);
    }
    Ok(loader.load().await)
}

/// Options, environment, profile; never the instance metadata service, which the AWS CLI does not ask for it either.
async fn region(options: &AccountOptions) -> Option<Region> {
    let named = options.region.clone().filter(|region| !region.is_empty());
    if let Some(region) = named
        .or_else(|| variable("AWS_REGION"))
        .or_else(|| variable("AWS_DEFAULT_REGION"))
    {
        return Some(Region::new(region));
    }
    let mut provider = ProfileFileRegionProvider::builder();
    if let Some(name) = &options.profile {
        provider = provider.profile_name(name);
    }
    aws_config::meta::region::ProvideRegion::region(&provider.build()).await
}

/// What the SDK's client of a service (`S3`) would use: the options, else `AWS_ENDPOINT_URL_S3`, the profile's `services`
/// section, `AWS_ENDPOINT_URL`, the profile's `endpoint_url`.
fn effective_endpoint(config: &SdkConfig, service_id: &str) -> Option<String> {
    let general = config.endpoint_url().map(str::to_owned);
    if config.get_origin("endpoint_url").is_client_config() {
        return general;
    }
    let key = ServiceConfigKey::builder()
        .service_id(service_id)
        .env("AWS_ENDPOINT_URL")
        .profile("endpoint_url")
        .build()
        .ok()?;
    config
        .service_config()
        .and_then(|service| service.load_config(key))
        .or(general)
        .filter(|url| !url.is_empty())
}

fn profile_name(options: &AccountOptions, set: &ProfileSet, profile_known: bool) -> String {
    let by_environment = match environment_keys() {
        EnvironmentKeys::Keys => true,
        EnvironmentKeys::Role => !profile_known,
        EnvironmentKeys::None => false,
    };
    if options.profile.is_none() && by_environment {
        "environment".to_owned()
    } else {
        set.selected_profile().to_owned()
    }
}

fn lasts(credentials: &Credentials, at_least: Duration) -> bool {
    credentials
        .expiry()
        .is_none_or(|expiry| expiry > SystemTime::now() + at_least)
}
