//! Many rows: what is read stands still, and a frame costs what it costs with few.

use super::fixtures::{MIB, State, harness, model, row, snapshot};
use super::hands::{click, press, selected, settle};
use crate::engine::{BatchId, Stage, UploadRow};
use crate::ui::model::Message;
use eframe::egui::{Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, TouchPhase, accesskit::Role, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use std::sync::Arc;

fn many(count: u64) -> Vec<Arc<UploadRow>> {
    let rows = (0..count).map(|id| Arc::new(row(id, &format!("file-{id}.bin"), MIB, Stage::Waiting)));
    rows.collect()
}

#[test]
fn what_is_read_stands_still_while_a_batch_comes_on_top() {
    let mut model = model();
    model.snapshot_came(snapshot(many(1000).into_iter()), 0.0);
    let mut harness = harness(model);
    settle(&mut harness);
    harness
        .get_by_role_and_label(Role::ListItem, "file-2.bin, Waiting")
        .hover();
    settle(&mut harness);
    harness.event(Event::MouseWheel {
        source: MouseWheelSource::Wheel,
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, -3030.0),
        phase: TouchPhase::Move,
        modifiers: Modifiers::NONE,
    });
    settle(&mut harness);
    let place = |harness: &Harness<'_, State>| harness.get_by_label("file-52.bin, Waiting").rect().top();
    let before = place(&harness);
    let mut rows = many(1000);
    rows.extend((5000..5200).map(|id| {
        Arc::new(UploadRow {
            batch: BatchId(2),
            ..row(id, "new", MIB, Stage::Waiting)
        })
    }));
    harness.state_mut().model.snapshot_came(snapshot(rows.into_iter()), 1.0);
    settle(&mut harness);
    assert!((place(&harness) - before).abs() < 1.0);
}

#[test]
fn a_row_that_the_keyboard_goes_to_comes_into_sight() {
    let mut model = model();
    model.snapshot_came(snapshot(many(1000).into_iter()), 0.0);
    let mut harness = harness(model);
    settle(&mut harness);
    click(&mut harness, Modifiers::NONE, "file-1.bin, Waiting");
    press(&mut harness, Modifiers::NONE, Key::End);
    assert_eq!(selected(&harness), [999]);
    let rect = harness
        .get_by_role_and_label(Role::ListItem, "file-999.bin, Waiting")
        .rect();
    assert!(rect.bottom() <= 640.0 - 48.0, "{rect:?}");
    press(&mut harness, Modifiers::NONE, Key::PageUp);
    press(&mut harness, Modifiers::NONE, Key::PageUp);
    press(&mut harness, Modifiers::NONE, Key::Home);
    assert_eq!(selected(&harness), [0]);
}

/// What it costs in time is measured by `tests/bench/window`.
#[test]
fn of_a_hundred_thousand_rows_those_in_sight_are_drawn() {
    let mut model = model();
    model.snapshot_came(snapshot(many(100_000).into_iter()), 0.0);
    let mut harness = harness(model);
    settle(&mut harness);
    let drawn = |harness: &Harness<'_, State>| harness.query_all_by_role(Role::ListItem).count();
    assert!((5..20).contains(&drawn(&harness)), "{}", drawn(&harness));
    click(&mut harness, Modifiers::NONE, "file-1.bin, Waiting");
    press(&mut harness, Modifiers::NONE, Key::End);
    assert!(harness.query_by_label("file-99999.bin, Waiting").is_some());
    assert!((5..20).contains(&drawn(&harness)), "{}", drawn(&harness));
}

#[test]
fn a_message_that_goes_away_by_itself_is_drawn_a_few_times_not_for_ever() {
    let mut harness = harness(model());
    settle(&mut harness);
    harness.state_mut().model.toast(Message::UrlsCopied(2), true, 0.0);
    let frames = harness.run_ok();
    assert!(frames.is_some_and(|frames| frames < 6), "{frames:?}");
}
