//! The settings page: cards of choices; each is done and kept at once.

mod about_ui;
mod diagnostics_ui;
mod kept_ui;
mod saved_ui;
mod unfinished_ui;

pub(crate) use about_ui::{licences_ui, reset_ui};
pub(crate) use unfinished_ui::discard_ui;

use super::action::Action;
use super::model::{Model, SettingsAction, ZOOM_PERCENTS};
use super::view_model::settings_strips;
use super::widgets::{self, Icon, described_row, field, icon_button, paragraph, segmented, switch, with_bar_beside};
use super::words::SettingsWords;
use super::{strips_ui, theme, zoom};
use crate::store::{LanguageChoice, Settings, ThemeChoice};
use eframe::egui::{Align, CornerRadius, Frame, Layout, ScrollArea, Stroke, Ui, vec2};

/// Where a person begins who fixes the number.
const FIXED_JOBS: u8 = 6;

/// Draws the page into what is left of `ui`.
pub(crate) fn settings_ui(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
    strips_ui::strips_ui(ui, &settings_strips(model), actions);
    with_bar_beside(ui, |ui| {
        ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            page_ui(ui, ui.available_width() - theme::SCROLL_BAR, model, actions);
        });
    });
}

fn page_ui(ui: &mut Ui, room: f32, model: &Model, actions: &mut Vec<Action>) {
    let is_wide = room >= theme::TWO_COLUMNS;
    let page = room.min(if is_wide { theme::PAGE } else { theme::COLUMN });
    let between = theme::PAD;
    let column = if is_wide { (page - between) / 2.0 } else { page };
    let column_ui = |ui: &mut Ui, add: &mut dyn FnMut(&mut Ui)| {
        ui.allocate_ui_with_layout(vec2(column, 0.0), Layout::top_down(Align::Min), |ui| {
            ui.spacing_mut().item_spacing = vec2(theme::GAP, theme::GAP);
            ui.set_width(column);
            add(ui);
        });
    };
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.add_space((room - page) / 2.0);
        if is_wide {
            column_ui(ui, &mut |ui| choices_ui(ui, model, actions));
            ui.add_space(between);
            column_ui(ui, &mut |ui| facts_ui(ui, model, actions));
        } else {
            column_ui(ui, &mut |ui| {
                choices_ui(ui, model, actions);
                facts_ui(ui, model, actions);
            });
        }
    });
}

fn choices_ui(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
    card(ui, model.words.settings.appearance, |ui| {
        appearance_ui(ui, model, actions);
    });
    card(ui, model.words.settings.language, |ui| language_ui(ui, model, actions));
    card(ui, model.words.settings.uploads, |ui| uploads_ui(ui, model, actions));
}

fn facts_ui(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
    card(ui, model.words.destination.saved, |ui| {
        saved_ui::saved_ui(ui, model, actions);
    });
    card(ui, model.words.unfinished.heading, |ui| {
        unfinished_ui::unfinished_ui(ui, model, actions);
    });
    card(ui, model.words.settings.kept, |ui| kept_ui::kept_ui(ui, model, actions));
    card(ui, model.words.settings.diagnostics, |ui| {
        diagnostics_ui::diagnostics_ui(ui, model, actions);
    });
    card(ui, model.words.settings.about, |ui| {
        about_ui::about_ui(ui, model, actions);
    });
}

/// One of several, as segments; what is picked becomes an action.
fn choice_ui<T: Copy + PartialEq>(
    ui: &mut Ui,
    name: &str,
    choices: &[(T, &str)],
    chosen: T,
    action: fn(T) -> SettingsAction,
    actions: &mut Vec<Action>,
) {
    let labels: Vec<&str> = choices.iter().map(|(_, label)| *label).collect();
    let index = choices.iter().position(|(choice, _)| *choice == chosen);
    let picked = segmented(ui, name, &labels, index.unwrap_or_default());
    if let Some((choice, _)) = picked.and_then(|picked| choices.get(picked)) {
        actions.push(Action::Settings(action(*choice)));
    }
}

fn appearance_ui(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
    let (words, settings) = (&model.words.settings, &model.settings);
    let themes = [
        (ThemeChoice::System, words.theme_system),
        (ThemeChoice::Light, words.theme_light),
        (ThemeChoice::Dark, words.theme_dark),
    ];
    label(ui, words.theme);
    choice_ui(ui, words.theme, &themes, settings.theme, SettingsAction::Theme, actions);
    ui.add_space(theme::TIGHT);
    label(ui, words.size);
    let labels = ZOOM_PERCENTS.map(words.percent);
    let sizes: Vec<(u16, &str)> = ZOOM_PERCENTS
        .into_iter()
        .zip(labels.iter().map(String::as_str))
        .collect();
    // A size that was set by hand shows as the one below it.
    let shown = ZOOM_PERCENTS
        .into_iter()
        .rev()
        .find(|size| *size <= settings.zoom_percent);
    let shown = shown.unwrap_or(settings.zoom_percent);
    choice_ui(ui, words.size, &sizes, shown, SettingsAction::Zoom, actions);
    let chosen = settings.zoom_percent;
    if let Some(less) = zoom::held_back(ui.ctx(), chosen) {
        label(ui, &(words.size_held_back)(chosen, less));
    }
}

