//! Region names: what may stand in a host name and a credential scope.
//!
//! Source: <https://docs.aws.amazon.com/general/latest/gr/rande.html>

/// Whether `text` can be an AWS region: lower-case letters, digits and hyphens, one host label. The SDKs' names for
/// "no region in particular" (`aws-global`) are none.
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
