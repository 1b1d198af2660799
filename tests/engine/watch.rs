//! A real folder, watched by the real engine, uploaded to the embedded S3.

use super::rig::{Rig, event, events_until, sandbox, snapshot_when, stop};
use crate::support::wait;
use dropslot::engine::{BatchId, Code, Command, Done, Engine, EngineConfig, Event, WatchRequest, WatchState};
use dropslot::store::Destination;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(30);

struct Watched {
    rig: Rig,
    folder: PathBuf,
}

impl Watched {
    async fn new() -> Self {
        let rig = Rig::with_sandbox().await;
        let folder = rig.dir.path().join("Screenshots");
        fs::create_dir(&folder).unwrap();
        Self { rig, folder }
    }

    /// As the window has it.
    fn config(&self) -> EngineConfig {
        EngineConfig {
            adopt_interrupted: true,
            ..self.rig.config()
        }
    }

    fn request(&self, watch: &str) -> WatchRequest {
        WatchRequest {
            watch: watch.to_owned(),
            folder: self.folder.clone(),
            destination: Arc::new(Destination {
                key_template: "{name}-{rand}".to_owned(),
                ..sandbox()
            }),
        }
    }

    /// An engine that watches the folder by now.
    async fn start(&self) -> Engine {
        let mut engine = Engine::start(self.config());
        engine.send(Command::Watch(vec![self.request("w")])).unwrap();
        until_state(&mut engine, &WatchState::Watching).await;
        engine
    }

    fn write(&self, name: &str, content: &str) {
        fs::write(self.folder.join(name), content).unwrap();
    }

    /// What was ever stored, by file name, sorted.
    fn stored(&self) -> Vec<String> {
        let database = dropslot::store::Database::open(&self.rig.folders().database_file()).unwrap();
        let entries = database.history("", 100).unwrap().into_iter();
        let mut names: Vec<_> = entries
            .map(|entry| Path::new(&entry.path).file_name().unwrap().to_str().unwrap().to_owned())
            .collect();
        names.sort();
        names
    }
}

async fn until_state(engine: &mut Engine, wanted: &WatchState) {
    events_until(
        engine,
        |event| matches!(event, Event::WatchChanged { state, .. } if state == wanted),
    )
    .await;
}

async fn until_lost(engine: &mut Engine) {
    let is_lost = |event: &Event| {
        let failed = |state: &WatchState| matches!(state, WatchState::Failed(failure) if failure.code == Code::Watch);
        matches!(event, Event::WatchChanged { state, .. } if failed(state))
    };
    events_until(engine, is_lost).await;
}

/// The next batch, with what was found by a watch.
async fn batch(engine: &mut Engine) -> (Option<BatchId>, Vec<Arc<Done>>) {
    let mut found = None;
    loop {
        match event(engine).await {
            Event::WatchFound { batch, .. } => found = Some(batch),
            Event::BatchEnded { done, .. } => return (found, done),
            _ => {}
        }
    }
}

