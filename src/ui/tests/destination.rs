//! The destination picker and the ways in.

use super::fixtures::{State, account, buckets, commands, harness, login_expired, model, profiles, row, with_rows};
use super::ways_in::{added, dropped};
use crate::engine::failure::{AccountReason, FileReason, SandboxReason};
use crate::engine::{Code, Command, Event, Failure, SandboxAccess, Stage, UploadId, UploadRow};
use crate::s3::Credentials;
use crate::store::{Destination, DestinationKind, LanguageChoice, Settings, ThemeChoice};
use crate::ui::action::{Action, Effect};
use crate::ui::model::{ExampleFacts, Model, Page, SettingsAction};
use crate::ui::view_model::preview;
use crate::ui::words::ENGLISH;
use eframe::egui::{Key, accesskit::Role};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use std::sync::Arc;

fn opened<'a>(model: Model, label: &str) -> Harness<'a, State> {
    let mut harness = harness(model);
    harness.run_ok();
    harness.get_by_label(label).click();
    harness.run_ok();
    harness
}

pub(super) fn fresh() -> Model {
    Model::new(&ENGLISH, Settings::default(), None, ExampleFacts::default())
}

#[test]
fn the_first_profile_is_taken_and_its_buckets_are_asked_for() {
    let mut model = fresh();
    let effects = model.happened(Event::Profiles(Ok(profiles())), 0.0);
    let [Command::ListBuckets(account)] = commands(&effects)[..] else {
        panic!("{effects:?}")
    };
    assert_eq!(account.profile.as_deref(), Some("default"));
}

#[test]
fn profiles_are_offered_by_name_and_region() {
    let mut harness = opened(model(), "Profile: work");
    harness.get_by_label("client-two").click();
    harness.run_ok();
    assert_eq!(
        harness.state().actions,
        [Action::PickProfile(Some("client-two".to_owned()))]
    );
}

#[test]
fn buckets_are_filtered_and_picked_by_return() {
    let mut harness = opened(model(), "Bucket: media-assets");
    for name in ["backups", "media-assets", "회사-자료"] {
        assert!(harness.query_by_label(name).is_some(), "{name}");
    }
    harness
        .get_by_label("Filter, or type a bucket's name")
        .type_text("back");
    harness.run_ok();
    assert!(harness.query_by_label("회사-자료").is_none());
    harness.key_press(Key::Enter);
    harness.run_ok();
    assert_eq!(harness.state().actions, [Action::PickBucket("backups".to_owned())]);
}

#[test]
fn where_listing_is_denied_the_name_is_typed() {
    let mut model = model();
    model.happened(
        Event::Buckets(buckets(Err(Failure::new(Code::ListDenied, AccountReason::ListDenied)))),
        0.0,
    );
    let mut harness = opened(model, "Bucket: media-assets");
    assert!(
        harness
            .query_by_label("This profile may not list buckets: type the name")
            .is_some()
    );
    harness.get_by_label("Bucket name").type_text("secret-bucket");
    harness.run_ok();
    harness.get_by_label("Use “secret-bucket”").click();
    harness.run_ok();
    assert_eq!(
        harness.state().actions,
        [Action::PickBucket("secret-bucket".to_owned())]
    );
}

#[test]
fn a_picked_bucket_is_the_destination_and_is_remembered() {
    let mut model = model();
    let effects = model.act(Action::PickBucket("backups".to_owned()), 0.0);
    let [Command::SaveSettings(settings)] = commands(&effects)[..] else {
        panic!("{effects:?}")
    };
    assert_eq!(settings.last_destination, Some(account("backups")));
}

