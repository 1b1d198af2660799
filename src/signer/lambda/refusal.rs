//! What the world around a function says instead of it: function URLs, API Gateway and Lambda's own API.
//!
//! Sources: <https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html> (two permissions since October 2025),
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html>,
//! <https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html>

use serde_json::Value;
use std::time::Duration;

/// Longest wait that a `Retry-After` is believed.
const LONGEST_WAIT: Duration = Duration::from_secs(30);
/// What is kept of somebody else's sentence.
const MAX_MESSAGE_CHARS: usize = 200;

/// What to do about a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum RefusalKind {
    /// 403 without a word: `lambda:InvokeFunctionUrl` and `lambda:InvokeFunction` are both needed.
    NotAllowed,
    /// `lambda:InvokeFunction` is needed.
    InvokeNotAllowed,
    /// `execute-api:Invoke` is needed.
    ApiNotAllowed,
    /// API Gateway: the API key or the authorizer.
    ApiKey,
    /// API Gateway: no such path or stage.
    WrongPath,
    /// 401.
    Unauthorized,
    /// The credentials' session has ended.
    SessionExpired,
    /// The signature, or the access key.
    Signature,
    /// The signature's time.
    Clock,
    /// 404.
    NotFound,
    /// There is no function of this name.
    NoFunction,
    /// 405.
    Method,
    /// 413.
    TooLarge,
    /// 415.
    MediaType,
    /// A page for people: this is not the function's URL.
    WebPage,
    /// Throttled, starting, or Lambda itself out of order: 429, 503, 504.
    Busy,
    /// The function failed: 500, 502.
    Failed,
    /// The function said no in its own words, or anything else.
    Other,
}

/// A refusal. Of the answer's body only a short sentence is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LambdaRefusal {
    /// What to do about it.
    pub kind: RefusalKind,
    /// The HTTP status.
    pub status: u16,
    /// `AccessDeniedException`.
    pub error_type: Option<String>,
    /// In the function's, or AWS's, own words; at most 200 characters.
    pub message: Option<String>,
    /// `x-amzn-requestid`, by which AWS finds it.
    pub request_id: Option<String>,
    /// How long to wait.
    pub retry_after: Option<Duration>,
}

impl std::fmt::Display for LambdaRefusal {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            formatter,
            "the function was asked and the answer was status {}",
            self.status
        )?;
        if let Some(error_type) = &self.error_type {
            write!(formatter, " ({error_type})")?;
        }
        match &self.message {
            Some(message) => write!(formatter, ": {message}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for LambdaRefusal {}

impl LambdaRefusal {
    /// Waiting and asking again may help: a 502 may be a gateway's on the way, a 500 is the function's own.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        match self.kind {
            RefusalKind::Busy => true,
            RefusalKind::Failed => self.status != 500,
            _ => false,
        }
    }
}

/// What a URL answered.
pub(super) struct UrlAnswer<'a> {
    pub(super) status: u16,
    pub(super) header: &'a dyn Fn(&str) -> Option<&'a str>,
    pub(super) body: &'a [u8],
    /// Whether the host is one that AWS gives to functions.
    pub(super) is_function_url: bool,
    /// Whether a header with a key was sent.
    pub(super) sends_key: bool,
    /// Whether somebody's secret stands in a text.
    pub(super) is_secret: &'a dyn Fn(&str) -> bool,
}

impl UrlAnswer<'_> {
    /// Reads it.
    pub(super) fn refusal(&self) -> LambdaRefusal {
        let said: Option<Value> = serde_json::from_slice(self.body).ok();
        let in_header = |name: &str| (self.header)(name).and_then(|value| cleaned(value, self.is_secret));
        let error_type =
            in_header("x-amzn-errortype").or_else(|| text_of(said.as_ref(), &["errorType", "__type"], self.is_secret));
        let message = text_of(
            said.as_ref(),
            &["errorMessage", "message", "Message", "error", "detail"],
            self.is_secret,
        );
        let error_type = error_type.map(|text| short_type(&text));
        let kind = if self.is_web_page() && !is_passing_status(self.status) {
            RefusalKind::WebPage
        } else {
            self.kind(error_type.as_deref(), message.as_deref())
        };
        LambdaRefusal {
            kind,
            status: self.status,
            error_type,
            message,
            request_id: in_header("x-amzn-requestid").or_else(|| in_header("apigw-requestid")),
            retry_after: (self.header)("retry-after").and_then(|value| wait(self.status, value)),
        }
    }

    fn is_web_page(&self) -> bool {
        let content_type = (self.header)("content-type").unwrap_or_default();
        content_type.to_ascii_lowercase().starts_with("text/html") || self.body.trim_ascii_start().starts_with(b"<")
    }

    fn kind(&self, error_type: Option<&str>, message: Option<&str>) -> RefusalKind {
        match self.status {
            401 => RefusalKind::Unauthorized,
            403 => self.forbidden(error_type.unwrap_or_default(), message.unwrap_or_default()),
            404 => RefusalKind::NotFound,
            405 => RefusalKind::Method,
            413 => RefusalKind::TooLarge,
            415 => RefusalKind::MediaType,
            429 | 503 | 504 => RefusalKind::Busy,
            500 | 502 => RefusalKind::Failed,
            _ => RefusalKind::Other,
        }
    }

    fn forbidden(&self, error_type: &str, message: &str) -> RefusalKind {
        let is_bare = message.is_empty() || message.eq_ignore_ascii_case("forbidden");
        if let Some(kind) = of_signature(error_type, message) {
            kind
        } else if error_type.starts_with("MissingAuthenticationToken") || message == "Missing Authentication Token" {
            RefusalKind::WrongPath
        } else if message.contains("execute-api:Invoke") {
            RefusalKind::ApiNotAllowed
        } else if !self.is_function_url
            && (error_type.starts_with("ForbiddenException")
                || message.starts_with("User is not authorized to access")
                || (is_bare && self.sends_key && error_type.is_empty()))
        {
            RefusalKind::ApiKey
        } else if is_bare || error_type.starts_with("AccessDenied") {
            RefusalKind::NotAllowed
        } else {
            RefusalKind::Other
        }
    }
}

