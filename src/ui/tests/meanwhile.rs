//! What happens while something is asked, offered or typed.

use super::fixtures::{
    MIB, SIZE, State, account, acl_refused, buckets, commands, harness, harness_of, model, row, sending, stored,
    with_rows,
};
use super::hands::{done_row, press, settle};
use crate::engine::failure::S3Reason;
use crate::engine::{BatchId, Code, Command, Event, Failure, Stage, UploadId};
use crate::store::Destination;
use crate::transfer::{Access, Proof};
use crate::ui::action::{Action, RowsAction};
use crate::ui::drops::DropRefusal;
use crate::ui::model::{Dialog, Message, Model, ProfileAction};
use crate::ui::words::ENGLISH;
use crate::ui::{theme, view_model};
use eframe::egui::{Key, Modifiers, Theme, accesskit, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use std::sync::Arc;

#[test]
fn a_question_whether_to_close_goes_when_nothing_is_on_its_way_any_more() {
    let mut model = with_rows(model(), vec![sending(1, "a", 10, 5)]);
    assert!(!model.may_close());
    assert!(model.closing);
    let model = with_rows(model, vec![done_row(1, "a")]);
    assert!(!model.closing, "it would speak of 0 uploads");
}

#[test]
fn a_question_whether_to_cancel_is_about_what_still_runs() {
    let asked = |model: &Model| match &model.dialog {
        Some(Dialog::CancelUploads { uploads, sent_bytes }) => {
            Some((uploads.iter().map(|upload| upload.0).collect::<Vec<_>>(), *sent_bytes))
        }
        _ => None,
    };
    let mut model = with_rows(
        model(),
        vec![sending(1, "a", 10 * MIB, 5 * MIB), sending(2, "b", 10 * MIB, MIB)],
    );
    model.act(Action::Rows(RowsAction::SelectAll), 0.0);
    model.act(Action::Rows(RowsAction::Escape), 0.0);
    assert_eq!(asked(&model), Some((vec![1, 2], 6 * MIB)));
    let model = with_rows(model, vec![done_row(1, "a"), sending(2, "b", 10 * MIB, 4 * MIB)]);
    assert_eq!(asked(&model), Some((vec![2], 4 * MIB)));
    let model = with_rows(model, vec![done_row(1, "a"), done_row(2, "b")]);
    assert!(model.dialog.is_none());
}

#[test]
fn what_another_process_left_can_be_mended_as_what_this_one_sends() {
    let fixes = |model: &Model, id: u64| {
        let upload = model.row_of(UploadId(id)).unwrap();
        let buttons = view_model::row(model, upload, 0.0).buttons;
        buttons.into_iter().map(|button| button.label).collect::<Vec<_>>()
    };
    let destination = |acl: Option<&str>| {
        let mut destination = account("media-assets");
        destination.options.acl = acl.map(str::to_owned);
        Arc::new(destination)
    };
    let left = |second: Option<&str>| {
        let refused = |id, name| row(id, name, 10, Stage::Failed(Arc::new(acl_refused())));
        let mut model = with_rows(model(), vec![refused(1, "a"), refused(2, "b")]);
        let public = Some("public-read");
        let event = Event::UploadsAdopted {
            batch: BatchId(1),
            destinations: vec![(UploadId(1), destination(public)), (UploadId(2), destination(second))],
        };
        model.happened(event, 0.0);
        model
    };
    let model = left(Some("public-read"));
    assert_eq!(fixes(&model, 1), ["Drop the ACL", "Edit…", "Retry", "Details"]);
    assert_eq!(fixes(&model, 2), fixes(&model, 1));
    // They went to several.
    let model = left(None);
    assert_eq!(fixes(&model, 1), ["Drop the ACL", "Edit…", "Retry", "Details"]);
    assert_eq!(fixes(&model, 2), ["Edit…", "Retry", "Details"]);
}

#[test]
fn the_keyboard_goes_to_the_next_row_that_is_left_though_others_went_above() {
    let mut model = with_rows(model(), (1..=6).map(|id| done_row(id, "a")).collect());
    model.act(Action::Rows(RowsAction::Focus(UploadId(4))), 0.0);
    let rows = [5, 6].map(|id| done_row(id, "a")).to_vec();
    let model = with_rows(model, rows);
    assert_eq!(model.rows.selection.cursor, Some(UploadId(5)));
    // Below the last there is none: the one above.
    let mut model = model;
    model.act(Action::Rows(RowsAction::Focus(UploadId(6))), 0.0);
    let model = with_rows(model, vec![done_row(5, "a")]);
    assert_eq!(model.rows.selection.cursor, Some(UploadId(5)));
    let model = with_rows(model, Vec::new());
    assert_eq!(model.rows.selection.cursor, None);
}

#[test]
fn escape_keeps_a_path_that_is_typed() {
    let mut model = model();
    model.no_dialog();
    let mut harness = harness(model);
    settle(&mut harness);
    harness.get_by_label("Path of a file or folder").type_text("/tmp/a");
    settle(&mut harness);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    let typed = |model: &Model| model.path_field.as_ref().map(|field| field.text.clone());
    assert_eq!(typed(&harness.state().model).as_deref(), Some("/tmp/a"));
    if let Some(field) = &mut harness.state_mut().model.path_field {
        field.text.clear();
    }
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(
        typed(&harness.state().model),
        None,
        "an empty field has nothing to lose"
    );
}

/// Two uploads that a bucket refused for their ACL, and what makes them go.
fn refused() -> (Model, Destination) {
    let failed = |id| row(id, "a.png", 1, Stage::Failed(Arc::new(acl_refused())));
    let mut with_acl = account("media-assets");
    with_acl.options.acl = Some("public-read".to_owned());
    let mut model = model();
    model.settings.destinations.push(with_acl.clone());
    let mut model = with_rows(model, vec![failed(1), failed(2)]);
    model.batches.entry(BatchId(1)).or_default().destination = Some(with_acl.clone());
    let without_acl = Destination {
        options: crate::s3::UploadOptions {
            acl: None,
            ..with_acl.options.clone()
        },
        ..with_acl
    };
    (model, without_acl)
}

fn helped(model: &mut Model) {
    let event = Event::UploadDone {
        upload: UploadId(1),
        batch: BatchId(1),
        done: stored("a.png", Access::Public, Proof::Md5),
    };
    model.happened(event, 0.0);
}

#[test]
fn a_fix_that_helped_stays_on_offer_while_another_file_is_tried_again() {
    let (mut model, without_acl) = refused();
    model.act(Action::Retry(UploadId(1), Some(Box::new(without_acl.clone()))), 0.0);
    helped(&mut model);
    let is_offered = |model: &Model| model.offered_fix.as_ref().is_some_and(|offered| offered.has_helped);
    assert!(is_offered(&model));
    model.act(Action::Retry(UploadId(2), Some(Box::new(without_acl))), 0.0);
    assert!(is_offered(&model), "the same change for another file");
    let saved = model.settings.destinations.first().cloned().map(Box::new);
    model.act(Action::Retry(UploadId(2), saved), 0.0);
    assert!(is_offered(&model), "a retry without any change");
}

#[test]
fn upload_again_goes_by_the_change_that_made_the_file_go() {
    let (mut model, without_acl) = refused();
    model.act(Action::Retry(UploadId(1), Some(Box::new(without_acl.clone()))), 0.0);
    let mut model = with_rows(model, vec![done_row(1, "a.png")]);
    let effects = model.act(Action::Rows(RowsAction::SendAgain(UploadId(1))), 0.0);
    let [Command::Add(request)] = commands(&effects)[..] else {
        panic!("{effects:?}")
    };
    assert_eq!(*request.destination, without_acl);
}

#[test]
fn the_beginning_of_several_buckets_is_none_of_them() {
    let mut model = model();
    let names = ["media", "media-assets", "media-old"].map(str::to_owned).to_vec();
    model.happened(Event::Buckets(buckets(Ok(names))), 0.0);
    let mut harness = harness(model);
    harness.run_ok();
    harness.get_by_label("Bucket: media-assets").click();
    harness.run_ok();
    let label = "Filter, or type a bucket's name";
    harness.get_by_label(label).type_text("medi");
    harness.run_ok();
    harness.key_press(Key::Enter);
    harness.run_ok();
    assert_eq!(harness.state().actions, []);
    harness.run_ok();
    harness.get_by_label(label).type_text("a");
    harness.run_ok();
    harness.key_press(Key::Enter);
    harness.run_ok();
    assert_eq!(harness.state().actions, [Action::PickBucket("media".to_owned())]);
}

#[test]
fn a_long_message_wraps_within_a_small_window_and_is_said_when_it_comes() {
    let mut model = model();
    let message = Message::DropRefused(DropRefusal::Links);
    let text = message.text(model.words);
    model.toast(message, false, 0.0);
    let size = vec2(420.0, 400.0);
    let mut harness = harness_of(model, Theme::Light, size, 1.0);
    harness.run_ok();
    let toast = harness.get_by_label(&text);
    let rect = toast.rect();
    assert!(rect.left() >= 0.0 && rect.right() <= size.x, "{rect:?}");
    assert_eq!(toast.accesskit_node().live(), accesskit::Live::Polite);
}

#[test]
fn a_second_message_comes_below_the_first_and_above_the_totals_in_the_same_middle() {
    let mut harness = harness(with_rows(model(), vec![done_row(1, "a.png")]));
    harness.run_ok();
    let now = harness.ctx.input(|input| input.time);
    let said = |harness: &mut Harness<'_, State>, message: Message| {
        let text = message.text(&ENGLISH);
        harness.state_mut().model.toast(message, true, now);
        harness.run_ok();
        text
    };
    let first = said(&mut harness, Message::DropRefused(DropRefusal::Links));
    let second = said(&mut harness, Message::UrlsCopied(2));
    let (first, second) = (
        harness.get_by_label(&first).rect(),
        harness.get_by_label(&second).rect(),
    );
    let foot = SIZE.y - theme::FOOTER;
    assert!(
        first.bottom() < second.top() && second.bottom() < foot,
        "{first:?} {second:?} {foot}"
    );
    assert!(
        (first.center().x - second.center().x).abs() < 1.0,
        "{first:?} {second:?}"
    );
}

