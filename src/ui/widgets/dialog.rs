//! A dialog over the window: a title, what is asked, buttons at its foot.

use super::super::theme;
use super::{Icon, at_right, icon_button, inside, paragraph};
use eframe::egui::{Align, Frame, Id, Key, Layout, Modal, Popup, Rect, ScrollArea, Sense, Ui, Vec2, vec2};

/// By what the place of the keyboard is kept while something is asked.
const BEFORE_THE_DIALOG: &str = "keyboard before the dialog";

/// Draws a dialog no wider than `width`; `close` names its cross. True where it is to be closed: by the cross, Escape,
/// or a click beside it.
pub(crate) fn dialog(ui: &Ui, title: &str, close: &str, width: f32, add: impl FnOnce(&mut Ui)) -> bool {
    let asked = framed(ui, title, close, width, 0.0, &mut (), |ui, ()| add(ui), |_, ()| {});
    asked.closed || asked.clicked_beside
}

/// A dialog with fields: its foot (what is wrong, its buttons) always shows, and a click beside it closes nothing, for
/// what was typed would be lost.
pub(crate) fn dialog_with_foot<S>(
    ui: &Ui,
    title: &str,
    close: &str,
    width: f32,
    state: &mut S,
    add: impl FnOnce(&mut Ui, &mut S),
    foot: impl FnOnce(&mut Ui, &mut S),
) -> bool {
    let id = Id::unique("dialog foot");
    // As high as it was in the frame before.
    let height = ui.data(|data| data.get_temp(id)).unwrap_or(theme::CONTROL);
    let mut used = height;
    let measured = |ui: &mut Ui, state: &mut S| {
        ui.add_space(theme::GAP);
        used = ui.scope(|ui| foot(ui, state)).response.rect.height();
    };
    let asked = framed(ui, title, close, width, height + 2.0 * theme::GAP, state, add, measured);
    if (used - height).abs() > 0.5 {
        ui.data_mut(|data| data.insert_temp(id, used));
        ui.ctx().request_repaint();
    }
    asked.closed
}

/// After the window was drawn without a dialog: where one has just closed, the keyboard returns to where it was before.
pub(crate) fn return_focus(ui: &Ui) {
    let before = ui.data_mut(|data| data.remove_temp::<Option<Id>>(Id::unique(BEFORE_THE_DIALOG)));
    if let Some(before) = before.flatten() {
        // Not before: egui still takes the focus from what a dialog covered in the frame before.
        ui.memory_mut(|memory| memory.request_focus(before));
        ui.ctx().request_repaint();
    }
}

/// Before the first dialog is drawn: notes where the keyboard is.
pub(crate) fn note_focus(ui: &Ui) {
    let known = Id::unique(BEFORE_THE_DIALOG);
    if ui.data(|data| data.get_temp::<Option<Id>>(known)).is_none() {
        let focused = ui.memory(eframe::egui::Memory::focused);
        ui.data_mut(|data| data.insert_temp(known, focused));
    }
}

struct Asked {
    closed: bool,
    clicked_beside: bool,
}

