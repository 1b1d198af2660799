//! A signer's answer, whoever wrote it: a presigned POST or PUT in one of the shapes that functions answer in.
//!
//! The answer is data of a stranger: it is read within limits, and what could make a form lie (a field twice, a `file`
//! of its own, a line break, a target that is not HTTPS) is refused. Shapes are unwrapped to a small depth; the object
//! whose `fields` hold names and values is preferred, numbers and booleans become strings, and the order is kept.

mod json;
mod message;
mod names;
mod object;
mod safety;
mod shapes;

use super::PresignedUpload;

pub(super) use json::{Json, read as read_json};
pub(super) use safety::{checked_post, checked_put};

/// Longest answer that is read, in bytes. A form has at most 20 KB.
///
/// ```
/// use dropslot::s3::vendor_reply::MAX_REPLY_BYTES;
/// use dropslot::s3::{VendorReply, VendorReplyError};
///
/// let endless = vec![b' '; MAX_REPLY_BYTES + 1];
/// assert_eq!(VendorReply::read(&endless), Err(VendorReplyError::TooLong));
/// ```
pub const MAX_REPLY_BYTES: usize = 1024 * 1024;
/// Layers of wrapping that are taken off.
const MAX_LAYERS: u8 = 8;

/// What was signed, and the link that came with it.
///
/// ```
/// use dropslot::s3::VendorReply;
///
/// let reply = VendorReply::read(br#"{"statusCode": 200, "body": {"upload_url": "https://media.s3.eu-west-1.amazonaws.com/",
///     "fields": {"key": "a.png"}, "publicUrl": "https://cdn.example.com/a.png"}}"#)?;
/// assert_eq!(reply.public_url.as_deref(), Some("https://cdn.example.com/a.png"));
/// # Ok::<(), dropslot::s3::VendorReplyError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VendorReply {
    /// The form, or the PUT.
    pub upload: PresignedUpload,
    /// Where the object will be opened, where the signer says so: HTTPS, or this machine.
    pub public_url: Option<String>,
}

/// Why an answer cannot be used. No variant holds anything of a form; a stranger's message is cut and cleaned.
///
/// ```
/// use dropslot::s3::{VendorReply, VendorReplyError};
///
/// let answer = br#"{"statusCode": 403, "body": "{\"message\": \"not today\"}"}"#;
/// let error = VendorReply::read(answer).unwrap_err();
/// assert_eq!(error, VendorReplyError::Refused { status: Some(403), message: "not today".to_owned() });
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VendorReplyError {
    /// Over 1 MiB.
    #[error("the answer is longer than 1 MiB")]
    TooLong,
    /// Nothing.
    #[error("the answer is empty")]
    Empty,
    /// A page for people.
    #[error("the answer is a web page, no form")]
    Html,
    /// XML: S3's own words, perhaps.
    #[error("the answer is XML, no form")]
    Xml,
    /// Neither JSON nor a URL.
    #[error("the answer is no JSON")]
    NotJson,
    /// JSON in JSON in JSON.
    #[error("the answer is nested too deeply")]
    TooDeep,
    /// JSON without a form in it.
    #[error("the answer holds no URL with form fields")]
    NoForm,
    /// The function broke off.
    #[error("the function failed: {error_type}: {message}")]
    FunctionError {
        /// `KeyError`, `Runtime.ExitError`.
        error_type: String,
        /// Its message, cut and cleaned.
        message: String,
    },
    /// The function refused.
    #[error("the function refused: {message}")]
    Refused {
        /// The status in the answer, where there is one.
        status: Option<u16>,
        /// Its message, cut and cleaned.
        message: String,
    },
    /// A name that stands twice, upper and lower case being one.
    #[error("the form's field {name:?} stands twice")]
    DuplicateField {
        /// Which.
        name: String,
    },
    /// The file is ours to add.
    #[error("the form has a field named \"file\"")]
    FileField,
    /// A value that is no text.
    #[error("the form's field {name:?} has no text for a value")]
    FieldValue {
        /// Which.
        name: String,
    },
    /// A name or a value that would break out of the form, or out of the request's head.
    #[error("the form's field {field:?} contains a line break or control character")]
    LineBreak {
        /// Which.
        field: String,
    },
    /// A target that is not HTTPS (loopback apart), or has a user name in it.
    #[error("the form's URL is not HTTPS")]
    UnsafeTarget,
}

impl VendorReply {
    /// Reads an answer of any known shape.
    ///
    /// # Errors
    /// See [`VendorReplyError`].
    ///
    /// ```
    /// use dropslot::s3::{VendorReply, VendorReplyError};
    ///
    /// let boto3 = br#"{"url": "https://media.s3.eu-west-1.amazonaws.com/", "fields": {"key": "a.png"}}"#;
    /// assert!(VendorReply::read(boto3).is_ok());
    /// let plain_http = br#"{"url": "http://evil.example/", "fields": {"key": "a.png"}}"#;
    /// assert_eq!(VendorReply::read(plain_http), Err(VendorReplyError::UnsafeTarget));
    /// # Ok::<(), VendorReplyError>(())
    /// ```
    pub fn read(body: &[u8]) -> Result<Self, VendorReplyError> {
        if body.len() > MAX_REPLY_BYTES {
            return Err(VendorReplyError::TooLong);
        }
        let text = std::str::from_utf8(body).map_err(|_error| VendorReplyError::NotJson)?;
        shapes::of_text(text, MAX_LAYERS)
    }
}

#[cfg(test)]
mod tests;
