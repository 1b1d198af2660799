//! The history page: what is searched for, what was found, what of it was read, selected, and is to be forgotten.
//!
//! A search gives every entry's [`Stamp`]; the entries themselves are read when they come in sight.

mod list;

pub(crate) use list::{Day, HistoryList, heading_top};

use super::selection::{Places, Selection};
use super::{Dialog, Message, Model, Page};
use crate::engine::{Command, Event, Failure, Found, ObjectOf};
use crate::store::{CopyFormat, HistoryEntry, Stamp};
use crate::ui::action::{CopySource, Effect, Forgetting, HistoryAction};
use crate::ui::copy_text::{CopyParts, copy_text};
use jiff::ZonedDateTime;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

/// While many uploads end the open page asks no more often than this, in seconds.
const REFRESH_EVERY: f64 = 0.5;
/// Entries kept in memory: many screens of them.
const KEPT: usize = 4096;
/// Of more than that, what the last so many questions gave is kept: what is in sight is among it.
const KEPT_QUESTIONS: u64 = 16;

/// An entry as it was read.
#[derive(Clone, Debug)]
struct Read {
    /// The number of the question that gave it: where the history has changed since, it is read again.
    question: u64,
    entry: Arc<HistoryEntry>,
}

/// All that is known of the history.
#[derive(Debug, Default)]
pub(crate) struct History {
    /// What the search field says.
    pub(crate) text: String,
    /// Today, by the clock on the wall.
    pub(crate) today: jiff::civil::Date,
    /// When it will be over, in seconds of the window's clock.
    today_ends_at: Option<f64>,
    /// `None` before the first answer.
    pub(crate) list: Option<HistoryList>,
    /// What `list` was searched by.
    pub(crate) found_by: String,
    pub(crate) failure: Option<Failure>,
    /// Grows with every answer.
    pub(crate) generation: u64,
    /// Grows when another text was searched for.
    pub(crate) searches: u64,
    /// Of the last question; every question has its own.
    question: u64,
    /// Of the last search, and what it asked for.
    searched: (u64, String),
    searched_at: f64,
    /// The history has changed since the last search.
    is_stale: bool,
    /// The question since which entries are as they are now.
    fresh_since: u64,
    read: HashMap<i64, Read>,
    /// Asked for, and by which question.
    awaited: HashMap<i64, u64>,
    /// The question whose answer is to be copied.
    copying: Option<u64>,
    /// Drawn last, from the top.
    pub(crate) in_sight: Vec<Stamp>,
    pub(crate) selection: Selection<Stamp>,
    /// The keyboard comes to the search field.
    pub(crate) wants_search: bool,
}

impl History {
    /// An entry that was read, perhaps before the history changed.
    pub(crate) fn entry(&self, id: i64) -> Option<&Arc<HistoryEntry>> {
        self.read.get(&id).map(|read| &read.entry)
    }

    /// Which of `stamps` have to be read: they never were, or not since the history changed.
    pub(crate) fn unread(&self, stamps: &[Stamp]) -> Vec<i64> {
        let is_fresh = |question: &u64| *question >= self.fresh_since;
        let unread = stamps.iter().map(|stamp| stamp.id).filter(|id| {
            let read = self.read.get(id).is_some_and(|read| is_fresh(&read.question));
            !read && !self.awaited.get(id).is_some_and(is_fresh)
        });
        unread.collect()
    }

    /// Takes the time on the wall at `now` of the window's clock.
    pub(crate) fn wall_clock_says(&mut self, time: &ZonedDateTime, now: f64) {
        self.today = time.date();
        let tomorrow = time.tomorrow().and_then(|tomorrow| tomorrow.start_of_day());
        let left = tomorrow.map(|tomorrow| tomorrow.duration_since(time).as_secs_f64());
        self.today_ends_at = left.ok().map(|left| now + left);
    }

    fn ask(&mut self, command: impl FnOnce(u64) -> Command) -> Effect {
        self.question += 1;
        Effect::send(command(self.question))
    }

    fn search(&mut self, now: f64) -> Effect {
        let text = self.text.trim().to_owned();
        self.is_stale = false;
        self.searched_at = now;
        let effect = self.ask(|question| Command::FindHistory {
            question,
            text: text.clone(),
        });
        self.searched = (self.question, text);
        effect
    }

