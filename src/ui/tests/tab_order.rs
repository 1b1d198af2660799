//! The order of the Tab key: as people read.

use super::fixtures::{State, every_stage, harness_of, model, with_rows};
use super::hands::{five, press, settle};
use crate::engine::UploadId;
use crate::ui::action::{Action, RowsAction};
use eframe::egui::{Key, Modifiers, Theme, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::NodeT as _;

/// What the Tab key comes to, by name, until it is where it began.
fn tab_round(harness: &mut Harness<'_, State>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for _ in 0..60 {
        press(harness, Modifiers::NONE, Key::Tab);
        let name = focused_name(harness);
        if names.first() == Some(&name) {
            return names;
        }
        names.push(name);
    }
    panic!("no end: {names:?}")
}

fn focused_name(harness: &Harness<'_, State>) -> String {
    let focused = harness
        .root()
        .children_recursive()
        .find(|node| node.accesskit_node().is_focused());
    focused
        .and_then(|node| node.accesskit_node().label())
        .unwrap_or_default()
}

#[test]
fn tab_goes_from_the_header_by_the_zone_and_the_preview_to_the_list_and_then_the_footer() {
    let mut harness = five();
    let names = tab_round(&mut harness);
    let list = [
        "a, Public",
        "Copy URL",
        "Open",
        "More",
        "Clear finished",
        "Copy all URLs",
    ];
    let at = names.iter().position(|name| name == "a, Public").unwrap();
    assert_eq!(names[at..], list);
    let before = names[..at].join(", ");
    assert!(
        before.contains("Choose files…, Choose folder…, Edit options…"),
        "{before}"
    );
    assert!(
        before.starts_with("Profile: work, Bucket: media-assets, Uploads"),
        "{before}"
    );
}

#[test]
fn every_button_of_every_stage_is_reached_by_the_keyboard() {
    let mut harness = harness_of(
        with_rows(model(), every_stage()),
        Theme::Light,
        vec2(900.0, 1400.0),
        1.0,
    );
    settle(&mut harness);
    for (id, expected) in [
        (2, vec!["Cancel", "More"]),
        (4, vec!["Remove from the list", "More", "Retry", "Details"]),
        (9, vec!["Copy URL", "Copy temporary link", "More"]),
        (11, vec!["Retry", "Remove from the list", "More"]),
        (12, vec!["Resume", "Remove from the list", "More"]),
    ] {
        harness
            .state_mut()
            .model
            .act(Action::Rows(RowsAction::Focus(UploadId(id))), 0.0);
        harness.state_mut().model.act(Action::Rows(RowsAction::CloseMenu), 0.0);
        settle(&mut harness);
        let names: Vec<String> = (0..expected.len())
            .map(|_| {
                press(&mut harness, Modifiers::NONE, Key::Tab);
                focused_name(&harness)
            })
            .collect();
        assert_eq!(names, expected, "{id}");
    }
}
