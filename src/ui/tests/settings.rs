//! The settings page: every choice is done and kept at once, by mouse and by keyboard.

use super::fixtures::{State, commands, harness_of, model, model_in};
use super::hands::{push, settle};
use crate::engine::failure::StoreReason;
use crate::engine::{Code, Command, Event, Failure};
use crate::store::{Folders, LanguageChoice, Settings, ThemeChoice};
use crate::ui::action::{Action, CopySource, Effect};
use crate::ui::model::{Dialog, Model, Page, Place};
use crate::ui::words::{ENGLISH, KOREAN};
use eframe::egui::accesskit::Role;
use eframe::egui::{Event as InputEvent, Key, Modifiers, Theme, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

fn on_settings(mut model: Model) -> Model {
    model.folders = Some(Folders {
        config: "/home/me/.config/dropslot".into(),
        data: "/home/me/.local/share/dropslot".into(),
    });
    // Not "as the system": whoever runs the tests may have it in Korean.
    model.settings.language = if std::ptr::eq(model.words, &raw const KOREAN) {
        LanguageChoice::Korean
    } else {
        LanguageChoice::English
    };
    model.act(Action::Show(Page::Settings), 0.0);
    model
}

fn page<'a>(model: Model, size: Vec2) -> Harness<'a, State> {
    let mut harness = harness_of(on_settings(model), Theme::Light, size, 1.0);
    settle(&mut harness);
    harness
}

/// What goes to the settings file.
#[track_caller]
fn saved(effects: &[Effect]) -> Settings {
    match commands(effects)[..] {
        [.., Command::SaveSettings(settings)] => *settings.clone(),
        ref other => panic!("{other:?}"),
    }
}

const LARGE: Vec2 = vec2(1000.0, 1100.0);

#[test]
fn every_choice_is_done_and_kept_at_once() {
    let mut harness = page(model(), LARGE);
    let effects = push(&mut harness, Role::RadioButton, "Dark");
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Theme(ThemeChoice::Dark)))
    );
    assert_eq!(saved(&effects).theme, ThemeChoice::Dark);
    let effects = push(&mut harness, Role::RadioButton, "150%");
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Zoom(150))));
    assert_eq!(saved(&effects).zoom_percent, 150);
    let label = "Copy the URLs when all are done";
    assert!(!saved(&push(&mut harness, Role::Switch, label)).copy_when_done);
    assert!(saved(&push(&mut harness, Role::Switch, label)).copy_when_done);
    assert!(!saved(&push(&mut harness, Role::Switch, "Notify when all are done")).notify);
    let label = "As many uploads at a time as help";
    assert!(harness.query_by_role_and_label(Role::Button, "More").is_none());
    assert_eq!(saved(&push(&mut harness, Role::Switch, label)).jobs, Some(6));
    assert_eq!(saved(&push(&mut harness, Role::Button, "More")).jobs, Some(7));
    assert_eq!(saved(&push(&mut harness, Role::Button, "Fewer")).jobs, Some(6));
    assert_eq!(saved(&push(&mut harness, Role::Switch, label)).jobs, None);
    let effects = push(&mut harness, Role::RadioButton, "한국어");
    assert_eq!(saved(&effects).language, LanguageChoice::Korean);
    assert!(harness.query_by_role_and_label(Role::RadioGroup, "화면 모드").is_some());
}

#[test]
fn what_is_chosen_is_read_out() {
    let mut model = model();
    model.settings.theme = ThemeChoice::Dark;
    let harness = page(model, LARGE);
    let is_on = |role, label: &str| {
        let node = harness.get_by_role_and_label(role, label);
        node.accesskit_node().toggled() == Some(eframe::egui::accesskit::Toggled::True)
    };
    assert!(is_on(Role::RadioButton, "Dark") && !is_on(Role::RadioButton, "Light"));
    assert!(is_on(Role::Switch, "Notify when all are done"));
}

#[test]
fn a_number_that_is_typed_applies_when_it_is_one() {
    let mut model = model();
    model.settings.jobs = Some(6);
    let mut harness = page(model, LARGE);
    harness
        .get_by_role_and_label(Role::TextInput, "Uploads at a time")
        .focus();
    settle(&mut harness);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.event(InputEvent::Text("99".to_owned()));
    assert!(settle(&mut harness).is_empty());
    harness.key_press(Key::Backspace);
    settle(&mut harness);
    harness.key_press(Key::Backspace);
    harness.event(InputEvent::Text("12".to_owned()));
    assert_eq!(saved(&settle(&mut harness)).jobs, Some(12));
}

