//! A function's URL: whether it is safe to ask, and what a signature for it is made for.
//!
//! Hosts: <https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html>,
//! <https://docs.aws.amazon.com/general/latest/gr/apigateway.html>

use crate::s3::{host_and_port, is_safe_target};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::{Host, Url};

/// RFC 3986, 2.3: all but the unreserved characters.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Why a URL is not asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UrlError {
    /// Not a URL.
    #[error("this is not a URL")]
    NotAUrl,
    /// Plain HTTP to another machine, or no HTTP at all.
    #[error("a function is asked by HTTPS alone, or on this machine")]
    NotSafe,
    /// `https://user:password@host`
    #[error("the URL holds a user name or a password")]
    UserInfo,
}

/// Names and values as they stand behind a URL's `?`.
pub(super) fn query_text(pairs: &[(String, String)]) -> String {
    // A space as %20: signatures know no other.
    let pairs = pairs.iter().map(|(name, value)| {
        format!(
            "{}={}",
            utf8_percent_encode(name, QUERY),
            utf8_percent_encode(value, QUERY)
        )
    });
    pairs.collect::<Vec<_>>().join("&")
}

/// HTTPS, or this machine. `Debug` shows neither path nor query: some services keep a key there.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct FunctionUrl(Url);

impl FunctionUrl {
    /// Reads what a person pasted; a fragment is dropped, for it is never sent.
    pub(super) fn parse(text: &str) -> Result<Self, UrlError> {
        let mut url = Url::parse(text.trim()).ok().ok_or(UrlError::NotAUrl)?;
        url.set_fragment(None);
        Self::checked(url)
    }

    fn checked(url: Url) -> Result<Self, UrlError> {
        if !is_safe_target(url.as_str()) {
            return Err(UrlError::NotSafe);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(UrlError::UserInfo);
        }
        Ok(Self(url))
    }

    pub(super) fn as_url(&self) -> &Url {
        &self.0
    }

    /// As people read it: `host`, or `host:port`.
    pub(super) fn host(&self) -> String {
        host_of(&self.0)
    }

    /// With more behind its own query.
    pub(super) fn with_query(&self, pairs: &[(String, String)]) -> Self {
        let own = self.0.query().filter(|own| !own.is_empty()).map(str::to_owned);
        let added = Some(query_text(pairs)).filter(|added| !added.is_empty());
        let all: Vec<String> = own.into_iter().chain(added).collect();
        let mut url = self.0.clone();
        url.set_query(Some(&all.join("&")));
        Self(url)
    }

    /// Where a redirect leads, `None` where that is no URL. `Err` holds another host (or the same by another scheme or
    /// port), which gets nothing.
    pub(super) fn redirected(&self, location: &str) -> Option<Result<Self, String>> {
        let mut there = self.0.join(location).ok()?;
        if there.origin() != self.0.origin() {
            return Some(Err(if there.scheme() == self.0.scheme() {
                host_of(&there)
            } else {
                format!("{}://{}", there.scheme(), host_of(&there))
            }));
        }
        there.set_fragment(None);
        Self::checked(there).ok().map(Ok)
    }

    /// The service of a signature for it: `lambda` for function URLs and for emulators of them on this machine, else
    /// `execute-api`, for only an API Gateway can have a name of one's own.
    pub(super) fn service(&self) -> &'static str {
        let by_api_gateway = match self.0.host() {
            Some(Host::Domain(name)) => !name.ends_with(".on.aws") && name != "localhost",
            Some(Host::Ipv4(address)) => !address.is_loopback(),
            Some(Host::Ipv6(address)) => !address.is_loopback(),
            None => true,
        };
        if by_api_gateway { "execute-api" } else { "lambda" }
    }

    /// The region that the host names.
    pub(super) fn region(&self) -> Option<&str> {
        let host = self.0.host_str()?;
        let (_, behind) = host
            .split_once(".lambda-url.")
            .filter(|(_, behind)| behind.ends_with(".on.aws"))
            .or_else(|| host.split_once(".execute-api."))?;
        behind.split_once('.').map(|(region, _)| region)
    }

    /// Whether it is one that AWS gives to a function itself.
    pub(super) fn is_function_url(&self) -> bool {
        let host = self.0.host_str().unwrap_or_default();
        host.contains(".lambda-url.") && host.ends_with(".on.aws")
    }
}

