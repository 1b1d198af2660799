//! One upload as its row shows it.

mod failed;

use super::Tone;
use super::link::{Link, deleted_hint};
use crate::engine::{Done, Stage, UploadRow};
use crate::transfer::Proof;
use crate::ui::action::{Action, CopySource, RowOf};
use crate::ui::file_type::FileType;
use crate::ui::model::Model;
use crate::ui::widgets::{Icon, Kind};
use crate::ui::words::Words;
use crate::ui::{format, names};
use eframe::egui::{TextureId, Vec2};
use std::time::Duration;

/// A bar is not full before S3 has answered.
const FULLEST_BEFORE_THE_ANSWER: f32 = 0.99;

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row {
    /// Which.
    pub(crate) of: RowOf,
    /// What the file is.
    pub(crate) file_type: FileType,
    /// Its picture and that one's pixels, where it is one and was decoded.
    pub(crate) thumbnail: Option<(TextureId, Vec2)>,
    /// The file's name, harmless, not shortened.
    pub(crate) name: String,
    /// The stage as a shape.
    pub(crate) mark: Icon,
    /// The stage as a colour.
    pub(crate) tone: Tone,
    /// The stage as a word.
    pub(crate) word: String,
    /// What the word means, on hover.
    pub(crate) word_hint: Option<&'static str>,
    /// The second line: where it goes or went; shortened in the middle.
    pub(crate) place: String,
    /// After the place, never shortened: how large, how proven.
    pub(crate) facts: String,
    /// 0 to 1, while bytes move.
    pub(crate) bar: Option<f32>,
    /// What a screen reader calls the bar.
    pub(crate) bar_name: String,
    /// Beside the bar: how much, how fast, how long.
    pub(crate) numbers: String,
    /// At the right, the most wanted first.
    pub(crate) buttons: Vec<RowButton>,
    /// What the button that opens the menu is called.
    pub(crate) more: &'static str,
    /// The cross: stops, or takes off the list. A row that is done keeps that in its menu: it is there to be copied.
    pub(crate) cross: Option<RowButton>,
    /// Below the second line.
    pub(crate) failure: Option<FailureView>,
}

/// A button of a row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RowButton {
    /// What it says.
    pub(crate) label: String,
    /// What it says when nothing was just copied.
    pub(crate) usual: Option<&'static str>,
    pub(crate) icon: Option<Icon>,
    pub(crate) kind: Kind,
    pub(crate) action: Action,
}

impl RowButton {
    pub(super) fn new(label: impl Into<String>, icon: Option<Icon>, kind: Kind, action: Action) -> Self {
        Self {
            label: label.into(),
            usual: None,
            icon,
            kind,
            action,
        }
    }

    /// A button that copies `source`: it says for a moment that it has.
    pub(super) fn copying(
        model: &Model,
        source: CopySource,
        label: &'static str,
        icon: Icon,
        kind: Kind,
        action: Action,
    ) -> Self {
        let copied = model.just_copied(source);
        Self {
            label: if copied { model.words.copied } else { label }.to_owned(),
            usual: Some(label),
            icon: Some(if copied { Icon::Check } else { icon }),
            kind,
            action,
        }
    }
}

/// Why it failed, and what to do.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FailureView {
    /// One sentence.
    pub(crate) what: String,
    /// What to change; may be empty.
    pub(crate) hint: String,
    /// What mends it in a terminal.
    pub(crate) command: Option<String>,
    /// Folded out: lines of code, status, attempts.
    pub(crate) details: Option<Vec<String>>,
}