#[test]
fn the_page_is_worked_by_the_keyboard_alone() {
    let mut harness = page(model(), LARGE);
    harness.get_by_role_and_label(Role::RadioButton, "100%").focus();
    settle(&mut harness);
    harness.key_press(Key::ArrowRight);
    assert_eq!(saved(&settle(&mut harness)).zoom_percent, 125);
    harness.key_press(Key::ArrowLeft);
    assert_eq!(saved(&settle(&mut harness)).zoom_percent, 100);
    // Tab leaves the group, whatever is chosen in it.
    harness.key_press(Key::Tab);
    settle(&mut harness);
    harness.key_press(Key::Tab);
    settle(&mut harness);
    let switch = harness.get_by_role_and_label(Role::Switch, "Copy the URLs when all are done");
    assert!(switch.accesskit_node().is_focused());
    harness.key_press(Key::Space);
    assert!(!saved(&settle(&mut harness)).copy_when_done);
}

#[test]
fn the_size_also_follows_the_keys_that_every_program_has() {
    let mut harness = page(model(), LARGE);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Plus);
    assert_eq!(saved(&settle(&mut harness)).zoom_percent, 125);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Minus);
    assert_eq!(saved(&settle(&mut harness)).zoom_percent, 100);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Minus);
    assert_eq!(saved(&settle(&mut harness)).zoom_percent, 100);
}

#[test]
fn a_size_that_is_too_large_for_the_window_says_so() {
    for (words, sentence) in [
        (&ENGLISH, "This window is too small for 200% and shows 160%"),
        (&KOREAN, "창이 작아 200% 대신 160%로 표시합니다"),
    ] {
        let mut model = model_in(words);
        model.settings.zoom_percent = 200;
        let mut harness = page(model, vec2(900.0, 640.0));
        assert!(harness.query_by_label(sentence).is_some());
        push(&mut harness, Role::RadioButton, "150%");
        assert!(harness.query_by_label(sentence).is_none());
        push(&mut harness, Role::RadioButton, "200%");
        harness.set_size(vec2(1040.0, 800.0));
        settle(&mut harness);
        assert!(harness.query_by_label(sentence).is_none(), "there is room for it");
    }
}

#[test]
fn settings_that_cannot_be_written_say_so_and_hold_in_the_window() {
    let mut harness = page(model(), LARGE);
    push(&mut harness, Role::RadioButton, "Dark");
    let failure = Failure::new(Code::Settings, StoreReason::Settings);
    let sentence = failure.english().what;
    harness.state_mut().model.happened(Event::Trouble(failure), 0.0);
    settle(&mut harness);
    assert!(harness.query_by_label(&sentence).is_some());
    assert_eq!(harness.state().model.settings.theme, ThemeChoice::Dark);
    // The next write that works takes the sentence away.
    push(&mut harness, Role::RadioButton, "Light");
    assert!(harness.query_by_label(&sentence).is_none());
}

#[test]
fn settings_of_a_newer_version_are_told_of_and_kept() {
    let mut model = model();
    model.settings.not_all_known = true;
    model.settings.unknown.insert("version".to_owned(), 9.into());
    let mut harness = page(model, LARGE);
    assert!(
        harness
            .query_by_label("These settings were written by a newer Dropslot")
            .is_some()
    );
    let settings = saved(&push(&mut harness, Role::RadioButton, "Light"));
    assert_eq!(settings.unknown["version"], 9);
}

#[test]
fn a_reset_asks_first_and_leaves_what_is_no_choice() {
    let mut model = model();
    model.settings.jobs = Some(30);
    model.settings.theme = ThemeChoice::Dark;
    model
        .settings
        .bucket_regions
        .insert("b".to_owned(), "eu-west-1".to_owned());
    let mut harness = page(model, LARGE);
    assert!(push(&mut harness, Role::Button, "Reset the settings…").is_empty());
    // Enter keeps: the safe answer has the keyboard.
    harness.key_press(Key::Enter);
    assert!(settle(&mut harness).is_empty());
    assert!(harness.state().model.dialog.is_none());
    push(&mut harness, Role::Button, "Reset the settings…");
    let settings = saved(&push(&mut harness, Role::Button, "Reset"));
    assert_eq!((settings.jobs, settings.theme), (None, ThemeChoice::System));
    assert_eq!(settings.bucket_regions["b"], "eu-west-1");
    assert!(settings.last_destination.is_some());
}

