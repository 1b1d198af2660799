//! One randomness for all files of a dropped folder, so that its tree stays together below `{rand}`.

use super::{BatchId, Failure, UploadId};
use crate::s3::ObjectKey;
use crate::store::QueuedFile;
use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Which dropped folder: the same one dropped twice is two.
type Folder = (BatchId, PathBuf);

/// The folders of this run. Clashes are looked for here, since a key with randomness is not looked for in S3.
#[derive(Debug, Default)]
pub(super) struct FolderKeys(Mutex<HashMap<Folder, Keys>>);

#[derive(Debug)]
struct Keys {
    random: [u8; 16],
    /// Who has which key, by the keys' hashes: a million keys would be most of what a million files need. Where two keys have
    /// one hash, the second goes as if it were taken.
    taken: HashMap<u64, UploadId>,
    hasher: RandomState,
}

impl FolderKeys {
    /// The key that `expand` gives with the randomness of the file's folder: `random` where the folder is new, where the
    /// file lies in none, and where another file has the key already (names that differ in what is not stored of them).
    pub(super) fn key(
        &self,
        batch: BatchId,
        upload: UploadId,
        file: &QueuedFile,
        random: [u8; 16],
        expand: impl Fn([u8; 16]) -> Result<ObjectKey, Failure>,
    ) -> Result<ObjectKey, Failure> {
        let Some(root) = dropped_folder(file) else {
            return expand(random);
        };
        let mut folders = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let keys = folders.entry((batch, root.to_owned())).or_insert_with(|| Keys {
            random,
            taken: HashMap::new(),
            hasher: RandomState::new(),
        });
        let key = expand(keys.random)?;
        let hash = keys.hasher.hash_one(key.as_str());
        if *keys.taken.entry(hash).or_insert(upload) == upload {
            return Ok(key);
        }
        expand(random)
    }
}

/// The folder that was dropped: as many steps up as `dir` has segments.
fn dropped_folder(file: &QueuedFile) -> Option<&Path> {
    if file.dir.is_empty() {
        return None;
    }
    file.path.ancestors().nth(file.dir.split('/').count())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
mod tests {
    use super::*;
    use crate::store::{Destination, DestinationKind};

    fn file(path: &str, dir: &str) -> QueuedFile {
        QueuedFile {
            path: path.into(),
            dir: dir.to_owned(),
            destination: Destination::new("Sandbox", DestinationKind::Sandbox).into(),
        }
    }

    fn key(keys: &FolderKeys, batch: u64, upload: u64, file: &QueuedFile, random: u8) -> String {
        let name = file.path.file_name().unwrap().to_string_lossy().into_owned();
        let expand = |bytes: [u8; 16]| Ok(ObjectKey::new(format!("{}/{}/{name}", bytes[0], file.dir)).unwrap());
        let key = keys.key(BatchId(batch), UploadId(upload), file, [random; 16], expand);
        key.unwrap().to_string()
    }

    #[test]
    fn a_dropped_folder_stays_together_and_others_get_their_own() {
        let keys = FolderKeys::default();
        assert_eq!(key(&keys, 1, 1, &file("/x/top/a.txt", "top"), 1), "1/top/a.txt");
        assert_eq!(
            key(&keys, 1, 2, &file("/x/top/deep/b.txt", "top/deep"), 2),
            "1/top/deep/b.txt"
        );
        assert_eq!(key(&keys, 1, 3, &file("/y/top/a.txt", "top"), 3), "3/top/a.txt");
        assert_eq!(key(&keys, 2, 4, &file("/x/top/a.txt", "top"), 4), "4/top/a.txt");
        assert_eq!(key(&keys, 1, 5, &file("/x/single.txt", ""), 5), "5//single.txt");
    }

    #[test]
    fn two_files_of_a_folder_never_get_one_key_and_the_same_file_keeps_its_own() {
        let keys = FolderKeys::default();
        let twice = file("/x/top/a.txt", "top");
        assert_eq!(key(&keys, 1, 1, &twice, 1), "1/top/a.txt");
        assert_eq!(key(&keys, 1, 2, &twice, 2), "2/top/a.txt");
        assert_eq!(key(&keys, 1, 1, &twice, 3), "1/top/a.txt");
    }
}