    /// Entries may have changed: what was read is shown until it has been read again.
    fn has_changed(&mut self) {
        self.fresh_since = self.question + 1;
    }

    fn read(&mut self, ids: Vec<i64>) -> Vec<Effect> {
        if ids.is_empty() {
            return Vec::new();
        }
        let asked = ids.clone();
        let effect = self.ask(|question| Command::ReadHistory { question, ids });
        self.awaited.extend(asked.into_iter().map(|id| (id, self.question)));
        vec![effect]
    }

    /// The selected, in the order of the list.
    fn selected_ids(&self) -> Vec<i64> {
        let places = self.selection.places(&self.list).into_iter();
        places
            .filter_map(|place| self.list.id(place))
            .map(|stamp| stamp.id)
            .collect()
    }

    /// Reads the selected, to copy them: most of them may never have been in sight.
    fn read_selected(&mut self) -> Vec<Effect> {
        let ids = self.selected_ids();
        if ids.is_empty() {
            return Vec::new();
        }
        let effect = self.ask(|question| Command::ReadHistory { question, ids });
        self.copying = Some(self.question);
        vec![effect]
    }

    fn came(&mut self, question: u64, entries: Vec<HistoryEntry>) {
        self.awaited.retain(|_, asked| *asked != question);
        if self.read.len() + entries.len() > KEPT {
            self.read.retain(|_, read| read.question + KEPT_QUESTIONS > question);
        }
        for entry in entries {
            let newer = self.read.get(&entry.id).is_some_and(|read| read.question > question);
            if !newer {
                let id = entry.id;
                let entry = Arc::new(entry);
                self.read.insert(id, Read { question, entry });
            }
        }
    }

    /// Takes an answer in, unless a newer search has begun. What is selected and still there stays selected.
    fn found(&mut self, question: u64, found: Result<Found, Failure>) {
        if question != self.searched.0 {
            return;
        }
        match found {
            Ok(found) => {
                let list = HistoryList::new(found);
                self.failure = None;
                if self.found_by != self.searched.1 {
                    self.found_by.clone_from(&self.searched.1);
                    self.searches += 1;
                }
                let is_there = |stamp: &Stamp| list.place(*stamp).is_some();
                let (before, end) = (&self.list, list.len().saturating_sub(1));
                self.selection
                    .retain(is_there, |gone| list.stamp(before.place(gone)?.min(end)));
                self.list = Some(list);
                self.generation += 1;
            }
            Err(failure) => self.failure = Some(failure),
        }
    }
}

impl Model {
    /// Carries out a wish about the history.
    pub(super) fn act_on_history(&mut self, action: HistoryAction, now: f64) -> Vec<Effect> {
        let History { list, selection, .. } = &mut self.history;
        match action {
            HistoryAction::FocusSearch => {
                self.history.wants_search = true;
                return self.show(Page::History, now);
            }
            HistoryAction::Search => return vec![self.history.search(now)],
            HistoryAction::Refresh => {
                self.history.has_changed();
                return vec![self.history.search(now)];
            }
            HistoryAction::ClearSearch => {
                self.history.text.clear();
                self.history.wants_search = true;
                return vec![self.history.search(now)];
            }
            HistoryAction::Read(ids) => return self.history.read(ids),
            HistoryAction::Select(stamp, extend) => {
                selection.select(list, stamp, extend);
                // Only the row that Tab comes to can have the keyboard: this is it from now on.
                selection.wants_focus = true;
            }
            HistoryAction::Step(step, extend) => selection.step(list, step, extend),
            HistoryAction::Focus(stamp) => selection.cursor = Some(stamp),
            HistoryAction::SelectAll => {
                let all = list.as_ref().map(|list| list.stamps(0..list.len()));
                selection.selected = all.unwrap_or_default().iter().copied().collect();
            }
            HistoryAction::SelectNothing => selection.selected.clear(),
            HistoryAction::CopySelected => return self.history.read_selected(),
            HistoryAction::CopyAs(id, format) => {
                let text = self.history.entry(id).map(|entry| copied_as(&format, entry));
                return self.copy(CopySource::Link(ObjectOf::Entry(id)), text.unwrap_or_default(), now);
            }
            HistoryAction::ForgetSelected => {
                let ids = self.history.selected_ids();
                return self.forget_or_ask(ids, now);
            }
            HistoryAction::AskForgetAll => self.dialog = Some(Dialog::Forget(Forgetting::All)),
            HistoryAction::Forget(forgetting) => return self.forget(forgetting, now),
            HistoryAction::OpenMenu(stamp, anchor) => selection.open_menu(list, stamp, anchor),
            HistoryAction::CloseMenu => selection.close_menu(),
        }
        Vec::new()
    }

