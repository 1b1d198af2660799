//! The history page: a search field, what is selected, and the list below them.

use super::action::{Action, Forgetting, HistoryAction};
use super::history_list_ui::history_list_ui;
use super::model::Model;
use super::view_model::{self, HistoryHead, Nothing};
use super::widgets::{self, Icon, Kind, button, dialog, dialog_buttons, icon, icon_button, paragraph, row_button};
use super::{theme, words::Words};
use eframe::egui::{Align, Event, Key, Layout, Rect, Sense, Ui, Vec2, pos2, vec2};

/// Draws the page into what is left of `ui`.
pub(crate) fn history_ui(ui: &mut Ui, model: &mut Model, actions: &mut Vec<Action>) {
    if ui.input(|input| input.events.contains(&Event::WindowFocused(true))) {
        actions.push(Action::History(HistoryAction::Refresh));
    }
    head_ui(ui, model, actions);
    model.history.in_sight.clear();
    match view_model::nothing(model) {
        Some(nothing) => nothing_ui(ui, &nothing, actions),
        None => history_list_ui(ui, model, actions),
    }
}

fn head_ui(ui: &mut Ui, model: &mut Model, actions: &mut Vec<Action>) {
    let head = view_model::history_head(model);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), theme::CONTROL), Sense::hover());
    // In a narrow window what is selected, and what can be done with it, is worth more than a long field.
    let share = if rect.width() < theme::NARROW_LIST {
        theme::SEARCH_SHARE_NARROW
    } else {
        theme::SEARCH_SHARE
    };
    let search = rect.with_max_x(rect.left() + theme::SEARCH.min(rect.width() * share));
    search_ui(ui, model, search, actions);
    let beside = rect.with_min_x(search.right() + 2.0 * theme::GAP);
    let buttons = widgets::at_right(ui, beside, |ui| buttons_ui(ui, &head, model.words, actions));
    let count = beside.with_max_x(buttons - theme::GAP);
    let weak = theme::palette(ui).weak;
    widgets::line(ui, count, &head.count, theme::regular(theme::SMALL), weak);
}

fn search_ui(ui: &mut Ui, model: &mut Model, rect: Rect, actions: &mut Vec<Action>) {
    let words = &model.words.history;
    widgets::inside(ui, rect, Layout::left_to_right(Align::Center), |ui| {
        let width = rect.width();
        let text = &mut model.history.text;
        let response = widgets::search_field(ui, text, words.search, words.search_hint, width);
        if std::mem::take(&mut model.history.wants_search) {
            response.request_focus();
        }
        if response.changed() {
            actions.push(Action::History(HistoryAction::Search));
        }
        // egui takes the focus away by Escape; what was typed goes with it.
        let escaped = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape));
        if escaped && !model.history.text.is_empty() {
            actions.push(Action::History(HistoryAction::ClearSearch));
        }
    });
    if model.history.text.is_empty() {
        return;
    }
    let side = theme::CONTROL - theme::TIGHT;
    let cross = Rect::from_center_size(
        pos2(rect.right() - 2.0 - side / 2.0, rect.center().y),
        Vec2::splat(side),
    );
    widgets::inside(ui, cross, Layout::left_to_right(Align::Center), |ui| {
        if icon_button(ui, Icon::Cross, side, words.clear_search, "").clicked() {
            actions.push(Action::History(HistoryAction::ClearSearch));
        }
    });
}

fn buttons_ui(ui: &mut Ui, head: &HistoryHead, words: &Words, actions: &mut Vec<Action>) {
    if head.has_selected {
        if row_button(ui, Kind::Plain, Some(Icon::Copy), words.history.copy_urls, "").clicked() {
            actions.push(Action::History(HistoryAction::CopySelected));
        }
        if row_button(ui, Kind::Plain, None, words.history.forget, "").clicked() {
            actions.push(Action::History(HistoryAction::ForgetSelected));
        }
    } else if head.has_entries && row_button(ui, Kind::Quiet, None, words.history.forget_all, "").clicked() {
        actions.push(Action::History(HistoryAction::AskForgetAll));
    }
}

fn nothing_ui(ui: &mut Ui, nothing: &Nothing, actions: &mut Vec<Action>) {
    let palette = theme::palette(ui);
    let rect = ui.available_rect_before_wrap();
    let column = vec2((rect.width() - 2.0 * theme::PAD).min(theme::COLUMN), theme::NOTHING);
    let place = Rect::from_center_size(rect.center() - vec2(0.0, theme::ROOM), column);
    widgets::inside(ui, place, Layout::top_down(Align::Center), |ui| {
        let (mark, _) = ui.allocate_exact_size(Vec2::splat(theme::NOTHING_ICON), Sense::hover());
        icon(ui.painter(), Icon::Clock, mark, palette.weak);
        ui.add_space(theme::TIGHT);
        paragraph(ui, &nothing.title, theme::strong(theme::TITLE), palette.text);
        paragraph(ui, &nothing.hint, theme::regular(theme::BODY), palette.weak);
        if let Some((label, action)) = &nothing.offer {
            ui.add_space(theme::TIGHT);
            if button(ui, Kind::Plain, None, label).clicked() {
                actions.push(action.clone());
            }
        }
    });
}

/// Asks whether entries are to be forgotten.
pub(crate) fn forgetting_ui(ui: &Ui, forgetting: &Forgetting, words: &Words, actions: &mut Vec<Action>) {
    let title = match forgetting {
        Forgetting::Entries(ids) => (words.history.forget_title)(ids.len()),
        Forgetting::All => words.history.forget_all_title.to_owned(),
    };
    let closed = dialog(ui, &title, words.close, theme::QUESTION_LONG, |ui| {
        let weak = theme::palette(ui).weak;
        paragraph(ui, words.history.forget_explained, theme::regular(theme::BODY), weak);
        dialog_buttons(ui, |ui| {
            let keep = button(ui, Kind::Plain, None, words.cancel);
            widgets::begin_on(ui, &keep);
            if keep.clicked() {
                actions.push(Action::CloseDialog);
            }
            if button(ui, Kind::Danger, None, words.history.forget).clicked() {
                actions.push(Action::History(HistoryAction::Forget(forgetting.clone())));
            }
        });
    });
    if closed {
        actions.push(Action::CloseDialog);
    }
}