fn names(done: &[Arc<Done>]) -> Vec<&str> {
    let names = done.iter().map(|done| done.path.file_name().unwrap().to_str().unwrap());
    names.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_appear_are_one_batch_and_what_was_there_before_is_not_sent() {
    let watched = Watched::new().await;
    watched.write("before.png", "old");
    let mut engine = watched.start().await;
    watched.write("a.png", "one");
    watched.write("b.png", "two");
    watched.write(".hidden.png", "no");
    watched.write("c.png.part", "no");
    fs::create_dir(watched.folder.join("below")).unwrap();
    watched.write("below/d.png", "no");
    std::os::unix::fs::symlink("before.png", watched.folder.join("link.png")).unwrap();

    let (found, done) = batch(&mut engine).await;
    assert!(found.is_some());
    assert_eq!(names(&done), ["a.png", "b.png"]);
    assert_eq!(Rig::get(&done[0].url).await, b"one");
    assert_eq!(Rig::get(&done[1].url).await, b"two");
    let shown = snapshot_when(&mut engine, |snapshot| snapshot.totals.done == 2).await;
    assert!(shown.uploads.iter().all(|row| row.is_watched));
    stop(engine).await;
    assert_eq!(watched.stored(), ["a.png", "b.png"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_writer_is_sent_when_it_has_ended_and_a_download_under_its_last_name() {
    let watched = Watched::new().await;
    let mut engine = watched.start().await;
    let film = watched.folder.join("film.mp4");
    let download = watched.folder.join("report.pdf.part");
    let mut content = String::new();
    for number in 0..8 {
        content.push_str(&number.to_string());
        fs::write(&film, &content).unwrap();
        fs::write(&download, &content).unwrap();
        tokio::time::sleep(Duration::from_millis(600)).await;
    }
    fs::rename(&download, watched.folder.join("report.pdf")).unwrap();
    let (_, mut done) = batch(&mut engine).await;
    if done.len() == 1 {
        done.extend(batch(&mut engine).await.1);
    }
    done.sort_by_key(|done| done.path.clone());
    assert_eq!(names(&done), ["film.mp4", "report.pdf"]);
    for done in &done {
        assert_eq!(Rig::get(&done.url).await, b"01234567", "as a whole");
    }
    stop(engine).await;
    assert_eq!(watched.stored(), ["film.mp4", "report.pdf"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_sent_again_with_other_bytes_and_not_for_another_name_or_time() {
    let watched = Watched::new().await;
    let mut engine = watched.start().await;
    watched.write("a.png", "one");
    watched.write("b.png", "one");
    assert_eq!(names(&batch(&mut engine).await.1), ["a.png", "b.png"]);

    let path = |name: &str| watched.folder.join(name);
    let file = fs::File::options().write(true).open(path("b.png")).unwrap();
    let later = file.metadata().unwrap().modified().unwrap() + Duration::from_mins(1);
    file.set_modified(later).unwrap();
    fs::rename(path("a.png"), path("renamed.png")).unwrap();
    watched.write("gone.png", "gone before it stands still");
    fs::remove_file(path("gone.png")).unwrap();
    watched.write("empty.png", "");
    // What was sent by mistake would be in one batch with it, or in one before.
    watched.write("a.png", "two");
    let (_, done) = batch(&mut engine).await;
    assert_eq!(names(&done), ["a.png"], "of the same size and name as before");
    assert_eq!(Rig::get(&done[0].url).await, b"two");
    watched.write("b.png", "two");
    assert_eq!(names(&batch(&mut engine).await.1), ["b.png"]);
    stop(engine).await;
    assert_eq!(watched.stored(), ["a.png", "a.png", "b.png", "b.png"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_appears_between_two_starts_is_sent_at_the_next_and_once() {
    let watched = Watched::new().await;
    watched.write("before.png", "before");
    let mut engine = watched.start().await;
    watched.write("first.png", "first");
    assert_eq!(names(&batch(&mut engine).await.1), ["first.png"]);
    stop(engine).await;

    watched.write("between.png", "between");
    let mut engine = watched.start().await;
    assert_eq!(names(&batch(&mut engine).await.1), ["between.png"]);
    stop(engine).await;

    let mut engine = watched.start().await;
    watched.write("last.png", "last");
    assert_eq!(names(&batch(&mut engine).await.1), ["last.png"]);
    stop(engine).await;
    assert_eq!(watched.stored(), ["between.png", "first.png", "last.png"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_windows_send_a_file_once() {
    let watched = Watched::new().await;
    let (one, two) = (watched.start().await, watched.start().await);
    let done_by_both = async |number: usize| {
        wait::until_async("all of them", PATIENCE, || {
            let snapshots = [&one.snapshot, &two.snapshot].into_iter();
            let done = snapshots.map(|snapshot| snapshot.borrow().totals.done);
            (done.sum::<usize>() >= number).then_some(())
        })
        .await;
    };
    let mut expected: Vec<_> = (0..20).map(|number| format!("{number:02}.png")).collect();
    for name in &expected {
        watched.write(name, name);
    }
    done_by_both(20).await;
    // Whoever had sent one of them again would have done so before this one.
    expected.push("last.png".to_owned());
    watched.write("last.png", "last");
    done_by_both(21).await;
    stop(one).await;
    stop(two).await;
    assert_eq!(watched.stored(), expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_goes_is_told_and_watched_again_when_it_is_made_anew() {
    let watched = Watched::new().await;
    let mut engine = watched.start().await;
    fs::remove_dir(&watched.folder).unwrap();
    until_lost(&mut engine).await;
    fs::create_dir(&watched.folder).unwrap();
    watched.write("new.png", "new");
    assert_eq!(names(&batch(&mut engine).await.1), ["new.png"]);

    // Another folder in its place holds what nobody has chosen.
    let other = watched.rig.dir.path().join("other");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("private.png"), "private").unwrap();
    fs::rename(&watched.folder, watched.rig.dir.path().join("away")).unwrap();
    until_lost(&mut engine).await;
    fs::rename(&other, &watched.folder).unwrap();
    until_state(&mut engine, &WatchState::Watching).await;
    watched.write("newer.png", "newer");
    assert_eq!(names(&batch(&mut engine).await.1), ["newer.png"]);
    stop(engine).await;
    assert_eq!(watched.stored(), ["new.png", "newer.png"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_watch_that_has_ended_sends_nothing_in_any_window_and_begins_anew_under_another_id() {
    let watched = Watched::new().await;
    let (mut one, mut two) = (watched.start().await, watched.start().await);
    one.send(Command::Watch(Vec::new())).unwrap();
    watched.write("meanwhile.png", "meanwhile");
    one.send(Command::Watch(vec![watched.request("again")])).unwrap();
    until_state(&mut one, &WatchState::Watching).await;
    watched.write("after.png", "after");
    assert_eq!(names(&batch(&mut one).await.1), ["after.png"]);
    until_state(&mut two, &WatchState::Ended).await;
    stop(one).await;
    stop(two).await;
    assert_eq!(watched.stored(), ["after.png"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_fails_stays_and_can_be_tried_again() {
    let watched = Watched::new().await;
    let mut engine = Engine::start(EngineConfig {
        sandbox: None,
        ..watched.config()
    });
    engine.send(Command::Watch(vec![watched.request("w")])).unwrap();
    until_state(&mut engine, &WatchState::Watching).await;
    watched.write("a.png", "one");
    let events = events_until(&mut engine, |event| matches!(event, Event::BatchEnded { .. })).await;
    let failed = events.iter().find_map(|event| match event {
        Event::UploadFailed { upload, .. } => Some(*upload),
        _ => None,
    });
    let access = watched.config().sandbox.unwrap();
    engine.send(Command::UseSandbox(access)).unwrap();
    let upload = failed.unwrap();
    engine
        .send(Command::Retry {
            upload,
            destination: None,
        })
        .unwrap();
    assert_eq!(names(&batch(&mut engine).await.1), ["a.png"]);
    stop(engine).await;
}