    /// Goes to a page; the history is looked at anew.
    pub(super) fn show(&mut self, page: Page, now: f64) -> Vec<Effect> {
        let came = self.page != page;
        self.page = page;
        if came && page == Page::History {
            self.thumbnails.try_entries_again();
            self.history.has_changed();
            vec![self.history.search(now)]
        } else {
            Vec::new()
        }
    }

    /// One is forgotten at once; several are asked about.
    fn forget_or_ask(&mut self, ids: Vec<i64>, now: f64) -> Vec<Effect> {
        match ids.len() {
            0 => Vec::new(),
            1 => self.forget(Forgetting::Entries(ids), now),
            _ => {
                self.dialog = Some(Dialog::Forget(Forgetting::Entries(ids)));
                Vec::new()
            }
        }
    }

    fn forget(&mut self, forgetting: Forgetting, now: f64) -> Vec<Effect> {
        if matches!(self.dialog, Some(Dialog::Forget(_))) {
            self.dialog = None;
        }
        self.history.selection.wants_focus = true;
        let (said, command) = match forgetting {
            Forgetting::Entries(ids) => (Message::Forgotten(ids.len()), Command::Forget(ids)),
            Forgetting::All => (Message::AllForgotten, Command::ForgetAll),
        };
        self.toast(said, true, now);
        vec![Effect::send(command)]
    }

    /// Takes in what the engine says of the history.
    pub(super) fn history_happened(&mut self, event: Event, now: f64) -> Vec<Effect> {
        match event {
            Event::HistoryFound { question, found } => {
                self.history.found(question, found.map_err(|failure| *failure));
                Vec::new()
            }
            Event::HistoryRead { question, entries } if self.history.copying == Some(question) => {
                self.history.copying = None;
                self.copy_entries(&entries, now)
            }
            Event::HistoryRead { question, entries } => {
                self.history.came(question, entries);
                Vec::new()
            }
            _ => self.history_changed(now),
        }
    }

    /// An open page asks again: at once, but not over and over while many uploads end.
    pub(super) fn history_changed(&mut self, now: f64) -> Vec<Effect> {
        self.history.is_stale = true;
        self.history.has_changed();
        self.refresh_history(now).0
    }

    /// Seconds until the headings of the open page say another day.
    pub(super) fn midnight_in(&self, now: f64) -> Option<f64> {
        let midnight = self.history.today_ends_at.filter(|_| self.page == Page::History);
        midnight.map(|midnight| midnight - now)
    }

    /// Asks again where that is due, and gives the seconds until it is.
    pub(super) fn refresh_history(&mut self, now: f64) -> (Vec<Effect>, Option<f64>) {
        if !self.history.is_stale || self.page != Page::History {
            return (Vec::new(), None);
        }
        let due_in = self.history.searched_at + REFRESH_EVERY - now;
        if due_in > 0.0 {
            return (Vec::new(), Some(due_in));
        }
        (vec![self.history.search(now)], None)
    }

    fn copy_entries(&mut self, entries: &[HistoryEntry], now: f64) -> Vec<Effect> {
        let there = entries.iter().filter(|entry| entry.deletion.is_none());
        let texts: Vec<String> = there.map(copied).collect();
        if texts.is_empty() {
            self.toast(Message::NoLinksLeft, false, now);
            return Vec::new();
        }
        self.toast(Message::UrlsCopied(texts.len()), true, now);
        vec![Effect::Copy(texts.join("\n"))]
    }
}

/// What is copied for an entry: as its destination says; the URL where that is not known.
pub(crate) fn copied(entry: &HistoryEntry) -> String {
    let format = entry.destination.as_ref().map(|destination| destination.copy.clone());
    copied_as(&format.unwrap_or_default(), entry)
}

fn copied_as(format: &CopyFormat, entry: &HistoryEntry) -> String {
    let parts = CopyParts {
        url: &entry.url,
        path: Path::new(&entry.path),
        object_key: &entry.object_key,
        bucket: &entry.bucket,
        size_bytes: entry.size_bytes,
        content_type: &entry.content_type,
    };
    copy_text(format, &parts)
}
