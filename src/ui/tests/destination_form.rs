//! The dialog of a destination, and what is saved by it.

mod lambda;
mod saved;
mod watched;

use super::fixtures::{State, account, buckets, commands, harness, model, model_in};
use super::hands::settle;
use crate::aws::AccountOptions;
use crate::engine::{BucketList, Command, Event};
use crate::store::{Destination, DestinationKind, ExistsPolicy, UploadMethod};
use crate::ui::action::{Action, Effect};
use crate::ui::model::{DestinationAction, DestinationForm, Dialog, ExampleFile, Model, Service};
use crate::ui::words::KOREAN;
use eframe::egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{AccessKitNode, NodeT as _, Queryable as _};

fn act(model: &mut Model, action: DestinationAction) -> Vec<Effect> {
    model.act(Action::Destination(action), 0.0)
}

fn form(model: &mut Model) -> &mut DestinationForm {
    match &mut model.dialog {
        Some(Dialog::Destination(form)) => form,
        other => panic!("{other:?}"),
    }
}

fn press(harness: &mut Harness<'_, State>, label: &str) -> Vec<Effect> {
    let is_control = |role: Role| {
        !matches!(
            role,
            Role::Label | Role::TextInput | Role::Dialog | Role::Window | Role::Menu
        )
    };
    harness
        .query_all_by_label(label)
        .find(|node| is_control(node.accesskit_node().role()))
        .unwrap_or_else(|| panic!("no control {label}"))
        // By its name, as a screen reader does: it may be scrolled out of sight.
        .click_accesskit();
    settle(harness)
}

/// As a person does it: the field is clicked, all of it marked and typed over.
fn fill(harness: &mut Harness<'_, State>, label: &str, text: &str) {
    harness.get_by_role_and_label(Role::TextInput, label).focus();
    harness.run_ok();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run_ok();
    harness.get_by_role_and_label(Role::TextInput, label).type_text(text);
    settle(harness);
}

fn saved_settings(effects: &[Effect]) -> Option<&[Destination]> {
    commands(effects).into_iter().rev().find_map(|command| match command {
        Command::SaveSettings(settings) => Some(settings.destinations.as_slice()),
        _ => None,
    })
}

/// With `cdn` and `backups` saved.
fn with_saved() -> Model {
    let mut model = model();
    for name in ["cdn", "old"] {
        let mut destination = account("backups");
        destination.name = name.to_owned();
        destination.options.acl = (name == "cdn").then(|| "public-read".to_owned());
        model.settings.destinations.push(destination);
    }
    model
}

#[test]
fn what_is_chosen_is_saved_under_a_name_and_shown_by_it() {
    let mut harness = harness(model());
    settle(&mut harness);
    press(&mut harness, "Profile: work");
    press(&mut harness, "Save this destination…");
    assert!(
        harness
            .query_by_role_and_label(Role::Dialog, "Add a destination")
            .is_some()
    );
    let effects = press(&mut harness, "Save");
    let saved = saved_settings(&effects).unwrap();
    assert_eq!(saved.len(), 1);
    assert_eq!(saved[0].name, "media-assets");
    assert_eq!(saved[0].kind, account("media-assets").kind);
    assert!(harness.query_by_label("Destination: media-assets").is_some());
    let model = &harness.state().model;
    assert!(model.dialog.is_none());
    assert_eq!(model.settings.last_destination.as_ref(), Some(&saved[0]));
}

#[test]
fn another_store_is_added_with_options_by_typing() {
    let mut harness = harness(model());
    settle(&mut harness);
    press(&mut harness, "Profile: work");
    press(&mut harness, "Add a destination…");
    fill(&mut harness, "Name", "아카이브");
    press(&mut harness, "Service");
    press(&mut harness, "Ceph, MinIO or another");
    fill(&mut harness, "Endpoint URL", "http://127.0.0.1:9000");
    fill(&mut harness, "Bucket", "archive");
    press(&mut harness, "Options");
    fill(&mut harness, "Object key", "{year}/{name}");
    fill(&mut harness, "Cache-Control", "max-age=60");
    let effects = press(&mut harness, "Save");
    let mut expected = Destination::new(
        "아카이브",
        DestinationKind::Account {
            profile: Some("work".to_owned()),
            bucket: "archive".to_owned(),
            region: None,
            endpoint_url: Some("http://127.0.0.1:9000".to_owned()),
        },
    );
    expected.key_template = "{year}/{name}".to_owned();
    expected.options.cache_control = Some("max-age=60".to_owned());
    assert_eq!(saved_settings(&effects), Some([expected].as_slice()));
    assert!(harness.query_by_label("Destination: 아카이브").is_some());
}

