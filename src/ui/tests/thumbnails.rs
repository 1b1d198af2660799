//! Thumbnails: asked for what is in sight, shown when they come, few kept.

use super::fixtures::{MIB, State, harness, model, row, with_rows};
use crate::engine::{Stage, UploadId};
use crate::ui::action::Effect;
use crate::ui::backend::ThumbnailRequest;
use crate::ui::view_model;
use eframe::egui::{Color32, ColorImage, TextureOptions};
use egui_kittest::Harness;
use std::path::PathBuf;

fn asked(harness: &mut Harness<'_, State>) -> Vec<ThumbnailRequest> {
    harness.run_ok();
    match harness.state_mut().model.want_thumbnails() {
        Some(Effect::MakeThumbnails(requests)) => requests,
        None => Vec::new(),
        effect => panic!("{effect:?}"),
    }
}

fn of_row(name: &str, count: u64) -> Harness<'_, State> {
    let rows = (1..=count).map(|id| row(id, name, MIB, Stage::Waiting)).collect();
    harness(with_rows(model(), rows))
}

fn came(harness: &mut Harness<'_, State>, upload: u64) {
    let image = ColorImage::filled([80, 80], Color32::RED);
    let texture = harness.ctx.load_texture("thumbnail", image, TextureOptions::LINEAR);
    harness.state_mut().model.thumbnail_came(UploadId(upload), texture);
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
    let requests = asked(&mut harness);
    assert!((3..20).contains(&requests.len()), "{}", requests.len());
    let expected = ThumbnailRequest {
        upload: UploadId(1),
        path: PathBuf::from("/home/me/a.png"),
        size_bytes: MIB,
    };
    assert_eq!(requests.last(), Some(&expected));
    assert_eq!(asked(&mut harness), []);
    came(&mut harness, 1);
    assert!(is_shown(&harness, 0));
    assert!(!is_shown(&harness, 1));
    harness.run_ok();
}

#[test]
fn what_is_no_picture_by_its_real_name_is_never_read() {
    for name in ["a.pdf", "a.mp4", "photo\u{202E}gnp.exe", "a.png\u{200B}"] {
        assert_eq!(asked(&mut of_row(name, 1)), [], "{name:?}");
    }
}

#[test]
fn a_wish_that_was_put_off_is_made_again_and_one_in_vain_is_not() {
    let mut harness = of_row("a.png", 2);
    assert_eq!(asked(&mut harness).len(), 2);
    harness.state_mut().model.no_thumbnail(UploadId(1), true);
    harness.state_mut().model.no_thumbnail(UploadId(2), false);
    let again: Vec<UploadId> = asked(&mut harness).iter().map(|request| request.upload).collect();
    assert_eq!(again, [UploadId(1)]);
}

#[test]
fn few_are_kept_and_those_in_sight_longest() {
    let mut harness = of_row("a.png", 600);
    asked(&mut harness);
    for upload in 1..=600 {
        came(&mut harness, upload);
        // What is in sight is seen with every frame.
        let _asked = harness.state_mut().model.want_thumbnails();
    }
    let shown = (0..600).filter(|place| is_shown(&harness, *place)).count();
    assert_eq!(shown, 256);
    assert!(is_shown(&harness, 0), "it is in sight");
}
