//! The URL that people paste.

use super::{BucketAddress, ObjectKey};

/// The object's URL under the destination's `base` (`https://cdn.example.com/files`), else at the bucket's address.
/// Each segment is percent-encoded, `/` kept.
#[must_use]
pub fn public_url(address: &BucketAddress, base: Option<&str>, object_key: &ObjectKey) -> String {
    match base.map(|base| base.trim().trim_end_matches('/')) {
        Some(base) if !base.is_empty() => format!("{base}/{}", object_key.to_url_path()),
        _ => address.object_url(object_key),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
mod tests {
    use super::*;

    #[test]
    fn the_base_takes_the_place_of_the_buckets_address() {
        let address = BucketAddress::new("media", "eu-west-1", None).unwrap();
        let object_key = ObjectKey::new("k3f9/스크린샷 1.png").unwrap();
        let path = "k3f9/%EC%8A%A4%ED%81%AC%EB%A6%B0%EC%83%B7%201.png";
        for base in ["https://cdn.example.com/files", "https://cdn.example.com/files/"] {
            assert_eq!(
                public_url(&address, Some(base), &object_key),
                format!("https://cdn.example.com/files/{path}")
            );
        }
        for base in [None, Some("")] {
            assert_eq!(
                public_url(&address, base, &object_key),
                format!("https://media.s3.eu-west-1.amazonaws.com/{path}")
            );
        }
    }
}
