//! What is known in folders that are watched: what was there when the watch began, and what has been queued since.
//!
//! A watch has an id of its own ([`super::WatchedFolder::id`]), so that several windows share what they know of it, and one
//! that has been ended begins anew. A file is known in the same commit that queues it: a crash in between neither loses it
//! nor sends it twice.

use super::queue::{QueuedFile, insert};
use super::{Database, Destination, StoreError, path_bytes};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file of a watched folder, as a look has shown it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchedFile {
    /// Its name in the folder.
    pub name: PathBuf,
    /// Size in bytes.
    pub size_bytes: u64,
    /// Modification time, nanoseconds since 1970.
    pub modified_ns: i64,
    /// What it keeps under another name, where the system has such a number.
    pub file_id: Option<u64>,
}

/// A file that stands still, and may be new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// As it stands.
    pub file: WatchedFile,
    /// CRC-64/NVME of its bytes, where they were read.
    pub checksum: Option<u64>,
    /// The name that it had before, by which nothing is there any more.
    pub renamed_from: Option<PathBuf>,
}

/// How a folder came to be where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Appearance {
    /// It was there.
    Found,
    /// It was made a moment ago, in place of one that had gone: all that it holds is new.
    Made,
}

/// What became of candidates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// Of each its row of the queue, where it is new.
    Queued(Vec<Option<i64>>),
    /// Nothing: the watch is no more, for another window has ended it.
    WatchEnded,
}

/// What a candidate turns out to be.
#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    /// To be sent.
    New,
    /// Nothing about it has changed.
    Known,
    /// The same file under another name or with another time.
    Same,
}

impl Database {
    /// Begins a watch, or goes on with it, in the folder of this identity that holds `present`. Gives what is known.
    ///
    /// All that a folder holds is known when its watch begins, and when another folder has taken its place.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn begin_watch(
        &mut self,
        watch: &str,
        folder_id: Option<u64>,
        appearance: Appearance,
        present: &[WatchedFile],
    ) -> Result<Vec<WatchedFile>, StoreError> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let question = "SELECT folder_id FROM watch WHERE id = ?1";
        let before: Option<Option<i64>> = transaction.query_row(question, [watch], |row| row.get(0)).optional()?;
        let folder_id = folder_id.map(u64::cast_signed);
        let is_another = match before {
            None => true,
            Some(before) => appearance == Appearance::Found && before.is_some() && before != folder_id,
        };
        if is_another {
            for file in present {
                know(&transaction, watch, file, None)?;
            }
        }
        if before != Some(folder_id) {
            transaction.execute(
                "INSERT OR REPLACE INTO watch (id, folder_id) VALUES (?1, ?2)",
                params![watch, folder_id],
            )?;
        }
        let known = known(&transaction, watch)?;
        transaction.commit()?;
        Ok(known)
    }

    /// Queues those of `candidates` that are new, owned by this process, and knows all of them, in one transaction.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn take_watched(
        &mut self,
        watch: &str,
        folder: &Path,
        candidates: &[Candidate],
        destination: &Arc<Destination>,
    ) -> Result<Taken, StoreError> {
        let owner = self.owner.name()?;
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let question = "SELECT EXISTS (SELECT 1 FROM watch WHERE id = ?1)";
        if !transaction.query_row(question, [watch], |row| row.get::<_, bool>(0))? {
            return Ok(Taken::WatchEnded);
        }
        let (mut ids, mut written) = (Vec::with_capacity(candidates.len()), None);
        // By what was known before: one of them may have the name that another had.
        let verdicts = candidates.iter().map(|candidate| judge(&transaction, watch, candidate));
        let verdicts = verdicts.collect::<Result<Vec<_>, _>>()?;
        for (candidate, verdict) in candidates.iter().zip(verdicts) {
            if verdict != Verdict::Known {
                know(&transaction, watch, &candidate.file, candidate.checksum)?;
            }
            ids.push(if verdict == Verdict::New {
                let file = QueuedFile {
                    path: folder.join(&candidate.file.name),
                    dir: String::new(),
                    destination: Arc::clone(destination),
                };
                Some(insert(&transaction, &file, Some(watch), owner, &mut written)?)
            } else {
                None
            });
        }
        transaction.commit()?;
        Ok(Taken::Queued(ids))
    }

    /// Ends a watch: nothing is known of it any more.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn end_watch(&mut self, watch: &str) -> Result<(), StoreError> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute("DELETE FROM watch WHERE id = ?1", [watch])?;
        transaction.execute("DELETE FROM watched_file WHERE watch = ?1", [watch])?;
        Ok(transaction.commit()?)
    }
}

