//! The URL that people paste.

use super::ObjectKey;

/// The object's URL under the destination's `base` (`https://cdn.example.com/files`), else `own`, where the object answers.
/// Each segment is percent-encoded, `/` kept.
///
/// ```
/// use dropslot::s3::{ObjectKey, public_url};
///
/// let object_key = ObjectKey::new("a b.png")?;
/// let own = "https://media.s3.eu-west-1.amazonaws.com/a%20b.png";
/// assert_eq!(public_url(own, Some("https://cdn.example.com/files"), &object_key), "https://cdn.example.com/files/a%20b.png");
/// assert_eq!(public_url(own, None, &object_key), own);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn public_url(own: &str, base: Option<&str>, object_key: &ObjectKey) -> String {
    match base.map(|base| base.trim().trim_end_matches('/')) {
        Some(base) if !base.is_empty() => format!("{base}/{}", object_key.to_url_path()),
        _ => own.to_owned(),
    }
}

/// A text that links cannot begin with.
///
/// ```
/// use dropslot::s3::PublicBaseError;
///
/// assert!(PublicBaseError.to_string().contains("https://cdn.example.com/files"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the public base is no URL that links can begin with: it looks like https://cdn.example.com/files")]
pub struct PublicBaseError;

/// Whether links can begin with `base`: an `http(s)` URL without a user name, a query or a fragment. An empty one counts as
/// not set.
///
/// # Errors
/// [`PublicBaseError`].
///
/// ```
/// use dropslot::s3::check_public_base;
///
/// assert!(check_public_base("https://cdn.example.com/files").is_ok());
/// assert!(check_public_base("cdn.example.com").is_err());
/// ```
pub fn check_public_base(base: &str) -> Result<(), PublicBaseError> {
    let base = base.trim();
    if base.is_empty() {
        return Ok(());
    }
    let begins_well = base.starts_with("http://") || base.starts_with("https://");
    // The URL parser repairs these silently, and links begin with the text as it stands.
    let is_repaired = |character: char| character.is_whitespace() || character.is_control() || character == '\\';
    if !begins_well || base.contains(is_repaired) {
        return Err(PublicBaseError);
    }
    let url = url::Url::parse(base).map_err(|_error| PublicBaseError)?;
    let has_extras = base.contains('@') || url.query().is_some() || url.fragment().is_some();
    if url.host().is_none() || has_extras {
        return Err(PublicBaseError);
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
mod tests {
    use super::*;
    use crate::s3::BucketAddress;

    #[test]
    fn the_base_takes_the_place_of_the_buckets_address() {
        let address = BucketAddress::new("media", "eu-west-1", None).unwrap();
        let own = |object_key: &ObjectKey| address.object_url(object_key);
        let object_key = ObjectKey::new("k3f9/스크린샷 1.png").unwrap();
        let path = "k3f9/%EC%8A%A4%ED%81%AC%EB%A6%B0%EC%83%B7%201.png";
        for base in ["https://cdn.example.com/files", "https://cdn.example.com/files/"] {
            assert_eq!(
                public_url(&own(&object_key), Some(base), &object_key),
                format!("https://cdn.example.com/files/{path}")
            );
        }
        for base in [None, Some("")] {
            assert_eq!(
                public_url(&own(&object_key), base, &object_key),
                format!("https://media.s3.eu-west-1.amazonaws.com/{path}")
            );
        }
    }

    #[test]
    fn links_begin_with_a_plain_url_alone() {
        for good in [
            "",
            "https://cdn.example.com",
            "http://files.example.com:8080/a/",
            " https://x.example/b ",
        ] {
            assert_eq!(check_public_base(good), Ok(()), "{good}");
        }
        for bad in [
            "cdn.example.com",
            "ftp://cdn.example.com",
            "https://",
            "https://user@cdn.example.com",
            "https://cdn.example.com/?a=1",
            "https://cdn.example.com/#a",
            "https://cdn.example.com/a b",
        ] {
            assert_eq!(check_public_base(bad), Err(PublicBaseError), "{bad}");
        }
    }
}
