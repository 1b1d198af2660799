//! Watched folders on the page of uploads: a line each, a pause, and what is wrong.

use super::fixtures::{account, commands, done, harness, model, model_in, row, with_rows};
use super::hands::settle;
use crate::engine::failure::WatchReason;
use crate::engine::{BatchId, Code, Command, Done, Event, Failure, Stage, UploadRow, WatchState};
use crate::store::{CopyFormat, Destination, DestinationKind, Settings, WatchedFolder};
use crate::transfer::{Access, Proof};
use crate::ui::action::{Action, Effect};
use crate::ui::model::{Model, WatchAction};
use crate::ui::view_model::{self, Tone};
use crate::ui::words::Words;
use egui_kittest::kittest::Queryable as _;
use std::path::Path;
use std::sync::Arc;

fn watches(model: &mut Model, name: &str, folder: &str) {
    let mut destination = account(name);
    name.clone_into(&mut destination.name);
    destination.watch = Some(WatchedFolder {
        id: format!("id of {name}"),
        folder: folder.into(),
        is_paused: false,
    });
    model.settings.destinations.push(destination);
}

fn told(model: &mut Model, name: &str, state: WatchState) {
    let watch = format!("id of {name}");
    model.happened(Event::WatchChanged { watch, state }, 0.0);
}

fn failed(folder: &str) -> WatchState {
    let reason = WatchReason::TooMany {
        folder: folder.into(),
        parameter: "fs.inotify.max_user_watches".to_owned(),
    };
    let command = "sudo sysctl fs.inotify.max_user_watches=524288";
    WatchState::Failed(Box::new(Failure::new(Code::Watch, reason).command(command)))
}

/// One that is watched, one that is paused.
pub(super) fn with_lines(words: &'static Words) -> Model {
    let mut model = model_in(words);
    watches(&mut model, "media-assets", "/home/me/Pictures/Screenshots");
    watches(&mut model, "builds", "/home/me/target/release");
    told(&mut model, "media-assets", WatchState::Watching);
    model.act(Action::Watch(WatchAction::Pause("builds".to_owned())), 0.0);
    model
}

/// The same, with one that is not watched as it should be, and a row that a watch has found.
pub(super) fn with_every_line(words: &'static Words) -> Model {
    let mut model = with_lines(words);
    watches(&mut model, "backups", "/home/me/Backups");
    told(&mut model, "backups", failed("/home/me/Backups"));
    let name = "스크린샷 1.png";
    let stage = done(name, Access::Public, Proof::Crc64Nvme);
    let found = UploadRow {
        path: Path::new("/home/me/Pictures/Screenshots").join(name).into(),
        is_watched: true,
        ..row(1, name, 1_258_291, stage)
    };
    with_rows(model, vec![found])
}

fn lines(model: &Model) -> Vec<String> {
    view_model::watch_lines(model)
        .into_iter()
        .map(|line| line.text)
        .collect()
}

fn watched(effects: &[Effect]) -> Option<Vec<&str>> {
    commands(effects).into_iter().find_map(|command| match command {
        Command::Watch(requests) => Some(requests.iter().map(|request| request.watch.as_str()).collect()),
        _ => None,
    })
}

#[test]
fn every_watch_has_a_line_and_its_row_says_where_it_comes_from() {
    let model = with_every_line(model().words);
    let expected = ["Watching Screenshots → media-assets", "Paused: release → builds"];
    assert_eq!(lines(&model), expected);
    let upload = model.snapshot.uploads.iter().next().unwrap();
    let place = view_model::row(&model, upload, 0.0).place;
    assert_eq!(place, "Screenshots → media-assets/k3f9x2ab/스크린샷 1.png");
}

#[test]
fn a_pause_ends_the_watch_and_what_comes_after_it_is_another() {
    let mut model = model();
    watches(&mut model, "shots", "/shots");
    assert_eq!(watched(&model.first_effects()), Some(vec!["id of shots"]));
    let mut harness = harness(model);
    settle(&mut harness);
    harness.get_by_label("Pause").click();
    let effects = settle(&mut harness);
    assert_eq!(watched(&effects), Some(vec![]));
    assert_eq!(lines(&harness.state().model), ["Paused: shots → shots"]);
    harness.get_by_label("Resume").click();
    let effects = settle(&mut harness);
    let again = watched(&effects).unwrap();
    assert_eq!(again.len(), 1);
    assert_ne!(again[0], "id of shots", "what came during the pause is not new");
    assert_eq!(lines(&harness.state().model), ["Watching shots → shots"]);
}

