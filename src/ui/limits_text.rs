//! What the owner of a form allows, in a few words.

use crate::s3::Limits;
use crate::ui::words::Words;
use crate::ui::{format, names};
use jiff::Timestamp;
use std::time::Duration;

/// More than this nobody's form allows by itself: S3's own limit is not worth a word.
const S3_MAX_BYTES: u64 = crate::s3::policy_check::MAX_POST_BYTES;

/// `at most 50 MiB`, `image/*`.
pub(crate) fn limit_facts(limits: &Limits, words: &Words) -> Vec<String> {
    let mut facts = size_facts(limits, words);
    facts.extend(limits.content_type.as_deref().map(types));
    facts
}

/// `at least 1.0 MiB`, `at most 50 MiB`.
pub(crate) fn size_facts(limits: &Limits, words: &Words) -> Vec<String> {
    let Some((least, most)) = limits.size_bytes else {
        return Vec::new();
    };
    let least = (least > 1).then(|| (words.handed.at_least)(&format::exact_size(least)));
    let most = (most < S3_MAX_BYTES).then(|| (words.handed.at_most)(&format::exact_size(most)));
    [least, most].into_iter().flatten().collect()
}

/// `image/png`; `image/*` where only the beginning counts.
pub(crate) fn types(content_type: &str) -> String {
    let star = if content_type.ends_with('/') { "*" } else { "" };
    format!("{}{star}", names::harmless(content_type))
}

/// How long a form is still good: `9 min left`, in the last minute its seconds; `expired` when it is not.
pub(crate) fn time_left(expiration: Timestamp, now: Timestamp, words: &Words) -> String {
    match left(expiration, now) {
        Some(left) => (words.handed.left)(&format::countdown(left, words)),
        None => words.handed.has_expired.to_owned(),
    }
}

/// `None` where it has run out.
pub(crate) fn left(expiration: Timestamp, now: Timestamp) -> Option<Duration> {
    let left = Duration::try_from(expiration.duration_since(now)).ok()?;
    Some(left).filter(|left| !left.is_zero())
}