#[test]
fn what_is_wrong_is_told_below_its_field_and_nothing_is_saved() {
    let mut model = with_saved();
    act(&mut model, DestinationAction::Add);
    let mut harness = harness(model);
    settle(&mut harness);
    assert!(
        harness.query_by_label("Give it a name").is_none(),
        "not before it was tried"
    );
    let effects = press(&mut harness, "Save");
    assert!(saved_settings(&effects).is_none());
    for sentence in [
        "Give it a name",
        "Type the bucket's name, or list the buckets",
        "Something above is not right yet",
    ] {
        assert!(harness.query_by_label(sentence).is_some(), "{sentence}");
    }
    fill(&mut harness, "Name", "cdn");
    assert!(
        harness
            .query_by_label("“cdn” is there already: choose another name")
            .is_some()
    );
}

#[test]
fn an_option_that_is_wrong_folds_the_options_out() {
    let mut model = with_saved();
    act(&mut model, DestinationAction::Edit("cdn".to_owned()));
    form(&mut model).fields.key_template = "{nmae}".to_owned();
    assert!(saved_settings(&act(&mut model, DestinationAction::Confirm)).is_none());
    assert!(form(&mut model).options_open);
}

#[test]
fn nothing_typed_is_lost_by_escape() {
    let mut model = with_saved();
    act(&mut model, DestinationAction::Edit("cdn".to_owned()));
    let mut harness = harness(model);
    settle(&mut harness);
    fill(&mut harness, "Name", "cdn2");
    harness.key_press(Key::Escape);
    settle(&mut harness);
    assert!(harness.query_by_label("There are changes that are not saved").is_some());
    press(&mut harness, "Keep editing");
    assert_eq!(form(&mut harness.state_mut().model).fields.name, "cdn2");
    harness.key_press(Key::Escape);
    settle(&mut harness);
    press(&mut harness, "Discard");
    assert!(harness.state().model.dialog.is_none());
    assert!(harness.state().model.saved("cdn").is_some());
}

#[test]
fn escape_closes_an_open_menu_before_the_dialog() {
    let mut model = model();
    act(&mut model, DestinationAction::Add);
    let mut harness = harness(model);
    settle(&mut harness);
    press(&mut harness, "Service");
    assert!(harness.query_by_label("Wasabi").is_some());
    harness.key_press(Key::Escape);
    settle(&mut harness);
    assert!(harness.query_by_label("Wasabi").is_none());
    assert!(harness.state().model.dialog.is_some());
    harness.key_press(Key::Escape);
    settle(&mut harness);
    assert!(harness.state().model.dialog.is_none(), "nothing was typed");
}

#[test]
fn a_choice_by_the_keyboard_closes_its_menu_and_gives_the_keyboard_back() {
    let mut model = model();
    act(&mut model, DestinationAction::Add);
    let mut harness = harness(model);
    settle(&mut harness);
    press(&mut harness, "Service");
    press(&mut harness, "Wasabi");
    assert!(harness.query_by_label("Scaleway").is_none());
    assert!(harness.get_by_role_and_label(Role::ComboBox, "Service").is_focused());
    assert_eq!(form(&mut harness.state_mut().model).fields.service, Service::Wasabi);
}

#[test]
fn the_line_below_the_zone_opens_the_options_of_what_is_chosen() {
    let mut harness = harness(model());
    settle(&mut harness);
    press(&mut harness, "Edit options…");
    assert!(harness.query_by_role_and_label(Role::Dialog, "Options").is_some());
    fill(&mut harness, "Object key", "in/{name}");
    press(&mut harness, "Use");
    let chosen = harness.state().model.picker.destination().unwrap();
    assert_eq!(chosen.key_template, "in/{name}");
    assert_eq!(chosen.name, "work · media-assets");
    assert!(harness.state().model.settings.destinations.is_empty());
}

#[test]
fn words_are_put_where_the_cursor_is_and_the_example_follows() {
    let mut model = model();
    model.example.file = Some(ExampleFile {
        name: "보고서.pdf".to_owned(),
        dir: String::new(),
    });
    act(&mut model, DestinationAction::EditCurrent);
    let mut harness = harness(model);
    settle(&mut harness);
    fill(&mut harness, "Object key", "a/.b");
    harness.key_press(Key::ArrowLeft);
    harness.key_press(Key::ArrowLeft);
    settle(&mut harness);
    press(&mut harness, "{stem}");
    assert_eq!(form(&mut harness.state_mut().model).fields.key_template, "a/{stem}.b");
    assert!(harness.query_by_label("a/보고서.b").is_some());
    let url = "https://media-assets.s3.ap-northeast-2.amazonaws.com/a/%EB%B3%B4%EA%B3%A0%EC%84%9C.b";
    assert!(harness.query_by_label(url).is_some());
    let field = harness.get_by_role_and_label(Role::TextInput, "Object key");
    assert!(field.is_focused(), "one can go on typing");
}

