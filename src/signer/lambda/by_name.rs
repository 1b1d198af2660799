//! A function invoked by its name or ARN, by whom a profile allows to.
//!
//! Source: <https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html>. The body is the event itself.

use super::LambdaError;
use super::function_clock::FunctionClock;
use super::function_name::FunctionName;
use super::function_url::UrlError;
use super::refusal::{self, RefusalKind};
use super::request_shape::{Asked, RequestShape};
use crate::aws::buckets::ClockAhead;
use crate::aws::{Account, ConnectKind, chain_in_one_line};
use crate::s3::vendor_reply::MAX_REPLY_BYTES;
use crate::s3::{VendorReplyError, is_safe_target};
use aws_sdk_lambda::config::interceptors::BeforeDeserializationInterceptorContextMut;
use aws_sdk_lambda::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_lambda::error::{BoxError, ProvideErrorMetadata as _, SdkError};
use aws_sdk_lambda::operation::RequestId as _;
use aws_sdk_lambda::operation::invoke::{InvokeError, InvokeOutput};
use aws_sdk_lambda::primitives::{Blob, SdkBody};
use http_body_util::{LengthLimitError, Limited};
use std::error::Error;
use std::time::{Duration, Instant};

#[derive(Clone, Debug)]
pub(super) struct NamedFunction {
    account: Account,
    name: FunctionName,
    client: aws_sdk_lambda::Client,
    shape: RequestShape,
    time_limit: Duration,
}

impl NamedFunction {
    /// The region is the ARN's, else what the account's options, environment and profile say.
    pub(super) fn new(
        account: Account,
        name: FunctionName,
        shape: RequestShape,
        time_limit: Duration,
    ) -> Result<Self, LambdaError> {
        if let Some(endpoint_url) = account.lambda_endpoint_url()
            && !is_safe_target(&endpoint_url)
        {
            return Err(UrlError::NotSafe.into());
        }
        let region = name
            .region()
            .or_else(|| account.region())
            .ok_or(LambdaError::NoRegion)?;
        let client = account.lambda_client(region);
        Ok(Self {
            account,
            name,
            client,
            shape,
            time_limit,
        })
    }

    /// What the function returned.
    pub(super) async fn ask(&self, asked: &Asked<'_>, clock: &FunctionClock) -> Result<Vec<u8>, LambdaError> {
        let answer = self.try_once(asked, clock).await;
        match &answer {
            // It may have been ended from outside before its time.
            Err(LambdaError::Refused(refusal)) if refusal.kind == RefusalKind::SessionExpired => {
                self.account.forget_credentials().await;
                self.try_once(asked, clock).await
            }
            // The SDK has learned the right time from the answer.
            Err(LambdaError::Refused(refusal)) if refusal.kind == RefusalKind::Clock => {
                self.try_once(asked, clock).await
            }
            _ => answer,
        }
    }

    async fn try_once(&self, asked: &Asked<'_>, clock: &FunctionClock) -> Result<Vec<u8>, LambdaError> {
        // The SDK would hide why there are none; and a person may have to touch a key for them.
        self.account.credentials().await?;
        let begun = Instant::now();
        let invocation = self
            .client
            .invoke()
            .function_name(self.name.as_str())
            .payload(Blob::new(self.shape.body(asked)))
            .customize()
            .interceptor(Watched(clock.clone()))
            .send();
        let answer = tokio::time::timeout(self.time_limit, invocation).await;
        tracing::debug!(elapsed = ?begun.elapsed(), "a function was invoked");
        match answer {
            Ok(Ok(output)) => returned(&output),
            Ok(Err(error)) => Err(invocation_error(&error)),
            Err(_elapsed) => Err(LambdaError::NotInTime {
                seconds: self.time_limit.as_secs(),
            }),
        }
    }
}

/// A handler that failed is told by a header, with status 200.
fn returned(output: &InvokeOutput) -> Result<Vec<u8>, LambdaError> {
    let payload = output.payload().map(Blob::as_ref).unwrap_or_default();
    if output.function_error().is_none() {
        return Ok(payload.to_vec());
    }
    let said: serde_json::Value = serde_json::from_slice(payload).unwrap_or_default();
    let text = |name: &str| {
        let text = said.get(name)?.as_str()?;
        refusal::cleaned(text, &|_| false)
    };
    Err(VendorReplyError::FunctionError {
        error_type: text("errorType").unwrap_or_default(),
        message: text("errorMessage").unwrap_or_default(),
    }
    .into())
}

fn invocation_error(error: &SdkError<InvokeError>) -> LambdaError {
    if is_too_long(error) {
        return LambdaError::TooLong;
    }
    let Some(response) = error.raw_response() else {
        let reason = chain_in_one_line(error);
        return match error {
            SdkError::DispatchFailure(_) | SdkError::TimeoutError(_) => LambdaError::Connect {
                kind: ConnectKind::by_words(&reason),
                reason,
            },
            _ => LambdaError::Broken { reason },
        };
    };
    let Some(refused) = error.as_service_error() else {
        return LambdaError::Broken {
            reason: chain_in_one_line(error),
        };
    };
    LambdaError::Refused(Box::new(refusal::of_invocation(
        response.status().as_u16(),
        refused.code(),
        refused.message(),
        error.request_id(),
        response.headers().get("retry-after"),
    )))
}

fn is_too_long(error: &SdkError<InvokeError>) -> bool {
    std::iter::successors(Some(error as &(dyn Error + 'static)), |&error| error.source())
        .any(<dyn Error>::is::<LengthLimitError>)
}

/// Limits the answer while it comes, and notes its clock.
#[derive(Debug)]
struct Watched(FunctionClock);

impl Intercept for Watched {
    fn name(&self) -> &'static str {
        "Watched"
    }

    fn modify_before_deserialization(
        &self,
        context: &mut BeforeDeserializationInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let response = context.response_mut();
        let date = response.headers().get("date");
        if let Some(ahead) = date.and_then(ClockAhead::of_date) {
            self.0.note(ahead);
        }
        let body = std::mem::replace(response.body_mut(), SdkBody::empty());
        *response.body_mut() = SdkBody::from_body_1_x(Limited::new(body, MAX_REPLY_BYTES));
        Ok(())
    }
}
