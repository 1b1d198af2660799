//! The whole window: destination on top, the ways in, the strips, the list, the totals.

use super::action::{Action, HistoryAction};
use super::model::{Dialog, Model, Page, SettingsAction};
use super::widgets::{self, inside};
use super::{
    cancel_ui, checkup_ui, closing_ui, deletion_ui, destination_form_ui, destination_ui, drop_zone_ui, footer_ui,
    history_ui, profile_ui, qr_ui, settings_ui, strips_ui, theme, ticket_ui, toasts_ui, uploads_ui, view_model,
    watches_ui,
};
use eframe::egui::{
    Align, CentralPanel, Frame, Key, KeyboardShortcut, Layout, Margin, Modifiers, Panel, Stroke, Ui, accesskit_root_id,
    vec2,
};

const CHOOSE_FILES: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::O);
const SEARCH: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::F);
/// One a page.
const PAGE_KEYS: [Key; 3] = [Key::Num1, Key::Num2, Key::Num3];

/// Draws `model` and gives what the person asks for. `now` is the window's clock in seconds.
pub(crate) fn window_ui(ui: &mut Ui, model: &mut Model, now: f64) -> Vec<Action> {
    let mut actions = Vec::new();
    ui.ctx()
        .accesskit_node_builder(accesskit_root_id(), |window| window.set_label("Dropslot"));
    let is_asking = model.dialog.is_some() || model.closing;
    shortcuts(ui, model, &mut actions);
    let palette = theme::palette(ui);
    // The ground is what the window is cleared with: drawn by the processor, one more layer costs 3 ms a frame.
    let bar = |margin: Margin| Frame::new().inner_margin(margin);
    let edge = theme::WINDOW_SIDES;
    Panel::top("destination")
        .exact_size(theme::HEADER)
        .show_separator_line(false)
        .frame(bar(edge).fill(palette.surface))
        .show(ui, |ui| {
            destination_ui::destination_ui(ui, model, &mut actions);
        });
    let below_header = ui.available_rect_before_wrap();
    let footer = view_model::footer(model).filter(|_| model.page == Page::Uploads);
    let foot = footer.as_ref().map_or(0.0, |_| theme::FOOTER);
    let above_footer = below_header.with_max_y(below_header.bottom() - foot);
    inside(ui, above_footer, Layout::top_down(Align::Min), |ui| {
        CentralPanel::no_frame()
            .frame(bar(theme::PAGE_MARGIN))
            .show(ui, |ui| match model.page {
                Page::Uploads => uploads_page_ui(ui, model, now, &mut actions),
                Page::History => history_ui::history_ui(ui, model, &mut actions),
                Page::Settings => settings_ui::settings_ui(ui, model, &mut actions),
            });
    });
    // After the page: the keyboard comes to it last.
    if let Some(footer) = footer {
        let rect = below_header.with_min_y(above_footer.bottom());
        ui.painter().rect_filled(rect, 0, palette.surface);
        inside(
            ui,
            rect.shrink2(vec2(theme::PAD, 0.0)),
            Layout::top_down(Align::Min),
            |ui| {
                footer_ui::footer_ui(ui, &footer, model.words, &mut actions);
            },
        );
    }
    let line = Stroke::new(theme::HAIRLINE, palette.line);
    ui.painter().hline(below_header.x_range(), below_header.top(), line);
    if above_footer.bottom() < below_header.bottom() {
        ui.painter().hline(below_header.x_range(), above_footer.bottom(), line);
    }
    // The empty page ends with the line that tells what will happen.
    let told = model.page == Page::Uploads && model.snapshot.uploads.is_empty();
    let watched = || watches_ui::height(&view_model::watch_lines(model));
    let last_line = if told {
        theme::PREVIEW + theme::GAP + watched()
    } else {
        0.0
    };
    let free = above_footer.with_max_y(above_footer.bottom() - last_line);
    toasts_ui::toasts_ui(ui, &model.toasts, model.words, free);
    if is_asking {
        widgets::note_focus(ui);
    } else {
        widgets::return_focus(ui);
    }
    // Taken out, so that it can be typed into while the rest is looked at.
    if let Some(mut dialog) = model.dialog.take() {
        dialog_ui(ui, &mut dialog, model, &mut actions);
        model.dialog = Some(dialog);
    }
    if model.closing {
        closing_ui::closing_ui(ui, model, &mut actions);
    }
    if model.hover.is_some() {
        drop_zone_ui::overlay_ui(ui, model);
    }
    actions
}

