//! Standard input as a file: a form needs its length before its first byte.

use crate::cli::problem::Problem;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// What `-` stands for on the command line, and in reports.
pub(super) const STDIN: &str = "-";

/// The paths to send; the temporary folder goes away with this.
pub(super) struct Spooled {
    pub(super) paths: Vec<PathBuf>,
    /// Stands for standard input.
    pub(super) file: Option<PathBuf>,
    _folder: Option<tempfile::TempDir>,
}

/// Reads standard input to its end where `-` is among `paths`, into a file named after the last segment of a literal
/// key, else `stdin`.
///
/// # Errors
/// Where `-` stands twice, or it cannot be read or kept.
pub(super) async fn spool(mut paths: Vec<PathBuf>, key_template: &str) -> Result<Spooled, Problem> {
    let mut places = paths.iter_mut().filter(|path| path.as_os_str() == STDIN);
    let Some(place) = places.next() else {
        return Ok(Spooled {
            paths,
            file: None,
            _folder: None,
        });
    };
    if places.next().is_some() {
        return Err(Problem::usage(
            "Standard input can be sent once only",
            "Write - one time",
        ));
    }
    let unkept = |error: &dyn std::error::Error| {
        Problem::of_system("Standard input could not be kept in a temporary file", error)
    };
    let folder = tempfile::tempdir().map_err(|error| unkept(&error))?;
    let file = folder.path().join(file_name(key_template));
    let into = file.clone();
    tokio::task::spawn_blocking(move || copy(&into))
        .await
        .map_err(|error| unkept(&error))?
        .map_err(|error| unkept(&error))?;
    place.clone_from(&file);
    Ok(Spooled {
        paths,
        file: Some(file),
        _folder: Some(folder),
    })
}

fn copy(file: &Path) -> std::io::Result<()> {
    let mut file = std::fs::File::create(file)?;
    std::io::copy(&mut std::io::stdin().lock(), &mut file)?;
    file.flush()
}

fn file_name(key_template: &str) -> &str {
    let last = key_template.rsplit('/').next().unwrap_or_default();
    if last.is_empty() || last.contains(['{', '}', '\\', '\0']) || last == "." || last == ".." || last.len() > 200 {
        "stdin"
    } else {
        last
    }
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn a_literal_key_names_the_file_and_so_its_type() {
        assert_eq!(file_name("logs/today.txt"), "today.txt");
        assert_eq!(file_name("{rand}/{name}"), "stdin");
        assert_eq!(file_name("in/"), "stdin");
        assert_eq!(file_name(".."), "stdin");
    }
}
