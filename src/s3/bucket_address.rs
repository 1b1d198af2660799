//! Where a bucket answers: the regional endpoint, virtual-host style, or path style for dotted buckets and given endpoints.
//!
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html>

use super::bucket_name::{is_bucket_name, is_directory_bucket};
use super::region::{is_aws_region, is_scope_region};
use super::{ObjectKey, partition};
use url::{Host, Url};

/// A bucket with its region and, for other stores than AWS, its endpoint.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BucketAddress {
    bucket: String,
    region: String,
    /// Without a slash at its end.
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
        let endpoint_url = endpoint_url.map(checked_endpoint).transpose()?;
        Ok(Self {
            bucket,
            region,
            endpoint_url,
        })
    }

    /// The same bucket in another region (after a redirect said so). A text that can be no region changes nothing:
    /// it came over the wire, and must not become part of a host name.
    #[must_use]
    pub fn in_region(&self, region: impl Into<String>) -> Self {
        let region = region.into();
        if !is_region_of(&region, self.endpoint_url()) {
            return self.clone();
        }
        Self { region, ..self.clone() }
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

    /// The given endpoint, where there is one, without a slash at its end.
    #[must_use]
    pub fn endpoint_url(&self) -> Option<&str> {
        self.endpoint_url.as_deref()
    }

    /// The URL that takes the form, as botocore writes it: `https://B.s3.R.amazonaws.com/`, or path style `…/B`.
    #[must_use]
    pub fn post_url(&self) -> String {
        if self.is_path_style() {
            self.base_url()
        } else {
            format!("{}/", self.base_url())
        }
    }

    /// The object's URL: each segment percent-encoded, `/` kept.
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

/// Whether `url` is HTTPS, or plain HTTP to this very machine (127.0.0.0/8, `[::1]`, `localhost`).
///
/// It is read by the parser that the HTTP client uses too, so that the two cannot see different hosts.
#[must_use]
pub fn is_safe_target(url: &str) -> bool {
    let Ok(url) = Url::parse(url) else {
        return false;
    };
    match url.scheme() {
        "https" => url.host().is_some(),
        "http" => is_loopback(&url),
        _ => false,
    }
}

/// The bucket that a form's URL names: the last segment of its path, else what stands before `.s3.` or `.s3-` in a host
/// of AWS.
pub(super) fn bucket_in_url(url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    let segment = url.path_segments()?.rfind(|segment| !segment.is_empty());
    if let Some(segment) = segment {
        return Some(segment.to_owned());
    }
    let host = url.host_str()?;
    if !partition::dns_suffixes().any(|suffix| host.ends_with(suffix)) {
        return None;
    }
    let end = host.rfind(".s3.").or_else(|| host.rfind(".s3-"))?;
    host.get(..end).map(str::to_owned)
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

fn is_region_of(region: &str, endpoint_url: Option<&str>) -> bool {
    match endpoint_url {
        Some(_) => is_scope_region(region),
        None => is_aws_region(region),
    }
}

/// The endpoint as it was given (it goes into the form's URL), without slashes at its end.
fn checked_endpoint(text: &str) -> Result<String, AddressError> {
    // The URL parser repairs these silently, and the text is used as it stands.
    let is_repaired = |character: char| character.is_whitespace() || character.is_control() || character == '\\';
    let Ok(url) = Url::parse(text) else {
        return Err(AddressError::EndpointUrl);
    };
    let begins_well = text.starts_with("http://") || text.starts_with("https://");
    if !begins_well || text.contains(is_repaired) || url.host().is_none() {
        return Err(AddressError::EndpointUrl);
    }
    let has_user = !url.username().is_empty() || url.password().is_some();
    if has_user || url.query().is_some() || url.fragment().is_some() || text.contains('@') {
        return Err(AddressError::EndpointExtras);
    }
    if !is_safe_target(text) {
        return Err(AddressError::PlainHttp);
    }
    Ok(text.trim_end_matches('/').to_owned())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn address(bucket: &str, region: &str, endpoint_url: Option<&str>) -> BucketAddress {
        BucketAddress::new(bucket, region, endpoint_url).unwrap()
    }

    #[test]
    fn aws_answers_at_the_regional_virtual_host() {
        let address = address("amzn-s3-demo-bucket", "ap-northeast-2", None);
        assert_eq!(
            address.post_url(),
            "https://amzn-s3-demo-bucket.s3.ap-northeast-2.amazonaws.com/"
        );
        let object_key = ObjectKey::new("폴더/a b.txt").unwrap();
        assert_eq!(
            address.object_url(&object_key),
            "https://amzn-s3-demo-bucket.s3.ap-northeast-2.amazonaws.com/%ED%8F%B4%EB%8D%94/a%20b.txt"
        );
    }

    #[test]
    fn a_dotted_bucket_answers_path_style() {
        let address = address("files.example.com", "cn-north-1", None);
        assert_eq!(
            address.post_url(),
            "https://s3.cn-north-1.amazonaws.com.cn/files.example.com"
        );
        let object_key = ObjectKey::new("a").unwrap();
        assert_eq!(
            address.object_url(&object_key),
            "https://s3.cn-north-1.amazonaws.com.cn/files.example.com/a"
        );
    }

    #[test]
    fn a_given_endpoint_answers_path_style_with_its_path_kept() {
        for (endpoint_url, post_url) in [
            ("http://127.0.0.1:9000", "http://127.0.0.1:9000/media"),
            ("http://[::1]:9000/", "http://[::1]:9000/media"),
            ("http://localhost", "http://localhost/media"),
            ("https://s3.example.com/", "https://s3.example.com/media"),
            (
                "https://gate.example.com:8443/storage/",
                "https://gate.example.com:8443/storage/media",
            ),
        ] {
            assert_eq!(address("media", "RegionOne", Some(endpoint_url)).post_url(), post_url);
        }
    }

    #[test]
    fn an_endpoint_that_cannot_be_one_is_refused() {
        let refusal = |endpoint_url| BucketAddress::new("media", "us-east-1", Some(endpoint_url)).unwrap_err();
        for text in [
            "",
            "s3.example.com",
            "https://",
            "ftp://s3.example.com",
            "https:s3.example.com",
            "https://a b",
            "https://a\\b",
            "http://\n127.0.0.1",
        ] {
            assert_eq!(refusal(text), AddressError::EndpointUrl, "{text}");
        }
        for text in [
            "https://user@s3.example.com",
            "https://u:p@s3.example.com",
            "https://@h",
            "https://h/?a=1",
            "https://h/#x",
        ] {
            assert_eq!(refusal(text), AddressError::EndpointExtras, "{text}");
        }
        for text in [
            "http://s3.example.com",
            "http://10.0.0.1:9000",
            "http://localhost.example.com",
            "http://[::2]",
        ] {
            assert_eq!(refusal(text), AddressError::PlainHttp, "{text}");
        }
    }

    #[test]
    fn names_that_aws_does_not_give_are_refused() {
        assert!(matches!(
            BucketAddress::new("Photos", "us-east-1", None),
            Err(AddressError::BucketName { .. })
        ));
        assert!(matches!(
            BucketAddress::new("photos", "Seoul", None),
            Err(AddressError::Region { .. })
        ));
        assert!(matches!(
            BucketAddress::new("photos--apne2-az1--x-s3", "ap-northeast-2", None),
            Err(AddressError::DirectoryBucket { .. })
        ));
    }

    #[test]
    fn a_region_from_the_wire_cannot_move_the_host() {
        let here = address("media", "us-east-1", None);
        assert_eq!(here.in_region("eu-west-1").region(), "eu-west-1");
        assert_eq!(here.in_region("evil.example.com/"), here);
    }

    #[test]
    fn plain_http_is_safe_on_this_machine_alone() {
        for safe in [
            "https://example.com/",
            "http://127.0.0.1:1/",
            "http://127.9.9.9/",
            "http://[::1]/b",
            "http://localhost:80",
        ] {
            assert!(is_safe_target(safe), "{safe}");
        }
        for unsafe_target in [
            "http://example.com/",
            "http://127.0.0.1@example.com/",
            "http://example.com\\@127.0.0.1/",
            "http://127.0.0.1.example.com/",
            "http://0.0.0.0/",
            "file:///etc/passwd",
            "ftp://localhost/",
            "127.0.0.1",
            "",
        ] {
            assert!(!is_safe_target(unsafe_target), "{unsafe_target}");
        }
    }

    #[test]
    fn a_forms_url_names_its_bucket() {
        for (url, bucket) in [
            ("https://media.s3.eu-west-1.amazonaws.com/", Some("media")),
            ("https://media.s3.amazonaws.com", Some("media")),
            ("https://media.s3-us-west-2.amazonaws.com/", Some("media")),
            (
                "https://my.s3.bucket.s3.cn-north-1.amazonaws.com.cn/",
                Some("my.s3.bucket"),
            ),
            ("https://s3.eu-west-1.amazonaws.com/my.bucket", Some("my.bucket")),
            ("http://127.0.0.1:9000/media/", Some("media")),
            ("https://uploads.example.com/", None),
            ("media", None),
        ] {
            assert_eq!(bucket_in_url(url).as_deref(), bucket, "{url}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(bucket in ".*", region in ".*", endpoint_url in ".*") {
            let _ = is_safe_target(&endpoint_url);
            let _ = BucketAddress::new("media", region.as_str(), None);
            let _ = BucketAddress::new(bucket, region, Some(&endpoint_url));
        }
    }
}
