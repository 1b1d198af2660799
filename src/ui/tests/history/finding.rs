//! What is shown of the history, and found in it.

use super::*;

#[test]
fn entries_stand_below_their_days_with_a_word_each() {
    let window = window();
    for day in ["Today", "Yesterday", "Monday, November 2", "December 31, 2025"] {
        assert!(window.shows(day), "{day}");
    }
    assert_eq!(
        window.rows(),
        [
            "스크린샷 1.png, Public",
            "contract.pdf, Private",
            "report.pdf, Done",
            "notes.txt, Public",
            "photo□gnp.exe, Public",
        ]
    );
    assert!(window.shows("5 uploads"));
    assert!(window.shows(" · 1.1 MiB · 05:10"));
}

#[test]
fn days_and_words_are_korean_with_the_bundled_fonts_alone() {
    let window = Window::of(model_in(&KOREAN), entries(PAST));
    for text in [
        "오늘",
        "어제",
        "11월 2일 월요일",
        "2025년 12월 31일",
        "업로드 5개",
        " · 1.1 MiB · 오전 5:10",
    ] {
        assert!(window.shows(text), "{text}");
    }
}

#[test]
fn what_is_typed_is_searched_and_escape_clears_it() {
    let mut window = window();
    window.key(Modifiers::COMMAND, Key::F);
    window.harness.get_by_label("Search the history").type_text("report");
    window.settle();
    assert_eq!(window.rows(), ["report.pdf, Done"]);
    assert!(window.shows("1 result"));

    window.key(Modifiers::NONE, Key::Escape);
    assert_eq!(window.rows().len(), 5);
    assert!(window.shows("5 uploads"));
}

#[test]
fn the_search_is_reached_from_any_page() {
    let mut window = window();
    window.act(Action::Show(Page::Uploads));
    window.settle();
    window.key(Modifiers::COMMAND, Key::F);
    assert_eq!(window.harness.state().model.page, Page::History);
    assert!(window.harness.get_by_label("Search the history").is_focused());
}

#[test]
fn what_is_not_there_is_said() {
    let mut window = window();
    window.harness.get_by_label("Search the history").focus();
    window
        .harness
        .get_by_label("Search the history")
        .type_text("nothing\u{202E}like it");
    window.settle();
    assert!(window.shows("Nothing matches “nothing□like it”"));
    window.act(Action::History(HistoryAction::ClearSearch));
    window.settle();
    assert_eq!(window.rows().len(), 5);

    let empty = Window::of(model(), Vec::new());
    assert!(empty.shows("No uploads yet"));
    assert!(!empty.shows("Forget all…"));
}

#[test]
fn an_answer_that_comes_late_is_dropped() {
    let mut window = window();
    let model = &mut window.harness.state_mut().model;
    model.history.text = "first".to_owned();
    let first = model.act(Action::History(HistoryAction::Search), 1.0);
    model.history.text = "report".to_owned();
    let second = model.act(Action::History(HistoryAction::Search), 1.0);
    let all = entries(PAST);
    answer(model, &all, &second, 1.0);
    answer(model, &all, &first, 1.0);
    window.settle();
    assert_eq!(window.rows(), ["report.pdf, Done"]);
}
