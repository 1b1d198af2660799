//! A folder to watch, in the dialog of a destination.

use super::super::fixtures::{commands, harness};
use super::super::hands::settle;
use super::{act, fill, form, press, saved_settings, with_saved};
use crate::engine::{Command, WatchRequest};
use crate::store::WatchedFolder;
use crate::ui::action::{Action, Effect};
use crate::ui::backend::What;
use crate::ui::model::{DestinationAction, Model};
use eframe::egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use std::path::Path;

const FOLDER: &str = "/home/me/Pictures/Screenshots";

fn watched(effects: &[Effect]) -> Option<&[WatchRequest]> {
    commands(effects).into_iter().find_map(|command| match command {
        Command::Watch(requests) => Some(requests.as_slice()),
        _ => None,
    })
}

fn edit(model: &mut Model, change: impl FnOnce(&mut crate::ui::model::Fields)) -> Vec<Effect> {
    act(model, DestinationAction::Edit("cdn".to_owned()));
    change(&mut form(model).fields);
    act(model, DestinationAction::Confirm)
}

fn watch_of(model: &Model) -> WatchedFolder {
    model.saved("cdn").unwrap().watch.clone().unwrap()
}

#[test]
fn a_folder_that_is_typed_is_saved_with_the_destination_and_watched_for_it() {
    let mut model = with_saved();
    act(&mut model, DestinationAction::Edit("cdn".to_owned()));
    let mut harness = harness(model);
    settle(&mut harness);
    fill(&mut harness, "Watch a folder", "Screenshots");
    press(&mut harness, "Save");
    let error = "Name the whole path of a folder, or choose one";
    assert!(harness.query_by_label(error).is_some());
    fill(&mut harness, "Watch a folder", FOLDER);
    assert!(
        harness
            .query_by_label_contains("what is in it already is not uploaded")
            .is_some()
    );
    let effects = press(&mut harness, "Save");

    let saved = &saved_settings(&effects).unwrap()[0];
    let watch = saved.watch.clone().unwrap();
    assert_eq!(watch.folder, Path::new(FOLDER));
    let [request] = watched(&effects).unwrap() else {
        panic!("{effects:?}");
    };
    assert_eq!((&request.watch, &request.folder), (&watch.id, &watch.folder));
    assert_eq!(*request.destination, saved.clone().without_watch());
}

#[test]
fn the_folder_is_chosen_in_a_dialog_or_typed_where_there_is_none() {
    let mut model = with_saved();
    act(&mut model, DestinationAction::Edit("cdn".to_owned()));
    let mut harness = harness(model);
    settle(&mut harness);
    let effects = press(&mut harness, "Watch a folder…");
    assert!(
        matches!(effects[..], [Effect::Choose(What::WatchedFolder)]),
        "{effects:?}"
    );
    harness.state_mut().model.watched_folder_chosen(Path::new(FOLDER));
    settle(&mut harness);
    let field = harness.get_by_role_and_label(Role::TextInput, "Watch a folder");
    assert_eq!(field.value().as_deref(), Some(FOLDER));
    harness.state_mut().model.no_dialog();
    settle(&mut harness);
    assert!(
        harness
            .get_by_role_and_label(Role::TextInput, "Watch a folder")
            .is_focused()
    );
    assert!(
        harness.state().model.path_field.is_none(),
        "the page behind stays as it is"
    );
}

#[test]
fn a_watch_goes_on_under_another_name_and_begins_anew_with_another_folder() {
    let mut model = with_saved();
    edit(&mut model, |fields| FOLDER.clone_into(&mut fields.watch));
    let first = watch_of(&model);
    let effects = edit(&mut model, |fields| fields.cache_control = "no-cache".to_owned());
    assert_eq!(watch_of(&model), first);
    let now = watched(&effects).unwrap()[0].destination.options.cache_control.clone();
    assert_eq!(now.as_deref(), Some("no-cache"), "what comes next goes by it");
    let effects = edit(&mut model, |fields| fields.watch.push_str("/2026"));
    assert_ne!(watch_of(&model).id, first.id);
    assert_eq!(watched(&effects).unwrap().len(), 1);
    let effects = edit(&mut model, |fields| fields.watch.clear());
    assert_eq!(watched(&effects), Some(&[][..]));
    assert_eq!(model.saved("cdn").unwrap().watch, None);
}

#[test]
fn a_copy_of_the_destination_watches_nothing_and_nobody_watches_a_folder_twice() {
    let mut model = with_saved();
    edit(&mut model, |fields| FOLDER.clone_into(&mut fields.watch));
    act(&mut model, DestinationAction::Edit("cdn".to_owned()));
    act(&mut model, DestinationAction::Duplicate);
    assert_eq!(form(&mut model).fields.watch, "");
    FOLDER.clone_into(&mut form(&mut model).fields.watch);
    let words = model.words;
    let saved = model.settings.destinations.clone();
    let errors = form(&mut model).errors(&saved, words);
    assert_eq!(errors.watch.as_deref(), Some("“cdn” watches this folder already"));
}

#[test]
fn a_destination_without_a_name_watches_nothing() {
    let mut model = with_saved();
    act(&mut model, DestinationAction::EditCurrent);
    let mut harness = harness(model);
    settle(&mut harness);
    assert!(harness.query_by_label("Watch a folder").is_none());
}

#[test]
fn what_is_removed_is_watched_no_more_and_uploads_know_of_no_watch() {
    let mut model = with_saved();
    edit(&mut model, |fields| FOLDER.clone_into(&mut fields.watch));
    let saved = model.saved("cdn").unwrap().clone();
    model.act(Action::PickSaved(Box::new(saved)), 0.0);
    assert_eq!(model.settings.last_destination.as_ref().unwrap().watch, None);
    let effects = model.chosen(vec!["/a.png".into()]);
    let [Command::Add(request)] = commands(&effects)[..] else {
        panic!("{effects:?}");
    };
    assert_eq!(request.destination.watch, None);
    let effects = act(&mut model, DestinationAction::Remove("cdn".to_owned()));
    assert_eq!(watched(&effects), Some(&[][..]));
}