#[test]
fn an_endpoint_and_a_region_are_asked_for_buckets_too() {
    let mut harness = opened(model(), "Profile: work");
    harness.get_by_label("Endpoint and region").click();
    harness.run_ok();
    harness.get_by_role_and_label(Role::TextInput, "Endpoint URL").focus();
    harness.run_ok();
    harness
        .get_by_role_and_label(Role::TextInput, "Endpoint URL")
        .type_text("http://127.0.0.1:9000");
    harness.run_ok();
    harness.get_by_label("Apply").click();
    harness.run_ok();
    assert_eq!(harness.state().actions, [Action::ApplyEndpoint]);
    let effects = harness.state_mut().model.act(Action::ApplyEndpoint, 0.0);
    let [Command::ListBuckets(account)] = commands(&effects)[..] else {
        panic!("{effects:?}")
    };
    assert_eq!(account.endpoint_url.as_deref(), Some("http://127.0.0.1:9000"));
}

#[test]
fn buckets_of_another_session_are_not_shown() {
    let mut model = model();
    model.act(Action::PickProfile(Some("default".to_owned())), 0.0);
    model.happened(Event::Buckets(buckets(Ok(vec!["of-work".to_owned()]))), 0.0);
    assert!(model.picker.bucket_list().is_none());
}

#[test]
fn the_sandbox_starts_when_it_is_picked_and_is_the_destination_when_it_runs() {
    let mut model = fresh();
    let effects = model.act(Action::PickSandbox, 0.0);
    assert!(matches!(effects.as_slice(), [Effect::StartSandbox]), "{effects:?}");
    model.dropped(dropped(&["/tmp/a"]), 0.0);
    let access = SandboxAccess {
        endpoint_url: "http://127.0.0.1:1".to_owned(),
        credentials: Credentials::new("id", "secret", None, None, "test"),
    };
    let effects = model.sandbox_runs(access);
    assert!(
        matches!(commands(&effects).first(), Some(Command::UseSandbox(_))),
        "{effects:?}"
    );
    assert_eq!(added(&effects).unwrap().destination.kind, DestinationKind::Sandbox);
}

#[test]
fn a_sandbox_that_cannot_start_says_why_and_can_be_tried_again() {
    let mut model = fresh();
    model.act(Action::PickSandbox, 0.0);
    model.sandbox_failed(Failure::new(Code::Sandbox, SandboxReason::NotStarted));
    let mut harness = harness(model);
    harness.run_ok();
    assert!(harness.query_by_label("The sandbox could not start").is_some());
    harness.get_by_label("Try again").click();
    harness.run_ok();
    assert_eq!(harness.state().actions, [Action::PickSandbox]);
}

#[test]
fn without_profiles_the_window_says_how_to_get_one_and_offers_the_sandbox() {
    let mut model = fresh();
    model.happened(Event::Profiles(Ok(Vec::new())), 0.0);
    let mut harness = harness(model);
    harness.run_ok();
    assert!(
        harness
            .query_by_label("No AWS profile was found on this computer")
            .is_some()
    );
    harness.get_by_label("Sandbox").click();
    harness.run_ok();
    assert_eq!(harness.state().actions, [Action::PickSandbox]);
}

#[test]
fn what_will_happen_is_said_before_it_does() {
    let mut public = account("media-assets");
    public.options.acl = Some("public-read".to_owned());
    public.key_template = "{year}/{name}".to_owned();
    let facts = ExampleFacts::default();
    let mut harness = harness(Model::new(&ENGLISH, Settings::default(), Some(public), facts));
    harness.run_ok();
    assert!(harness.query_by_label_contains("{year}/{name}").is_some());
    assert!(harness.query_by_label_contains("/screenshot.png").is_some());
    assert!(
        harness
            .query_by_label("Public · form valid for 1 h · image/png")
            .is_some()
    );
}

