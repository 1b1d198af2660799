//! Looking at what was stored: its size, and whether anyone may open the link.

use super::PostError;
use super::post::lost;
use crate::aws::connect::ConnectKind;
use crate::s3;
use reqwest::StatusCode;
use reqwest::header::{CONTENT_LENGTH, LOCATION, RANGE};
use std::time::Duration;

/// Who can open the URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Access {
    /// An anonymous request opened it.
    Public,
    /// An anonymous request was refused.
    Private,
    /// Could not be seen.
    Unknown,
}

impl Access {
    /// `public`, `private`, `unknown`: the names of the command line's JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Private => "private",
            Self::Unknown => "unknown",
        }
    }
}

/// Redirects that are followed, from `http` to `https` or from one host to another.
const MAX_REDIRECTS: usize = 3;

/// One anonymous HEAD (GET of one byte where HEAD is not allowed), within `timeout` in all.
///
/// 404 is [`Access::Unknown`]: S3 answers 403 for what a stranger may not see, so a 404 for an object that has just
/// been stored means that the URL leads elsewhere. So is a redirect to another path: it is somebody's login page.
pub async fn look_at_link(client: &reqwest::Client, url: &str, timeout: Duration) -> Access {
    let Ok(url) = reqwest::Url::parse(url) else {
        return Access::Unknown;
    };
    tokio::time::timeout(timeout, look(client, url))
        .await
        .unwrap_or(Access::Unknown)
}

/// Whether the URL's host answers, within `timeout`. What it says does not matter: somebody is there.
pub async fn can_be_reached(client: &reqwest::Client, url: &str, timeout: Duration) -> bool {
    match client.head(url).timeout(timeout).send().await {
        Ok(_) => true,
        Err(error) => error.is_connect() && !ConnectKind::of(&error).is_unreachable(),
    }
}

async fn look(client: &reqwest::Client, mut url: reqwest::Url) -> Access {
    for _ in 0..=MAX_REDIRECTS {
        let Ok(response) = ask(client, &url).await else {
            return Access::Unknown;
        };
        match response.status() {
            // The range of one byte cannot be met by an empty object, which opens all the same.
            status if status.is_success() || status == StatusCode::RANGE_NOT_SATISFIABLE => return Access::Public,
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => return Access::Private,
            status if status.is_redirection() => match same_path_elsewhere(&url, &response) {
                Some(next) => url = next,
                None => return Access::Unknown,
            },
            _ => return Access::Unknown,
        }
    }
    Access::Unknown
}

async fn ask(client: &reqwest::Client, url: &reqwest::Url) -> reqwest::Result<reqwest::Response> {
    let response = client.head(url.clone()).send().await?;
    if !matches!(
        response.status(),
        StatusCode::METHOD_NOT_ALLOWED | StatusCode::NOT_IMPLEMENTED
    ) {
        return Ok(response);
    }
    client.get(url.clone()).header(RANGE, "bytes=0-0").send().await
}

fn same_path_elsewhere(url: &reqwest::Url, response: &reqwest::Response) -> Option<reqwest::Url> {
    let location = url.join(response.headers().get(LOCATION)?.to_str().ok()?).ok()?;
    (location.path() == url.path() && location != *url).then_some(location)
}

/// The object's length in bytes by an anonymous or presigned HEAD; `None` where S3 does not show it.
///
/// # Errors
/// Nobody has answered, or with a passing error: another look may show it.
pub async fn stored_size(client: &reqwest::Client, url: &str, timeout: Duration) -> Result<Option<u64>, PostError> {
    let response = client.head(url).timeout(timeout).send().await;
    let response = response.map_err(|error| lost(error, 0))?;
    let status = response.status();
    if status.is_server_error() && status != StatusCode::NOT_IMPLEMENTED || status == StatusCode::TOO_MANY_REQUESTS {
        let refused = s3::answer::read(status.as_u16(), |_| None, &[]);
        return refused.map(|_| None).map_err(PostError::from);
    }
    if !status.is_success() {
        return Ok(None);
    }
    // Not `content_length()`, which is that of the body, and a HEAD has none.
    let length = response.headers().get(CONTENT_LENGTH);
    Ok(length.and_then(|length| length.to_str().ok()?.parse().ok()))
}
