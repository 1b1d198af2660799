//! The history's list: a heading a day, a card of rows below it; only what is in sight is read, built and drawn.

use super::action::{Action, HistoryAction};
use super::history_keys::{history_keys, opened};
use super::list_ui::{Place, card_ui, extend, keep_focus, page};
use super::model::{Day, History, HistoryList, Model, heading_top};
use super::theme::{self, Palette};
use super::widgets::{self, MenuOutcome, popup_menu};
use super::{names, row_ui, view_model};
use crate::store::{HistoryEntry, Stamp};
use eframe::egui::{
    CornerRadius, Id, PointerButton, Rangef, Rect, Response, Role, ScrollArea, Ui, UiBuilder, Vec2, pos2, vec2,
};
use std::ops::Range;
use std::path::Path;

/// Entries read beyond what is in sight, so that scrolling seldom waits.
const READ_AHEAD: usize = 64;
/// When one of so many beyond what is in sight has not been read, it is time to read ahead.
const READ_SOON: usize = 16;

/// How the list was drawn last: what is read stands still when the list changes.
#[derive(Clone, Copy, Debug, Default)]
struct Sight {
    generation: u64,
    /// Of another search the top is shown.
    searches: u64,
    /// The topmost entry, and how far below the top of the view it began.
    topmost: Option<(Stamp, f32)>,
    scrolled: f32,
    view: f32,
}

/// Draws the list into what is left of `ui`.
pub(crate) fn history_list_ui(ui: &mut Ui, model: &mut Model, actions: &mut Vec<Action>) {
    // Taken out while it is drawn: rows are built from the whole model.
    let Some(list) = model.history.list.take() else { return };
    let known = Id::unique("the history's sight");
    let sight: Sight = ui.data(|data| data.get_temp(known)).unwrap_or_default();
    let mut area = ScrollArea::vertical().auto_shrink([false, false]);
    if let Some(offset) = scroll_to(&mut model.history, &list, &sight) {
        area = area.vertical_scroll_offset(offset);
    }
    let labelled = UiBuilder::new()
        .id_salt("history")
        .accessibility_role(Role::List)
        .accessibility_label(model.words.history.list);
    widgets::with_bar_beside(ui, |ui| {
        ui.scope_builder(labelled, |ui| {
            area.show_viewport(ui, |ui, view| {
                list_ui(ui, model, &list, view, actions);
                let seen = see(&model.history, &list, view);
                ui.data_mut(|data| data.insert_temp(known, seen));
            });
        });
    });
    model.history.list = Some(list);
    menu_ui(ui, model, actions);
}

/// Where to scroll: to the entry that the keyboard went to, to the top of a new search, or so that what is read stands still
/// when entries come or go above it. At the top one waits for what is new.
fn scroll_to(history: &mut History, list: &HistoryList, sight: &Sight) -> Option<f32> {
    let selection = &mut history.selection;
    if let Some(place) = selection
        .cursor
        .filter(|_| std::mem::take(&mut selection.reveal))
        .and_then(|cursor| list.place(cursor))
    {
        let (top, bottom) = (list.top(place), list.top(place) + theme::ROW);
        // The heading of a day comes in sight with its first entry.
        let above = list.top(place) - if list.begins_day(place) { theme::DAY } else { 0.0 };
        if top < sight.scrolled {
            return Some(above);
        }
        if bottom > sight.scrolled + sight.view {
            return Some(bottom - sight.view);
        }
    }
    if sight.generation == history.generation {
        return None;
    }
    if sight.searches != history.searches {
        return Some(0.0);
    }
    let (topmost, below) = sight.topmost.filter(|_| sight.scrolled >= 1.0)?;
    Some((list.top(list.place(topmost)?) - below).max(0.0))
}

fn see(history: &History, list: &HistoryList, view: Rect) -> Sight {
    let place = list.touched(view.y_range()).start;
    Sight {
        generation: history.generation,
        searches: history.searches,
        topmost: list.stamp(place).map(|stamp| (stamp, list.top(place) - view.top())),
        scrolled: view.top(),
        view: view.height(),
    }
}

fn list_ui(ui: &mut Ui, model: &mut Model, list: &HistoryList, view: Rect, actions: &mut Vec<Action>) {
    ui.set_height(list.height());
    let (origin, width) = (ui.min_rect().min, ui.available_width() - theme::SCROLL_BAR);
    let tab_stop = model.history.selection.tab_stop(list);
    let asked = std::mem::take(&mut model.history.selection.wants_focus);
    let known = Id::unique("the entry that has the keyboard");
    keep_focus(ui, known, tab_stop.map(row_id), asked);
    if let Some(tab_stop) = tab_stop {
        history_keys(ui, model, tab_stop, page(view.height()), actions);
    }
    let touched = list.touched(view.y_range());
    read_ahead(&model.history, list, &touched, actions);
    model.history.in_sight.extend_from_slice(list.stamps(touched.clone()));
    let at = |top: f32, height: f32| Rect::from_min_size(pos2(origin.x, origin.y + top), vec2(width, height));
    for (index, day) in list.days_touched(view.y_range()) {
        day_ui(ui, model, at(heading_top(index, day), theme::DAY), day);
        let places = list.places_of(index);
        let (top, bottom) = (
            list.top(places.start),
            list.top(places.end.saturating_sub(1)) + theme::ROW,
        );
        // Corners far out of sight need not be drawn exactly where they are.
        let shown = Rangef::new(top.max(view.top() - theme::ROW), bottom.min(view.bottom() + theme::ROW));
        card_ui(ui, at(shown.min, shown.span()), theme::palette(ui));
    }
    // The row that has the keyboard is there even where it is scrolled out of sight: it would lose it otherwise.
    let away = tab_stop
        .and_then(|tab_stop| list.place(tab_stop))
        .filter(|place| !touched.contains(place));
    for place in touched.chain(away) {
        let Some(stamp) = list.stamp(place) else { continue };
        let place = Place {
            rect: at(list.top(place), theme::ROW),
            index: place,
            follows: !list.begins_day(place),
            is_selected: model.history.selection.selected.contains(&stamp),
            is_tab_stop: tab_stop == Some(stamp),
        };
        row_ui(ui, model, list, stamp, &place, actions);
    }
}

