//! Commands: hold, take back, cancel, retry, remove, and how many go at a time.

use super::rig::{Rig, add, add_held, event, events_until, sandbox, snapshot_when, stop, until_batch_ended};
use super::stub::gate;
use dropslot::engine::{Code, Command, Event, Stage};
use std::time::Duration;

const LONG: Duration = Duration::from_hours(1);

#[tokio::test]
async fn held_files_are_shown_and_go_when_they_are_released() {
    let rig = Rig::with_sandbox().await;
    let mut engine = rig.start();
    let batch = add_held(&engine, vec![rig.file("a", b"1"), rig.file("b", b"2")], sandbox(), LONG);
    let held = snapshot_when(&mut engine, |snapshot| snapshot.uploads.len() == 2).await;
    assert!(held.uploads.iter().all(|row| matches!(row.stage, Stage::Held { .. })));

    engine.send(Command::Release(batch)).unwrap();
    let events = until_batch_ended(&mut engine, batch).await;
    assert!(matches!(events.last(), Some(Event::BatchEnded { done, .. }) if done.len() == 2));
    stop(engine).await;
}

#[tokio::test]
async fn a_hold_ends_by_itself() {
    let rig = Rig::with_sandbox().await;
    let mut engine = rig.start();
    let batch = add_held(
        &engine,
        vec![rig.file("a", b"1")],
        sandbox(),
        Duration::from_millis(300),
    );
    let events = until_batch_ended(&mut engine, batch).await;
    assert!(matches!(events.last(), Some(Event::BatchEnded { done, .. }) if done.len() == 1));
    stop(engine).await;
}

#[tokio::test]
async fn a_batch_that_is_taken_back_leaves_the_list_and_sends_nothing() {
    let rig = Rig::with_sandbox().await;
    let mut engine = rig.start();
    let batch = add_held(&engine, vec![rig.file("a", b"1"), rig.file("b", b"2")], sandbox(), LONG);
    // At once: the files may not even be on the list yet.
    engine.send(Command::TakeBack(batch)).unwrap();
    let events = until_batch_ended(&mut engine, batch).await;
    let Some(Event::BatchEnded { done, cancelled, .. }) = events.last() else {
        panic!("{events:?}");
    };
    assert!(done.is_empty());
    assert_eq!(*cancelled, 2);
    snapshot_when(&mut engine, |snapshot| snapshot.uploads.is_empty()).await;
    stop(engine).await;
}

#[tokio::test]
async fn six_go_at_a_time_in_order() {
    let rig = Rig::new();
    let gate = gate().await;
    let mut engine = rig.start_at(&gate.url, 6);
    let files = (0..10).map(|n| rig.file(format!("{n}"), b"x")).collect();
    add(&engine, files, sandbox());
    gate.until_waiting(6).await;
    let full = snapshot_when(&mut engine, |snapshot| {
        let taken = |stage: &Stage| matches!(stage, Stage::Sending | Stage::WaitingForS3);
        snapshot.uploads.iter().filter(|row| taken(&row.stage)).count() == 6
    })
    .await;
    for (place, row) in full.uploads.iter().enumerate() {
        assert_eq!(row.stage == Stage::Waiting, place >= 6, "{place}: {:?}", row.stage);
    }
    assert_eq!(gate.waiting(), 6);
    gate.open();
    snapshot_when(&mut engine, |snapshot| snapshot.totals.active == 0).await;
    stop(engine).await;
}

#[tokio::test]
async fn a_bar_is_not_full_in_words_before_s3_has_answered() {
    let rig = Rig::new();
    let gate = gate().await;
    let mut engine = rig.start_at(&gate.url, 6);
    add(&engine, vec![rig.file("a", &[7; 5000])], sandbox());
    let waiting = snapshot_when(&mut engine, |snapshot| {
        snapshot
            .uploads
            .first()
            .is_some_and(|row| row.stage == Stage::WaitingForS3)
    })
    .await;
    assert_eq!(waiting.totals.done, 0);
    gate.open();
    snapshot_when(&mut engine, |snapshot| snapshot.totals.active == 0).await;
    stop(engine).await;
}

