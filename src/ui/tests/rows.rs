//! Working with the list: selection, keys, a row's menu, the order of the Tab key, many rows.

use super::fixtures::{
    MIB, State, acl_refused, commands, done, every_stage, harness, harness_of, model, row, sending, with_rows,
};
use crate::engine::{BatchId, Command, Snapshot, Stage, UploadId, UploadRow};
use crate::store::CopyFormat;
use crate::transfer::{Access, Proof};
use crate::ui::action::{Action, CopySource, Effect, RowsAction};
use crate::ui::model::Dialog;
use crate::ui::uploads_ui::row_id;
use eframe::egui::{Event, Key, Modifiers, PointerButton, Pos2, Theme, accesskit::Role, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use std::sync::Arc;
use std::time::Duration;

/// Draws and acts until nothing is asked for any more; gives what is to be done outside.
fn settle(harness: &mut Harness<'_, State>) -> Vec<Effect> {
    let mut effects = Vec::new();
    loop {
        harness.run_ok();
        let actions = std::mem::take(&mut harness.state_mut().actions);
        if actions.is_empty() {
            return effects;
        }
        for action in actions {
            effects.extend(harness.state_mut().model.act(action, 10.0));
        }
    }
}

fn press(harness: &mut Harness<'_, State>, modifiers: Modifiers, key: Key) -> Vec<Effect> {
    harness.key_press_modifiers(modifiers, key);
    settle(harness)
}

fn click(harness: &mut Harness<'_, State>, modifiers: Modifiers, name: &str) -> Vec<Effect> {
    let at = harness.get_by_role_and_label(Role::ListItem, name).rect().left_center() + vec2(90.0, 0.0);
    point(harness, at, modifiers, PointerButton::Primary)
}

fn point(harness: &mut Harness<'_, State>, at: Pos2, modifiers: Modifiers, button: PointerButton) -> Vec<Effect> {
    harness.hover_at(at);
    for pressed in [true, false] {
        let event = Event::PointerButton {
            pos: at,
            button,
            pressed,
            modifiers,
        };
        harness.event_modifiers(event, modifiers);
    }
    settle(harness)
}

fn done_row(id: u64, name: &str) -> UploadRow {
    row(id, name, MIB, done(name, Access::Public, Proof::Crc64Nvme))
}

fn five<'a>() -> Harness<'a, State> {
    let rows = ["a", "b", "c", "d", "e"];
    let rows = (1..).zip(rows).map(|(id, name)| done_row(id, name)).collect();
    let mut harness = harness(with_rows(model(), rows));
    settle(&mut harness);
    harness
}

fn selected(harness: &Harness<'_, State>) -> Vec<u64> {
    harness.state().model.selected_rows().map(|row| row.id.0).collect()
}

fn copied(effects: &[Effect]) -> &str {
    match effects {
        [Effect::Copy(text)] => text,
        effects => panic!("{effects:?}"),
    }
}

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
    let uploads = rows.into_iter().map(Arc::new).collect();
    let totals = harness.state().model.snapshot.totals;
    let snapshot = Arc::new(Snapshot { uploads, totals });
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
        matches!(
            commands(&effects)[..],
            [Command::Remove(UploadId(2)), Command::Remove(UploadId(3))]
        ),
        "{effects:?}"
    );
    with_rows_again(&mut harness, vec![done_row(1, "a"), done_row(4, "d"), done_row(5, "e")]);
    assert_eq!(selected(&harness), [0; 0]);
    press(&mut harness, Modifiers::NONE, Key::Space);
    assert_eq!(selected(&harness), [5], "what came to the place of the last");
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
        matches!(commands(&effects)[..], [Command::Cancel(UploadId(2))]),
        "{effects:?}"
    );

    let mut harness = running(30 * MIB);
    click(&mut harness, Modifiers::NONE, "a, Sending");
    press(&mut harness, Modifiers::COMMAND, Key::A);
    assert!(press(&mut harness, Modifiers::NONE, Key::Escape).is_empty());
    assert!(harness.query_by_label("Cancel 2 uploads?").is_some());
    assert!(
        harness
            .query_by_label_contains("30.0 MiB have been sent already")
            .is_some()
    );
    // Escape, and Enter on what is offered first, leave them alone.
    assert!(press(&mut harness, Modifiers::NONE, Key::Enter).is_empty());
    assert!(harness.state().model.dialog.is_none());
    assert_eq!(selected(&harness), [1, 2]);
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
        matches!(commands(&effects)[..], [Command::Cancel(UploadId(2))]),
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

