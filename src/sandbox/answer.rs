//! Refusals in S3's own codes, statuses and sentences.
//!
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html>

use super::loopback;
use http::{Response, StatusCode, header};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use quick_xml::escape::escape;
use s3s::{Body, S3Error, S3ErrorCode};
use std::fmt::Write;

/// S3 encodes all but the unreserved characters in `Location`, slashes too.
pub(super) const IN_LOCATION: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A refusal, before it is put into XML.
#[derive(Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    code: &'static str,
    message: String,
    /// Further elements of the XML, such as `Region`.
    details: Vec<(&'static str, String)>,
}

impl Refusal {
    /// Any code; those that are used more than once have a function below.
    pub(super) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            details: Vec::new(),
        }
    }

    /// One more element of the XML.
    pub(super) fn with_detail(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.details.push((name, value.into()));
        self
    }

    pub(super) fn access_denied(message: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "AccessDenied", message)
    }

    pub(super) fn invalid_argument(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "InvalidArgument", message)
    }

    pub(super) fn bad_digest(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "BadDigest", message)
    }

    pub(super) fn no_such_bucket() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "NoSuchBucket",
            "The specified bucket does not exist",
        )
    }

    pub(super) fn no_such_key() -> Self {
        Self::new(StatusCode::NOT_FOUND, "NoSuchKey", "The specified key does not exist.")
    }

    pub(super) fn no_such_upload() -> Self {
        let message = "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.";
        Self::new(StatusCode::NOT_FOUND, "NoSuchUpload", message)
    }

    pub(super) fn invalid_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "InvalidRequest", message)
    }

    pub(super) fn malformed_xml() -> Self {
        let message = "The XML you provided was not well-formed or did not validate against our published schema";
        Self::new(StatusCode::BAD_REQUEST, "MalformedXML", message)
    }

    pub(super) fn entity_too_small() -> Self {
        let message = "Your proposed upload is smaller than the minimum allowed size";
        Self::new(StatusCode::BAD_REQUEST, "EntityTooSmall", message)
    }

    pub(super) fn entity_too_large() -> Self {
        let message = "Your proposed upload exceeds the maximum allowed size";
        Self::new(StatusCode::BAD_REQUEST, "EntityTooLarge", message)
    }

    pub(super) fn method_not_allowed() -> Self {
        let message = "The specified method is not allowed against this resource.";
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "MethodNotAllowed", message)
    }

    pub(super) fn not_implemented() -> Self {
        let message = "A header you provided implies functionality that is not implemented";
        Self::new(StatusCode::NOT_IMPLEMENTED, "NotImplemented", message)
    }

    pub(super) fn incomplete_body() -> Self {
        let message = "You did not provide the number of bytes specified by the Content-Length HTTP header.";
        Self::new(StatusCode::BAD_REQUEST, "IncompleteBody", message)
    }

    /// The disk's fault, not the client's. The cause is logged: a client has no use for it.
    pub(super) fn internal(error: &std::io::Error) -> Self {
        tracing::warn!(%error, "the sandbox could not use its folder");
        let message = match error.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => "The sandbox's disk is full.",
            _ => "We encountered an internal error. Please try again.",
        };
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "InternalError", message)
    }

    /// As S3 answers it.
    pub(super) fn into_response(self, request_id: &str) -> Response<Body> {
        let mut xml = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{}</Code><Message>{}</Message>",
            self.code,
            escape(&self.message)
        );
        for (name, value) in &self.details {
            // Writing into a String cannot fail.
            write!(xml, "<{name}>{}</{name}>", escape(value)).ok();
        }
        write!(xml, "<RequestId>{request_id}</RequestId></Error>").ok();
        xml_response(self.status, xml)
    }
}

impl From<Refusal> for S3Error {
    fn from(refusal: Refusal) -> Self {
        let code = S3ErrorCode::from_bytes(refusal.code.as_bytes()).unwrap_or(S3ErrorCode::InternalError);
        let mut error = Self::with_message(code, refusal.message);
        error.set_status_code(refusal.status);
        error
    }
}

/// Where a stored object is, by the name that the client called this machine.
pub(super) fn location(host: &str, bucket: &str, object_key: &str) -> String {
    let object_key = utf8_percent_encode(object_key, IN_LOCATION);
    let bucket = match loopback::virtual_host_bucket(host) {
        Some(_) => String::new(),
        None => format!("{bucket}/"),
    };
    format!("http://{host}/{bucket}{object_key}")
}

/// An answer with an XML body.
pub(super) fn xml_response(status: StatusCode, xml: String) -> Response<Body> {
    let mut response = Response::new(Body::from(xml));
    *response.status_mut() = status;
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        header::HeaderValue::from_static("application/xml"),
    );
    response
}
