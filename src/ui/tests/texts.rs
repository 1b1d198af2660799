//! What the list says, as text: a change of wording or of what is offered is seen in review.

use super::fixtures::{acl_refused, asking, every_stage, model_in, offline, row, with_rows};
use crate::engine::{Stage, UploadId, UploadRow};
use crate::ui::action::Action;
use crate::ui::view_model::{self, Row};
use crate::ui::widgets::MenuEntry;
use crate::ui::words::{ENGLISH, KOREAN, Words};
use std::fmt::Write as _;
use std::sync::Arc;

/// A row, line by line, as it is read.
fn told(row: &Row) -> String {
    let mut text = format!("{} · {:?} {:?} · {}\n", row.name, row.mark, row.tone, row.word);
    let mut line = |what: &str, said: &str| {
        if !said.is_empty() {
            writeln!(text, "    {what}: {said}").unwrap();
        }
    };
    line("is", &format!("{:?}", row.file_type));
    line("hint", row.word_hint.unwrap_or_default());
    line("place", &row.place);
    line("facts", &row.facts);
    if let Some(bar) = row.bar {
        line("bar", &format!("{:.0} %, {}", bar * 100.0, row.bar_name));
    }
    line("numbers", &row.numbers);
    if let Some(failure) = &row.failure {
        line("failed", &failure.what);
        line("change", &failure.hint);
        line("command", failure.command.as_deref().unwrap_or_default());
        line("details", &failure.details.clone().unwrap_or_default().join(" | "));
    }
    let buttons: Vec<&str> = row.buttons.iter().map(|button| button.label.as_str()).collect();
    line("buttons", &buttons.join(" | "));
    line("cross", row.cross.as_ref().map_or("", |cross| &cross.label));
    text
}

fn menu(entries: &[MenuEntry]) -> String {
    let lines = entries.iter().map(|entry| match entry {
        MenuEntry::Heading(text) => format!("# {text}"),
        MenuEntry::Note(text) => format!("({text})"),
        MenuEntry::Divider => "-".to_owned(),
        MenuEntry::Item { label, takes_away, .. } => format!("{}{label}", if *takes_away { "! " } else { "" }),
    });
    lines.collect::<Vec<_>>().join("\n        ")
}

/// All rows with their menus, and the footer.
fn list(words: &'static Words, rows: Vec<UploadRow>) -> String {
    let mut model = with_rows(model_in(words), rows);
    model.act(Action::ToggleDetails(UploadId(4)), 0.0);
    let mut told_of: Vec<String> = Vec::new();
    for upload in model.snapshot.uploads.iter() {
        let row = told(&view_model::row(&model, upload, 0.0));
        let menu = menu(&view_model::row_menu(&model, upload));
        told_of.push(format!("{row}    menu:\n        {menu}\n\n"));
    }
    let footer = view_model::footer(&model).unwrap().text;
    told_of.push(format!("{footer:#?}\n"));
    told_of.concat()
}

fn rows() -> Vec<UploadRow> {
    let mut rows = every_stage();
    rows.retain(|row| !matches!(row.stage, Stage::Failed(_)));
    rows.insert(
        3,
        row(4, "dump.sql", 54_525_952, Stage::Failed(Arc::new(acl_refused()))),
    );
    rows.extend([asking(13, "photo.jpg"), offline(14, "demo.mp4")]);
    rows
}

#[test]
fn every_stage_says_in_english_what_it_said() {
    insta::assert_snapshot!("list-en", list(&ENGLISH, rows()));
}

#[test]
fn every_stage_says_in_korean_what_it_said() {
    insta::assert_snapshot!("list-ko", list(&KOREAN, rows()));
}