#[test]
fn the_menu_of_a_row_is_reached_by_its_button_the_pointer_and_the_keyboard() {
    let mut harness = five();
    harness.get_all_by_label("More").next().unwrap().click();
    settle(&mut harness);
    assert!(harness.query_by_label("Markdown").is_some());
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(harness.query_by_label("Markdown").is_none());

    let at = harness
        .get_by_role_and_label(Role::ListItem, "c, Public")
        .rect()
        .center();
    point(&mut harness, at, Modifiers::NONE, PointerButton::Secondary);
    assert!(harness.query_by_label("Markdown").is_some());
    assert_eq!(selected(&harness), [3], "the menu is of what is marked");
    point(
        &mut harness,
        Pos2::new(400.0, 500.0),
        Modifiers::NONE,
        PointerButton::Primary,
    );
    assert!(harness.query_by_label("Markdown").is_none());

    for (modifiers, key) in [(Modifiers::NONE, Key::Menu), (Modifiers::SHIFT, Key::F10)] {
        press(&mut harness, modifiers, key);
        press(&mut harness, Modifiers::NONE, Key::ArrowDown);
        let effects = press(&mut harness, Modifiers::NONE, Key::Enter);
        let url = "https://media-assets.s3.ap-northeast-2.amazonaws.com/k3f9x2ab/c";
        assert_eq!(copied(&effects), format!("![c]({url})"));
        assert!(harness.query_by_label("Markdown").is_none(), "it has closed");
        assert!(harness.state().model.just_copied(CopySource::Url(UploadId(3))));
        let focused = harness.ctx.memory(|memory| memory.focused());
        assert_eq!(focused, Some(row_id(UploadId(3))), "the keyboard is back in the list");
    }
}

#[test]
fn the_menu_offers_what_the_stage_allows() {
    let offered = |stage: Stage| {
        let model = with_rows(model(), vec![row(1, "a.png", MIB, stage)]);
        let entries = crate::ui::view_model::row_menu(&model, model.row_at(0).unwrap());
        let labels = entries.into_iter().filter_map(|entry| match entry {
            crate::ui::widgets::MenuEntry::Item { label, .. } => Some(label),
            _ => None,
        });
        labels.collect::<Vec<_>>().join(", ")
    };
    assert_eq!(
        offered(done("a.png", Access::Public, Proof::Md5)),
        "URL, Markdown, HTML, Open, QR code…, Show in folder, Upload again, Delete from S3…, Remove from the list"
    );
    assert_eq!(
        offered(done("a.png", Access::Private, Proof::Md5)),
        "URL, Markdown, HTML, Copy temporary link, QR code…, Show in folder, Upload again, Delete from S3…, Remove from the list"
    );
    assert_eq!(offered(Stage::Sending), "Show in folder, Cancel");
    assert_eq!(offered(Stage::Cancelled), "Show in folder, Retry, Remove from the list");
    assert_eq!(
        offered(Stage::Interrupted),
        "Show in folder, Resume, Remove from the list"
    );
}

