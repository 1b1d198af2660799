//! The list of uploads: every stage, its word, its buttons, and what they ask for.

use super::fixtures::{
    MIB, State, account, acl_refused, buckets, commands, done, every_stage, harness_of, login_expired, model, model_in,
    row, sending, with_rows,
};
use crate::engine::failure::S3Reason;
use crate::engine::{BatchId, Code, Command, Event, Failure, ObjectOf, Stage, TemporaryLink, UploadId};
use crate::transfer::{Access, Proof};
use crate::ui::action::{Action, CopySource, Effect};
use crate::ui::model::Model;
use crate::ui::words::KOREAN;
use eframe::egui::{Theme, accesskit::Role, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use std::sync::Arc;
use std::time::Duration;

/// Tall enough for every row.
fn tall<'a>(model: Model) -> Harness<'a, State> {
    let mut harness = harness_of(model, Theme::Light, vec2(900.0, 1400.0), 1.0);
    harness.run_ok();
    harness
}

fn press(harness: &mut Harness<'_, State>, label: &str) {
    harness.get_by_label(label).click();
    harness.run_ok();
}

#[test]
fn every_stage_has_a_word() {
    let harness = tall(with_rows(model(), every_stage()));
    for word in [
        "Public",
        "Sending",
        "Waiting",
        "Failed",
        "Signing",
        "Waiting for S3",
        "Proving",
        "Attempt 2 in 4 s",
        "Private",
        "Done",
        "Cancelled",
        "Interrupted",
    ] {
        assert!(harness.query_by_label(word).is_some(), "{word}");
    }
}

#[test]
fn every_stage_is_drawn_in_korean_with_the_bundled_fonts_alone() {
    // The harness panics on a character that no font has.
    let harness = tall(with_rows(model_in(&KOREAN), every_stage()));
    for word in ["공개", "전송 중", "대기 중", "실패", "중단됨"] {
        assert!(harness.query_by_label(word).is_some(), "{word}");
    }
    assert!(harness.query_by_label("스크린샷 1.png").is_some());
}

#[test]
fn a_long_name_is_shortened_in_the_middle_and_told_in_full() {
    let name = "아주 긴 이름 ".repeat(40) + ".tar.zst";
    let harness = tall(with_rows(model(), vec![row(1, &name, MIB, Stage::Waiting)]));
    let label = harness.get_by_label(&name);
    assert!(label.rect().right() < 900.0, "{:?}", label.rect());
}

#[test]
fn a_name_cannot_disguise_its_extension() {
    let harness = tall(with_rows(
        model(),
        vec![row(1, "photo\u{202E}gnp.exe", MIB, Stage::Waiting)],
    ));
    assert!(harness.query_by_label("photo□gnp.exe").is_some());
}

#[test]
fn the_bar_says_how_far_it_is_and_is_not_full_before_the_answer() {
    let mut waiting = row(2, "b.bin", MIB, Stage::WaitingForS3);
    waiting.sent_bytes = MIB;
    let harness = tall(with_rows(
        model(),
        vec![sending(1, "a.bin", 400 * MIB, 100 * MIB), waiting],
    ));
    let percent = |name: &str| {
        let bar = harness.get_by_role_and_label(Role::ProgressIndicator, name);
        bar.accesskit_node().numeric_value()
    };
    assert_eq!(percent("Progress of a.bin"), Some(25.0));
    assert_eq!(percent("Progress of b.bin"), Some(99.0));
    assert!(
        harness
            .query_by_label("100 of 400 MiB · 18.1 MiB/s · 17 s left")
            .is_some()
    );
}

#[test]
fn a_bar_never_runs_backwards() {
    let mut model = with_rows(model(), vec![sending(1, "a.bin", 100, 60)]);
    model = with_rows(model, vec![sending(1, "a.bin", 100, 20)]);
    let harness = tall(model);
    let bar = harness.get_by_role(Role::ProgressIndicator);
    assert_eq!(bar.accesskit_node().numeric_value(), Some(60.0));
}

#[test]
fn the_cross_cancels_what_is_on_its_way_and_removes_what_has_ended() {
    let rows = vec![sending(1, "a.bin", 100, 20), row(2, "b.bin", 100, Stage::Cancelled)];
    let mut harness = tall(with_rows(model(), rows));
    press(&mut harness, "Cancel");
    press(&mut harness, "Remove from the list");
    assert_eq!(
        harness.state().actions,
        [Action::Cancel(UploadId(1)), Action::Remove(UploadId(2))]
    );
}

#[test]
fn a_url_is_copied_and_said_to_be_for_a_moment() {
    let row = row(1, "a.png", MIB, done("a.png", Access::Public, Proof::Crc64Nvme));
    let mut harness = tall(with_rows(model(), vec![row]));
    press(&mut harness, "Copy URL");
    let action = harness.state_mut().actions.remove(0);
    let url = "https://media-assets.s3.ap-northeast-2.amazonaws.com/k3f9x2ab/a.png";
    assert_eq!(
        action,
        Action::Copy(CopySource::Link(ObjectOf::Upload(UploadId(1))), url.to_owned())
    );

    let effects = harness.state_mut().model.act(action, 10.0);
    assert!(matches!(effects.as_slice(), [Effect::Copy(text)] if text == url));
    harness.run_ok();
    assert!(harness.query_by_label("Copied").is_some());
    harness.state_mut().model.time_passed(12.0);
    harness.run_ok();
    assert!(harness.query_by_label("Copied").is_none());
    assert!(harness.query_by_label("Copy URL").is_some());
}

#[test]
fn a_private_object_offers_a_link_that_opens_for_a_while() {
    let row = row(1, "a.png", MIB, done("a.png", Access::Private, Proof::Md5));
    let mut harness = tall(with_rows(model(), vec![row]));
    assert!(harness.query_by_label("Open").is_none(), "it would show a refusal");
    press(&mut harness, "Copy temporary link");
    let action = harness.state_mut().actions.remove(0);
    let object = ObjectOf::Upload(UploadId(1));
    assert_eq!(action, Action::CopyTemporaryLink(object));
    let effects = harness.state_mut().model.act(action, 10.0);
    assert!(matches!(
        commands(&effects).as_slice(),
        [Command::SignLink(ObjectOf::Upload(UploadId(1)))]
    ));

    let link = TemporaryLink {
        url: "https://b.s3.us-east-1.amazonaws.com/a.png?X-Amz-Signature=1".to_owned(),
        expires_in: Duration::from_hours(1),
    };
    let signed = Event::LinkSigned {
        object,
        link: Ok(link.clone()),
    };
    let effects = harness.state_mut().model.happened(signed, 11.0);
    assert!(matches!(effects.as_slice(), [Effect::Copy(text)] if *text == link.url));
    harness.run_ok();
    assert!(harness.query_by_label("Copied").is_some());
    assert!(harness.query_by_label_contains("it opens for anyone for 1 h").is_some());
}

#[test]
fn all_urls_are_copied_from_the_footer_in_order() {
    let rows = vec![
        row(1, "a.png", MIB, done("a.png", Access::Public, Proof::Crc64Nvme)),
        row(2, "b.png", MIB, Stage::Waiting),
        row(3, "c.png", MIB, done("c.png", Access::Public, Proof::Crc64Nvme)),
    ];
    let mut harness = tall(with_rows(model(), rows));
    assert!(harness.query_by_label_contains("2 of 3 done").is_some());
    press(&mut harness, "Copy all URLs");
    let effects = harness.state_mut().model.act(Action::CopyAllUrls, 0.0);
    let [Effect::Copy(text)] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    let ends: Vec<&str> = text.lines().filter_map(|url| url.rsplit('/').next()).collect();
    assert_eq!(ends, ["a.png", "c.png"]);
}

fn failed(failure: Failure) -> Model {
    let mut destination = account("media-assets");
    destination.options.acl = Some("public-read".to_owned());
    let mut model = with_rows(model(), vec![row(4, "dump.sql", MIB, Stage::Failed(Arc::new(failure)))]);
    model.batches.entry(BatchId(1)).or_default().destination = Some(destination);
    model
}

#[test]
fn a_failure_says_what_and_offers_what_changes_it() {
    let refused = acl_refused();
    let mut harness = tall(failed(refused));
    assert!(harness.query_by_label("The bucket refuses public ACLs").is_some());
    harness.get_by_role_and_label(Role::Button, "Drop the ACL").click();
    harness.run_ok();

    let expected = Action::Retry(UploadId(4), Some(Box::new(account("media-assets"))));
    assert_eq!(harness.state().actions, std::slice::from_ref(&expected));
    let effects = harness.state_mut().model.act(expected, 0.0);
    let [
        Command::Retry {
            upload: UploadId(4),
            destination: Some(destination),
        },
    ] = commands(&effects)[..]
    else {
        panic!("{effects:?}")
    };
    assert_eq!(destination.options.acl, None);
}

#[test]
fn a_failures_details_fold_out_and_copy_as_text() {
    let refused = acl_refused();
    let mut harness = tall(failed(refused));
    assert!(
        harness
            .query_by_label_contains("AccessControlListNotSupported")
            .is_none()
    );
    let action = Action::ToggleDetails(UploadId(4));
    press(&mut harness, "Details");
    assert_eq!(harness.state().actions, std::slice::from_ref(&action));
    harness.state_mut().model.act(action, 0.0);
    harness.run_ok();
    assert!(
        harness
            .query_by_label_contains("AccessControlListNotSupported")
            .is_some()
    );
    press(&mut harness, "Copy details");
    let Some(Action::Copy(CopySource::Details(_), text)) = harness.state().actions.last() else {
        panic!()
    };
    assert!(text.starts_with("The bucket refuses public ACLs\n"), "{text}");
    assert!(text.contains("4442587FB7D0A2F9"), "{text}");
}

#[test]
fn an_expired_login_offers_the_command_that_renews_it() {
    let mut harness = tall(failed(login_expired()));
    assert!(harness.query_by_label("aws sso login --profile work").is_some());
    press(&mut harness, "Copy command");
    let expected = Action::Copy(
        CopySource::RowCommand(UploadId(4)),
        "aws sso login --profile work".to_owned(),
    );
    assert_eq!(harness.state().actions, [expected]);
}

#[test]
fn what_is_too_large_cannot_be_tried_again() {
    let harness = tall(failed(Failure::new(Code::TooLarge, S3Reason::TooLarge)));
    assert!(harness.query_by_label("Retry").is_none());
    assert!(harness.query_by_label("Remove from the list").is_some());
}

#[test]
fn held_files_are_named_counted_down_taken_back_or_sent_now() {
    let held = |id, name| {
        row(
            id,
            name,
            MIB,
            Stage::Held {
                remaining: Duration::from_mins(1),
            },
        )
    };
    let mut harness = tall(with_rows(model(), vec![held(1, "사진.png"), held(2, "b.png")]));
    assert!(
        harness
            .query_by_label_contains("2 files go to work · media-assets in ")
            .is_some()
    );
    assert!(harness.query_by_label("사진.png").is_some());
    press(&mut harness, "Undo");
    press(&mut harness, "Send now");
    assert_eq!(
        harness.state().actions,
        [Action::Undo(BatchId(1)), Action::SendNow(BatchId(1))]
    );
}

#[test]
fn interrupted_uploads_resume_together() {
    let interrupted = |id| row(id, "a.bin", MIB, Stage::Interrupted);
    let mut harness = tall(with_rows(model(), vec![interrupted(1), interrupted(2)]));
    assert!(harness.query_by_label("2 uploads were interrupted").is_some());
    press(&mut harness, "Resume all");
    assert_eq!(harness.state().actions, [Action::ResumeAll]);
}

#[test]
fn closing_asks_once_while_something_is_on_its_way() {
    let mut idle = with_rows(model(), vec![row(1, "a", 1, Stage::Cancelled)]);
    assert!(idle.may_close());

    let mut busy = with_rows(model(), vec![sending(1, "a", 10, 5)]);
    assert!(!busy.may_close());
    let mut harness = tall(busy);
    assert!(
        harness
            .query_by_role_and_label(Role::Dialog, "1 upload is still on the way")
            .is_some()
    );
    press(&mut harness, "Quit");
    assert_eq!(harness.state().actions, [Action::Quit]);
    let model = &mut harness.state_mut().model;
    model.act(Action::Quit, 0.0);
    assert!(model.may_close());
}

#[test]
fn a_failure_to_list_is_told_with_its_command_and_looked_at_again() {
    let mut model = model();
    model.happened(Event::Buckets(buckets(Err(login_expired()))), 10.0);
    let (effects, next) = model.time_passed(11.0);
    assert!(effects.is_empty());
    assert!(next.is_some_and(|seconds| (3.9..4.1).contains(&seconds)), "{next:?}");
    let (effects, _) = model.time_passed(15.0);
    assert!(
        matches!(commands(&effects)[..], [Command::ListBuckets(_)]),
        "{effects:?}"
    );

    let harness = tall(model);
    assert!(harness.query_by_label("Copy command").is_some());
    assert!(
        harness
            .query_by_label_contains("aws sso login --profile work")
            .is_some()
    );
}
