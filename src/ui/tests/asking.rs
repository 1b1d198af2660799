//! Files whose object key exists already, where the destination says to ask.

use super::fixtures::{
    State, acl_refused, asking, commands, harness, model, model_in, stored, with_questions, with_rows,
};
use super::hands::settle;
use crate::engine::{BatchId, Command, Event, Stage, UploadId};
use crate::store::{Destination, ExistsPolicy};
use crate::transfer::{Access, Proof};
use crate::ui::action::{Action, Answer, Effect, RowsAction};
use crate::ui::view_model::{self, Tone};
use crate::ui::words::{ENGLISH, KOREAN, Words};
use eframe::egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use std::sync::Arc;

fn questions<'a>() -> Harness<'a, State> {
    let mut harness = harness(with_questions(model()));
    settle(&mut harness);
    harness
}

/// Which uploads are sent, to what.
fn retried(effects: &[Effect]) -> Vec<(u64, &Destination)> {
    let retried = commands(effects).into_iter().map(|command| match command {
        Command::Retry {
            upload,
            destination: Some(destination),
        } => (upload.0, destination.as_ref()),
        other => panic!("{other:?}"),
    });
    retried.collect()
}

#[test]
fn a_question_is_no_failure_to_whoever_reads_the_list() {
    let model = with_questions(model());
    let row = view_model::row(&model, model.row_of(UploadId(1)).unwrap(), 0.0);
    assert_eq!((row.tone, row.word.as_str()), (Tone::Careful, "Exists already"));
    let buttons: Vec<_> = row.buttons.iter().map(|button| button.label.as_str()).collect();
    assert_eq!(buttons, ["Keep both", "Replace it", "Skip"]);
    assert_eq!(
        row.failure.unwrap().what,
        "photos/스크린샷 1.png exists already: nothing was sent"
    );
    let footer = |words: &'static Words| view_model::footer(&with_questions(model_in(words))).unwrap().text;
    assert!(footer(&ENGLISH).starts_with("0 of 4 done · 2 wait for your answer · "));
    assert!(!footer(&ENGLISH).contains("failed"));
    assert!(footer(&KOREAN).contains("2개 선택 대기"));
}

#[test]
fn an_answer_sends_that_file_alone_and_the_destination_goes_on_asking() {
    for (label, if_exists) in [
        ("Keep both", ExistsPolicy::Unique),
        ("Replace it", ExistsPolicy::Replace),
    ] {
        let mut harness = questions();
        let first = harness.query_all_by_role_and_label(Role::Button, label).last();
        first.unwrap().click_accesskit();
        let effects = settle(&mut harness);
        let [(3, destination)] = retried(&effects)[..] else {
            panic!("{effects:?}")
        };
        assert_eq!(destination.if_exists, if_exists);
        assert_eq!(destination.key_template, "photos/{name}");
        let model = &mut harness.state_mut().model;
        assert_eq!(
            model
                .batches
                .values()
                .next()
                .unwrap()
                .destination
                .as_ref()
                .unwrap()
                .if_exists,
            ExistsPolicy::Ask
        );
        // Nobody is asked whether to stop asking.
        model.happened(done(3), 0.0);
        assert!(model.offered_fix.is_none());
    }
}

fn done(upload: u64) -> Event {
    Event::UploadDone {
        upload: UploadId(upload),
        batch: BatchId(1),
        done: stored("report.pdf", Access::Public, Proof::Md5),
    }
}

#[test]
fn one_answer_for_all_reaches_those_that_ask_and_no_others() {
    for (label, if_exists) in [
        ("Keep both", ExistsPolicy::Unique),
        ("Replace all", ExistsPolicy::Replace),
    ] {
        let mut harness = questions();
        assert!(harness.query_by_label("2 files exist already").is_some());
        let strip = harness.query_all_by_role_and_label(Role::Button, label).next();
        strip.unwrap().click_accesskit();
        let effects = settle(&mut harness);
        let sent: Vec<_> = retried(&effects)
            .into_iter()
            .map(|(upload, destination)| (upload, destination.if_exists))
            .collect();
        assert_eq!(sent, [(1, if_exists), (3, if_exists)]);
    }
    let mut harness = questions();
    harness
        .get_by_role_and_label(Role::Button, "Skip all")
        .click_accesskit();
    let effects = settle(&mut harness);
    assert!(
        matches!(
            commands(&effects)[..],
            [Command::Remove(one), Command::Remove(other)] if *one == [UploadId(1)] && *other == [UploadId(3)]
        ),
        "{effects:?}"
    );
}

#[test]
fn what_has_failed_otherwise_meanwhile_is_not_answered() {
    let mut model = with_questions(model());
    let mut rows: Vec<_> = model.snapshot.uploads.iter().map(|row| (**row).clone()).collect();
    rows[0].stage = Stage::Waiting;
    rows[2].stage = Stage::Failed(Arc::new(acl_refused()));
    model = with_rows(model, rows);
    for upload in [None, Some(UploadId(1)), Some(UploadId(3))] {
        let action = Action::Rows(RowsAction::Answer(upload, Answer::Replace));
        let effects = model.act(action, 0.0);
        assert!(effects.is_empty(), "{effects:?}");
    }
}

#[test]
fn where_the_way_is_not_known_only_leaving_it_out_is_offered() {
    let model = with_rows(model(), vec![asking(1, "a.png")]);
    let row = view_model::row(&model, model.row_of(UploadId(1)).unwrap(), 0.0);
    let buttons: Vec<_> = row.buttons.iter().map(|button| button.label.as_str()).collect();
    assert_eq!(buttons, ["Skip"]);
}

#[test]
fn a_network_that_has_gone_is_said_above_the_list_and_goes_with_it() {
    let mut harness = questions();
    assert!(
        harness
            .query_by_label("Uploads go on by themselves when it is back")
            .is_some()
    );
    let model = &mut harness.state_mut().model;
    let mut rows: Vec<_> = model.snapshot.uploads.iter().map(|row| (**row).clone()).collect();
    rows[1].stage = Stage::Sending;
    let changed = with_rows(super::fixtures::model(), rows).snapshot;
    model.snapshot_came(changed, 0.0);
    settle(&mut harness);
    assert!(
        harness
            .query_by_label("Uploads go on by themselves when it is back")
            .is_none()
    );
}