fn host_of(url: &Url) -> String {
    host_and_port(url).unwrap_or_default()
}

impl std::fmt::Debug for FunctionUrl {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_tuple("FunctionUrl").field(&self.host()).finish()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]
mod tests {
    use super::*;

    const FUNCTION_URL: &str = "https://abc.lambda-url.ap-northeast-2.on.aws/";
    const REST_API: &str = "https://abc.execute-api.eu-west-1.amazonaws.com/prod/sign";

    fn url(text: &str) -> FunctionUrl {
        FunctionUrl::parse(text).unwrap()
    }

    #[test]
    fn only_https_and_this_machine_are_asked() {
        for safe in [
            FUNCTION_URL,
            REST_API,
            "http://127.0.0.1:9000/lambda-url/sign/",
            " https://a.example ",
        ] {
            assert!(FunctionUrl::parse(safe).is_ok(), "{safe}");
        }
        for (text, error) in [
            ("http://a.example/", UrlError::NotSafe),
            ("ftp://127.0.0.1/", UrlError::NotSafe),
            ("https://me:secret@a.example/", UrlError::UserInfo),
            ("https://me@a.example/", UrlError::UserInfo),
            ("a.example/sign", UrlError::NotAUrl),
            ("", UrlError::NotAUrl),
        ] {
            assert_eq!(FunctionUrl::parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn a_query_of_its_own_is_kept_and_added_to() {
        let pairs = [("n".to_owned(), "a&b 한".to_owned())];
        let with = |text| url(text).with_query(&pairs).as_url().to_string();
        assert_eq!(
            with("https://a.example/s?code=x%2F"),
            "https://a.example/s?code=x%2F&n=a%26b%20%ED%95%9C"
        );
        assert_eq!(with("https://a.example"), "https://a.example/?n=a%26b%20%ED%95%9C");
    }

    #[test]
    fn a_redirect_stays_on_its_host_and_scheme() {
        let from = url("https://a.example/prod?x=1");
        let redirected = |location| from.redirected(location).unwrap();
        let to = |location| redirected(location).map(|there| there.as_url().to_string());
        assert_eq!(to("/prod/").unwrap(), "https://a.example/prod/");
        assert_eq!(to("https://A.example:443/s?y=2#f").unwrap(), "https://a.example/s?y=2");
        assert_eq!(to("https://b.example/prod").unwrap_err(), "b.example");
        assert_eq!(to("//b.example/").unwrap_err(), "b.example");
        assert_eq!(to("https://a.example:8443/").unwrap_err(), "a.example:8443");
        assert_eq!(to("http://a.example/").unwrap_err(), "http://a.example");
        assert_eq!(to("https://a.example@b.example/").unwrap_err(), "b.example");
        assert_eq!(from.redirected("https://user:password@a.example/"), None);
        assert_eq!(from.redirected("https://"), None);
        let loopback = url("http://127.0.0.1:1/");
        assert_eq!(
            loopback.redirected("https://127.0.0.1:1/").unwrap().unwrap_err(),
            "https://127.0.0.1:1"
        );
    }

    #[test]
    fn the_host_says_what_a_signature_is_made_for() {
        for (text, service, region) in [
            (FUNCTION_URL, "lambda", Some("ap-northeast-2")),
            (REST_API, "execute-api", Some("eu-west-1")),
            (
                "https://abc.execute-api.cn-north-1.amazonaws.com.cn/",
                "execute-api",
                Some("cn-north-1"),
            ),
            (
                "https://abc-vpce-1.execute-api.us-east-1.amazonaws.com/",
                "execute-api",
                Some("us-east-1"),
            ),
            ("https://forms.example.com/", "execute-api", None),
            ("https://lambda-url.example.com/", "execute-api", None),
            ("http://127.0.0.1:9000/", "lambda", None),
            ("http://localhost:9000/", "lambda", None),
            ("http://[::1]:9000/", "lambda", None),
        ] {
            assert_eq!((url(text).service(), url(text).region()), (service, region), "{text}");
        }
    }

    #[test]
    fn debug_shows_the_host_alone() {
        let shown = format!("{:?}", url("https://a.example/CANARY?code=CANARY"));
        assert_eq!(shown, "FunctionUrl(\"a.example\")");
    }
}