#[allow(
    clippy::too_many_arguments,
    reason = "the two functions above name them for their callers"
)]
fn framed<S>(
    ui: &Ui,
    title: &str,
    close: &str,
    width: f32,
    foot_height: f32,
    state: &mut S,
    add: impl FnOnce(&mut Ui, &mut S),
    foot: impl FnOnce(&mut Ui, &mut S),
) -> Asked {
    let palette = theme::palette(ui);
    let window = ui.ctx().content_rect();
    // What scrolls has its bar in the margin, so that all edges at the right are one.
    let frame = Frame::window(&ui.ctx().global_style()).inner_margin(theme::DIALOG_SIDES);
    let around = 2.0 * f32::from(theme::DIALOG_MARGIN) + 2.0 * theme::GAP;
    let header = theme::ROW_CONTROL + theme::TIGHT + 2.0 * theme::GAP;
    // Escape closes what is on top: a menu of the dialog goes before the dialog.
    let menu_was_open = Popup::is_any_open(ui.ctx());
    let mut crossed = false;
    let id = Id::unique("dialog");
    let shown = Modal::new(id)
        .area(Modal::default_area(id).accessible_name(title))
        .backdrop_color(palette.scrim)
        .frame(frame)
        .show(ui.ctx(), |ui| {
            let width = width.min(window.width() - around);
            ui.set_width(width + f32::from(theme::DIALOG_BAR));
            from_the_right(ui, vec2(width, theme::ROW_CONTROL), |ui| {
                crossed = icon_button(ui, Icon::Cross, theme::ROW_CONTROL, close, title).clicked();
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    paragraph(ui, title, theme::strong(theme::TITLE), palette.text);
                });
            });
            ui.add_space(theme::TIGHT);
            let height = (window.height() - around - header - foot_height).max(theme::DIALOG_LEAST);
            ScrollArea::vertical()
                .max_height(height)
                // It may grow to that when its contents do: egui offers it no more than it had.
                .min_scrolled_height(height)
                .auto_shrink([false, true])
                .show(ui, |ui| {
                    ui.set_max_width(width);
                    add(ui, state);
                    keep_focus_in_sight(ui);
                });
            ui.scope(|ui| {
                ui.set_max_width(width);
                foot(ui, state);
            });
        });
    if (shown.response.rect.center() - window.center()).abs().max_elem() > 1.0 {
        // It has grown or shrunk since egui placed it.
        ui.ctx().request_repaint();
    }
    let escaped = !menu_was_open && ui.input(|input| input.key_pressed(Key::Escape));
    Asked {
        closed: crossed || escaped,
        clicked_beside: shown.backdrop_response.clicked(),
    }
}

/// Scrolls to what the keyboard has come to. Fields do so by themselves, buttons do not.
fn keep_focus_in_sight(ui: &Ui) {
    let id = Id::unique("dialog focus");
    let focused = ui.memory(eframe::egui::Memory::focused);
    let before = ui.data(|data| data.get_temp::<Option<Id>>(id)).flatten();
    if focused == before {
        return;
    }
    ui.data_mut(|data| data.insert_temp(id, focused));
    let Some(response) = focused.and_then(|focused| ui.ctx().read_response(focused)) else {
        return;
    };
    // What is in sight, as the foot always is, needs no scrolling.
    if response.layer_id == ui.layer_id() && response.interact_rect.height() < response.rect.height() {
        ui.scroll_to_rect(response.rect.expand(theme::GAP), None);
    }
}

/// The buttons at the right of a dialog's foot, drawn from the left: the one that goes on is added last.
pub(crate) fn dialog_buttons(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    let row = foot_row(ui);
    at_right(ui, row, add);
}

/// The same with what stands at the left of the foot.
pub(crate) fn dialog_buttons_beside<S>(
    ui: &mut Ui,
    state: &mut S,
    left: impl FnOnce(&mut Ui, &mut S),
    right: impl FnOnce(&mut Ui, &mut S),
) {
    let row = foot_row(ui);
    // Drawn first, as it is read first: where the buttons begin is known from the pass before.
    let id = Id::unique("where a dialog's buttons begin");
    let begin = row.right() - ui.data(|data| data.get_temp(id)).unwrap_or(row.width() / 2.0);
    let beside = row.with_max_x(begin - theme::GAP);
    inside(ui, beside, Layout::left_to_right(Align::Center), |ui| left(ui, state));
    let begins = at_right(ui, row, |ui| right(ui, state));
    ui.data_mut(|data| data.insert_temp(id, row.right() - begins));
}

fn foot_row(ui: &mut Ui) -> Rect {
    ui.add_space(theme::WIDE);
    let row = vec2(ui.available_width(), theme::CONTROL);
    ui.allocate_exact_size(row, Sense::hover()).0
}

/// A row of its own height: a layout from the right takes all that is left of the dialog where it is not told.
fn from_the_right(ui: &mut Ui, row: Vec2, add: impl FnOnce(&mut Ui)) {
    ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), add);
}
