//! Unfinished uploads on the settings page: nothing is asked before the person asks, nothing goes without a question.

use super::fixtures::{State, account, commands, harness_of, model, model_in};
use super::hands::{push, settle};
use crate::engine::failure::UnfinishedReason;
use crate::engine::{Code, Command, Event, Failure, UnfinishedList, UnfinishedUpload};
use crate::store::{Destination, DestinationKind};
use crate::ui::action::{Action, Effect};
use crate::ui::model::{Dialog, Model, Page, UnfinishedAction};
use crate::ui::view_model::{Tone, bucket_looks};
use crate::ui::words::{ENGLISH, KOREAN, Words};
use eframe::egui::{Theme, accesskit::Role, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

/// With `backups` saved twice and the sandbox, on the settings page.
pub(super) fn with_buckets(words: &'static Words) -> Model {
    let mut model = model_in(words);
    for name in ["Backups", "Backups, private"] {
        let mut destination = account("backups");
        destination.name = name.to_owned();
        model.settings.destinations.push(destination);
    }
    let sandbox = Destination::new("Tests", DestinationKind::Sandbox);
    model.settings.destinations.push(sandbox);
    model.act(Action::Show(Page::Settings), 0.0);
    model
}

fn upload(key: &str, hours: i64, mib: u64, is_resumable: bool) -> UnfinishedUpload {
    UnfinishedUpload {
        object_key: key.to_owned(),
        upload_id: format!("id of {key}"),
        started: Some(listed_at() - jiff::SignedDuration::from_hours(hours)),
        size_bytes: Some(mib << 20),
        is_resumable,
    }
}

fn listed_at() -> jiff::Timestamp {
    jiff::Timestamp::from_second(1_790_000_000).unwrap()
}

/// Two of another machine and one of this one's.
fn three() -> Vec<UnfinishedUpload> {
    vec![
        upload("2026/film.mov", 72, 1200, false),
        upload("2026/백업 디스크.img", 5, 4096, true),
        upload("logs/all.tar.zst", 49, 96, false),
    ]
}

fn listed(kind: DestinationKind, uploads: Vec<UnfinishedUpload>) -> Event {
    Event::UnfinishedListed {
        destination: kind,
        listed: Ok(UnfinishedList {
            uploads,
            is_cut: false,
            listed_at: listed_at(),
        }),
    }
}

/// After every bucket was asked: one has three, one has none, one may not be listed.
pub(super) fn answered(words: &'static Words) -> Model {
    let mut model = with_buckets(words);
    model.act(Action::Unfinished(UnfinishedAction::Look), 0.0);
    model.happened(listed(account("backups").kind, three()), 0.0);
    model.happened(listed(DestinationKind::Sandbox, Vec::new()), 0.0);
    let reason = UnfinishedReason::ListDenied {
        bucket: "arn:aws:s3:::media-assets".to_owned(),
    };
    model.happened(
        Event::UnfinishedListed {
            destination: account("media-assets").kind,
            listed: Err(Box::new(Failure::new(Code::AccessDenied, reason))),
        },
        0.0,
    );
    model
}

fn page<'a>(model: Model) -> Harness<'a, State> {
    let mut harness = harness_of(model, Theme::Light, vec2(1000.0, 1100.0), 1.0);
    settle(&mut harness);
    harness
}

#[test]
fn nothing_is_asked_before_the_button_is_pressed_and_then_each_bucket_once() {
    let mut model = with_buckets(&ENGLISH);
    let effects = model.act(Action::Show(Page::Settings), 0.0);
    assert!(effects.is_empty(), "{effects:?}");
    let mut harness = page(model);
    let effects = push(&mut harness, Role::Button, "Look for them");
    let asked: Vec<_> = commands(&effects)
        .into_iter()
        .map(|command| match command {
            Command::ListUnfinished(destination) => destination.name.as_str(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(asked, ["Backups", "Tests", "work · media-assets"]);
}

#[test]
fn each_bucket_says_how_many_how_old_how_large_and_whose() {
    let model = answered(&ENGLISH);
    let looks = bucket_looks(&model);
    let said: Vec<_> = looks
        .iter()
        .map(|look| (look.name.as_str(), look.tone, look.says.as_str(), look.more.as_str()))
        .collect();
    assert_eq!(
        said,
        [
            (
                "Backups",
                Tone::Careful,
                "3 unfinished uploads",
                "started 3 days to 5 h ago · 5.2 GiB · 1 can be resumed here"
            ),
            ("Tests", Tone::Weak, "None", ""),
            (
                "work · media-assets",
                Tone::Bad,
                "This profile may not list unfinished uploads",
                "Ask for s3:ListBucketMultipartUploads on arn:aws:s3:::media-assets"
            ),
        ]
    );
    let korean = bucket_looks(&answered(&KOREAN));
    assert_eq!(
        korean[0].more,
        "3일 전부터 5시간 전까지 시작 · 5.2 GiB · 1개는 여기서 이어서 올릴 수 있음"
    );
}

/// The keys of what is to go.
fn discarded(effects: &[Effect]) -> Vec<&str> {
    match commands(effects)[..] {
        [Command::AbortUnfinished { destination, uploads }] => {
            assert_eq!(destination.name, "Backups");
            uploads.iter().map(|upload| upload.object_key.as_str()).collect()
        }
        ref other => panic!("{other:?}"),
    }
}

#[test]
fn what_can_be_resumed_here_stays_unless_it_is_chosen() {
    let mut harness = page(answered(&ENGLISH));
    assert!(push(&mut harness, Role::Button, "Discard…").is_empty(), "it asks first");
    assert!(
        harness
            .query_by_role_and_label(Role::Dialog, "Discard 2 unfinished uploads?")
            .is_some()
    );
    assert!(
        harness
            .query_by_label_contains("Another computer may still be sending")
            .is_some()
    );
    let effects = push(&mut harness, Role::Button, "Discard");
    assert_eq!(discarded(&effects), ["2026/film.mov", "logs/all.tar.zst"]);

    let mut harness = page(answered(&ENGLISH));
    push(&mut harness, Role::Button, "Discard…");
    push(&mut harness, Role::Switch, "Also those that can be resumed here");
    let effects = push(&mut harness, Role::Button, "Discard");
    assert_eq!(discarded(&effects).len(), 3);
    // Until S3 has answered it is not asked twice.
    let again = harness
        .state_mut()
        .model
        .act(Action::Unfinished(UnfinishedAction::Discard), 0.0);
    assert!(again.is_empty(), "{again:?}");
}

#[test]
fn where_only_this_computers_own_are_left_nothing_can_be_discarded_by_accident() {
    let mut model = with_buckets(&ENGLISH);
    model.act(Action::Unfinished(UnfinishedAction::Look), 0.0);
    let own = vec![upload("a.iso", 1, 8, true)];
    model.happened(listed(account("backups").kind, own), 0.0);
    let mut harness = page(model);
    push(&mut harness, Role::Button, "Discard…");
    assert!(push(&mut harness, Role::Button, "Discard").is_empty());
}

fn aborted(failure: Option<Failure>) -> Event {
    Event::UnfinishedAborted {
        destination: account("backups").kind,
        aborted: 2,
        failure: failure.map(Box::new),
    }
}

#[test]
fn when_they_are_gone_it_is_said_and_the_bucket_is_asked_again() {
    let mut model = answered(&ENGLISH);
    let destination = Box::new(model.settings.destinations[0].clone());
    model.act(Action::Unfinished(UnfinishedAction::AskToDiscard(destination)), 0.0);
    model.act(Action::Unfinished(UnfinishedAction::Discard), 0.0);
    let effects = model.happened(aborted(None), 0.0);
    assert!(model.dialog.is_none());
    assert!(
        matches!(commands(&effects)[..], [Command::ListUnfinished(destination)] if destination.name == "Backups"),
        "{effects:?}"
    );
    let harness = page(model);
    assert!(harness.query_by_label("2 unfinished uploads discarded").is_some());
}

#[test]
fn why_the_rest_is_still_there_is_said_at_the_bucket() {
    let mut model = answered(&ENGLISH);
    let destination = Box::new(model.settings.destinations[0].clone());
    model.act(Action::Unfinished(UnfinishedAction::AskToDiscard(destination)), 0.0);
    let reason = UnfinishedReason::AbortDenied {
        object: "arn:aws:s3:::backups/2026/film.mov".to_owned(),
    };
    let effects = model.happened(aborted(Some(Failure::new(Code::AccessDenied, reason))), 0.0);
    assert!(effects.is_empty(), "{effects:?}");
    assert!(!matches!(model.dialog, Some(Dialog::Discard(_))));
    let look = bucket_looks(&model).remove(0);
    assert_eq!(look.tone, Tone::Bad);
    assert!(look.more.contains("s3:AbortMultipartUpload"), "{}", look.more);
}

#[test]
fn an_answer_for_a_bucket_that_nobody_asks_about_is_passed_over() {
    let mut model = model();
    model.happened(listed(account("backups").kind, three()), 0.0);
    assert!(bucket_looks(&model).is_empty());
}