fn dialog_ui(ui: &Ui, dialog: &mut Dialog, model: &Model, actions: &mut Vec<Action>) {
    match dialog {
        Dialog::Profile(form) => profile_ui::profile_ui(ui, form, model, actions),
        Dialog::ResetSettings => settings_ui::reset_ui(ui, model, actions),
        Dialog::Licences => settings_ui::licences_ui(ui, model, actions),
        Dialog::Qr { url } => qr_ui::qr_ui(ui, url, model.words, actions),
        Dialog::Forget(forgetting) => history_ui::forgetting_ui(ui, forgetting, model.words, actions),
        Dialog::Delete { target, state } => deletion_ui::deletion_ui(ui, target, state, model.words, actions),
        Dialog::Discard(question) => settings_ui::discard_ui(ui, question, model.words, actions),
        Dialog::CancelUploads { uploads, sent_bytes } => cancel_ui::cancel_ui(ui, uploads, *sent_bytes, model, actions),
        Dialog::Destination(form) => destination_form_ui::destination_form_ui(ui, form, model, actions),
        Dialog::Checkup(view) => checkup_ui::checkup_ui(ui, view, model, actions),
        Dialog::Ticket(form) => ticket_ui::ticket_ui(ui, form, model, actions),
        Dialog::RemoveDestination { name } => destination_form_ui::removal_ui(ui, name, model, actions),
    }
}

fn uploads_page_ui(ui: &mut Ui, model: &mut Model, now: f64, actions: &mut Vec<Action>) {
    let strips = view_model::strips(model, now);
    let preview = view_model::preview(model, jiff::ZonedDateTime::now().datetime());
    let watches = view_model::watch_lines(model);
    let empty = model.snapshot.uploads.is_empty();
    if empty {
        strips_ui::strips_ui(ui, &strips, actions);
        let below = watches_ui::height(&watches);
        drop_zone_ui::large_ui(ui, model, preview.as_ref(), below, actions);
        watches_ui::watches_ui(ui, &watches, actions);
        return;
    }
    drop_zone_ui::slim_ui(ui, model, actions);
    if let Some(preview) = &preview {
        drop_zone_ui::preview_ui(ui, preview, model.words, actions);
    }
    watches_ui::watches_ui(ui, &watches, actions);
    strips_ui::strips_ui(ui, &strips, actions);
    uploads_ui::uploads_ui(ui, model, now, actions);
}

fn shortcuts(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
    // The question lies on top: a form below it must not be closed by the same key.
    if model.closing && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        actions.push(Action::KeepUploading);
    }
    if model.closing || model.dialog.is_some() {
        return;
    }
    ui.input_mut(|input| {
        if input.consume_shortcut(&CHOOSE_FILES) {
            actions.push(Action::ChooseFiles);
        }
        if input.consume_shortcut(&SEARCH) {
            actions.push(Action::History(HistoryAction::FocusSearch));
        }
        for (page, key) in Page::ALL.into_iter().zip(PAGE_KEYS) {
            if input.consume_key(Modifiers::COMMAND, key) {
                actions.push(Action::Show(page));
            }
        }
        for (key, action) in [
            (Key::Plus, SettingsAction::Larger),
            (Key::Equals, SettingsAction::Larger),
            (Key::Minus, SettingsAction::Smaller),
            (Key::Num0, SettingsAction::Zoom(100)),
        ] {
            if input.consume_key(Modifiers::COMMAND, key) {
                actions.push(Action::Settings(action));
            }
        }
        if input.consume_key(Modifiers::NONE, Key::F5) {
            actions.push(Action::ReloadBuckets);
        }
    });
    // What is typed there is not lost by a key that may be meant for a menu or for what is selected.
    let is_empty = model.path_field.as_ref().is_some_and(|field| field.text.is_empty());
    if is_empty && ui.input(|input| input.key_pressed(Key::Escape)) {
        actions.push(Action::ClosePathField);
    }
}
