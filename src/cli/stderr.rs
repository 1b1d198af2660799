//! Words for people, on standard error. Nobody listening is no reason to stop.

use std::io::Write as _;

/// Writes text as it is; whether it could be written.
pub(super) fn write(text: &str) -> bool {
    let mut out = std::io::stderr().lock();
    write!(out, "{text}").and_then(|()| out.flush()).is_ok()
}

/// Writes a line.
pub(super) fn line(text: &str) {
    write(&format!("{text}\n"));
}

/// Writes a sentence of the program's own: `dropslot: …`.
pub(super) fn tell(sentence: &str) {
    line(&format!("dropslot: {sentence}"));
}
