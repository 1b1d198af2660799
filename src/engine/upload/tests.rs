//! What an upload costs while it waits.

use super::*;

/// Bytes of what a function's future holds.
fn room<F: Future>(_: fn(Turn, Tell, Arc<Workshop>) -> F) -> usize {
    size_of::<F>()
}

/// It is moved when its task begins and when it ends, and as many are alive as have a turn.
#[test]
fn an_upload_is_small() {
    assert!(room(run) < 16 * 1024, "{} bytes", room(run));
}
