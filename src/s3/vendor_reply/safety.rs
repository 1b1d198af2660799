//! What may be sent, and where to: names and values that stay within their lines, and targets that are what they look
//! like.

use super::VendorReplyError;
use super::message::harmless;
use crate::s3::{PresignedPost, PresignedPut, is_safe_target};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use url::Url;

/// What the HTTP client says itself, by the URL and the file.
const OWN_HEADERS: [&str; 7] = [
    "host",
    "content-length",
    "transfer-encoding",
    "connection",
    "expect",
    "te",
    "upgrade",
];
/// What the query of a signed URL holds: of S3 by either signature, of Google and of Azure.
const SIGNATURES: [&str; 4] = ["x-amz-signature", "signature", "x-goog-signature", "sig"];

/// A form that may be sent, as far as it can be told without its policy.
///
/// # Errors
/// What makes it unsafe.
pub(in crate::s3) fn checked_post(url: &str, fields: Vec<(String, String)>) -> Result<PresignedPost, VendorReplyError> {
    check_target(url)?;
    let fields = checked(fields)?;
    if fields.iter().any(|(name, _)| name.eq_ignore_ascii_case("file")) {
        return Err(VendorReplyError::FileField);
    }
    Ok(PresignedPost {
        url: url.to_owned(),
        fields,
    })
}

/// A PUT that may be sent.
///
/// # Errors
/// What makes it unsafe; [`VendorReplyError::NoForm`] where the URL is not signed.
pub(in crate::s3) fn checked_put(url: &str, headers: Vec<(String, String)>) -> Result<PresignedPut, VendorReplyError> {
    check_target(url)?;
    if !is_signed(url) {
        return Err(VendorReplyError::NoForm);
    }
    let headers = headers
        .into_iter()
        .filter(|(name, _)| !OWN_HEADERS.iter().any(|own| own.eq_ignore_ascii_case(name)));
    let headers = checked(headers.collect())?;
    match headers.iter().find(|(name, _)| !name.bytes().all(is_token)) {
        Some((name, _)) => Err(VendorReplyError::LineBreak { field: harmless(name) }),
        None => Ok(PresignedPut {
            url: url.to_owned(),
            headers,
        }),
    }
}

/// HTTPS or this machine, written without what a parser would repair or hide.
fn is_plain_target(url: &str) -> bool {
    let is_repaired = |character: char| character.is_whitespace() || character.is_control() || character == '\\';
    is_safe_target(url)
        && !url.contains(is_repaired)
        && Url::parse(url).is_ok_and(|parsed| is_spelled_out(url, &parsed))
}

/// `https://` in full and a host behind it, without a user's name. This machine by the very name that the parser reads:
/// `http://2130706433/` is it, too, but nobody sees it.
fn is_spelled_out(url: &str, parsed: &Url) -> bool {
    let Some((scheme, rest)) = url.split_once("://") else {
        return false;
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = parsed.host_str().unwrap_or_default();
    let begins_with_host = || {
        authority
            .get(..host.len())
            .is_some_and(|beginning| beginning.eq_ignore_ascii_case(host))
    };
    scheme.eq_ignore_ascii_case(parsed.scheme())
        && !authority.is_empty()
        && !authority.contains('@')
        && (parsed.scheme() == "https" || begins_with_host())
}

/// Whether whoever has the URL needs nothing else.
fn is_signed(url: &str) -> bool {
    Url::parse(url).is_ok_and(|url| {
        url.query_pairs()
            .any(|(name, _)| SIGNATURES.iter().any(|signature| signature.eq_ignore_ascii_case(&name)))
    })
}

/// A link that may be kept and passed on: it goes where it seems to go, and nothing in it, wherever it stands, is a
/// signature.
pub(super) fn is_plain_link(url: &str) -> bool {
    is_plain_target(url) && !is_signed(url) && !url.to_ascii_lowercase().contains("signature=")
}

fn check_target(url: &str) -> Result<(), VendorReplyError> {
    if is_plain_target(url) {
        Ok(())
    } else {
        Err(VendorReplyError::UnsafeTarget)
    }
}

/// Names and values that stay within their lines, each name once. JavaScript's SDK answers `Key` beside `key` where its
/// caller has named both: the same value under another spelling says nothing else.
fn checked(fields: Vec<(String, String)>) -> Result<Vec<(String, String)>, VendorReplyError> {
    let mut seen: HashMap<String, (String, String)> = HashMap::with_capacity(fields.len());
    let mut kept = Vec::with_capacity(fields.len());
    for (name, value) in fields {
        let breaks = |text: &str| text.chars().any(char::is_control);
        if name.is_empty() || breaks(&name) || breaks(&value) {
            let field = harmless(&name);
            return Err(VendorReplyError::LineBreak { field });
        }
        match seen.entry(name.to_ascii_lowercase()) {
            Entry::Vacant(place) => {
                place.insert((name.clone(), value.clone()));
                kept.push((name, value));
            }
            Entry::Occupied(first) if first.get().0 != name && first.get().1 == value => {}
            Entry::Occupied(_) => {
                let name = harmless(&name);
                return Err(VendorReplyError::DuplicateField { name });
            }
        }
    }
    Ok(kept)
}

/// What a header's name is made of (RFC 9110, section 5.6.2).
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}
