//! Hands and eyes: a list that is clicked and typed at, and acts.

use super::fixtures::{MIB, State, done, harness, model, row, with_rows};
use crate::engine::UploadRow;
use crate::transfer::{Access, Proof};
use crate::ui::action::Effect;
use eframe::egui::{Event, Key, Modifiers, PointerButton, Pos2, accesskit::Role, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

/// Draws and acts until nothing is asked for any more; gives what is to be done outside.
pub(super) fn settle(harness: &mut Harness<'_, State>) -> Vec<Effect> {
    let mut effects = Vec::new();
    loop {
        harness.run_ok();
        let actions = std::mem::take(&mut harness.state_mut().actions);
        if actions.is_empty() {
            return effects;
        }
        for action in actions {
            effects.extend(harness.state_mut().model.act(action, 10.0));
        }
    }
}

/// Clicks the control of this name.
pub(super) fn push(harness: &mut Harness<'_, State>, role: Role, label: &str) -> Vec<Effect> {
    harness.get_by_role_and_label(role, label).click();
    settle(harness)
}

pub(super) fn press(harness: &mut Harness<'_, State>, modifiers: Modifiers, key: Key) -> Vec<Effect> {
    harness.key_press_modifiers(modifiers, key);
    settle(harness)
}

pub(super) fn click(harness: &mut Harness<'_, State>, modifiers: Modifiers, name: &str) -> Vec<Effect> {
    let at = harness.get_by_role_and_label(Role::ListItem, name).rect().left_center() + vec2(90.0, 0.0);
    point(harness, at, modifiers, PointerButton::Primary)
}

pub(super) fn point(
    harness: &mut Harness<'_, State>,
    at: Pos2,
    modifiers: Modifiers,
    button: PointerButton,
) -> Vec<Effect> {
    harness.hover_at(at);
    for pressed in [true, false] {
        let event = Event::PointerButton {
            pos: at,
            button,
            pressed,
            modifiers,
        };
        harness.event_modifiers(event, modifiers);
    }
    settle(harness)
}

pub(super) fn done_row(id: u64, name: &str) -> UploadRow {
    row(id, name, MIB, done(name, Access::Public, Proof::Crc64Nvme))
}

pub(super) fn five<'a>() -> Harness<'a, State> {
    let rows = ["a", "b", "c", "d", "e"];
    let rows = (1..).zip(rows).map(|(id, name)| done_row(id, name)).collect();
    let mut harness = harness(with_rows(model(), rows));
    settle(&mut harness);
    harness
}

pub(super) fn selected(harness: &Harness<'_, State>) -> Vec<u64> {
    harness.state().model.selected_rows().map(|row| row.id.0).collect()
}

pub(super) fn copied(effects: &[Effect]) -> &str {
    match effects {
        [Effect::Copy(text)] => text,
        effects => panic!("{effects:?}"),
    }
}
