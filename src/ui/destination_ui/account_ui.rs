//! The menus of profiles and of buckets.

use crate::engine::Code;
use crate::ui::action::Action;
use crate::ui::model::{Buckets, Choice, Model, ProfileAction};
use crate::ui::widgets::{self, Icon, Kind, divider, field, heading, icon_button, menu_row, row_button, spinner};
use crate::ui::{names, theme};
use eframe::egui::{self, Align, Key, Layout, Role, ScrollArea, Ui};

/// Profiles, saved destinations, the sandbox, endpoint and region.
pub(super) fn profiles_ui(ui: &mut Ui, model: &mut Model, actions: &mut Vec<Action>) {
    heading(ui, model.words.profile);
    let chosen = model.picker.account().and_then(|account| account.profile.clone());
    match &model.picker.profiles {
        None => {
            spinner(ui, theme::ICON, theme::palette(ui).weak);
        }
        Some(Err(failure)) => {
            widgets::paragraph(
                ui,
                &model.words.failure(failure).what,
                theme::regular(theme::SMALL),
                theme::palette(ui).bad,
            );
        }
        Some(Ok(profiles)) if profiles.is_empty() => {
            for text in [model.words.no_profiles, model.words.no_profiles_hint] {
                widgets::paragraph(ui, text, theme::regular(theme::SMALL), theme::palette(ui).weak);
            }
        }
        Some(Ok(profiles)) => {
            ScrollArea::vertical()
                .id_salt("profiles")
                .max_height(280.0)
                .show(ui, |ui| {
                    for profile in profiles {
                        let is_chosen = chosen.as_ref() == Some(&profile.name);
                        let sign_in = if profile.login { model.words.signs_in } else { "" };
                        let more = profile.region.as_deref().unwrap_or(sign_in);
                        if menu_row(
                            ui,
                            Role::MenuItemRadio,
                            is_chosen,
                            Some(Icon::Key),
                            &names::harmless(&profile.name),
                            more,
                        )
                        .clicked()
                        {
                            actions.push(Action::PickProfile(Some(profile.name.clone())));
                            ui.close();
                        }
                    }
                });
        }
    }
    let add = menu_row(
        ui,
        Role::MenuItem,
        false,
        Some(Icon::Plus),
        model.words.profile_dialog.open,
        "",
    );
    if add.clicked() {
        actions.push(Action::Profile(ProfileAction::Open));
        ui.close();
    }
    saved_ui(ui, model, actions);
    if cfg!(feature = "sandbox") {
        divider(ui);
        let row = menu_row(
            ui,
            Role::MenuItemRadio,
            model.picker.choice == Choice::Sandbox,
            Some(Icon::Inbox),
            model.words.sandbox,
            "",
        );
        if row.on_hover_text(model.words.sandbox_explained).clicked() {
            actions.push(Action::PickSandbox);
            ui.close();
        }
    }
    if model.picker.account().is_some() {
        divider(ui);
        endpoint_ui(ui, model, actions);
    }
}

fn saved_ui(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
    if model.settings.destinations.is_empty() {
        return;
    }
    divider(ui);
    let current = model.picker.destination();
    for destination in &model.settings.destinations {
        let is_chosen = current.as_ref().is_some_and(|current| current.kind == destination.kind);
        if menu_row(
            ui,
            Role::MenuItemRadio,
            is_chosen,
            Some(Icon::Bucket),
            &names::harmless(&destination.name),
            "",
        )
        .clicked()
        {
            actions.push(Action::PickSaved(Box::new(destination.clone())));
            ui.close();
        }
    }
}

fn endpoint_ui(ui: &mut Ui, model: &mut Model, actions: &mut Vec<Action>) {
    let words = model.words;
    let id = ui.scope_id().with("endpoint");
    let is_set = !model.picker.endpoint.is_empty() || !model.picker.region.is_empty();
    let open = ui.data(|data| data.get_temp(id)).unwrap_or(is_set);
    let symbol = if open { Icon::ChevronDown } else { Icon::ChevronRight };
    if menu_row(
        ui,
        Role::DisclosureTriangle,
        false,
        Some(symbol),
        words.endpoint_and_region,
        "",
    )
    .clicked()
    {
        ui.data_mut(|data| data.insert_temp(id, !open));
    }
    if !open {
        return;
    }
    let margin = egui::Margin::symmetric(8, 4);
    egui::Frame::new().inner_margin(margin).show(ui, |ui| {
        let width = ui.available_width();
        let small = theme::regular(theme::SMALL);
        widgets::paragraph(ui, words.endpoint, small.clone(), theme::palette(ui).weak);
        let endpoint = field(
            ui,
            &mut model.picker.endpoint,
            words.endpoint,
            words.endpoint_hint,
            width,
        );
        ui.add_space(4.0);
        widgets::paragraph(ui, words.region, small, theme::palette(ui).weak);
        let region = field(ui, &mut model.picker.region, words.region, words.region_hint, width);
        ui.add_space(4.0);
        let entered = (endpoint.lost_focus() || region.lost_focus()) && ui.input(|input| input.key_pressed(Key::Enter));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if row_button(ui, Kind::Plain, None, words.apply, "").clicked() || entered {
                actions.push(Action::ApplyEndpoint);
                ui.close();
            }
        });
    });
}

