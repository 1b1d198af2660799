//! The menu of buckets.

use crate::engine::Code;
use crate::ui::action::Action;
use crate::ui::model::{Buckets, Choice, Model};
use crate::ui::widgets::{self, Icon, field, icon_button, menu_row, spinner};
use crate::ui::{names, theme};
use eframe::egui::{Key, Role, ScrollArea, Ui};

/// The filter (which also takes a name that is not listed), and the buckets.
pub(super) fn buckets_ui(ui: &mut Ui, model: &mut Model, actions: &mut Vec<Action>) {
    let words = model.words;
    let list = model.picker.bucket_list().map(|list| &list.buckets);
    let denied = list.is_some_and(|list| matches!(list, Err(failure) if failure.code == Code::ListDenied));
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
            if !entered {
                widgets::begin_on(ui, &response);
            }
            if icon_button(ui, Icon::Reload, theme::CONTROL, words.reload_buckets, "").clicked() {
                actions.push(Action::ReloadBuckets);
            }
            entered
        })
        .inner;
    ui.add_space(theme::TIGHT);
    let model = &*model;
    let listed = model.picker.bucket_list().and_then(|list| list.buckets.as_ref().ok());
    let names = listed.map_or(&[][..], Vec::as_slice);
    let typed = model.picker.filter.trim().to_owned();
    let wanted = typed.to_lowercase();
    let matching: Vec<&String> = names.iter().filter(|name| name.contains(&wanted)).collect();
    sentence_ui(ui, model, listed.is_some(), names.is_empty(), denied);
    list_ui(ui, model, &matching, actions);
    let is_listed = names.contains(&typed);
    let use_typed = !typed.is_empty() && !is_listed;
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
        match matching.as_slice() {
            _ if is_listed => pick(ui, typed, actions),
            [only] => pick(ui, (*only).clone(), actions),
            [] if !typed.is_empty() => pick(ui, typed, actions),
            // The beginning of several names is none of them.
            _ => {}
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
        ui.add_space(theme::TIGHT);
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
        .max_height(theme::MENU_LIST)
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