/// Builds the row of `upload` as it is at `now`.
pub(crate) fn row(model: &Model, upload: &UploadRow, now: f64) -> Row {
    let words = model.words;
    let mut row = Row {
        of: RowOf::Upload(upload.id),
        file_type: FileType::of_path(&upload.path),
        thumbnail: model.thumbnails.picture(RowOf::Upload(upload.id)),
        name: names::of_path(&upload.path),
        mark: Icon::Clock,
        tone: Tone::Weak,
        word: String::new(),
        word_hint: None,
        place: place(upload, words),
        facts: format::size(upload.size_bytes),
        bar: None,
        bar_name: String::new(),
        numbers: String::new(),
        buttons: Vec::new(),
        more: words.rows.more,
        cross: None,
        failure: None,
    };
    let cross = |label: &str, action: Action| Some(RowButton::new(label, Some(Icon::Cross), Kind::Quiet, action));
    let say = |row: &mut Row, mark: Icon, tone: Tone, word: &str| {
        row.mark = mark;
        row.tone = tone;
        word.clone_into(&mut row.word);
    };
    match &upload.stage {
        Stage::Held { .. } => say(&mut row, Icon::Clock, Tone::Careful, words.stage_held),
        Stage::Waiting => say(&mut row, Icon::Clock, Tone::Weak, words.stage_waiting),
        Stage::Signing => {
            say(&mut row, Icon::Pen, Tone::Accent, words.stage_signing);
        }
        Stage::Sending => {
            say(&mut row, Icon::ArrowUp, Tone::Accent, words.stage_sending);
            row.bar = Some(bar(model, upload));
            row.numbers = numbers(model, upload);
        }
        Stage::WaitingForS3 => {
            say(&mut row, Icon::Dots, Tone::Accent, words.stage_waiting_for_s3);
            row.bar = Some(bar(model, upload));
            row.numbers = format::size(upload.size_bytes);
        }
        Stage::Proving => {
            say(&mut row, Icon::Shield, Tone::Accent, words.stage_proving);
            row.bar = Some(bar(model, upload));
            row.numbers = format::size(upload.size_bytes);
        }
        Stage::RetryingIn { remaining, attempt } => {
            let seconds = remaining.as_secs_f64() - (now - model.snapshot_at);
            let seconds = format::whole_seconds(Duration::try_from_secs_f64(seconds).unwrap_or_default());
            say(
                &mut row,
                Icon::Reload,
                Tone::Careful,
                &(words.stage_retrying)(*attempt, seconds),
            );
            row.bar = Some(bar(model, upload));
        }
        Stage::WaitingForNetwork => {
            say(&mut row, Icon::Offline, Tone::Careful, words.stage_waiting_for_network);
            row.bar = Some(bar(model, upload));
            row.numbers = format::size_of(upload.sent_bytes, upload.size_bytes, words);
        }
        Stage::Done(done) => show_done(model, upload, done, &mut row),
        Stage::Deleted { done, deletion } => {
            say(&mut row, Icon::Minus, Tone::Weak, words.deletion.deleted);
            row.word_hint = Some(deleted_hint(deletion, words));
            row.place = names::harmless(&format!("{}/{}", done.bucket, done.object_key));
        }
        Stage::Failed(failure) => failed::show_failed(model, upload, failure, &mut row),
        Stage::Cancelled => {
            say(&mut row, Icon::Minus, Tone::Weak, words.stage_cancelled);
            row.buttons.push(retry_button(upload, words.retry));
        }
        Stage::Interrupted => {
            say(&mut row, Icon::Pause, Tone::Careful, words.stage_interrupted);
            row.buttons.push(retry_button(upload, words.resume));
        }
    }
    if upload.is_watched {
        row.place = format!("{} → {}", watched_folder(upload), row.place);
    }
    row.bar_name = (words.progress_of)(&row.name);
    row.cross = match &upload.stage {
        Stage::Done(_) => None,
        Stage::Deleted { .. } | Stage::Failed(_) | Stage::Cancelled | Stage::Interrupted => {
            cross(words.remove, Action::Remove(upload.id))
        }
        _ => cross(words.cancel, Action::Cancel(upload.id)),
    };
    row
}

/// `media-assets/k3f9x2ab/a.png`, or the destination while there is no key.
fn place(upload: &UploadRow, words: &Words) -> String {
    upload.object_key.as_ref().map_or_else(
        || words.destination_name(&upload.destination),
        |key| names::harmless(&format!("{}/{key}", upload.bucket)),
    )
}

/// The folder in which it has appeared.
fn watched_folder(upload: &UploadRow) -> String {
    upload.path.parent().map(names::of_path).unwrap_or_default()
}

fn joined(parts: &[&str]) -> String {
    parts
        .iter()
        .filter(|part| !part.is_empty())
        .copied()
        .collect::<Vec<_>>()
        .join(" · ")
}

fn bar(model: &Model, upload: &UploadRow) -> f32 {
    let furthest = model.progress.get(&upload.id).copied().unwrap_or_default();
    let fraction = furthest.max(format::fraction(upload.sent_bytes, upload.size_bytes));
    fraction.min(FULLEST_BEFORE_THE_ANSWER)
}

fn numbers(model: &Model, upload: &UploadRow) -> String {
    let words = model.words;
    let amount = format::size_of(upload.sent_bytes, upload.size_bytes, words);
    let left = format::time_left(upload.sent_bytes, upload.size_bytes, upload.rate_bytes_per_sec);
    let left = left
        .map(|left| (words.time_left)(&format::time(left, words)))
        .unwrap_or_default();
    let rate = if upload.rate_bytes_per_sec > 0 {
        format::rate(upload.rate_bytes_per_sec)
    } else {
        String::new()
    };
    joined(&[&amount, &rate, &left])
}

fn show_done(model: &Model, upload: &UploadRow, done: &Done, row: &mut Row) {
    let words = model.words;
    let link = Link::of_upload(upload.id, done, model.is_signed_here(upload));
    let word;
    (row.mark, row.tone, word, row.word_hint) = link.state(words);
    word.clone_into(&mut row.word);
    let proof = match done.proof {
        Proof::None => words.not_proven.to_owned(),
        proof => (words.proven_by)(proof.name()),
    };
    row.place = names::harmless(&format!("{}/{}", done.bucket, done.object_key));
    row.facts = joined(&[&format::size(done.size_bytes), &proof]);
    row.buttons.extend(link.buttons(model, done.url.clone()));
}

fn retry_button(upload: &UploadRow, label: &str) -> RowButton {
    RowButton::new(label, Some(Icon::Reload), Kind::Plain, Action::Retry(upload.id, None))
}