/// The filter (which also takes a name that is not listed), and the buckets.
pub(super) fn buckets_ui(ui: &mut Ui, model: &mut Model, actions: &mut Vec<Action>) {
    let words = model.words;
    let (denied, is_listed, names) = match model.picker.bucket_list().map(|list| &list.buckets) {
        Some(Ok(names)) => (false, true, names.clone()),
        Some(Err(failure)) => (failure.code == Code::ListDenied, false, Vec::new()),
        None => (false, false, Vec::new()),
    };
    let entered = ui
        .horizontal(|ui| {
            let (name, hint) = if denied {
                (words.type_bucket, words.type_bucket)
            } else {
                (words.filter_buckets, words.filter_buckets)
            };
            let width = ui.available_width() - theme::CONTROL - theme::GAP;
            let response = field(ui, &mut model.picker.filter, name, hint, width);
            let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            if !entered && ui.memory(|memory| memory.focused().is_none()) {
                response.request_focus();
            }
            if icon_button(ui, Icon::Reload, theme::CONTROL, words.reload_buckets, "").clicked() {
                actions.push(Action::ReloadBuckets);
            }
            entered
        })
        .inner;
    ui.add_space(4.0);
    let typed = model.picker.filter.trim().to_owned();
    let matching: Vec<&String> = names
        .iter()
        .filter(|name| name.contains(&typed.to_lowercase()))
        .collect();
    sentence_ui(ui, model, is_listed, names.is_empty(), denied);
    list_ui(ui, model, &matching, actions);
    let use_typed = !typed.is_empty() && !names.contains(&typed);
    if use_typed
        && menu_row(
            ui,
            Role::MenuItemRadio,
            false,
            Some(Icon::Bucket),
            &(words.use_bucket)(&names::harmless(&typed)),
            "",
        )
        .clicked()
    {
        pick(ui, typed.clone(), actions);
    }
    if entered {
        match matching.first().filter(|_| matching.len() == 1) {
            Some(only) => pick(ui, (*only).clone(), actions),
            None if !typed.is_empty() => pick(ui, typed, actions),
            None => {}
        }
    }
}

fn pick(ui: &Ui, bucket: String, actions: &mut Vec<Action>) {
    actions.push(Action::PickBucket(bucket));
    ui.close();
}

fn sentence_ui(ui: &mut Ui, model: &Model, is_listed: bool, is_empty: bool, denied: bool) {
    let (words, palette) = (model.words, theme::palette(ui));
    let sentence = |ui: &mut Ui, text: &str, colour| {
        widgets::paragraph(ui, text, theme::regular(theme::SMALL), colour);
        ui.add_space(4.0);
    };
    if let (Buckets::Loading(None), _) = (&model.picker.buckets, is_listed) {
        ui.horizontal(|ui| {
            spinner(ui, theme::ICON, palette.weak);
            sentence(ui, words.loading_buckets, palette.weak);
        });
    } else if denied {
        sentence(ui, words.list_denied, palette.careful);
    } else if let Some(failure) = model.picker.failure() {
        sentence(ui, &model.words.failure(failure).what, palette.bad);
    } else if is_listed && is_empty {
        sentence(ui, words.no_buckets, palette.weak);
    }
}

/// Only the names in sight are drawn: an account may have ten thousand.
fn list_ui(ui: &mut Ui, model: &Model, names: &[&String], actions: &mut Vec<Action>) {
    let Choice::Account { bucket, .. } = &model.picker.choice else {
        return;
    };
    let height = theme::CONTROL;
    ScrollArea::vertical()
        .id_salt("buckets")
        .max_height(320.0)
        .show_rows(ui, height, names.len(), |ui, range| {
            for name in names.iter().skip(range.start).take(range.len()) {
                if menu_row(
                    ui,
                    Role::MenuItemRadio,
                    bucket.as_ref() == Some(name),
                    Some(Icon::Bucket),
                    &names::harmless(name),
                    "",
                )
                .clicked()
                {
                    pick(ui, (*name).clone(), actions);
                }
            }
        });
}
