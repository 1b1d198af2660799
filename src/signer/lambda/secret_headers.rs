//! Headers with an API key or a bearer token.

use crate::aws::Secret;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

/// What the request itself says of how it is sent.
const RESERVED: &[&str] = &[
    "accept-encoding",
    "connection",
    "content-length",
    "content-type",
    "expect",
    "host",
    "keep-alive",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Why a header cannot be sent. None of them holds its value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HeaderError {
    /// A name has letters, digits and hyphens alone. What was given may be the secret itself: it is not shown.
    #[error("this is not the name of a header")]
    Name,
    /// A header by which HTTP itself is kept in order.
    #[error("the header {name} is set by this program")]
    Reserved {
        /// Which.
        name: String,
    },
    /// Empty, or with a line break or another control character in it.
    #[error("the value of the header {name} is empty or holds a control character")]
    Value {
        /// Which.
        name: String,
    },
}

/// Checked headers; `Debug` shows none of their values.
#[derive(Clone, Debug, Default)]
pub struct SecretHeaders(HeaderMap);

impl SecretHeaders {
    /// Checks them; of two with one name the later is sent.
    ///
    /// # Errors
    /// See [`HeaderError`].
    pub fn new<'a>(headers: impl IntoIterator<Item = (&'a str, &'a Secret)>) -> Result<Self, HeaderError> {
        let mut checked = HeaderMap::new();
        for (name, value) in headers {
            let (name, value) = header(name, value)?;
            checked.insert(name, value);
        }
        Ok(Self(checked))
    }

    pub(super) fn as_map(&self) -> &HeaderMap {
        &self.0
    }

    /// Whether `text` repeats one of the values, or what stands behind its scheme (`Bearer …`).
    pub(super) fn appear_in(&self, text: &str) -> bool {
        self.0.values().any(|value| {
            let value = String::from_utf8_lossy(value.as_bytes());
            let secret = value.split_once(' ').map_or(&*value, |(_scheme, secret)| secret.trim());
            text.contains(secret)
        })
    }
}

fn header(name: &str, value: &Secret) -> Result<(HeaderName, HeaderValue), HeaderError> {
    let name = HeaderName::from_bytes(name.trim().as_bytes())
        .ok()
        .ok_or(HeaderError::Name)?;
    if RESERVED.contains(&name.as_str()) || name.as_str().starts_with("proxy-") {
        return Err(HeaderError::Reserved { name: name.to_string() });
    }
    let mut value = HeaderValue::from_bytes(value.reveal().trim().as_bytes())
        .ok()
        .filter(|value| !value.is_empty())
        .ok_or_else(|| HeaderError::Value { name: name.to_string() })?;
    value.set_sensitive(true);
    Ok((name, value))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]
mod tests {
    use super::*;

    fn one(name: &str, value: &str) -> Result<SecretHeaders, HeaderError> {
        SecretHeaders::new([(name, &Secret::from(value))])
    }

    #[test]
    fn several_headers_are_sent_as_they_are() {
        let (bearer, key) = (Secret::from("Bearer abc.def"), Secret::from(" k3y\n"));
        let headers = SecretHeaders::new([("Authorization", &bearer), ("x-api-key", &key)]).unwrap();
        assert_eq!(headers.as_map()["authorization"], "Bearer abc.def");
        assert_eq!(headers.as_map()["x-api-key"], "k3y");
        assert!(headers.as_map().values().all(HeaderValue::is_sensitive));
    }

    #[test]
    fn no_header_breaks_out_of_its_line() {
        let named = |name: &str| name.to_owned();
        assert_eq!(one("x-a\r\nx-b", "1").unwrap_err(), HeaderError::Name);
        assert_eq!(one("x a", "1").unwrap_err(), HeaderError::Name);
        assert_eq!(one("", "1").unwrap_err(), HeaderError::Name);
        for value in ["a\r\nx-b: 1", "a\nb", "a\0", "", "  "] {
            let name = named("x-a");
            assert_eq!(one("X-A", value).unwrap_err(), HeaderError::Value { name }, "{value:?}");
        }
        for name in ["Host", "content-length", "Proxy-Authorization", "Transfer-Encoding"] {
            assert!(matches!(one(name, "1"), Err(HeaderError::Reserved { .. })), "{name}");
        }
    }

    #[test]
    fn a_value_that_comes_back_is_found() {
        let headers = one("authorization", "Bearer CANARYtoken").unwrap();
        assert!(headers.appear_in("'CANARYtoken' not a valid key=value pair"));
        assert!(headers.appear_in("Authorization=Bearer CANARYtoken"));
        assert!(!headers.appear_in("A Bearer token is needed"));
    }

    #[test]
    fn debug_shows_no_value() {
        let shown = format!(
            "{:?} {}",
            one("x-api-key", "CANARY").unwrap(),
            one("x", "CANARY\n1").unwrap_err()
        );
        assert!(!shown.contains("CANARY"), "{shown}");
    }
}
