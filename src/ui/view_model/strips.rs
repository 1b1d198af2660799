//! The strips above the list: what is held, what waits, what was interrupted, what is wrong.

use super::Tone;
use super::watches::watch_troubles;
use crate::engine::{BatchId, Failure};
use crate::ui::action::{Action, Answer, CopySource, RowsAction};
use crate::ui::model::{Choice, DestinationAction, HOLD, Model, ProfileAction, SandboxState, TicketAction};
use crate::ui::widgets::{Icon, Kind};
use crate::ui::words::Words;
use crate::ui::{format, names};
use std::time::Duration;

/// One strip.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Strip {
    pub(crate) icon: Icon,
    pub(crate) tone: Tone,
    /// One sentence.
    pub(crate) text: String,
    /// What to change, weaker; may be empty.
    pub(crate) more: String,
    /// How much of a hold is left, 1 to 0.
    pub(crate) countdown: Option<f32>,
    /// From the left, the most wanted first.
    pub(crate) buttons: Vec<(String, Kind, Action)>,
}

impl Strip {
    pub(super) fn new(icon: Icon, tone: Tone, text: String) -> Self {
        Self {
            icon,
            tone,
            text,
            more: String::new(),
            countdown: None,
            buttons: Vec::new(),
        }
    }

    pub(super) fn with(mut self, label: &str, kind: Kind, action: Action) -> Self {
        self.buttons.push((label.to_owned(), kind, action));
        self
    }
}

/// All of them, the most urgent first.
pub(crate) fn strips(model: &Model, now: f64) -> Vec<Strip> {
    let words = model.words;
    let mut strips = Vec::new();
    if model.engine_gone {
        strips.push(Strip::new(Icon::Cross, Tone::Bad, words.engine_gone.to_owned()));
    }
    strips.extend(held(model, now));
    for (index, trouble) in model.troubles.iter().enumerate() {
        strips.push(of_failure(trouble, words).with(words.dismiss, Kind::Quiet, Action::DismissTrouble(index)));
    }
    strips.extend(offered_fix(model));
    strips.extend(destination_trouble(model));
    strips.extend(watch_troubles(model));
    if !model.parked.is_empty() {
        let text = (words.parked)(model.parked.len());
        strips.push(Strip::new(Icon::Clock, Tone::Careful, text).with(words.forget, Kind::Quiet, Action::ForgetParked));
    }
    strips.extend(questions(model));
    if model.snapshot.totals.offline > 0 {
        let mut strip = Strip::new(Icon::Offline, Tone::Careful, words.stage_waiting_for_network.to_owned());
        words.rows.goes_on_by_itself.clone_into(&mut strip.more);
        strips.push(strip);
    }
    let interrupted = model.snapshot.totals.interrupted;
    if interrupted > 1 {
        let text = (words.interrupted_strip)(interrupted);
        strips.push(Strip::new(Icon::Pause, Tone::Careful, text).with(
            words.resume_all,
            Kind::Primary,
            Action::ResumeAll,
        ));
    }
    strips
}

fn held(model: &Model, now: f64) -> Vec<Strip> {
    let words = model.words;
    let mut batches: Vec<(BatchId, f64)> = model
        .batches
        .iter()
        .filter_map(|(batch, note)| Some((*batch, note.held_until?)))
        .collect();
    batches.sort_by_key(|(batch, _)| *batch);
    let strip = |(batch, until): (BatchId, f64)| -> Option<Strip> {
        let (number, one) = model.rows.listing.held(batch)?;
        let destination = words.destination_name(&model.row_of(one)?.destination);
        let left = Duration::try_from_secs_f64(until - now).unwrap_or_default();
        let text = (words.held)(number, &destination, format::whole_seconds(left));
        let mut strip = Strip::new(Icon::Clock, Tone::Accent, text)
            .with(words.undo, Kind::Plain, Action::Undo(batch))
            .with(words.send_now, Kind::Primary, Action::SendNow(batch));
        strip.countdown = Some((left.as_secs_f32() / HOLD.as_secs_f32()).clamp(0.0, 1.0));
        Some(strip)
    };
    batches.into_iter().filter_map(strip).collect()
}

