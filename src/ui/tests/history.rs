//! The history page, with an engine behind it that knows some entries.

mod doing;
mod finding;
mod long;
mod thumbnails;

use super::fixtures::{SIZE, State, account, commands, harness_of, model, model_in};
use crate::engine::{Command, Event, Found, ObjectOf};
use crate::store::{Deletion, HistoryEntry};
use crate::ui::action::{Action, Effect, Forgetting, HistoryAction};
use crate::ui::model::{Dialog, Model, Page};
use crate::ui::words::KOREAN;
use eframe::egui::accesskit::Role;
use eframe::egui::{Event as Input, Key, Modifiers, MouseWheelSource, MouseWheelUnit, Theme, TouchPhase, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::civil::date;
use jiff::tz::TimeZone;
use std::collections::HashSet;

/// Names, when they were done, and who can open them; newest first, the last has the id 1.
type Past<'a> = &'a [(&'a str, &'a str, &'a str)];

const PAST: Past<'_> = &[
    ("스크린샷 1.png", "2026-11-24T11:34:00Z", "public"),
    ("contract.pdf", "2026-11-24T05:10:00Z", "private"),
    ("report.pdf", "2026-11-23T22:46:00Z", "unknown"),
    ("notes.txt", "2026-11-02T08:00:00Z", "public"),
    ("photo\u{202E}gnp.exe", "2025-12-31T08:00:00Z", "public"),
];

fn entries(past: Past<'_>) -> Vec<HistoryEntry> {
    let entry = |(index, (name, done_at, access)): (usize, &(&str, &str, &str))| HistoryEntry {
        id: i64::try_from(past.len() - index).unwrap(),
        done_at: done_at.parse().unwrap(),
        path: format!("/home/me/{name}"),
        bucket: "media-assets".to_owned(),
        object_key: format!("k3f9x2ab/{name}"),
        url: format!("https://media-assets.s3.ap-northeast-2.amazonaws.com/k3f9x2ab/{index}"),
        etag: None,
        size_bytes: 1_258_291,
        content_type: "image/png".to_owned(),
        proof: "crc64nvme".to_owned(),
        access: (*access).to_owned(),
        destination: Some(account("media-assets")),
        deletion: None,
    };
    past.iter().enumerate().map(entry).collect()
}

/// What the engine would answer from `entries`.
fn answer(model: &mut Model, entries: &[HistoryEntry], effects: &[Effect], now: f64) -> Vec<Effect> {
    let mut follow = Vec::new();
    for command in commands(effects) {
        let event = match command {
            Command::FindHistory { question, text } => {
                let found = entries.iter().filter(|entry| entry.path.contains(text.as_str()));
                let found = Found {
                    stamps: found.map(HistoryEntry::stamp).collect(),
                    zone: TimeZone::UTC,
                };
                Event::HistoryFound {
                    question: *question,
                    found: Ok(found),
                }
            }
            Command::ReadHistory { question, ids } => {
                let read = |id: &i64| entries.iter().find(|entry| entry.id == *id).cloned();
                Event::HistoryRead {
                    question: *question,
                    entries: ids.iter().filter_map(read).collect(),
                }
            }
            _ => continue,
        };
        follow.extend(model.happened(event, now));
    }
    follow
}

/// The page with some entries, as it is drawn when all of them are read.
pub(super) fn page<'a>(model: Model, theme: Theme) -> Harness<'a, State> {
    Window::in_theme(model, entries(PAST), theme).harness
}

/// The page, with an engine behind it that knows `entries`.
struct Window<'a> {
    harness: Harness<'a, State>,
    entries: Vec<HistoryEntry>,
    /// Everything that was asked for outside of the window.
    effects: Vec<Effect>,
    now: f64,
}

impl Window<'_> {
    fn of(model: Model, entries: Vec<HistoryEntry>) -> Self {
        Self::in_theme(model, entries, Theme::Light)
    }

    fn in_theme(mut model: Model, entries: Vec<HistoryEntry>, theme: Theme) -> Self {
        model.history.today = date(2026, 11, 24);
        let effects = model.act(Action::Show(Page::History), 0.0);
        answer(&mut model, &entries, &effects, 0.0);
        let mut window = Self {
            harness: harness_of(model, theme, SIZE, 1.0),
            entries,
            effects: Vec::new(),
            now: 1.0,
        };
        window.settle();
        window
    }

    fn act(&mut self, action: Action) {
        let model = &mut self.harness.state_mut().model;
        let effects = model.act(action, self.now);
        let follow = answer(model, &self.entries, &effects, self.now);
        self.effects.extend(effects);
        self.effects.extend(follow);
    }

    /// Draws, and does what is asked after each frame, as the real window does, until nothing is.
    fn settle(&mut self) {
        let mut quiet = 0;
        while quiet < 4 {
            self.harness.step();
            let asked = std::mem::take(&mut self.harness.state_mut().actions);
            quiet = if asked.is_empty() { quiet + 1 } else { 0 };
            for action in asked {
                self.act(action);
            }
        }
        self.harness.run_ok();
    }

    fn press(&mut self, label: &str) {
        self.harness.get_by_label(label).click();
        self.settle();
    }

    fn key(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.settle();
    }

    fn happened(&mut self, event: Event) {
        let model = &mut self.harness.state_mut().model;
        let effects = model.happened(event, self.now);
        answer(model, &self.entries, &effects, self.now);
        self.settle();
    }

    fn shows(&self, label: &str) -> bool {
        self.harness.query_all_by_label(label).next().is_some()
    }

    /// The list, as assistive technology reads it.
    fn rows(&self) -> Vec<String> {
        let rows = self.harness.query_all_by_role(Role::ListItem);
        rows.filter_map(|row| row.accesskit_node().label()).collect()
    }

    fn copied(&self) -> Vec<&str> {
        let copied = self.effects.iter().filter_map(|effect| match effect {
            Effect::Copy(text) => Some(text.as_str()),
            _ => None,
        });
        copied.collect()
    }

    fn sent(&self) -> Vec<&Command> {
        commands(&self.effects)
    }

    fn dialog(&self) -> Option<&Dialog> {
        self.harness.state().model.dialog.as_ref()
    }
}

fn window<'a>() -> Window<'a> {
    Window::of(model(), entries(PAST))
}

fn row_of<'a>(window: &'a Window<'_>, name: &'a str) -> egui_kittest::Node<'a> {
    let mut rows = window.harness.query_all_by(move |node| {
        node.role() == Role::ListItem && node.label().is_some_and(|label| label.starts_with(name))
    });
    rows.next().unwrap()
}
