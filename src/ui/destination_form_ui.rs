//! Draws the dialog of a destination: where files go, and, folded, with which options.

mod lambda_ui;
mod options_ui;
mod pairs_ui;
mod place_ui;
mod template_ui;
mod watch_ui;

use super::action::Action;
use super::model::{DestinationAction, DestinationForm, Model, Purpose, SignedBy, Wanted};
use super::theme;
use super::widgets::{
    Kind, button, dialog, dialog_buttons, dialog_buttons_beside, dialog_with_foot, divider, entered, field, fold,
    option_ui, paragraph,
};
use eframe::egui::Ui;

/// Draws the form over the window.
pub(crate) fn destination_form_ui(ui: &Ui, form: &mut DestinationForm, model: &Model, actions: &mut Vec<Action>) {
    let words = &model.words.destination;
    let title = match form.purpose {
        Purpose::Add => words.title_add,
        Purpose::Edit(_) => words.title_edit,
        Purpose::Current => words.title_options,
        Purpose::Retry(_) => words.title_retry,
    };
    let mut asked = Vec::new();
    let mut at_foot = Vec::new();
    let closed = dialog_with_foot(
        ui,
        title,
        model.words.close,
        theme::FORM,
        form,
        |ui, form| {
            if entered(ui, |ui| body_ui(ui, form, model, &mut asked)) {
                asked.push(DestinationAction::Confirm);
            }
        },
        |ui, form| {
            let left = |ui: &mut Ui, asked: &mut Vec<_>| foot_left_ui(ui, form, model, asked);
            let right = |ui: &mut Ui, asked: &mut Vec<_>| foot_right_ui(ui, form, model, asked);
            dialog_buttons_beside(ui, &mut at_foot, left, right);
        },
    );
    asked.extend(at_foot);
    if closed {
        asked.push(DestinationAction::Close);
    }
    actions.extend(asked.into_iter().map(Action::Destination));
}

fn body_ui(ui: &mut Ui, form: &mut DestinationForm, model: &Model, asked: &mut Vec<DestinationAction>) {
    let words = &model.words.destination;
    let errors = form.errors_to_show(&model.settings.destinations, model.words);
    ui.spacing_mut().item_spacing.y = theme::WIDE;
    if form.shows_place() {
        place_ui::signed_by_ui(ui, form, model);
    }
    if form.shows_name() {
        option_ui(ui, words.name, errors.name.as_deref(), |ui, width| {
            let response = field(ui, &mut form.fields.name, words.name.label, "", width);
            if form
                .wants_focus
                .take_if(|wanted| *wanted == Wanted::FirstField)
                .is_some()
            {
                response.request_focus();
            }
            response
        });
    }
    if form.shows_place() {
        match form.signed_by() {
            SignedBy::Function => lambda_ui::lambda_ui(ui, form, model, &errors),
            _ => place_ui::place_ui(ui, form, model, &errors, asked),
        }
    }
    if !form.shows_name() && !form.shows_place() {
        options_ui::options_ui(ui, form, model, &errors);
        return;
    }
    if form.shows_watch() {
        watch_ui::watch_ui(ui, form, model, &errors, asked);
    }
    divider(ui);
    if fold(ui, form.options_open, words.options).clicked() {
        form.options_open = !form.options_open;
    }
    if form.options_open {
        options_ui::options_ui(ui, form, model, &errors);
    }
}

/// At the left what else can be done with the destination, or what is wrong. Buttons without a plate begin with their text
/// where the labels begin.
fn foot_left_ui(ui: &mut Ui, form: &DestinationForm, model: &Model, asked: &mut Vec<DestinationAction>) {
    let words = &model.words.destination;
    let palette = theme::palette(ui);
    let say = |ui: &mut Ui, text: &str, colour| paragraph(ui, text, theme::regular(theme::SMALL), colour);
    let is_right = form.errors(&model.settings.destinations, model.words).is_empty();
    match &form.purpose {
        _ if form.asks_to_discard => {
            say(ui, words.unsaved, palette.careful);
        }
        _ if form.tried && !is_right => {
            say(ui, words.mend_first, palette.bad);
        }
        Purpose::Edit(name) => {
            ui.add_space(-theme::BUTTON_SIDE);
            if button(ui, Kind::Quiet, None, words.remove).clicked() {
                asked.push(DestinationAction::AskToRemove(name.clone()));
            }
            if button(ui, Kind::Quiet, None, words.duplicate).clicked() {
                asked.push(DestinationAction::Duplicate);
            }
        }
        // A form that was pasted is never written down.
        Purpose::Current if form.signed_by() != SignedBy::Ticket => {
            ui.add_space(-theme::BUTTON_SIDE);
            if button(ui, Kind::Quiet, None, words.save_current).clicked() {
                asked.push(DestinationAction::Duplicate);
            }
        }
        Purpose::Add | Purpose::Current | Purpose::Retry(_) => ui.add_space(-theme::BUTTON_SIDE),
    }
    let says_something = form.asks_to_discard || form.tried && !is_right;
    if !says_something && button(ui, Kind::Quiet, None, model.words.checkup.check).clicked() {
        asked.push(DestinationAction::Check);
    }
}

/// At the right what ends the dialog.
fn foot_right_ui(ui: &mut Ui, form: &DestinationForm, model: &Model, asked: &mut Vec<DestinationAction>) {
    let words = &model.words.destination;
    if form.asks_to_discard {
        if button(ui, Kind::Plain, None, words.discard).clicked() {
            asked.push(DestinationAction::Discard);
        }
        if button(ui, Kind::Primary, None, words.keep_editing).clicked() {
            asked.push(DestinationAction::KeepEditing);
        }
        return;
    }
    let done = match form.purpose {
        Purpose::Add | Purpose::Edit(_) => words.save,
        Purpose::Current => words.use_options,
        Purpose::Retry(_) => words.retry,
    };
    if button(ui, Kind::Plain, None, model.words.cancel).clicked() {
        asked.push(DestinationAction::Close);
    }
    if button(ui, Kind::Primary, None, done).clicked() {
        asked.push(DestinationAction::Confirm);
    }
}

/// Asks whether a saved destination is to go.
pub(crate) fn removal_ui(ui: &Ui, name: &str, model: &Model, actions: &mut Vec<Action>) {
    let words = &model.words.destination;
    let title = (words.remove_title)(&super::names::harmless(name));
    let closed = dialog(ui, &title, model.words.close, theme::QUESTION, |ui| {
        let weak = theme::palette(ui).weak;
        paragraph(ui, words.remove_explained, theme::regular(theme::BODY), weak);
        dialog_buttons(ui, |ui| {
            if button(ui, Kind::Plain, None, words.remove_now).clicked() {
                actions.push(Action::Destination(DestinationAction::Remove(name.to_owned())));
            }
            let keep = button(ui, Kind::Primary, None, words.keep);
            if ui.memory(|memory| memory.focused().is_none()) {
                keep.request_focus();
            }
            if keep.clicked() {
                actions.push(Action::CloseDialog);
            }
        });
    });
    if closed {
        actions.push(Action::CloseDialog);
    }
}
