//! The menu of all places that files can go to: profiles, saved destinations, the sandbox; and of new ones.

use super::endpoint_ui::endpoint_ui;
use super::environment_ui::environment_ui;
use crate::aws::Profile;
use crate::store::Destination;
use crate::ui::action::Action;
use crate::ui::model::{CheckupAction, Choice, DestinationAction, Model, ProfileAction, TicketAction};
use crate::ui::view_model::destination_symbol;
use crate::ui::widgets::{self, Icon, divider, field, heading, icon_button, menu_row, spinner};
use crate::ui::{names, theme};
use eframe::egui::{Align, Layout, Role, ScrollArea, Sense, Ui, vec2};

/// With more profiles and saved destinations than this there is a field to find them by.
const FEW: usize = 8;

/// A line of the list.
enum Place<'a> {
    Heading(&'static str),
    Environment,
    Profile(&'a Profile),
    Saved(&'a Destination),
}

/// Draws the menu.
pub(super) fn places_ui(ui: &mut Ui, model: &mut Model, actions: &mut Vec<Action>) {
    profiles_trouble_ui(ui, model);
    let count = model.picker.known_profiles().len() + model.settings.destinations.len();
    if count > FEW {
        let (name, width) = (model.words.destination.filter, ui.available_width());
        let response = field(ui, &mut model.picker.profile_filter, name, name, width);
        widgets::begin_on(ui, &response);
    } else {
        model.picker.profile_filter.clear();
    }
    list_ui(ui, model, count, actions);
    new_ui(ui, model, actions);
    if model.picker.account().is_some() && model.picker.saved_name().is_none() {
        divider(ui);
        endpoint_ui(ui, model, actions);
    }
}

fn profiles_trouble_ui(ui: &mut Ui, model: &Model) {
    let palette = theme::palette(ui);
    let small = theme::regular(theme::SMALL);
    match &model.picker.profiles {
        None => {
            ui.horizontal(|ui| {
                spinner(ui, theme::ICON, palette.weak);
                widgets::paragraph(ui, model.words.loading_profiles, small, palette.weak);
            });
        }
        Some(Err(failure)) => {
            widgets::paragraph(ui, &model.words.failure(failure).what, small, palette.bad);
        }
        Some(Ok(profiles)) if profiles.is_empty() && !model.picker.offers_environment() => {
            for text in [model.words.no_profiles, model.words.no_profiles_hint] {
                widgets::paragraph(ui, text, small.clone(), palette.weak);
            }
        }
        Some(Ok(_)) => {}
    }
}

/// Profiles, then saved destinations, as far as the filter lets them through.
fn places(model: &Model) -> Vec<Place<'_>> {
    let filter = model.picker.profile_filter.trim().to_lowercase();
    let passes = |name: &str| name.to_lowercase().contains(&filter);
    let profiles = model.picker.known_profiles().iter();
    let profiles = profiles.filter(|profile| passes(&profile.name));
    let saved = model.settings.destinations.iter();
    let saved = saved.filter(|saved| passes(&saved.name) || passes(saved.kind.place()));
    let has_environment = model.picker.offers_environment() && passes(model.words.environment_keys);
    let mut places: Vec<Place<'_>> = Vec::from_iter(has_environment.then_some(Place::Environment));
    places.extend(profiles.map(Place::Profile));
    if !places.is_empty() {
        places.insert(0, Place::Heading(model.words.profile));
    }
    let headed = places.len();
    places.extend(saved.map(Place::Saved));
    if places.len() > headed {
        places.insert(headed, Place::Heading(model.words.destination.saved));
    }
    places
}

/// Only the lines in sight are drawn.
fn list_ui(ui: &mut Ui, model: &Model, count: usize, actions: &mut Vec<Action>) {
    let places = places(model);
    if places.is_empty() && count > 0 {
        let nothing = model.words.destination.nothing_found;
        widgets::paragraph(ui, nothing, theme::regular(theme::SMALL), theme::palette(ui).weak);
    }
    let [least, most] = theme::PLACES;
    let height = (ui.ctx().content_rect().height() - theme::HEADER - theme::AROUND_PLACES).clamp(least, most);
    ScrollArea::vertical().id_salt("places").max_height(height).show_rows(
        ui,
        theme::CONTROL,
        places.len(),
        |ui, range| {
            for place in places.iter().skip(range.start).take(range.len()) {
                match place {
                    Place::Heading(text) => heading(ui, text),
                    Place::Environment => environment_ui(ui, model, actions),
                    Place::Profile(profile) => profile_ui(ui, model, profile, actions),
                    Place::Saved(saved) => saved_ui(ui, model, saved, actions),
                }
            }
        },
    );
}

fn profile_ui(ui: &mut Ui, model: &Model, profile: &Profile, actions: &mut Vec<Action>) {
    let chosen = model.picker.account().filter(|_| model.picker.saved_name().is_none());
    let is_chosen = chosen.is_some_and(|account| account.profile.as_ref() == Some(&profile.name));
    let sign_in = if profile.login { model.words.signs_in } else { "" };
    let more = profile.region.as_deref().unwrap_or(sign_in);
    let name = names::harmless(&profile.name);
    if menu_row(ui, Role::MenuItemRadio, is_chosen, Some(Icon::Key), &name, more).clicked() {
        actions.push(Action::PickProfile(Some(profile.name.clone())));
        ui.close();
    }
}

/// Picks it; the pen at its right edits it.
fn saved_ui(ui: &mut Ui, model: &Model, saved: &Destination, actions: &mut Vec<Action>) {
    let is_chosen = model.picker.saved_name() == Some(&saved.name);
    let name = names::harmless(&saved.name);
    let bucket = saved.kind.place();
    let more = if bucket == saved.name {
        String::new()
    } else {
        names::harmless(bucket)
    };
    let line = vec2(ui.available_width(), theme::CONTROL);
    let (line, _) = ui.allocate_exact_size(line, Sense::hover());
    let begin = line.right() - theme::CONTROL;
    widgets::inside(ui, line.with_max_x(begin - 2.0), Layout::top_down(Align::Min), |ui| {
        if menu_row(
            ui,
            Role::MenuItemRadio,
            is_chosen,
            Some(destination_symbol(&saved.kind)),
            &name,
            &more,
        )
        .clicked()
        {
            actions.push(Action::PickSaved(Box::new(saved.clone())));
            ui.close();
        }
    });
    widgets::inside(ui, line.with_min_x(begin), Layout::top_down(Align::Min), |ui| {
        let edit = icon_button(ui, Icon::Pen, theme::CONTROL, model.words.destination.edit, &name);
        if edit.clicked() {
            actions.push(Action::Destination(DestinationAction::Edit(saved.name.clone())));
            ui.close();
        }
    });
}

/// The sandbox, and what leads to places that are not on the list yet.
fn new_ui(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
    let words = model.words;
    if cfg!(feature = "sandbox") {
        divider(ui);
        let is_chosen = model.picker.choice == Choice::Sandbox && model.picker.saved_name().is_none();
        let row = menu_row(ui, Role::MenuItemRadio, is_chosen, Some(Icon::Inbox), words.sandbox, "");
        if row.on_hover_text(words.sandbox_explained).clicked() {
            actions.push(Action::PickSandbox);
            ui.close();
        }
    }
    divider(ui);
    let is_unsaved = model.picker.destination().is_some() && model.picker.saved_name().is_none();
    // A form is never written down.
    let can_be_saved = is_unsaved && model.picker.ticket().is_none();
    let wishes = [
        (
            can_be_saved,
            Icon::Check,
            words.destination.save_current,
            Action::Destination(DestinationAction::SaveCurrent),
        ),
        (
            model.picker.destination().is_some(),
            Icon::Glass,
            words.checkup.open,
            Action::Checkup(CheckupAction::OfCurrent),
        ),
        (
            true,
            Icon::Plus,
            words.destination.add,
            Action::Destination(DestinationAction::Add),
        ),
        (
            true,
            Icon::Plus,
            words.profile_dialog.open,
            Action::Profile(ProfileAction::Open),
        ),
        (
            true,
            Icon::Ticket,
            words.handed.paste,
            Action::Ticket(TicketAction::Open(None)),
        ),
    ];
    for (_, symbol, label, action) in wishes.into_iter().filter(|(shown, ..)| *shown) {
        if menu_row(ui, Role::MenuItem, false, Some(symbol), label, "").clicked() {
            actions.push(action);
            ui.close();
        }
    }
}
