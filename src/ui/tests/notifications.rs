//! What a person who looks elsewhere is told when a batch ends.

use super::fixtures::{MIB, acl_refused, asking, model, model_in, row, with_rows};
use super::hands::done_row;
use crate::engine::{BatchId, Done, Event, Stage, UploadRow};
use crate::ui::action::{Effect, Notification};
use crate::ui::model::Model;
use crate::ui::words::KOREAN;
use std::sync::Arc;

fn failed_row(id: u64, name: &str) -> UploadRow {
    row(id, name, MIB, Stage::Failed(Arc::new(acl_refused())))
}

/// What is notified when a batch ends with these rows, and the window is behind another.
fn notified(model: Model, rows: Vec<UploadRow>) -> Option<Notification> {
    let mut model = with_rows(model, rows);
    model.in_front = false;
    notified_by(&mut model)
}

fn notified_by(model: &mut Model) -> Option<Notification> {
    let stages = || model.snapshot.uploads.iter().map(|row| &row.stage);
    let done: Vec<Arc<Done>> = stages()
        .filter_map(|stage| match stage {
            Stage::Done(done) => Some(Arc::clone(done)),
            _ => None,
        })
        .collect();
    let ended = Event::BatchEnded {
        batch: BatchId(1),
        done,
        failed: stages().filter(|stage| matches!(stage, Stage::Failed(_))).count(),
        cancelled: stages().filter(|stage| matches!(stage, Stage::Cancelled)).count(),
    };
    let effects = model.happened(ended, 0.0);
    effects.into_iter().find_map(|effect| match effect {
        Effect::Notify(notification) => Some(notification),
        _ => None,
    })
}

#[test]
fn it_names_the_first_files_and_counts_the_rest() {
    let rows = (1..=5).map(|id| done_row(id, &format!("{id}.png"))).collect();
    let told = notified(model(), rows).unwrap();
    assert_eq!(told.summary, "5 files are in S3");
    assert_eq!(told.body, "1.png, 2.png, 3.png and 2 more");
}

#[test]
fn it_tells_failures_by_name() {
    let told = notified(model(), vec![done_row(1, "a.png"), failed_row(2, "b.sql")]).unwrap();
    assert_eq!(told.summary, "1 file is in S3, 1 failed");
    assert_eq!(told.body, "a.png\nFailed: b.sql");
    let told = notified(model(), vec![failed_row(2, "b.sql")]).unwrap();
    assert_eq!(
        (told.summary.as_str(), told.body.as_str()),
        ("1 upload failed", "b.sql")
    );
}

#[test]
fn it_tells_questions_apart_from_failures() {
    let rows = vec![done_row(1, "a.png"), failed_row(2, "b.sql"), asking(3, "c.jpg")];
    let told = notified(model(), rows).unwrap();
    assert_eq!(told.summary, "1 file is in S3, 1 failed");
    assert_eq!(told.body, "a.png\nFailed: b.sql\nYour answer is wanted: c.jpg");
    let told = notified(model(), vec![asking(3, "c.jpg")]).unwrap();
    assert_eq!(told.summary, "1 file exists already");
}

#[test]
fn it_is_korean_in_a_korean_window() {
    let told = notified(model_in(&KOREAN), vec![done_row(1, "가.png"), failed_row(2, "나.sql")]).unwrap();
    assert_eq!(told.summary, "파일 1개를 S3에 올렸고 1개는 올리지 못했습니다");
    assert_eq!(told.body, "가.png\n실패: 나.sql");
}

#[test]
fn a_name_cannot_disguise_itself_there_either() {
    let told = notified(model(), vec![failed_row(1, "photo\u{202E}gnp.exe")]).unwrap();
    assert_eq!(told.body, "photo□gnp.exe");
}

#[test]
fn nothing_is_told_of_what_was_cancelled_or_is_looked_at_or_is_not_wanted() {
    let cancelled = row(1, "a.png", MIB, Stage::Cancelled);
    assert_eq!(notified(model(), vec![cancelled]), None);

    let mut in_front = with_rows(model(), vec![done_row(1, "a.png")]);
    assert_eq!(notified_by(&mut in_front), None);

    let mut unwanted = model();
    unwanted.settings.notify = false;
    assert_eq!(notified(unwanted, vec![done_row(1, "a.png")]), None);
}
