//! A function that hands out forms, in the dialog of a destination.

use super::super::fixtures::{State, commands, harness, model, model_in, row, with_rows};
use super::super::hands::settle;
use super::{act, fill, form, press, saved_settings};
use crate::engine::failure::UploadReason;
use crate::engine::{BatchId, Code, Command, Event, Failure, Stage, UploadId};
use crate::store::{
    Destination, DestinationKind, LambdaAuth, LambdaDestination, LambdaMethod, LambdaTarget, SecretHeader,
};
use crate::ui::action::{Action, Effect};
use crate::ui::model::{AccessChoice, DestinationAction, ExampleFile, SignedBy};
use crate::ui::words::KOREAN;
use eframe::egui::{Key, accesskit::Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{AccessKitNode, NodeT as _, Queryable as _};
use std::sync::Arc;

const URL: &str = "https://abc123.lambda-url.eu-west-1.on.aws/";

fn new_function<'a>() -> Harness<'a, State> {
    let mut model = model();
    act(&mut model, DestinationAction::Add);
    let mut harness = harness(model);
    settle(&mut harness);
    press(&mut harness, "Function (Lambda)");
    harness
}

fn function(target: LambdaTarget) -> Destination {
    let lambda = LambdaDestination {
        target,
        method: LambdaMethod::Post,
        body_template: None,
    };
    Destination::new("press office", DestinationKind::Lambda(lambda))
}

#[test]
fn an_open_function_is_added_by_its_url_alone() {
    let mut harness = new_function();
    assert!(harness.query_by_label("Bucket").is_none());
    fill(&mut harness, "Name", "press office");
    fill(&mut harness, "URL", URL);
    let effects = press(&mut harness, "Save");
    let expected = function(LambdaTarget::Url {
        url: URL.to_owned(),
        auth: LambdaAuth::None,
    });
    assert_eq!(saved_settings(&effects), Some([expected.clone()].as_slice()));
    assert_eq!(harness.state().model.picker.destination(), Some(expected));
    assert!(harness.query_by_label("Destination: press office").is_some());
}

#[test]
fn a_function_is_invoked_by_its_name_through_a_profile() {
    let mut harness = new_function();
    fill(&mut harness, "Name", "press office");
    press(&mut harness, "Function");
    press(&mut harness, "By its name");
    fill(&mut harness, "Function name", "presign:live");
    press(&mut harness, "Profile");
    press(&mut harness, "client-two");
    fill(&mut harness, "Region", "eu-west-1");
    let effects = press(&mut harness, "Save");
    let expected = function(LambdaTarget::Function {
        name: "presign:live".to_owned(),
        profile: Some("client-two".to_owned()),
        region: Some("eu-west-1".to_owned()),
        endpoint_url: None,
    });
    assert_eq!(saved_settings(&effects), Some([expected].as_slice()));
}

#[test]
fn a_key_is_hidden_until_it_is_looked_at() {
    let mut harness = new_function();
    press(&mut harness, "Access");
    press(&mut harness, "Header with a key");
    press(&mut harness, "Choose a header");
    press(&mut harness, "x-api-key");
    fill(&mut harness, "Key", "CANARY");
    let value = |harness: &Harness<'_, State>| {
        let field = harness.get_by_role_and_label(Role::TextInput, "Key");
        field.accesskit_node().value()
    };
    assert_eq!(value(&harness).as_deref(), Some("••••••"));
    press(&mut harness, "Show");
    assert_eq!(value(&harness).as_deref(), Some("CANARY"));
    let form = form(&mut harness.state_mut().model);
    assert_eq!(form.fields.lambda.header, "x-api-key");
}

