//! What is said of all uploads together.

use super::fixtures::{MIB, acl_refused, done, model_in, row, with_rows};
use crate::engine::Stage;
use crate::transfer::{Access, Proof};
use crate::ui::view_model;
use crate::ui::words::{ENGLISH, KOREAN, Words};
use std::sync::Arc;

/// Of rows in these stages.
fn said(words: &'static Words, stages: &[Stage]) -> String {
    let rows = stages.iter().zip(1..);
    let rows = rows.map(|(stage, id)| row(id, "a.png", MIB, stage.clone()));
    view_model::footer(&with_rows(model_in(words), rows.collect()))
        .unwrap()
        .text
}

fn failed() -> Stage {
    Stage::Failed(Arc::new(acl_refused()))
}

#[test]
fn of_what_came_to_nothing_it_says_how_and_no_more() {
    let mixed = [failed(), Stage::Cancelled, Stage::Interrupted, Stage::Interrupted];
    assert_eq!(said(&ENGLISH, &[failed(), failed(), failed()]), "3 failed");
    assert_eq!(said(&ENGLISH, &mixed), "1 failed · 1 cancelled · 2 interrupted");
    assert_eq!(said(&KOREAN, &[failed(), failed(), failed()]), "3개 실패");
    assert_eq!(said(&KOREAN, &mixed), "1개 실패 · 1개 취소됨 · 2개 중단됨");
}

#[test]
fn of_what_is_done_or_will_be_it_says_how_much() {
    let done = done("a.png", Access::Public, Proof::Md5);
    assert_eq!(
        said(&ENGLISH, &[done.clone(), failed()]),
        "1 of 2 done · 1 failed · 1.0 MiB"
    );
    assert_eq!(
        said(&ENGLISH, &[failed(), Stage::Waiting]),
        "0 of 2 done · 1 failed · 0 B of 1.0 MiB · 22 s left"
    );
}
