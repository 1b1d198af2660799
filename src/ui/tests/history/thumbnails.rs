//! Thumbnails of entries: asked for by the rows that are drawn, bounded, and let go of when scrolled past.

use super::long::long;
use super::*;
use crate::ui::action::RowOf;
use crate::ui::backend::ThumbnailRequest;
use crate::ui::tests::thumbnails::{came, told};
use crate::ui::view_model;
use std::path::PathBuf;
use std::time::{Duration, UNIX_EPOCH};

/// So many pictures.
fn pictures(number: usize) -> Window<'static> {
    let mut entries = long(number);
    for entry in &mut entries {
        entry.path = format!("/home/me/{}.png", entry.id);
    }
    Window::of(model(), entries)
}

fn ids(requests: &[ThumbnailRequest]) -> Vec<i64> {
    let ids = requests.iter().map(|request| match request.of {
        RowOf::Entry(stamp) => stamp.id,
        RowOf::Upload(upload) => panic!("{upload:?}"),
    });
    ids.collect()
}

#[test]
fn pictures_among_the_entries_in_sight_are_asked_for_once_the_uppermost_last() {
    let mut window = window();
    let requests = told(&mut window.harness).unwrap();
    let newest = &window.entries[0];
    // The rest is no picture, or only looks like one.
    let expected = ThumbnailRequest {
        of: RowOf::Entry(newest.stamp()),
        path: PathBuf::from("/home/me/스크린샷 1.png"),
        size_bytes: 1_258_291,
        sent_at: Some(UNIX_EPOCH + Duration::from_mins(29_925_334)),
    };
    assert_eq!(requests, [expected]);
    assert_eq!(told(&mut window.harness), None);
    let of = requests[0].of;
    came(&mut window.harness, of);
    assert_eq!(told(&mut window.harness), None);
    let model = &window.harness.state().model;
    let row = view_model::history_row(model, &window.entries[0], &TimeZone::UTC);
    assert!(row.thumbnail.is_some());
}

#[test]
fn what_was_scrolled_past_is_not_made() {
    let mut window = pictures(100_000);
    let first = ids(&told(&mut window.harness).unwrap());
    assert!(first.len() < 20 && first.last() == Some(&100_000), "{first:?}");
    row_of(&window, "100000").focus();
    window.settle();
    window.key(Modifiers::NONE, Key::End);
    let last = ids(&told(&mut window.harness).unwrap());
    assert!(last.len() < 20 && last.contains(&1), "{last:?}");
    assert!(!last.iter().any(|id| first.contains(id)), "{last:?}");
}

#[test]
fn a_picture_that_was_gone_is_looked_for_again_when_the_page_is_opened_again() {
    let mut window = pictures(1);
    let asked = told(&mut window.harness).unwrap();
    window.harness.state_mut().model.no_thumbnail(asked[0].of);
    assert_eq!(told(&mut window.harness), None, "it is not asked for over and over");
    window.act(Action::Show(Page::Uploads));
    window.settle();
    assert_eq!(told(&mut window.harness), None);
    window.act(Action::Show(Page::History));
    window.settle();
    assert_eq!(told(&mut window.harness), Some(asked));
}
