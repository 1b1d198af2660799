//! Parts uploads that nobody has finished: looked for when the button is pressed, discarded after a question.

use crate::ui::action::Action;
use crate::ui::model::{DiscardQuestion, Model, UnfinishedAction};
use crate::ui::theme;
use crate::ui::view_model::{BucketLook, bucket_looks};
use crate::ui::widgets::{
    self, Icon, Kind, button, dialog, dialog_buttons, divider, paragraph, row_button, spinner, switch, waiting,
};
use crate::ui::words::Words;
use eframe::egui::{Sense, Ui, vec2};

/// Keys that the question names.
const NAMED: usize = 4;

/// Draws the card's contents.
pub(super) fn unfinished_ui(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
    let (words, palette) = (&model.words.unfinished, theme::palette(ui));
    let small = || theme::regular(theme::SMALL);
    paragraph(ui, words.explained, small(), palette.weak);
    if model.buckets_signed_here().is_empty() {
        paragraph(ui, words.nowhere, small(), palette.weak);
        return;
    }
    let looks = bucket_looks(model);
    for look in &looks {
        ui.push_id(&look.name, |ui| look_ui(ui, look, words.discard, actions));
        divider(ui);
    }
    let label = if looks.is_empty() { words.look } else { words.look_again };
    if row_button(ui, Kind::Plain, Some(Icon::Glass), label, "").clicked() {
        actions.push(Action::Unfinished(UnfinishedAction::Look));
    }
}

fn look_ui(ui: &mut Ui, look: &BucketLook, discard: &str, actions: &mut Vec<Action>) {
    let palette = theme::palette(ui);
    let small = theme::regular(theme::SMALL);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), theme::TWO_LINES), Sense::hover());
    let right = widgets::at_right(ui, rect, |ui| {
        if look.is_asked {
            spinner(ui, theme::ICON, palette.weak);
        }
        if let Some(action) = &look.discard
            && row_button(ui, Kind::Plain, None, discard, &look.name).clicked()
        {
            actions.push(action.clone());
        }
    });
    let (above, below) = rect.with_max_x(right - theme::GAP).split_top_bottom_at_fraction(0.5);
    widgets::middle(ui, above, &look.name, &theme::regular(theme::BODY), palette.text);
    widgets::middle(ui, below, &look.says, &small, look.tone.colour(palette));
    if !look.more.is_empty() {
        ui.add_space(-theme::TIGHT);
        paragraph(ui, &look.more, small, palette.weak);
    }
}

/// Asks whether they are to go.
pub(crate) fn discard_ui(ui: &Ui, question: &DiscardQuestion, words: &Words, actions: &mut Vec<Action>) {
    let texts = &words.unfinished;
    let chosen = question.chosen().count();
    let closed = dialog(ui, &(texts.title)(chosen), words.close, theme::QUESTION_LONG, |ui| {
        let palette = theme::palette(ui);
        keys_ui(ui, question, words);
        ui.add_space(theme::TIGHT);
        paragraph(ui, texts.warning, theme::regular(theme::BODY), palette.weak);
        if question.resumable() > 0 && !question.is_discarding {
            ui.add_space(theme::GAP);
            let explained = (texts.with_resumable_explained)(question.resumable());
            if switch(ui, texts.with_resumable, &explained, question.with_resumable).clicked() {
                let wish = UnfinishedAction::WithResumable(!question.with_resumable);
                actions.push(Action::Unfinished(wish));
            }
        }
        dialog_buttons(ui, |ui| buttons_ui(ui, question, chosen, words, actions));
    });
    if closed {
        actions.push(Action::CloseDialog);
    }
}

/// The first of what is to go, and how many more there are.
fn keys_ui(ui: &mut Ui, question: &DiscardQuestion, words: &Words) {
    let palette = theme::palette(ui);
    let font = theme::regular(theme::SMALL);
    for upload in question.chosen().take(NAMED) {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), theme::LINE_SMALL), Sense::hover());
        let key = crate::ui::names::harmless(&upload.object_key);
        widgets::middle(ui, rect, &key, &font, palette.text);
    }
    let more = question.chosen().count().saturating_sub(NAMED);
    if more > 0 {
        paragraph(ui, &(words.and_more)(more), font, palette.weak);
    }
}

/// The way back is the one that Enter takes.
fn buttons_ui(ui: &mut Ui, question: &DiscardQuestion, chosen: usize, words: &Words, actions: &mut Vec<Action>) {
    if question.is_discarding {
        waiting(ui, words.unfinished.discarding);
        return;
    }
    let keep = button(ui, Kind::Plain, None, words.cancel);
    if ui.memory(|memory| memory.focused().is_none()) {
        keep.request_focus();
    }
    if keep.clicked() {
        actions.push(Action::CloseDialog);
    }
    let discard = ui.add_enabled_ui(chosen > 0, |ui| {
        button(ui, Kind::Danger, None, words.unfinished.discard_now)
    });
    if discard.inner.clicked() {
        actions.push(Action::Unfinished(UnfinishedAction::Discard));
    }
}
