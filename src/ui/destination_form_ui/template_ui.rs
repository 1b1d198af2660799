//! The key template: its words at the cursor, and what it comes to while it is typed.

use crate::ui::model::{DestinationForm, FormErrors, Model, SignedBy};
use crate::ui::theme;
use crate::ui::view_model::{FormPreview, form_preview};
use crate::ui::widgets::{self, Kind, describe, error_ui, field, label_ui, row_button};
use eframe::egui::text::{CCursor, CCursorRange};
use eframe::egui::{Align, Id, Response, Sense, TextBuffer as _, TextEdit, Ui, vec2};

pub(super) fn template_ui(ui: &mut Ui, form: &mut DestinationForm, model: &Model, errors: &FormErrors) {
    let words = &model.words.destination;
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = theme::TIGHT;
        // A function is asked for a name, and decides.
        let option = match form.signed_by() {
            SignedBy::Function => model.words.lambda.asked_key,
            _ => words.key_template,
        };
        label_ui(ui, option);
        let width = ui.available_width();
        let template = &mut form.fields.key_template;
        let response = field(ui, template, option.label, "{rand}/{name}", width);
        let about = errors.key_template.as_deref().unwrap_or(option.explanation);
        describe(ui, &response, about);
        error_ui(ui, errors.key_template.as_deref());
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(theme::TIGHT, theme::TIGHT);
            for (word, meaning) in words.template_words {
                let chip = row_button(ui, Kind::Plain, None, word, &(words.insert)(meaning));
                if chip.on_hover_text(*meaning).clicked() {
                    insert(ui, response.id, template, word);
                }
            }
        });
        let now = jiff::ZonedDateTime::now().datetime();
        let preview = form_preview(model, &form.destination(model.words), now);
        preview_ui(ui, &preview, model);
        if form.wants_focus.is_some() && came_to(ui, &response) {
            form.wants_focus = None;
        }
    });
}

/// Brings the keyboard to the field, and the field into sight with its label, and with the words and the example below it.
/// True when that is done: it takes two frames, for in the first the field scrolls to itself alone, and that would win.
fn came_to(ui: &Ui, field: &Response) -> bool {
    // While the dialog is only measured it cannot be scrolled.
    if ui.is_sizing_pass() {
        return false;
    }
    if !field.has_focus() {
        field.request_focus();
        ui.ctx().request_repaint();
        return false;
    }
    // What is at the edge fades out.
    let block = ui.min_rect().expand(ui.spacing().scroll.fade.size);
    ui.scroll_to_rect(block, Some(Align::Min));
    true
}

/// Puts `word` where the cursor of field `id` is, in the place of what is selected; the keyboard goes back there.
fn insert(ui: &Ui, id: Id, text: &mut String, word: &str) {
    let mut state = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
    let end = || CCursorRange::one(CCursor::new(text.chars().count()));
    let selected = state.cursor.char_range().unwrap_or_else(end);
    let mut cursor = text.delete_selected(&selected);
    text.insert_text_at(&mut cursor, word, usize::MAX);
    state.cursor.set_char_range(Some(CCursorRange::one(cursor)));
    TextEdit::store_state(ui.ctx(), id, state);
    ui.memory_mut(|memory| memory.request_focus(id));
}

/// The object key and the link that the example gets.
fn preview_ui(ui: &mut Ui, preview: &FormPreview, model: &Model) {
    let words = &model.words.destination;
    let palette = theme::palette(ui);
    let font = theme::regular(theme::SMALL);
    let lines = [(words.becomes, &preview.object_key), (words.opens_at, &preview.url)];
    let label_width = lines
        .iter()
        .map(|(label, _)| widgets::width_of(ui, label, &font))
        .fold(0.0, f32::max)
        + theme::WIDE;
    for (label, text) in lines {
        let Some(text) = text else { continue };
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), theme::LINE_PREVIEW), Sense::hover());
        let middle = rect.left() + label_width;
        widgets::line(ui, rect.with_max_x(middle), label, font.clone(), palette.weak);
        widgets::middle(ui, rect.with_min_x(middle), text, &font, palette.text);
    }
}
