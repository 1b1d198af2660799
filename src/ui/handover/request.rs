//! What is handed over, and how it is written on one line.

use crate::store::{Destination, destination_file};
use serde_json::{Value, json};
use std::path::PathBuf;
use url::Url;

/// Before every version's JSON.
const GREETING: &str = "dropslot-window";

/// Another version may mean other things by its JSON: it is not read.
const VERSION: &str = "1";

/// What a second start was asked to do.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Request {
    /// Absolute.
    pub(crate) paths: Vec<PathBuf>,
    /// Where the command line says that they go.
    pub(crate) destination: Option<Destination>,
}

impl Request {
    /// As it goes over the socket; `None` where a path cannot be written (it is not absolute).
    pub(super) fn to_line(&self) -> Option<String> {
        // File URIs keep every path, also one that is no UTF-8.
        let paths: Option<Vec<String>> = self
            .paths
            .iter()
            .map(|path| Url::from_file_path(path).ok().map(String::from))
            .collect();
        let destination = match &self.destination {
            Some(destination) => Some(destination_file::to_json(destination).ok()?),
            None => None,
        };
        let body = json!({ "paths": paths?, "destination": destination });
        Some(format!("{GREETING} {VERSION} {body}\n"))
    }

    /// What [`Self::to_line`] of this version wrote.
    pub(super) fn of_line(line: &str) -> Option<Self> {
        let rest = line.strip_prefix(GREETING)?.strip_prefix(' ')?;
        let body: Value = serde_json::from_str(rest.strip_prefix(VERSION)?.strip_prefix(' ')?).ok()?;
        let paths = body.get("paths")?.as_array()?.iter();
        let paths = paths.map(|uri| Url::parse(uri.as_str()?).ok()?.to_file_path().ok());
        let destination = match body.get("destination")? {
            Value::Null => None,
            text => Some(destination_file::from_json(text.as_str()?).ok()?),
        };
        Some(Self {
            paths: paths.collect::<Option<_>>()?,
            destination,
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
mod tests {
    use super::*;
    use crate::store::DestinationKind;

    #[cfg(unix)]
    #[test]
    fn what_is_written_is_read_again() {
        use std::os::unix::ffi::OsStrExt as _;
        let odd = std::ffi::OsStr::from_bytes(b"/tmp/\xff\n%41 \xed\x95\x9c.bin");
        for destination in [None, Some(Destination::new("s", DestinationKind::Sandbox))] {
            let request = Request {
                paths: vec![PathBuf::from("/tmp/한글 파일.txt"), PathBuf::from(odd)],
                destination,
            };
            let line = request.to_line().unwrap();
            assert_eq!(line.matches('\n').count(), 1, "{line}");
            assert_eq!(Request::of_line(line.trim_end()), Some(request));
        }
    }

    #[test]
    fn other_versions_and_garbage_are_not_read() {
        let valid = Request::default().to_line().unwrap();
        let valid = valid.trim_end();
        assert!(Request::of_line(valid).is_some());
        let newer = valid.replace(" 1 ", " 2 ");
        let remote = valid.replace("[]", r#"["https://example.com/a"]"#);
        for line in [
            "",
            "dropslot-window",
            "GET / HTTP/1.1",
            "dropslot-window 1 {",
            &newer,
            &remote,
        ] {
            assert_eq!(Request::of_line(line), None, "{line}");
        }
    }

    #[test]
    fn a_relative_path_is_not_handed_over() {
        let request = Request {
            paths: vec![PathBuf::from("a.txt")],
            destination: None,
        };
        assert_eq!(request.to_line(), None);
    }
}
