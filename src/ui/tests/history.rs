//! The history page: found, read, selected, copied, forgotten, deleted.

use super::fixtures::{SIZE, State, account, commands, harness_of, model, model_in};
use crate::engine::{Command, Event, Found, ObjectOf};
use crate::store::{Deletion, HistoryEntry, Stamp};
use crate::ui::action::{Action, Effect, Forgetting, HistoryAction};
use crate::ui::model::{Dialog, Model, Page};
use crate::ui::words::KOREAN;
use eframe::egui::accesskit::Role;
use eframe::egui::{Event as Input, Key, Modifiers, MouseWheelSource, MouseWheelUnit, Theme, TouchPhase, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::civil::date;
use jiff::tz::TimeZone;
use std::collections::HashSet;

/// Names, when they were done, and who can open them; newest first, the last has the id 1.
type Past<'a> = &'a [(&'a str, &'a str, &'a str)];

const PAST: Past<'_> = &[
    ("스크린샷 1.png", "2026-11-24T11:34:00Z", "public"),
    ("contract.pdf", "2026-11-24T05:10:00Z", "private"),
    ("report.pdf", "2026-11-23T22:46:00Z", "unknown"),
    ("notes.txt", "2026-11-02T08:00:00Z", "public"),
    ("photo\u{202E}gnp.exe", "2025-12-31T08:00:00Z", "public"),
];

fn entries(past: Past<'_>) -> Vec<HistoryEntry> {
    let entry = |(index, (name, done_at, access)): (usize, &(&str, &str, &str))| HistoryEntry {
        id: i64::try_from(past.len() - index).unwrap(),
        done_at: done_at.parse().unwrap(),
        path: format!("/home/me/{name}"),
        bucket: "media-assets".to_owned(),
        object_key: format!("k3f9x2ab/{name}"),
        url: format!("https://media-assets.s3.ap-northeast-2.amazonaws.com/k3f9x2ab/{index}"),
        etag: None,
        size_bytes: 1_258_291,
        content_type: "image/png".to_owned(),
        proof: "crc64nvme".to_owned(),
        access: (*access).to_owned(),
        destination: Some(account("media-assets")),
        deletion: None,
    };
    past.iter().enumerate().map(entry).collect()
}

fn stamp(entry: &HistoryEntry) -> Stamp {
    Stamp {
        id: entry.id,
        done_at_ms: entry.done_at.as_millisecond(),
    }
}

/// What the engine would answer from `entries`.
fn answer(model: &mut Model, entries: &[HistoryEntry], effects: &[Effect], now: f64) -> Vec<Effect> {
    let mut follow = Vec::new();
    for command in commands(effects) {
        let event = match command {
            Command::FindHistory { question, text } => {
                let found = entries.iter().filter(|entry| entry.path.contains(text.as_str()));
                let found = Found {
                    stamps: found.map(stamp).collect(),
                    zone: TimeZone::UTC,
                };
                Event::HistoryFound {
                    question: *question,
                    found: Ok(found),
                }
            }
            Command::ReadHistory { question, ids } => {
                let read = |id: &i64| entries.iter().find(|entry| entry.id == *id).cloned();
                Event::HistoryRead {
                    question: *question,
                    entries: ids.iter().filter_map(read).collect(),
                }
            }
            _ => continue,
        };
        follow.extend(model.happened(event, now));
    }
    follow
}

/// The page with some entries, as it is drawn when all of them are read.
pub(super) fn page<'a>(model: Model, theme: Theme) -> Harness<'a, State> {
    Window::in_theme(model, entries(PAST), theme).harness
}

/// The page, with an engine behind it that knows `entries`.
struct Window<'a> {
    harness: Harness<'a, State>,
    entries: Vec<HistoryEntry>,
    /// Everything that was asked for outside of the window.
    effects: Vec<Effect>,
    now: f64,
}

impl Window<'_> {
    fn of(model: Model, entries: Vec<HistoryEntry>) -> Self {
        Self::in_theme(model, entries, Theme::Light)
    }

    fn in_theme(mut model: Model, entries: Vec<HistoryEntry>, theme: Theme) -> Self {
        model.history.today = date(2026, 11, 24);
        let effects = model.act(Action::Show(Page::History), 0.0);
        answer(&mut model, &entries, &effects, 0.0);
        let mut window = Self {
            harness: harness_of(model, theme, SIZE, 1.0),
            entries,
            effects: Vec::new(),
            now: 1.0,
        };
        window.settle();
        window
    }

    fn act(&mut self, action: Action) {
        let model = &mut self.harness.state_mut().model;
        let effects = model.act(action, self.now);
        let follow = answer(model, &self.entries, &effects, self.now);
        self.effects.extend(effects);
        self.effects.extend(follow);
    }

    /// Draws, and does what is asked after each frame, as the real window does, until nothing is.
    fn settle(&mut self) {
        let mut quiet = 0;
        while quiet < 4 {
            self.harness.step();
            let asked = std::mem::take(&mut self.harness.state_mut().actions);
            quiet = if asked.is_empty() { quiet + 1 } else { 0 };
            for action in asked {
                self.act(action);
            }
        }
        self.harness.run_ok();
    }

    fn press(&mut self, label: &str) {
        self.harness.get_by_label(label).click();
        self.settle();
    }

    fn key(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.settle();
    }

    fn happened(&mut self, event: Event) {
        let model = &mut self.harness.state_mut().model;
        let effects = model.happened(event, self.now);
        answer(model, &self.entries, &effects, self.now);
        self.settle();
    }

    fn shows(&self, label: &str) -> bool {
        self.harness.query_all_by_label(label).next().is_some()
    }

    /// The list, as assistive technology reads it.
    fn rows(&self) -> Vec<String> {
        let rows = self.harness.query_all_by_role(Role::ListItem);
        rows.filter_map(|row| row.accesskit_node().label()).collect()
    }

    fn copied(&self) -> Vec<&str> {
        let copied = self.effects.iter().filter_map(|effect| match effect {
            Effect::Copy(text) => Some(text.as_str()),
            _ => None,
        });
        copied.collect()
    }

    fn sent(&self) -> Vec<&Command> {
        commands(&self.effects)
    }

    fn dialog(&self) -> Option<&Dialog> {
        self.harness.state().model.dialog.as_ref()
    }
}

