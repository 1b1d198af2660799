//! The list: newest batch first, within a batch in the order given; only what is in sight is built and drawn.

use super::action::{Action, RowsAction};
use super::list_layout::{ListLayout, to_egui};
use super::list_ui::{Place, card_ui, extend, keep_focus, page};
use super::model::Model;
use super::uploads_keys::uploads_keys;
use super::widgets::{self, MenuOutcome, popup_menu};
use super::{names, row_ui, theme, view_model};
use crate::engine::{Stage, UploadId, UploadRow};
use eframe::egui::{Id, PointerButton, Rect, Response, Role, ScrollArea, Ui, UiBuilder, Vec2, pos2, vec2};

/// Draws the list into what is left of `ui`.
pub(crate) fn uploads_ui(ui: &mut Ui, model: &mut Model, now: f64, actions: &mut Vec<Action>) {
    let mut layout = std::mem::take(&mut model.rows.layout);
    let stands_still = layout.renew(&model.rows.listing);
    let selection = &mut model.rows.selection;
    let revealed = selection
        .cursor
        .filter(|_| std::mem::take(&mut selection.reveal))
        .and_then(|cursor| model.rows.listing.place(cursor))
        .and_then(|place| layout.scroll_to(place));
    let mut area = ScrollArea::vertical().auto_shrink([false, false]);
    if let Some(offset) = revealed.or(stands_still) {
        area = area.vertical_scroll_offset(offset);
    }
    let list = UiBuilder::new()
        .id_salt("uploads")
        .accessibility_role(Role::List)
        .accessibility_label(model.words.rows.list);
    widgets::with_bar_beside(ui, |ui| {
        ui.scope_builder(list, |ui| {
            area.show_viewport(ui, |ui, view| list_ui(ui, model, &mut layout, view, now, actions));
        });
    });
    model.rows.layout = layout;
    menu_ui(ui, model, actions);
}

fn list_ui(ui: &mut Ui, model: &mut Model, layout: &mut ListLayout, view: Rect, now: f64, actions: &mut Vec<Action>) {
    let palette = theme::palette(ui);
    let height = to_egui(layout.height());
    ui.set_height(height);
    let (origin, width) = (ui.min_rect().min, ui.available_width() - theme::SCROLL_BAR);
    card_ui(ui, Rect::from_min_size(origin, vec2(width, height)), palette);
    // Far down a long list an f32 does not count single points: it is asked only for what is in sight.
    let on_screen = |y: f64| to_egui(f64::from(origin.y) + y);
    let tab_stop = model.rows.selection.tab_stop(&model.rows.listing);
    let asked = std::mem::take(&mut model.rows.selection.wants_focus);
    let known = Id::unique("the row that has the keyboard");
    keep_focus(ui, known, tab_stop.map(row_id), asked);
    if let Some(tab_stop) = tab_stop {
        uploads_keys(ui, model, tab_stop, page(layout.view), actions);
    }
    let mut in_sight = Vec::new();
    let touched = layout.touched(view.y_range());
    // The row that has the keyboard is there even where it is scrolled out of sight: it would lose it otherwise.
    let away = tab_stop
        .and_then(|tab_stop| model.rows.listing.place(tab_stop))
        .filter(|place| !touched.contains(place));
    for place in touched.chain(away) {
        let Some(upload) = model.row_at(place) else { continue };
        let (top, bottom) = (layout.top(place), layout.top(place + 1));
        let place = Place {
            rect: Rect::from_min_max(
                pos2(origin.x, on_screen(top)),
                pos2(origin.x + width, on_screen(bottom)),
            ),
            index: place,
            follows: place > 0,
            is_selected: model.rows.selection.selected.contains(&upload.id),
            is_tab_stop: tab_stop == Some(upload.id),
        };
        let used = row_ui(ui, model, upload, &place, now, actions);
        if away != Some(place.index) {
            in_sight.push((upload.id, to_egui(top - f64::from(view.top()))));
            if matches!(upload.stage, Stage::Failed(_)) && layout.measure(upload.id, place.index, used) {
                widgets::draw_again(ui, "a row's height is known");
            }
        }
    }
    layout.saw(view.top(), view.height(), in_sight);
}

/// The id of a row, to which the keyboard comes.
pub(crate) fn row_id(upload: UploadId) -> Id {
    Id::unique(("upload", upload.0))
}

/// One row: what senses the pointer, its ground, and all that is on it. Gives the height that it took.
fn row_ui(ui: &mut Ui, model: &Model, upload: &UploadRow, place: &Place, now: f64, actions: &mut Vec<Action>) -> f32 {
    let row = view_model::row(model, upload, now);
    let id = row_id(upload.id);
    let response = place.sense(ui, id);
    let name = (model.words.rows.item)(&row.name, &row.word);
    place.announce(ui, &response, &name, model.rows.listing.len());
    pressed(ui, &response, upload, actions);
    let ground = place.ground_ui(ui, &response);
    row_ui::row_ui(&mut place.child(ui, id), &row, ground, actions)
}

/// What the pointer, or assistive technology, does to a row.
fn pressed(ui: &Ui, response: &Response, upload: &UploadRow, actions: &mut Vec<Action>) {
    let mut rows = |action| actions.push(Action::Rows(action));
    if response.gained_focus() {
        rows(RowsAction::Focus(upload.id));
    }
    if response.clicked() {
        rows(RowsAction::Select(upload.id, extend(ui.input(|input| input.modifiers))));
    }
    if response.secondary_clicked() {
        let at = response.interact_pointer_pos().unwrap_or(response.rect.center());
        rows(RowsAction::OpenMenu(upload.id, Rect::from_min_size(at, Vec2::ZERO)));
    }
    if let (true, Stage::Done(done)) = (response.double_clicked_by(PointerButton::Primary), &upload.stage) {
        actions.push(Action::Open(done.url.clone()));
    }
}

/// The open menu.
fn menu_ui(ui: &Ui, model: &Model, actions: &mut Vec<Action>) {
    let menu = model.rows.selection.menu;
    let Some((menu, upload)) = menu.and_then(|menu| Some((menu, model.row_of(menu.of)?))) else {
        return;
    };
    let name = (model.words.rows.menu_of)(&names::of_path(&upload.path));
    let entries = view_model::row_menu(model, upload);
    let outcome = popup_menu(ui, Id::unique("row menu"), menu.anchor, &name, &entries);
    if outcome != MenuOutcome::Open {
        actions.push(Action::Rows(RowsAction::CloseMenu));
    }
    if let MenuOutcome::Chosen(action) = outcome {
        actions.push(action);
    }
}
