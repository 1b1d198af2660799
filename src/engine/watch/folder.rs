//! One watch: its folder, what is known in it, and what is about to come to rest.

use super::look;
use super::place::{Lost, There};
use super::settling::Settling;
use crate::engine::{WatchRequest, WatchState};
use crate::store::WatchedFile;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// A watch at work.
#[derive(Debug)]
pub(super) struct Folder {
    pub(super) request: WatchRequest,
    /// Where the folder is, without links, while it is there.
    pub(super) root: Option<PathBuf>,
    /// What is listened to: the folder, or where it will come back.
    pub(super) listens_to: Option<PathBuf>,
    /// What has to appear before the folder can be there again.
    pub(super) waits_for: Option<PathBuf>,
    pub(super) settling: Settling,
    /// What is not to be sent, by name.
    known: HashMap<PathBuf, WatchedFile>,
    /// What was told last.
    pub(super) told: Option<WatchState>,
    /// Another window has ended the watch.
    pub(super) has_ended: bool,
}

impl Folder {
    pub(super) fn new(request: WatchRequest) -> Self {
        Self {
            request,
            root: None,
            listens_to: None,
            waits_for: None,
            settling: Settling::default(),
            known: HashMap::new(),
            told: None,
            has_ended: false,
        }
    }

    /// The folder is there, and so much is known.
    pub(super) fn is_there(&mut self, there: There, known: Vec<WatchedFile>, now: Instant) {
        self.known = known.into_iter().map(|file| (file.name.clone(), file)).collect();
        self.listens_to = Some(there.root.clone());
        self.root = Some(there.root);
        self.waits_for = None;
        for file in there.files {
            if self.is_news(&file) {
                self.settling.seen(file, now);
            }
        }
    }

    /// The folder is not there, or is not to be watched now. What had not come to rest is looked for when it is back.
    pub(super) fn is_lost(&mut self, lost: Lost) {
        self.root = None;
        self.listens_to = lost.waits_in;
        self.waits_for = lost.waits_for;
        self.settling.clear();
    }

    /// Nothing more is looked for.
    pub(super) fn end(&mut self) {
        self.has_ended = true;
        self.root = None;
        self.listens_to = None;
        self.waits_for = None;
        self.settling.clear();
    }

    /// Something has happened to the file of this name; this is how it looks now.
    pub(super) fn heard(&mut self, name: &Path, seen: Option<WatchedFile>, now: Instant) {
        match seen {
            Some(file) if self.is_news(&file) => self.settling.moved(file, now),
            _ => self.settling.gone(name),
        }
    }

    fn is_news(&self, file: &WatchedFile) -> bool {
        self.known.get(&file.name) != Some(file)
    }

    /// Names under which this very file was known, where it has a new one.
    pub(super) fn names_before(&self, file: &WatchedFile) -> Vec<PathBuf> {
        if self.known.contains_key(&file.name) {
            return Vec::new();
        }
        let is_it = |known: &&WatchedFile| look::is_one_file(known, file);
        self.known
            .values()
            .filter(is_it)
            .map(|known| known.name.clone())
            .collect()
    }

    /// It has been taken care of.
    pub(super) fn knows(&mut self, file: WatchedFile) {
        self.known.insert(file.name.clone(), file);
    }

    /// What became of a file that seemed to be at rest and was not.
    pub(super) fn moved_after_all(&mut self, rest: look::Rest, now: Instant) -> Option<crate::store::Candidate> {
        match rest {
            look::Rest::Still(candidate) => return Some(candidate),
            look::Rest::Moved(file) => self.settling.moved(file, now),
            look::Rest::Gone => {}
        }
        None
    }
}
