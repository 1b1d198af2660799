//! What both forms do alike, and what stays readable in the menus that lead to them.

use super::fixtures::{SIZE, State, account, harness, harness_of, model, model_in};
use super::hands::settle;
use crate::aws::Profile;
use crate::engine::{Command, Event};
use crate::ui::action::{Action, Effect};
use crate::ui::model::{DestinationAction, Dialog, Model, ProfileAction};
use crate::ui::words::{ENGLISH, KOREAN};
use eframe::egui::{Key, Theme, Vec2, accesskit::Role, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

const SMALL: Vec2 = vec2(520.0, 400.0);

fn act(model: &mut Model, action: DestinationAction) {
    model.act(Action::Destination(action), 0.0);
}

fn enter(harness: &mut Harness<'_, State>, field: &str) -> Vec<Effect> {
    harness.get_by_role_and_label(Role::TextInput, field).focus();
    settle(harness);
    harness.key_press(Key::Enter);
    settle(harness)
}

fn has_the_keyboard(harness: &Harness<'_, State>, field: &str) -> bool {
    let field = harness.get_by_role_and_label(Role::TextInput, field);
    field.accesskit_node().is_focused()
}

#[test]
fn enter_in_a_field_saves_the_destination() {
    let mut model = model();
    act(&mut model, DestinationAction::SaveCurrent);
    let mut harness = harness(model);
    settle(&mut harness);
    let effects = enter(&mut harness, "Name");
    assert!(harness.state().model.dialog.is_none());
    let is_save =
        |effect: &Effect| matches!(effect, Effect::Send(command) if matches!(**command, Command::SaveSettings(_)));
    assert!(effects.iter().any(is_save), "{effects:?}");
    assert_eq!(harness.state().model.settings.destinations.len(), 1);
}

#[test]
fn enter_in_a_form_that_is_not_right_says_what_is_wrong_and_leaves_the_keyboard_in_the_field() {
    let mut model = model();
    act(&mut model, DestinationAction::Add);
    let mut harness = harness(model);
    settle(&mut harness);
    enter(&mut harness, "Name");
    assert!(harness.query_by_label(ENGLISH.destination.mend_first).is_some());
    assert!(has_the_keyboard(&harness, "Name"));

    let mut model = super::fixtures::model();
    model.act(Action::Profile(ProfileAction::Open), 0.0);
    let mut harness = super::fixtures::harness(model);
    settle(&mut harness);
    enter(&mut harness, "Access key ID");
    assert!(matches!(harness.state().model.dialog, Some(Dialog::Profile(_))));
    assert!(has_the_keyboard(&harness, "Access key ID"));
}

#[test]
fn options_that_are_opened_show_the_object_key_with_its_words_and_its_example_whole() {
    for (words, size) in [(&ENGLISH, SIZE), (&KOREAN, SIZE), (&ENGLISH, SMALL), (&KOREAN, SMALL)] {
        let mut model = model_in(words);
        let mut saved = account("media-assets");
        saved.name = "cdn".to_owned();
        model.settings.destinations.push(saved.clone());
        model.act(Action::PickSaved(Box::new(saved)), 0.0);
        act(&mut model, DestinationAction::EditCurrent);
        let mut harness = harness_of(model, Theme::Light, size, 1.0);
        settle(&mut harness);
        let title = harness
            .get_by_role_and_label(Role::Label, words.destination.title_edit)
            .rect();
        let save = harness
            .get_by_role_and_label(Role::Button, words.destination.save)
            .rect();
        let key = words.destination.key_template.label;
        assert!(has_the_keyboard(&harness, key));
        let field = harness.get_by_role_and_label(Role::TextInput, key).rect();
        let example = harness.get_by_label(words.destination.opens_at).rect();
        let mut shown = vec![field, example];
        for word in ["{name}", "{host}"] {
            shown.push(harness.get_by_role_and_label(Role::Button, word).rect());
        }
        for rect in shown {
            let is_whole = rect.top() > title.bottom() && rect.bottom() < save.top();
            assert!(is_whole, "{size:?}: {rect:?} between {title:?} and {save:?}");
        }
    }
}

fn with_long_names(mut model: Model) -> Model {
    let profile = Profile {
        name: LONG.to_owned(),
        region: Some("ap-southeast-2".to_owned()),
        login: false,
    };
    model.happened(Event::Profiles(Ok(vec![profile])), 0.0);
    model.act(Action::PickProfile(Some(LONG.to_owned())), 0.0);
    model.act(Action::PickBucket("a-bucket-with-a-long-name-too".to_owned()), 0.0);
    model
}

const LONG: &str = "the-production-account-of-the-team-for-pictures";

#[test]
fn long_names_leave_the_pages_their_room_in_the_smallest_window() {
    for words in [&ENGLISH, &KOREAN] {
        let mut harness = harness_of(with_long_names(model_in(words)), Theme::Light, SMALL, 1.0);
        settle(&mut harness);
        let name = format!("{}: a-bucket-with-a-long-name-too", words.bucket);
        let bucket = harness.get_by_label(&name).rect();
        let first = harness.get_by_role_and_label(Role::Tab, words.page_uploads).rect();
        assert!(bucket.right() <= first.left(), "{bucket:?} {first:?}");
    }
}

#[test]
fn a_name_that_is_shortened_in_a_menu_is_told_in_full_on_hover() {
    let mut harness = harness(with_long_names(model()));
    settle(&mut harness);
    harness.get_by_label(&format!("Profile: {LONG}")).click();
    settle(&mut harness);
    harness.get_by_role_and_label(Role::MenuItemRadio, LONG).hover();
    for _ in 0..60 {
        harness.step();
    }
    assert!(harness.query_by_label(&format!("{LONG}  ap-southeast-2")).is_some());
}
