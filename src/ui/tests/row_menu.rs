//! The menu of a row.

use super::fixtures::{MIB, account, commands, done, model, row, with_rows};
use super::hands::{copied, done_row, five, point, press, selected, settle};
use crate::engine::{BatchId, Command, ObjectOf, Stage, UploadId};
use crate::store::CopyFormat;
use crate::transfer::{Access, Proof};
use crate::ui::action::{Action, CopySource, RowsAction};
use crate::ui::uploads_ui::row_id;
use crate::ui::view_model;
use crate::ui::widgets::MenuEntry;
use eframe::egui::{Key, Memory, Modifiers, PointerButton, Pos2, accesskit::Role};
use egui_kittest::kittest::Queryable as _;
use std::path::PathBuf;
use std::time::Duration;

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
        assert!(
            harness
                .state()
                .model
                .just_copied(CopySource::Link(ObjectOf::Upload(UploadId(3))))
        );
        let focused = harness.ctx.memory(Memory::focused);
        assert_eq!(focused, Some(row_id(UploadId(3))), "the keyboard is back in the list");
    }
}

#[test]
fn the_menu_offers_what_the_stage_allows() {
    let offered = |stage: Stage| {
        let model = with_rows(model(), vec![row(1, "a.png", MIB, stage)]);
        let entries = view_model::row_menu(&model, model.row_at(0).unwrap());
        let labels = entries.into_iter().filter_map(|entry| match entry {
            MenuEntry::Item { label, .. } => Some(label),
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
    let mut elsewhere = account("elsewhere");
    elsewhere.copy = CopyFormat::Template("{url}".to_owned());
    model.batches.entry(BatchId(1)).or_default().destination = Some(elsewhere.clone());
    let effects = model.act(Action::Rows(RowsAction::SendAgain(UploadId(1))), 0.0);
    let [Command::Add(request)] = commands(&effects)[..] else {
        panic!("{effects:?}")
    };
    assert_eq!(*request.destination, elsewhere);
    assert_eq!(request.paths, [PathBuf::from("/home/me/a.png")]);
    assert_eq!(request.hold, Duration::ZERO);
}
