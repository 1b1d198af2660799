//! Where a form would go: whether it is safe to send it there, and which bucket is meant.

use super::partition;
use url::{Host, Url};

/// Whether `url` is HTTPS, or plain HTTP to this very machine (127.0.0.0/8, `[::1]`, `localhost`).
///
/// It is read by the parser that the HTTP client uses too, so that the two cannot see different hosts.
///
/// ```
/// use dropslot::s3::is_safe_target;
///
/// assert!(is_safe_target("https://s3.example.com/media"));
/// assert!(is_safe_target("http://127.0.0.1:9000/media"));
/// assert!(!is_safe_target("http://s3.example.com/media"));
/// ```
#[must_use]
pub fn is_safe_target(url: &str) -> bool {
    Url::parse(url).is_ok_and(|url| match url.scheme() {
        "https" => url.host().is_some(),
        "http" => is_loopback(&url),
        _ => false,
    })
}

/// The host as people read it: `bucket.s3.eu-west-1.amazonaws.com`, `127.0.0.1:9000`.
pub(crate) fn host_and_port(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    Some(match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    })
}

/// The bucket that a form's URL names: what stands before `.s3.` or `.s3-` in a host of AWS, else the last segment of
/// its path.
pub(super) fn bucket_in_url(url: &str) -> Option<String> {
    bucket_in(&Url::parse(url).ok()?)
}

/// The same, where the URL leads to AWS itself.
pub(super) fn bucket_in_aws_url(url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    let is_aws = url.host_str().is_some_and(is_aws_host);
    bucket_in(&url).filter(|_| is_aws)
}

fn bucket_in(url: &Url) -> Option<String> {
    let in_aws_host = url.host_str().filter(|host| is_aws_host(host)).and_then(before_s3);
    in_aws_host.or_else(|| {
        let segment = url.path_segments()?.rfind(|segment| !segment.is_empty())?;
        Some(segment.to_owned())
    })
}

/// Hosts that begin with a bucket where they have one label more than the store itself.
const HOSTS_BEHIND_BUCKETS: [(&str, usize); 3] = [
    // ACCOUNT.r2.cloudflarestorage.com, ACCOUNT.eu.r2.cloudflarestorage.com
    (".r2.cloudflarestorage.com", 1),
    (".digitaloceanspaces.com", 1),
    (".storage.googleapis.com", 0),
];
/// Where Cloudflare keeps an account's data.
const JURISDICTIONS: [&str; 2] = [".eu", ".fedramp"];

/// The bucket that a host begins with, of AWS and of stores that spell it so.
pub(super) fn bucket_in_host(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    for (suffix, labels_of_store) in HOSTS_BEHIND_BUCKETS {
        let Some(before) = host.strip_suffix(suffix) else {
            continue;
        };
        let before = JURISDICTIONS
            .iter()
            .find_map(|jurisdiction| before.strip_suffix(jurisdiction))
            .unwrap_or(before);
        let labels: Vec<&str> = before.split('.').collect();
        let bucket = labels.get(..labels.len().checked_sub(labels_of_store)?)?.join(".");
        return Some(bucket).filter(|bucket| !bucket.is_empty());
    }
    before_s3(host)
}

/// Stores, beside AWS, of whose hosts each serves the buckets of many people.
const SHARED_HOSTS: [&str; 4] = [
    "storage.googleapis.com",
    ".digitaloceanspaces.com",
    ".backblazeb2.com",
    ".wasabisys.com",
];

/// The bucket in the path, where the host names none and serves other people's as well: the host alone says nothing of
/// whose bucket it is.
pub(super) fn bucket_on_shared_host(url: &Url) -> Option<&str> {
    let host = url.host_str()?;
    let is_shared = is_aws_host(host) || SHARED_HOSTS.iter().any(|shared| host.ends_with(shared));
    if !is_shared || bucket_in_host(url).is_some_and(|bucket| !bucket.is_empty()) {
        return None;
    }
    url.path_segments()?.find(|segment| !segment.is_empty())
}

/// What stands before `.s3.` or `.s3-`. An access point's name is no bucket's.
fn before_s3(host: &str) -> Option<String> {
    let end = host.rfind(".s3.").or_else(|| host.rfind(".s3-"))?;
    let is_access_point = host.get(end..)?.starts_with(".s3-accesspoint");
    host.get(..end).filter(|_| !is_access_point).map(str::to_owned)
}

/// Whether the URL leads to AWS itself. Any other host may stand for any bucket, whatever its path says.
pub(super) fn is_aws_url(url: &str) -> bool {
    Url::parse(url).is_ok_and(|url| url.host_str().is_some_and(is_aws_host))
}

/// The same bucket of AWS at the endpoint of `region`; `None` for any other store.
#[cfg(feature = "app")]
pub(crate) fn aws_url_in_region(url: &str, region: &str) -> Option<String> {
    let bucket = bucket_in_aws_url(url)?;
    Some(super::BucketAddress::new(bucket, region, None).ok()?.post_url())
}

fn is_aws_host(host: &str) -> bool {
    partition::dns_suffixes().any(|suffix| host.strip_suffix(suffix).is_some_and(|before| before.ends_with('.')))
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

#[cfg(test)]
#[allow(clippy::let_underscore_must_use, reason = "where only coming back counts")]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
            // No form goes there, but the bucket is still the host's.
            ("https://media.s3.amazonaws.com/in/a.png", Some("media")),
            ("https://point-123.s3-accesspoint.eu-west-1.amazonaws.com/", None),
            ("https://uploads.example.com/", None),
            ("media", None),
        ] {
            assert_eq!(bucket_in_url(url).as_deref(), bucket, "{url}");
        }
    }

    #[test]
    fn only_hosts_of_aws_are_taken_for_aws() {
        assert!(is_aws_url("https://media.s3.cn-north-1.amazonaws.com.cn/"));
        for other in [
            "https://amazonaws.com.example/",
            "https://notamazonaws.com/",
            "http://127.0.0.1:9000/media",
            "",
        ] {
            assert!(!is_aws_url(other), "{other}");
        }
    }

    #[cfg(feature = "app")]
    #[test]
    fn a_form_of_aws_goes_to_its_buckets_region_and_any_other_stays() {
        for (url, there) in [
            (
                "https://media.s3.amazonaws.com/",
                "https://media.s3.eu-west-1.amazonaws.com/",
            ),
            (
                "https://media.s3-us-west-2.amazonaws.com/",
                "https://media.s3.eu-west-1.amazonaws.com/",
            ),
            (
                "https://s3.amazonaws.com/my.media",
                "https://s3.eu-west-1.amazonaws.com/my.media",
            ),
        ] {
            assert_eq!(aws_url_in_region(url, "eu-west-1").as_deref(), Some(there), "{url}");
        }
        for other in [
            "https://s3.example.com/media",
            "http://127.0.0.1:9000/media",
            "https://media.s3.amazonaws.com.example/",
        ] {
            assert_eq!(aws_url_in_region(other, "eu-west-1"), None, "{other}");
        }
    }

    proptest! {
        #[test]
        fn no_url_makes_it_panic(url in ".*", host in "[a-z0-9.:@\\[\\]-]{0,30}") {
            for url in [url, format!("http://{host}/"), format!("https://{host}.amazonaws.com")] {
                let _ = is_safe_target(&url);
                let _ = bucket_in_url(&url);
            }
        }
    }
}
