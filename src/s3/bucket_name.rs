//! Which texts are bucket names.
//!
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html>

/// 3 to 63 lower-case letters, digits, dots and hyphens; begins and ends with a letter or digit; no two dots in a
/// row; not formed as an IP address.
pub(super) fn is_bucket_name(text: &str) -> bool {
    (3..=63).contains(&text.len())
        && text
            .bytes()
            .all(|byte| is_alphanumeric(byte) || byte == b'.' || byte == b'-')
        && text.bytes().next().is_some_and(is_alphanumeric)
        && text.bytes().next_back().is_some_and(is_alphanumeric)
        && !text.contains("..")
        && !is_ip_address(text)
}

/// A directory bucket (S3 Express One Zone): it has sessions and zonal endpoints, and takes no form.
pub(super) fn is_directory_bucket(text: &str) -> bool {
    text.ends_with("--x-s3")
}

fn is_ip_address(text: &str) -> bool {
    text.split('.').count() == 4 && text.split('.').all(|label| label.parse::<u8>().is_ok())
}

fn is_alphanumeric(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_published_rules() {
        for good in [
            "abc",
            "amzn-s3-demo-bucket",
            "example.com",
            "1-2",
            "my.dotted.bucket",
            &"a".repeat(63),
        ] {
            assert!(is_bucket_name(good), "{good}");
        }
        let too_long = "a".repeat(64);
        for bad in [
            "",
            "ab",
            "Abc",
            "a_b",
            "a..b",
            ".abc",
            "abc.",
            "-abc",
            "abc-",
            "192.168.5.4",
            "a b",
            "a/b",
            "버킷이름",
            "abc\n",
            &too_long,
        ] {
            assert!(!is_bucket_name(bad), "{bad:?}");
        }
    }
}
