//! The window as it looks: drawn without a display and held against the pictures in `tests/snapshots/`.
//!
//! After a change that is meant, look at the new pictures and keep them:
//! `UPDATE_SNAPSHOTS=1 cargo nextest run -E 'test(/ui::tests::pictures/)'`. Where a picture differs, `NAME.new.png` and
//! `NAME.diff.png` beside it show what was drawn and where it differs.
//!
//! Nothing of the machine is in them: the bundled typefaces alone, the harness' clock, no animation, a processor that
//! draws (lavapipe, from `mesa-vulkan-drivers`).

mod dialogs;
mod handed;

use super::fixtures::{
    MIB, State, buckets, every_stage, harness_of, login_expired, model_in, row, with_questions, with_rows,
};
use super::language::assert_no_english;
use super::{history, unfinished, watching};
use crate::engine::failure::StoreReason;
use crate::engine::{BatchId, Code, Event, Failure, Stage, UploadId, UploadRow};
use crate::ui::action::{Action, RowsAction};
use crate::ui::model::{Hover, Message, Model, Page, UnfinishedAction};
use crate::ui::words::{ENGLISH, KOREAN, Words};
use eframe::egui::{Pos2, Rect, Theme, Vec2, pos2, vec2};
use egui_kittest::kittest::Queryable as _;
use egui_kittest::{Harness, SnapshotOptions, SnapshotResults};
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use std::path::Path;
use std::time::Duration;

/// How far the colour of one pixel may be from the picture's, as `dify` weighs it.
///
/// Measured: lavapipe draws the same twice, to the bit; OpenGL by llvmpipe differs from it by up to 0.4, in 216 pixels of
/// a picture. The colour of lines 3 steps lighter of 255 is 3.0 away, an accent some 8 steps off more than 10.0; a footer
/// one point higher moves 1,818 pixels.
const THRESHOLD: f32 = 0.6;
/// How many pixels may be further: another Mesa may round a corner or a letter's edge the other way.
const STRAY_PIXELS: usize = 40;
const FOLDER: &str = "tests/snapshots";

/// A theme and a language, as the names of pictures end.
struct Look {
    theme: Theme,
    words: &'static Words,
    name: &'static str,
}

const LIGHT_ENGLISH: Look = look(Theme::Light, &ENGLISH, "light-en");
const DARK_ENGLISH: Look = look(Theme::Dark, &ENGLISH, "dark-en");
const LIGHT_KOREAN: Look = look(Theme::Light, &KOREAN, "light-ko");
const DARK_KOREAN: Look = look(Theme::Dark, &KOREAN, "dark-ko");

/// Both themes and both languages in two pictures, where all four would show little more.
const TWO: [Look; 2] = [LIGHT_ENGLISH, DARK_KOREAN];
const FOUR: [Look; 4] = [LIGHT_ENGLISH, DARK_ENGLISH, LIGHT_KOREAN, DARK_KOREAN];

const fn look(theme: Theme, words: &'static Words, name: &'static str) -> Look {
    Look { theme, words, name }
}

fn drawn<'a>(model: Model, theme: Theme, size: Vec2, scale: f32) -> Harness<'a, State> {
    let mut harness = harness_of(model, theme, size, scale);
    harness.run_ok();
    harness
}

/// Pictures that one test compares: what differs in any of them is told at its end.
#[derive(Default)]
struct Album {
    results: SnapshotResults,
}

impl Album {
    /// Draws `model_of` in each look.
    fn compare(
        &mut self,
        scene: &str,
        looks: &[Look],
        size: Vec2,
        scale: f32,
        model_of: impl Fn(&'static Words) -> Model,
    ) {
        for look in looks {
            let mut harness = drawn(model_of(look.words), look.theme, size, scale);
            if std::ptr::eq(look.words, &raw const KOREAN) {
                assert_no_english(&harness);
            }
            self.compare_drawn(&format!("{scene}-{}", look.name), &mut harness);
        }
    }

    /// What stands in `harness` now.
    fn compare_drawn(&mut self, name: &str, harness: &mut Harness<'_, State>) {
        let options = SnapshotOptions::new()
            .threshold(THRESHOLD)
            .max_failed_pixels(STRAY_PIXELS)
            .output_path(FOLDER);
        self.results.add(harness.try_snapshot_options(name, &options));
        if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
            compress(&Path::new(FOLDER).join(format!("{name}.png")));
        }
    }
}

/// Kittest writes fast and large: with four bytes a pixel, and twice as long as needed.
fn compress(path: &Path) {
    let picture = image::open(path).unwrap().to_rgb8();
    let mut compressed = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut compressed, CompressionType::Best, FilterType::NoFilter);
    picture.write_with_encoder(encoder).unwrap();
    if compressed.len() < std::fs::read(path).unwrap().len() {
        std::fs::write(path, compressed).unwrap();
    }
}

#[test]
fn watched_folders_look_as_they_did() {
    let mut album = Album::default();
    album.compare("watching", &TWO, vec2(720.0, 560.0), 1.0, watching::with_every_line);
    album.compare(
        "watching-empty",
        &[LIGHT_ENGLISH],
        vec2(720.0, 480.0),
        1.0,
        watching::with_lines,
    );
}

#[test]
fn every_stage_looks_as_it_did() {
    Album::default().compare("rows", &FOUR, vec2(900.0, 1120.0), 1.0, |words| {
        let mut model = with_rows(model_in(words), every_stage());
        let failed = model
            .snapshot
            .uploads
            .iter()
            .find(|row| row.id.0 == 4)
            .map(|row| row.id);
        model.details_open.extend(failed);
        model
    });
}

