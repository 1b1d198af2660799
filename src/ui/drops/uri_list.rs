//! `text/uri-list` ([RFC 2483, section 5]): the files that file managers drop, as [RFC 8089] `file` URIs.
//!
//! Lenient where file managers differ: LF alone between lines, a host in the URI, a NUL at the end, raw bytes that
//! should have been percent-encoded. File names are bytes, and stay so.
//!
//! [RFC 2483, section 5]: https://www.rfc-editor.org/rfc/rfc2483#section-5
//! [RFC 8089]: https://www.rfc-editor.org/rfc/rfc8089

use super::DropRefusal;
use percent_encoding::percent_decode;
use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt as _;
use std::path::PathBuf;
use std::time::Duration;

/// A source has this long to hand over its list, or the next piece of it. File managers need milliseconds; one that
/// hangs must not hold a drop for ever.
pub(super) const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// Bytes of the largest list taken: half a million files with long names.
pub(super) const LARGEST_LIST: usize = 64 * 1024 * 1024;

/// Files of the longest list taken.
const MOST_FILES: usize = 1_000_000;

/// Why there is no list.
#[derive(Debug, thiserror::Error)]
pub(super) enum ListError {
    /// [`LONGEST_WAIT`] is over.
    #[error("the list did not come in time")]
    TooSlow,
    /// The source has none after all, or has ended.
    #[error("the source took its list back")]
    Withdrawn,
    /// [`LARGEST_LIST`] or [`MOST_FILES`] is exceeded.
    #[error("the list is too long")]
    TooLarge,
    /// The pipe broke.
    #[error("the list could not be read")]
    Read(#[source] std::io::Error),
    /// The window closes.
    #[error("the window was closed")]
    Stopped,
}

impl ListError {
    /// What a person is told; nobody is there any more when the window closes.
    pub(super) fn refusal(&self) -> Option<DropRefusal> {
        match self {
            Self::TooSlow => Some(DropRefusal::TooSlow),
            Self::Withdrawn => Some(DropRefusal::Withdrawn),
            Self::TooLarge => Some(DropRefusal::TooMany),
            Self::Read(_) => Some(DropRefusal::Unreadable),
            Self::Stopped => None,
        }
    }
}

/// A dropped list, sorted into what can be uploaded and what cannot.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct UriList {
    /// Absolute paths, in the order given.
    pub(super) paths: Vec<PathBuf>,
    /// How many lines name no file of this machine: web addresses, other schemes, nonsense.
    pub(super) other_count: usize,
}

impl UriList {
    /// Reads a list: a line that is no file is counted.
    ///
    /// # Errors
    /// [`ListError::TooLarge`].
    pub(super) fn parse(list: &[u8]) -> Result<Self, ListError> {
        let mut parsed = Self::default();
        for line in list.split(|byte| matches!(byte, b'\r' | b'\n' | b'\0')) {
            let line = line.trim_ascii();
            if line.is_empty() || line.starts_with(b"#") {
                continue;
            }
            if parsed.paths.len() >= MOST_FILES {
                return Err(ListError::TooLarge);
            }
            match file_path(line) {
                Some(path) => parsed.paths.push(path),
                None => parsed.other_count += 1,
            }
        }
        Ok(parsed)
    }

    /// What was dropped beside files, or instead. `None` where everything was a file.
    pub(super) fn refusal(&self) -> Option<DropRefusal> {
        match (self.paths.len(), self.other_count) {
            (0, 0) => Some(DropRefusal::NoFile),
            (0, _) => Some(DropRefusal::Links),
            (_, 0) => None,
            (_, count) => Some(DropRefusal::LeftOut { count }),
        }
    }
}

