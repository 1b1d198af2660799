//! How files come in: dropped, chosen, typed as a path, pasted.

use super::destination::fresh;
use super::fixtures::{account, commands, harness, model, profiles};
use crate::engine::{AddRequest, Command, Event};
use crate::ui::action::{Action, Effect};
use crate::ui::backend::LookedAt;
use crate::ui::drops::DropEvent;
use crate::ui::words::ENGLISH;
use eframe::egui::Key;
use egui_kittest::kittest::Queryable as _;
use std::path::PathBuf;
use std::time::Duration;

pub(super) fn added(effects: &[Effect]) -> Option<&AddRequest> {
    commands(effects).into_iter().find_map(|command| match command {
        Command::Add(request) => Some(request),
        _ => None,
    })
}

pub(super) fn dropped(paths: &[&str]) -> DropEvent {
    DropEvent::Dropped(paths.iter().map(PathBuf::from).collect())
}

#[test]
fn what_is_dropped_is_held_three_seconds_and_what_is_chosen_goes_at_once() {
    let mut model = model();
    let effects = model.dropped(dropped(&["/tmp/a", "/tmp/b"]), 0.0);
    let request = added(&effects).unwrap();
    assert_eq!(request.hold, Duration::from_secs(3));
    assert_eq!(request.paths, ["/tmp/a", "/tmp/b"].map(PathBuf::from));
    assert_eq!(*request.destination, account("media-assets"));

    let effects = model.chosen(vec![PathBuf::from("/tmp/c")]);
    assert_eq!(added(&effects).unwrap().hold, Duration::ZERO);
}

#[test]
fn what_is_dropped_before_there_is_a_destination_waits_for_one() {
    let mut model = fresh();
    model.happened(Event::Profiles(Ok(profiles())), 0.0);
    assert!(added(&model.dropped(dropped(&["/tmp/a"]), 0.0)).is_none());
    let harness = {
        let mut harness = harness(model);
        harness.run_ok();
        harness
    };
    assert!(harness.query_by_label("1 item waits for a destination").is_some());
    let mut model = harness.into_state().model;
    let effects = model.act(Action::PickBucket("here".to_owned()), 0.0);
    let request = added(&effects).unwrap();
    assert_eq!(request.paths, [PathBuf::from("/tmp/a")]);
    assert_eq!(request.hold, Duration::from_secs(3));
    assert!(model.parked.is_empty());
}

#[test]
fn the_overlay_says_what_hovers_and_where_it_will_go() {
    let mut model = model();
    let names = ["스크린샷 1.png", "b", "c", "d"].map(str::to_owned).to_vec();
    model.dropped(DropEvent::Hover { count: Some(4), names }, 0.0);
    let mut harness = harness(model);
    harness.run_ok();
    assert!(harness.query_by_label("Drop to send to work · media-assets").is_some());
    assert!(harness.query_by_label("스크린샷 1.png, b, c and 1 more").is_some());
    harness.state_mut().model.dropped(DropEvent::Left, 0.0);
    harness.run_ok();
    assert!(harness.query_by_label("Drop to send to work · media-assets").is_none());
}

#[test]
fn where_there_is_no_file_dialog_a_path_is_typed() {
    let mut model = model();
    model.no_dialog();
    let mut harness = harness(model);
    harness.run_ok();
    assert!(
        harness
            .query_by_label_contains("neither a desktop portal nor zenity")
            .is_some()
    );
    harness
        .get_by_label("Path of a file or folder")
        .type_text("/tmp/그림.png");
    harness.key_press(Key::Enter);
    harness.run_ok();
    assert_eq!(harness.state().actions, [Action::AddTypedPath]);
    let model = &mut harness.state_mut().model;
    let effects = model.act(Action::AddTypedPath, 0.0);
    let [Effect::LookAt(paths)] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    assert_eq!(*paths, [PathBuf::from("/tmp/그림.png")]);

    // What is not there stays typed.
    let looked = |missing: Option<&PathBuf>| LookedAt {
        paths: paths.clone(),
        missing: missing.cloned(),
    };
    assert!(model.looked_at(looked(paths.first()), 0.0).is_empty());
    assert_eq!(model.path_field.as_ref().unwrap().text, "/tmp/그림.png");
    assert!(model.toasts[0].message.text(&ENGLISH).contains("/tmp/그림.png"));
    let effects = model.looked_at(looked(None), 0.0);
    assert_eq!(added(&effects).unwrap().paths, *paths);
    assert_eq!(model.path_field.as_ref().unwrap().text, "");
}

#[test]
fn pasted_prose_is_answered_by_a_sentence() {
    let mut model = model();
    assert!(model.pasted_text("hello", 0.0).is_empty());
    assert_eq!(
        model.toasts[0].message.text(&ENGLISH),
        "The clipboard holds text: files, pictures and whole paths can be pasted"
    );
    assert!(added(&model.pasted_text("/tmp/a.png", 0.0)).is_some());
}

#[test]
fn ctrl_o_chooses_files() {
    let mut harness = harness(model());
    harness.run_ok();
    harness.key_press_modifiers(eframe::egui::Modifiers::COMMAND, Key::O);
    harness.run_ok();
    assert_eq!(harness.state().actions, [Action::ChooseFiles]);
}
