//! The dialog "Add a profile…": typed, pasted, refused, written.

use super::fixtures::{State, commands, harness, harness_of, model, model_in};
use super::hands::{push, settle};
use crate::aws::{NewAccess, NewProfile, PastedProfile, ProfileField};
use crate::engine::failure::ProfileReason;
use crate::engine::{Code, Command, Event, Failure};
use crate::ui::action::{Action, Effect};
use crate::ui::model::{Adding, Dialog, Model, ProfileAction, ProfileForm, ProfileKind};
use crate::ui::words::KOREAN;
use eframe::egui::accesskit::Role;
use eframe::egui::{Event as InputEvent, Key, Memory, Theme, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

const SECRET: &str = "CANARY/secret+CANARY";

fn opened(mut model: Model) -> Model {
    model.act(Action::Profile(ProfileAction::Open), 0.0);
    model
}

fn form(model: &Model) -> &ProfileForm {
    match &model.dialog {
        Some(Dialog::Profile(form)) => form,
        other => panic!("{other:?}"),
    }
}

/// Draws the dialog; what it asks for is done, as in the window.
fn dialog<'a>(model: Model) -> Harness<'a, State> {
    let mut harness = harness_of(opened(model), Theme::Light, vec2(900.0, 900.0), 1.0);
    settle(&mut harness);
    harness
}

fn type_into(harness: &mut Harness<'_, State>, label: &str, text: &str) {
    let field =
        |node: &egui_kittest::Node<'_>| matches!(node.accesskit_node().role(), Role::TextInput | Role::PasswordInput);
    let node = harness
        .get_all_by_label(label)
        .find(field)
        .unwrap_or_else(|| panic!("no field {label}"));
    node.focus();
    settle(harness);
    harness.event(InputEvent::Text(text.to_owned()));
    settle(harness);
}

fn written(effects: &[Effect]) -> NewProfile {
    match commands(effects)[..] {
        [Command::AddProfile(profile)] => *profile.clone(),
        ref other => panic!("{other:?}"),
    }
}

#[test]
fn keys_that_are_typed_are_written_and_the_new_profile_is_picked() {
    let mut harness = dialog(model());
    type_into(&mut harness, "Profile name", "new");
    type_into(&mut harness, "Region", "eu-west-1");
    type_into(&mut harness, "Access key ID", "AKIAIOSFODNN7EXAMPLE");
    type_into(&mut harness, "Secret access key", SECRET);
    let profile = written(&push(&mut harness, Role::Button, "Add profile"));
    assert_eq!((profile.name.as_str(), profile.region.as_str()), ("new", "eu-west-1"));
    let NewAccess::Keys {
        access_key_id,
        secret_access_key,
        session_token,
    } = &profile.access
    else {
        panic!("{profile:?}")
    };
    assert_eq!(access_key_id, "AKIAIOSFODNN7EXAMPLE");
    assert_eq!(secret_access_key.reveal(), SECRET);
    assert!(session_token.is_empty() && !profile.replace);
    assert!(harness.query_by_label("Writing…").is_some());

    let model = &mut harness.state_mut().model;
    let effects = model.happened(
        Event::ProfileAdded {
            name: "new".to_owned(),
            written: Ok(()),
        },
        0.0,
    );
    assert!(model.dialog.is_none());
    assert_eq!(model.picker.account().unwrap().profile.as_deref(), Some("new"));
    assert!(matches!(
        commands(&effects)[..],
        [Command::ListProfiles, Command::ListBuckets(account)] if account.profile.as_deref() == Some("new")
    ));
}

#[test]
fn nothing_shows_the_secret_before_that_is_asked_for() {
    let mut harness = dialog(model());
    type_into(&mut harness, "Secret access key", SECRET);
    let tree = |harness: &Harness<'_, State>| format!("{:?}", harness.root());
    assert!(!tree(&harness).contains("CANARY"));
    assert!(!format!("{:?}", harness.state().model).contains("CANARY"));
    harness.get_all_by_label("Show").next().unwrap().click();
    settle(&mut harness);
    assert!(form(&harness.state().model).shows_secrets);
    assert!(tree(&harness).contains("CANARY"));
    harness.get_all_by_label("Hide").next().unwrap().click();
    settle(&mut harness);
    assert!(!tree(&harness).contains("CANARY"));
}

#[test]
fn egui_cannot_undo_back_to_a_secret() {
    let mut harness = dialog(model());
    type_into(&mut harness, "Secret access key", SECRET);
    let id = harness.ctx.memory(Memory::focused).unwrap();
    let state = eframe::egui::text_edit::TextEditState::load(&harness.ctx, id).unwrap();
    assert!(!format!("{:?}", state.undoer()).contains("CANARY"));
}

#[test]
fn what_is_missing_or_wrong_is_told_and_nothing_is_written() {
    let mut harness = dialog(model());
    assert!(harness.query_by_label("Fill this in").is_none());
    type_into(&mut harness, "Profile name", "my own");
    assert!(
        harness
            .query_by_label("Use letters, digits and _ - / . % @ : +")
            .is_some()
    );
    type_into(&mut harness, "Access key ID", "hello");
    assert!(
        harness
            .query_by_label("AWS's own begin with AKIA or ASIA: is this the ID?")
            .is_some()
    );
    assert!(push(&mut harness, Role::Button, "Add profile").is_empty());
    assert!(harness.query_by_label("Fill this in").is_some());
    assert_eq!(form(&harness.state().model).adding, Adding::Typing);
}

#[test]
fn a_profile_of_that_name_is_replaced_only_after_a_question() {
    let mut harness = dialog(model());
    type_into(&mut harness, "Profile name", "work");
    type_into(&mut harness, "Access key ID", "AKIAIOSFODNN7EXAMPLE");
    type_into(&mut harness, "Secret access key", SECRET);
    assert!(push(&mut harness, Role::Button, "Add profile").is_empty());
    assert!(harness.query_by_label("Replace the profile “work”?").is_some());
    // Escape answers the question, and loses nothing.
    harness.key_press(Key::Escape);
    settle(&mut harness);
    assert_eq!(form(&harness.state().model).text(ProfileField::SecretAccessKey), SECRET);
    push(&mut harness, Role::Button, "Add profile");
    assert!(written(&push(&mut harness, Role::Button, "Replace")).replace);
}

#[test]
fn a_profile_that_came_meanwhile_is_asked_about_too() {
    let mut harness = dialog(model());
    type_into(&mut harness, "Access key ID", "AKIAIOSFODNN7EXAMPLE");
    let name = "work".to_owned();
    let failure = Failure::new(Code::ProfileExists, ProfileReason::Exists { name: name.clone() });
    let written = Err(failure);
    harness
        .state_mut()
        .model
        .happened(Event::ProfileAdded { name, written }, 0.0);
    assert_eq!(form(&harness.state().model).adding, Adding::Asking);
}

#[test]
fn a_failure_is_told_and_nothing_that_was_typed_is_lost() {
    let mut harness = dialog(model());
    type_into(&mut harness, "Secret access key", SECRET);
    let failure = Failure::new(
        Code::ProfileNotWritten,
        ProfileReason::NotWritten {
            path: "/home/me/.aws/config".to_owned(),
        },
    );
    let event = Event::ProfileAdded {
        name: "work".to_owned(),
        written: Err(failure),
    };
    harness.state_mut().model.happened(event, 0.0);
    settle(&mut harness);
    assert!(
        harness
            .query_by_label("/home/me/.aws/config could not be written")
            .is_some()
    );
    assert_eq!(form(&harness.state().model).text(ProfileField::SecretAccessKey), SECRET);
}

#[test]
fn what_the_console_gives_fills_every_field_wherever_it_is_pasted() {
    let mut harness = dialog(model());
    type_into(&mut harness, "Profile name", "mine");
    harness.event(InputEvent::Paste(format!(
        "[123456789012_Admin]\naws_access_key_id=ASIAIOSFODNN7EXAMPLE\naws_secret_access_key={SECRET}\naws_session_token=token\nregion=us-west-2"
    )));
    settle(&mut harness);
    let form = form(&harness.state().model);
    let texts = [
        (ProfileField::Name, "mine"),
        (ProfileField::AccessKeyId, "ASIAIOSFODNN7EXAMPLE"),
        (ProfileField::SecretAccessKey, SECRET),
        (ProfileField::SessionToken, "token"),
        (ProfileField::Region, "us-west-2"),
    ];
    for (field, text) in texts {
        assert_eq!(form.text(field), text, "{field:?}");
    }
}

#[test]
fn keys_pasted_beside_the_fields_are_no_path_and_upload_nothing() {
    let mut model = opened(model());
    let effects = model.pasted_text("export AWS_ACCESS_KEY_ID=AKIA1\nexport AWS_SECRET_ACCESS_KEY=s\n", 0.0);
    assert!(effects.is_empty());
    assert_eq!(form(&model).text(ProfileField::AccessKeyId), "AKIA1");
    assert!(model.pasted_text("/etc/hosts", 0.0).is_empty());
}

#[test]
fn keys_that_need_a_token_say_so() {
    let mut model = opened(model());
    let pasted = PastedProfile::read("AWS_ACCESS_KEY_ID=ASIAIOSFODNN7EXAMPLE\nAWS_SECRET_ACCESS_KEY=s").unwrap();
    model.act(Action::Profile(ProfileAction::Fill(pasted)), 0.0);
    assert!(form(&model).token_is_missing());
}

#[test]
fn the_way_to_sign_in_is_chosen_by_the_arrow_keys() {
    let mut harness = dialog(model());
    harness.get_by_role_and_label(Role::RadioButton, "Access keys").focus();
    settle(&mut harness);
    harness.key_press(Key::ArrowRight);
    settle(&mut harness);
    assert_eq!(form(&harness.state().model).kind, ProfileKind::Sso);
    harness.key_press(Key::ArrowLeft);
    settle(&mut harness);
    harness.key_press(Key::ArrowLeft);
    settle(&mut harness);
    assert_eq!(form(&harness.state().model).kind, ProfileKind::Role);
    // And by assistive technology, which presses what it reads.
    harness
        .get_by_role_and_label(Role::RadioButton, "Single sign-on")
        .click();
    settle(&mut harness);
    assert_eq!(form(&harness.state().model).kind, ProfileKind::Sso);
}

#[test]
fn a_login_is_named_after_its_portal() {
    let mut harness = dialog(model());
    harness
        .get_by_role_and_label(Role::RadioButton, "Single sign-on")
        .click();
    settle(&mut harness);
    for (label, text) in [
        ("Profile name", "sso"),
        ("Start URL", "https://corp.awsapps.com/start"),
        ("Portal's region", "us-east-1"),
        ("Account ID", "1234-5678-9012"),
        ("Role name", "Uploader"),
    ] {
        type_into(&mut harness, label, text);
    }
    let profile = written(&push(&mut harness, Role::Button, "Add profile"));
    assert_eq!(
        profile.access,
        NewAccess::Sso {
            session: "corp".to_owned(),
            start_url: "https://corp.awsapps.com/start".to_owned(),
            region: "us-east-1".to_owned(),
            account_id: "123456789012".to_owned(),
            role_name: "Uploader".to_owned(),
        }
    );
}

#[test]
fn a_role_names_the_profile_that_takes_it_from_a_list() {
    let mut harness = dialog(model());
    harness.get_by_role_and_label(Role::RadioButton, "Role").click();
    settle(&mut harness);
    push(&mut harness, Role::Button, "Choose: Source profile");
    harness.get_by_label("client-two").click();
    settle(&mut harness);
    assert_eq!(
        form(&harness.state().model).text(ProfileField::SourceProfile),
        "client-two"
    );
}

#[test]
fn the_dialog_is_reached_from_the_menu_and_from_the_strip() {
    let mut harness = harness(model());
    harness.run_ok();
    harness.get_by_label("Profile: work").click();
    settle(&mut harness);
    harness.get_by_label("Add a profile…").click();
    settle(&mut harness);
    assert!(harness.state().model.dialog.is_some());

    let mut empty = Model::new(
        &crate::ui::words::ENGLISH,
        crate::store::Settings::default(),
        None,
        crate::ui::model::ExampleFacts::default(),
    );
    empty.happened(Event::Profiles(Ok(Vec::new())), 0.0);
    let mut harness = super::fixtures::harness(empty);
    harness.run_ok();
    push(&mut harness, Role::Button, "Add a profile…");
    assert!(harness.state().model.dialog.is_some());
}

#[test]
fn every_kind_fits_a_small_window_in_korean() {
    for kind in ProfileKind::ALL {
        let mut model = opened(model_in(&KOREAN));
        model.act(Action::Profile(ProfileAction::SetKind(kind)), 0.0);
        model.act(Action::Profile(ProfileAction::Add), 0.0);
        let mut harness = harness_of(model, Theme::Dark, vec2(520.0, 400.0), 1.0);
        settle(&mut harness);
        let add = harness.get_by_role_and_label(Role::Button, "프로필 추가").rect();
        assert!(add.bottom() < 400.0 && add.right() < 520.0, "{kind:?}: {add:?}");
    }
}
