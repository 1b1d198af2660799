//! What outlives a process: the queue, the history, the settings; and what does not stop an upload.

use super::rig::{Rig, add, event, events_until, sandbox, snapshot_when, stop, until_batch_ended};
use super::stub::{Store, gate, refusal};
use crate::support::home::Home;
use dropslot::engine::{Code, Command, Engine, Event, Snapshot, Stage};
use dropslot::store::{Database, Settings};
use std::time::Duration;

/// An engine as the window has it: what another left is shown.
fn window(rig: &Rig) -> Engine {
    let mut config = rig.config();
    config.adopt_interrupted = true;
    Engine::start(config)
}

/// The store's thread of a dropped engine ends on its own time, and takes its lock with it.
async fn until_nobody_owns_rows(rig: &Rig) {
    let owners = rig.folders().data.join("owners");
    let ended = async {
        while std::fs::read_dir(&owners).unwrap().next().is_some() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), ended)
        .await
        .expect("the store's thread did not end");
}

#[tokio::test]
async fn what_a_broken_off_engine_left_is_interrupted_and_can_be_resumed() {
    let rig = Rig::with_sandbox().await;
    let gate = gate().await;
    let mut first = rig.start_at(&gate.url, 1);
    add(&first, vec![rig.file("a", b"1"), rig.file("b", b"2")], sandbox());
    gate.until_waiting(1).await;
    let shown = snapshot_when(&mut first, |snapshot| {
        snapshot.uploads.first().is_some_and(|row| row.object_key.is_some())
    })
    .await;
    // No orderly end: dropped in the middle of an upload, as when the process dies.
    drop(first);

    until_nobody_owns_rows(&rig).await;

    let mut second = window(&rig);
    let adopted = event(&mut second).await;
    let Event::UploadsAdopted { destinations, .. } = adopted else {
        panic!("{adopted:?}");
    };
    let left = snapshot_when(&mut second, |snapshot| snapshot.uploads.len() == 2).await;
    assert!(left.uploads.iter().all(|row| row.stage == Stage::Interrupted));
    let ids: Vec<_> = left.uploads.iter().map(|row| row.id).collect();
    assert_eq!(destinations.iter().map(|(upload, _)| *upload).collect::<Vec<_>>(), ids);
    assert!(destinations.iter().all(|(_, destination)| **destination == sandbox()));

    second.send(Command::ResumeAll).unwrap();
    let events = events_until(&mut second, |event| matches!(event, Event::BatchEnded { .. })).await;
    let Some(Event::BatchEnded { done, .. }) = events.last() else {
        panic!("{events:?}");
    };
    assert_eq!(done.len(), 2);
    let key = shown.uploads.first().unwrap().object_key.clone().unwrap();
    assert!(done[0].url.ends_with(&*key), "the key is kept: {done:?} {key}");
    stop(second).await;

    let mut database = Database::open(&rig.folders().database_file()).unwrap();
    assert_eq!(database.adopt_interrupted().unwrap(), []);
}

#[tokio::test]
async fn a_window_that_closes_keeps_what_is_not_done_and_a_command_line_does_not() {
    for (keeps, left) in [(true, 2), (false, 0)] {
        let rig = Rig::new();
        let gate = gate().await;
        let mut config = rig.config();
        config.adopt_interrupted = keeps;
        config.jobs = Some(1);
        config.sandbox = Some(super::stub::access(&gate.url));
        let engine = Engine::start(config);
        add(&engine, vec![rig.file("a", b"1"), rig.file("b", b"2")], sandbox());
        gate.until_waiting(1).await;
        stop(engine).await;
        let mut database = Database::open(&rig.folders().database_file()).unwrap();
        assert_eq!(database.adopt_interrupted().unwrap().len(), left);
    }
}

#[tokio::test]
async fn two_engines_share_one_store() {
    let rig = Rig::with_sandbox().await;
    let (mut one, mut two) = (window(&rig), window(&rig));
    let files = |prefix: &str| (0..20).map(|n| rig.file(format!("{prefix}{n}"), b"x")).collect();
    let first = add(&one, files("one"), sandbox());
    let second = add(&two, files("two"), sandbox());
    for (engine, batch) in [(&mut one, first), (&mut two, second)] {
        let events = until_batch_ended(engine, batch).await;
        assert!(
            matches!(events.last(), Some(Event::BatchEnded { done, .. }) if done.len() == 20),
            "{events:?}"
        );
        assert!(
            !events.iter().any(|event| matches!(event, Event::Trouble(_))),
            "{events:?}"
        );
    }
    stop(one).await;
    stop(two).await;
    let database = Database::open(&rig.folders().database_file()).unwrap();
    assert_eq!(database.history("", 100).unwrap().len(), 40);
}

#[tokio::test]
async fn a_store_that_cannot_be_used_is_told_once_and_stops_no_upload() {
    let rig = Rig::with_sandbox().await;
    let file = rig.folders().database_file();
    std::fs::write(
        &file,
        b"this is somebody's diary, not a database; it is long enough to be one, though",
    )
    .unwrap();
    let mut engine = rig.start();
    let files = (0..4).map(|n| rig.file(format!("{n}"), b"x")).collect();
    let batch = add(&engine, files, sandbox());
    let events = until_batch_ended(&mut engine, batch).await;
    let troubles: Vec<_> = events
        .iter()
        .filter_map(|event| match event {
            Event::Trouble(failure) => Some(failure.code),
            _ => None,
        })
        .collect();
    assert_eq!(troubles, [Code::Store]);
    assert!(matches!(events.last(), Some(Event::BatchEnded { done, .. }) if done.len() == 4));
    stop(engine).await;
    assert!(std::fs::read(&file).unwrap().starts_with(b"this is somebody's diary"));
}

