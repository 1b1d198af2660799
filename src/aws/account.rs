//! One profile's session: credentials that are refreshed when they are about to end, region, endpoint.

/// Which session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct AccountOptions {
    /// `None`: `AWS_PROFILE`, else `default`, else the environment's keys.
    pub profile: Option<String>,
    /// `None`: what the profile or the environment says.
    pub region: Option<String>,
    /// `None`: what the profile or `AWS_ENDPOINT_URL(_S3)` says, else AWS.
    pub endpoint_url: Option<String>,
}

/// A loaded session. Clones share credentials.
#[derive(Clone)]
pub struct Account(());

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

impl Account {
    /// Reads the files and the environment; asks for no credentials yet.
    ///
    /// # Errors
    /// See [`AccountError`].
    pub async fn load(_options: &AccountOptions) -> Result<Self, AccountError> {
        todo!()
    }

    /// Credentials good for at least five more minutes where they can be had.
    ///
    /// # Errors
    /// See [`AccountError`].
    pub async fn credentials(&self) -> Result<aws_credential_types::Credentials, AccountError> {
        todo!()
    }

    /// Forgets cached credentials: the next [`Self::credentials`] asks again.
    pub async fn forget_credentials(&self) {
        todo!()
    }

    /// The region that the profile, the environment or the options name.
    #[must_use]
    pub fn region(&self) -> Option<&str> {
        todo!()
    }

    /// The endpoint that the options, the profile or the environment name.
    #[must_use]
    pub fn endpoint_url(&self) -> Option<&str> {
        todo!()
    }

    /// The profile's name for people: `default` where none is named, `environment` for keys from the environment.
    #[must_use]
    pub fn profile_name(&self) -> &str {
        todo!()
    }

    /// The SDK's S3 client for calls that are not the form.
    #[must_use]
    pub fn s3_client(&self) -> aws_sdk_s3::Client {
        todo!()
    }
}

impl std::fmt::Debug for Account {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Account").finish_non_exhaustive()
    }
}