fn window<'a>() -> Window<'a> {
    Window::of(model(), entries(PAST))
}

fn row_of<'a>(window: &'a Window<'_>, name: &'a str) -> egui_kittest::Node<'a> {
    let mut rows = window.harness.query_all_by(move |node| {
        node.role() == Role::ListItem && node.label().is_some_and(|label| label.starts_with(name))
    });
    rows.next().unwrap()
}

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
    open_menu(&mut window, "contract");
    assert!(window.harness.query_by_label_contains("an older Dropslot").is_some());
    assert!(!window.shows("Delete from S3…"));
    window.press("Markdown");
    let url = "https://media-assets.s3.ap-northeast-2.amazonaws.com/k3f9x2ab/1";
    assert_eq!(window.copied(), [format!("![contract.pdf]({url})")]);
}

/// A long history, one entry a quarter of an hour.
fn long(number: usize) -> Vec<HistoryEntry> {
    let newest: jiff::Timestamp = "2026-11-24T11:00:00Z".parse().unwrap();
    let mut long = Vec::with_capacity(number);
    for index in 0..number {
        let id = i64::try_from(number - index).unwrap();
        let mut entry = entries(&[("", "2026-11-24T11:00:00Z", "public")]).remove(0);
        entry.id = id;
        entry.path = format!("/home/me/{id}.txt");
        let ago = jiff::SignedDuration::from_mins(15 * i64::try_from(index).unwrap());
        entry.done_at = newest.checked_sub(ago).unwrap();
        long.push(entry);
    }
    long
}

#[test]
fn of_a_hundred_thousand_entries_only_those_in_sight_are_read_and_drawn() {
    let mut window = Window::of(model(), long(100_000));
    assert!(window.shows("100,000 uploads"));
    let read = |window: &Window<'_>| -> usize {
        let ids = window.sent().into_iter().filter_map(|sent| match sent {
            Command::ReadHistory { ids, .. } => Some(ids),
            _ => None,
        });
        ids.flatten().collect::<HashSet<_>>().len()
    };
    assert!(read(&window) < 200, "{}", read(&window));
    assert!(window.rows().len() < 20, "{:?}", window.rows());

    row_of(&window, "100000").focus();
    window.settle();
    window.key(Modifiers::NONE, Key::End);
    assert!(
        window.rows().contains(&"1.txt, Public".to_owned()),
        "{:?}",
        window.rows()
    );
    assert!(read(&window) < 400, "{}", read(&window));
    assert!(window.rows().len() < 20, "{:?}", window.rows());
}

#[test]
fn what_is_read_stands_still_while_uploads_end() {
    let mut window = Window::of(model(), long(1000));
    window.harness.hover_at(window.harness.ctx.content_rect().center());
    window.harness.event(Input::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, -3000.0),
        modifiers: Modifiers::NONE,
        phase: TouchPhase::Move,
        source: MouseWheelSource::Unknown,
    });
    window.settle();
    let before: Vec<_> = window.rows();
    let name = before[3].clone();
    let at = row_of(&window, &name).rect().top();

    let mut newer = long(1003);
    // The same as before, and three on top.
    let shift = jiff::SignedDuration::from_mins(45);
    for entry in &mut newer {
        entry.done_at = entry.done_at.checked_add(shift).unwrap();
    }
    window.entries = newer;
    window.now = 2.0;
    window.happened(Event::HistoryChanged);
    assert!(window.shows("1,003 uploads"));
    // The first stays where the keyboard comes to, out of sight: it is another now.
    assert_eq!(window.rows()[..10], before[..10]);
    assert!((row_of(&window, &name).rect().top() - at).abs() < 1.0);
}

#[test]
fn while_many_uploads_end_the_page_asks_now_and_then() {
    let mut model = model();
    model.act(Action::Show(Page::History), 0.0);
    let asked = |effects: &[Effect]| commands(effects).len();
    assert_eq!(asked(&model.happened(Event::HistoryChanged, 10.0)), 1);
    for _ in 0..100 {
        assert_eq!(asked(&model.happened(Event::HistoryChanged, 10.1)), 0);
    }
    let (effects, next) = model.time_passed(10.2);
    assert_eq!(asked(&effects), 0);
    assert!((next.unwrap() - 0.3).abs() < 0.001);
    assert_eq!(asked(&model.time_passed(10.6).0), 1);
    model.act(Action::Show(Page::Uploads), 11.0);
    assert_eq!(asked(&model.happened(Event::HistoryChanged, 20.0)), 0, "nobody sees it");
}