fn read_ahead(history: &History, list: &HistoryList, touched: &Range<usize>, actions: &mut Vec<Action>) {
    let around = |range: &Range<usize>, more: usize| range.start.saturating_sub(more)..range.end + more;
    if history.unread(list.stamps(around(touched, READ_SOON))).is_empty() {
        return;
    }
    let ids = history.unread(list.stamps(around(touched, READ_AHEAD)));
    actions.push(Action::History(HistoryAction::Read(ids)));
}

fn day_ui(ui: &mut Ui, model: &Model, rect: Rect, day: Day) {
    let title = view_model::day_title(day.date, model.history.today, model.words);
    let line = rect
        .with_min_y(rect.bottom() - theme::DAY_TEXT)
        .translate(vec2(theme::TIGHT, 0.0));
    let weak = theme::palette(ui).weak;
    widgets::line(ui, line, &title, theme::strong(theme::SMALL), weak);
}

/// The id of a row, to which the keyboard comes.
pub(crate) fn row_id(stamp: Stamp) -> Id {
    Id::unique(("history entry", stamp.id))
}

/// One row: what senses the pointer, its ground, and all that is on it.
fn row_ui(ui: &mut Ui, model: &Model, list: &HistoryList, stamp: Stamp, place: &Place, actions: &mut Vec<Action>) {
    let id = row_id(stamp);
    let response = place.sense(ui, id);
    let ground = place.ground_ui(ui, &response);
    pressed(ui, &response, model, stamp, actions);
    let Some(entry) = model.history.entry(stamp.id) else {
        place.announce(ui, &response, "…", list.len());
        coming_ui(ui, place.rect, theme::palette(ui));
        return;
    };
    let row = view_model::history_row(model, entry, &list.zone);
    let name = (model.words.rows.item)(&row.name, &row.word);
    place.announce(ui, &response, &name, list.len());
    row_ui::row_ui(&mut place.child(ui, id), &row, ground, actions);
}

/// A row whose entry is being read: seen for a moment while one scrolls far.
fn coming_ui(ui: &Ui, rect: Rect, palette: &Palette) {
    for (y, width) in theme::COMING_LINES {
        let center = pos2(
            rect.left() + theme::COMING_LEFT + rect.width() * width / 2.0,
            rect.top() + y,
        );
        let bar = Rect::from_center_size(center, vec2(rect.width() * width, theme::COMING_BAR));
        ui.painter()
            .rect_filled(bar, CornerRadius::same(theme::COMING_CORNER), palette.hover);
    }
}

/// What the pointer, or assistive technology, does to a row.
fn pressed(ui: &Ui, response: &Response, model: &Model, stamp: Stamp, actions: &mut Vec<Action>) {
    let mut history = |action| actions.push(Action::History(action));
    if response.gained_focus() {
        history(HistoryAction::Focus(stamp));
    }
    if response.clicked() {
        let modifiers = ui.input(|input| input.modifiers);
        history(HistoryAction::Select(stamp, extend(modifiers)));
    }
    if response.secondary_clicked() {
        let at = response.interact_pointer_pos().unwrap_or(response.rect.center());
        history(HistoryAction::OpenMenu(stamp, Rect::from_min_size(at, Vec2::ZERO)));
    }
    if response.double_clicked_by(PointerButton::Primary) {
        actions.extend(opened(model, stamp));
    }
}

/// The open menu.
fn menu_ui(ui: &Ui, model: &Model, actions: &mut Vec<Action>) {
    let menu = model.history.selection.menu;
    let Some((menu, entry)) = menu.and_then(|menu| Some((menu, model.history.entry(menu.of.id)?))) else {
        return;
    };
    let entry: &HistoryEntry = entry;
    let name = (model.words.rows.menu_of)(&names::of_path(Path::new(&entry.path)));
    let entries = view_model::history_menu(model, entry);
    let outcome = popup_menu(ui, Id::unique("history menu"), menu.anchor, &name, &entries);
    if outcome != MenuOutcome::Open {
        actions.push(Action::History(HistoryAction::CloseMenu));
    }
    if let MenuOutcome::Chosen(action) = outcome {
        actions.push(action);
    }
}
