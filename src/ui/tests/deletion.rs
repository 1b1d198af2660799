//! Deleting an object from S3: asked first, and what came of it.

use super::fixtures::{MIB, State, commands, done, harness, model, row, stored, with_rows};
use crate::engine::failure::ObjectReason;
use crate::engine::{Code, Command, Event, Failure, ObjectOf, Stage, UploadId};
use crate::store::Deletion;
use crate::transfer::{Access, Proof};
use crate::ui::action::Action;
use crate::ui::model::DeleteTarget;
use eframe::egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

const OBJECT: ObjectOf = ObjectOf::Upload(UploadId(1));

fn asking<'a>() -> Harness<'a, State> {
    let row = row(1, "a.png", MIB, done("a.png", Access::Public, Proof::Md5));
    let mut harness = harness(with_rows(model(), vec![row]));
    let target = DeleteTarget {
        object: OBJECT,
        name: "a.png".to_owned(),
        place: "media-assets/k3f9x2ab/a.png".to_owned(),
    };
    harness.state_mut().model.act(Action::AskDelete(target), 0.0);
    harness.run_ok();
    harness
}

fn press(harness: &mut Harness<'_, State>, label: &str) -> Vec<Command> {
    harness.get_by_label(label).click();
    harness.run_ok();
    let mut sent = Vec::new();
    for action in std::mem::take(&mut harness.state_mut().actions) {
        let effects = harness.state_mut().model.act(action, 1.0);
        sent.extend(commands(&effects).into_iter().cloned());
    }
    harness.step();
    sent
}

fn deletion() -> Deletion {
    Deletion {
        deleted_at: jiff::Timestamp::UNIX_EPOCH,
        versions_remain: false,
    }
}

#[test]
fn nothing_is_deleted_before_the_question_is_answered() {
    let mut harness = asking();
    assert!(
        harness
            .query_by_role_and_label(Role::Dialog, "Delete from S3?")
            .is_some()
    );
    assert!(harness.query_all_by_label("media-assets/k3f9x2ab/a.png").count() > 1);
    assert!(press(&mut harness, "Cancel").is_empty());
    assert!(harness.query_by_label("Delete from S3?").is_none());
}

#[test]
fn the_dialog_waits_for_s3_and_says_why_the_object_is_still_there() {
    let mut harness = asking();
    let sent = press(&mut harness, "Delete");
    assert!(matches!(sent.as_slice(), [Command::DeleteObject(OBJECT)]));
    assert!(harness.query_by_label("Deleting…").is_some());

    let refused = Failure::new(
        Code::AccessDenied,
        ObjectReason::DeletionDenied {
            profile: Some("work".to_owned()),
            object: "arn:aws:s3:::media-assets/k3f9x2ab/a.png".to_owned(),
            secret_may_be_wrong: false,
        },
    );
    let event = Event::ObjectDeleted {
        object: OBJECT,
        deletion: Err(Box::new(refused)),
    };
    harness.state_mut().model.happened(event, 2.0);
    harness.run_ok();
    assert!(harness.query_by_label_contains("Ask for s3:DeleteObject on").is_some());

    press(&mut harness, "Try again");
    let event = Event::ObjectDeleted {
        object: OBJECT,
        deletion: Ok(deletion()),
    };
    harness.state_mut().model.happened(event, 3.0);
    harness.run_ok();
    assert!(harness.query_by_label("Delete from S3?").is_none());
    assert!(harness.query_by_label("a.png was deleted from S3").is_some());
}

#[test]
fn a_deleted_row_says_so_and_offers_no_link() {
    let stage = Stage::Deleted {
        done: stored("a.png", Access::Public, Proof::Md5),
        deletion: deletion(),
    };
    let mut harness = harness(with_rows(model(), vec![row(1, "a.png", MIB, stage)]));
    harness.run_ok();
    assert!(harness.query_by_label("Deleted").is_some());
    for button in ["Copy URL", "Open", "Copy all URLs"] {
        assert!(harness.query_by_label(button).is_none(), "{button}");
    }
    let model = &harness.state().model;
    let rows = model.snapshot.uploads.iter().map(AsRef::as_ref);
    assert!(model.copied_texts(rows).is_empty());
}
