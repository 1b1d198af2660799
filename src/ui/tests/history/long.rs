//! A long history, and one that changes while it is read.

use super::*;

/// A long history, one entry a quarter of an hour.
pub(super) fn long(number: usize) -> Vec<HistoryEntry> {
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

#[test]
fn an_open_page_is_drawn_again_at_midnight() {
    let time = |time: &str| {
        let time: jiff::Timestamp = time.parse().unwrap();
        time.to_zoned_datetime(TimeZone::UTC)
    };
    let mut model = model();
    model.history.wall_clock_says(&time("2026-11-24T23:59:00Z"), 100.0);
    assert_eq!(model.time_passed(100.0).1, None, "nobody sees it");
    model.act(Action::Show(Page::History), 100.0);
    let next = model.time_passed(110.0).1.unwrap();
    assert!((next - 50.0).abs() < 0.001, "{next}");
    model.history.wall_clock_says(&time("2026-11-25T00:00:00Z"), 160.0);
    assert_eq!(model.history.today, date(2026, 11, 25));
    let next = model.time_passed(160.0).1.unwrap();
    assert!((next - 86_400.0).abs() < 0.001, "{next}");
}
