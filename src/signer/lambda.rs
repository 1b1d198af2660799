//! Forms from a function: asked by its URL, or invoked by its name.
//!
//! One question a form: who calls decides whether a failure is worth another ([`LambdaError::is_passing`]). Nothing of
//! the question or the answer is logged.

mod by_name;
mod by_url;
mod error;
mod function_clock;
mod function_name;
mod function_url;
mod iam;
mod refusal;
mod request_shape;
mod secret_headers;

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]
mod tests;

pub use by_url::LambdaAuth;
pub use error::LambdaError;
pub use function_name::NameError;
pub use function_url::UrlError;
pub use refusal::{LambdaRefusal, RefusalKind};
pub use request_shape::{Asked, DEFAULT_TEMPLATE, RequestShape, TemplateError};
pub use secret_headers::{HeaderError, SecretHeaders};

use super::SignRequest;
use crate::aws::Account;
use crate::aws::buckets::ClockAhead;
use crate::s3::VendorReply;
use by_name::NamedFunction;
use by_url::UrlFunction;
use function_clock::FunctionClock;
use function_name::FunctionName;
use function_url::FunctionUrl;
use std::sync::Arc;
use std::time::Duration;

/// Whether a function can be asked at this URL.
///
/// # Errors
/// See [`UrlError`].
pub fn check_url(text: &str) -> Result<(), UrlError> {
    FunctionUrl::parse(text).map(drop)
}

/// Whether a function can be invoked by this name or ARN.
///
/// # Errors
/// See [`NameError`].
pub fn check_name(text: &str) -> Result<(), NameError> {
    FunctionName::parse(text).map(drop)
}

/// For the whole answer, a cold start included. API Gateway gives up after 29 s; a function's URL may take longer, but
/// nobody waits for it.
const TIME_LIMIT: Duration = Duration::from_secs(35);

/// A function that hands out forms. Clones share what was learned (credentials, its clock).
#[derive(Clone, Debug)]
pub struct LambdaSigner(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    function: Function,
    clock: FunctionClock,
}

#[derive(Debug)]
enum Function {
    ByUrl(UrlFunction),
    ByName(NamedFunction),
}

impl LambdaSigner {
    /// Asked by its URL: HTTPS, or this machine.
    ///
    /// # Errors
    /// [`LambdaError::Url`].
    pub fn by_url(
        client: reqwest::Client,
        url: &str,
        auth: LambdaAuth,
        shape: RequestShape,
    ) -> Result<Self, LambdaError> {
        Self::by_url_within(TIME_LIMIT, client, url, auth, shape)
    }

    /// As [`Self::by_url`], with another limit on the time that a whole answer may take.
    ///
    /// # Errors
    /// [`LambdaError::Url`].
    fn by_url_within(
        time_limit: Duration,
        client: reqwest::Client,
        url: &str,
        auth: LambdaAuth,
        shape: RequestShape,
    ) -> Result<Self, LambdaError> {
        let url = FunctionUrl::parse(url)?;
        Ok(Self::new(Function::ByUrl(UrlFunction::new(
            client, url, auth, shape, time_limit,
        ))))
    }

    /// Invoked by its name or ARN, with the account's credentials, in the ARN's region or else the account's.
    ///
    /// # Errors
    /// [`LambdaError::Name`], [`LambdaError::NoRegion`], or [`LambdaError::Url`] where an endpoint is given that is not safe.
    pub fn by_name(account: Account, name: &str, shape: RequestShape) -> Result<Self, LambdaError> {
        let name = FunctionName::parse(name)?;
        let function = NamedFunction::new(account, name, shape, TIME_LIMIT)?;
        Ok(Self::new(Function::ByName(function)))
    }

    fn new(function: Function) -> Self {
        Self(Arc::new(Inner {
            function,
            clock: FunctionClock::default(),
        }))
    }

    /// Asks for a form for one file.
    ///
    /// # Errors
    /// See [`LambdaError`].
    pub(super) async fn reply(&self, request: &SignRequest<'_>) -> Result<VendorReply, LambdaError> {
        let asked = Asked {
            object_name: request.object_key.as_str(),
            content_type: request.content_type,
            size_bytes: request.size_bytes,
        };
        let body = match &self.0.function {
            Function::ByUrl(function) => function.ask(&asked, &self.0.clock).await?,
            Function::ByName(function) => function.ask(&asked, &self.0.clock).await?,
        };
        Ok(VendorReply::read(&body)?)
    }

    /// The function's clock less ours, where an answer has shown it.
    #[must_use]
    pub fn clock_ahead(&self) -> Option<ClockAhead> {
        self.0.clock.ahead()
    }
}
