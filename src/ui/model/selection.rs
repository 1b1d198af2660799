//! What of a list is selected, where the keyboard is, and whose menu is open: of the uploads and of the history alike.
//!
//! Everything goes by what a row is of, never by its place: rows come and go.

use crate::ui::action::{Extend, Step};
use eframe::egui::Rect;
use std::collections::{BTreeSet, HashSet};
use std::hash::Hash;

/// The rows of a list, by their places: 0 is on top.
pub(crate) trait Places {
    /// What a row is of.
    type Id: Copy + Eq + Hash;

    /// How many there are.
    fn len(&self) -> usize;
    /// What is at a place.
    fn id(&self, place: usize) -> Option<Self::Id>;
    /// Where it is, if it is on the list.
    fn place(&self, id: Self::Id) -> Option<usize>;
}

/// A list that has not come yet has no rows.
impl<P: Places> Places for Option<P> {
    type Id = P::Id;

    fn len(&self) -> usize {
        self.as_ref().map_or(0, Places::len)
    }

    fn id(&self, place: usize) -> Option<P::Id> {
        self.as_ref()?.id(place)
    }

    fn place(&self, id: P::Id) -> Option<usize> {
        self.as_ref()?.place(id)
    }
}

/// An open menu.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct RowMenu<Id> {
    /// Whose.
    pub(crate) of: Id,
    /// Beside what: the button, or the pointer.
    pub(crate) anchor: Rect,
}

/// What a person has to do with the rows of a list just now.
#[derive(Debug)]
pub(crate) struct Selection<Id> {
    /// In no order.
    pub(crate) selected: HashSet<Id>,
    /// Where the keyboard is.
    pub(crate) cursor: Option<Id>,
    /// Where a range begins.
    anchor: Option<Id>,
    /// The keyboard moved: its row is brought into sight.
    pub(crate) reveal: bool,
    pub(crate) menu: Option<RowMenu<Id>>,
    /// The keyboard comes (back) to the list.
    pub(crate) wants_focus: bool,
}

// Derived, it would ask the same of `Id`.
impl<Id> Default for Selection<Id> {
    fn default() -> Self {
        Self {
            selected: HashSet::new(),
            cursor: None,
            anchor: None,
            reveal: false,
            menu: None,
            wants_focus: false,
        }
    }
}

impl<Id: Copy + Eq + Hash> Selection<Id> {
    /// The row that Tab comes to: the keyboard's, else the first.
    pub(crate) fn tab_stop(&self, list: &impl Places<Id = Id>) -> Option<Id> {
        self.cursor.or_else(|| list.id(0))
    }

    /// Where the selected are, from the top.
    pub(crate) fn places(&self, list: &impl Places<Id = Id>) -> BTreeSet<usize> {
        self.selected.iter().filter_map(|id| list.place(*id)).collect()
    }

    /// A row was clicked, or the keyboard stepped there.
    pub(super) fn select(&mut self, list: &impl Places<Id = Id>, id: Id, extend: Extend) {
        match extend {
            Extend::Replace => self.selected = HashSet::from([id]),
            Extend::Toggle => {
                if !self.selected.remove(&id) {
                    self.selected.insert(id);
                }
            }
            Extend::Range => {
                let anchor = *self.anchor.get_or_insert(self.cursor.unwrap_or(id));
                self.cursor = Some(id);
                self.selected = between(list, anchor, id);
                return;
            }
        }
        self.cursor = Some(id);
        self.anchor = Some(id);
    }

    /// The keyboard goes to another row.
    pub(super) fn step(&mut self, list: &impl Places<Id = Id>, step: Step, extend: Extend) {
        let end = list.len().saturating_sub(1);
        let here = self.cursor.and_then(|cursor| list.place(cursor));
        let there = match (step, here) {
            (Step::First, _) | (Step::By(_), None) => 0,
            (Step::Last, _) => end,
            // The keyboard has come to a row and selected nothing yet: that row is the first to be.
            (Step::By(_), Some(here)) if self.selected.is_empty() && extend == Extend::Replace => here,
            (Step::By(by), Some(here)) => here.saturating_add_signed(by).min(end),
        };
        let Some(id) = list.id(there) else { return };
        self.reveal = true;
        match extend {
            // Ctrl moves without selecting; Space then does.
            Extend::Toggle => self.cursor = Some(id),
            extend => self.select(list, id, extend),
        }
    }

    /// A menu is of what is marked.
    pub(super) fn open_menu(&mut self, list: &impl Places<Id = Id>, of: Id, anchor: Rect) {
        if !self.selected.contains(&of) {
            self.select(list, of, Extend::Replace);
        }
        self.menu = Some(RowMenu { of, anchor });
    }

    pub(super) fn close_menu(&mut self) {
        self.menu = None;
        self.wants_focus = true;
    }

    /// What has gone is not selected any more. The keyboard, if its row has, goes to the `neighbour` of that one.
    pub(super) fn retain(&mut self, is_there: impl Fn(&Id) -> bool, neighbour: impl FnOnce(Id) -> Option<Id>) {
        self.selected.retain(&is_there);
        self.anchor = self.anchor.filter(&is_there);
        self.menu = self.menu.filter(|menu| is_there(&menu.of));
        if let Some(gone) = self.cursor.filter(|cursor| !is_there(cursor)) {
            self.cursor = neighbour(gone);
        }
    }
}

fn between<P: Places>(list: &P, one: P::Id, other: P::Id) -> HashSet<P::Id> {
    let place = |id| list.place(id).unwrap_or_default();
    let (one, other) = (place(one), place(other));
    let places = one.min(other)..=one.max(other);
    places.filter_map(|place| list.id(place)).collect()
}
