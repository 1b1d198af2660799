//! One JSON object a line: names that scripts rely on.

use crate::engine::{Done, Failure};
use crate::store::HistoryEntry;
use serde_json::{Value, json};

/// An upload that is done.
pub(super) fn done(path: &str, done: &Done) -> Value {
    json!({
        "path": path,
        "bucket": done.bucket,
        "object_key": done.object_key,
        "url": done.url,
        "etag": done.etag,
        "size_bytes": done.size_bytes,
        "content_type": done.content_type,
        "proof": done.proof.name(),
        "access": done.access.name(),
        "attempts": done.attempts,
        // Milliseconds are as much as means anything.
        "seconds": (done.duration.as_secs_f64() * 1000.0).round() / 1000.0,
    })
}

/// An upload that is not.
pub(super) fn failed(path: &str, failure: &Failure) -> Value {
    let text = failure.english();
    json!({
        "path": path,
        "error": {
            "code": failure.code.name(),
            "what": text.what,
            "hint": text.hint,
            "retryable": failure.retryable,
            "request_id": failure.request_id,
        },
    })
}

/// A row of the history.
pub(super) fn entry(entry: &HistoryEntry) -> Value {
    json!({
        "done_at": entry.done_at.to_string(),
        "path": entry.path,
        "bucket": entry.bucket,
        "object_key": entry.object_key,
        "url": entry.url,
        "etag": entry.etag,
        "size_bytes": entry.size_bytes,
        "content_type": entry.content_type,
        "proof": entry.proof,
        "access": entry.access,
    })
}
