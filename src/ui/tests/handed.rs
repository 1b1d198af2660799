//! Functions that hand out forms: what their last form allowed, where it went, and what fails.

use super::fixtures::{MIB, commands, done, harness, model, row, with_rows};
use super::hands::{push, settle};
use super::ticket;
use crate::engine::failure::UploadReason;
use crate::engine::{BatchId, Code, Command, Event, Failure, Stage, UploadId};
use crate::s3::Limits;
use crate::store::{Destination, DestinationKind, LambdaAuth, LambdaDestination, LambdaMethod, LambdaTarget};
use crate::transfer::{Access, Proof};
use crate::ui::action::Action;
use crate::ui::model::{Hover, Model};
use crate::ui::view_model::{forbidden, preview, row_menu};
use eframe::egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use std::sync::Arc;

const HOST: &str = "media.s3.eu-west-1.amazonaws.com";

pub(super) fn function() -> Destination {
    let lambda = LambdaDestination {
        target: LambdaTarget::Url {
            url: "https://abc123.lambda-url.eu-west-1.on.aws/form?kind=image".to_owned(),
            auth: LambdaAuth::None,
        },
        method: LambdaMethod::Post,
        body_template: None,
    };
    Destination::new("Press office", DestinationKind::Lambda(lambda))
}

pub(super) fn chosen(mut model: Model) -> Model {
    model.settings.destinations.push(function());
    model.act(Action::PickSaved(Box::new(function())), 0.0);
    model
}

pub(super) fn form_seen() -> Event {
    Event::FormSeen {
        destination: function().kind,
        host: HOST.to_owned(),
        limits: Limits {
            size_bytes: Some((1, 50 * MIB)),
            content_type: Some("image/".to_owned()),
            key_prefix: Some("incoming/".to_owned()),
            expiration: Some(ticket::time("2026-11-24T10:00:00Z")),
        },
    }
}

fn facts(model: &Model) -> String {
    let now = jiff::civil::date(2026, 11, 24).at(9, 31, 0, 0);
    preview(model, now).unwrap().facts
}

#[test]
fn a_functions_limits_are_told_as_of_its_last_form() {
    let mut model = chosen(model());
    assert_eq!(facts(&model), "The function says where it goes and what it takes");
    model.happened(form_seen(), 0.0);
    assert_eq!(
        facts(&model),
        format!("to {HOST} · at most 50 MiB · image/* · below incoming/ · as of the last form")
    );
    assert_eq!(
        model.time_passed(100.0).1,
        None,
        "another form is asked for each file: nothing counts down"
    );
}

#[test]
fn what_a_form_says_of_its_own_file_alone_is_no_limit_of_the_next() {
    let mut model = chosen(model());
    let seen = Event::FormSeen {
        destination: function().kind,
        host: HOST.to_owned(),
        limits: Limits {
            size_bytes: Some((1_000, 1_000)),
            content_type: Some("image/png".to_owned()),
            key_prefix: Some("incoming/a.png".to_owned()),
            expiration: Some(ticket::time("2026-11-24T10:00:00Z")),
        },
    };
    model.happened(seen, 0.0);
    assert_eq!(facts(&model), format!("to {HOST}"));
    assert_eq!(forbidden(&model, &["b.jpg".to_owned()]), None);
}

#[test]
fn the_host_of_an_earlier_run_is_told_before_the_first_form() {
    let mut model = chosen(model());
    let identity = "https://abc123.lambda-url.eu-west-1.on.aws/form".to_owned();
    model.settings.lambda_hosts.insert(identity, vec![HOST.to_owned()]);
    assert_eq!(facts(&model), format!("to {HOST}"));
}