#[test]
fn what_another_window_has_ended_is_not_watched_and_can_be_again() {
    let mut model = model();
    watches(&mut model, "shots", "/shots");
    model.first_effects();
    told(&mut model, "shots", WatchState::Ended);
    assert_eq!(lines(&model), ["Paused: shots → shots"]);
    let effects = model.act(Action::Watch(WatchAction::Resume("shots".to_owned())), 0.0);
    assert_eq!(watched(&effects).unwrap().len(), 1);
    assert_eq!(lines(&model), ["Watching shots → shots"]);
}

#[test]
fn what_is_wrong_stands_in_a_strip_that_mends_it_until_it_is_right() {
    let mut model = with_every_line(model().words);
    model.first_effects();
    let strips = view_model::strips(&model, 0.0);
    let strip = strips.iter().find(|strip| strip.tone == Tone::Careful).unwrap();
    assert!(
        strip.text.starts_with("/home/me/Backups is not watched"),
        "{}",
        strip.text
    );
    let buttons: Vec<_> = strip.buttons.iter().map(|(label, ..)| label.as_str()).collect();
    assert_eq!(buttons, ["Copy command", "Try again", "Edit…"]);
    let effects = model.act(strip.buttons[1].2.clone(), 0.0);
    assert!(matches!(commands(&effects)[..], [Command::LookAtWatched]));
    told(&mut model, "backups", WatchState::Watching);
    assert!(view_model::strips(&model, 0.0).is_empty());
    assert_eq!(lines(&model).len(), 3);
}

#[test]
fn links_are_copied_as_the_destination_says() {
    let mut model = model();
    model.settings.copy_when_done = true;
    let destination = Destination {
        copy: CopyFormat::Markdown,
        ..account("shots")
    };
    let found = Event::WatchFound {
        watch: "w".to_owned(),
        batch: BatchId(7),
        destination: Arc::new(destination),
    };
    model.happened(found, 0.0);
    let Stage::Done(done) = done("a.png", Access::Public, Proof::Md5) else {
        unreachable!("it is done");
    };
    let done: Vec<Arc<Done>> = vec![done];
    let ended = Event::BatchEnded {
        batch: BatchId(7),
        done,
        failed: 0,
        cancelled: 0,
    };
    let effects = model.happened(ended, 0.0);
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Copy(text) if text.starts_with("![a.png]("))),
        "{effects:?}"
    );
}

#[test]
fn whoever_comes_back_to_the_window_has_the_folders_looked_at() {
    let mut model = model();
    assert!(model.look_at_watched().is_none(), "there is nothing to look at");
    watches(&mut model, "shots", "/shots");
    model.first_effects();
    let effects: Vec<_> = model.look_at_watched().into_iter().collect();
    assert!(matches!(commands(&effects)[..], [Command::LookAtWatched]));
}

#[test]
fn the_sandbox_is_started_for_a_folder_and_watched_when_it_answers() {
    let mut model = model();
    let watch = Some(WatchedFolder::new("/shots".into()));
    let destination = Destination::new("tests", DestinationKind::Sandbox);
    model.settings = Settings {
        destinations: vec![Destination { watch, ..destination }],
        ..model.settings
    };
    let effects = model.first_effects();
    assert!(effects.iter().any(|effect| matches!(effect, Effect::StartSandbox)));
    assert_eq!(watched(&effects), None, "uploads would only fail");
    let access = crate::engine::SandboxAccess {
        endpoint_url: "http://127.0.0.1:1".to_owned(),
        credentials: crate::s3::Credentials::new("id", "secret", None, None, "test"),
    };
    assert_eq!(watched(&model.sandbox_runs(access)).unwrap().len(), 1);
}
