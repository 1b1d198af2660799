//! The dialog "Add a profile…".

use super::action::Action;
use super::model::{Adding, Model, ProfileAction, ProfileForm, ProfileKind};
use super::view_model::{FormField, profile_fields};
use super::widgets::{
    self, Icon, Kind, button, dialog_buttons, dialog_with_foot, entered, icon_button, menu_row, option_with_note,
    paragraph, secret_field, segmented,
};
use super::{names, theme};
use crate::aws::PastedProfile;
use eframe::egui::{Align, Event, Layout, Popup, RectAlign, Response, Role, ScrollArea, Ui, vec2};

/// Draws the dialog over the window.
pub(crate) fn profile_ui(ui: &Ui, form: &mut ProfileForm, model: &Model, actions: &mut Vec<Action>) {
    let words = &model.words.profile_dialog;
    if let Some(pasted) = pasted_profile(ui) {
        actions.push(Action::Profile(ProfileAction::Fill(pasted)));
    }
    let mut state = (form, actions);
    let closed = dialog_with_foot(
        ui,
        words.title,
        model.words.close,
        theme::FORM,
        &mut state,
        |ui, (form, actions)| fields_ui(ui, form, model, actions),
        |ui, (form, actions)| foot_ui(ui, form, model, actions),
    );
    let (form, actions) = state;
    if closed {
        actions.push(if form.adding == Adding::Asking {
            Action::Profile(ProfileAction::Back)
        } else {
            Action::CloseDialog
        });
    }
}

/// A whole profile in the clipboard is no text for the one field that has the keyboard.
fn pasted_profile(ui: &Ui) -> Option<PastedProfile> {
    ui.input_mut(|input| {
        let read = |event: &Event| match event {
            Event::Paste(text) => PastedProfile::read(text),
            _ => None,
        };
        let (index, pasted) = input
            .events
            .iter()
            .enumerate()
            .find_map(|(index, event)| Some((index, read(event)?)))?;
        input.events.remove(index);
        Some(pasted)
    })
}

fn fields_ui(ui: &mut Ui, form: &mut ProfileForm, model: &Model, actions: &mut Vec<Action>) {
    let words = &model.words.profile_dialog;
    ui.add_enabled_ui(matches!(form.adding, Adding::Typing | Adding::Failed(_)), |ui| {
        paragraph(
            ui,
            words.explained,
            theme::regular(theme::SMALL),
            theme::palette(ui).weak,
        );
        ui.add_space(theme::TIGHT);
        let labels = ProfileKind::ALL.map(|kind| match kind {
            ProfileKind::Keys => words.keys,
            ProfileKind::Sso => words.sso,
            ProfileKind::Role => words.role,
        });
        let chosen = ProfileKind::ALL
            .iter()
            .position(|kind| *kind == form.kind)
            .unwrap_or_default();
        let picked = segmented(ui, words.kind, &labels, chosen);
        if let Some(kind) = picked.and_then(|picked| ProfileKind::ALL.get(picked)) {
            actions.push(Action::Profile(ProfileAction::SetKind(*kind)));
        }
        ui.spacing_mut().item_spacing.y = theme::WIDE;
        let is_entered = entered(ui, |ui| {
            for field in profile_fields(form, model) {
                field_ui(ui, &field, form, model, actions);
            }
        });
        if form.kind == ProfileKind::Sso {
            paragraph(
                ui,
                words.login_follows,
                theme::regular(theme::SMALL),
                theme::palette(ui).weak,
            );
        }
        if is_entered {
            actions.push(Action::Profile(ProfileAction::Add));
        }
    });
}

fn field_ui(ui: &mut Ui, field: &FormField, form: &mut ProfileForm, model: &Model, actions: &mut Vec<Action>) {
    let palette = theme::palette(ui);
    let note = field.note.map(|(text, tone)| (text, tone.colour(palette)));
    option_with_note(ui, field.text, note, |ui, width| {
        let line = vec2(width, theme::CONTROL);
        let control = |ui: &mut Ui| control_ui(ui, field, width, form, model, actions);
        let layout = Layout::left_to_right(Align::Center);
        ui.allocate_ui_with_layout(line, layout, control).inner
    });
}

