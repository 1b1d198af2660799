//! What S3 says to a POST: success with its facts, or an error with its remedy.
//!
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html> and
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html>

use super::Denial;
use super::answer_xml::{AnswerXml, read_xml};
use super::region::is_scope_region;
use jiff::fmt::rfc2822::DateTimeParser;
use std::time::Duration;

/// A 2xx, with what it says of the stored object.
///
/// ```
/// use dropslot::s3::answer;
///
/// let header = |name: &str| (name == "etag").then(|| "\"5d41402abc4b2a76b9719d911017c592\"".to_owned());
/// let posted = answer::read(204, header, b"")?;
/// assert_eq!(posted.etag.as_deref(), Some("5d41402abc4b2a76b9719d911017c592"));
/// assert!(posted.etag_is_md5);
/// # Ok::<(), dropslot::s3::S3Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Posted {
    /// Without quotes.
    pub etag: Option<String>,
    /// The object key that S3 names (it may differ from the form's where `${filename}` was used).
    pub object_key: Option<String>,
    /// Base64 of the big-endian 8 bytes, where the answer carries it for the full object.
    pub crc64nvme: Option<String>,
    /// `x-amz-request-id`.
    pub request_id: Option<String>,
    /// Whether the `ETag` is the MD5 of the bytes as far as the headers tell (no KMS, no customer key, no parts).
    pub etag_is_md5: bool,
}

/// A refusal as S3 words it.
///
/// ```
/// use dropslot::s3::answer;
///
/// let body = b"<Error><Code>EntityTooLarge</Code><Message>Too much</Message><RequestId>4442587FB7D0A2F9</RequestId></Error>";
/// let error = answer::read(400, |_| None, body).unwrap_err();
/// assert_eq!(error.to_string(), "S3 answered 400 EntityTooLarge: Too much");
/// assert_eq!(error.request_id.as_deref(), Some("4442587FB7D0A2F9"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Default, thiserror::Error)]
#[error("S3 answered {status} {code}: {message}")]
pub struct S3Error {
    /// HTTP status.
    pub status: u16,
    /// S3's code, or `HTTP <status>` where the body is no S3 error.
    pub code: String,
    /// S3's message.
    pub message: String,
    /// From the body, else from the header.
    pub request_id: Option<String>,
    /// `x-amz-bucket-region`, `<Region>`, or the region in `<Endpoint>` or in the message's "expecting 'B'".
    pub region: Option<String>,
    /// `Retry-After`: how long to leave S3 alone, at most [`MAX_RETRY_AFTER`].
    pub retry_after: Option<Duration>,
}

impl S3Error {
    /// What may not be done, where the message names it.
    ///
    /// ```
    /// let mut error = dropslot::s3::S3Error::default();
    /// assert!(error.denial().is_none());
    /// error.message = "User: me is not authorized to perform: s3:PutObject with an explicit deny in a bucket policy".into();
    /// assert_eq!(error.denial().unwrap().denied_by.as_deref(), Some("bucket policy"));
    /// ```
    #[must_use]
    pub fn denial(&self) -> Option<Denial> {
        Denial::in_message(&self.message)
    }
}

/// Longest `Retry-After` that is believed: a person waits.
///
/// ```
/// use dropslot::s3::answer::{self, MAX_RETRY_AFTER};
///
/// let header = |name: &str| (name == "retry-after").then(|| "86400".to_owned());
/// let error = answer::read(503, header, b"").unwrap_err();
/// assert_eq!(error.retry_after, Some(MAX_RETRY_AFTER));
/// ```
pub const MAX_RETRY_AFTER: Duration = Duration::from_mins(5);

/// Longest message that is kept, in characters: a person reads it.
const MAX_MESSAGE_CHARS: usize = 500;

/// Reads an answer. `header` looks a response header up by its lower-case name; `body` is at most the first MiB.
///
/// # Errors
/// [`S3Error`] for anything but 200, 201 and 204, and for a 200 whose body is no answer of S3's (a proxy's page).
///
/// ```
/// use dropslot::s3::answer;
///
/// let body = b"<PostResponse><Bucket>media</Bucket><Key>in/a.png</Key></PostResponse>";
/// assert_eq!(answer::read(201, |_| None, body)?.object_key.as_deref(), Some("in/a.png"));
/// assert!(answer::read(200, |_| None, b"<html>Log in to the hotel's network</html>").is_err());
/// # Ok::<(), dropslot::s3::S3Error>(())
/// ```
pub fn read(status: u16, header: impl Fn(&str) -> Option<String>, body: &[u8]) -> Result<Posted, S3Error> {
    let xml = read_xml(&String::from_utf8_lossy(body));
    let is_blank = body.trim_ascii().is_empty();
    if matches!(status, 200 | 201 | 204) && (is_blank || xml.root() == Some("PostResponse")) {
        Ok(posted(&header, &xml))
    } else {
        Err(s3_error(status, &header, &xml))
    }
}

