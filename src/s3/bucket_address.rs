//! Where a bucket answers: the regional endpoint, virtual-host style, or path style for dotted buckets and given endpoints.
//!
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html>

mod endpoint_url;

use super::bucket_name::{is_bucket_name, is_directory_bucket};
use super::region::{is_aws_region, is_scope_region};
use super::{ObjectKey, partition};

/// A bucket with its region and, for other stores than AWS, its endpoint.
///
/// ```
/// use dropslot::s3::BucketAddress;
///
/// let of_aws = BucketAddress::new("media-assets", "ap-northeast-2", None)?;
/// assert_eq!(of_aws.post_url(), "https://media-assets.s3.ap-northeast-2.amazonaws.com/");
///
/// let of_minio = BucketAddress::new("media-assets", "us-east-1", Some("https://minio.example.com"))?;
/// assert_eq!(of_minio.post_url(), "https://minio.example.com/media-assets");
/// # Ok::<(), dropslot::s3::AddressError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BucketAddress {
    bucket: String,
    region: String,
    /// Without a slash at its end.
    endpoint_url: Option<String>,
}

/// Why a bucket cannot be addressed.
///
/// ```
/// use dropslot::s3::{AddressError, BucketAddress};
///
/// let plain = BucketAddress::new("media-assets", "us-east-1", Some("http://minio.example.com"));
/// assert_eq!(plain, Err(AddressError::PlainHttp));
/// assert!(AddressError::PlainHttp.to_string().contains("HTTPS"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AddressError {
    /// Not a name that S3 gives to buckets.
    #[error("{bucket:?} is no bucket name: 3 to 63 lower-case letters, digits, dots and hyphens")]
    BucketName {
        /// As typed.
        bucket: String,
    },
    /// A directory bucket (S3 Express One Zone): it takes no forms.
    #[error("{bucket:?} is a directory bucket, which takes no presigned POST; use a general purpose bucket")]
    DirectoryBucket {
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
    /// A user name, a query or a fragment: none of them can be part of an endpoint, and the first two may be secret.
    #[error("the endpoint has a user name, a query or a fragment: it looks like https://s3.example.com")]
    EndpointExtras,
    /// Plain HTTP to a host that is not loopback.
    #[error("the endpoint uses plain HTTP; only loopback may, everything else is HTTPS")]
    PlainHttp,
}

impl BucketAddress {
    /// Checks the three. `endpoint_url: None` means AWS.
    ///
    /// # Errors
    /// See [`AddressError`].
    ///
    /// ```
    /// use dropslot::s3::{AddressError, BucketAddress};
    ///
    /// assert!(BucketAddress::new("media", "us-east-1", Some("http://127.0.0.1:9000")).is_ok());
    /// let typed = BucketAddress::new("Media", "us-east-1", None);
    /// assert_eq!(typed, Err(AddressError::BucketName { bucket: "Media".to_owned() }));
    /// ```
    pub fn new(
        bucket: impl Into<String>,
        region: impl Into<String>,
        endpoint_url: Option<&str>,
    ) -> Result<Self, AddressError> {
        let (bucket, region) = (bucket.into(), region.into());
        if !is_bucket_name(&bucket) {
            return Err(AddressError::BucketName { bucket });
        }
        if endpoint_url.is_none() && is_directory_bucket(&bucket) {
            return Err(AddressError::DirectoryBucket { bucket });
        }
        if !is_region_of(&region, endpoint_url) {
            return Err(AddressError::Region { region });
        }
        let endpoint_url = endpoint_url.map(endpoint_url::checked).transpose()?;
        Ok(Self {
            bucket,
            region,
            endpoint_url,
        })
    }

    /// The same bucket in another region (after a redirect said so). A text that can be no region changes nothing:
    /// it came over the wire, and must not become part of a host name.
    ///
    /// ```
    /// # use dropslot::s3::BucketAddress;
    /// let address = BucketAddress::new("media", "us-east-1", None)?;
    /// assert_eq!(address.in_region("eu-west-1").region(), "eu-west-1");
    /// assert_eq!(address.in_region("evil.example/"), address);
    /// # Ok::<(), dropslot::s3::AddressError>(())
    /// ```
    #[must_use]
    pub fn in_region(&self, region: impl Into<String>) -> Self {
        let region = region.into();
        if !is_region_of(&region, self.endpoint_url()) {
            return self.clone();
        }
        Self { region, ..self.clone() }
    }

