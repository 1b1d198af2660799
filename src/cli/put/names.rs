//! How files are called in reports: as the person wrote them, not by the absolute paths that the engine keeps.

use super::stdin::STDIN;
use std::path::{Path, PathBuf};

/// Given paths beside their absolute ones.
pub(super) struct Names(Vec<(PathBuf, PathBuf)>);

impl Names {
    /// `spooled`: the file that stands for standard input.
    pub(super) fn new(paths: &[PathBuf], spooled: Option<&Path>) -> Self {
        let shown = |path: &PathBuf| {
            if spooled == Some(path) {
                PathBuf::from(STDIN)
            } else {
                path.clone()
            }
        };
        let absolute = |path: &PathBuf| std::path::absolute(path).unwrap_or_else(|_error| path.clone());
        Self(paths.iter().map(|path| (absolute(path), shown(path))).collect())
    }

    /// A file of a given folder is called by that folder's name and its own below it.
    pub(super) fn of(&self, path: &Path) -> PathBuf {
        let rest = |(absolute, shown): &(PathBuf, PathBuf)| {
            let below = path.strip_prefix(absolute).ok()?;
            Some(if below.as_os_str().is_empty() {
                shown.clone()
            } else {
                shown.join(below)
            })
        };
        self.0.iter().find_map(rest).unwrap_or_else(|| path.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_called_as_they_were_given() {
        let given = ["a.txt", "folder/", "/tmp/x/stdin"].map(PathBuf::from);
        let names = Names::new(&given, Some(Path::new("/tmp/x/stdin")));
        let absolute = |path: &str| std::path::absolute(path).unwrap_or_default();
        assert_eq!(names.of(&absolute("a.txt")), Path::new("a.txt"));
        assert_eq!(names.of(&absolute("folder/deep/b")), Path::new("folder/deep/b"));
        assert_eq!(names.of(Path::new("/tmp/x/stdin")), Path::new("-"));
        assert_eq!(names.of(Path::new("/elsewhere")), Path::new("/elsewhere"));
    }
}
