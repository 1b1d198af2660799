//! Every dialog.

use super::super::checkup;
use super::super::fixtures::{account, every_stage, model_in, with_rows};
use super::{Album, DARK_ENGLISH, DARK_KOREAN, FOUR, LIGHT_ENGLISH, LIGHT_KOREAN, Look, TWO, drawn};
use crate::engine::{CheckupNews, Event, ObjectOf, UploadId};
use crate::store::{
    Destination, DestinationKind, LambdaAuth, LambdaDestination, LambdaMethod, LambdaTarget, SecretHeader,
};
use crate::ui::action::Action;
use crate::ui::model::{CheckupAction, DeleteTarget, DestinationAction, Dialog, Model, ProfileAction, Wanted};
use crate::ui::words::Words;
use eframe::egui::{Vec2, accesskit::Role, vec2};
use egui_kittest::kittest::Queryable as _;

const SIZE: Vec2 = vec2(640.0, 560.0);

/// The window with what `action` opens.
fn compare_opened(scene: &str, looks: &[Look], size: Vec2, action: &Action) {
    Album::default().compare(scene, looks, size, 1.0, |words| {
        let mut model = model_in(words);
        model.act(action.clone(), 0.0);
        model
    });
}

#[test]
fn the_question_on_closing_looks_as_it_did() {
    Album::default().compare("closing", &[LIGHT_ENGLISH], vec2(560.0, 400.0), 1.0, |words| {
        let mut model = with_rows(model_in(words), every_stage().into_iter().take(1).collect());
        model.closing = true;
        model
    });
}

#[test]
fn a_qr_code_looks_as_it_did() {
    let url = "https://media-assets.s3.ap-northeast-2.amazonaws.com/k3f9x2ab/demo.mp4";
    compare_opened("qr", &[DARK_ENGLISH], SIZE, &Action::ShowQr(url.to_owned()));
}

#[test]
fn the_question_on_deleting_looks_as_it_did() {
    let target = DeleteTarget {
        object: ObjectOf::Upload(UploadId(1)),
        name: "demo.mp4".to_owned(),
        place: "media-assets/k3f9x2ab/demo.mp4".to_owned(),
    };
    compare_opened("delete", &[DARK_KOREAN], vec2(560.0, 400.0), &Action::AskDelete(target));
}

#[test]
fn a_new_profile_looks_as_it_did() {
    compare_opened("profile", &TWO, SIZE, &Action::Profile(ProfileAction::Open));
}

#[test]
fn a_new_destination_looks_as_it_did() {
    let action = Action::Destination(DestinationAction::Add);
    compare_opened("destination-new", &[LIGHT_KOREAN], SIZE, &action);
}

#[test]
fn a_destination_looks_as_it_did() {
    Album::default().compare(
        "destination",
        &[LIGHT_ENGLISH, DARK_KOREAN],
        vec2(720.0, 640.0),
        1.0,
        saved,
    );
}

/// A saved destination with many of its options, in its dialog.
fn saved(words: &'static Words) -> Model {
    let mut model = model_in(words);
    let mut destination = account("website-static");
    destination.name = "Team website".to_owned();
    destination.key_template = "downloads/{user}/{name}".to_owned();
    destination.public_base = Some("https://downloads.example.com".to_owned());
    destination.options.acl = Some("public-read".to_owned());
    destination.options.cache_control = Some("public, max-age=86400".to_owned());
    model.settings.destinations.push(destination);
    let edit = DestinationAction::Edit("Team website".to_owned());
    model.act(Action::Destination(edit), 0.0);
    model
}

#[test]
fn a_folder_to_watch_looks_as_it_did() {
    Album::default().compare("watch", &TWO, vec2(720.0, 720.0), 1.0, |words| {
        let mut model = saved(words);
        if let Some(Dialog::Destination(form)) = &mut model.dialog {
            form.fields.watch = "/home/me/Pictures/Screenshots".to_owned();
        }
        model
    });
}

#[test]
fn the_ways_to_send_files_look_as_they_did() {
    let mut album = Album::default();
    for look in TWO {
        let mut model = model_in(look.words);
        model.act(Action::Destination(DestinationAction::EditCurrent), 0.0);
        let mut harness = drawn(model, look.theme, vec2(640.0, 1560.0), 1.0);
        let method = look.words.destination.method.label;
        harness.get_by_role_and_label(Role::ComboBox, method).click();
        harness.run_ok();
        album.compare_drawn(&format!("method-{}", look.name), &mut harness);
    }
}

#[test]
fn a_function_looks_as_it_did() {
    Album::default().compare("lambda", &TWO, vec2(720.0, 720.0), 1.0, function);
}

/// A saved function that wants a key, in its dialog, with its options.
fn function(words: &'static Words) -> Model {
    let mut model = model_in(words);
    let header = SecretHeader {
        name: "x-api-key".to_owned(),
        value: None,
    };
    let lambda = LambdaDestination {
        target: LambdaTarget::Url {
            url: "https://abc123.lambda-url.eu-west-1.on.aws/".to_owned(),
            auth: LambdaAuth::Headers(vec![header]),
        },
        method: LambdaMethod::Post,
        body_template: None,
    };
    let destination = Destination::new("Press office", DestinationKind::Lambda(lambda));
    model.settings.destinations.push(destination);
    let edit = DestinationAction::Edit("Press office".to_owned());
    model.act(Action::Destination(edit), 0.0);
    model
}

#[test]
fn the_options_of_a_function_look_as_they_did() {
    let mut album = Album::default();
    for look in TWO {
        let mut model = function(look.words);
        if let Some(Dialog::Destination(form)) = &mut model.dialog {
            form.options_open = true;
            form.wants_focus = Some(Wanted::Template);
        }
        let mut harness = drawn(model, look.theme, vec2(720.0, 720.0), 1.0);
        album.compare_drawn(&format!("lambda-options-{}", look.name), &mut harness);
    }
}

#[test]
fn an_examination_looks_as_it_did() {
    Album::default().compare("checkup", &FOUR, vec2(720.0, 640.0), 1.0, |words| {
        let mut model = model_in(words);
        let of = CheckupAction::Of(Box::new(account("media-assets")));
        model.act(Action::Checkup(of), 0.0);
        let mut news = checkup::news(1);
        // Nothing that turns.
        news.pop();
        let ended = CheckupNews::Ended { policy: None };
        news.push(Event::Checkup { id: 1, news: ended });
        for event in news {
            model.happened(event, 0.0);
        }
        model
    });
}