/// The field itself, and the button beside it where there is one.
fn control_ui(
    ui: &mut Ui,
    field: &FormField,
    width: f32,
    form: &mut ProfileForm,
    model: &Model,
    actions: &mut Vec<Action>,
) -> Response {
    let words = &model.words.profile_dialog;
    ui.spacing_mut().item_spacing.x = theme::TIGHT;
    let label = field.text.label;
    let has_button = field.is_secret || !field.choices.is_empty();
    let beside = if has_button { theme::CONTROL + theme::TIGHT } else { 0.0 };
    let is_hidden = field.is_secret && !form.shows_secrets;
    let text = form.typed(field.field);
    let response = if field.is_secret {
        secret_field(ui, text, label, &field.hint, width - beside, is_hidden)
    } else {
        widgets::field(ui, text, label, &field.hint, width - beside)
    };
    if std::mem::take(&mut form.wants_focus) {
        response.request_focus();
    }
    if field.is_secret {
        let (symbol, does) = if is_hidden {
            (Icon::Eye, words.show)
        } else {
            (Icon::EyeOff, words.hide)
        };
        if icon_button(ui, symbol, theme::CONTROL, does, label).clicked() {
            actions.push(Action::Profile(ProfileAction::ShowSecrets(is_hidden)));
        }
    } else if has_button {
        choices_ui(ui, field, model, form.text(field.field), actions);
    }
    response
}

fn choices_ui(ui: &mut Ui, field: &FormField, model: &Model, typed: &str, actions: &mut Vec<Action>) {
    let name = (model.words.profile_dialog.choose)(field.text.label);
    let opener = icon_button(ui, Icon::ChevronDown, theme::CONTROL, &name, "");
    Popup::menu(&opener)
        .align(RectAlign::BOTTOM_END)
        .gap(theme::TIGHT)
        .width(theme::REGION_MENU)
        .accessible_name(&name)
        .show(|ui| {
            ui.set_width(theme::REGION_MENU);
            ui.spacing_mut().item_spacing.y = 2.0;
            ScrollArea::vertical().max_height(theme::REGION_LIST).show(ui, |ui| {
                for choice in &field.choices {
                    let row = menu_row(
                        ui,
                        Role::MenuItemRadio,
                        choice == typed,
                        None,
                        &names::harmless(choice),
                        "",
                    );
                    if row.clicked() {
                        actions.push(Action::Profile(ProfileAction::Set(field.field, choice.clone())));
                        ui.close();
                    }
                }
            });
        });
}

fn foot_ui(ui: &mut Ui, form: &ProfileForm, model: &Model, actions: &mut Vec<Action>) {
    let (words, palette) = (&model.words.profile_dialog, theme::palette(ui));
    let say = |ui: &mut Ui, what: &str, more: &str, colour| {
        paragraph(ui, what, theme::regular(theme::BODY), colour);
        paragraph(ui, more, theme::regular(theme::SMALL), palette.weak);
    };
    match &form.adding {
        Adding::Asking => say(ui, &(words.exists)(&form.name()), words.exists_explained, palette.text),
        Adding::Failed(failure) => {
            let text = model.words.failure(failure);
            say(ui, &text.what, &text.hint, palette.bad);
        }
        Adding::Typing | Adding::Writing => {}
    }
    dialog_buttons(ui, |ui| match form.adding {
        Adding::Asking => {
            let back = button(ui, Kind::Plain, None, words.back);
            widgets::begin_on(ui, &back);
            if back.clicked() {
                actions.push(Action::Profile(ProfileAction::Back));
            }
            if button(ui, Kind::Primary, None, words.replace).clicked() {
                actions.push(Action::Profile(ProfileAction::Replace));
            }
        }
        Adding::Writing => widgets::waiting(ui, words.writing),
        Adding::Typing | Adding::Failed(_) => {
            if button(ui, Kind::Plain, None, model.words.cancel).clicked() {
                actions.push(Action::CloseDialog);
            }
            if button(ui, Kind::Primary, None, words.add).clicked() {
                actions.push(Action::Profile(ProfileAction::Add));
            }
        }
    });
}
