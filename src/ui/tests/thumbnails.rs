//! Thumbnails: asked for what is in sight, shown when they come, few kept.

use super::fixtures::{MIB, State, harness, model, row, with_rows};
use crate::engine::{Stage, UploadId};
use crate::ui::action::{Effect, RowOf};
use crate::ui::backend::ThumbnailRequest;
use crate::ui::model::Page;
use crate::ui::view_model;
use eframe::egui::{Color32, ColorImage, TextureOptions};
use egui_kittest::Harness;
use std::path::PathBuf;

/// What the thread is told after a frame; `None` where that has not changed.
pub(super) fn told(harness: &mut Harness<'_, State>) -> Option<Vec<ThumbnailRequest>> {
    harness.run_ok();
    match harness.state_mut().model.want_thumbnails()? {
        Effect::MakeThumbnails(requests) => Some(requests),
        effect => panic!("{effect:?}"),
    }
}

/// The thumbnail of a row was made.
pub(super) fn came(harness: &mut Harness<'_, State>, of: RowOf) {
    let image = ColorImage::filled([80, 80], Color32::RED);
    let texture = harness.ctx.load_texture("thumbnail", image, TextureOptions::LINEAR);
    harness.state_mut().model.thumbnail_came(of, texture);
}

fn upload(id: u64) -> RowOf {
    RowOf::Upload(UploadId(id))
}

fn of_row(name: &str, count: u64) -> Harness<'_, State> {
    let rows = (1..=count).map(|id| row(id, name, MIB, Stage::Waiting)).collect();
    harness(with_rows(model(), rows))
}

fn is_shown(harness: &Harness<'_, State>, place: usize) -> bool {
    let model = &harness.state().model;
    view_model::row(model, model.row_at(place).unwrap(), 0.0)
        .thumbnail
        .is_some()
}

#[test]
fn pictures_in_sight_are_asked_for_once_the_uppermost_last() {
    let mut harness = of_row("a.png", 1000);
    let requests = told(&mut harness).unwrap();
    assert!((3..20).contains(&requests.len()), "{}", requests.len());
    let expected = ThumbnailRequest {
        of: upload(1),
        path: PathBuf::from("/home/me/a.png"),
        size_bytes: MIB,
        sent_at: None,
    };
    assert_eq!(requests.last(), Some(&expected));
    assert_eq!(told(&mut harness), None);
    came(&mut harness, upload(1));
    assert!(is_shown(&harness, 0));
    assert!(!is_shown(&harness, 1));
    assert_eq!(told(&mut harness), None, "the others are still being made");
}

#[test]
fn what_is_no_picture_by_its_real_name_is_never_read() {
    for name in ["a.pdf", "a.mp4", "photo\u{202E}gnp.exe", "a.png\u{200B}"] {
        assert_eq!(told(&mut of_row(name, 1)), None, "{name:?}");
    }
}

#[test]
fn a_wish_in_vain_is_not_made_again() {
    let mut harness = of_row("a.png", 2);
    assert_eq!(told(&mut harness).unwrap().len(), 2);
    harness.state_mut().model.no_thumbnail(upload(1));
    harness.state_mut().model.no_thumbnail(upload(2));
    assert_eq!(told(&mut harness), None);
}

#[test]
fn what_is_out_of_sight_is_dropped_and_asked_for_again_when_it_is_back() {
    let mut harness = of_row("a.png", 2);
    let asked = told(&mut harness).unwrap();
    harness.state_mut().model.page = Page::Settings;
    assert_eq!(told(&mut harness), Some(Vec::new()));
    assert_eq!(told(&mut harness), None);
    harness.state_mut().model.page = Page::Uploads;
    assert_eq!(told(&mut harness), Some(asked));
}

#[test]
fn few_are_kept_and_those_in_sight_longest() {
    let mut harness = of_row("a.png", 600);
    told(&mut harness);
    for id in 1..=600 {
        came(&mut harness, upload(id));
        // What is in sight is seen with every frame.
        let _told = harness.state_mut().model.want_thumbnails();
    }
    let shown = (0..600).filter(|place| is_shown(&harness, *place)).count();
    assert_eq!(shown, 256);
    assert!(is_shown(&harness, 0), "it is in sight");
}
