//! Hears from the system what happens in folders, by the `notify` crate; who is to look is woken.

use notify::event::{AccessKind, AccessMode, CreateKind};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Notify;

/// What has happened since it was last asked.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// Where something has happened.
    pub(super) paths: BTreeSet<PathBuf>,
    /// Folders that were made.
    pub(super) made: BTreeSet<PathBuf>,
    /// The system has lost track: anything may have happened.
    pub(super) anything: bool,
}

/// What was heard and not asked for yet.
#[derive(Debug, Default)]
pub(super) struct Heard {
    told: Mutex<Told>,
    pub(super) wakes: Notify,
}

impl Heard {
    pub(super) fn take(&self) -> Told {
        std::mem::take(&mut *self.told.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn hear(&self, event: notify::Result<notify::Event>) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        match event {
            Ok(event) if event.need_rescan() => told.anything = true,
            // Who only reads changes nothing.
            Ok(event) if is_reading(event.kind) => return,
            Ok(event) => {
                if event.kind == EventKind::Create(CreateKind::Folder) {
                    told.made.extend(event.paths.iter().cloned());
                }
                told.paths.extend(event.paths);
            }
            Err(error) => {
                tracing::warn!(%error, "a watched folder is looked at anew");
                told.anything = true;
            }
        }
        drop(told);
        self.wakes.notify_one();
    }
}

fn is_reading(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(access) => access != AccessKind::Close(AccessMode::Write),
        _ => false,
    }
}

/// The folders that are listened to, of all watches together: the system gives few such listeners to a user.
#[derive(Debug)]
pub(super) struct Ears {
    watcher: Option<RecommendedWatcher>,
    folders: BTreeSet<PathBuf>,
    heard: Arc<Heard>,
}

impl Ears {
    pub(super) fn new(heard: Arc<Heard>) -> Self {
        Self {
            watcher: None,
            folders: BTreeSet::new(),
            heard,
        }
    }

    /// Listens to what happens in a folder, not in those below it. One that was listened to is listened to anew: there may
    /// be another one in its place.
    pub(super) fn listen(&mut self, folder: &Path) -> notify::Result<()> {
        self.forget(folder);
        let watcher = if let Some(watcher) = &mut self.watcher {
            watcher
        } else {
            let heard = Arc::clone(&self.heard);
            self.watcher
                .insert(notify::recommended_watcher(move |event| heard.hear(event))?)
        };
        watcher.watch(folder, RecursiveMode::NonRecursive)?;
        self.folders.insert(folder.to_owned());
        Ok(())
    }

    /// Listens to none but these. Without any there is no listener, and no thread of it.
    pub(super) fn keep(&mut self, wanted: &BTreeSet<PathBuf>) {
        for folder in self.folders.difference(wanted).cloned().collect::<Vec<_>>() {
            self.forget(&folder);
        }
        if self.folders.is_empty() {
            self.watcher = None;
        }
    }

    fn forget(&mut self, folder: &Path) {
        if self.folders.remove(folder)
            && let Some(watcher) = &mut self.watcher
            && let Err(error) = watcher.unwatch(folder)
        {
            // It is gone, and its listener with it.
            tracing::debug!(%error, "a folder was not listened to any more");
        }
    }
}