/// A row as it is known.
struct Row {
    size_bytes: i64,
    modified_ns: i64,
    file_id: Option<i64>,
    checksum: Option<i64>,
}

/// New, unless it is known by its name or by the name that it had. Of two files of one size only the bytes tell whether
/// they are the same: where those of the older one were not read, they count as the same.
fn judge(connection: &Connection, watch: &str, candidate: &Candidate) -> Result<Verdict, StoreError> {
    let file = &candidate.file;
    if let Some(row) = row(connection, watch, &file.name)? {
        if row.size_bytes != file.size_bytes.cast_signed() {
            return Ok(Verdict::New);
        }
        if row.modified_ns == file.modified_ns {
            return Ok(Verdict::Known);
        }
        let checksum = candidate.checksum.map(u64::cast_signed);
        let differs = row.checksum.is_some() && checksum.is_some() && row.checksum != checksum;
        return Ok(if differs { Verdict::New } else { Verdict::Same });
    }
    let Some(before) = &candidate.renamed_from else {
        return Ok(Verdict::New);
    };
    let is_it = |row: &Row| {
        row.size_bytes == file.size_bytes.cast_signed()
            && row.modified_ns == file.modified_ns
            && row.file_id == file.file_id.map(u64::cast_signed)
    };
    let is_renamed = row(connection, watch, before)?.is_some_and(|row| is_it(&row));
    Ok(if is_renamed { Verdict::Same } else { Verdict::New })
}

fn row(connection: &Connection, watch: &str, name: &Path) -> Result<Option<Row>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT size_bytes, modified_ns, file_id, checksum FROM watched_file WHERE watch = ?1 AND name = ?2",
    )?;
    let row = statement.query_row(params![watch, path_bytes::to_bytes(name)], |row| {
        Ok(Row {
            size_bytes: row.get(0)?,
            modified_ns: row.get(1)?,
            file_id: row.get(2)?,
            checksum: row.get(3)?,
        })
    });
    Ok(row.optional()?)
}

fn know(connection: &Connection, watch: &str, file: &WatchedFile, checksum: Option<u64>) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "INSERT OR REPLACE INTO watched_file (watch, name, size_bytes, modified_ns, file_id, checksum)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    statement.execute(params![
        watch,
        path_bytes::to_bytes(&file.name),
        file.size_bytes.cast_signed(),
        file.modified_ns,
        file.file_id.map(u64::cast_signed),
        checksum.map(u64::cast_signed),
    ])?;
    Ok(())
}

fn known(connection: &Connection, watch: &str) -> Result<Vec<WatchedFile>, StoreError> {
    let mut statement =
        connection.prepare("SELECT name, size_bytes, modified_ns, file_id FROM watched_file WHERE watch = ?1")?;
    let files = statement.query_map([watch], |row| {
        Ok(WatchedFile {
            name: path_bytes::from_bytes(row.get(0)?),
            size_bytes: row.get::<_, i64>(1)?.cast_unsigned(),
            modified_ns: row.get(2)?,
            file_id: row.get::<_, Option<i64>>(3)?.map(i64::cast_unsigned),
        })
    })?;
    Ok(files.collect::<Result<_, _>>()?)
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must fail loudly"
)]
mod tests {
    use super::super::DestinationKind;
    use super::*;

    const FOLDER: &str = "/pictures";

    struct Home(tempfile::TempDir);

    impl Home {
        fn new() -> Self {
            Self(tempfile::tempdir().unwrap())
        }

        fn open(&self) -> Database {
            Database::open(&self.0.path().join("dropslot.sqlite3")).unwrap()
        }
    }

    fn file(name: &str, size_bytes: u64, modified_ns: i64) -> WatchedFile {
        WatchedFile {
            name: name.into(),
            size_bytes,
            modified_ns,
            file_id: Some(u64::MAX),
        }
    }

    fn candidate(file: WatchedFile, checksum: u64) -> Candidate {
        Candidate {
            file,
            checksum: Some(checksum),
            renamed_from: None,
        }
    }

    fn begin(database: &mut Database, present: &[WatchedFile]) -> Vec<WatchedFile> {
        database.begin_watch("w", Some(1), Appearance::Found, present).unwrap()
    }

