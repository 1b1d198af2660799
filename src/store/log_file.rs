//! The log file: every process of this user appends to it, it is turned over by its size, and nobody else may read it.
//!
//! It is opened anew for every line: lines are few, and so it does not matter which process turns it over, moves it or
//! deletes it. Nothing that goes wrong here (a full disk, a folder that is read-only) is told to anybody.

use super::Folders;
use super::folders::private_folder;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read as _, Seek as _, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// The file is turned over when it is longer, in bytes: with the one before it, twice as much is kept at most.
const MAX_BYTES: u64 = 1 << 20;
/// Longest line, in bytes; what follows is left out.
const MAX_LINE_BYTES: usize = 16 << 10;
const CUT: &[u8] = "…\n".as_bytes();

/// Where lines are appended.
#[derive(Clone, Debug)]
pub struct LogFile {
    path: PathBuf,
    max_bytes: u64,
}

impl LogFile {
    /// That of `folders`; made, with its folder, by the first line.
    #[must_use]
    pub fn of(folders: &Folders) -> Self {
        Self {
            path: folders.log_file(),
            max_bytes: MAX_BYTES,
        }
    }

    /// All lines that are kept, oldest first, as far as they can be read.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let texts = [self.previous(), self.path.clone()].map(|path| last_text(&path, 2 * self.max_bytes));
        let lines = texts.iter().flat_map(|text| text.lines());
        lines.map(str::to_owned).collect()
    }

    /// How many bytes both files have.
    #[must_use]
    pub fn size_bytes(&self) -> u64 {
        let sizes = [self.previous(), self.path.clone()].map(|path| fs::metadata(path).map_or(0, |file| file.len()));
        sizes.iter().sum()
    }

    fn previous(&self) -> PathBuf {
        self.path.with_extension("log.1")
    }

    fn append(&self, line: &[u8]) -> io::Result<()> {
        let mut file = match open(&self.path) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                self.path.parent().map_or(Ok(()), private_folder)?;
                open(&self.path)?
            }
            opened => opened?,
        };
        match line.get(..MAX_LINE_BYTES) {
            None => file.write_all(line)?,
            Some(beginning) => file.write_all(&[beginning, CUT].concat())?,
        }
        if file.metadata()?.len() > self.max_bytes {
            self.turn_over(&file)?;
        }
        Ok(())
    }

    /// Several processes may find the file too long: one renames it, and the others see that it is another one.
    fn turn_over(&self, file: &File) -> io::Result<()> {
        if file.try_lock().is_ok() && fs::metadata(&self.path)?.len() > self.max_bytes {
            fs::rename(&self.path, self.previous())?;
        }
        Ok(())
    }
}

impl Write for LogFile {
    /// One call, one line.
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        // There is nobody to tell: the log is where it would be told.
        drop(self.append(line));
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// The end of a file, at most `max_bytes` of it; empty where it cannot be read.
fn last_text(path: &Path, max_bytes: u64) -> String {
    let read = || -> io::Result<Vec<u8>> {
        let mut file = File::open(path)?;
        let begin = file.metadata()?.len().saturating_sub(max_bytes);
        file.seek(SeekFrom::Start(begin))?;
        let mut bytes = Vec::new();
        file.take(max_bytes).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    String::from_utf8_lossy(&read().unwrap_or_default()).into_owned()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
mod tests {
    use super::*;

    fn small(folders: &Folders) -> LogFile {
        LogFile {
            max_bytes: 1000,
            ..LogFile::of(folders)
        }
    }

    #[test]
    fn the_newest_lines_are_kept_and_the_files_stay_small() {
        let (_dir, folders) = Folders::of_a_test();
        let mut log = small(&folders);
        for number in 0..500 {
            log.write_all(format!("line {number:03} of five hundred\n").as_bytes())
                .unwrap();
            assert!(log.size_bytes() <= 2 * (1000 + 30), "{}", log.size_bytes());
        }
        let lines = log.lines();
        assert_eq!(lines.last().unwrap(), "line 499 of five hundred");
        assert!(lines.len() >= 1000 / 26 && lines.is_sorted(), "{lines:?}");
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_may_read_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let (_dir, folders) = Folders::of_a_test();
        writeln!(LogFile::of(&folders), "a line").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&folders.log_file()), 0o600);
        assert_eq!(mode(folders.log_file().parent().unwrap()), 0o700);
    }

    #[test]
    fn a_place_that_takes_nothing_disturbs_nobody() {
        let (dir, folders) = Folders::of_a_test();
        fs::write(dir.path().join("data"), "a file where the folder would be").unwrap();
        let mut log = LogFile::of(&folders);
        writeln!(log, "a line").unwrap();
        assert_eq!(log.lines(), Vec::<String>::new());
    }

    #[test]
    fn lines_of_many_writers_at_once_stay_whole() {
        let (_dir, folders) = Folders::of_a_test();
        std::thread::scope(|scope| {
            for writer in 0..8 {
                let mut log = small(&folders);
                scope.spawn(move || {
                    for _ in 0..100 {
                        log.write_all(format!("{}\n", writer.to_string().repeat(40)).as_bytes())
                            .unwrap();
                    }
                });
            }
        });
        let lines = small(&folders).lines();
        let is_whole = |line: &String| line.len() == 40 && line.bytes().all(|byte| Some(byte) == line.bytes().next());
        assert!(!lines.is_empty() && lines.iter().all(is_whole), "{lines:?}");
    }

    #[test]
    fn a_line_without_end_is_cut() {
        let (_dir, folders) = Folders::of_a_test();
        let mut log = LogFile::of(&folders);
        log.write_all(&vec![b'a'; 1 << 20]).unwrap();
        assert!(log.size_bytes() < 17 << 10);
    }
}
