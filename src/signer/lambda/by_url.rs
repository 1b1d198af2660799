//! A function asked by its URL: one request, its redirects within the host, and the answer within limits.

use super::LambdaError;
use super::function_clock::FunctionClock;
use super::function_url::FunctionUrl;
use super::iam;
use super::refusal::{LambdaRefusal, RefusalKind, UrlAnswer};
use super::request_shape::{Asked, Method, RequestShape};
use super::secret_headers::SecretHeaders;
use crate::aws::Account;
use crate::aws::buckets::ClockAhead;
use crate::aws::connect::{ConnectKind, reason};
use crate::aws::http::read_body;
use crate::aws::signed_headers::Unsigned;
use crate::s3::Credentials;
use crate::s3::vendor_reply::MAX_REPLY_BYTES;
use reqwest::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, LOCATION};
use reqwest::{Response, StatusCode};
use std::time::{Duration, Instant};

/// What is read of a refusal, whose sentence is short.
const MAX_REFUSAL_BYTES: usize = 64 * 1024;
/// API Gateway's stage and trailing slash are one each.
const MAX_REDIRECTS: usize = 2;
const JSON: &str = "application/json";

/// What a function's URL wants to see.
#[derive(Clone, Debug)]
pub enum LambdaAuth {
    /// Nothing.
    None,
    /// A request signed by this account (`AWS_IAM`). Its region counts where the URL names none.
    Iam(Account),
    /// Headers.
    Headers(SecretHeaders),
}

#[derive(Clone, Debug)]
pub(super) struct UrlFunction {
    client: reqwest::Client,
    url: FunctionUrl,
    auth: Auth,
    shape: RequestShape,
    time_limit: Duration,
}

#[derive(Clone, Debug)]
enum Auth {
    Headers(SecretHeaders),
    Iam(Account),
}

