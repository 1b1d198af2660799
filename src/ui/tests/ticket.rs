//! A form that is pasted: by the keyboard, in its dialog, and what becomes of it.

use super::fixtures::{MIB, State, account, commands, harness, model, row, with_rows};
use super::hands::settle;
use crate::engine::failure::UploadReason;
use crate::engine::{BatchId, Code, Command, Failure, Stage, UploadId};
use crate::s3::{BucketAddress, Condition, Credentials, PostRequest, Refusal};
use crate::store::{Destination, DestinationKind, Ticket};
use crate::ui::action::{Action, Effect};
use crate::ui::model::{Dialog, Model, Page, TicketAction};
use crate::ui::view_model::preview;
use eframe::egui::{Event, accesskit::Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::Timestamp;
use std::sync::Arc;
use std::time::Duration;

mod files;

/// When forms are signed; good for ten minutes.
const SIGNED_AT: &str = "2026-11-24T09:30:00Z";

pub(super) fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A form for pictures of at most 50 MiB, as JSON.
pub(super) fn form(object_key: &str) -> String {
    let conditions = [
        Condition::ContentLengthRange {
            min_bytes: 0,
            max_bytes: 50 * MIB,
        },
        Condition::StartsWith {
            field: "Content-Type".to_owned(),
            prefix: "image/".to_owned(),
        },
    ];
    let request = PostRequest {
        address: &BucketAddress::new("media", "eu-west-1", None).unwrap(),
        object_key,
        fields: &[],
        conditions: &conditions,
        expires_in: Duration::from_mins(10),
    };
    let credentials = Credentials::from_keys("AKIDCANARY", "secret", None);
    request.sign(&credentials, time(SIGNED_AT)).to_json()
}

/// A minute after the form was signed.
fn a_minute_later(model: &mut Model) {
    model.forms.time = time("2026-11-24T09:31:00Z");
}

fn pasted(object_key: &str) -> (Model, Vec<Effect>) {
    let mut model = model();
    a_minute_later(&mut model);
    let effects = model.pasted_text(&form(object_key), 0.0);
    (model, effects)
}

fn facts(model: &Model) -> String {
    let now = jiff::civil::date(2026, 11, 24).at(9, 31, 0, 0);
    preview(model, now).unwrap().facts
}

fn press(harness: &mut Harness<'_, State>, label: &str) -> Vec<Effect> {
    harness.get_by_role_and_label(Role::Button, label).click_accesskit();
    settle(harness)
}

fn ticket_of(destination: &Destination) -> &Ticket {
    match &destination.kind {
        DestinationKind::Ticket(ticket) => ticket,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_pasted_form_is_what_files_go_by() {
    let (mut model, _) = pasted("in/${filename}");
    let destination = model.picker.destination().unwrap();
    assert_eq!(destination.name, "media");
    let ticket = ticket_of(&destination);
    assert_eq!(ticket.host, "media.s3.eu-west-1.amazonaws.com");
    assert_eq!(ticket.object_key.as_deref(), Some("in/${filename}"));

    let effects = model.chosen(vec!["/home/me/a.png".into()]);
    let [Command::Add(request)] = commands(&effects)[..] else {
        panic!("{effects:?}")
    };
    assert!(ticket_of(&request.destination).upload.is_some());

    let mut harness = harness(model);
    settle(&mut harness);
    assert!(harness.query_by_label("Destination: media").is_some());
    let toast = "Form for media · at most 50 MiB · image/* · 9 min left: drop or choose files";
    assert!(harness.query_by_label(toast).is_some());
    assert!(
        harness
            .query_by_label("They go to media by the form that was pasted")
            .is_some()
    );
}

#[test]
fn a_form_pasted_over_another_takes_its_place_wherever_the_window_is() {
    let (mut model, _) = pasted("in/${filename}");
    model.act(Action::Show(Page::History), 0.0);
    model.pasted_text(&form("one.png"), 1.0);
    assert_eq!(model.page, Page::Uploads);
    let messages: Vec<_> = model
        .toasts
        .iter()
        .map(|toast| toast.message.text(model.words))
        .collect();
    assert_eq!(
        messages,
        ["Form for media · at most 50 MiB · image/* · 9 min left: drop or choose a file"]
    );
}

#[test]
fn a_line_of_curl_is_a_form_too() {
    let mut model = model();
    let line = "curl https://play.min.io/b/ -F bucket=b -F policy=e30= -F key=in/<NAME> -F file=@<FILE>";
    model.pasted_text(line, 0.0);
    let destination = model.picker.destination().unwrap();
    assert_eq!(ticket_of(&destination).host, "play.min.io");
    assert_eq!(facts(&model), "to play.min.io");
}

#[test]
fn the_line_below_the_zone_says_what_the_form_takes_and_counts_down() {
    let (mut model, _) = pasted("in/${filename}");
    let at = |model: &mut Model, text: &str| {
        model.forms.time = time(text);
        (facts(model), model.time_passed(1_000.0).1)
    };
    let host = "to media.s3.eu-west-1.amazonaws.com";
    let (nine, changes_in) = at(&mut model, "2026-11-24T09:30:30Z");
    assert_eq!(nine, format!("at most 50 MiB · image/* · 9 min left · {host}"));
    assert!(
        changes_in.is_some_and(|seconds| (30.0..30.1).contains(&seconds)),
        "{changes_in:?}"
    );
    let (seconds, changes_in) = at(&mut model, "2026-11-24T09:39:15.5Z");
    assert!(seconds.contains(" · 45 s left · "), "{seconds}");
    assert!(
        changes_in.is_some_and(|seconds| (seconds - 0.5).abs() < 0.01),
        "{changes_in:?}"
    );
    let (over, changes_in) = at(&mut model, "2026-11-24T09:40:00Z");
    assert!(over.contains(" · expired · "), "{over}");
    assert_eq!(changes_in, None, "nothing more happens");
}

#[test]
fn an_expired_form_offers_to_paste_a_new_one() {
    let (mut model, _) = pasted("in/${filename}");
    let strip = "The form that was pasted has expired";
    let mut harness = harness(model_after(&mut model, "2026-11-24T09:39:59Z"));
    settle(&mut harness);
    assert!(harness.query_by_label(strip).is_none());
    harness.state_mut().model.forms.time = time("2026-11-24T09:40:00Z");
    settle(&mut harness);
    assert!(harness.query_by_label(strip).is_some());
    press(&mut harness, "Paste a form…");
    assert!(harness.query_by_role_and_label(Role::Dialog, "Paste a form").is_some());
}

fn model_after(model: &mut Model, text: &str) -> Model {
    model.forms.time = time(text);
    std::mem::replace(model, super::fixtures::model())
}

#[test]
fn a_form_for_one_key_says_so() {
    let (model, _) = pasted("in/final.png");
    assert!(facts(&model).contains(" · for one file · "), "{}", facts(&model));
    let now = jiff::civil::date(2026, 11, 24).at(9, 31, 0, 0);
    let preview = preview(&model, now).unwrap();
    assert_eq!(
        (preview.template.as_str(), preview.object_key.as_deref()),
        ("", Ok("in/final.png"))
    );
}

#[test]
fn nothing_of_a_form_is_remembered() {
    let (mut model, effects) = pasted("in/${filename}");
    assert!(commands(&effects).is_empty(), "no settings are saved");
    assert_eq!(model.settings.last_destination, Some(account("media-assets")));
    assert!(!format!("{model:?}").contains("AKIDCANARY"));
    // Nor is it offered to be.
    let mut harness = harness(std::mem::replace(&mut model, super::fixtures::model()));
    settle(&mut harness);
    press(&mut harness, "Destination: media");
    assert!(harness.query_by_label("Save this destination…").is_none());
    assert!(harness.query_by_label("Paste a form…").is_some());
}

#[test]
fn what_is_chosen_before_a_form_is_there_again_after_it() {
    let mut model = model();
    let mut with_acl = account("media-assets");
    with_acl.options.acl = Some("public-read".to_owned());
    with_acl.public_base = Some("https://cdn.example.com".to_owned());
    model.picker = crate::ui::model::Picker::new(Some(with_acl.clone()), &[]);
    model.pasted_text(&form("in/${filename}"), 0.0);
    let by_form = model.picker.destination().unwrap();
    assert_eq!((by_form.public_base, by_form.options.acl), (None, None));
    model.act(Action::PickProfile(Some("work".to_owned())), 0.0);
    model.act(Action::PickBucket("media-assets".to_owned()), 0.0);
    assert_eq!(model.picker.destination(), Some(with_acl));
}

#[test]
fn a_form_that_may_not_be_used_is_told_and_other_text_is_as_before() {
    let mut harness = harness(model());
    for (text, sentence) in [
        (
            r#"{"url":"http://media.s3.amazonaws.com/","fields":{"key":"a"}}"#,
            "HTTPS",
        ),
        (r#"curl -F "key=a https://media.s3.amazonaws.com/"#, "quotation mark"),
        ("https://example.com/a.png", "The clipboard holds a link"),
        ("some words", "The clipboard holds text"),
    ] {
        let model = &mut harness.state_mut().model;
        model.toasts.clear();
        model.pasted_text(text, 0.0);
        assert!(model.picker.ticket().is_none());
        harness.run_ok();
        assert!(harness.query_by_label_contains(sentence).is_some(), "{text}");
    }
}

fn open(model: Model) -> Harness<'static, State> {
    let mut harness = harness(model);
    settle(&mut harness);
    press(&mut harness, "Profile: work");
    press_menu(&mut harness, "Paste a form…");
    harness
}

fn press_menu(harness: &mut Harness<'_, State>, label: &str) {
    harness.get_by_role_and_label(Role::MenuItem, label).click_accesskit();
    settle(harness);
}

fn paste(harness: &mut Harness<'_, State>, text: &str) {
    harness.get_by_role_and_label(Role::TextInput, "Form").focus();
    harness.run_ok();
    harness.event(Event::Paste(text.to_owned()));
    settle(harness);
}

fn said(harness: &Harness<'_, State>) -> String {
    super::language::said(harness).join("\n")
}

#[test]
fn the_dialog_says_what_was_understood_and_hides_the_form_itself() {
    let mut model = model();
    a_minute_later(&mut model);
    let mut harness = open(model);
    paste(&mut harness, &form("in/${filename}"));
    for value in [
        "media.s3.eu-west-1.amazonaws.com",
        "media",
        "in/${filename}",
        "at most 50 MiB",
        "image/*",
        "9 min left",
    ] {
        assert!(harness.query_all_by_label(value).next().is_some(), "{value}");
    }
    assert!(!said(&harness).contains("policy"), "{}", said(&harness));
    let Some(Dialog::Ticket(form)) = &harness.state().model.dialog else {
        panic!("no dialog")
    };
    assert!(form.text.is_empty());
    press(&mut harness, "Use this form");
    let model = &harness.state().model;
    assert!(model.dialog.is_none() && model.picker.ticket().is_some());
}

#[test]
fn what_is_no_form_is_told_below_the_field_and_stays_in_it() {
    let mut harness = open(model());
    paste(&mut harness, "not a form");
    let told = said(&harness);
    let field = harness.get_by_role_and_label(Role::TextInput, "Form");
    assert_eq!(field.accesskit_node().value().as_deref(), Some("not a form"));
    assert!(told.contains("curl"), "{told}");
    assert!(harness.query_by_label("Use this form").is_none());
}

#[test]
fn another_form_can_be_pasted_before_one_is_used() {
    let mut harness = open(model());
    paste(&mut harness, &form("one.png"));
    press(&mut harness, "Paste another…");
    paste(&mut harness, &form("two.png"));
    assert!(harness.query_by_label("two.png · for one file").is_some());
}

#[test]
fn a_form_pasted_beside_the_field_comes_into_the_dialog() {
    let mut model = model();
    model.act(Action::Ticket(TicketAction::Open(None)), 0.0);
    assert!(model.takes_paste());
    model.pasted_text(&form("one.png"), 0.0);
    assert!(model.picker.ticket().is_none(), "it is looked at first");
    let mut harness = harness(model);
    settle(&mut harness);
    assert!(harness.query_by_label("one.png · for one file").is_some());
}

/// One upload by a form that was pasted in an earlier run.
fn left_over(failure: Failure) -> Model {
    let (mut model, _) = pasted("one.png");
    let mut destination = model.picker.destination().unwrap();
    if let DestinationKind::Ticket(ticket) = &mut destination.kind {
        ticket.upload = None;
    }
    model.act(Action::PickProfile(Some("work".to_owned())), 0.0);
    model.batches.entry(BatchId(1)).or_default().destination = Some(destination);
    with_rows(model, vec![row(1, "a.png", 10, Stage::Failed(Arc::new(failure)))])
}

#[test]
fn an_upload_whose_form_is_gone_is_tried_again_by_a_new_one() {
    let mut harness = harness(left_over(Failure::new(Code::Ticket, UploadReason::TicketGone)));
    settle(&mut harness);
    assert!(harness.query_by_label("Edit…").is_none(), "there is nothing to edit");
    assert!(harness.query_by_label("Retry").is_none(), "nor does it come back");
    press(&mut harness, "Paste a form…");
    paste(&mut harness, &form("two.png"));
    let effects = press(&mut harness, "Use it and try again");
    let [Command::Retry { upload, destination }] = commands(&effects)[..] else {
        panic!("{effects:?}")
    };
    assert_eq!(*upload, UploadId(1));
    let ticket = ticket_of(destination.as_deref().unwrap());
    assert_eq!(ticket.object_key.as_deref(), Some("two.png"));
    assert!(ticket.upload.is_some());
    assert!(harness.state().model.picker.ticket().is_none(), "nobody asked for more");
}

#[test]
fn a_file_that_the_form_refuses_gets_a_sentence_and_a_way_on() {
    let refusal = Refusal::TooLarge {
        size_bytes: 60 * MIB,
        max_bytes: 50 * MIB,
    };
    let mut harness = harness(left_over(Failure::from(&refusal)));
    settle(&mut harness);
    assert!(harness.query_by_label_contains("takes at most 50").is_some());
    assert!(harness.query_by_role_and_label(Role::Button, "Paste a form…").is_some());
    assert!(
        harness.query_by_role_and_label(Role::Button, "Retry").is_none(),
        "it stays too large"
    );
}