#[test]
fn questions_and_a_network_that_has_gone_look_as_they_did() {
    let model = |words| with_questions(model_in(words));
    Album::default().compare("questions", &FOUR, vec2(800.0, 720.0), 1.0, model);
}

#[test]
fn an_empty_window_looks_as_it_did() {
    let mut album = Album::default();
    album.compare("empty", &TWO, vec2(900.0, 640.0), 1.0, model_in);
    album.compare("empty-small", &[LIGHT_KOREAN], vec2(520.0, 400.0), 1.0, model_in);
}

#[test]
fn the_overlay_looks_as_it_did() {
    Album::default().compare("overlay", &TWO, vec2(640.0, 480.0), 1.0, |words| {
        let mut model = with_rows(model_in(words), every_stage());
        model.hover = Some(Hover {
            count: Some(5),
            names: ["스크린샷 1.png", "demo.mp4", "report.pdf"].map(str::to_owned).to_vec(),
        });
        model
    });
}

#[test]
fn the_strips_look_as_they_did() {
    Album::default().compare("strips", &TWO, vec2(800.0, 600.0), 1.0, strips);
}

/// Everything that may stand above the list.
fn strips(words: &'static Words) -> Model {
    let mut rows = every_stage();
    rows.rotate_right(1);
    rows.truncate(3);
    let held = Stage::Held {
        remaining: Duration::from_secs(2),
    };
    rows.extend([
        UploadRow {
            batch: BatchId(2),
            ..row(21, "여름 사진.zip", 48 * MIB, held.clone())
        },
        UploadRow {
            batch: BatchId(2),
            ..row(22, "notes.txt", 2_048, held)
        },
        row(23, "old.iso", MIB, Stage::Interrupted),
    ]);
    let mut model = with_rows(model_in(words), rows);
    model.parked = vec!["/home/me/a.png".into()];
    let disk_full = Failure::new(Code::Store, StoreReason::DiskFull);
    model.happened(Event::Trouble(disk_full), 0.0);
    model.happened(Event::Buckets(buckets(Err(login_expired()))), 0.0);
    model.toast(Message::UrlsCopied(3), true, 0.0);
    model
}

#[test]
fn the_menus_look_as_they_did() {
    let mut album = Album::default();
    for (name, place, look) in [
        ("profiles", pos2(100.0, 28.0), LIGHT_ENGLISH),
        ("buckets", pos2(300.0, 28.0), DARK_KOREAN),
    ] {
        let mut harness = drawn(model_in(look.words), look.theme, vec2(640.0, 480.0), 1.0);
        click(&mut harness, place);
        album.compare_drawn(&format!("{name}-{}", look.name), &mut harness);
    }
}

#[test]
fn the_menu_of_a_row_looks_as_it_did() {
    Album::default().compare("row-menu", &[DARK_KOREAN], vec2(560.0, 480.0), 1.0, |words| {
        let mut model = with_rows(model_in(words), every_stage().into_iter().take(1).collect());
        let upload = UploadId(1);
        let anchor = Rect::from_min_size(pos2(504.0, 188.0), Vec2::splat(28.0));
        model.act(Action::Rows(RowsAction::OpenMenu(upload, anchor)), 0.0);
        model
    });
}

#[test]
fn controls_under_the_pointer_and_the_keyboard_look_as_they_did() {
    let mut album = Album::default();
    for look in TWO {
        let mut rows = every_stage();
        rows.truncate(1);
        let mut harness = drawn(
            with_rows(model_in(look.words), rows),
            look.theme,
            vec2(560.0, 288.0),
            2.0,
        );
        let copy = harness.get_by_label(look.words.copy_url);
        copy.focus();
        copy.hover();
        harness.run_ok();
        album.compare_drawn(&format!("controls-{}", look.name), &mut harness);
    }
}

#[test]
fn a_small_window_looks_as_it_did() {
    let model = |words| with_rows(model_in(words), every_stage());
    Album::default().compare("small", &[LIGHT_ENGLISH], vec2(520.0, 400.0), 1.25, model);
}

fn click(harness: &mut Harness<'_, State>, place: Pos2) {
    harness.hover_at(place);
    harness.drag_at(place);
    harness.run_ok();
    harness.drop_at(place);
    harness.run_ok();
}

#[test]
fn the_history_looks_as_it_did() {
    let mut album = Album::default();
    for look in TWO {
        let mut harness = history::page(model_in(look.words), look.theme);
        album.compare_drawn(&format!("history-{}", look.name), &mut harness);
    }
}

#[test]
fn unfinished_uploads_look_as_they_did() {
    let mut album = Album::default();
    album.compare("unfinished", &TWO, vec2(900.0, 800.0), 1.0, unfinished::answered);
    album.compare("discard", &TWO, vec2(640.0, 520.0), 1.0, |words| {
        let mut model = unfinished::answered(words);
        let destination = Box::new(model.settings.destinations[0].clone());
        model.act(Action::Unfinished(UnfinishedAction::AskToDiscard(destination)), 0.0);
        model
    });
}

#[test]
fn settings_look_as_they_did() {
    Album::default().compare("settings", &TWO, vec2(900.0, 640.0), 1.0, |words| {
        let mut model = model_in(words);
        model.page = Page::Settings;
        model
    });
}
