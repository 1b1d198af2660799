//! A request signed by `SigV4`: in its headers, to be sent now, or in its URL, for whoever holds that.
//!
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html>

use super::{BucketAddress, ObjectKey};
use aws_credential_types::Credentials;
use aws_sigv4::http_request::{
    PayloadChecksumKind, PercentEncodingMode, SignableBody, SignableRequest, SignatureLocation, SigningInstructions,
    SigningSettings, UriPathNormalizationMode, sign,
};
use aws_sigv4::sign::v4;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::error::Error;
use std::fmt::Write as _;
use std::time::Duration;

/// RFC 3986 *unreserved*: what a query value shows as it is.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A request that is to be signed.
///
/// ```
/// use dropslot::s3::{BucketAddress, Credentials, ObjectKey, RequestToSign, Resource};
///
/// let credentials = Credentials::from_keys("AKIDEXAMPLE", "secret", None);
/// let address = BucketAddress::new("media-assets", "eu-west-1", None)?;
/// let object_key = ObjectKey::new("report.pdf")?;
/// let request = RequestToSign {
///     method: "DELETE",
///     address: &address,
///     resource: Resource::Object(&object_key),
///     query: &[],
///     headers: &[],
///     body: Some(b""),
/// };
/// let signed = request.sign(&credentials, "2026-11-24T09:30:15Z".parse()?);
/// assert_eq!(signed.url, "https://media-assets.s3.eu-west-1.amazonaws.com/report.pdf");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct RequestToSign<'a> {
    /// `GET`, `PUT`, …
    pub method: &'a str,
    /// The bucket, or one that stands for its store.
    pub address: &'a BucketAddress,
    /// What of it.
    pub resource: Resource<'a>,
    /// Names and values of the query, not encoded. An operation's own name stands with an empty value: `("uploads", "")`.
    pub query: &'a [(&'a str, &'a str)],
    /// Headers that are sent and signed, besides `host`.
    pub headers: &'a [(String, String)],
    /// The body where it is signed with the rest; `None`: its bytes are known only while they are sent.
    pub body: Option<&'a [u8]>,
}

/// What a request is about.
///
/// ```
/// use dropslot::s3::{BucketAddress, Credentials, RequestToSign, Resource};
///
/// let credentials = Credentials::from_keys("AKIDEXAMPLE", "secret", None);
/// let request = RequestToSign {
///     method: "GET",
///     address: &BucketAddress::new("media-assets", "eu-west-1", None)?,
///     resource: Resource::Bucket,
///     query: &[("list-type", "2"), ("prefix", "in/")],
///     headers: &[],
///     body: Some(b""),
/// };
/// let signed = request.sign(&credentials, "2026-11-24T09:30:15Z".parse()?);
/// assert_eq!(signed.url, "https://media-assets.s3.eu-west-1.amazonaws.com/?list-type=2&prefix=in%2F");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub enum Resource<'a> {
    /// All buckets of the store.
    Buckets,
    /// The bucket.
    Bucket,
    /// An object in it.
    Object(&'a ObjectKey),
}

/// A request as it is sent, but for its body. `Debug` shows the method alone: the rest is as good as a password.
///
/// ```
/// use dropslot::s3::{BucketAddress, Credentials, ObjectKey, RequestToSign, Resource};
///
/// let credentials = Credentials::from_keys("AKIDEXAMPLE", "secret", None);
/// let address = BucketAddress::new("media-assets", "eu-west-1", None)?;
/// let object_key = ObjectKey::new("report.pdf")?;
/// let request = RequestToSign {
///     method: "HEAD",
///     address: &address,
///     resource: Resource::Object(&object_key),
///     query: &[],
///     headers: &[],
///     body: Some(b""),
/// };
/// let signed = request.sign(&credentials, "2026-11-24T09:30:15Z".parse()?);
/// assert!(signed.headers.iter().any(|(name, _)| name == "authorization"));
/// assert_eq!(format!("{signed:?}"), "SignedRequest { method: \"HEAD\", .. }");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct SignedRequest {
    /// `GET`, `PUT`, …
    pub method: String,
    /// With its query.
    pub url: String,
    /// All but `host` and the length.
    pub headers: Vec<(String, String)>,
}

