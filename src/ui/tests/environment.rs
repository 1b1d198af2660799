//! Keys that stand in no profile.

use super::fixtures::{commands, harness, model, profiles};
use crate::aws::{AccountOptions, EnvironmentKeys, Profile};
use crate::engine::{Command, Event};
use crate::store::Settings;
use crate::ui::action::Action;
use crate::ui::model::{Choice, ExampleFacts, Model};
use crate::ui::words::ENGLISH;
use egui_kittest::kittest::Queryable as _;

/// A window without a destination, in an environment with `keys` and on a machine with `profiles`.
fn started(keys: EnvironmentKeys, profiles: Vec<Profile>) -> (Model, Option<AccountOptions>) {
    let mut model = Model::new(&ENGLISH, Settings::default(), None, ExampleFacts::default());
    model.happened(Event::EnvironmentKeys(keys), 0.0);
    let effects = model.happened(Event::Profiles(Ok(profiles)), 0.0);
    let listed = commands(&effects).into_iter().find_map(|command| match command {
        Command::ListBuckets(account) => Some(account.clone()),
        _ => None,
    });
    (model, listed)
}

fn without_default() -> Vec<Profile> {
    let all = profiles().into_iter();
    all.filter(|profile| profile.name != "default").collect()
}

#[test]
fn keys_in_the_environment_go_before_profiles_and_a_role_behind_them() {
    let picked = |keys, profiles| started(keys, profiles).1.map(|account| account.profile);
    let first = || Some(Some("default".to_owned()));
    assert_eq!(picked(EnvironmentKeys::Keys, profiles()), Some(None));
    assert_eq!(picked(EnvironmentKeys::Keys, Vec::new()), Some(None));
    assert_eq!(picked(EnvironmentKeys::Role, profiles()), first());
    assert_eq!(picked(EnvironmentKeys::Role, Vec::new()), Some(None));
    assert_eq!(picked(EnvironmentKeys::None, profiles()), first());
    assert_eq!(picked(EnvironmentKeys::None, Vec::new()), None);
}

#[test]
fn a_role_is_offered_only_where_no_default_profile_goes_before_it() {
    let offers = |keys, profiles| started(keys, profiles).0.picker.offers_environment();
    assert!(!offers(EnvironmentKeys::Role, profiles()));
    assert!(offers(EnvironmentKeys::Role, without_default()));
    assert!(offers(EnvironmentKeys::Keys, profiles()));
    assert!(!offers(EnvironmentKeys::None, without_default()));
}

#[test]
fn keys_from_the_environment_are_a_line_of_the_menu_of_profiles() {
    let mut model = model();
    model.happened(Event::EnvironmentKeys(EnvironmentKeys::Keys), 0.0);
    let mut harness = harness(model);
    harness.run_ok();
    harness.get_by_label_contains("Profile: work").click();
    harness.run_ok();
    harness.get_by_label("Keys from the environment").click();
    harness.run_ok();
    assert_eq!(harness.state().actions, [Action::PickProfile(None)]);

    harness.state_mut().model.act(Action::PickProfile(None), 0.0);
    harness.run_ok();
    assert!(
        harness
            .query_by_label_contains("Profile: Keys from the environment")
            .is_some()
    );
    let model = &mut harness.state_mut().model;
    model.act(Action::PickBucket("media-assets".to_owned()), 0.0);
    assert!(matches!(model.picker.choice, Choice::Account { .. }));
    assert_eq!(model.picker.destination().unwrap().name, "environment · media-assets");
}
