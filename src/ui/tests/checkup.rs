//! The dialog in which a destination is examined.

use super::fixtures::{State, account, commands, harness, model};
use super::hands::{copied, push};
use crate::engine::doctor::{Finding, Place, Remark, State as How, Step};
use crate::engine::failure::S3Reason;
use crate::engine::{CheckupNews, Code, Command, Event, Failure};
use crate::ui::action::{Action, CopySource, Effect};
use crate::ui::model::{CheckupAction, DestinationAction, Dialog, Model};
use eframe::egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

/// As the engine tells them, for the checkup of this number.
pub(super) fn news(id: u64) -> Vec<Event> {
    let place = Place::Account {
        bucket: "media-assets".to_owned(),
        profile: Some("work".to_owned()),
        endpoint_url: None,
        region: None,
    };
    let object = "arn:aws:s3:::media-assets/k3f9x2ab/dropslot-doctor-a1B2c3.txt".to_owned();
    let denied = S3Reason::NotAllowed {
        profile: Some("work".to_owned()),
        action: "s3:PutObject".to_owned(),
        resource: object,
    };
    let found = |step, state, says: Remark| CheckupNews::Found(Finding::new(step, state, says));
    let all = vec![
        found(
            Step::Destination,
            How::Ok,
            Remark::Destination {
                name: "work · media-assets".to_owned(),
                place,
            },
        ),
        found(
            Step::Environment,
            How::Ok,
            Remark::Environment {
                proxies: vec!["HTTPS_PROXY=http://proxy.example:3128".to_owned()],
                ca_bundle: None,
                others: Vec::new(),
                keys: Vec::new(),
            },
        ),
        found(
            Step::Region,
            How::Ok,
            Remark::Region {
                region: "ap-northeast-2".to_owned(),
                url: "https://media-assets.s3.ap-northeast-2.amazonaws.com/".to_owned(),
                is_named: true,
                takes_no_forms: false,
            },
        ),
        found(Step::Clock, How::Note, Remark::ClockDiffers { ahead_secs: 42 }),
        found(Step::Identity, How::Skipped, Remark::NoIdentity),
        CheckupNews::Found(Finding::new(
            Step::Upload,
            How::Failed,
            Failure::new(Code::AccessDenied, denied).detail("S3 answered 403 AccessDenied"),
        )),
        CheckupNews::Begins(Step::Unfinished),
    ];
    all.into_iter().map(|news| Event::Checkup { id, news }).collect()
}

/// The number that was sent with the order.
fn examined(effects: &[Effect]) -> u64 {
    match commands(effects).as_slice() {
        [Command::Examine(checkup)] => checkup.id,
        other => panic!("{other:?}"),
    }
}

fn examining<'a>() -> (Harness<'a, State>, u64) {
    let mut model = model();
    let of = CheckupAction::Of(Box::new(account("media-assets")));
    let id = examined(&model.act(Action::Checkup(of), 0.0));
    for event in news(id) {
        model.happened(event, 0.0);
    }
    let mut harness = harness(model);
    harness.step();
    harness.step();
    (harness, id)
}

#[test]
fn each_step_says_how_it_is_and_what_to_change() {
    let (harness, _) = examining();
    assert!(
        harness
            .query_by_role_and_label(Role::Dialog, "Check of work · media-assets")
            .is_some()
    );
    for text in ["Region · OK", "Clock · Note", "Who signs · Skipped", "Upload · Failed"] {
        assert!(harness.query_by_label(text).is_some(), "{text}");
    }
    assert!(harness.query_by_label("Unfinished uploads · Checking").is_some());
    let hint = "Ask for s3:PutObject on arn:aws:s3:::media-assets/";
    assert!(harness.query_by_label_contains(hint).is_some());
    assert!(harness.query_by_label("Check again").is_none(), "it has not ended");
}

#[test]
fn report_and_policy_are_the_command_lines() {
    let (mut harness, _) = examining();
    let effects = push(&mut harness, Role::Button, "Copy report");
    let report = copied(&effects);
    let upload = report.lines().find(|line| line.starts_with("FAILED   upload"));
    assert!(upload.unwrap().contains("Ask for s3:PutObject"), "{report}");
    assert!(report.contains("\n  S3 answered 403 AccessDenied\n"), "{report}");
    assert!(report.contains("\"Sid\": \"UploadFiles\""), "{report}");
    assert!(harness.state().model.just_copied(CopySource::CheckupReport));

    let effects = push(&mut harness, Role::Button, "Copy IAM policy");
    let policy: serde_json::Value = serde_json::from_str(copied(&effects)).unwrap();
    assert_eq!(policy["Statement"][0]["Resource"], "arn:aws:s3:::media-assets/*");
}

#[test]
fn closed_in_the_middle_it_stops_and_hears_no_more() {
    let (mut harness, id) = examining();
    let effects = push(&mut harness, Role::Button, "Stop");
    assert!(matches!(commands(&effects).as_slice(), [Command::StopCheckup(stopped)] if *stopped == id));
    let model = &mut harness.state_mut().model;
    assert!(model.dialog.is_none());
    let news = CheckupNews::Ended { policy: None };
    model.happened(Event::Checkup { id, news }, 2.0);
    assert!(model.dialog.is_none());
}

#[test]
fn what_has_ended_can_be_begun_again_and_news_of_the_old_one_are_left_out() {
    let (mut harness, first) = examining();
    let ended = |id| Event::Checkup {
        id,
        news: CheckupNews::Ended { policy: None },
    };
    harness.state_mut().model.happened(ended(first), 1.0);
    harness.run_ok();
    assert!(harness.query_by_label("Something does not work yet").is_some());
    let second = examined(&push(&mut harness, Role::Button, "Check again"));
    assert_ne!(first, second);
    harness.state_mut().model.happened(ended(first), 2.0);
    assert!(matches!(&harness.state().model.dialog, Some(Dialog::Checkup(view)) if !view.has_ended));
}

fn with_form() -> Model {
    let mut model = model();
    model.settings.destinations.push(account("media-assets"));
    let name = account("media-assets").name;
    model.act(Action::Destination(DestinationAction::Edit(name)), 0.0);
    model
}

#[test]
fn a_form_is_examined_as_it_stands_and_comes_back() {
    let mut harness = harness(with_form());
    harness.run_ok();
    harness.get_by_label("Check…").click();
    harness.run_ok();
    let asked = harness.state_mut().actions.remove(0);
    let model = &mut harness.state_mut().model;
    examined(&model.act(asked, 0.0));
    assert!(matches!(model.dialog, Some(Dialog::Checkup(_))));
    model.act(Action::Checkup(CheckupAction::Close), 0.0);
    assert!(matches!(model.dialog, Some(Dialog::Destination(_))));
}
