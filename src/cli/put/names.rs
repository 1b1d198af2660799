//! How files are called in reports: as the person wrote them, not by the absolute paths that the engine keeps.

use super::stdin::STDIN;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// What is shown of given paths, and their places among them, by their absolute ones: a shell gives a hundred thousand.
pub(super) struct Names(HashMap<PathBuf, (usize, PathBuf)>);

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
        // Of what is given twice, the first stays.
        let given = paths.iter().enumerate().rev();
        Self(
            given
                .map(|(place, path)| (absolute(path), (place, shown(path))))
                .collect(),
        )
    }

    /// A file of a given folder is called by that folder's name and its own below it; of several, by the first given.
    pub(super) fn of(&self, path: &Path) -> PathBuf {
        let given = path.ancestors().filter_map(|above| Some((above, self.0.get(above)?)));
        let Some((above, (_, shown))) = given.min_by_key(|(_, (place, _))| *place) else {
            return path.to_owned();
        };
        match path.strip_prefix(above) {
            Ok(below) if !below.as_os_str().is_empty() => shown.join(below),
            _ => shown.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_called_as_they_were_given() {
        let given = ["a.txt", "folder/", "/tmp/x/stdin", "folder/deep", "./a.txt"].map(PathBuf::from);
        let names = Names::new(&given, Some(Path::new("/tmp/x/stdin")));
        let absolute = |path: &str| std::path::absolute(path).unwrap_or_default();
        assert_eq!(names.of(&absolute("a.txt")), Path::new("a.txt"));
        assert_eq!(names.of(&absolute("folder/deep/b")), Path::new("folder/deep/b"));
        assert_eq!(names.of(Path::new("/tmp/x/stdin")), Path::new("-"));
        assert_eq!(names.of(Path::new("/elsewhere")), Path::new("/elsewhere"));
    }
}
