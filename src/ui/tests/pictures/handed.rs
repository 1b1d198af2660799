//! Functions and forms that were pasted.

use super::super::fixtures::{MIB, model_in, row, sending, with_rows};
use super::super::{handed, ticket};
use super::{Album, DARK_KOREAN, LIGHT_ENGLISH, TWO};
use crate::engine::failure::UploadReason;
use crate::engine::{BatchId, Code, Failure, Stage};
use crate::ui::action::Action;
use crate::ui::model::{Dialog, Hover, Model, TicketAction};
use crate::ui::words::Words;
use eframe::egui::{Vec2, vec2};
use std::sync::Arc;

const SIZE: Vec2 = vec2(760.0, 480.0);

fn by_form(words: &'static Words, time: &str) -> Model {
    let mut model = model_in(words);
    model.forms.time = ticket::time(time);
    model.pasted_text(&ticket::form("incoming/${filename}"), 0.0);
    model
}

#[test]
fn a_form_that_was_pasted_looks_as_it_did() {
    Album::default().compare("ticket", &TWO, SIZE, 1.0, |words| {
        by_form(words, "2026-11-24T09:30:30Z")
    });
}

#[test]
fn a_form_that_has_expired_looks_as_it_did() {
    Album::default().compare("ticket-expired", &TWO, SIZE, 1.0, |words| {
        let mut model = by_form(words, "2026-11-24T09:40:00Z");
        model.toasts.clear();
        with_rows(model, vec![sending(1, "demo.mp4", 40 * MIB, 12 * MIB)])
    });
}

#[test]
fn a_form_that_is_pasted_looks_as_it_did() {
    let mut album = Album::default();
    let open = |words| {
        let mut model = model_in(words);
        model.forms.time = ticket::time("2026-11-24T09:30:30Z");
        model.act(Action::Ticket(TicketAction::Open(None)), 0.0);
        model
    };
    album.compare("ticket-empty", &[LIGHT_ENGLISH], SIZE, 1.0, open);
    album.compare("ticket-understood", &TWO, SIZE, 1.0, |words| {
        let mut model = open(words);
        if let Some(Dialog::Ticket(form)) = &mut model.dialog {
            form.text = ticket::form("incoming/${filename}").into();
            form.look();
        }
        model
    });
}

#[test]
fn another_host_looks_as_it_did() {
    Album::default().compare("host", &TWO, SIZE, 1.0, |words| {
        let mut model = handed::chosen(model_in(words));
        model.happened(handed::form_seen(), 0.0);
        model.batches.entry(BatchId(1)).or_default().destination = Some(handed::function());
        let reason = UploadReason::HostChanged {
            lambda: "abc123.lambda-url.eu-west-1.on.aws".to_owned(),
            host: "other.s3.eu-west-1.amazonaws.com".to_owned(),
            known: vec!["media.s3.eu-west-1.amazonaws.com".to_owned()],
        };
        let failure = Failure::new(Code::HostChanged, reason);
        with_rows(
            model,
            vec![row(1, "demo.mp4", 40 * MIB, Stage::Failed(Arc::new(failure)))],
        )
    });
}

#[test]
fn the_overlay_over_a_function_looks_as_it_did() {
    Album::default().compare("overlay-function", &[DARK_KOREAN], SIZE, 1.0, |words| {
        let mut model = handed::chosen(model_in(words));
        model.happened(handed::form_seen(), 0.0);
        model.hover = Some(Hover {
            count: Some(2),
            names: ["photo.png", "notes.txt"].map(str::to_owned).to_vec(),
        });
        model
    });
}