    /// Whether each was new.
    fn take(database: &mut Database, candidates: &[Candidate]) -> Vec<bool> {
        let destination = Arc::new(Destination::new("s", DestinationKind::Sandbox));
        match database.take_watched("w", Path::new(FOLDER), candidates, &destination) {
            Ok(Taken::Queued(ids)) => ids.iter().map(Option::is_some).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_was_there_is_known_and_what_comes_is_new_once() {
        let home = Home::new();
        let (mut one, mut two) = (home.open(), home.open());
        let old = file("old.png", 1, 1);
        let there = [old.clone()];
        assert_eq!(begin(&mut one, &there), there);
        let new = candidate(file("new.png", 2, 2), 7);
        // Another window finds the watch as it is, with a file more in the folder.
        assert_eq!(begin(&mut two, &[old.clone(), new.file.clone()]), there);
        let both = [candidate(old, 3), new];
        assert_eq!(take(&mut one, &both), [false, true]);
        assert_eq!(take(&mut two, &both), [false, false]);
        drop(one);
        let left = two.adopt_interrupted().unwrap();
        assert_eq!(left.len(), 1, "it outlives its process");
        assert_eq!(left[0].file.path, Path::new(FOLDER).join("new.png"));
        assert_eq!(left[0].watch.as_deref(), Some("w"));
    }

    #[test]
    fn other_bytes_are_new_and_another_time_is_not() {
        let home = Home::new();
        let mut database = home.open();
        begin(&mut database, &[file("before.png", 5, 1)]);
        let mut is_new =
            |size, modified, checksum| take(&mut database, &[candidate(file("a.png", size, modified), checksum)])[0];
        assert!(is_new(5, 1, 7));
        assert!(!is_new(5, 2, 7), "only its time has changed");
        assert!(is_new(5, 3, 8), "of the same size, with other bytes");
        assert!(is_new(6, 3, 8), "of another size");
        // Its bytes of then are not known; those of now are.
        let mut touched =
            |modified, checksum| take(&mut database, &[candidate(file("before.png", 5, modified), checksum)])[0];
        assert!(!touched(2, 7));
        assert!(touched(3, 8));
    }

    #[test]
    fn a_new_name_makes_no_new_file_but_a_new_file_may_have_had_a_known_name() {
        let home = Home::new();
        let mut database = home.open();
        begin(&mut database, &[]);
        assert_eq!(take(&mut database, &[candidate(file("a.png", 5, 1), 7)]), [true]);
        let renamed = |file: WatchedFile| Candidate {
            renamed_from: Some(
                if file.name == Path::new("b.png") {
                    "a.png"
                } else {
                    "b.png"
                }
                .into(),
            ),
            ..candidate(file, 7)
        };
        let in_its_place = candidate(file("a.png", 6, 9), 8);
        assert_eq!(
            take(&mut database, &[in_its_place, renamed(file("b.png", 5, 1))]),
            [true, false]
        );
        assert_eq!(take(&mut database, &[renamed(file("c.png", 5, 2))]), [true]);
        let other = WatchedFile {
            file_id: Some(2),
            ..file("d.png", 5, 1)
        };
        assert_eq!(take(&mut database, &[renamed(other)]), [true]);
        assert_eq!(
            take(&mut database, &[candidate(file("e.png", 5, 1), 7)]),
            [true],
            "a copy beside it"
        );
    }

    #[test]
    fn another_folder_in_its_place_is_not_sent_but_one_that_was_made_anew_is() {
        let home = Home::new();
        let mut database = home.open();
        begin(&mut database, &[]);
        let strange = [file("strange.png", 1, 1)];
        let same = database.begin_watch("w", Some(1), Appearance::Found, &strange).unwrap();
        assert_eq!(same, []);
        let made = database.begin_watch("w", Some(2), Appearance::Made, &strange).unwrap();
        assert_eq!(made, []);
        let other = database.begin_watch("w", Some(3), Appearance::Found, &strange).unwrap();
        assert_eq!(other, strange);
    }

    #[test]
    fn a_watch_that_has_ended_takes_nothing_and_begins_anew() {
        let home = Home::new();
        let mut database = home.open();
        begin(&mut database, &[]);
        database.end_watch("w").unwrap();
        let destination = Arc::new(Destination::new("s", DestinationKind::Sandbox));
        let new = [candidate(file("a.png", 5, 1), 7)];
        let taken = database.take_watched("w", Path::new(FOLDER), &new, &destination);
        assert_eq!(taken.unwrap(), Taken::WatchEnded);
        assert_eq!(begin(&mut database, &[file("a.png", 5, 1)]).len(), 1);
    }
}
