//! What `put` says: results on standard output in the order given, everything else on standard error.

use super::names::Names;
use crate::cli::json;
use crate::cli::problem::{Problem, Status, print_failure};
use crate::cli::stderr;
use crate::cli::stdout::Lines;
use crate::engine::failure::UploadReason;
use crate::engine::{Code, Done, Failure, Snapshot, UploadId};
use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

/// How an upload ended.
enum Outcome {
    Done(Arc<Done>),
    Failed { path: Arc<Path>, failure: Failure },
}

/// Holds results back until those before them are there.
pub(super) struct Report {
    json: bool,
    quiet: bool,
    names: Names,
    order: Vec<UploadId>,
    next: usize,
    ended: HashMap<UploadId, Outcome>,
    done: usize,
    failed: usize,
    unsent: Vec<String>,
    /// Uploads that another process left.
    resumed: HashSet<UploadId>,
    /// Of those, how many are still not done.
    left: usize,
    /// The store could not be read or written.
    troubled: bool,
    lines: Lines,
}

impl Report {
    pub(super) fn new(json: bool, quiet: bool, names: Names) -> Self {
        Self {
            json,
            quiet,
            names,
            order: Vec::new(),
            next: 0,
            ended: HashMap::new(),
            done: 0,
            failed: 0,
            unsent: Vec::new(),
            resumed: HashSet::new(),
            left: 0,
            troubled: false,
            lines: Lines::default(),
        }
    }

    /// The order is known.
    pub(super) fn added(&mut self, uploads: Vec<UploadId>) {
        if uploads.is_empty() && self.order.is_empty() && !self.quiet {
            stderr::tell("There is no file to upload.");
        }
        self.order.extend(uploads);
    }

    /// What was interrupted comes before what is new.
    pub(super) fn resumed(&mut self, uploads: &[UploadId]) {
        if uploads.is_empty() && !self.quiet && !self.troubled {
            stderr::tell("There is nothing to resume.");
        }
        self.order.extend(uploads);
        self.resumed.extend(uploads);
        self.left = uploads.len();
    }

    /// What no upload is to blame for.
    pub(super) fn trouble(&mut self, failure: &Failure) {
        self.troubled = true;
        print_failure(None, failure);
    }

    /// A function's first form has come.
    pub(super) fn host_trusted(&self, lambda: &str, host: &str) {
        if !self.quiet {
            stderr::tell(&format!(
                "Forms from {lambda} go to {host}; from now on no other host is taken without --s3-host."
            ));
        }
    }

    pub(super) fn done(&mut self, upload: UploadId, done: Arc<Done>) -> Result<(), Problem> {
        self.done += 1;
        if self.resumed.contains(&upload) {
            self.left = self.left.saturating_sub(1);
        }
        self.ended.insert(upload, Outcome::Done(done));
        self.print_in_order()
    }

    pub(super) fn failed(&mut self, upload: UploadId, failure: Failure, snapshot: &Snapshot) -> Result<(), Problem> {
        self.failed += 1;
        let path = path_of(upload, snapshot);
        if !self.json {
            print_failure(Some(&self.name(&path)), &failure);
        }
        self.ended.insert(upload, Outcome::Failed { path, failure });
        self.print_in_order()
    }

    pub(super) fn cancelled(&mut self, upload: UploadId, snapshot: &Snapshot) -> Result<(), Problem> {
        let path = path_of(upload, snapshot);
        self.unsent.push(self.name(&path));
        let failure = Failure::new(Code::Cancelled, UploadReason::Stopped).retryable();
        self.ended.insert(upload, Outcome::Failed { path, failure });
        self.print_in_order()
    }

    /// The last words, and the exit status.
    pub(super) fn summary(&self, stopped: bool) -> Status {
        if stopped {
            stderr::tell(&format!("Stopped: {} of {} sent.", self.done, self.order.len()));
            for name in &self.unsent {
                stderr::line(&format!("  Not sent: {name}"));
            }
            self.tell_what_is_left();
            return Status::Interrupted;
        }
        if self.failed > 0 && self.order.len() > 1 && !self.quiet {
            stderr::tell(&format!("{} of {} failed.", self.failed, self.order.len()));
        }
        self.tell_what_is_left();
        // A queue that could not be read is not empty.
        let unread = self.troubled && self.order.is_empty();
        if self.failed > 0 || !self.unsent.is_empty() || unread {
            Status::Failed
        } else {
            Status::Done
        }
    }

    fn tell_what_is_left(&self) {
        if self.left > 0 && !self.quiet {
            stderr::tell(&format!(
                "{} of those resumed stay in the queue: dropslot put --resume sends them again.",
                self.left
            ));
        }
    }

    fn print_in_order(&mut self) -> Result<(), Problem> {
        while let Some(outcome) = self.order.get(self.next).and_then(|upload| self.ended.remove(upload)) {
            self.next += 1;
            let line = match &outcome {
                Outcome::Done(done) if self.json => json::done(&self.name(&done.path), done).to_string(),
                Outcome::Done(done) => done.url.clone(),
                Outcome::Failed { path, failure } if self.json => json::failed(&self.name(path), failure).to_string(),
                Outcome::Failed { .. } => continue,
            };
            self.lines.line(&line)?;
        }
        Ok(())
    }

    fn name(&self, path: &Path) -> String {
        let name = self.names.of(path);
        if self.json {
            name.to_string_lossy().into_owned()
        } else {
            printable(&name.to_string_lossy())
        }
    }
}

fn path_of(upload: UploadId, snapshot: &Snapshot) -> Arc<Path> {
    let row = snapshot.uploads.get(upload);
    row.map_or_else(|| Path::new("").into(), |row| Arc::clone(&row.path))
}

/// A name on one line of a terminal: control characters, and marks that turn the direction of writing (with them a name
/// can disguise its extension), become visible.
pub(in crate::cli) fn printable(text: &str) -> String {
    let turns_direction =
        |letter: char| matches!(letter, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_control() || turns_direction(letter) {
            shown.extend(letter.escape_default());
        } else {
            shown.push(letter);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::printable;

    #[test]
    fn a_name_cannot_write_to_the_terminal_or_disguise_its_extension() {
        assert_eq!(printable("a\nb\u{1b}[2J"), r"a\nb\u{1b}[2J");
        assert_eq!(printable("photo\u{202E}gpj.exe"), r"photo\u{202e}gpj.exe");
        assert_eq!(printable("스크린샷 1.png"), "스크린샷 1.png");
    }
}
