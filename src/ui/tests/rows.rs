//! Working with the list: selection and keys.

use super::fixtures::{MIB, State, acl_refused, commands, harness, model, row, sending, snapshot, with_rows};
use super::hands::{click, copied, done_row, five, press, selected, settle};
use crate::engine::{BatchId, Command, Stage, UploadId, UploadRow};
use crate::ui::action::Effect;
use crate::ui::model::Dialog;
use eframe::egui::{Event, Key, Modifiers, accesskit::Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use std::sync::Arc;

#[test]
fn a_click_selects_ctrl_toggles_and_shift_ranges() {
    let mut harness = five();
    click(&mut harness, Modifiers::NONE, "b, Public");
    assert_eq!(selected(&harness), [2]);
    click(&mut harness, Modifiers::COMMAND, "d, Public");
    assert_eq!(selected(&harness), [2, 4]);
    click(&mut harness, Modifiers::COMMAND, "b, Public");
    assert_eq!(selected(&harness), [4]);
    click(&mut harness, Modifiers::SHIFT, "d, Public");
    assert_eq!(selected(&harness), [2, 3, 4]);
    click(&mut harness, Modifiers::NONE, "a, Public");
    assert_eq!(selected(&harness), [1]);
}

#[test]
fn the_keyboard_goes_through_the_list_and_extends_the_selection() {
    let mut harness = five();
    click(&mut harness, Modifiers::NONE, "b, Public");
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    assert_eq!(selected(&harness), [3]);
    press(&mut harness, Modifiers::SHIFT, Key::ArrowDown);
    assert_eq!(selected(&harness), [3, 4]);
    press(&mut harness, Modifiers::SHIFT, Key::Home);
    assert_eq!(selected(&harness), [1, 2, 3]);
    press(&mut harness, Modifiers::NONE, Key::End);
    assert_eq!(selected(&harness), [5]);
    press(&mut harness, Modifiers::COMMAND, Key::ArrowUp);
    press(&mut harness, Modifiers::COMMAND, Key::Space);
    assert_eq!(selected(&harness), [4, 5]);
    press(&mut harness, Modifiers::COMMAND, Key::A);
    assert_eq!(selected(&harness), [1, 2, 3, 4, 5]);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(selected(&harness), [0; 0]);
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    assert_eq!(selected(&harness), [4], "where the keyboard is");
}

#[test]
fn the_selected_links_are_copied_in_the_order_of_the_list() {
    let mut harness = five();
    click(&mut harness, Modifiers::NONE, "d, Public");
    click(&mut harness, Modifiers::COMMAND, "a, Public");
    harness.event(Event::Copy);
    let effects = settle(&mut harness);
    let ends: Vec<&str> = copied(&effects)
        .lines()
        .filter_map(|url| url.rsplit('/').next())
        .collect();
    assert_eq!(ends, ["a", "d"]);
    assert!(harness.query_by_label("2 URLs copied").is_some());
}

#[test]
fn ctrl_c_in_a_field_copies_what_is_marked_there() {
    let mut harness = five();
    click(&mut harness, Modifiers::NONE, "a, Public");
    harness.state_mut().model.no_dialog();
    settle(&mut harness);
    harness.get_by_label("Path of a file or folder").focus();
    settle(&mut harness);
    harness.event(Event::Copy);
    assert!(settle(&mut harness).is_empty());
}

#[test]
fn the_selection_stays_with_its_uploads_while_rows_come_and_go() {
    let mut harness = five();
    click(&mut harness, Modifiers::NONE, "c, Public");
    let mut rows: Vec<UploadRow> = ["c", "d"]
        .iter()
        .zip([3, 4])
        .map(|(name, id)| done_row(id, name))
        .collect();
    rows.push(UploadRow {
        batch: BatchId(2),
        ..done_row(9, "new")
    });
    with_rows_again(&mut harness, rows);
    assert_eq!(selected(&harness), [3]);
    press(&mut harness, Modifiers::NONE, Key::ArrowUp);
    assert_eq!(selected(&harness), [9], "the newest batch is on top");
}

fn with_rows_again(harness: &mut Harness<'_, State>, rows: Vec<UploadRow>) {
    let snapshot = snapshot(rows.into_iter().map(Arc::new));
    harness.state_mut().model.snapshot_came(snapshot, 0.0);
    settle(harness);
}

#[test]
fn delete_takes_ended_rows_off_the_list_and_the_keyboard_goes_to_the_neighbour() {
    let mut harness = five();
    click(&mut harness, Modifiers::NONE, "b, Public");
    press(&mut harness, Modifiers::SHIFT, Key::ArrowDown);
    let effects = press(&mut harness, Modifiers::NONE, Key::Delete);
    assert!(
        matches!(commands(&effects)[..], [Command::Remove(gone)] if *gone == [UploadId(2), UploadId(3)]),
        "{effects:?}"
    );
    with_rows_again(&mut harness, vec![done_row(1, "a"), done_row(4, "d"), done_row(5, "e")]);
    assert_eq!(selected(&harness), [0; 0]);
    press(&mut harness, Modifiers::NONE, Key::Space);
    assert_eq!(selected(&harness), [4], "the next that is left");
}

fn running<'a>(sent_bytes: u64) -> Harness<'a, State> {
    let rows = vec![sending(1, "a", 100 * MIB, sent_bytes), row(2, "b", MIB, Stage::Waiting)];
    let mut harness = harness(with_rows(model(), rows));
    settle(&mut harness);
    harness
}

#[test]
fn escape_asks_only_where_bytes_would_be_lost() {
    let mut harness = running(0);
    click(&mut harness, Modifiers::NONE, "b, Waiting");
    let effects = press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(
        matches!(commands(&effects)[..], [Command::Cancel(stopped)] if *stopped == [UploadId(2)]),
        "{effects:?}"
    );

    let mut harness = running(30 * MIB);
    click(&mut harness, Modifiers::NONE, "a, Sending");
    press(&mut harness, Modifiers::COMMAND, Key::A);
    assert!(press(&mut harness, Modifiers::NONE, Key::Escape).is_empty());
    assert!(
        harness
            .query_by_role_and_label(Role::Dialog, "Cancel 2 uploads?")
            .is_some()
    );
    assert!(harness.query_by_label_contains("30.0 MiB already sent").is_some());
    // Escape, and Enter on what is offered first, leave them alone.
    assert!(press(&mut harness, Modifiers::NONE, Key::Enter).is_empty());
    assert!(harness.state().model.dialog.is_none());
    assert_eq!(selected(&harness), [1, 2]);
}

#[test]
fn what_was_not_sent_yet_is_cancelled_at_once_by_escape_and_by_the_cross() {
    let cancels =
        |effects: &[Effect]| matches!(commands(effects)[..], [Command::Cancel(stopped)] if *stopped == [UploadId(1)]);
    let mut harness = running(0);
    click(&mut harness, Modifiers::NONE, "a, Sending");
    let effects = press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(cancels(&effects), "{effects:?}");
    let effects = cross(&mut harness);
    assert!(cancels(&effects), "{effects:?}");
    assert!(harness.state().model.dialog.is_none());
}

#[test]
fn the_first_byte_is_not_lost_without_a_question() {
    let mut harness = running(1);
    assert!(cross(&mut harness).is_empty());
    assert!(harness.state().model.dialog.is_some());
    let mut harness = running(1);
    click(&mut harness, Modifiers::NONE, "a, Sending");
    assert!(press(&mut harness, Modifiers::NONE, Key::Escape).is_empty());
    assert!(harness.state().model.dialog.is_some());
}

#[test]
fn the_cross_asks_where_bytes_were_sent_and_cancels_that_row_alone() {
    let mut harness = running(30 * MIB);
    assert!(cross(&mut harness).is_empty());
    assert!(
        harness
            .query_by_role_and_label(Role::Dialog, "Cancel 1 upload?")
            .is_some()
    );
    assert!(harness.query_by_label_contains("30.0 MiB already sent").is_some());
    harness.get_by_label("Cancel upload").click();
    let effects = settle(&mut harness);
    assert!(
        matches!(commands(&effects)[..], [Command::Cancel(stopped)] if *stopped == [UploadId(1)]),
        "{effects:?}"
    );
    assert!(harness.state().model.dialog.is_none());
}

/// Presses the first row's cross.
fn cross(harness: &mut Harness<'_, State>) -> Vec<Effect> {
    let first = harness.query_all_by_label("Cancel").next();
    first.unwrap().click();
    settle(harness)
}

#[test]
fn the_keyboard_returns_to_the_row_when_a_dialog_closes() {
    let mut harness = five();
    click(&mut harness, Modifiers::NONE, "b, Public");
    press(&mut harness, Modifiers::SHIFT, Key::F10);
    harness.get_by_label("QR code…").click();
    settle(&mut harness);
    assert!(harness.query_by_role_and_label(Role::Dialog, "QR code").is_some());
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(harness.query_by_role(Role::Dialog).is_none());
    assert!(harness.get_by_role_and_label(Role::ListItem, "b, Public").is_focused());
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    assert_eq!(selected(&harness), [3]);
}

#[test]
fn delete_on_what_is_on_its_way_asks_first() {
    let mut harness = running(0);
    click(&mut harness, Modifiers::NONE, "b, Waiting");
    assert!(press(&mut harness, Modifiers::NONE, Key::Delete).is_empty());
    assert!(matches!(
        harness.state().model.dialog,
        Some(Dialog::CancelUploads { .. })
    ));
    harness.get_by_label("Cancel upload").click();
    let effects = settle(&mut harness);
    assert!(
        matches!(commands(&effects)[..], [Command::Cancel(stopped)] if *stopped == [UploadId(2)]),
        "{effects:?}"
    );
    assert!(harness.state().model.dialog.is_none());
}

#[test]
fn enter_opens_and_space_folds_the_details_of_a_failure() {
    let rows = vec![
        done_row(1, "a"),
        row(2, "b", MIB, Stage::Failed(Arc::new(acl_refused()))),
    ];
    let mut harness = harness(with_rows(model(), rows));
    settle(&mut harness);
    click(&mut harness, Modifiers::NONE, "a, Public");
    let effects = press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(
        matches!(&effects[..], [Effect::Open(url)] if url.ends_with("/a")),
        "{effects:?}"
    );
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    press(&mut harness, Modifiers::NONE, Key::Space);
    assert!(
        harness
            .query_by_label_contains("AccessControlListNotSupported")
            .is_some()
    );
    press(&mut harness, Modifiers::NONE, Key::Space);
    assert!(
        harness
            .query_by_label_contains("AccessControlListNotSupported")
            .is_none()
    );
}

#[test]
fn rows_are_list_items_with_name_state_and_position() {
    let mut harness = five();
    click(&mut harness, Modifiers::NONE, "b, Public");
    let item = harness.get_by_role_and_label(Role::ListItem, "b, Public");
    let node = item.accesskit_node();
    assert_eq!((node.position_in_set(), node.size_of_set()), (Some(2), Some(5)));
    assert_eq!(node.is_selected(), Some(true));
    assert!(harness.query_by_role(Role::List).is_some());
}
