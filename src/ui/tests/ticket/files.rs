//! A form that comes as a file: read and never sent.

use super::super::fixtures::{commands, harness, model};
use super::super::hands::settle;
use super::{a_minute_later, form, ticket_of};
use crate::engine::Command;
use crate::ui::action::{Action, Effect};
use crate::ui::backend::TicketFile;
use crate::ui::drops::DropEvent;
use crate::ui::model::TicketAction;
use egui_kittest::kittest::Queryable as _;

fn ticket_file(paths: &[&str]) -> TicketFile {
    TicketFile {
        file: "/home/me/in.dropslot-ticket".into(),
        paths: paths.iter().map(Into::into).collect(),
        hold: true,
    }
}

#[test]
fn a_forms_file_is_read_and_never_sent_and_what_is_dropped_with_it_goes_by_it() {
    let mut model = model();
    a_minute_later(&mut model);
    let dropped = ["/home/me/a.png", "/home/me/in.dropslot-ticket", "/home/me/b.png"];
    let effects = model.dropped(DropEvent::Dropped(dropped.map(Into::into).to_vec()), 0.0);
    let others = ["/home/me/a.png", "/home/me/b.png"];
    assert!(
        matches!(&effects[..], [Effect::ReadTicket(file)] if *file == ticket_file(&others)),
        "{effects:?}"
    );

    let effects = model.ticket_read(ticket_file(&others), Some(form("in/${filename}").into()), 0.0);
    let [Command::Add(request)] = commands(&effects)[..] else {
        panic!("{effects:?}")
    };
    assert!(ticket_of(&request.destination).upload.is_some());
    assert_eq!(request.paths, others.map(std::path::PathBuf::from));
    assert!(!request.hold.is_zero());
}

#[test]
fn where_a_forms_file_cannot_be_taken_nothing_goes_anywhere() {
    for (text, sentence) in [
        (None, "The form in in.dropslot-ticket cannot be read"),
        (
            Some("some words".into()),
            "This is neither a form's JSON nor a curl line",
        ),
    ] {
        let mut model = model();
        let effects = model.ticket_read(ticket_file(&["/home/me/a.png"]), text, 0.0);
        assert!(effects.is_empty(), "{effects:?}");
        assert!(model.picker.ticket().is_none());
        let told: Vec<_> = model
            .toasts
            .iter()
            .map(|toast| toast.message.text(model.words))
            .collect();
        assert_eq!(told, [sentence]);
    }
}

#[test]
fn a_forms_file_that_hovers_is_not_said_to_be_sent_to_the_destination() {
    let mut model = model();
    let names = vec!["in.dropslot-ticket".to_owned()];
    model.dropped(DropEvent::Hover { count: Some(1), names }, 0.0);
    let mut harness = harness(model);
    settle(&mut harness);
    assert!(harness.query_by_label("Drop to send files by this form").is_some());
    assert!(harness.query_by_label_contains("Drop to send to").is_none());
}

#[test]
fn a_forms_file_comes_into_the_dialog_that_is_open() {
    let mut model = model();
    model.act(Action::Ticket(TicketAction::Open(None)), 0.0);
    model.ticket_read(ticket_file(&[]), Some(form("one.png").into()), 0.0);
    assert!(model.picker.ticket().is_none(), "it is looked at first");
    let mut harness = harness(model);
    settle(&mut harness);
    assert!(harness.query_by_label("one.png · for one file").is_some());
}