#[tokio::test]
async fn a_running_upload_is_cancelled_at_once_and_can_be_tried_again_elsewhere() {
    let rig = Rig::with_sandbox().await;
    let gate = gate().await;
    let mut engine = rig.start_at(&gate.url, 6);
    let batch = add(&engine, vec![rig.file("a", b"1")], sandbox());
    gate.until_waiting(1).await;
    let shown = snapshot_when(&mut engine, |snapshot| !snapshot.uploads.is_empty()).await;
    let upload = shown.uploads.first().unwrap().id;
    engine.send(Command::Cancel(vec![upload])).unwrap();
    let events = until_batch_ended(&mut engine, batch).await;
    assert!(events.contains(&Event::UploadCancelled { upload, batch }), "{events:?}");

    let elsewhere = rig.config().sandbox.unwrap();
    engine.send(Command::UseSandbox(elsewhere)).unwrap();
    let mut destination = sandbox();
    destination.key_template = "again/{name}".to_owned();
    engine
        .send(Command::Retry {
            upload,
            destination: Some(Box::new(destination)),
        })
        .unwrap();
    let events = until_batch_ended(&mut engine, batch).await;
    assert!(
        matches!(events.last(), Some(Event::BatchEnded { done, cancelled: 0, .. }) if done[0].url.ends_with("/again/a")),
        "{events:?}"
    );
    engine.send(Command::RemoveEnded).unwrap();
    snapshot_when(&mut engine, |snapshot| snapshot.uploads.is_empty()).await;
    stop(engine).await;
}

#[tokio::test]
async fn what_cannot_be_sent_says_so_and_the_rest_goes_on() {
    let rig = Rig::with_sandbox().await;
    let mut engine = rig.start();
    let good = rig.file("good", b"1");
    let empty = rig.dir.path().join("empty");
    std::fs::create_dir(&empty).unwrap();
    let gone = rig.dir.path().join("gone");
    let folder = rig.file("folder/file", b"2");
    let dangling = folder.with_file_name("dangling");
    std::os::unix::fs::symlink("/nowhere/at/all", &dangling).unwrap();
    let folder = folder.parent().unwrap().to_owned();

    let batch = add(&engine, vec![gone.clone(), empty.clone(), folder, good], sandbox());
    let events = until_batch_ended(&mut engine, batch).await;
    let failures: Vec<_> = events
        .iter()
        .filter_map(|event| match event {
            Event::UploadFailed { failure, .. } => Some(failure.code),
            _ => None,
        })
        .collect();
    assert_eq!(failures, [Code::FileGone, Code::EmptyFolder, Code::FileGone]);
    assert!(matches!(events.last(), Some(Event::BatchEnded { done, failed: 3, .. }) if done.len() == 2));
    let end = snapshot_when(&mut engine, |snapshot| snapshot.totals.active == 0).await;
    let paths: Vec<_> = end.uploads.iter().map(|row| row.path.to_path_buf()).collect();
    assert_eq!(paths[..3], [gone, empty, dangling]);
    stop(engine).await;
}

#[tokio::test]
async fn a_sandbox_that_does_not_run_is_said_and_one_that_starts_is_used() {
    let rig = Rig::with_sandbox().await;
    let mut config = rig.config();
    let access = config.sandbox.take().unwrap();
    let mut engine = dropslot::engine::Engine::start(config);
    let batch = add(&engine, vec![rig.file("a", b"1")], sandbox());
    let events = until_batch_ended(&mut engine, batch).await;
    let upload = events
        .iter()
        .find_map(|event| match event {
            Event::UploadFailed { upload, failure, .. } if failure.code == Code::Sandbox => Some(*upload),
            _ => None,
        })
        .unwrap();
    engine.send(Command::UseSandbox(access)).unwrap();
    engine
        .send(Command::Retry {
            upload,
            destination: None,
        })
        .unwrap();
    events_until(&mut engine, |event| matches!(event, Event::UploadDone { .. })).await;
    assert!(matches!(event(&mut engine).await, Event::BatchEnded { failed: 0, .. }));
    stop(engine).await;
}
