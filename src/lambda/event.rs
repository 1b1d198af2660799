//! An event of Lambda, and the answer to it: HTTP in one of its envelopes, or the question itself.
//!
//! Sources: <https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html>,
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html>

use super::answer::{Answer, Refusal};
use super::config::Config;
use super::form::{self, Moment};
use super::question::Question;
use crate::s3::Credentials;
use lambda_http::http::Method;
use lambda_http::{Body, Request, request};
use serde_json::Value;

const WEB_FORM: &str = "application/x-www-form-urlencoded";

/// Answers one event: HTTP by an envelope, the bare question of an invocation (or of an API without proxy) by the form
/// itself. A bare question that is refused is answered by an envelope too, so that its status is told.
#[must_use]
pub fn answer_event(config: &Config, credentials: Option<&Credentials>, moment: &Moment, event: &Value) -> Value {
    let office = Office {
        config,
        credentials,
        moment,
    };
    let is_http = event.get("requestContext").is_some_and(Value::is_object);
    if is_http && let Ok(request) = request::from_str(&event.to_string()) {
        return office.over_http(&request).to_envelope();
    }
    match office.bare(event) {
        Ok(form) => form,
        Err(refusal) => Answer::from(&refusal).to_envelope(),
    }
}

/// Who answers, and by what.
struct Office<'a> {
    config: &'a Config,
    credentials: Option<&'a Credentials>,
    moment: &'a Moment,
}

impl Office<'_> {
    fn over_http(&self, request: &Request) -> Answer {
        let origins = &self.config.origins;
        let origin = header(request, "origin");
        if request.method() == Method::OPTIONS {
            return Answer::empty(origins.preflight(origin));
        }
        let mut answer = match self.question_of(request) {
            Ok(form) => Answer::form(form),
            Err(refusal) => Answer::from(&refusal),
        };
        answer.headers.extend(origins.headers(origin));
        answer
    }

    fn question_of(&self, request: &Request) -> Result<Value, Refusal> {
        let bearer = header(request, "authorization").and_then(bearer_token);
        let prefix = self.prefix(bearer.or_else(|| header(request, "x-api-key")))?;
        let query = request.uri().query().unwrap_or_default();
        let body: &[u8] = match request.body() {
            Body::Text(text) => text.as_bytes(),
            Body::Binary(bytes) => bytes,
            _ => &[],
        };
        let question = match *request.method() {
            Method::GET => Question::of_pairs(query),
            Method::POST if body.is_empty() => Question::of_pairs(query),
            Method::POST if is_web_form(request, body) => Question::of_pairs(&String::from_utf8_lossy(body)),
            Method::POST => Question::of_json(body),
            _ => Err(Refusal::Method),
        };
        self.form(prefix, &question?)
    }

    /// An API without proxy hands over what anybody sends: the token is asked for here as well.
    fn bare(&self, event: &Value) -> Result<Value, Refusal> {
        let members = event.as_object().ok_or(Refusal::NoJson)?;
        let prefix = self.prefix(members.get("token").and_then(Value::as_str))?;
        self.form(prefix, &Question::of_members(members)?)
    }

    fn prefix(&self, token: Option<&str>) -> Result<&str, Refusal> {
        self.config.tokens.prefix(token).ok_or(Refusal::NotAllowed)
    }

    fn form(&self, prefix: &str, question: &Question) -> Result<Value, Refusal> {
        let credentials = self.credentials.ok_or(Refusal::NoCredentials)?;
        form::form(self.config, credentials, prefix, question, self.moment)
    }
}

/// `curl --data` calls everything a web form, JSON as well.
fn is_web_form(request: &Request, body: &[u8]) -> bool {
    let is_called_so = header(request, "content-type").is_some_and(|name| name.starts_with(WEB_FORM));
    is_called_so && !body.trim_ascii_start().starts_with(b"{")
}

fn header<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    request.headers().get(name)?.to_str().ok()
}

fn bearer_token(authorization: &str) -> Option<&str> {
    let (scheme, token) = authorization.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

#[cfg(test)]
mod tests;
