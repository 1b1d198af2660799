//! Looks at watched folders and the files in them. Blocks: to be called off the runtime's threads.

use super::names::is_wanted;
use crate::store::{Candidate, WatchedFile};
use crate::transfer::checksum::file_checksums;
use crate::transfer::{Source, SourceError};
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// Larger files are not read to be told from others of their size.
const READ_UP_TO_BYTES: u64 = 256 * 1024 * 1024;

/// The files of a folder, not those of folders in it. One that goes away meanwhile is none.
pub(super) fn files(folder: &Path) -> std::io::Result<Vec<WatchedFile>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        files.extend(file(folder, Path::new(&entry?.file_name())));
    }
    Ok(files)
}

/// The file of this name, where it is one that is meant to be kept. Links are not followed: what they lead to has not
/// appeared here.
pub(super) fn file(folder: &Path, name: &Path) -> Option<WatchedFile> {
    if !is_wanted(name) {
        return None;
    }
    let metadata = fs::symlink_metadata(folder.join(name)).ok()?;
    let modified = metadata.modified().ok()?;
    metadata.is_file().then(|| WatchedFile {
        name: name.to_owned(),
        size_bytes: metadata.len(),
        modified_ns: since_1970(modified),
        file_id: identity(&metadata),
    })
}

/// What a file or folder keeps when it is renamed, and no other in its file system has.
#[cfg(unix)]
#[allow(clippy::unnecessary_wraps, reason = "elsewhere there is none")]
pub(super) fn identity(metadata: &Metadata) -> Option<u64> {
    Some(std::os::unix::fs::MetadataExt::ino(metadata))
}

/// Elsewhere a file is known again by its size and its time.
#[cfg(not(unix))]
pub(super) fn identity(_metadata: &Metadata) -> Option<u64> {
    None
}

/// Nanoseconds, negative before; a time that no file has stands still.
fn since_1970(time: SystemTime) -> i64 {
    let nanos = |duration: std::time::Duration| i64::try_from(duration.as_nanos()).unwrap_or(i64::MAX);
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => nanos(after),
        Err(before) => -nanos(before.duration()),
    }
}

/// Whether two looks have shown one file, perhaps under two names.
pub(super) fn is_one_file(one: &WatchedFile, other: &WatchedFile) -> bool {
    let facts = |file: &WatchedFile| (file.file_id, file.size_bytes, file.modified_ns);
    facts(one) == facts(other)
}

/// What has become of a file that seemed to be at rest.
#[derive(Debug)]
pub(super) enum Rest {
    /// It is.
    Still(Candidate),
    /// It has been written to after all.
    Moved(WatchedFile),
    /// It is not there any more.
    Gone,
}

/// Looks once more at a file that seemed to be at rest. `names_before`: names under which the same file was known.
pub(super) fn at_rest(folder: &Path, seen: WatchedFile, names_before: Vec<PathBuf>) -> Rest {
    match file(folder, &seen.name) {
        None => return Rest::Gone,
        Some(now) if now != seen => return Rest::Moved(now),
        Some(_) => {}
    }
    let path = folder.join(&seen.name);
    let checksum = if seen.size_bytes > READ_UP_TO_BYTES {
        None
    } else {
        match checksum(&path, seen.size_bytes) {
            Ok(checksum) => checksum,
            Err(SourceError::Changed) => return file(folder, &seen.name).map_or(Rest::Gone, Rest::Moved),
            // The upload's row says why it cannot be read.
            Err(_) => None,
        }
    };
    // What has that name now may be another file.
    let is_it = |other: WatchedFile| is_one_file(&other, &seen);
    let are_gone = names_before.iter().all(|name| !file(folder, name).is_some_and(is_it));
    Rest::Still(Candidate {
        renamed_from: names_before.into_iter().next().filter(|_| are_gone),
        checksum,
        file: seen,
    })
}

fn checksum(path: &Path, size_bytes: u64) -> Result<Option<u64>, SourceError> {
    let source = Source {
        path: path.to_owned(),
        size_bytes,
        modified: fs::symlink_metadata(path)?.modified()?,
    };
    Ok(file_checksums(&source, 0..size_bytes, false)?.crc())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
mod tests {
    use super::*;

    #[test]
    fn files_of_a_folder_are_found_and_links_folders_and_hidden_ones_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("a.png"), "12345").unwrap();
        fs::write(path(".hidden"), "x").unwrap();
        fs::create_dir(path("below")).unwrap();
        fs::write(path("below/b.png"), "x").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(path("a.png"), path("link.png")).unwrap();
        let found = files(folder.path()).unwrap();
        assert_eq!(found.len(), 1, "{found:?}");
        let file = found.into_iter().next().unwrap();
        assert_eq!((file.name.to_str().unwrap(), file.size_bytes), ("a.png", 5));
    }

    #[test]
    fn a_file_at_rest_is_read_and_one_that_has_changed_or_gone_is_not_at_rest() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.png");
        fs::write(&path, "123456789").unwrap();
        let seen = file(folder.path(), Path::new("a.png")).unwrap();
        let before = vec![PathBuf::from("before.png")];
        let Rest::Still(candidate) = at_rest(folder.path(), seen.clone(), before.clone()) else {
            unreachable!("it is at rest");
        };
        // The check value of CRC-64/NVME: https://reveng.sourceforge.io/crc-catalogue/all.htm
        assert_eq!(candidate.checksum, Some(0xae8b_1486_0a79_9888));
        assert_eq!(candidate.renamed_from, Some("before.png".into()));
        // A copy under the old name is another file, a link is the same.
        let old = folder.path().join("before.png");
        fs::write(&old, "123456789").unwrap();
        let replaced = at_rest(folder.path(), seen.clone(), before.clone());
        #[cfg(unix)]
        assert!(
            matches!(
                replaced,
                Rest::Still(Candidate {
                    renamed_from: Some(_),
                    ..
                })
            ),
            "{replaced:?}"
        );
        fs::remove_file(&old).unwrap();
        fs::hard_link(&path, &old).unwrap();
        let copied = at_rest(folder.path(), seen.clone(), before);
        assert!(matches!(copied, Rest::Still(Candidate { renamed_from: None, .. })));

        fs::write(&path, "12345678").unwrap();
        assert!(matches!(at_rest(folder.path(), seen.clone(), vec![]), Rest::Moved(_)));
        fs::remove_file(&path).unwrap();
        assert!(matches!(at_rest(folder.path(), seen, vec![]), Rest::Gone));
    }
}
