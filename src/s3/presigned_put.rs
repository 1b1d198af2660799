//! A presigned PUT: one URL that takes one object's bytes as they are.
//!
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/PresignedUrlUploadObject.html>

/// Where to send the bytes, and the headers that go with them.
///
/// `Debug` hides all of it: the URL is as good as a password until it expires.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PresignedPut {
    /// The URL, query and signature included.
    pub url: String,
    /// Names and values of headers that the signature may cover, in the order to send.
    pub headers: Vec<(String, String)>,
}

impl std::fmt::Debug for PresignedPut {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("PresignedPut").finish_non_exhaustive()
    }
}