impl std::fmt::Debug for SignedRequest {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("SignedRequest")
            .field("method", &self.method)
            .finish_non_exhaustive()
    }
}

/// How a request is signed.
#[derive(Clone, Copy)]
enum Place {
    Headers,
    Url { expires_in: Duration },
}

impl RequestToSign<'_> {
    /// Signed in its headers, to be sent within minutes of `now`.
    ///
    /// # Panics
    /// Never: address and key are checked, and the caller's headers are.
    ///
    /// ```
    /// use dropslot::s3::{BucketAddress, Credentials, ObjectKey, RequestToSign, Resource};
    ///
    /// let credentials = Credentials::from_keys("AKIDEXAMPLE", "secret", None);
    /// let address = BucketAddress::new("media-assets", "eu-west-1", None)?;
    /// let object_key = ObjectKey::new("report.pdf")?;
    /// let request = RequestToSign {
    ///     method: "HEAD",
    ///     address: &address,
    ///     resource: Resource::Object(&object_key),
    ///     query: &[],
    ///     headers: &[],
    ///     body: Some(b""),
    /// };
    /// let signed = request.sign(&credentials, "2026-11-24T09:30:15Z".parse()?);
    /// let date = signed.headers.iter().find(|(name, _)| name == "x-amz-date");
    /// assert_eq!(date.map(|(_, value)| value.as_str()), Some("20261124T093015Z"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn sign(&self, credentials: &Credentials, now: jiff::Timestamp) -> SignedRequest {
        let instructions = self.instructions(Place::Headers, credentials, now);
        let signed = instructions
            .headers()
            .map(|(name, value)| (name.to_owned(), value.to_owned()));
        SignedRequest {
            method: self.method.to_owned(),
            url: self.url(),
            headers: self.headers.iter().cloned().chain(signed).collect(),
        }
    }

    /// Signed in its URL, good for `expires_in` from `now`: at most 7 days, and never longer than the session of
    /// `credentials`. The headers must be sent with it as they are here. The result is as good as a password: never log it.
    ///
    /// # Panics
    /// Never, as above.
    ///
    /// ```
    /// use dropslot::s3::{BucketAddress, Credentials, ObjectKey, RequestToSign, Resource};
    ///
    /// let credentials = Credentials::from_keys("AKIDEXAMPLE", "secret", None);
    /// let address = BucketAddress::new("media-assets", "eu-west-1", None)?;
    /// let object_key = ObjectKey::new("report.pdf")?;
    /// let request = RequestToSign {
    ///     method: "GET",
    ///     address: &address,
    ///     resource: Resource::Object(&object_key),
    ///     query: &[],
    ///     headers: &[],
    ///     body: Some(b""),
    /// };
    /// let url = request.presign(&credentials, std::time::Duration::from_mins(5), "2026-11-24T09:30:15Z".parse()?);
    /// assert!(url.contains("X-Amz-Expires=300"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn presign(&self, credentials: &Credentials, expires_in: Duration, now: jiff::Timestamp) -> String {
        let mut url = self.url();
        let instructions = self.instructions(Place::Url { expires_in }, credentials, now);
        for (name, value) in instructions.params() {
            push_parameter(&mut url, name, value);
        }
        url
    }

    fn url(&self) -> String {
        let mut url = match self.resource {
            Resource::Buckets => self.address.store_url(),
            Resource::Bucket => self.address.post_url(),
            Resource::Object(object_key) => self.address.object_url(object_key),
        };
        for (name, value) in self.query {
            push_parameter(&mut url, name, value);
        }
        url
    }

    #[allow(
        clippy::expect_used,
        reason = "address, key and headers were checked, so they make a request"
    )]
    fn instructions(&self, place: Place, credentials: &Credentials, now: jiff::Timestamp) -> SigningInstructions {
        self.try_instructions(place, credentials, now)
            .expect("checked parts make a request")
    }

    fn try_instructions(
        &self,
        place: Place,
        credentials: &Credentials,
        now: jiff::Timestamp,
    ) -> Result<SigningInstructions, Box<dyn Error>> {
        let mut settings = SigningSettings::default();
        // S3 alone takes the path as it was sent: neither encoded twice nor tidied.
        settings.percent_encoding_mode = PercentEncodingMode::Single;
        settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
        match place {
            Place::Headers => settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256,
            Place::Url { expires_in } => {
                settings.signature_location = SignatureLocation::QueryParams;
                settings.expires_in = Some(expires_in);
            }
        }
        let identity = credentials.clone().into();
        let params = v4::SigningParams::builder()
            .identity(&identity)
            .region(self.address.region())
            .name("s3")
            .time(now.try_into()?)
            .settings(settings)
            .build()?
            .into();
        let url = self.url();
        let headers = self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let body = self.body.map_or(SignableBody::UnsignedPayload, SignableBody::Bytes);
        let request = SignableRequest::new(self.method, &url, headers, body)?;
        Ok(sign(request, &params)?.into_parts().0)
    }
}