#[test]
fn the_forms_own_buckets_are_listed_and_picked() {
    let mut model = model();
    act(&mut model, DestinationAction::Add);
    form(&mut model).choose_service(Service::Other);
    form(&mut model).fields.endpoint = "https://s3.example.com".to_owned();
    let effects = act(&mut model, DestinationAction::ListBuckets);
    let [Command::ListBuckets(asked)] = commands(&effects)[..] else {
        panic!("{effects:?}")
    };
    assert_eq!(asked.endpoint_url.as_deref(), Some("https://s3.example.com"));
    let list = BucketList {
        account: AccountOptions { ..asked.clone() },
        ..buckets(Ok(vec!["from-there".to_owned()]))
    };
    model.happened(Event::Buckets(list), 0.0);
    assert!(!form(&mut model).buckets_loading);
    let mut harness = harness(model);
    settle(&mut harness);
    press(&mut harness, "from-there");
    let model = &mut harness.state_mut().model;
    assert_eq!(form(model).fields.bucket, "from-there");
    assert_eq!(
        model.picker.destination(),
        Some(account("media-assets")),
        "the window's own is another"
    );
}

#[test]
fn every_field_of_the_form_is_reached_by_tab() {
    let mut model = model_in(&KOREAN);
    act(&mut model, DestinationAction::Add);
    form(&mut model).choose_service(Service::Other);
    form(&mut model).options_open = true;
    form(&mut model).fields.metadata = vec![("a".to_owned(), "1".to_owned())];
    let mut harness = harness(model);
    settle(&mut harness);
    let mut reached: Vec<String> = Vec::new();
    for _ in 0..60 {
        #[allow(clippy::redundant_closure, reason = "the method's lifetimes are not general enough")]
        let focused = harness.query_all_by(|node| AccessKitNode::is_focused(node)).next();
        reached.extend(focused.and_then(|node| node.accesskit_node().label()));
        harness.key_press(Key::Tab);
        settle(&mut harness);
    }
    let words = &KOREAN.destination;
    for label in [
        words.name.label,
        words.service.label,
        words.endpoint.label,
        words.region.label,
        words.profile.label,
        words.bucket.label,
        words.list_buckets,
        words.key_template.label,
        "{host}",
        words.public_base.label,
        words.if_exists.label,
        words.copy.label,
        words.content_type.label,
        words.acl.label,
        words.storage_class.label,
        words.encryption.label,
        words.cache_control.label,
        words.disposition.label,
        "메타데이터: 값",
        words.method.label,
        words.expires_in.label,
        words.save,
        KOREAN.cancel,
    ] {
        assert!(reached.iter().any(|name| name == label), "{label}: {reached:?}");
    }
}

#[test]
fn how_files_are_sent_is_chosen_in_words_and_said_below_the_zone() {
    let mut harness = harness(model());
    settle(&mut harness);
    press(&mut harness, "Edit options…");
    press(&mut harness, "How files are sent");
    press(&mut harness, "Always in parts");
    press(&mut harness, "Use");
    let model = &harness.state().model;
    assert_eq!(model.picker.destination().unwrap().method, UploadMethod::Parts);
    let now = jiff::civil::date(2026, 1, 2).at(3, 4, 5, 0);
    let facts = crate::ui::view_model::preview(model, now).unwrap().facts;
    assert_eq!(facts, "Access as the bucket allows · image/png · always in parts");
}

#[test]
fn the_line_below_the_zone_says_what_is_out_of_the_ordinary() {
    let mut model = with_saved();
    let mut destination = account("backups");
    destination.options.storage_class = Some("STANDARD_IA".to_owned());
    destination.options.server_side_encryption = Some("AES256".to_owned());
    destination.if_exists = ExistsPolicy::Replace;
    model.act(Action::PickSaved(Box::new(destination)), 0.0);
    let now = jiff::civil::date(2026, 1, 2).at(3, 4, 5, 0);
    let facts = crate::ui::view_model::preview(&model, now).unwrap().facts;
    assert_eq!(
        facts,
        "Access as the bucket allows · form valid for 1 h · image/png · STANDARD_IA · encrypted by AES256 · replaces what exists"
    );
}
