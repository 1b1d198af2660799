//! What is saved: renamed, copied, removed, found again, and changed by what has helped.

use super::super::fixtures::{account, acl_refused, commands, harness, row, stored, with_rows};
use super::super::hands::settle;
use super::{act, fill, form, press, saved_settings, with_saved};
use crate::aws::Profile;
use crate::engine::{BatchId, Command, Event, Stage, UploadId};
use crate::store::ExistsPolicy;
use crate::transfer::{Access, Proof};
use crate::ui::action::Action;
use crate::ui::model::{DestinationAction, Model};
use eframe::egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use std::sync::Arc;

#[test]
fn a_saved_destination_is_renamed_where_it_stands_and_stays_chosen() {
    let mut model = with_saved();
    let cdn = model.saved("cdn").unwrap().clone();
    model.act(Action::PickSaved(Box::new(cdn)), 0.0);
    act(&mut model, DestinationAction::Edit("cdn".to_owned()));
    form(&mut model).fields.name = "site".to_owned();
    let effects = act(&mut model, DestinationAction::Confirm);
    let names: Vec<&str> = saved_settings(&effects)
        .unwrap()
        .iter()
        .map(|saved| saved.name.as_str())
        .collect();
    assert_eq!(names, ["site", "old"]);
    assert_eq!(model.picker.destination().unwrap().name, "site");
}

#[test]
fn a_duplicate_gets_a_name_of_its_own() {
    let mut model = with_saved();
    act(&mut model, DestinationAction::Edit("cdn".to_owned()));
    act(&mut model, DestinationAction::Duplicate);
    let effects = act(&mut model, DestinationAction::Confirm);
    let saved = saved_settings(&effects).unwrap();
    assert_eq!(saved[2].name, "cdn copy");
    assert_eq!(saved[2].options.acl.as_deref(), Some("public-read"));
    act(&mut model, DestinationAction::Edit("cdn".to_owned()));
    act(&mut model, DestinationAction::Duplicate);
    assert_eq!(form(&mut model).fields.name, "cdn copy 2");
}

#[test]
fn a_destination_is_removed_after_a_question_and_files_go_on_to_where_they_went() {
    let mut model = with_saved();
    let cdn = model.saved("cdn").unwrap().clone();
    model.act(Action::PickSaved(Box::new(cdn)), 0.0);
    act(&mut model, DestinationAction::Edit("cdn".to_owned()));
    let mut harness = harness(model);
    settle(&mut harness);
    press(&mut harness, "Remove…");
    assert!(harness.query_by_role_and_label(Role::Dialog, "Remove “cdn”?").is_some());
    let effects = press(&mut harness, "Remove");
    let names: Vec<&str> = saved_settings(&effects)
        .unwrap()
        .iter()
        .map(|saved| saved.name.as_str())
        .collect();
    assert_eq!(names, ["old"]);
    let now = harness.state().model.picker.destination().unwrap();
    assert_eq!(now.kind, account("backups").kind);
    assert_eq!(now.options.acl.as_deref(), Some("public-read"));
}

#[test]
fn a_saved_destination_brings_its_options_and_takes_them_along() {
    let mut harness = harness(with_saved());
    settle(&mut harness);
    press(&mut harness, "Profile: work");
    press(&mut harness, "cdn");
    let model = &mut harness.state_mut().model;
    assert_eq!(model.picker.destination().as_ref(), model.saved("cdn"));
    model.act(Action::PickBucket("media-assets".to_owned()), 0.0);
    assert_eq!(
        model.picker.destination(),
        Some(account("media-assets")),
        "no ACL is left behind"
    );
}

#[test]
fn the_saved_destination_of_last_time_is_there_again_as_it_is_now() {
    let mut settings = with_saved().settings;
    settings.last_destination = settings.destinations.first().cloned();
    settings.destinations[0].if_exists = ExistsPolicy::Replace;
    let facts = crate::ui::model::ExampleFacts::default();
    let model = Model::new(&crate::ui::words::ENGLISH, settings, None, facts);
    assert_eq!(model.picker.saved_name(), Some("cdn"));
    assert_eq!(model.picker.destination().unwrap().if_exists, ExistsPolicy::Replace);
}

/// One upload of batch 1, sent to `cdn` and refused for its ACL.
fn refused() -> Model {
    let mut model = with_saved();
    let cdn = model.saved("cdn").unwrap().clone();
    model.act(Action::PickSaved(Box::new(cdn.clone())), 0.0);
    model.batches.entry(BatchId(1)).or_default().destination = Some(cdn);
    with_rows(model, vec![row(1, "a.png", 10, Stage::Failed(Arc::new(acl_refused())))])
}

#[test]
fn a_change_that_helped_is_offered_for_good_and_kept() {
    let mut harness = harness(refused());
    settle(&mut harness);
    press(&mut harness, "Drop the ACL");
    let question = "That worked. Send everything to “cdn” this way?";
    assert!(harness.query_by_label(question).is_none(), "not before it has helped");
    let event = Event::UploadDone {
        upload: UploadId(1),
        batch: BatchId(1),
        done: stored("a.png", Access::Public, Proof::Md5),
    };
    harness.state_mut().model.happened(event, 0.0);
    settle(&mut harness);
    assert!(harness.query_by_label(question).is_some());
    let effects = press(&mut harness, "Use this from now on");
    assert_eq!(saved_settings(&effects).unwrap()[0].options.acl, None);
    let model = &harness.state().model;
    assert_eq!(model.picker.destination().unwrap().options.acl, None);
    assert!(harness.query_by_label(question).is_none());
}

#[test]
fn what_failed_is_changed_in_the_form_and_tried_again() {
    let mut harness = harness(refused());
    settle(&mut harness);
    press(&mut harness, "Edit…");
    assert!(
        harness
            .query_by_role_and_label(Role::Dialog, "Change and try again")
            .is_some()
    );
    form(&mut harness.state_mut().model).fields.acl = None;
    let effects = press(&mut harness, "Try again");
    let retried = commands(&effects).into_iter().find_map(|command| match command {
        Command::Retry { destination, .. } => destination.as_deref(),
        _ => None,
    });
    assert_eq!(retried.unwrap().options.acl, None);
}

#[test]
fn many_places_are_found_by_a_few_letters() {
    let mut model = with_saved();
    let profile = |number: usize| Profile {
        name: format!("profile-{number}"),
        region: None,
        login: false,
    };
    model.happened(Event::Profiles(Ok((0..5000).map(profile).collect())), 0.0);
    let mut harness = harness(model);
    settle(&mut harness);
    press(&mut harness, "Profile: work");
    let drawn = harness.query_all_by_role(Role::MenuItemRadio).count();
    assert!(drawn < 30, "{drawn} lines are drawn: those in sight are enough");
    fill(&mut harness, "Filter profiles and destinations", "cdn");
    press(&mut harness, "cdn");
    assert_eq!(harness.state().model.picker.saved_name(), Some("cdn"));
}
