//! What a text from the clipboard or a field names: paths, or something that is not taken.

use std::path::PathBuf;

/// A text, as far as an uploader is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PastedText {
    /// One whole path a line: absolute, from `~`, or a `file://` URI. Never empty.
    Paths(Vec<PathBuf>),
    /// Nothing but spaces.
    Nothing,
    /// A web address.
    Link,
    /// Anything else; one line that is no path is enough.
    Other,
}

impl PastedText {
    pub(crate) fn of(text: &str) -> Self {
        let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
        let Some(first) = lines().next() else {
            return Self::Nothing;
        };
        if let Some(paths) = lines().map(path_of_line).collect() {
            return Self::Paths(paths);
        }
        let is_link = ["https://", "http://"].iter().any(|scheme| first.starts_with(scheme));
        if is_link && !first.contains(char::is_whitespace) {
            Self::Link
        } else {
            Self::Other
        }
    }

    /// Several paths: more than a field of one line can take.
    pub(crate) fn is_several_paths(&self) -> bool {
        matches!(self, Self::Paths(paths) if paths.len() > 1)
    }
}

fn path_of_line(line: &str) -> Option<PathBuf> {
    // As terminals and file managers copy paths.
    let line = ['"', '\'']
        .into_iter()
        .find_map(|quote| line.strip_prefix(quote)?.strip_suffix(quote))
        .unwrap_or(line);
    if let Some(rest) = line.strip_prefix("file://") {
        let path = rest.strip_prefix("localhost").unwrap_or(rest);
        // file:///C:/… is C:/…
        let path = if cfg!(windows) {
            path.trim_start_matches('/')
        } else {
            path
        };
        let path = percent_encoding::percent_decode_str(path).decode_utf8().ok()?;
        return absolute(PathBuf::from(path.as_ref()));
    }
    if line == "~" {
        return std::env::home_dir();
    }
    if let Some(rest) = line.strip_prefix("~/") {
        return std::env::home_dir().map(|home| home.join(rest));
    }
    absolute(PathBuf::from(line))
}

fn absolute(path: PathBuf) -> Option<PathBuf> {
    path.is_absolute().then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn paths_and_uris_are_taken_from_text() {
        let text = "/tmp/a b.txt\n'/tmp/따옴표.txt'\r\nfile:///tmp/%ED%95%9C%EA%B8%80.txt\n\nfile://localhost/tmp/x";
        let expected = ["/tmp/a b.txt", "/tmp/따옴표.txt", "/tmp/한글.txt", "/tmp/x"].map(PathBuf::from);
        assert_eq!(PastedText::of(text), PastedText::Paths(expected.to_vec()));
    }

    #[cfg(unix)]
    #[test]
    fn the_tilde_stands_for_the_home_folder() {
        let home = std::env::home_dir().unwrap_or_default();
        assert_eq!(PastedText::of("~"), PastedText::Paths(vec![home.clone()]));
        assert_eq!(
            PastedText::of("\"~/사진 1.png\""),
            PastedText::Paths(vec![home.join("사진 1.png")])
        );
    }

    #[test]
    fn other_text_is_no_path() {
        for text in [
            "hello",
            "see\n/tmp/a",
            "relative/a.txt",
            "https://example.org/a and more",
            "'/tmp/a",
        ] {
            assert_eq!(PastedText::of(text), PastedText::Other, "{text}");
        }
        for text in ["", " \n\t\n"] {
            assert_eq!(PastedText::of(text), PastedText::Nothing, "{text:?}");
        }
        assert_eq!(PastedText::of("https://example.org/a.png"), PastedText::Link);
    }
}