/// What a request shows of whoever asks: a signature is made anew for each place that it goes to.
enum Shown<'a> {
    Headers(&'a SecretHeaders),
    Signature(&'a Account, Credentials),
}

/// A request but for what changes from one redirect to the next.
struct Request {
    method: reqwest::Method,
    body: Vec<u8>,
    /// Besides `Accept`; what is signed.
    content_type: Option<&'static str>,
}

impl UrlFunction {
    pub(super) fn new(
        client: reqwest::Client,
        url: FunctionUrl,
        auth: LambdaAuth,
        shape: RequestShape,
        time_limit: Duration,
    ) -> Self {
        let auth = match auth {
            LambdaAuth::None => Auth::Headers(SecretHeaders::default()),
            LambdaAuth::Headers(headers) => Auth::Headers(headers),
            LambdaAuth::Iam(account) => Auth::Iam(account),
        };
        Self {
            client,
            url,
            auth,
            shape,
            time_limit,
        }
    }

    /// The answer's body. `clock` is what is known of the function's clock; what its answers say of it is noted there.
    pub(super) async fn ask(&self, asked: &Asked<'_>, clock: &FunctionClock) -> Result<Vec<u8>, LambdaError> {
        match self.try_once(asked, clock).await {
            Err(LambdaError::Refused(refusal)) if self.is_worth_another(&refusal).await => {
                self.try_once(asked, clock).await
            }
            answer => answer,
        }
    }

    /// Whether the same question, asked once more at once, may be answered otherwise.
    async fn is_worth_another(&self, refusal: &LambdaRefusal) -> bool {
        match (&self.auth, refusal.kind) {
            // A function that broke off may be started anew.
            (_, RefusalKind::Failed) => refusal.status == 500,
            // It may have been ended from outside before its time.
            (Auth::Iam(account), RefusalKind::SessionExpired) => {
                account.forget_credentials().await;
                true
            }
            // The answer has brought the right time with it.
            (Auth::Iam(_), RefusalKind::Clock) => true,
            _ => false,
        }
    }

    async fn try_once(&self, asked: &Asked<'_>, clock: &FunctionClock) -> Result<Vec<u8>, LambdaError> {
        let (url, request) = match self.shape.method() {
            Method::Post => (
                self.url.clone(),
                Request {
                    method: reqwest::Method::POST,
                    body: self.shape.body(asked),
                    content_type: Some(JSON),
                },
            ),
            Method::Get => (
                self.url.with_query(&self.shape.query(asked)),
                Request {
                    method: reqwest::Method::GET,
                    body: Vec::new(),
                    content_type: None,
                },
            ),
        };
        // Outside of the time limit: a person may have to touch a key for them.
        let shown = match &self.auth {
            Auth::Iam(account) => Shown::Signature(account, account.credentials().await?),
            Auth::Headers(secret) => Shown::Headers(secret),
        };
        let headers = |url: &FunctionUrl| match &shown {
            Shown::Signature(account, credentials) => {
                let headers: Vec<_> = request
                    .content_type
                    .map(|json| (CONTENT_TYPE.as_str(), json))
                    .into_iter()
                    .collect();
                let unsigned = Unsigned {
                    method: request.method.as_str(),
                    url: url.as_url().as_str(),
                    headers: &headers,
                    body: &request.body,
                    service: url.service(),
                };
                iam::headers_by(account, &unsigned, url, credentials.clone(), clock.ahead())
            }
            Shown::Headers(secret) => Ok(secret.as_map().clone()),
        };
        let exchange = self.exchange(url, &request, headers, clock);
        tokio::time::timeout(self.time_limit, exchange)
            .await
            .unwrap_or(Err(LambdaError::NotInTime {
                seconds: self.time_limit.as_secs(),
            }))
    }

    async fn exchange(
        &self,
        mut url: FunctionUrl,
        request: &Request,
        headers: impl Fn(&FunctionUrl) -> Result<HeaderMap, LambdaError>,
        clock: &FunctionClock,
    ) -> Result<Vec<u8>, LambdaError> {
        let mut redirects = 0;
        loop {
            let begun = Instant::now();
            let response = self.send(&url, request, headers(&url)?).await?;
            tracing::debug!(status = response.status().as_u16(), elapsed = ?begun.elapsed(), "a function answered");
            if let Some(clock_ahead) = ClockAhead::of_answer(response.headers()) {
                clock.note(clock_ahead);
            }
            match redirect(&response, &url, &request.method)? {
                None => return self.read(response).await,
                Some(next) if redirects == MAX_REDIRECTS => return Err(moved(&next)),
                Some(next) => url = next,
            }
            redirects += 1;
        }
    }

    async fn send(&self, url: &FunctionUrl, request: &Request, headers: HeaderMap) -> Result<Response, LambdaError> {
        let mut builder = self
            .client
            .request(request.method.clone(), url.as_url().clone())
            .header(ACCEPT, JSON)
            .header(ACCEPT_ENCODING, "identity");
        if let Some(content_type) = request.content_type {
            builder = builder.header(CONTENT_TYPE, content_type).body(request.body.clone());
        }
        builder.headers(headers).send().await.map_err(no_answer)
    }

    async fn read(&self, response: Response) -> Result<Vec<u8>, LambdaError> {
        let status = response.status();
        if !status.is_success() {
            return Err(self.refusal(response).await);
        }
        let encoding = response.headers().get(CONTENT_ENCODING);
        if encoding.is_some_and(|encoding| encoding != "identity") {
            return Err(LambdaError::Compressed);
        }
        if response
            .content_length()
            .is_some_and(|length| length > MAX_REPLY_BYTES as u64)
        {
            return Err(LambdaError::TooLong);
        }
        let mut body = Vec::new();
        let is_whole = read_body(response, MAX_REPLY_BYTES, &mut body)
            .await
            .map_err(no_answer)?;
        if is_whole { Ok(body) } else { Err(LambdaError::TooLong) }
    }

    async fn refusal(&self, response: Response) -> LambdaError {
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let mut body = Vec::new();
        // A status without its sentence still says something; a sentence that breaks off may end in half a secret.
        if read_body(response, MAX_REFUSAL_BYTES, &mut body).await.is_err() {
            body.clear();
        }
        let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let is_secret = |text: &str| match &self.auth {
            Auth::Headers(secret) => secret.appear_in(text),
            Auth::Iam(_) => false,
        };
        let answer = UrlAnswer {
            status,
            header: &header,
            body: &body,
            is_function_url: self.url.is_function_url(),
            sends_key: matches!(&self.auth, Auth::Headers(secret) if !secret.as_map().is_empty()),
            is_secret: &is_secret,
        };
        LambdaError::Refused(Box::new(answer.refusal()))
    }
}

/// Where the answer sends the request on to: never to another host, and a POST only as a POST.
fn redirect(
    response: &Response,
    from: &FunctionUrl,
    method: &reqwest::Method,
) -> Result<Option<FunctionUrl>, LambdaError> {
    let keeps_method = match response.status() {
        StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT => true,
        StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND | StatusCode::SEE_OTHER => method == reqwest::Method::GET,
        _ => return Ok(None),
    };
    let Some(location) = response.headers().get(LOCATION) else {
        return Ok(None);
    };
    let Some(there) = from.redirected(&String::from_utf8_lossy(location.as_bytes())) else {
        return Ok(None);
    };
    let there = there.map_err(|host| LambdaError::OtherHost { host })?;
    if keeps_method {
        Ok(Some(there))
    } else {
        Err(moved(&there))
    }
}

fn moved(there: &FunctionUrl) -> LambdaError {
    LambdaError::Moved {
        path: there.as_url().path().to_owned(),
    }
}

fn no_answer(error: reqwest::Error) -> LambdaError {
    if error.is_connect() || error.is_builder() {
        return LambdaError::Connect {
            kind: ConnectKind::of(&error),
            reason: reason(error),
        };
    }
    LambdaError::Broken { reason: reason(error) }
}
