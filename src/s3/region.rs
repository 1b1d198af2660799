//! Region names: what may stand in a host name and a credential scope.
//!
//! Source: <https://docs.aws.amazon.com/general/latest/gr/rande.html>

/// Regions to choose from. Others may be typed: AWS opens new ones.
///
/// ```
/// use dropslot::s3::region::KNOWN_REGIONS;
///
/// assert!(KNOWN_REGIONS.contains(&"ap-northeast-2"));
/// ```
pub const KNOWN_REGIONS: [&str; 33] = [
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
    "af-south-1",
    "ap-east-1",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-south-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ca-central-1",
    "ca-west-1",
    "cn-north-1",
    "cn-northwest-1",
    "eu-central-1",
    "eu-central-2",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "mx-central-1",
    "sa-east-1",
];

/// Whether `text` can be an AWS region: lower-case letters, digits and hyphens, one host label. The SDKs' names for
/// "no region in particular" (`aws-global`) are none.
///
/// ```
/// use dropslot::s3::region::is_aws_region;
///
/// assert!(is_aws_region("eu-west-1"));
/// assert!(!is_aws_region("Seoul"));
/// ```
#[must_use]
pub fn is_aws_region(text: &str) -> bool {
    (1..=63).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
        && !text.ends_with("-global")
}

/// Whether `text` can be the region of another store: it only stands in the credential scope, so capitals (Ceph's
/// `RegionOne`) and underscores are fine.
///
/// ```
/// use dropslot::s3::region::is_scope_region;
///
/// assert!(is_scope_region("RegionOne"));
/// assert!(!is_scope_region("a/b"));
/// ```
#[must_use]
pub fn is_scope_region(text: &str) -> bool {
    (1..=63).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_is_one_host_label() {
        assert!(is_aws_region("ap-northeast-2"));
        for bad in [
            "",
            "Seoul",
            "us east 1",
            "us-east-1/",
            "us-east-1.evil.example",
            "-a",
            "aws-global",
            "aws-iso-b-global",
        ] {
            assert!(!is_aws_region(bad), "{bad}");
        }
        assert!(is_scope_region("RegionOne"));
        assert!(!is_scope_region("a/b"));
        assert!(!is_scope_region(""));
    }
}