/// What an invocation by name was refused with.
pub(super) fn of_invocation(
    status: u16,
    code: Option<&str>,
    message: Option<&str>,
    request_id: Option<&str>,
    retry_after: Option<&str>,
) -> LambdaRefusal {
    let no_secret = |_: &str| false;
    let said = message.and_then(|message| cleaned(message, &no_secret));
    let code = code.unwrap_or_default();
    let kind = match code {
        "AccessDeniedException" | "KMSAccessDeniedException" => RefusalKind::InvokeNotAllowed,
        "ResourceNotFoundException" => RefusalKind::NoFunction,
        "RequestTooLargeException" => RefusalKind::TooLarge,
        "TooManyRequestsException"
        | "ServiceException"
        | "ResourceNotReadyException"
        | "SnapStartNotReadyException" => RefusalKind::Busy,
        _ => match of_signature(code, message.unwrap_or_default()) {
            Some(kind) => kind,
            None if is_busy_status(status) => RefusalKind::Busy,
            None if status >= 500 => RefusalKind::Failed,
            None if status == 403 => RefusalKind::InvokeNotAllowed,
            None => RefusalKind::Other,
        },
    };
    LambdaRefusal {
        kind,
        status,
        error_type: cleaned(code, &no_secret),
        message: said,
        request_id: request_id.and_then(|id| cleaned(id, &no_secret)),
        retry_after: retry_after.and_then(|value| wait(status, value)),
    }
}

/// What is wrong with a request's signature.
fn of_signature(error_type: &str, message: &str) -> Option<RefusalKind> {
    let named = |names: &[&str]| names.iter().any(|name| error_type.starts_with(name));
    if named(&["ExpiredToken"]) || message.contains("security token included in the request is expired") {
        Some(RefusalKind::SessionExpired)
    } else if named(&["RequestExpired", "RequestTimeTooSkewed"])
        || message.starts_with("Signature expired")
        || message.starts_with("Signature not yet current")
    {
        Some(RefusalKind::Clock)
    } else if named(&[
        "InvalidSignature",
        "SignatureDoesNotMatch",
        "IncompleteSignature",
        "UnrecognizedClient",
        "InvalidClientTokenId",
        "InvalidAccessKeyId",
    ]) {
        Some(RefusalKind::Signature)
    } else {
        None
    }
}

fn is_busy_status(status: u16) -> bool {
    matches!(status, 429 | 503 | 504)
}

fn is_passing_status(status: u16) -> bool {
    is_busy_status(status) || matches!(status, 500 | 502)
}

/// Seconds; a date is not worth a parser here, for nobody waits longer than half a minute.
fn wait(status: u16, value: &str) -> Option<Duration> {
    let seconds = value.trim().parse().ok().filter(|_| is_busy_status(status))?;
    Some(Duration::from_secs(seconds).min(LONGEST_WAIT))
}

/// `AccessDeniedException:http://internal.amazon.com/…`, `com.amazonaws.lambda#TooManyRequestsException`
fn short_type(text: &str) -> String {
    let before_colon = text.split(':').next().unwrap_or_default();
    before_colon.rsplit('#').next().unwrap_or_default().to_owned()
}

/// The first of `names` that says something; some say it one deeper (`{"error": {"message": …}}`).
fn text_of(said: Option<&Value>, names: &[&str], is_secret: &dyn Fn(&str) -> bool) -> Option<String> {
    names.iter().find_map(|name| match said?.get(name)? {
        Value::String(text) => cleaned(text, is_secret),
        Value::Object(inner) => cleaned(inner.get("message")?.as_str()?, is_secret),
        _ => None,
    })
}

/// One short line without anybody's secret: AWS repeats the headers of requests whose signature it cannot read, and the
/// canonical request (with its session token) of others.
pub(super) fn cleaned(text: &str, is_secret: &dyn Fn(&str) -> bool) -> Option<String> {
    let repeats = ["Canonical String", "Authorization", "x-amz-security-token"];
    if is_secret(text) || text.contains("not a valid key=value pair") {
        return None;
    }
    let sentences = text.split_inclusive(". ");
    let harmless: String = sentences
        .take_while(|sentence| !repeats.iter().any(|repeat| sentence.contains(repeat)))
        .collect();
    let words = harmless.split(|letter: char| letter.is_whitespace() || letter.is_control());
    let line = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let short: String = line.chars().take(MAX_MESSAGE_CHARS).collect();
    (!short.is_empty()).then_some(short)
}

#[cfg(test)]
mod tests;