#[test]
fn where_things_are_kept_is_shown_copied_and_opened() {
    let mut harness = page(model(), LARGE);
    let file = "/home/me/.config/dropslot/settings.json";
    assert!(harness.query_by_label(file).is_some());
    let button = |harness: &Harness<'_, State>, label: &str| {
        let place = |node: &egui_kittest::Node<'_>| node.accesskit_node().description().as_deref() == Some("Settings");
        harness.get_all_by_label(label).find(place).unwrap().click();
    };
    button(&harness, "Copy path");
    let effects = settle(&mut harness);
    assert!(matches!(&effects[..], [Effect::Copy(text)] if text == file));
    assert!(harness.state().model.just_copied(CopySource::Place(Place::Settings)));
    button(&harness, "Show in folder");
    let effects = settle(&mut harness);
    assert!(matches!(&effects[..], [Effect::ShowInFolder(path)] if path.to_str() == Some(file)));
}

#[test]
fn saved_destinations_are_edited_and_removed_here_too() {
    let mut model = model();
    let mut screenshots = super::fixtures::account("media-assets");
    screenshots.name = "screenshots".to_owned();
    model.settings.destinations.push(screenshots);
    let mut harness = page(model, LARGE);
    push(&mut harness, Role::Button, "Edit…");
    assert!(matches!(harness.state().model.dialog, Some(Dialog::Destination(_))));
    harness.state_mut().model.dialog = None;
    settle(&mut harness);
    push(&mut harness, Role::Button, "Remove…");
    assert!(matches!(&harness.state().model.dialog, Some(Dialog::RemoveDestination { name }) if name == "screenshots"));
}

#[test]
fn the_licences_of_the_fonts_are_shown_in_their_own_words() {
    let mut harness = page(model(), LARGE);
    push(&mut harness, Role::Button, "Licences of the fonts…");
    assert!(matches!(harness.state().model.dialog, Some(Dialog::Licences)));
    assert!(harness.query_by_label_contains("Reserved Font Name Nanum").is_some());
    harness.key_press(Key::Escape);
    settle(&mut harness);
    assert!(harness.state().model.dialog.is_none());
}

#[test]
fn nothing_is_cut_off_in_a_small_window_in_either_language() {
    for words in [&crate::ui::words::ENGLISH, &KOREAN] {
        let harness = page(model_in(words), vec2(520.0, 1600.0));
        for node in harness.root().children_recursive() {
            if node.accesskit_node().label().is_some() && node.accesskit_node().bounding_box().is_some() {
                let rect = node.rect();
                assert!(rect.right() <= 520.0, "{:?}: {rect:?}", node.accesskit_node().label());
            }
        }
        // Cards of one column, each below the other.
        let top = |label: &str| harness.get_by_label(label).rect().top();
        assert!(top(words.settings.about) > top(words.settings.kept));
        assert!(top(words.settings.kept) > top(words.settings.appearance));
    }
}

#[test]
fn the_diagnostics_go_to_the_clipboard_and_the_button_says_so() {
    let mut harness = page(model(), LARGE);
    let effects = push(&mut harness, Role::Button, "Copy diagnostics");
    let [Effect::CollectDiagnostics(around)] = &effects[..] else {
        panic!("{effects:?}");
    };
    let uploads = around.uploads.as_deref().unwrap();
    assert!(uploads.starts_with("0 on the list"), "{uploads}");
    let model = &mut harness.state_mut().model;
    let effects = model.diagnostics_came("Dropslot 0.1.0".to_owned(), 0.0);
    assert!(
        matches!(&effects[..], [Effect::Copy(text)] if text == "Dropslot 0.1.0"),
        "{effects:?}"
    );
    assert!(model.just_copied(CopySource::Diagnostics));
}

#[test]
fn the_logs_folder_is_shown() {
    let mut harness = page(model(), LARGE);
    let effects = push(&mut harness, Role::Button, "Open the log's folder");
    let log = std::path::Path::new("/home/me/.local/share/dropslot/log/dropslot.log");
    assert!(
        matches!(&effects[..], [Effect::ShowInFolder(path)] if path == log),
        "{effects:?}"
    );
}