/// `?name=value`, or `&name=value` behind the first.
fn push_parameter(url: &mut String, name: &str, value: &str) {
    let separator = if url.contains('?') { '&' } else { '?' };
    let (name, value) = (
        utf8_percent_encode(name, UNRESERVED),
        utf8_percent_encode(value, UNRESERVED),
    );
    // Writing to a `String` cannot fail.
    write!(url, "{separator}{name}={value}").unwrap_or_default();
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
mod tests {
    use super::*;

    fn signed(object_key: Option<&str>, query: &[(&str, &str)]) -> SignedRequest {
        let credentials = Credentials::new(
            "AKIDEXAMPLE",
            "canary-secret",
            Some("canary-token".to_owned()),
            None,
            "test",
        );
        let object_key = object_key.map(|key| ObjectKey::new(key).unwrap());
        let request = RequestToSign {
            method: "PUT",
            address: &BucketAddress::new("media", "eu-west-1", None).unwrap(),
            resource: object_key.as_ref().map_or(Resource::Bucket, Resource::Object),
            query,
            headers: &[("x-amz-acl".to_owned(), "private".to_owned())],
            body: None,
        };
        request.sign(&credentials, "2026-11-24T09:30:00Z".parse().unwrap())
    }

    #[test]
    fn the_query_is_encoded_and_an_operations_name_has_no_value() {
        let url = |key, query| signed(key, query).url;
        let host = "https://media.s3.eu-west-1.amazonaws.com";
        assert_eq!(url(None, &[("uploads", "")]), format!("{host}/?uploads="));
        assert_eq!(
            url(Some("a b/한.png"), &[("partNumber", "1"), ("uploadId", "a+b/c=&d")]),
            format!("{host}/a%20b/%ED%95%9C.png?partNumber=1&uploadId=a%2Bb%2Fc%3D%26d")
        );
    }

    #[test]
    fn every_header_that_is_given_goes_with_it_and_debug_shows_none() {
        let request = signed(Some("a"), &[]);
        let names: Vec<&str> = request.headers.iter().map(|(name, _)| name.as_str()).collect();
        for name in [
            "x-amz-acl",
            "x-amz-date",
            "authorization",
            "x-amz-content-sha256",
            "x-amz-security-token",
        ] {
            assert!(names.contains(&name), "{name}: {names:?}");
        }
        let shown = format!("{request:?}");
        assert!(!shown.contains("canary") && !shown.contains("Signature"), "{shown}");
    }
}