/// One answer for all, where several ask.
fn questions(model: &Model) -> Option<Strip> {
    let words = &model.words.rows;
    let keep_both = model.words.fix_keep_both;
    let asking = model.snapshot.totals.asking;
    let answer = |answer| Action::Rows(RowsAction::Answer(None, answer));
    (asking > 1).then(|| {
        Strip::new(Icon::Question, Tone::Careful, (words.asking_strip)(asking))
            .with(keep_both, Kind::Plain, answer(Answer::KeepBoth))
            .with(words.replace_all, Kind::Plain, answer(Answer::Replace))
            .with(words.skip_all, Kind::Plain, answer(Answer::Skip))
    })
}

/// What helped one upload can be kept, so that the next does not fail in the same way.
fn offered_fix(model: &Model) -> Option<Strip> {
    let words = &model.words.destination;
    let offered = model.offered_fix.as_ref().filter(|offered| offered.has_helped)?;
    let text = (words.fix_offered)(&names::harmless(&offered.destination.name));
    let strip = Strip::new(Icon::Pen, Tone::Accent, text)
        .with(
            words.keep_fix,
            Kind::Primary,
            Action::Destination(DestinationAction::KeepFix),
        )
        .with(
            words.forget_fix,
            Kind::Plain,
            Action::Destination(DestinationAction::ForgetFix),
        );
    Some(strip)
}

fn destination_trouble(model: &Model) -> Option<Strip> {
    let (words, picker) = (model.words, &model.picker);
    if let (Choice::Sandbox, SandboxState::Failed(failure)) = (&picker.choice, &picker.sandbox) {
        return Some(of_failure(failure, words).with(words.try_again, Kind::Plain, Action::PickSandbox));
    }
    if model.ticket_has_expired() {
        let mut strip = Strip::new(Icon::Ticket, Tone::Careful, words.handed.expired_strip.to_owned());
        words.handed.expired_explained.clone_into(&mut strip.more);
        return Some(strip.with(
            words.handed.paste,
            Kind::Plain,
            Action::Ticket(TicketAction::Open(None)),
        ));
    }
    if let Some(failure) = picker.failure() {
        let mut strip = of_failure(failure, words);
        if let Some(command) = &failure.command {
            words.login_watched.clone_into(&mut strip.more);
            strip.text = format!("{}: {command}", strip.text);
            let copied = model.just_copied(CopySource::Command);
            let label = if copied { words.copied } else { words.copy_command };
            strip = strip.with(label, Kind::Plain, Action::Copy(CopySource::Command, command.clone()));
        }
        return Some(strip.with(words.try_again, Kind::Quiet, Action::ReloadBuckets));
    }
    match &picker.profiles {
        Some(Err(failure)) if picker.choice != Choice::Sandbox => Some(of_failure(failure, words)),
        Some(Ok(profiles)) if profiles.is_empty() && picker.choice == Choice::Nothing => {
            let mut strip = Strip::new(Icon::Key, Tone::Careful, words.no_profiles.to_owned());
            words.no_profiles_hint.clone_into(&mut strip.more);
            let add = Action::Profile(ProfileAction::Open);
            let strip = strip.with(words.profile_dialog.open, Kind::Plain, add);
            let has_sandbox = cfg!(feature = "sandbox");
            Some(if has_sandbox {
                strip.with(words.sandbox, Kind::Plain, Action::PickSandbox)
            } else {
                strip
            })
        }
        _ => None,
    }
}

pub(super) fn of_failure(failure: &Failure, words: &Words) -> Strip {
    let said = words.failure(failure);
    let mut strip = Strip::new(Icon::Cross, Tone::Bad, said.what);
    strip.more = said.hint;
    strip
}
