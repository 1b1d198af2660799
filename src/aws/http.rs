//! The one HTTP client for forms and probes, with the rules that uploads need.
//!
//! No redirect is followed, there is no total and no read timeout (both fire in the middle of an upload), idle
//! connections are dropped before S3 drops them, `HTTPS_PROXY`, `NO_PROXY` and `AWS_CA_BUNDLE` mean what they mean to the AWS CLI.

use crate::s3::SignedRequest;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use std::path::Path;
use std::time::Duration;

/// For DNS, TCP, the proxy and TLS together.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// S3 drops an idle connection after 5 to 20 s; a form that is sent on a dropped one is lost, for streams are not replayed.
const POOL_IDLE_TIMEOUT: Duration = Duration::from_secs(4);

/// Why no client could be built.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    /// `AWS_CA_BUNDLE` names a file that cannot be read or holds no certificate.
    #[error("AWS_CA_BUNDLE names {path}, which holds no readable certificate")]
    CaBundle {
        /// As set.
        path: String,
    },
    /// The TLS or proxy settings of this machine.
    #[error("the HTTP client could not be set up")]
    Build(#[source] reqwest::Error),
}

/// Builds it, from this process's environment. Cheap to clone, one for the whole process.
///
/// # Errors
/// See [`HttpError`].
pub fn http_client() -> Result<reqwest::Client, HttpError> {
    let bundle = std::env::var_os("AWS_CA_BUNDLE").filter(|path| !path.is_empty());
    http_client_trusting(bundle.as_deref().map(Path::new))
}

/// The same, with `ca_bundle` (a PEM file) in place of `AWS_CA_BUNDLE`. Its certificates are trusted besides the system's.
///
/// # Errors
/// See [`HttpError`].
pub fn http_client_trusting(ca_bundle: Option<&Path>) -> Result<reqwest::Client, HttpError> {
    let mut builder = reqwest::Client::builder()
        .user_agent(concat!("dropslot/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(CONNECT_TIMEOUT)
        .pool_idle_timeout(POOL_IDLE_TIMEOUT)
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        // S3 speaks nothing else, and elsewhere an upload would wait for HTTP/2's small windows.
        .http1_only()
        // reqwest's own reading of the environment would send loopback through a proxy.
        .no_proxy()
        .proxy(reqwest::Proxy::custom(except_loopback(Matcher::from_system())));
    if let Some(path) = ca_bundle {
        builder = builder.tls_certs_merge(certificates(path)?);
    }
    builder.build().map_err(HttpError::Build)
}

/// A signed request, to be sent by `client`.
pub(crate) fn request_of(client: &reqwest::Client, signed: &SignedRequest) -> reqwest::RequestBuilder {
    let method = reqwest::Method::from_bytes(signed.method.as_bytes()).unwrap_or_default();
    let request = client.request(method, &signed.url);
    let headers = signed.headers.iter();
    headers.fold(request, |request, (name, value)| request.header(name, value))
}

/// Adds as much of an answer's body as `at_most` to `body`, which keeps what had come where the rest does not come; whether
/// that was all of it.
pub(crate) async fn read_body(
    mut response: reqwest::Response,
    at_most: usize,
    body: &mut Vec<u8>,
) -> reqwest::Result<bool> {
    while let Some(chunk) = response.chunk().await? {
        let room = at_most.saturating_sub(body.len());
        body.extend(chunk.iter().take(room));
        if chunk.len() > room {
            return Ok(false);
        }
    }
    Ok(true)
}

fn certificates(path: &Path) -> Result<Vec<reqwest::Certificate>, HttpError> {
    let unreadable = || HttpError::CaBundle {
        path: path.display().to_string(),
    };
    let pem = std::fs::read(path).ok().ok_or_else(unreadable)?;
    let certificates = reqwest::Certificate::from_pem_bundle(&pem)
        .ok()
        .ok_or_else(unreadable)?;
    if certificates.is_empty() {
        return Err(unreadable());
    }
    Ok(certificates)
}

/// The environment's (or the system's) proxies for every host but this machine.
fn except_loopback(system: Matcher) -> impl Fn(&reqwest::Url) -> Option<reqwest::Url> {
    move |url| {
        if is_loopback(url) {
            return None;
        }
        proxy_url(&system.intercept(&url.as_str().parse().ok()?)?)
    }
}

fn is_loopback(url: &reqwest::Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    let by_name = host.eq_ignore_ascii_case("localhost") || host.to_ascii_lowercase().ends_with(".localhost");
    by_name
        || address
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

/// The matcher takes user and password out of the URL; the caller wants them in it.
fn proxy_url(proxy: &Intercept) -> Option<reqwest::Url> {
    let mut url = reqwest::Url::parse(&proxy.uri().to_string()).ok()?;
    if let Some((user, password)) = proxy.basic_auth().and_then(user_and_password) {
        url.set_username(&user).ok()?;
        url.set_password(Some(&password)).ok()?;
    }
    Some(url)
}

fn user_and_password(header: &http::HeaderValue) -> Option<(String, String)> {
    let encoded = header.to_str().ok()?.strip_prefix("Basic ")?;
    let decoded = String::from_utf8(BASE64_STANDARD.decode(encoded).ok()?).ok()?;
    let (user, password) = decoded.split_once(':')?;
    Some((user.to_owned(), password.to_owned()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
mod tests {
    use super::*;

    fn proxy_for(url: &str) -> Option<String> {
        let system = Matcher::builder()
            .all("http://user:p%40ss%3A@proxy.example:3128")
            .no("no.example")
            .build();
        except_loopback(system)(&url.parse().unwrap()).map(String::from)
    }

    #[test]
    fn no_proxy_stands_between_this_machine_and_itself() {
        for url in [
            "http://127.0.0.1:9310/",
            "http://127.8.8.8/",
            "http://[::1]:1/",
            "http://localhost:1/",
            "https://bucket.localhost:1/",
            "https://s3.no.example/",
        ] {
            assert_eq!(proxy_for(url), None, "{url}");
        }
    }

    #[test]
    fn other_hosts_go_through_the_proxy_with_its_user_and_password() {
        let proxy = "http://user:p%40ss%3A@proxy.example:3128/";
        for url in [
            "https://bucket.s3.eu-west-1.amazonaws.com/",
            "https://127.0.0.1.example/",
        ] {
            assert_eq!(proxy_for(url).as_deref(), Some(proxy), "{url}");
        }
    }
}
