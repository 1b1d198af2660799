//! The dialog "Paste a form…": a field until it is understood, then what it says.

use super::action::Action;
use super::model::{Model, TicketAction, TicketForm};
use super::theme;
use super::view_model::{Tone, ticket_lines};
use super::widgets::{self, Kind, button, dialog_buttons, dialog_with_foot, error_ui, paragraph, secret_area};
use crate::engine::Failure;
use crate::s3::TicketError;
use crate::store::Ticket;
use eframe::egui::{Sense, Ui, vec2};

/// Draws the dialog over the window.
pub(crate) fn ticket_ui(ui: &Ui, form: &mut TicketForm, model: &Model, actions: &mut Vec<Action>) {
    let words = &model.words.handed;
    let mut state = (form, actions);
    let closed = dialog_with_foot(
        ui,
        words.title,
        model.words.close,
        theme::FORM,
        &mut state,
        |ui, (form, _)| body_ui(ui, form, model),
        |ui, (form, actions)| foot_ui(ui, form, model, actions),
    );
    if closed {
        state.1.push(Action::CloseDialog);
    }
}

fn body_ui(ui: &mut Ui, form: &mut TicketForm, model: &Model) {
    ui.spacing_mut().item_spacing.y = theme::GAP;
    match &form.read {
        Some(Ok(ticket)) => understood_ui(ui, ticket, model),
        _ => field_ui(ui, form, model),
    }
}

fn field_ui(ui: &mut Ui, form: &mut TicketForm, model: &Model) {
    let words = &model.words.handed;
    let (small, weak) = (theme::regular(theme::SMALL), theme::palette(ui).weak);
    paragraph(ui, words.explained, small, weak);
    let error = match &form.read {
        Some(Err(error)) => Some(error_text(error, model)),
        _ => None,
    };
    let response = secret_area(ui, form.text.typed(), words.field, words.field_hint);
    widgets::describe(ui, &response, error.as_deref().unwrap_or(words.explained));
    if std::mem::take(&mut form.wants_focus) {
        response.request_focus();
    }
    error_ui(ui, error.as_deref());
    if response.changed() {
        form.look();
        ui.ctx().request_repaint();
    }
}

fn error_text(error: &TicketError, model: &Model) -> String {
    let text = model.words.failure(&Failure::from(error));
    if text.hint.is_empty() {
        text.what
    } else {
        format!("{}. {}", text.what, text.hint)
    }
}

fn understood_ui(ui: &mut Ui, ticket: &Ticket, model: &Model) {
    let palette = theme::palette(ui);
    let small = theme::regular(theme::SMALL);
    let lines = ticket_lines(model, ticket);
    let font = theme::regular(theme::BODY);
    let label_width = lines
        .iter()
        .map(|(label, ..)| widgets::width_of(ui, label, &font))
        .fold(0.0, f32::max)
        + theme::ROOM;
    for (label, value, tone) in lines {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), theme::LINE), Sense::hover());
        let middle = rect.left() + label_width;
        widgets::line(ui, rect.with_max_x(middle), label, font.clone(), palette.weak);
        let colour = if tone == Tone::Weak {
            palette.text
        } else {
            tone.colour(palette)
        };
        widgets::middle(ui, rect.with_min_x(middle), &value, &font, colour);
    }
    paragraph(ui, model.words.handed.not_kept, small, palette.weak);
}

fn foot_ui(ui: &mut Ui, form: &TicketForm, model: &Model, actions: &mut Vec<Action>) {
    let words = &model.words.handed;
    let is_understood = matches!(form.read, Some(Ok(_)));
    dialog_buttons(ui, |ui| {
        if !is_understood {
            if button(ui, Kind::Plain, None, model.words.cancel).clicked() {
                actions.push(Action::CloseDialog);
            }
            return;
        }
        if button(ui, Kind::Plain, None, words.paste_another).clicked() {
            actions.push(Action::Ticket(TicketAction::Another));
        }
        let does = if form.upload.is_some() {
            words.use_and_retry
        } else {
            words.use_form
        };
        let confirm = button(ui, Kind::Primary, None, does);
        // The field that had the keyboard is gone.
        widgets::begin_on(ui, &confirm);
        if confirm.clicked() {
            actions.push(Action::Ticket(TicketAction::Use));
        }
    });
}
