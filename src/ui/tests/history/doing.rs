//! What is done with entries: selected, copied, opened, forgotten, deleted.

use super::*;
use crate::ui::view_model;
use crate::ui::words::ENGLISH;

#[test]
fn several_are_selected_copied_and_forgotten() {
    let mut window = window();
    row_of(&window, "스크린샷").click();
    window.settle();
    row_of(&window, "report").click_modifiers(Modifiers::SHIFT);
    window.settle();
    assert!(window.shows("3 selected"));
    window.harness.event(Input::Copy);
    window.settle();
    let base = "https://media-assets.s3.ap-northeast-2.amazonaws.com/k3f9x2ab";
    assert_eq!(window.copied(), [format!("{base}/0\n{base}/1\n{base}/2")]);

    window.key(Modifiers::NONE, Key::Delete);
    assert!(window.shows("Forget 3 entries?"));
    assert!(!window.sent().iter().any(|sent| matches!(sent, Command::Forget(_))));
    window.harness.get_all_by_label("Forget").last().unwrap().click();
    window.settle();
    assert!(
        window
            .sent()
            .iter()
            .any(|sent| matches!(sent, Command::Forget(ids) if *ids == [5, 4, 3]))
    );
    assert!(window.dialog().is_none());

    window.entries.retain(|entry| entry.id < 3);
    window.now = 2.0;
    window.happened(Event::HistoryChanged);
    assert_eq!(window.rows().len(), 2);
    assert!(window.shows("2 uploads"), "nothing that went is selected");
}

#[test]
fn the_keyboard_goes_through_the_list() {
    let mut window = window();
    row_of(&window, "스크린샷").focus();
    window.settle();
    for _ in 0..2 {
        window.key(Modifiers::NONE, Key::ArrowDown);
    }
    assert!(row_of(&window, "contract").is_focused());
    window.key(Modifiers::NONE, Key::Enter);
    let object = ObjectOf::Entry(4);
    assert!(
        window
            .sent()
            .iter()
            .any(|sent| matches!(sent, Command::SignLink(of) if *of == object)),
        "a private object opens by a link for a while"
    );
    window.key(Modifiers::NONE, Key::Delete);
    assert!(
        window
            .sent()
            .iter()
            .any(|sent| matches!(sent, Command::Forget(ids) if *ids == [4]))
    );
}

#[test]
fn all_is_forgotten_after_a_question() {
    let mut window = window();
    window.press("Forget all…");
    assert!(window.shows("Forget the whole history?"));
    assert!(matches!(window.dialog(), Some(Dialog::Forget(Forgetting::All))));
    window.press("Cancel");
    assert!(window.dialog().is_none());
    window.press("Forget all…");
    window.press("Forget");
    assert!(window.sent().iter().any(|sent| matches!(sent, Command::ForgetAll)));
}

fn open_menu(window: &mut Window<'_>, name: &str) {
    row_of(window, name).click_secondary();
    window.settle();
}

#[test]
fn the_menu_offers_to_delete_and_the_entry_then_says_so() {
    let mut window = window();
    open_menu(&mut window, "notes");
    window.press("Delete from S3…");
    assert!(window.shows("Delete from S3?"));
    window.press("Delete");
    let object = ObjectOf::Entry(2);
    assert!(
        window
            .sent()
            .iter()
            .any(|sent| matches!(sent, Command::DeleteObject(of) if *of == object))
    );

    let deletion = Deletion {
        deleted_at: "2026-11-24T12:00:00Z".parse().unwrap(),
        versions_remain: true,
    };
    window.entries[3].deletion = Some(deletion);
    window.now = 2.0;
    window.happened(Event::ObjectDeleted {
        object,
        deletion: Ok(deletion),
    });
    window.happened(Event::HistoryChanged);
    assert!(
        window.rows().contains(&"notes.txt, Deleted".to_owned()),
        "{:?}",
        window.rows()
    );
    assert!(window.shows("notes.txt was deleted from S3"));

    open_menu(&mut window, "notes");
    assert!(!window.shows("Delete from S3…") && !window.shows("Markdown"));
    assert!(window.shows("Show in folder"));
}

#[test]
fn an_entry_of_an_older_version_says_why_it_cannot_be_deleted() {
    let mut past = entries(PAST);
    past[1].destination = None;
    let mut window = Window::of(model(), past);
    assert!(!window.shows("Copy temporary link"));
    let model = &window.harness.state().model;
    let row = view_model::history_row(model, &window.entries[1], &TimeZone::UTC);
    let hint = Some(ENGLISH.handed.private_elsewhere);
    assert_eq!(row.word_hint, hint, "not to copy what is not offered");
    open_menu(&mut window, "contract");
    assert!(window.harness.query_by_label_contains("an older Dropslot").is_some());
    assert!(!window.shows("Delete from S3…"));
    window.press("Markdown");
    let url = "https://media-assets.s3.ap-northeast-2.amazonaws.com/k3f9x2ab/1";
    assert_eq!(window.copied(), [format!("![contract.pdf]({url})")]);
}
