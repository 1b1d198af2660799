//! Models in every state, and a harness that draws them with the bundled fonts alone.

use crate::aws::{AccountError, AccountOptions, Profile};
use crate::engine::failure::{S3Reason, UploadReason};
use crate::engine::{
    BatchId, BucketList, Code, Command, Done, Event, Failure, Rows, Snapshot, Stage, Totals, UploadId, UploadRow,
};
use crate::store::{Destination, DestinationKind, ExistsPolicy, Settings};
use crate::transfer::{Access, Proof};
use crate::ui::action::{Action, Effect};
use crate::ui::model::{ExampleFacts, Model};
use crate::ui::words::{ENGLISH, Words};
use crate::ui::{theme, window_ui};
use eframe::egui::{Theme, UiBuilder, Vec2, vec2};
use egui_kittest::Harness;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// What is drawn, and what was asked for.
pub(super) struct State {
    pub(super) model: Model,
    pub(super) actions: Vec<Action>,
}

pub(super) const SIZE: Vec2 = vec2(900.0, 640.0);

pub(super) fn harness<'a>(model: Model) -> Harness<'a, State> {
    harness_of(model, Theme::Light, SIZE, 1.0)
}

pub(super) fn harness_of<'a>(model: Model, theme: Theme, size: Vec2, scale: f32) -> Harness<'a, State> {
    let state = State {
        model,
        actions: Vec::new(),
    };
    let builder = Harness::builder()
        .with_size(size)
        .with_pixels_per_point(scale)
        .with_theme(theme);
    builder.with_context_setup(theme::install).build_ui_state(
        |ui, state: &mut State| {
            let now = ui.input(|input| input.time);
            // The harness puts a margin around; the window has none.
            let all = ui.ctx().content_rect();
            let mut root = ui.new_child(UiBuilder::new().max_rect(all));
            root.set_clip_rect(all);
            // What eframe clears the window with before it draws.
            root.painter().rect_filled(all, 0, root.visuals().panel_fill);
            let asked = window_ui::window_ui(&mut root, &mut state.model, now);
            state.actions.extend(asked);
        },
        state,
    )
}

pub(super) fn account(bucket: &str) -> Destination {
    let kind = DestinationKind::Account {
        profile: Some("work".to_owned()),
        bucket: bucket.to_owned(),
        region: None,
        endpoint_url: None,
    };
    Destination::new(format!("work · {bucket}"), kind)
}

pub(super) fn model() -> Model {
    model_in(&ENGLISH)
}

/// Profile `work`, bucket `media-assets`, three buckets listed.
pub(super) fn model_in(words: &'static Words) -> Model {
    let facts = ExampleFacts {
        user: "me".to_owned(),
        host: "desk".to_owned(),
        random: [7; 16],
        file: None,
    };
    let mut model = Model::new(words, Settings::default(), Some(account("media-assets")), facts);
    model.first_effects();
    model.happened(Event::Profiles(Ok(profiles())), 0.0);
    model.happened(
        Event::Buckets(buckets(Ok(["backups", "media-assets", "회사-자료"]
            .map(str::to_owned)
            .to_vec()))),
        0.0,
    );
    model
}

pub(super) fn profiles() -> Vec<Profile> {
    let profile = |name: &str, region: Option<&str>, login| Profile {
        name: name.to_owned(),
        region: region.map(str::to_owned),
        login,
    };
    vec![
        profile("default", Some("us-east-1"), false),
        profile("client-two", None, true),
        profile("work", Some("ap-northeast-2"), true),
    ]
}

pub(super) fn buckets(buckets: Result<Vec<String>, Failure>) -> BucketList {
    BucketList {
        account: AccountOptions {
            profile: Some("work".to_owned()),
            region: None,
            endpoint_url: None,
        },
        region: Some("ap-northeast-2".to_owned()),
        endpoint_url: None,
        buckets,
    }
}

/// S3's refusal of an ACL, with its details.
pub(super) fn acl_refused() -> Failure {
    let mut failure = Failure::new(Code::AclRefused, S3Reason::AclRefused)
        .detail("S3 answered 400 AccessControlListNotSupported")
        .detail("1 attempt");
    failure.request_id = Some("4442587FB7D0A2F9".to_owned());
    failure
}

/// Of profile `work`, with the command that renews it.
pub(super) fn login_expired() -> Failure {
    let command = "aws sso login --profile work".to_owned();
    Failure::from(&AccountError::LoginExpired {
        profile: "work".to_owned(),
        command,
    })
}

pub(super) const MIB: u64 = 1024 * 1024;

pub(super) fn row(id: u64, name: &str, size_bytes: u64, stage: Stage) -> UploadRow {
    let has_key = !matches!(stage, Stage::Held { .. } | Stage::Waiting | Stage::Interrupted);
    UploadRow {
        id: UploadId(id),
        batch: BatchId(1),
        path: Path::new("/home/me").join(name).into(),
        object_key: has_key.then(|| format!("k3f9x2ab/{name}").into()),
        bucket: "media-assets".into(),
        destination: "work · media-assets".into(),
        size_bytes,
        sent_bytes: 0,
        rate_bytes_per_sec: 0,
        stage,
        is_watched: false,
    }
}

