//! The dialog in which a destination is examined: each step as it is taken, what to change, and texts to hand on.

use super::action::{Action, CopySource};
use super::model::{CheckupAction, CheckupView, Model};
use super::theme;
use super::view_model::{CheckupRow, checkup_outcome, checkup_rows};
use super::widgets::{
    self, Icon, Kind, button, dialog_buttons_beside, dialog_with_foot, icon, paragraph, row_button, spinner,
};
use super::words::Words;
use eframe::egui::{Sense, Ui, vec2};

/// Draws the dialog.
pub(crate) fn checkup_ui(ui: &Ui, view: &CheckupView, model: &Model, actions: &mut Vec<Action>) {
    let words = model.words;
    let title = (words.checkup.title)(&words.destination_name(&view.destination.name));
    let mut asked = Vec::new();
    let closed = dialog_with_foot(
        ui,
        &title,
        words.close,
        theme::FORM,
        &mut asked,
        |ui, _| body_ui(ui, view, words),
        |ui, asked| {
            let left = |ui: &mut Ui, asked: &mut Vec<_>| copies_ui(ui, view, model, asked);
            let right = |ui: &mut Ui, asked: &mut Vec<_>| ends_ui(ui, view, words, asked);
            dialog_buttons_beside(ui, asked, left, right);
        },
    );
    if closed {
        asked.push(CheckupAction::Close);
    }
    actions.extend(asked.into_iter().map(Action::Checkup));
}

fn body_ui(ui: &mut Ui, view: &CheckupView, words: &Words) {
    let palette = theme::palette(ui);
    ui.spacing_mut().item_spacing.y = theme::TIGHT;
    if let Some((outcome, tone)) = checkup_outcome(view, words) {
        paragraph(ui, outcome, theme::strong(theme::BODY), tone.colour(palette));
        ui.add_space(theme::GAP);
    } else {
        paragraph(ui, words.checkup.explained, theme::regular(theme::SMALL), palette.weak);
        ui.add_space(theme::GAP);
    }
    for row in checkup_rows(view, words) {
        row_ui(ui, &row);
    }
    if let Some(step) = view.step {
        ui.horizontal(|ui| {
            spinner(ui, theme::ICON, palette.accent);
            let text = format!("{} · {}", (words.checkup.step)(step), words.checkup.checking);
            paragraph(ui, &text, theme::regular(theme::BODY), palette.text);
        });
    }
}

fn row_ui(ui: &mut Ui, row: &CheckupRow) {
    let palette = theme::palette(ui);
    let colour = row.tone.colour(palette);
    let (line, _) = ui.allocate_exact_size(vec2(ui.available_width(), theme::LINE), Sense::hover());
    let mark = line.with_max_x(line.left() + theme::ICON);
    let mark = eframe::egui::Rect::from_center_size(mark.center(), vec2(theme::ICON, theme::ICON));
    icon(ui.painter(), row.mark, mark, colour);
    let named = line.with_min_x(mark.right() + theme::GAP);
    let text = format!("{} · {}", row.step, row.word);
    widgets::line(ui, named, &text, theme::strong(theme::BODY), colour);
    ui.horizontal_top(|ui| {
        ui.add_space(theme::ICON + theme::GAP);
        ui.vertical(|ui| {
            paragraph(ui, &row.says, theme::regular(theme::SMALL), palette.text);
            if !row.hint.is_empty() {
                paragraph(ui, &row.hint, theme::regular(theme::SMALL), palette.weak);
            }
        });
    });
    ui.add_space(theme::TIGHT);
}

/// At the left what can be handed on.
fn copies_ui(ui: &mut Ui, view: &CheckupView, model: &Model, asked: &mut Vec<CheckupAction>) {
    let words = model.words;
    let mut copy = |source, label, action| {
        let (symbol, label) = if model.just_copied(source) {
            (Icon::Check, words.copied)
        } else {
            (Icon::Copy, label)
        };
        if row_button(ui, Kind::Plain, Some(symbol), label, "").clicked() {
            asked.push(action);
        }
    };
    if !view.found.is_empty() {
        let report = words.checkup.copy_report;
        copy(CopySource::CheckupReport, report, CheckupAction::CopyReport);
    }
    if view.policy().is_some() {
        let policy = words.checkup.copy_policy;
        copy(CopySource::CheckupPolicy, policy, CheckupAction::CopyPolicy);
    }
}

fn ends_ui(ui: &mut Ui, view: &CheckupView, words: &Words, asked: &mut Vec<CheckupAction>) {
    if view.has_ended && button(ui, Kind::Plain, None, words.checkup.again).clicked() {
        asked.push(CheckupAction::Again);
    }
    let (kind, label) = if view.has_ended {
        (Kind::Primary, words.checkup.done)
    } else {
        (Kind::Plain, words.checkup.stop)
    };
    let close = button(ui, kind, None, label);
    if ui.memory(|memory| memory.focused().is_none()) {
        close.request_focus();
    }
    if close.clicked() {
        asked.push(CheckupAction::Close);
    }
}