/// The path of a `file` URI: `file:///path`, `file://host/path` (file managers name this machine's own host) or
/// `file:/path`.
fn file_path(uri: &[u8]) -> Option<PathBuf> {
    let (scheme, rest) = uri.split_at_checked(b"file:".len())?;
    if !scheme.eq_ignore_ascii_case(b"file:") {
        return None;
    }
    let path = match rest.strip_prefix(b"//") {
        Some(authority) => authority.get(authority.iter().position(|byte| *byte == b'/')?..)?,
        None => rest,
    };
    let path: Vec<u8> = percent_decode(path).collect();
    if !path.starts_with(b"/") || path.contains(&0) {
        return None;
    }
    Some(PathBuf::from(OsString::from_vec(path)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail")]
mod tests {
    use super::*;
    use std::os::unix::ffi::OsStrExt as _;

    fn parse(list: &[u8]) -> UriList {
        UriList::parse(list).unwrap()
    }

    fn paths(list: &[u8]) -> Vec<PathBuf> {
        let parsed = parse(list);
        assert_eq!(parsed.other_count, 0, "{parsed:?}");
        parsed.paths
    }

    #[test]
    fn percent_encoded_hangul_is_read() {
        let list = b"file:///tmp/%ED%95%9C%EA%B8%80%20%ED%8C%8C%EC%9D%BC%201.txt\r\nfile:///tmp/plain.png\r\n";
        assert_eq!(
            paths(list),
            [PathBuf::from("/tmp/한글 파일 1.txt"), PathBuf::from("/tmp/plain.png")]
        );
    }

    #[test]
    fn every_form_of_a_file_uri_is_read() {
        let list = b"file://localhost/a\r\nfile://my-host.example/b\r\nfile:/c\r\nFILE:///d";
        assert_eq!(paths(list), ["/a", "/b", "/c", "/d"].map(PathBuf::from));
    }

    #[test]
    fn comments_and_blank_lines_are_passed_over() {
        assert_eq!(
            paths(b"# copied by a file manager\r\n\r\nfile:///a\r\n#end\r\n"),
            [PathBuf::from("/a")]
        );
    }

    #[test]
    fn lines_may_end_in_line_feeds_alone_and_in_a_null() {
        assert_eq!(paths(b"file:///a\nfile:///b\0"), ["/a", "/b"].map(PathBuf::from));
    }

    #[test]
    fn a_name_that_is_not_utf8_keeps_its_bytes() {
        let [path] = <[PathBuf; 1]>::try_from(paths(b"file:///tmp/caf%E9.txt")).unwrap();
        assert_eq!(path.as_os_str().as_bytes(), b"/tmp/caf\xE9.txt");
    }

    #[test]
    fn signs_that_mean_something_elsewhere_in_uris_are_part_of_the_name() {
        assert_eq!(
            paths(b"file:///a+b%25%23?x#y%3F.txt"),
            [PathBuf::from("/a+b%#?x#y?.txt")]
        );
        assert_eq!(
            paths(b"file:///100%.txt\nfile:///%zz"),
            ["/100%.txt", "/%zz"].map(PathBuf::from)
        );
    }

    #[test]
    fn what_is_no_file_is_counted() {
        let list = b"https://example.com/a.png\r\nfile:///a\r\nfile://nothing\r\nfile:b\r\nhello\r\nfile:///n%00l";
        assert_eq!(
            parse(list),
            UriList {
                paths: vec!["/a".into()],
                other_count: 5
            }
        );
        assert_eq!(parse(b""), UriList::default());
    }

    #[test]
    fn a_list_without_end_is_refused() {
        let list = b"file:/a\n".repeat(MOST_FILES + 1);
        assert!(matches!(UriList::parse(&list), Err(ListError::TooLarge)));
    }

    #[test]
    fn what_is_left_out_is_said() {
        assert_eq!(parse(b"file:///a").refusal(), None);
        assert_eq!(parse(b"").refusal(), Some(DropRefusal::NoFile));
        assert_eq!(parse(b"https://example.com/a.png").refusal(), Some(DropRefusal::Links));
        assert_eq!(
            parse(b"file:///a\nhttps://b/\nhttps://c/").refusal(),
            Some(DropRefusal::LeftOut { count: 2 })
        );
    }
}