#[test]
fn what_is_typed_next_goes_to_the_path_field_when_the_first_path_has_made_a_list() {
    let mut model = model();
    model.no_dialog();
    let mut harness = harness(model);
    settle(&mut harness);
    let rows = vec![done_row(1, "a.png")];
    let before = std::mem::replace(&mut harness.state_mut().model, self::model());
    harness.state_mut().model = with_rows(before, rows);
    settle(&mut harness);
    assert!(harness.get_by_label("Path of a file or folder").is_focused());
}

#[test]
fn two_strips_with_the_same_button_say_of_what_it_is() {
    let mut model = model();
    for code in [Code::Settings, Code::AclRefused] {
        model.happened(Event::Trouble(Failure::new(code, S3Reason::AclRefused)), 0.0);
    }
    let mut harness = harness(model);
    harness.run_ok();
    let about: Vec<_> = harness
        .get_all_by_label("Dismiss")
        .map(|button| button.accesskit_node().description())
        .collect();
    assert_eq!(about.len(), 2);
    assert!(about.iter().all(Option::is_some), "{about:?}");
}

#[test]
fn escape_answers_the_question_on_top_and_leaves_the_form_below_it() {
    let mut model = with_rows(model(), vec![sending(1, "a", 10, 5)]);
    model.act(Action::Profile(ProfileAction::Open), 0.0);
    assert!(!model.may_close());
    let mut harness = harness(model);
    harness.run_ok();
    harness.key_press(Key::Escape);
    harness.run_ok();
    assert_eq!(harness.state().actions, [Action::KeepUploading]);
}

#[test]
fn a_link_too_long_for_a_code_is_not_said_to_open_by_one() {
    let shown = |url: &str| {
        let mut model = model();
        model.act(Action::ShowQr(url.to_owned()), 0.0);
        let mut harness = harness(model);
        harness.run_ok();
        harness.query_by_label(ENGLISH.qr_explained).is_some()
    };
    assert!(shown("https://example.com/a"));
    assert!(!shown(&format!("https://example.com/{}", "a".repeat(3_000))));
}

#[test]
fn links_can_be_copied_as_long_as_one_is_left() {
    let has_urls = |model: &Model| view_model::footer(model).is_some_and(|footer| footer.has_urls);
    let model = with_rows(model(), vec![sending(1, "a", 10, 5), sending(2, "b", 10, 5)]);
    assert!(!has_urls(&model));
    let model = with_rows(model, vec![sending(1, "a", 10, 5), done_row(2, "b")]);
    assert!(has_urls(&model));
    let model = with_rows(model, vec![sending(1, "a", 10, 5)]);
    assert!(!has_urls(&model));
}
