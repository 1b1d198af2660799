//! What of the history is selected, and where the keyboard is. Everything goes by [`Stamp`]: places change.

use super::{History, HistoryList, HistoryMenu};
use crate::engine::Command;
use crate::store::Stamp;
use crate::ui::action::{Effect, Extend, Step};
use eframe::egui::Rect;
use std::collections::HashSet;

impl History {
    pub(super) fn select(&mut self, stamp: Stamp, extend: Extend) {
        match extend {
            Extend::Replace => self.selected = HashSet::from([stamp]),
            Extend::Toggle => {
                if !self.selected.remove(&stamp) {
                    self.selected.insert(stamp);
                }
            }
            Extend::Range => {
                let anchor = *self.anchor.get_or_insert(self.cursor.unwrap_or(stamp));
                self.cursor = Some(stamp);
                self.selected = self.between(anchor, stamp);
                return;
            }
        }
        self.cursor = Some(stamp);
        self.anchor = Some(stamp);
    }

    fn between(&self, one: Stamp, other: Stamp) -> HashSet<Stamp> {
        let Some(list) = &self.list else { return HashSet::new() };
        let place = |stamp| list.place(stamp).unwrap_or_default();
        let (one, other) = (place(one), place(other));
        let range = one.min(other)..one.max(other) + 1;
        list.stamps(range).iter().copied().collect()
    }

    pub(super) fn select_all(&mut self) {
        if let Some(list) = &self.list {
            self.selected = list.stamps(0..list.len()).iter().copied().collect();
        }
    }

    pub(super) fn step(&mut self, step: Step, extend: Extend) {
        let Some(list) = &self.list else { return };
        let end = list.len().saturating_sub(1);
        let here = self.cursor.and_then(|cursor| list.place(cursor));
        let there = match (step, here) {
            (Step::First, _) | (Step::By(_), None) => 0,
            (Step::Last, _) => end,
            // The keyboard has come to an entry and selected nothing yet: that entry is the first to be.
            (Step::By(_), Some(here)) if self.selected.is_empty() && extend == Extend::Replace => here,
            (Step::By(by), Some(here)) => here.saturating_add_signed(by).min(end),
        };
        let Some(stamp) = list.stamp(there) else { return };
        self.reveal = true;
        match extend {
            // Ctrl moves without selecting; Space then does.
            Extend::Toggle => self.cursor = Some(stamp),
            extend => self.select(stamp, extend),
        }
    }

    pub(super) fn open_menu(&mut self, stamp: Stamp, anchor: Rect) {
        if !self.selected.contains(&stamp) {
            self.select(stamp, Extend::Replace);
        }
        self.menu = Some(HistoryMenu { stamp, anchor });
    }

    /// The selected, in the order of the list.
    pub(super) fn selected_ids(&self) -> Vec<i64> {
        let Some(list) = &self.list else { return Vec::new() };
        let mut places: Vec<usize> = self.selected.iter().filter_map(|stamp| list.place(*stamp)).collect();
        places.sort_unstable();
        let stamps = places.into_iter().filter_map(|place| list.stamp(place));
        stamps.map(|stamp| stamp.id).collect()
    }

    /// Reads the selected, to copy them: most of them may never have been in sight.
    pub(super) fn read_selected(&mut self) -> Vec<Effect> {
        let ids = self.selected_ids();
        if ids.is_empty() {
            return Vec::new();
        }
        let effect = self.ask(|question| Command::ReadHistory { question, ids });
        self.copying = Some(self.question);
        vec![effect]
    }

    /// What is not in the new list is not selected any more, and the keyboard goes to the neighbour of what went.
    pub(super) fn keep_selected(&mut self, new: &HistoryList) {
        let is_there = |stamp: &Stamp| new.place(*stamp).is_some();
        self.selected.retain(is_there);
        self.anchor = self.anchor.filter(is_there);
        self.menu = self.menu.filter(|menu| is_there(&menu.stamp));
        if let Some(cursor) = self.cursor.filter(|cursor| !is_there(cursor)) {
            let was_at = self.list.as_ref().and_then(|list| list.place(cursor));
            let last = new.len().saturating_sub(1);
            self.cursor = was_at.and_then(|place| new.stamp(place.min(last)));
        }
    }
}
