//! The list: newest batch first, within a batch in the order given; only what is in sight is built and drawn.

use super::action::{Action, Extend, RowsAction};
use super::list_layout::{ListLayout, to_egui};
use super::model::Model;
use super::theme::{self, Palette};
use super::widgets::{self, MenuOutcome, popup_menu};
use super::{list_keys, names, row_ui, view_model};
use crate::engine::{Stage, UploadId, UploadRow};
use eframe::egui::{
    Color32, CornerRadius, Id, Memory, Modifiers, PointerButton, Rect, Response, Role, ScrollArea, Sense, Stroke,
    StrokeKind, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2,
};

/// Draws the list into what is left of `ui`.
pub(crate) fn uploads_ui(ui: &mut Ui, model: &mut Model, now: f64, actions: &mut Vec<Action>) {
    let mut layout = std::mem::take(&mut model.rows.layout);
    let stands_still = layout.renew(&model.rows.listing);
    let cursor = model.rows.cursor.filter(|_| std::mem::take(&mut model.rows.reveal));
    let revealed = cursor
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

/// Where a row is drawn, and how.
struct Place<'a> {
    rect: Rect,
    index: usize,
    upload: &'a UploadRow,
    is_selected: bool,
    /// The Tab key comes to this row and its buttons alone.
    is_tab_stop: bool,
}

fn list_ui(ui: &mut Ui, model: &mut Model, layout: &mut ListLayout, view: Rect, now: f64, actions: &mut Vec<Action>) {
    let palette = theme::palette(ui);
    let height = to_egui(layout.height());
    ui.set_height(height);
    let (origin, width) = (ui.min_rect().min, ui.available_width() - theme::SCROLL_BAR);
    card_ui(ui, Rect::from_min_size(origin, vec2(width, height)), palette);
    // Far down a long list an f32 does not count single points: it is asked only for what is in sight.
    let on_screen = |y: f64| to_egui(f64::from(origin.y) + y);
    let tab_stop = model.tab_stop();
    let asked = std::mem::take(&mut model.rows.wants_focus);
    keep_focus(
        ui,
        Id::unique("the row that has the keyboard"),
        tab_stop.map(row_id),
        asked,
    );
    if let Some(tab_stop) = tab_stop {
        list_keys::list_keys(ui, model, tab_stop, layout.page(), actions);
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
            upload,
            is_selected: model.rows.selected.contains(&upload.id),
            is_tab_stop: tab_stop == Some(upload.id),
        };
        let used = place_ui(ui, model, &place, now, actions);
        if away != Some(place.index) {
            in_sight.push((upload.id, to_egui(top - f64::from(view.top()))));
            if matches!(upload.stage, Stage::Failed(_)) && layout.measure(upload.id, place.index, used) {
                widgets::draw_again(ui, "a row's height is known");
            }
        }
    }
    layout.saw(view.top(), view.height(), in_sight);
}

/// The surface that rows lie on.
pub(crate) fn card_ui(ui: &Ui, rect: Rect, palette: &Palette) {
    let corner = CornerRadius::same(theme::CORNER_LARGE);
    let line = Stroke::new(theme::HAIRLINE, palette.line);
    ui.painter()
        .rect(rect, corner, palette.surface, line, StrokeKind::Inside);
}

/// The id of a row, to which the keyboard comes.
pub(crate) fn row_id(upload: UploadId) -> Id {
    Id::unique(("upload", upload.0))
}

/// The row that had the keyboard may have gone: it goes to the one that stands for it, `now`, or where it is asked for.
/// `known` is where the list remembers that row.
pub(crate) fn keep_focus(ui: &Ui, known: Id, now: Option<Id>, asked: bool) {
    let before: Option<Id> = ui.data(|data| data.get_temp(known));
    let had_focus = before.is_some() && ui.memory(Memory::focused) == before;
    if let Some(now) = now.filter(|now| asked || (had_focus && before != Some(*now))) {
        ui.memory_mut(|memory| memory.request_focus(now));
    }
    if before != now {
        ui.data_mut(|data| {
            data.remove::<Id>(known);
            if let Some(now) = now {
                data.insert_temp(known, now);
            }
        });
    }
}

