//! How every form is laid out: what an option is at the left, its control at the right, what is wrong below it.

use super::super::theme;
use super::super::words::{Explained, Meaning};
use super::{choice_row, describe, paragraph, select};
use eframe::egui::{Align, Color32, Key, Layout, Memory, Response, Ui, vec2};

/// Draws the fields of a form; true where Enter was pressed in one of them. The keyboard stays in it: where the form has
/// something against what is typed, it is typed on.
pub(crate) fn entered(ui: &mut Ui, add: impl FnOnce(&mut Ui)) -> bool {
    let focused = ui.memory(Memory::focused);
    let typing = focused.filter(|_| ui.ctx().text_edit_focused());
    add(ui);
    let left = typing.filter(|field| !ui.memory(|memory| memory.has_focus(*field)));
    let Some(field) = left.filter(|_| ui.input(|input| input.key_pressed(Key::Enter))) else {
        return false;
    };
    ui.memory_mut(|memory| memory.request_focus(field));
    true
}

/// One option: `add` draws its control in the width it is given.
pub(crate) fn option_ui(
    ui: &mut Ui,
    option: Explained,
    error: Option<&str>,
    add: impl FnOnce(&mut Ui, f32) -> Response,
) {
    let bad = theme::palette(ui).bad;
    option_with_note(ui, option, error.map(|error| (error, bad)), add);
}

/// The same with what is wrong or doubtful in a colour of its own.
pub(crate) fn option_with_note(
    ui: &mut Ui,
    option: Explained,
    note: Option<(&str, Color32)>,
    add: impl FnOnce(&mut Ui, f32) -> Response,
) {
    let width = ui.available_width();
    if width < theme::FORM_STACKED {
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = theme::TIGHT;
            label_ui(ui, option);
            control_ui(ui, option, note, width, add);
        });
        return;
    }
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = theme::PAD;
        column(ui, theme::FORM_LABEL, |ui| label_ui(ui, option));
        let width = width - theme::FORM_LABEL - theme::PAD;
        column(ui, width, |ui| control_ui(ui, option, note, width, add));
    });
}

fn column(ui: &mut Ui, width: f32, add: impl FnOnce(&mut Ui)) {
    ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing.y = theme::TIGHT;
        add(ui);
    });
}

/// What an option is called, and what it is for.
pub(crate) fn label_ui(ui: &mut Ui, option: Explained) {
    let palette = theme::palette(ui);
    ui.spacing_mut().item_spacing.y = 2.0;
    paragraph(ui, option.label, theme::regular(theme::BODY), palette.text);
    paragraph(ui, option.explanation, theme::regular(theme::SMALL), palette.weak);
}

fn control_ui(
    ui: &mut Ui,
    option: Explained,
    note: Option<(&str, Color32)>,
    width: f32,
    add: impl FnOnce(&mut Ui, f32) -> Response,
) {
    let response = add(ui, width);
    describe(ui, &response, note.map_or(option.explanation, |(text, _)| text));
    if let Some((text, colour)) = note {
        paragraph(ui, text, theme::regular(theme::SMALL), colour);
    }
}

/// What is wrong, below what it is about.
pub(crate) fn error_ui(ui: &mut Ui, error: Option<&str>) {
    if let Some(error) = error {
        paragraph(ui, error, theme::regular(theme::SMALL), theme::palette(ui).bad);
    }
}

/// One of the values that S3 knows, or none. A value that is not among them stays, and is shown as it is.
pub(crate) fn values_ui(ui: &mut Ui, option: Explained, none: &str, values: &[Meaning], chosen: &mut Option<String>) {
    option_ui(ui, option, None, |ui, width| {
        let current = chosen.clone().unwrap_or_else(|| none.to_owned());
        let response = select(ui, option.label, &current, width, |ui| {
            if choice_row(ui, chosen.is_none(), none, "").clicked() {
                *chosen = None;
            }
            for (value, meaning) in values {
                if choice_row(ui, chosen.as_deref() == Some(value), value, meaning).clicked() {
                    *chosen = Some((*value).to_owned());
                }
            }
        });
        let known = values.iter().find(|(value, _)| chosen.as_deref() == Some(value));
        if let Some((_, meaning)) = known {
            meaning_ui(ui, meaning);
        }
        response
    });
}

/// What the chosen value means, below its control.
pub(crate) fn meaning_ui(ui: &mut Ui, meaning: &str) {
    paragraph(ui, meaning, theme::regular(theme::SMALL), theme::palette(ui).weak);
}
