//! Where a bucket answers: the regional endpoint, virtual-host style, or path style for dotted buckets and given endpoints.
//!
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html>

use super::ObjectKey;

/// A bucket with its region and, for other stores than AWS, its endpoint.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BucketAddress {
    bucket: String,
    region: String,
    endpoint_url: Option<String>,
}

/// Why a bucket cannot be addressed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Not a name that S3 gives to buckets.
    #[error("{bucket:?} is no bucket name: 3 to 63 lower-case letters, digits, dots and hyphens")]
    BucketName {
        /// As typed.
        bucket: String,
    },
    /// Not a region's name.
    #[error("{region:?} is no region: it looks like us-east-1")]
    Region {
        /// As typed.
        region: String,
    },
    /// Not an `http(s)://host[:port][/path]` URL.
    #[error("the endpoint is no URL: it looks like https://s3.example.com")]
    EndpointUrl,
    /// Plain HTTP to a host that is not loopback.
    #[error("the endpoint uses plain HTTP; only loopback may, everything else is HTTPS")]
    PlainHttp,
}

impl BucketAddress {
    /// Checks the three. `endpoint_url: None` means AWS.
    ///
    /// # Errors
    /// See [`AddressError`].
    pub fn new(
        _bucket: impl Into<String>,
        _region: impl Into<String>,
        _endpoint_url: Option<&str>,
    ) -> Result<Self, AddressError> {
        todo!()
    }

    /// The same bucket in another region (after a redirect said so).
    #[must_use]
    pub fn in_region(&self, region: impl Into<String>) -> Self {
        Self {
            region: region.into(),
            ..self.clone()
        }
    }

    /// The bucket's name.
    #[must_use]
    pub fn bucket(&self) -> &str {
        &self.bucket
    }

    /// The region of its credential scope.
    #[must_use]
    pub fn region(&self) -> &str {
        &self.region
    }

    /// The given endpoint, where there is one.
    #[must_use]
    pub fn endpoint_url(&self) -> Option<&str> {
        self.endpoint_url.as_deref()
    }

    /// The URL that takes the form, as botocore writes it: `https://B.s3.R.amazonaws.com/`, or path style `…/B`.
    #[must_use]
    pub fn post_url(&self) -> String {
        todo!()
    }

    /// The object's URL: each segment percent-encoded, `/` kept.
    #[must_use]
    pub fn object_url(&self, _object_key: &ObjectKey) -> String {
        todo!()
    }
}

/// Whether `url` is HTTPS, or plain HTTP to this very machine (127.0.0.0/8, `[::1]`, `localhost`).
#[must_use]
pub fn is_safe_target(_url: &str) -> bool {
    todo!()
}