/// One row: what senses the pointer, its ground, and all that is on it. Gives the height that it took.
fn place_ui(ui: &mut Ui, model: &Model, place: &Place<'_>, now: f64, actions: &mut Vec<Action>) -> f32 {
    let row = view_model::row(model, place.upload, now);
    let id = row_id(place.upload.id);
    let sense = if place.is_tab_stop {
        Sense::click()
    } else {
        Sense::CLICK
    };
    let response = ui.interact(place.rect, id, sense);
    let name = (model.words.rows.item)(&row.name, &row.word);
    announce(
        ui,
        &response,
        &name,
        place.is_selected,
        (place.index, model.rows.listing.len()),
    );
    pressed(ui, &response, place.upload, actions);
    let ground = ground_ui(ui, place.rect, place.index > 0, place.is_selected, &response);
    let mut builder = UiBuilder::new()
        .max_rect(place.rect)
        .scope_id(id.with("row"))
        .accessibility_parent(id);
    if !place.is_tab_stop {
        builder = widgets::passed_by_tab(builder);
    }
    row_ui::row_ui(&mut ui.new_child(builder), &row, ground, actions)
}

/// Name, state, and the place of so many, for assistive technology.
pub(crate) fn announce(ui: &Ui, response: &Response, name: &str, is_selected: bool, (place, number): (usize, usize)) {
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, ui.is_enabled(), is_selected, name));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_position_in_set(place + 1);
        node.set_size_of_set(number);
        node.set_selected(is_selected);
    });
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

/// What a modifier makes of what was selected before.
pub(crate) fn extend(modifiers: Modifiers) -> Extend {
    if modifiers.shift {
        Extend::Range
    } else if modifiers.command {
        Extend::Toggle
    } else {
        Extend::Replace
    }
}

/// Selected rows are tinted and have a bar at their left; the one that the keyboard is on has a ring. `follows` another row:
/// there is a line between them. Gives the colour of the ground.
pub(crate) fn ground_ui(ui: &Ui, rect: Rect, follows: bool, is_selected: bool, response: &Response) -> Color32 {
    let palette = theme::palette(ui);
    let inner = rect.shrink2(vec2(1.0, 0.5));
    if follows {
        let line = Stroke::new(theme::HAIRLINE, palette.line);
        ui.painter().hline(inner.x_range(), rect.top(), line);
    }
    let corner = CornerRadius::same(theme::CORNER);
    if is_selected {
        ui.painter()
            .rect_filled(inner.shrink(theme::SELECTED_INSET), corner, palette.accent_ground);
        let bar = Rect::from_min_max(
            pos2(inner.left() + theme::SELECTED_INSET, inner.top() + theme::SELECTED_ENDS),
            pos2(
                inner.left() + theme::SELECTED_INSET + theme::SELECTED_BAR,
                inner.bottom() - theme::SELECTED_ENDS,
            ),
        );
        ui.painter()
            .rect_filled(bar, CornerRadius::same(theme::SELECTED_CORNER), palette.accent);
    }
    if response.has_focus() {
        let ring = Stroke::new(theme::RING, palette.accent);
        ui.painter()
            .rect_stroke(inner.shrink(theme::RING), corner, ring, StrokeKind::Inside);
    }
    if is_selected {
        palette.accent_ground
    } else {
        palette.surface
    }
}

/// The open menu.
fn menu_ui(ui: &Ui, model: &Model, actions: &mut Vec<Action>) {
    let Some((menu, upload)) = model
        .rows
        .menu
        .and_then(|menu| Some((menu, model.row_of(menu.upload)?)))
    else {
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
