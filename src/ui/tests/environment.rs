//! Keys that stand in no profile.

use super::fixtures::{account, commands, harness, model, profiles};
use crate::aws::{AccountOptions, Environment, EnvironmentKeys, Profile};
use crate::engine::{Command, Event};
use crate::store::{Destination, Settings};
use crate::ui::action::Action;
use crate::ui::model::{Choice, ExampleFacts, Model};
use crate::ui::words::ENGLISH;
use egui_kittest::kittest::Queryable as _;

/// A window without a destination, in an environment with `keys` and on a machine with `profiles`.
fn started(keys: EnvironmentKeys, profiles: Vec<Profile>) -> (Model, Option<AccountOptions>) {
    started_in(Environment { keys, profile: None }, profiles, None)
}

/// The same where `AWS_PROFILE` may be set, and `initial` is where files went or are told to go.
fn started_in(
    environment: Environment,
    profiles: Vec<Profile>,
    initial: Option<Destination>,
) -> (Model, Option<AccountOptions>) {
    let mut model = Model::new(&ENGLISH, Settings::default(), initial, ExampleFacts::default());
    model.happened(Event::Environment(environment), 0.0);
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
fn the_profile_of_the_environment_is_picked_where_nothing_else_was() {
    let set = |keys, profile: &str| Environment {
        keys,
        profile: Some(profile.to_owned()),
    };
    let picked = |environment, profiles| {
        let (_, listed) = started_in(environment, profiles, None);
        listed.map(|account| account.profile)
    };
    let none = EnvironmentKeys::None;
    assert_eq!(picked(set(none, "work"), profiles()), Some(Some("work".to_owned())));
    let misspelt = picked(set(none, "wrok"), profiles());
    assert_eq!(misspelt, Some(Some("wrok".to_owned())), "no other is used in its place");
    assert_eq!(picked(set(none, "work"), Vec::new()), None, "the first steps are shown");
    assert_eq!(picked(set(EnvironmentKeys::Keys, "work"), profiles()), Some(None));
    let role = set(EnvironmentKeys::Role, "work");
    assert_eq!(picked(role, profiles()), Some(Some("work".to_owned())));

    let (model, _) = started_in(set(none, "default"), profiles(), Some(account("media-assets")));
    assert_eq!(model.picker.destination(), Some(account("media-assets")));
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
    let environment = Environment {
        keys: EnvironmentKeys::Keys,
        profile: None,
    };
    model.happened(Event::Environment(environment), 0.0);
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
