//! What a row that failed says and offers; and one that waits for an answer, which is no failure to whoever looks at it.

use super::{FailureView, Row, RowButton, retry_button};
use crate::engine::{Failure, UploadRow};
use crate::ui::action::{Action, Answer, CopySource, RowsAction};
use crate::ui::model::{CheckupAction, DestinationAction, Model, TicketAction};
use crate::ui::names;
use crate::ui::view_model::{Tone, fixes};
use crate::ui::widgets::{Icon, Kind};
use crate::ui::words::Words;

pub(super) fn show_failed(model: &Model, upload: &UploadRow, failure: &Failure, row: &mut Row) {
    if upload.asks() {
        return show_asking(model, upload, failure, row);
    }
    let words = model.words;
    let said = words.failure(failure);
    row.mark = Icon::Cross;
    row.tone = Tone::Bad;
    words.stage_failed.clone_into(&mut row.word);
    if upload.size_bytes == 0 {
        // It is empty, or could not be looked at: nobody needs to read "0 B" of a file that is gone.
        row.facts.clear();
    }
    let sent_to = model.sent_to(upload);
    let current = model.picker.destination();
    for fix in fixes::fixes(failure, sent_to, current.as_ref(), words) {
        let action = Action::Retry(upload.id, Some(Box::new(fix.destination)));
        row.buttons.push(RowButton::new(&fix.label, None, Kind::Plain, action));
    }
    if let Some(host) = fixes::new_host(failure).filter(|_| !model.is_signed_here(upload)) {
        let trust = Action::TrustHost(upload.id, host.to_owned());
        let label = (words.handed.trust_host)(&names::harmless(host));
        row.buttons.push(RowButton::new(label, None, Kind::Plain, trust));
    }
    if sent_to.is_some_and(|sent_to| fixes::needs_form(failure, sent_to)) {
        let paste = Action::Ticket(TicketAction::Open(Some(upload.id)));
        row.buttons.push(RowButton::new(
            words.handed.paste,
            Some(Icon::Ticket),
            Kind::Plain,
            paste,
        ));
    }
    if let Some(sent_to) = sent_to.filter(|sent_to| fixes::may_be_edited(failure.code, sent_to)) {
        let action = DestinationAction::EditAndRetry(upload.id, Box::new(sent_to.clone()));
        let label = words.destination.edit;
        row.buttons
            .push(RowButton::new(label, None, Kind::Plain, Action::Destination(action)));
    }
    if let Some(sent_to) = sent_to.filter(|sent_to| fixes::may_be_examined(failure.code, sent_to)) {
        let check = Action::Checkup(CheckupAction::Of(Box::new(sent_to.clone())));
        row.buttons.push(RowButton::new(
            words.checkup.check,
            Some(Icon::Glass),
            Kind::Plain,
            check,
        ));
    }
    if let Some(command) = &failure.command {
        let source = CopySource::RowCommand(upload.id);
        let copy = Action::Copy(source, command.clone());
        row.buttons.push(RowButton::copying(
            model,
            source,
            words.copy_command,
            Icon::Copy,
            Kind::Plain,
            copy,
        ));
    }
    if fixes::may_help_again(failure) {
        row.buttons.push(retry_button(upload, words.retry));
    }
    let open = model.details_open.contains(&upload.id);
    let details = details(failure, words);
    if !details.is_empty() {
        let label = if open { words.hide_details } else { words.details };
        row.buttons.push(RowButton::new(
            label,
            None,
            Kind::Quiet,
            Action::ToggleDetails(upload.id),
        ));
    }
    if open {
        let source = CopySource::Details(upload.id);
        let text = std::iter::once(said.what.clone())
            .chain(details.clone())
            .collect::<Vec<_>>()
            .join("\n");
        let copy = Action::Copy(source, text);
        row.buttons.push(RowButton::copying(
            model,
            source,
            words.copy_details,
            Icon::Copy,
            Kind::Quiet,
            copy,
        ));
    }
    row.failure = Some(FailureView {
        what: said.what,
        hint: said.hint,
        command: failure.command.clone(),
        details: open.then_some(details),
    });
}

/// The destination says to ask where an object exists: it is asked here, in no hurry.
fn show_asking(model: &Model, upload: &UploadRow, failure: &Failure, row: &mut Row) {
    let words = model.words;
    let said = words.failure(failure);
    row.mark = Icon::Question;
    row.tone = Tone::Careful;
    words.rows.asks.clone_into(&mut row.word);
    // To where it went, in another way: where that is not known there is nothing to choose.
    if model.sent_to(upload).is_some() {
        for (label, answer) in [
            (words.fix_keep_both, Answer::KeepBoth),
            (words.fix_replace, Answer::Replace),
        ] {
            row.buttons.push(answer_button(label, upload, answer));
        }
    }
    row.buttons.push(answer_button(words.rows.skip, upload, Answer::Skip));
    row.failure = Some(FailureView {
        what: said.what,
        hint: said.hint,
        command: None,
        details: None,
    });
}

fn answer_button(label: &str, upload: &UploadRow, answer: Answer) -> RowButton {
    let action = Action::Rows(RowsAction::Answer(Some(upload.id), answer));
    RowButton::new(label, None, Kind::Plain, action)
}

fn details(failure: &Failure, words: &Words) -> Vec<String> {
    let mut details = failure.details.clone();
    if let Some(id) = &failure.request_id
        && !details.iter().any(|line| line.contains(id.as_str()))
    {
        details.push((words.request_id)(id));
    }
    details
}
