//! The bar at the top: where files go, and the pages.

mod buckets_ui;
mod endpoint_ui;
mod environment_ui;
mod places_ui;

use super::action::Action;
use super::model::{Choice, Model, Page, SandboxState};
use super::view_model::{Chosen, chosen};
use super::widgets::{self, Icon, pill, spinner};
use super::{names, theme};
use eframe::egui::{Align, Layout, Popup, PopupCloseBehavior, RectAlign, Response, Ui, UiBuilder, accesskit::Role};

/// Draws the bar into the whole of `ui`.
pub(crate) fn destination_ui(ui: &mut Ui, model: &mut Model, actions: &mut Vec<Action>) {
    let rect = ui.max_rect();
    let id = ui.scope_id().with("tabs width");
    let tabs = ui.data(|data| data.get_temp(id)).unwrap_or(theme::UNMEASURED);
    let left = rect.with_max_x(rect.right() - tabs - theme::GAP);
    widgets::inside(ui, left, Layout::left_to_right(Align::Center), |ui| {
        // A bucket stands beside a profile's name, beside the sandbox only a spinner.
        let width = match model.picker.choice {
            Choice::Account { .. } | Choice::Sandbox => (left.width() - theme::GAP - theme::ROOM) / 2.0,
            Choice::Handed(_) | Choice::Nothing => left.width() - theme::ROOM,
        };
        chosen_ui(ui, model, width, actions);
        match model.picker.choice {
            Choice::Account { .. } => {
                // What the profile has left over, and room for the spinner.
                let width = ui.available_width() - theme::GAP - theme::ROOM;
                bucket_ui(ui, model, width, actions);
            }
            Choice::Sandbox if model.picker.sandbox == SandboxState::Starting => {
                spinner(ui, theme::ICON, theme::palette(ui).weak);
                ui.weak(model.words.sandbox_starting);
            }
            Choice::Handed(_) | Choice::Sandbox | Choice::Nothing => {}
        }
    });
    let right = rect.with_min_x(rect.right() - tabs);
    let used = widgets::inside(ui, right, Layout::left_to_right(Align::Center), |ui| {
        tabs_ui(ui, model, actions);
        ui.min_rect().width()
    });
    if (used - tabs).abs() > 0.5 {
        ui.data_mut(|data| data.insert_temp(id, used));
        widgets::draw_again(ui, "the width of the tabs is known");
    }
}

fn tabs_ui(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
    let list = UiBuilder::new()
        .accessibility_role(Role::TabList)
        .accessibility_label(model.words.pages);
    ui.scope_builder(list, |ui| tab_list_ui(ui, model, actions));
}

fn tab_list_ui(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
    ui.spacing_mut().item_spacing.x = theme::TIGHT;
    for page in Page::ALL {
        let (symbol, label) = match page {
            Page::Uploads => (None, model.words.page_uploads),
            Page::History => (None, model.words.history.page),
            Page::Settings => (Some(Icon::Sliders), model.words.page_settings),
        };
        if widgets::tab(ui, model.page == page, symbol, label).clicked() {
            actions.push(Action::Show(page));
        }
    }
}

/// The button that says where files go, and opens the menu of places.
fn chosen_ui(ui: &mut Ui, model: &mut Model, width: f32, actions: &mut Vec<Action>) {
    let Chosen {
        symbol,
        text,
        more,
        name,
    } = chosen(model);
    let response = pill(ui, symbol, &text, &more, &name, width.max(theme::PROFILE_LEAST));
    menu(&response, model.words.profile, |ui| {
        places_ui::places_ui(ui, model, actions);
    });
}

fn bucket_ui(ui: &mut Ui, model: &mut Model, width: f32, actions: &mut Vec<Action>) {
    let words = model.words;
    let Choice::Account { bucket, .. } = &model.picker.choice else {
        return;
    };
    let text = bucket
        .as_deref()
        .map_or_else(|| words.choose_bucket.to_owned(), names::harmless);
    let name = format!("{}: {text}", words.bucket);
    let response = pill(ui, Icon::Bucket, &text, "", &name, width.max(theme::BUCKET_LEAST));
    if model.picker.is_listing() {
        spinner(ui, theme::ICON, theme::palette(ui).weak);
    }
    menu(&response, words.bucket, |ui| buckets_ui::buckets_ui(ui, model, actions));
}

/// A menu below `response`, which opens and closes it; stays open while fields are filled in.
fn menu(response: &Response, name: &str, add: impl FnOnce(&mut Ui)) {
    Popup::menu(response)
        .align(RectAlign::BOTTOM_START)
        .gap(theme::TIGHT)
        .width(theme::MENU)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .accessible_name(name)
        .show(|ui| {
            ui.set_width(theme::MENU);
            ui.spacing_mut().item_spacing.y = 2.0;
            add(ui);
        });
}