#[test]
fn the_first_host_of_a_function_is_told_once() {
    let mut model = chosen(model());
    let trusted = Event::HostTrusted {
        destination: function().kind,
        host: HOST.to_owned(),
    };
    model.happened(trusted, 0.0);
    let mut harness = harness(model);
    harness.run_ok();
    let toast = format!("Forms of abc123.lambda-url.eu-west-1.on.aws go to {HOST}");
    assert!(harness.query_by_label(&toast).is_some());
}

#[test]
fn what_hovers_and_will_not_be_taken_is_told() {
    let mut model = chosen(model());
    model.happened(form_seen(), 0.0);
    let mut harness = harness(model);
    let mut hover = |names: &[&str]| {
        harness.state_mut().model.hover = Some(Hover {
            count: Some(names.len()),
            names: names.iter().map(|name| (*name).to_owned()).collect(),
        });
        harness.run_ok();
        super::language::said(&harness).join("\n")
    };
    assert!(!hover(&["a.png", "b.jpg"]).contains("text/plain"));
    let said = hover(&["a.png", "notes.txt"]);
    assert!(said.contains("text/plain") && said.contains("image/"), "{said}");
}

/// One upload that went to the function.
fn sent(stage: Stage) -> Model {
    let mut model = chosen(model());
    model.batches.entry(BatchId(1)).or_default().destination = Some(function());
    with_rows(model, vec![row(1, "a.png", MIB, stage)])
}

#[test]
fn another_host_is_asked_about_and_then_trusted() {
    let reason = UploadReason::HostChanged {
        lambda: "abc123.lambda-url.eu-west-1.on.aws".to_owned(),
        host: "other.example.com".to_owned(),
        known: vec![HOST.to_owned()],
    };
    let failure = Failure::new(Code::HostChanged, reason);
    let mut harness = harness(sent(Stage::Failed(Arc::new(failure))));
    settle(&mut harness);
    assert!(
        harness
            .query_by_label_contains("goes to other.example.com, not to")
            .is_some()
    );
    let effects = push(&mut harness, Role::Button, "Send to other.example.com from now on");
    let [
        Command::TrustHost { lambda, host },
        Command::Retry {
            upload: UploadId(1),
            destination: None,
        },
    ] = commands(&effects)[..]
    else {
        panic!("{effects:?}")
    };
    assert_eq!(lambda, "https://abc123.lambda-url.eu-west-1.on.aws/form");
    assert_eq!(host, "other.example.com");
}

#[test]
fn what_a_function_refused_is_mended_in_its_form() {
    let failure = Failure::new(Code::LambdaRefused, UploadReason::NotSignedHere);
    let mut harness = harness(sent(Stage::Failed(Arc::new(failure))));
    settle(&mut harness);
    push(&mut harness, Role::Button, "Edit…");
    assert!(
        harness
            .query_by_role_and_label(Role::Dialog, "Change and try again")
            .is_some()
    );
    assert!(harness.query_by_role_and_label(Role::TextInput, "URL").is_some());
}

#[test]
fn nothing_is_offered_that_takes_keys_of_the_bucket() {
    let model = sent(done("a.png", Access::Private, Proof::Md5));
    let row = model.snapshot.uploads.first().unwrap().clone();
    let menu = format!("{:?}", row_menu(&model, &row));
    assert!(
        !menu.contains("Delete from S3") && !menu.contains("temporary link"),
        "{menu}"
    );
    let mut harness = harness(model);
    settle(&mut harness);
    assert!(harness.query_by_label("Copy URL").is_some());
    assert!(harness.query_by_label("Copy temporary link").is_none());
    assert!(harness.query_by_label("Open").is_none(), "it would show a refusal");
}

#[test]
fn a_function_is_where_files_go_and_says_so_in_the_zone() {
    let mut harness = harness(chosen(model()));
    settle(&mut harness);
    let place = "abc123.lambda-url.eu-west-1.on.aws";
    assert!(harness.query_by_label("Destination: Press office").is_some());
    let hint = format!("The function at {place} hands out a form for each file");
    assert!(harness.query_by_label(&hint).is_some());
}