pub(super) fn sending(id: u64, name: &str, size_bytes: u64, sent_bytes: u64) -> UploadRow {
    UploadRow {
        sent_bytes,
        rate_bytes_per_sec: 19_083_000,
        ..row(id, name, size_bytes, Stage::Sending)
    }
}

pub(super) fn done(name: &str, access: Access, proof: Proof) -> Stage {
    Stage::Done(stored(name, access, proof))
}

/// What an upload that is done has come to.
pub(super) fn stored(name: &str, access: Access, proof: Proof) -> Arc<Done> {
    Arc::new(Done {
        path: Path::new("/home/me").join(name).into(),
        bucket: "media-assets".to_owned(),
        object_key: format!("k3f9x2ab/{name}"),
        url: format!("https://media-assets.s3.ap-northeast-2.amazonaws.com/k3f9x2ab/{name}"),
        etag: None,
        size_bytes: 1_258_291,
        content_type: "image/png".to_owned(),
        proof,
        access,
        attempts: 1,
        duration: Duration::from_secs(1),
    })
}

pub(super) fn with_rows(mut model: Model, rows: Vec<UploadRow>) -> Model {
    model.snapshot_came(snapshot(rows.into_iter().map(Arc::new)), 0.0);
    model
}

pub(super) fn snapshot(rows: impl Iterator<Item = Arc<UploadRow>>) -> Arc<Snapshot> {
    let uploads: Rows = rows.collect();
    let mut totals = Totals::default();
    uploads.iter().for_each(|row| totals.count(row));
    totals.rate_bytes_per_sec = uploads.iter().map(|row| row.rate_bytes_per_sec).sum();
    totals.time_left = (totals.active > 0).then_some(Duration::from_secs(22));
    Arc::new(Snapshot { uploads, totals })
}

/// A row that waits for an answer: its object key exists already.
pub(super) fn asking(id: u64, name: &str) -> UploadRow {
    let reason = UploadReason::AskExists {
        object_key: format!("photos/{name}"),
    };
    let failure = Arc::new(Failure::new(Code::ObjectExists, reason));
    UploadRow {
        object_key: None,
        ..row(id, name, 3 * MIB, Stage::Failed(failure))
    }
}

/// A row whose network has gone.
pub(super) fn offline(id: u64, name: &str) -> UploadRow {
    UploadRow {
        sent_bytes: 120 * MIB,
        ..row(id, name, 760 * MIB, Stage::WaitingForNetwork)
    }
}

/// Two questions and no network, on the way to a destination that asks.
pub(super) fn with_questions(mut model: Model) -> Model {
    let mut destination = account("media-assets");
    destination.key_template = "photos/{name}".to_owned();
    destination.if_exists = ExistsPolicy::Ask;
    model.batches.entry(BatchId(1)).or_default().destination = Some(destination);
    let rows = vec![
        asking(1, "스크린샷 1.png"),
        offline(2, "demo.mp4"),
        asking(3, "report.pdf"),
        row(4, "notes.txt", MIB, Stage::Waiting),
    ];
    with_rows(model, rows)
}

/// One row in every stage but those that put a strip above the list.
pub(super) fn every_stage() -> Vec<UploadRow> {
    let refused = acl_refused();
    vec![
        row(
            1,
            "스크린샷 1.png",
            1_258_291,
            done("스크린샷 1.png", Access::Public, Proof::Crc64Nvme),
        ),
        sending(2, "demo.mp4", 760 * MIB, 412 * MIB),
        row(3, "report.pdf", 3 * MIB, Stage::Waiting),
        row(4, "dump.sql", 52 * MIB, Stage::Failed(Arc::new(refused))),
        row(5, "보고서 최종.pdf", 8 * MIB, Stage::Signing),
        UploadRow {
            sent_bytes: 9 * MIB,
            ..row(
                6,
                "a-very-long-name-of-a-holiday-film-which-nobody-would-read-to-the-end-but-everybody-wants-to-know-the-extension-of.final.v2.mov",
                9 * MIB,
                Stage::WaitingForS3,
            )
        },
        UploadRow {
            sent_bytes: 2 * MIB,
            ..row(7, "notes.txt", 2 * MIB, Stage::Proving)
        },
        row(
            8,
            "build.tar.zst",
            96 * MIB,
            Stage::RetryingIn {
                remaining: Duration::from_secs(4),
                attempt: 2,
            },
        ),
        row(
            9,
            "contract.pdf",
            MIB,
            done("contract.pdf", Access::Private, Proof::Md5),
        ),
        row(
            10,
            "photo\u{202E}gnp.exe",
            MIB,
            done("photo.exe", Access::Unknown, Proof::None),
        ),
        row(11, "old.bin", 4 * MIB, Stage::Cancelled),
        row(12, "backup.img", 4096 * MIB, Stage::Interrupted),
    ]
}

/// What goes to the engine.
pub(super) fn commands(effects: &[Effect]) -> Vec<&Command> {
    let sent = effects.iter().filter_map(|effect| match effect {
        Effect::Send(command) => Some(command.as_ref()),
        _ => None,
    });
    sent.collect()
}