    /// The bucket's name.
    ///
    /// ```
    /// # use dropslot::s3::BucketAddress;
    /// assert_eq!(BucketAddress::new("media", "eu-west-1", None)?.bucket(), "media");
    /// # Ok::<(), dropslot::s3::AddressError>(())
    /// ```
    #[must_use]
    pub fn bucket(&self) -> &str {
        &self.bucket
    }

    /// The region of its credential scope.
    ///
    /// ```
    /// # use dropslot::s3::BucketAddress;
    /// assert_eq!(BucketAddress::new("media", "eu-west-1", None)?.region(), "eu-west-1");
    /// # Ok::<(), dropslot::s3::AddressError>(())
    /// ```
    #[must_use]
    pub fn region(&self) -> &str {
        &self.region
    }

    /// The given endpoint, where there is one, without a slash at its end.
    ///
    /// ```
    /// # use dropslot::s3::BucketAddress;
    /// let address = BucketAddress::new("media", "auto", Some("https://s3.example.com/"))?;
    /// assert_eq!(address.endpoint_url(), Some("https://s3.example.com"));
    /// # Ok::<(), dropslot::s3::AddressError>(())
    /// ```
    #[must_use]
    pub fn endpoint_url(&self) -> Option<&str> {
        self.endpoint_url.as_deref()
    }

    /// The URL that takes the form, as botocore writes it: `https://B.s3.R.amazonaws.com/`, or path style `…/B`.
    ///
    /// ```
    /// # use dropslot::s3::BucketAddress;
    /// let dotted = BucketAddress::new("www.example.com", "eu-west-1", None)?;
    /// assert_eq!(dotted.post_url(), "https://s3.eu-west-1.amazonaws.com/www.example.com");
    /// # Ok::<(), dropslot::s3::AddressError>(())
    /// ```
    #[must_use]
    pub fn post_url(&self) -> String {
        if self.is_path_style() {
            self.base_url()
        } else {
            format!("{}/", self.base_url())
        }
    }

    /// The store's own URL, where its buckets are listed.
    ///
    /// ```
    /// # use dropslot::s3::BucketAddress;
    /// let address = BucketAddress::new("media", "cn-north-1", None)?;
    /// assert_eq!(address.store_url(), "https://s3.cn-north-1.amazonaws.com.cn/");
    /// # Ok::<(), dropslot::s3::AddressError>(())
    /// ```
    #[must_use]
    pub fn store_url(&self) -> String {
        match &self.endpoint_url {
            Some(endpoint_url) => format!("{endpoint_url}/"),
            None => format!("https://s3.{}.{}/", self.region, partition::dns_suffix(&self.region)),
        }
    }

    /// The object's URL: each segment percent-encoded, `/` kept.
    ///
    /// ```
    /// # use dropslot::s3::{BucketAddress, ObjectKey};
    /// let address = BucketAddress::new("media", "eu-west-1", None)?;
    /// let url = address.object_url(&ObjectKey::new("a b.png")?);
    /// assert_eq!(url, "https://media.s3.eu-west-1.amazonaws.com/a%20b.png");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn object_url(&self, object_key: &ObjectKey) -> String {
        format!("{}/{}", self.base_url(), object_key.to_url_path())
    }

    /// The bucket's URL without a slash at its end. Path style where a virtual host cannot be: the wildcard
    /// certificate of AWS covers no dots, and other stores seldom have a name for every bucket.
    fn base_url(&self) -> String {
        let Self { bucket, region, .. } = self;
        let suffix = partition::dns_suffix(region);
        match &self.endpoint_url {
            Some(endpoint_url) => format!("{endpoint_url}/{bucket}"),
            None if self.is_path_style() => format!("https://s3.{region}.{suffix}/{bucket}"),
            None => format!("https://{bucket}.s3.{region}.{suffix}"),
        }
    }

    fn is_path_style(&self) -> bool {
        self.endpoint_url.is_some() || self.bucket.contains('.')
    }
}

fn is_region_of(region: &str, endpoint_url: Option<&str>) -> bool {
    match endpoint_url {
        Some(_) => is_scope_region(region),
        None => is_aws_region(region),
    }
}

#[cfg(test)]
mod tests;
