//! The languages: complete, and nothing of one in the other.

use super::fixtures::{MIB, State, every_stage, harness_of, model_in, row, with_rows};
use crate::engine::failure::StoreReason;
use crate::engine::failure::examples::examples;
use crate::engine::{Code, Event, Failure, SandboxAccess, Stage};
use crate::s3::Credentials;
use crate::store::LanguageChoice;
use crate::ui::action::Action;
use crate::ui::drops::DropRefusal;
use crate::ui::model::{Hover, Message, Page, SettingsAction};
use crate::ui::words::{ENGLISH, KOREAN};
use eframe::egui::{Theme, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::NodeT as _;
use std::sync::Arc;
use std::time::Duration;

/// All that is shown, and all that a screen reader says.
pub(super) fn said(harness: &Harness<'_, State>) -> Vec<String> {
    let mut said = Vec::new();
    for node in harness.root().children_recursive() {
        let node = node.accesskit_node();
        said.extend([node.label(), node.value(), node.description()].into_iter().flatten());
        said.extend(node.placeholder().map(str::to_owned));
    }
    said
}

/// No English sentence is shown or said.
#[track_caller]
pub(super) fn assert_no_english(harness: &Harness<'_, State>) {
    let said = said(harness);
    assert!(said.len() > 5, "{said:?}");
    for text in said {
        assert!(latin_run(&text) < 3, "{text}");
    }
}

/// What a person is to type, in whatever language.
const COMMAND: &str = "aws sso login";

/// The longest run of Latin words in `text`: an English sentence has three or more in a row, a name or a term has not.
fn latin_run(text: &str) -> usize {
    let mut longest = 0;
    let mut run = 0;
    for word in text.replace(COMMAND, "").split_whitespace() {
        let letters = word.trim_matches(['.', ',', ':', ';', '(', ')']);
        let is_latin = !letters.is_empty() && letters.chars().all(|letter| letter.is_ascii_alphabetic());
        run = if is_latin { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

#[test]
fn every_reason_is_said_in_every_language() {
    for reason in examples() {
        let (english, korean) = (ENGLISH.reason(&reason), KOREAN.reason(&reason));
        assert!(!english.what.is_empty() && !korean.what.is_empty(), "{reason:?}");
        assert_eq!(english.hint.is_empty(), korean.hint.is_empty(), "{reason:?}");
        assert_ne!(english.what, korean.what, "{reason:?}");
        for text in [english.what, english.hint, korean.what, korean.hint] {
            assert!(!text.ends_with('.'), "{text}");
        }
    }
}

#[test]
fn no_english_is_left_in_what_korean_says_of_a_failure() {
    for reason in examples() {
        let text = KOREAN.reason(&reason).to_string();
        assert!(latin_run(&text) < 3, "{text}");
    }
}

#[test]
fn every_failure_is_shown_in_korean() {
    let rows = examples().into_iter().zip(1..).map(|(reason, id)| {
        let failure = Failure::new(Code::S3, reason);
        row(id, "자료.zip", MIB, Stage::Failed(Arc::new(failure)))
    });
    let rows: Vec<_> = rows.collect();
    let count = rows.len();
    for first in (0..count).step_by(10) {
        let rows = rows.iter().skip(first).take(10).cloned().collect();
        let mut harness = harness_of(
            with_rows(model_in(&KOREAN), rows),
            Theme::Light,
            vec2(900.0, 3000.0),
            1.0,
        );
        harness.run_ok();
        let shown = said(&harness);
        for reason in examples().iter().skip(first).take(10) {
            let what = KOREAN.reason(reason).what;
            assert!(shown.iter().any(|text| text.contains(&what)), "{what}");
        }
        assert_no_english(&harness);
    }
}

#[test]
fn everything_on_screen_changes_with_the_language_at_once() {
    let mut model = with_rows(model_in(&ENGLISH), every_stage());
    model.act(Action::PickSandbox, 0.0);
    model.parked = vec!["/home/me/a.png".into()];
    model.happened(Event::Trouble(Failure::new(Code::Store, StoreReason::DiskFull)), 0.0);
    let held = Stage::Held {
        remaining: Duration::from_mins(1),
    };
    let mut rows = every_stage();
    rows.push(row(21, "사진.zip", MIB, held));
    let mut model = with_rows(model, rows);
    model.toast(Message::DropRefused(DropRefusal::Links), false, 0.0);
    model.toast(Message::TemporaryLinkCopied(Duration::from_hours(1)), true, 0.0);

    model.act(Action::Settings(SettingsAction::Language(LanguageChoice::Korean)), 0.0);
    let mut harness = harness_of(model, Theme::Light, vec2(900.0, 1600.0), 1.0);
    harness.run_ok();
    assert_no_english(&harness);
    let shown = said(&harness).join("\n");
    for text in [
        (KOREAN.drops.refused)(&DropRefusal::Links),
        (KOREAN.parked)(1),
        KOREAN.reason(&StoreReason::DiskFull.into()).what,
        KOREAN.copy_url.to_owned(),
    ] {
        assert!(shown.contains(&text), "{text} is not in\n{shown}");
    }

    harness.state_mut().model.act(Action::Show(Page::Settings), 0.0);
    harness.run_ok();
    assert_no_english(&harness);
}

#[test]
fn the_sandbox_has_a_name_in_every_language() {
    let mut model = with_rows(model_in(&ENGLISH), Vec::new());
    model.act(Action::PickSandbox, 0.0);
    let access = SandboxAccess {
        endpoint_url: "http://127.0.0.1:9310".to_owned(),
        credentials: Credentials::new("id", "secret", None, None, "test"),
    };
    model.sandbox_runs(access);
    model.hover = Some(Hover {
        count: Some(1),
        names: Vec::new(),
    });
    let mut harness = harness_of(model, Theme::Light, vec2(900.0, 640.0), 1.0);
    harness.run_ok();
    assert!(said(&harness).iter().any(|text| text == "Drop to send to Sandbox"));
    let model = &mut harness.state_mut().model;
    model.act(Action::Settings(SettingsAction::Language(LanguageChoice::Korean)), 0.0);
    harness.run_ok();
    assert!(said(&harness).iter().any(|text| text == "놓으면 샌드박스에 올립니다"));
}

#[test]
fn large_numbers_are_in_groups() {
    assert_eq!((ENGLISH.items)(5_000), "5,000 items");
    assert_eq!((KOREAN.items)(5_000), "항목 5,000개");
    assert_eq!((KOREAN.done_of)(1_000, 100_000), "100,000개 중 1,000개 완료");
}
