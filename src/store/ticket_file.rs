//! A ticket in a file, as `dropslot presign` prints it: `inbox.dropslot-ticket`.
//!
//! Whoever has it can use it. So such a file is read, and never uploaded: not by mistake with its folder either.

use crate::aws::Secret;
use crate::s3::vendor_reply::MAX_REPLY_BYTES;
use std::io::{Read, Result};
use std::path::Path;

/// The end of such a file's name.
pub const TICKET_EXTENSION: &str = "dropslot-ticket";

/// Whether a file is one, by its name.
#[must_use]
pub fn is_ticket_file(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case(TICKET_EXTENSION))
}

/// The ticket's text; of one that is too long a byte more than may be, so that reading the form refuses it.
///
/// # Errors
/// What cannot be read, or is no text.
pub fn read_ticket(source: impl Read) -> Result<Secret> {
    let mut text = Secret::default();
    source.take(MAX_REPLY_BYTES as u64 + 1).read_to_string(text.typed())?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_is_known_by_the_end_of_its_name() {
        for name in ["/in/a.dropslot-ticket", "A.DROPSLOT-TICKET", "a.b.dropslot-ticket"] {
            assert!(is_ticket_file(Path::new(name)), "{name}");
        }
        for name in [
            "/a.dropslot-ticket/b.txt",
            "dropslot-ticket",
            ".dropslot-ticket",
            "a.json",
        ] {
            assert!(!is_ticket_file(Path::new(name)), "{name}");
        }
    }
}