#[test]
fn upload_again_sends_the_file_to_where_it_went() {
    let mut model = with_rows(model(), vec![done_row(1, "a.png")]);
    let mut elsewhere = super::fixtures::account("elsewhere");
    elsewhere.copy = CopyFormat::Template("{url}".to_owned());
    model.batches.entry(BatchId(1)).or_default().destination = Some(elsewhere.clone());
    let effects = model.act(Action::Rows(RowsAction::SendAgain(UploadId(1))), 0.0);
    let [Command::Add(request)] = commands(&effects)[..] else {
        panic!("{effects:?}")
    };
    assert_eq!(request.destination, elsewhere);
    assert_eq!(request.paths, [std::path::PathBuf::from("/home/me/a.png")]);
    assert_eq!(request.hold, Duration::ZERO);
}

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
fn tab_goes_from_the_header_by_the_zone_to_the_list_and_then_the_footer() {
    let mut harness = five();
    let names = tab_round(&mut harness);
    let list = ["a, Public", "Copy URL", "Open", "More", "Clear ended", "Copy all URLs"];
    let at = names.iter().position(|name| name == "a, Public").unwrap();
    assert_eq!(names[at..], list);
    let before = names[..at].join(", ");
    assert!(
        before.ends_with("Choose files…, Choose folder…, Edit options…"),
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

fn many(count: u64) -> Vec<Arc<UploadRow>> {
    let rows = (0..count).map(|id| Arc::new(row(id, &format!("file-{id}.bin"), MIB, Stage::Waiting)));
    rows.collect()
}

fn shown(uploads: Vec<Arc<UploadRow>>) -> Arc<Snapshot> {
    Arc::new(Snapshot {
        uploads,
        ..Snapshot::default()
    })
}

#[test]
fn what_is_read_stands_still_while_a_batch_comes_on_top() {
    let mut model = model();
    model.snapshot_came(shown(many(1000)), 0.0);
    let mut harness = harness(model);
    settle(&mut harness);
    harness
        .get_by_role_and_label(Role::ListItem, "file-2.bin, Waiting")
        .hover();
    settle(&mut harness);
    harness.event(Event::MouseWheel {
        source: eframe::egui::MouseWheelSource::Wheel,
        unit: eframe::egui::MouseWheelUnit::Point,
        delta: vec2(0.0, -3030.0),
        phase: eframe::egui::TouchPhase::Move,
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
    harness.state_mut().model.snapshot_came(shown(rows), 1.0);
    settle(&mut harness);
    assert!((place(&harness) - before).abs() < 1.0);
}

#[test]
fn a_row_that_the_keyboard_goes_to_comes_into_sight() {
    let mut model = model();
    model.snapshot_came(shown(many(1000)), 0.0);
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

/// Seconds for one frame, and for one snapshot in which one row has changed.
fn costs(count: u64) -> (f64, f64) {
    let uploads = many(count);
    let mut model = model();
    model.snapshot_came(shown(uploads.clone()), 0.0);
    let mut harness = harness(model);
    settle(&mut harness);
    let frames = 10;
    let began = std::time::Instant::now();
    for _ in 0..frames {
        harness.step();
    }
    let frame = began.elapsed().as_secs_f64() / f64::from(frames);
    let mut snapshots: Vec<Arc<Snapshot>> = Vec::new();
    let mut changing = uploads;
    for sent in 1..=20 {
        changing[0] = Arc::new(sending(0, "file-0.bin", MIB, sent));
        snapshots.push(shown(changing.clone()));
    }
    let began = std::time::Instant::now();
    for snapshot in snapshots {
        harness.state_mut().model.snapshot_came(snapshot, 1.0);
    }
    (frame, began.elapsed().as_secs_f64() / 20.0)
}

#[test]
fn a_frame_costs_the_same_with_a_hundred_thousand_rows_as_with_ten() {
    let (few, _) = costs(10);
    let (many, _) = costs(10_000);
    let (very_many, snapshot) = costs(100_000);
    println!(
        "a frame with 10, 10,000 and 100,000 rows: {few:.4}, {many:.4}, {very_many:.4} s; a snapshot {snapshot:.5} s"
    );
    // Nine rows are in sight of ten, and ten of many; the machine may be busy with something else.
    assert!(many < few * 3.0, "{few} {many}");
    assert!(very_many < few * 3.0, "{few} {very_many}");
    // At most 20 come a second.
    assert!(snapshot < 0.025, "{snapshot}");
}