#[test]
fn a_key_that_the_keychain_has_is_not_asked_for_again() {
    let mut model = model();
    let saved = function(LambdaTarget::Url {
        url: URL.to_owned(),
        auth: LambdaAuth::Headers(vec![SecretHeader {
            name: "x-api-key".to_owned(),
            value: None,
        }]),
    });
    model.settings.destinations.push(saved.clone());
    act(&mut model, DestinationAction::Edit("press office".to_owned()));
    let mut harness = harness(model);
    settle(&mut harness);
    assert!(harness.query_by_label("Kept in the keychain").is_some());
    assert!(harness.query_by_role_and_label(Role::TextInput, "Key").is_none());
    press(&mut harness, "Replace");
    press(&mut harness, "Save");
    assert!(
        harness
            .query_by_label("Paste the key that the function's owner gave you")
            .is_some()
    );
    press(&mut harness, "Keep the old one");
    let effects = press(&mut harness, "Save");
    assert_eq!(saved_settings(&effects), Some([saved].as_slice()));
}

#[test]
fn what_a_function_is_asked_is_shown_while_it_is_written() {
    let mut harness = new_function();
    harness.state_mut().model.example.file = Some(ExampleFile {
        name: "photo.png".to_owned(),
        dir: String::new(),
    });
    press(&mut harness, "Options");
    fill(&mut harness, "Name to ask for", "in/{name}");
    let body = r#"Body: {"object_name":"in/photo.png","content_type":"image/png","size_bytes":1258291}"#;
    assert!(harness.query_by_label(body).is_some());
    fill(&mut harness, "Body", r#"{"file":"{object_name}","n":"{size_bytes}"}"#);
    press(&mut harness, "Method");
    press(&mut harness, "GET");
    assert!(
        harness
            .query_by_label("Query: ?file=in%2Fphoto.png&n=1258291")
            .is_some()
    );
    fill(&mut harness, "Body", r#"{"file": 1}"#);
    let missing = "{object_name} is missing: without it the function does not know the file's name";
    assert!(harness.query_by_label(missing).is_some());
}

#[test]
fn what_the_functions_owner_decides_is_not_asked() {
    let mut harness = new_function();
    press(&mut harness, "Options");
    for hidden in [
        "Access (ACL)",
        "Storage class",
        "Encryption",
        "Form valid for",
        "If the key exists",
        "Tags",
    ] {
        assert!(harness.query_by_label(hidden).is_none(), "{hidden}");
    }
    assert!(
        harness
            .query_by_label_contains("The function's owner decides the rest")
            .is_some()
    );
    for shown in ["Name to ask for", "Public base URL", "Copy as", "Content type"] {
        assert!(harness.query_all_by_label(shown).next().is_some(), "{shown}");
    }
}

#[test]
fn what_was_typed_for_a_bucket_is_there_when_one_comes_back_to_it() {
    let mut model = model();
    act(&mut model, DestinationAction::Add);
    let mut harness = harness(model);
    settle(&mut harness);
    fill(&mut harness, "Bucket", "archive");
    press(&mut harness, "Function (Lambda)");
    fill(&mut harness, "URL", URL);
    press(&mut harness, "Bucket of a profile");
    let fields = &form(&mut harness.state_mut().model).fields;
    assert_eq!((fields.bucket.as_str(), fields.lambda.url.as_str()), ("archive", URL));
}

#[test]
fn every_field_of_a_function_is_reached_by_tab() {
    let mut model = model_in(&KOREAN);
    act(&mut model, DestinationAction::Add);
    let fields = &mut form(&mut model).fields;
    fields.signed_by = SignedBy::Function;
    fields.lambda.access = AccessChoice::Header;
    form(&mut model).options_open = true;
    let mut harness = harness(model);
    settle(&mut harness);
    let mut reached: Vec<String> = Vec::new();
    for _ in 0..50 {
        #[allow(clippy::redundant_closure, reason = "the method's lifetimes are not general enough")]
        let focused = harness.query_all_by(|node| AccessKitNode::is_focused(node)).next();
        reached.extend(focused.and_then(|node| node.accesskit_node().label()));
        harness.key_press(Key::Tab);
        settle(&mut harness);
    }
    let words = &KOREAN.lambda;
    for label in [
        words.kind_function.label,
        KOREAN.destination.name.label,
        words.found_by.label,
        words.url.label,
        words.access.label,
        words.header.label,
        words.choose_header,
        words.secret.label,
        words.asked_key.label,
        KOREAN.destination.public_base.label,
        KOREAN.destination.content_type.label,
        words.method.label,
        words.body_template.label,
    ] {
        assert!(reached.iter().any(|name| name == label), "{label}: {reached:?}");
    }
}

/// A function that wants `header`, as it is saved.
fn with_header(header: &str) -> Destination {
    function(LambdaTarget::Url {
        url: URL.to_owned(),
        auth: LambdaAuth::Headers(vec![SecretHeader {
            name: header.to_owned(),
            value: None,
        }]),
    })
}

#[test]
fn a_key_is_saved_in_the_keychain_before_its_function_is_in_the_settings() {
    let mut harness = new_function();
    fill(&mut harness, "Name", "press office");
    fill(&mut harness, "URL", URL);
    press(&mut harness, "Access");
    press(&mut harness, "Header with a key");
    fill(&mut harness, "Key", "Bearer CANARY");
    let effects = press(&mut harness, "Save");
    let [Command::SaveSecret { lambda, header, value }, rest @ ..] = &commands(&effects)[..] else {
        panic!("{effects:?}")
    };
    assert_eq!((lambda.as_str(), header.as_str()), (URL, "Authorization"));
    assert_eq!(value.reveal(), "Bearer CANARY");
    let [Command::SaveSettings(settings), ..] = rest else {
        panic!("{rest:?}")
    };
    assert_eq!(settings.destinations, [with_header("Authorization")]);
}

#[test]
fn a_failed_upload_waits_for_its_functions_new_key_to_be_kept() {
    let mut model = model();
    model.batches.entry(BatchId(1)).or_default().destination = Some(with_header("x-api-key"));
    let failure = Failure::new(Code::LambdaRefused, UploadReason::NotSignedHere);
    let mut harness = harness(with_rows(
        model,
        vec![row(1, "a.png", 10, Stage::Failed(Arc::new(failure)))],
    ));
    settle(&mut harness);
    press(&mut harness, "Edit…");
    press(&mut harness, "Replace");
    fill(&mut harness, "Key", "new");
    let effects = press(&mut harness, "Try again");
    assert!(
        matches!(commands(&effects)[..], [Command::SaveSecret { .. }]),
        "{effects:?}"
    );
    let saved = Event::SecretSaved {
        lambda: URL.to_owned(),
        header: "x-api-key".to_owned(),
        saved: Ok(()),
    };
    let effects = harness.state_mut().model.happened(saved.clone(), 0.0);
    assert!(
        matches!(
            commands(&effects)[..],
            [Command::Retry {
                upload: UploadId(1),
                ..
            }]
        ),
        "{effects:?}"
    );
    let again = harness.state_mut().model.happened(saved, 0.0);
    assert!(again.is_empty(), "once is enough");
}

#[test]
fn a_key_is_forgotten_with_the_last_destination_that_shows_it() {
    let mut model = model();
    for name in ["press office", "second desk"] {
        model.settings.destinations.push(Destination {
            name: name.to_owned(),
            ..with_header("x-api-key")
        });
    }
    let second = model.saved("second desk").unwrap().clone();
    model.act(Action::PickSaved(Box::new(second)), 0.0);
    let forgets = |effects: &[Effect]| {
        let commands = commands(effects).into_iter();
        commands
            .filter(|command| matches!(command, Command::ForgetSecret { .. }))
            .count()
    };
    let effects = act(&mut model, DestinationAction::Remove("press office".to_owned()));
    assert_eq!(forgets(&effects), 0, "the other one needs it");
    let effects = act(&mut model, DestinationAction::Remove("second desk".to_owned()));
    assert_eq!(forgets(&effects), 1);
    assert_eq!(model.picker.destination(), None, "without its key it would only refuse");
    assert_eq!(model.settings.last_destination, None);
}