#[test]
fn after_a_folder_a_file_of_it_stands_for_the_next() {
    let now = jiff::civil::date(2026, 6, 3).at(14, 2, 11, 0);
    let mut model = model();
    let effects = model.dropped(dropped(&["/home/me/site"]), 0.0);
    let batch = added(&effects).unwrap().batch;
    let unreadable = Stage::Failed(Arc::new(Failure::new(Code::FileGone, FileReason::Gone)));
    let rows = [
        row(1, "site/gone.html", 1, unreadable),
        row(2, "site/css/page.css", 1, Stage::Waiting),
    ];
    let mut model = with_rows(model, rows.map(|row| UploadRow { batch, ..row }).into());
    let uploads = vec![UploadId(1), UploadId(2)];
    model.happened(Event::BatchAdded { batch, uploads }, 0.0);
    let shown = preview(&model, now).unwrap();
    let object_key = shown.object_key.unwrap();
    assert!(object_key.ends_with("/site/css/page.css"), "{object_key}");
    assert!(shown.facts.ends_with("text/css"), "{}", shown.facts);
}

#[test]
fn a_template_that_is_wrong_is_told_where_the_key_would_stand() {
    let mut wrong = account("media-assets");
    wrong.key_template = "{nonsense}".to_owned();
    let mut harness = harness(Model::new(
        &ENGLISH,
        Settings::default(),
        Some(wrong),
        ExampleFacts::default(),
    ));
    harness.run_ok();
    assert!(
        harness
            .query_by_label_contains("The key template has no word {nonsense}")
            .is_some()
    );
}

#[test]
fn the_destination_of_last_time_is_there_again() {
    let settings = Settings {
        last_destination: Some(account("backups")),
        ..Settings::default()
    };
    let model = Model::new(&ENGLISH, settings, None, ExampleFacts::default());
    assert_eq!(model.picker.destination(), Some(account("backups")));
}

#[test]
fn options_of_the_command_line_stay_when_another_bucket_is_picked() {
    let mut initial = account("one");
    initial.key_template = "fixed".to_owned();
    let mut model = Model::new(&ENGLISH, Settings::default(), Some(initial), ExampleFacts::default());
    model.act(Action::PickBucket("two".to_owned()), 0.0);
    let expected = Destination {
        key_template: "fixed".to_owned(),
        ..account("two")
    };
    assert_eq!(model.picker.destination(), Some(expected));
}

#[test]
fn the_settings_page_sets_theme_language_and_copying() {
    let mut model = model();
    model.page = Page::Settings;
    let mut harness = harness(model);
    harness.run_ok();
    for label in ["Dark", "한국어", "Copy the URLs when all are done"] {
        harness.get_by_label(label).click();
        harness.run_ok();
    }
    let expected = [
        Action::Settings(SettingsAction::Theme(ThemeChoice::Dark)),
        Action::Settings(SettingsAction::Language(LanguageChoice::Korean)),
        Action::Settings(SettingsAction::CopyWhenDone(false)),
    ];
    assert_eq!(harness.state().actions, expected);
}

#[test]
fn every_control_is_reached_by_tab() {
    let mut harness = harness(model());
    harness.run_ok();
    let labels = [
        "Profile: work",
        "Bucket: media-assets",
        "Uploads",
        "History",
        "Settings",
        "Choose files…",
        "Choose folder…",
    ];
    let mut reached = Vec::new();
    for _ in labels {
        harness.key_press(Key::Tab);
        harness.run_ok();
        let is_focused = |label: &&str| harness.get_by_label(label).is_focused();
        reached.extend(labels.into_iter().filter(is_focused));
    }
    assert_eq!(reached, labels);
}

#[test]
fn a_look_whether_a_login_was_renewed_turns_no_spinner() {
    let mut model = model();
    model.happened(Event::Buckets(buckets(Err(login_expired()))), 10.0);
    let (effects, _) = model.time_passed(15.0);
    assert!(
        matches!(commands(&effects)[..], [Command::ListBuckets(_)]),
        "{effects:?}"
    );
    assert!(!model.picker.is_listing());
    model.act(Action::ReloadBuckets, 16.0);
    assert!(model.picker.is_listing(), "it was asked for");
    model.happened(Event::Buckets(buckets(Ok(vec!["back".to_owned()]))), 17.0);
    assert!(!model.picker.is_listing());
    assert!(model.picker.failure().is_none());
}
