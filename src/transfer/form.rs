//! The `multipart/form-data` body: fields in order, `file` last, a known length, bytes streamed from disk.
//!
//! Source: RFC 7578; <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTForms.html>