#[tokio::test]
async fn broken_settings_are_set_aside_and_told() {
    let rig = Rig::new();
    let file = rig.folders().settings_file();
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(&file, b"{\"jobs\": ").unwrap();
    let mut engine = rig.start();
    let Event::Trouble(failure) = event(&mut engine).await else {
        panic!("no trouble");
    };
    assert_eq!(failure.code, Code::Settings);

    let settings = Settings {
        jobs: Some(3),
        ..Settings::default()
    };
    engine.send(Command::SaveSettings(Box::new(settings))).unwrap();
    stop(engine).await;
    let (settings, trouble) = Settings::load(&file);
    assert_eq!((settings.jobs, trouble.is_none()), (Some(3), true));
    let files = std::fs::read_dir(file.parent().unwrap()).unwrap().flatten();
    let aside = files.filter(|file| file.file_name().to_string_lossy().starts_with("settings.broken-"));
    assert_eq!(aside.count(), 1);
}

#[tokio::test]
async fn an_engine_that_is_dropped_closes_its_connections() {
    let rig = Rig::new();
    let gate = gate().await;
    let engine = rig.start_at(&gate.url, 1);
    add(&engine, vec![rig.file("a", b"1")], sandbox());
    gate.until_waiting(1).await;
    drop(engine);
    gate.until_closed().await;
}

#[tokio::test]
async fn a_killed_process_leaves_its_upload_with_the_key_that_it_had() {
    let home = Home::new();
    home.aws_credentials("[default]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = not-a-secret\n");
    let gate = gate().await;
    let mut put = home
        .dropslot()
        .args([
            "put",
            "--profile",
            "default",
            "--bucket",
            "bucket",
            "--region",
            "us-east-1",
        ])
        .args(["--endpoint-url", &gate.url])
        .arg(home.write("파일.txt", b"content"))
        .spawn()
        .unwrap();
    gate.until_waiting(1).await;
    // SIGKILL: nothing of it can run any more.
    put.kill().unwrap();
    put.wait().unwrap();

    let file = home.path().join("data/dropslot/dropslot.sqlite3");
    let left = Database::open(&file).unwrap().adopt_interrupted().unwrap();
    assert_eq!(left.len(), 1);
    assert!(left[0].file.path.ends_with("파일.txt"));
    assert!(left[0].object_key.as_ref().unwrap().ends_with("/파일.txt"));
}

#[tokio::test]
async fn a_failure_is_on_disk_before_it_is_shown_and_is_still_said_after_a_restart() {
    let rig = Rig::new();
    let refused = refusal("403 Forbidden", "AccessDenied", "Access Denied", "");
    let store = Store::answering(vec![refused]).await;
    let mut config = rig.config();
    config.adopt_interrupted = true;
    config.sandbox = Some(super::stub::access(&store.url));
    let mut first = Engine::start(config);
    let batch = add(&first, vec![rig.file("a", b"1")], sandbox());
    let failed = |snapshot: &Snapshot| snapshot.uploads.iter().any(|row| matches!(row.stage, Stage::Failed(_)));
    let shown = snapshot_when(&mut first, failed).await;
    // As a process finds it that starts after this one was killed just now.
    let on_disk = rusqlite::Connection::open(rig.folders().database_file()).unwrap();
    let (state, failure): (String, String) = on_disk
        .query_one("SELECT state, failure FROM queue", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .unwrap();
    assert_eq!(state, "failed");
    assert!(failure.contains("AccessDenied"), "{failure}");
    until_batch_ended(&mut first, batch).await;
    stop(first).await;

    let mut second = window(&rig);
    let restarted = snapshot_when(&mut second, |snapshot| !snapshot.uploads.is_empty()).await;
    assert_eq!(
        restarted.uploads.first().unwrap().stage,
        shown.uploads.first().unwrap().stage
    );
    stop(second).await;
}

#[tokio::test]
async fn what_is_cancelled_has_left_the_disk_before_it_is_shown() {
    let rig = Rig::new();
    let gate = gate().await;
    let mut config = rig.config();
    config.adopt_interrupted = true;
    config.jobs = Some(1);
    config.sandbox = Some(super::stub::access(&gate.url));
    let mut engine = Engine::start(config);
    add(&engine, vec![rig.file("a", b"1"), rig.file("b", b"2")], sandbox());
    gate.until_waiting(1).await;
    engine.send(Command::CancelAll).unwrap();
    let cancelled = |snapshot: &Snapshot| snapshot.uploads.iter().all(|row| row.stage == Stage::Cancelled);
    snapshot_when(&mut engine, |snapshot| {
        snapshot.uploads.len() == 2 && cancelled(snapshot)
    })
    .await;
    let database = Database::open(&rig.folders().database_file()).unwrap();
    for name in ["a", "b"] {
        assert!(!database.is_queued(&rig.dir.path().join("files").join(name)).unwrap());
    }
    stop(engine).await;
}