fn language_ui(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
    let words = &model.words.settings;
    let languages = [
        (LanguageChoice::System, words.language_system),
        // Each in itself: it is for those who cannot read the one that is shown.
        (LanguageChoice::English, "English"),
        (LanguageChoice::Korean, "한국어"),
    ];
    let chosen = model.settings.language;
    choice_ui(
        ui,
        words.language,
        &languages,
        chosen,
        SettingsAction::Language,
        actions,
    );
}

fn uploads_ui(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
    let (words, settings) = (&model.words.settings, &model.settings);
    let copies = settings.copy_when_done;
    if switch(ui, words.copy_when_done, words.copy_when_done_explained, copies).clicked() {
        actions.push(Action::Settings(SettingsAction::CopyWhenDone(!copies)));
    }
    widgets::divider(ui);
    let notifies = settings.notify;
    if switch(ui, words.notify, words.notify_explained, notifies).clicked() {
        actions.push(Action::Settings(SettingsAction::Notify(!notifies)));
    }
    widgets::divider(ui);
    let fixed = settings.jobs;
    let finds_out = fixed.is_none();
    if switch(ui, words.jobs_found, words.jobs_found_explained, finds_out).clicked() {
        let jobs = finds_out.then_some(FIXED_JOBS);
        actions.push(Action::Settings(SettingsAction::Jobs(jobs)));
    }
    if let Some(jobs) = fixed {
        widgets::divider(ui);
        jobs_ui(ui, jobs, words, actions);
    }
}

fn jobs_ui(ui: &mut Ui, jobs: u8, words: &SettingsWords, actions: &mut Vec<Action>) {
    let explained = (words.jobs_explained)(Settings::MAX_JOBS);
    let width = 2.0 * theme::CONTROL + theme::NUMBER + 2.0 * theme::TIGHT;
    described_row(ui, words.jobs, &explained, width, |ui| {
        ui.spacing_mut().item_spacing.x = theme::TIGHT;
        let mut set = |jobs: u8| actions.push(Action::Settings(SettingsAction::Jobs(Some(jobs))));
        if icon_button(ui, Icon::Minus, theme::CONTROL, words.fewer, words.jobs).clicked() && jobs > 1 {
            set(jobs - 1);
        }
        if let Some(typed) = number_field(ui, words.jobs, jobs) {
            set(typed);
        }
        if icon_button(ui, Icon::Plus, theme::CONTROL, words.more, words.jobs).clicked() && jobs < Settings::MAX_JOBS {
            set(jobs + 1);
        }
    });
}

/// A field for a number; gives one that is typed and in range. While it is typed it may be anything.
fn number_field(ui: &mut Ui, name: &str, value: u8) -> Option<u8> {
    let id = ui.scope_id().with("number");
    let mut text: String = ui.data(|data| data.get_temp(id)).unwrap_or_else(|| value.to_string());
    let response = field(ui, &mut text, name, "", theme::NUMBER);
    if !response.has_focus() {
        ui.data_mut(|data| data.remove::<String>(id));
        return None;
    }
    let typed = text.trim().parse::<u8>().ok();
    ui.data_mut(|data| data.insert_temp(id, text));
    typed.filter(|typed| *typed != value && (1..=Settings::MAX_JOBS).contains(typed))
}

fn label(ui: &mut Ui, text: &str) {
    paragraph(ui, text, theme::regular(theme::SMALL), theme::palette(ui).weak);
}

/// A heading and what belongs to it, on one surface.
fn card(ui: &mut Ui, heading: &str, add: impl FnOnce(&mut Ui)) {
    let palette = theme::palette(ui);
    let frame = Frame::new()
        .fill(palette.surface)
        .stroke(Stroke::new(theme::HAIRLINE, palette.line))
        .corner_radius(CornerRadius::same(theme::CORNER_LARGE))
        .inner_margin(theme::CARD_MARGIN);
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        paragraph(ui, heading, theme::strong(theme::BODY), palette.text);
        ui.add_space(2.0);
        add(ui);
    });
    ui.add_space(theme::GAP);
}
