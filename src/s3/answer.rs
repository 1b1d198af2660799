//! What S3 says to a POST: success with its facts, or an error with its remedy.
//!
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html>

/// A 2xx, with what it says of the stored object.
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
    /// Whether the ETag is the MD5 of the bytes as far as the headers tell (no KMS, no customer key, no parts).
    pub etag_is_md5: bool,
}

/// A refusal as S3 words it.
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
}

/// What an error asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Sign again for this region and send again.
    OtherRegion(String),
    /// The credentials ran out or changed: refresh once, sign and send again.
    RefreshCredentials,
    /// The clock differs: correct it by the answer's `Date`, sign and send again, once.
    CorrectClock,
    /// Passing: back off, sign, send again.
    Retry,
    /// Nothing that the program can change by itself.
    Tell,
}

/// Reads an answer. `header` looks a response header up by its lower-case name; `body` is at most the first MiB.
///
/// # Errors
/// [`S3Error`] for anything but 200, 201 and 204.
pub fn read(_status: u16, _header: impl Fn(&str) -> Option<String>, _body: &[u8]) -> Result<Posted, S3Error> {
    todo!()
}

impl S3Error {
    /// The table of what to do, in one place.
    #[must_use]
    pub fn remedy(&self) -> Remedy {
        todo!()
    }
}
