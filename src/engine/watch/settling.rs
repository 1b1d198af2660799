//! Which files have come to rest: those that nobody has written to for a while, several at a time. Asks no clock.

use crate::store::WatchedFile;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// A file that has not changed for so long is whole.
pub(super) const STILL_FOR: Duration = Duration::from_secs(2);
/// What comes to rest within this after the first goes with it, as one batch.
const TOGETHER_WITHIN: Duration = Duration::from_secs(1);

/// Files that are being written, or were a moment ago.
#[derive(Debug, Default)]
pub(super) struct Settling(HashMap<PathBuf, Moving>);

#[derive(Debug)]
struct Moving {
    seen: WatchedFile,
    /// When it was last written to, as far as it was seen.
    since: Instant,
}

impl Settling {
    /// A file has been written to, and looks like this now. An empty one has only been begun.
    pub(super) fn moved(&mut self, seen: WatchedFile, now: Instant) {
        if seen.size_bytes == 0 {
            self.gone(&seen.name);
        } else {
            self.0.insert(seen.name.clone(), Moving { seen, since: now });
        }
    }

    /// A file looks like this now: one that does not look different has not been written to.
    pub(super) fn seen(&mut self, seen: WatchedFile, now: Instant) {
        if self.0.get(&seen.name).is_none_or(|known| known.seen != seen) {
            self.moved(seen, now);
        }
    }

    pub(super) fn gone(&mut self, name: &Path) {
        self.0.remove(name);
    }

    /// All of them are gone.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// When the next batch is at rest; `None` while nothing moves.
    pub(super) fn next(&self) -> Option<Instant> {
        let rest = || self.0.values().map(|moving| moving.since + STILL_FOR);
        let first = rest().min()?;
        rest().filter(|at| *at <= first + TOGETHER_WITHIN).max()
    }

    /// The files that are at rest now, by name; they are forgotten here.
    pub(super) fn take(&mut self, now: Instant) -> Vec<WatchedFile> {
        if self.next().is_none_or(|next| next > now) {
            return Vec::new();
        }
        let at_rest = self.0.extract_if(|_, moving| moving.since + STILL_FOR <= now);
        let mut files: Vec<_> = at_rest.map(|(_, moving)| moving.seen).collect();
        files.sort_by(|one, other| one.name.cmp(&other.name));
        files
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, size_bytes: u64) -> WatchedFile {
        WatchedFile {
            name: name.into(),
            size_bytes,
            modified_ns: 0,
            file_id: None,
        }
    }

    fn names(files: &[WatchedFile]) -> Vec<&str> {
        files.iter().filter_map(|file| file.name.to_str()).collect()
    }

    const fn ms(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    #[test]
    fn a_file_is_at_rest_two_seconds_after_it_was_last_written_to() {
        let (mut settling, begun) = (Settling::default(), Instant::now());
        assert_eq!(settling.next(), None);
        settling.moved(file("a", 1), begun);
        settling.moved(file("a", 2), begun + ms(1500));
        assert_eq!(settling.next(), Some(begun + ms(3500)));
        assert_eq!(settling.take(begun + ms(3499)), []);
        assert_eq!(settling.take(begun + ms(3500)), [file("a", 2)]);
        assert_eq!(settling.next(), None);
    }

    #[test]
    fn a_look_that_shows_nothing_new_is_no_movement_but_a_write_is_one() {
        let (mut settling, begun) = (Settling::default(), Instant::now());
        settling.seen(file("a", 1), begun);
        settling.seen(file("a", 1), begun + ms(1000));
        assert_eq!(settling.next(), Some(begun + STILL_FOR));
        settling.moved(file("a", 1), begun + ms(1000));
        assert_eq!(settling.next(), Some(begun + ms(3000)));
        settling.seen(file("a", 2), begun + ms(1500));
        assert_eq!(settling.next(), Some(begun + ms(3500)));
    }

    #[test]
    fn what_is_empty_or_gone_is_not_waited_for() {
        let (mut settling, begun) = (Settling::default(), Instant::now());
        settling.moved(file("a", 0), begun);
        assert_eq!(settling.next(), None);
        settling.moved(file("a", 1), begun);
        settling.moved(file("b", 1), begun);
        settling.moved(file("a", 0), begun + ms(1));
        settling.gone(Path::new("b"));
        assert_eq!(settling.next(), None);
        assert_eq!(settling.take(begun + ms(10_000)), []);
    }

    #[test]
    fn what_comes_within_a_second_goes_together_and_nothing_waits_for_a_file_that_grows() {
        let (mut settling, begun) = (Settling::default(), Instant::now());
        settling.moved(file("b", 1), begun);
        settling.moved(file("a", 1), begun + ms(900));
        settling.moved(file("late", 1), begun + ms(1100));
        settling.moved(file("film", 1), begun + ms(1900));
        assert_eq!(settling.next(), Some(begun + ms(2900)));
        assert_eq!(settling.take(begun + ms(2000)), []);
        assert_eq!(names(&settling.take(begun + ms(2900))), ["a", "b"]);
        assert_eq!(settling.next(), Some(begun + ms(3900)));
        for second in 3..100 {
            settling.moved(file("film", second), begun + ms(second * 1000));
            assert_eq!(
                names(&settling.take(begun + ms(second * 1000 + 100))),
                if second == 3 { vec!["late"] } else { vec![] }
            );
        }
    }
}