pub(super) fn posted(header: &impl Fn(&str) -> Option<String>, xml: &AnswerXml) -> Posted {
    let etag = header("etag").as_deref().or_else(|| xml.text("ETag")).map(unquoted);
    let covers_object = covers_object(header("x-amz-checksum-type").as_deref());
    Posted {
        etag_is_md5: etag.as_deref().is_some_and(is_md5) && !is_encrypted_by_key(header),
        etag,
        object_key: xml.text("Key").map(str::to_owned),
        crc64nvme: header("x-amz-checksum-crc64nvme").filter(|_| covers_object),
        request_id: header("x-amz-request-id"),
    }
}

/// A checksum of another type is one of checksums of parts.
pub(super) fn covers_object(kind: Option<&str>) -> bool {
    kind.is_none_or(|kind| kind.eq_ignore_ascii_case("FULL_OBJECT"))
}

pub(super) fn unquoted(etag: &str) -> String {
    etag.trim().trim_matches('"').to_owned()
}

/// 16 bytes in hexadecimal; the `ETag` of a parts upload has `-N` behind them.
fn is_md5(etag: &str) -> bool {
    etag.len() == 32 && etag.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Encrypted by a key of KMS or of the customer: the `ETag` is then no MD5 of the bytes (`API_Object.html`).
fn is_encrypted_by_key(header: &impl Fn(&str) -> Option<String>) -> bool {
    header("x-amz-server-side-encryption").is_some_and(|algorithm| algorithm.starts_with("aws:kms"))
        || header("x-amz-server-side-encryption-customer-algorithm").is_some()
}

pub(super) fn s3_error(status: u16, header: &impl Fn(&str) -> Option<String>, xml: &AnswerXml) -> S3Error {
    let (code, message) = match xml
        .text("Code")
        .filter(|code| !code.trim().is_empty() && xml.root() == Some("Error"))
    {
        Some(code) => (printable(code), printable(xml.text("Message").unwrap_or_default())),
        None => (format!("HTTP {status}"), "the answer is none of S3's".to_owned()),
    };
    S3Error {
        region: region(header, xml, &message),
        request_id: xml
            .text("RequestId")
            .map(printable)
            .or_else(|| header("x-amz-request-id")),
        retry_after: retry_after(header),
        status,
        code,
        message,
    }
}

/// Seconds, or a time by the answer's own clock.
///
/// Source: <https://www.rfc-editor.org/rfc/rfc9110#field.retry-after>
fn retry_after(header: &impl Fn(&str) -> Option<String>) -> Option<Duration> {
    let text = header("retry-after")?;
    let wait = if let Ok(seconds) = text.trim().parse() {
        Duration::from_secs(seconds)
    } else {
        let time = |text: &str| DateTimeParser::new().parse_timestamp(text.trim()).ok();
        let (then, now) = (time(&text)?, time(&header("date")?)?);
        Duration::try_from(then.duration_since(now)).unwrap_or_default()
    };
    Some(wait.min(MAX_RETRY_AFTER))
}

/// One line, not too long: it may come from anybody.
fn printable(text: &str) -> String {
    text.trim()
        .chars()
        .map(|character| if character.is_control() { ' ' } else { character })
        .take(MAX_MESSAGE_CHARS)
        .collect()
}

/// From wherever S3 says it; a text that can be no region counts as not said.
fn region(header: &impl Fn(&str) -> Option<String>, xml: &AnswerXml, message: &str) -> Option<String> {
    header("x-amz-bucket-region")
        .or_else(|| xml.text("Region").map(str::to_owned))
        .or_else(|| expected_region(message))
        .or_else(|| xml.text("Endpoint").and_then(region_in_host))
        .or_else(|| header("location").and_then(|url| region_in_url(&url)))
        .filter(|region| is_scope_region(region))
}

/// "the region 'us-east-1' is wrong; expecting 'eu-west-1'".
fn expected_region(message: &str) -> Option<String> {
    let (_, after) = message.split_once("expecting '")?;
    let (region, _) = after.split_once('\'')?;
    Some(region.to_owned())
}

fn region_in_url(url: &str) -> Option<String> {
    region_in_host(url::Url::parse(url).ok()?.host_str()?)
}

/// `b.s3.eu-west-1.amazonaws.com`, `s3-eu-west-1.amazonaws.com`; the global `b.s3.amazonaws.com` is us-east-1.
fn region_in_host(host: &str) -> Option<String> {
    let before_suffix = host
        .strip_suffix(".cn")
        .unwrap_or(host)
        .strip_suffix(".amazonaws.com")?;
    let mut labels = before_suffix.rsplit('.');
    match labels.next()? {
        "s3" => Some("us-east-1".to_owned()),
        last => match last.strip_prefix("s3-") {
            Some(region) => Some(region.to_owned()),
            None => labels
                .next()
                .filter(|label| matches!(*label, "s3" | "dualstack"))
                .map(|_| last.to_owned()),
        },
    }
}

#[cfg(test)]
mod tests;
