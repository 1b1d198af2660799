//! Which web pages may ask.
//!
//! Source: <https://fetch.spec.whatwg.org/#http-cors-protocol>

use super::config::items;
use url::Url;

/// None, some, or all.
#[derive(Debug, Default)]
pub(super) struct Origins(Vec<String>);

#[derive(Debug, thiserror::Error)]
#[error("write origins as https://app.example.com, or * for all")]
pub(super) struct OriginsError;

impl Origins {
    pub(super) fn parse(list: &str) -> Result<Self, OriginsError> {
        let origin = |item: &str| {
            let item = item.trim_end_matches('/');
            let is_origin = Url::parse(item).is_ok_and(|url| url.origin().ascii_serialization() == item);
            (item == "*" || is_origin).then(|| item.to_owned()).ok_or(OriginsError)
        };
        items(list).map(origin).collect::<Result<_, _>>().map(Self)
    }

    /// The headers that let a page of `origin` read the answer.
    pub(super) fn headers(&self, origin: Option<&str>) -> Vec<(&'static str, String)> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let mut headers = vec![("vary", "origin".to_owned())];
        let allowed = origin.filter(|origin| self.0.iter().any(|known| known == "*" || known == origin));
        headers.extend(allowed.map(|origin| ("access-control-allow-origin", origin.to_owned())));
        headers
    }

    /// What a browser asks before it asks.
    pub(super) fn preflight(&self, origin: Option<&str>) -> Vec<(&'static str, String)> {
        let mut headers = self.headers(origin);
        if headers.len() > 1 {
            headers.extend([
                ("access-control-allow-methods", "GET, POST".to_owned()),
                (
                    "access-control-allow-headers",
                    "authorization, content-type, x-api-key".to_owned(),
                ),
                ("access-control-max-age", "3600".to_owned()),
            ]);
        }
        headers
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
mod tests {
    use super::*;

    #[test]
    fn a_page_may_read_the_answer_where_its_origin_is_named() {
        let origins = Origins::parse("https://app.example.com/ http://localhost:3000").unwrap();
        let allowed = |origin| {
            let headers = origins.headers(origin);
            headers
                .into_iter()
                .find(|(name, _)| *name == "access-control-allow-origin")
                .map(|(_, value)| value)
        };
        assert_eq!(
            allowed(Some("https://app.example.com")).as_deref(),
            Some("https://app.example.com")
        );
        assert_eq!(
            allowed(Some("http://localhost:3000")).as_deref(),
            Some("http://localhost:3000")
        );
        for other in [
            None,
            Some("https://app.example.com.evil.example"),
            Some("null"),
            Some("*"),
        ] {
            assert_eq!(allowed(other), None, "{other:?}");
            assert_eq!(origins.preflight(other).len(), 1, "{other:?}");
        }
        assert!(
            Origins::parse("")
                .unwrap()
                .headers(Some("https://app.example.com"))
                .is_empty()
        );
    }

    #[test]
    fn what_is_no_origin_is_refused() {
        for wrong in [
            "app.example.com",
            "https://app.example.com/path",
            "https://app.example.com:443",
            "ftp:",
        ] {
            assert!(Origins::parse(wrong).is_err(), "{wrong}");
        }
    }
}
