//! The first look at a file that is to be sent: whether it can be, its content type, and a small one's bytes.

use super::content_type::{BEGINNING_BYTES, content_type};
use super::{Source, SourceError};
use bytes::Bytes;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use std::time::{Duration, Instant};

/// What was read longer ago is read again: the person may have saved the file meanwhile.
const NEW_FOR: Duration = Duration::from_secs(2);

/// What the look has shown.
#[derive(Debug)]
pub struct FirstLook {
    /// The file as it is.
    pub source: Source,
    /// As it was fixed, or by name and first bytes.
    pub content_type: String,
    /// All of it, where it is small.
    pub held: Option<Held>,
}

/// A small file's bytes, all of one moment, in which the file was as its [`Source`] says.
#[derive(Clone)]
pub struct Held {
    bytes: Bytes,
    read_at: Instant,
}

impl Held {
    /// The bytes, unless they were read too long ago.
    pub(super) fn if_new(self) -> Option<Bytes> {
        (self.read_at.elapsed() < NEW_FOR).then_some(self.bytes)
    }
}

/// Without the bytes, which are a person's.
impl std::fmt::Debug for Held {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Held")
            .field("bytes", &self.bytes.len())
            .field("read_at", &self.read_at)
            .finish()
    }
}

/// Looks, with each file opened once and read once where it is small. Blocks: call it off the runtime's threads.
///
/// # Errors
/// Why it cannot be sent: see [`SourceError`].
pub fn first_look(path: &Path, fixed_type: Option<String>) -> Result<FirstLook, SourceError> {
    let (source, mut file) = Source::open_new(path)?;
    let is_small = source.size_bytes <= BEGINNING_BYTES;
    // Whoever sends the file says why it cannot be read.
    let beginning = if is_small || fixed_type.is_none() {
        beginning(&mut file, source.size_bytes).unwrap_or_default()
    } else {
        Vec::new()
    };
    let content_type = fixed_type.unwrap_or_else(|| content_type(path, &beginning));
    let is_whole = is_small && beginning.len() as u64 == source.size_bytes && source.is_still(&file).is_ok();
    let held = is_whole.then(|| Held {
        bytes: beginning.into(),
        read_at: Instant::now(),
    });
    Ok(FirstLook {
        source,
        content_type,
        held,
    })
}

fn beginning(file: &mut File, size_bytes: u64) -> std::io::Result<Vec<u8>> {
    let wanted = size_bytes.min(BEGINNING_BYTES);
    let mut bytes = Vec::with_capacity(usize::try_from(wanted).unwrap_or_default());
    file.take(wanted).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
mod tests {
    use super::*;

    fn look_at(bytes: &[u8], fixed_type: Option<&str>) -> FirstLook {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        std::fs::write(&path, bytes).unwrap();
        first_look(&path, fixed_type.map(str::to_owned)).unwrap()
    }

    #[test]
    fn a_small_file_is_held_and_a_large_one_is_not() {
        let small = look_at(b"hello", None);
        assert_eq!(small.content_type, "text/plain; charset=utf-8");
        assert_eq!(small.held.unwrap().if_new().unwrap(), "hello");
        assert!(look_at(b"", None).held.unwrap().if_new().unwrap().is_empty());
        let most = usize::try_from(BEGINNING_BYTES).unwrap();
        let held = look_at(&vec![7; most], Some("image/png")).held.unwrap();
        assert_eq!(held.if_new().unwrap().len(), most);
        let large = look_at(&vec![b'a'; most + 1], None);
        assert_eq!(large.content_type, "text/plain; charset=utf-8");
        assert!(large.held.is_none());
    }

    #[test]
    fn what_was_read_long_ago_is_not_sent() {
        let old = Held {
            bytes: Bytes::from_static(b"old"),
            read_at: Instant::now().checked_sub(NEW_FOR).unwrap(),
        };
        assert_eq!(old.if_new(), None);
    }
}
