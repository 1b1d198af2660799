//! S3's answer off the wire: its body within limits, and the redirect that stands for a 201.

use super::Attempt;
use super::post::lost;
use crate::aws::buckets::ClockAhead;
use crate::aws::http::read_body;
use crate::s3::{self, Posted, PresignedPost, PresignedUpload, S3Error};
use reqwest::header::{HeaderMap, LOCATION};
use std::time::Duration;

/// S3's XML has about 500 bytes.
const MAX_BODY_BYTES: usize = 1024 * 1024;
/// From the answer's head to its end.
const BODY_TIMEOUT: Duration = Duration::from_secs(10);

/// Reads it.
///
/// # Errors
/// What S3 refused.
pub(super) async fn read(response: reqwest::Response, upload: &PresignedUpload) -> Result<Posted, S3Error> {
    let status = response.status().as_u16();
    let headers = response.headers().clone();
    let header = |name: &str| Some(headers.get(name)?.to_str().ok()?.to_owned());
    if let PresignedUpload::Post(post) = upload
        && let Some(location) = success_redirect(status, &headers, post)
    {
        return s3::answer::read(200, header, &[]).map(|posted| with_facts_of(posted, &location));
    }
    s3::answer::read(status, header, &body(response, BODY_TIMEOUT).await)
}

/// How [`crate::s3`] reads an answer: its status, a look at its headers, its body.
pub(super) type Read<T> = fn(u16, Headers<'_>, &[u8]) -> Result<T, S3Error>;
/// A header by its lower-case name.
pub(super) type Headers<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Sends a request that carries no file, once, and reads its answer.
pub(super) async fn ask<T>(request: reqwest::RequestBuilder, read: Read<T>) -> Attempt<T> {
    ask_within(request, read, BODY_TIMEOUT).await
}

/// The same, with so long for the answer's body.
pub(super) async fn ask_within<T>(
    request: reqwest::RequestBuilder,
    read: Read<T>,
    body_timeout: Duration,
) -> Attempt<T> {
    match request.send().await {
        Ok(response) => Attempt {
            clock_ahead: ClockAhead::of_answer(response.headers()),
            result: read_by(response, read, body_timeout).await.map_err(Into::into),
        },
        Err(error) => Attempt::without_answer(lost(error, 0)),
    }
}

/// Reads the answer to a part.
///
/// # Errors
/// What S3 refused.
pub(super) async fn read_part(response: reqwest::Response) -> Result<Posted, S3Error> {
    let read: Read<Posted> = |status, header, body| s3::parts::read_part(status, header, body);
    read_by(response, read, BODY_TIMEOUT).await
}

async fn read_by<T>(response: reqwest::Response, read: Read<T>, timeout: Duration) -> Result<T, S3Error> {
    let status = response.status().as_u16();
    let headers = response.headers().clone();
    let header = |name: &str| Some(headers.get(name)?.to_str().ok()?.to_owned());
    let body = body(response, timeout).await;
    read(status, &header, &body)
}

/// As much as comes, and comes in time: a status without its XML still says something.
async fn body(response: reqwest::Response, timeout: Duration) -> Vec<u8> {
    let mut body = Vec::new();
    let read = read_body(response, MAX_BODY_BYTES, &mut body);
    tokio::time::timeout(timeout, read).await.map(drop).unwrap_or_default();
    body
}

/// A 303 is success where the form asked for it: to the form's own page, with `bucket`, `key` and `etag` in the query.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html>, `success_action_redirect`
fn success_redirect(status: u16, headers: &HeaderMap, post: &PresignedPost) -> Option<reqwest::Url> {
    if status != 303 {
        return None;
    }
    let page = post.fields.iter().find(|(name, _)| {
        name.eq_ignore_ascii_case("success_action_redirect") || name.eq_ignore_ascii_case("redirect")
    })?;
    let page = reqwest::Url::parse(&page.1).ok()?;
    let location = reqwest::Url::parse(headers.get(LOCATION)?.to_str().ok()?).ok()?;
    let same = location.origin() == page.origin() && location.path() == page.path();
    same.then_some(location)
}

fn with_facts_of(mut posted: Posted, location: &reqwest::Url) -> Posted {
    for (name, value) in location.query_pairs() {
        match &*name {
            "key" => posted.object_key = Some(value.into_owned()),
            "etag" => posted.etag = Some(value.trim_matches('"').to_owned()),
            _ => {}
        }
    }
    posted
}
