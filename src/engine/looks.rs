//! First looks at files, one after another on one thread while they are quick: handing a file to a thread of its own costs
//! more than the look at a small one. Whoever is held up (a slow disk, a share that has gone) holds nobody else up.

use crate::transfer::{FirstLook, SourceError};
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::timeout;

/// Who waits longer gets help by another thread.
const QUICK: Duration = Duration::from_millis(20);
/// Threads that look at the same time.
const MOST_LOOKERS: usize = 16;

type Looked = Result<FirstLook, SourceError>;
type Look = fn(&Path, Option<String>) -> Looked;

/// Looks at files for all uploads.
#[derive(Debug)]
pub(super) struct Looks {
    look: Look,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    asked: VecDeque<Asked>,
    lookers: usize,
}

#[derive(Debug)]
struct Asked {
    path: PathBuf,
    fixed_type: Option<String>,
    answer: oneshot::Sender<Looked>,
}

impl Looks {
    pub(super) fn new(look: Look) -> Arc<Self> {
        Arc::new(Self {
            look,
            state: Mutex::default(),
        })
    }

    /// What [`crate::transfer::first_look`] sees; `None` where the look broke off.
    pub(super) async fn at(self: &Arc<Self>, path: PathBuf, fixed_type: Option<String>) -> Option<Looked> {
        let (answer, mut looked) = oneshot::channel();
        let is_alone = {
            let mut state = self.state();
            state.asked.push_back(Asked {
                path,
                fixed_type,
                answer,
            });
            state.lookers == 0
        };
        if is_alone {
            self.help();
        }
        loop {
            match timeout(QUICK, &mut looked).await {
                Ok(looked) => return looked.ok(),
                Err(_) => self.help(),
            }
        }
    }

    /// Another thread, where there is something left to look at.
    fn help(self: &Arc<Self>) {
        let mut state = self.state();
        if state.asked.is_empty() || state.lookers >= MOST_LOOKERS {
            return;
        }
        state.lookers += 1;
        drop(state);
        let looker = Looker {
            looks: Arc::clone(self),
            has_begun: false,
        };
        tokio::task::spawn_blocking(move || looker.run());
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A thread that looks, until it is dropped.
struct Looker {
    looks: Arc<Looks>,
    has_begun: bool,
}

impl Looker {
    /// Looks until there is nothing more to look at.
    fn run(mut self) {
        self.has_begun = true;
        while let Some(asked) = self.next() {
            let looked = (self.looks.look)(&asked.path, asked.fixed_type);
            // Nobody waits any more: the upload was stopped meanwhile.
            let _unheard = asked.answer.send(looked);
        }
    }

    fn next(&self) -> Option<Asked> {
        self.looks.state().asked.pop_front()
    }
}

impl Drop for Looker {
    fn drop(&mut self) {
        let mut state = self.looks.state();
        state.lookers = state.lookers.saturating_sub(1);
        if !self.has_begun {
            // The runtime ends, and starts no thread any more.
            state.asked.clear();
        }
        let is_left = state.lookers == 0 && !state.asked.is_empty();
        drop(state);
        if is_left {
            // Asked for between the last look and now.
            self.looks.help();
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
mod tests {
    use super::*;
    use std::sync::Condvar;
    use std::sync::atomic::{AtomicBool, Ordering};

    static HELD_UP: (Mutex<bool>, Condvar) = (Mutex::new(true), Condvar::new());
    static HAS_PANICKED: AtomicBool = AtomicBool::new(false);

    fn look(path: &Path, _fixed_type: Option<String>) -> Looked {
        if path.ends_with("gone-share") {
            let held_up = HELD_UP.0.lock().unwrap();
            drop(HELD_UP.1.wait_while(held_up, |held_up| *held_up).unwrap());
        }
        let is_mistake = path.ends_with("mistake") && !HAS_PANICKED.swap(true, Ordering::Relaxed);
        assert!(!is_mistake, "on purpose");
        Err(SourceError::Gone)
    }

    fn is_gone(looked: Option<&Looked>) -> bool {
        matches!(looked, Some(Err(SourceError::Gone)))
    }

    #[tokio::test]
    async fn a_file_that_holds_a_thread_up_holds_no_other_file_up() {
        let looks = Looks::new(look);
        let held_up = tokio::spawn({
            let looks = Arc::clone(&looks);
            async move { looks.at("gone-share".into(), None).await }
        });
        tokio::task::yield_now().await;
        for _ in 0..100 {
            assert!(is_gone(looks.at("file".into(), None).await.as_ref()));
        }
        assert!(!held_up.is_finished());
        *HELD_UP.0.lock().unwrap() = false;
        HELD_UP.1.notify_all();
        assert!(is_gone(held_up.await.unwrap().as_ref()));
    }

    #[tokio::test]
    async fn a_look_that_breaks_off_is_told_and_the_next_goes_on() {
        let looks = Looks::new(look);
        assert!(looks.at("mistake".into(), None).await.is_none());
        assert!(is_gone(looks.at("mistake".into(), None).await.as_ref()));
    }
}
