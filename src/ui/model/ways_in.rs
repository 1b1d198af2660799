//! How files come in: dropped, chosen, pasted, typed, on the command line.

use super::{Dialog, ExampleFile, Message, Model, Page, Wanted};
use crate::engine::{AddRequest, BatchId, Command, Engine, Stage, UploadId};
use crate::store::{Destination, is_ticket_file};
use crate::ui::action::Effect;
use crate::ui::backend::{LookedAt, TicketFile};
use crate::ui::drops::DropEvent;
use crate::ui::handover::Request;
use crate::ui::names;
use crate::ui::pasted_text::PastedText;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// How long dropped and pasted files are shown before the first byte goes: they may not be the ones that were meant.
pub(crate) const HOLD: Duration = Duration::from_secs(3);

/// What hovers over the window.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Hover {
    /// How many, where that is known before the drop.
    pub(crate) count: Option<usize>,
    /// Their names, fit to be shown.
    pub(crate) names: Vec<String>,
}

impl Hover {
    /// Whether a form's file is among them, as far as names are known: the files then go by it.
    pub(crate) fn brings_form(&self) -> bool {
        self.names.iter().any(|name| is_ticket_file(Path::new(name)))
    }
}

/// The field that stands in for a file dialog.
#[derive(Clone, Debug, Default)]
pub(crate) struct PathField {
    /// What is typed.
    pub(crate) text: String,
    /// It has just appeared: the keyboard goes there.
    pub(crate) wants_focus: bool,
}

impl Model {
    /// Files and folders by the dialog or the command line: the person has just named them, so they go at once.
    pub(crate) fn chosen(&mut self, paths: Vec<PathBuf>) -> Vec<Effect> {
        self.add(paths, false)
    }

    /// What a second start was given, on its command line: it goes on as if this window had been started by it.
    pub(crate) fn handed_over(&mut self, request: Request) -> Vec<Effect> {
        self.page = Page::Uploads;
        let mut effects = Vec::new();
        if let Some(destination) = request.destination {
            let picked = self.picker.pick_saved(destination);
            effects.extend(self.destination_changed(picked));
        }
        effects.extend(self.chosen(request.paths));
        effects
    }

    /// Takes in what happened to dragged files.
    pub(crate) fn dropped(&mut self, event: DropEvent, now: f64) -> Vec<Effect> {
        match event {
            DropEvent::Hover { count, names } => {
                let names = names.iter().map(|name| names::harmless(name)).collect();
                self.hover = Some(Hover { count, names });
                Vec::new()
            }
            DropEvent::Left => {
                self.hover = None;
                Vec::new()
            }
            DropEvent::Dropped(paths) => {
                self.hover = None;
                self.add(paths, true)
            }
            DropEvent::Refused(refusal) => {
                self.hover = None;
                self.toast(Message::DropRefused(refusal), false, now);
                Vec::new()
            }
        }
    }

    /// Whether what is pasted is meant for the list: not while something is asked.
    pub(crate) fn takes_files(&self) -> bool {
        self.dialog.is_none() && !self.closing
    }

    /// Whether what is pasted beside all fields is meant for anything.
    pub(crate) fn takes_paste(&self) -> bool {
        self.takes_files() || matches!(self.dialog, Some(Dialog::Profile(_) | Dialog::Ticket(_)))
    }

    /// Files from the clipboard.
    pub(crate) fn pasted_files(&mut self, paths: Vec<PathBuf>) -> Vec<Effect> {
        if self.takes_files() {
            self.add(paths, true)
        } else {
            Vec::new()
        }
    }

    /// Text from the clipboard: paths, a form, or nothing for us.
    pub(crate) fn pasted_text(&mut self, text: &str, now: f64) -> Vec<Effect> {
        if self.pasted_into_profile(text, now) {
            return Vec::new();
        }
        let kind = PastedText::of(text);
        if matches!(kind, PastedText::Link | PastedText::Other)
            && let Some(effects) = self.pasted_form(text, now)
        {
            return effects;
        }
        let refusal = match kind {
            PastedText::Paths(paths) => return self.pasted_files(paths),
            PastedText::Nothing => Message::NothingToPaste,
            PastedText::Link => Message::LinkPasted,
            PastedText::Other => Message::TextPasted,
        };
        self.toast(refusal, false, now);
        Vec::new()
    }

    /// What was given has become uploads, and the first that can be sent stands for the next: of a folder one file of it.
    pub(super) fn came_in(&mut self, batch: BatchId, uploads: &[UploadId]) {
        let mut rows = uploads.iter().filter_map(|upload| self.row_of(*upload));
        let Some(row) = rows.find(|row| !matches!(row.stage, Stage::Failed(_))) else {
            return;
        };
        let note = self.batches.get(&batch);
        let first_path = note.and_then(|note| note.first_path.as_deref());
        if note.is_some() && first_path.is_none() {
            // More of a drop whose first file is the example already.
            return;
        }
        let beside = first_path.and_then(Path::parent);
        let dir = beside.and_then(|beside| row.path.parent()?.strip_prefix(beside).ok());
        let dir = dir.into_iter().flat_map(Path::iter).map(|part| part.to_string_lossy());
        self.example.file = Some(ExampleFile {
            name: names::of_path(&row.path),
            dir: dir.collect::<Vec<_>>().join("/"),
        });
        if let Some(note) = self.batches.get_mut(&batch) {
            note.first_path = None;
        }
    }

    /// There is no file dialog on this system.
    pub(crate) fn no_dialog(&mut self) {
        if let Some(Dialog::Destination(form)) = &mut self.dialog {
            form.wants_focus = Some(Wanted::WatchedFolder);
            return;
        }
        self.path_field.get_or_insert_default().wants_focus = true;
    }

    /// What is typed goes when it has been looked at.
    pub(super) fn add_typed_path(&mut self, now: f64) -> Vec<Effect> {
        let Some(field) = &self.path_field else {
            return Vec::new();
        };
        match PastedText::of(&field.text) {
            PastedText::Paths(paths) => vec![Effect::LookAt(paths)],
            PastedText::Nothing | PastedText::Link | PastedText::Other => {
                self.toast(Message::NotAPath, false, now);
                Vec::new()
            }
        }
    }

    /// Typed paths have been looked at: they go, or what is wrong stays in the field.
    pub(crate) fn looked_at(&mut self, looked: LookedAt, now: f64) -> Vec<Effect> {
        if let Some(missing) = looked.missing {
            self.toast(Message::NotThere(missing), false, now);
            return Vec::new();
        }
        if let Some(field) = &mut self.path_field {
            field.text.clear();
            // The list moves it.
            field.wants_focus = true;
        }
        self.add(looked.paths, false)
    }

    /// Where files go at present; of a form's file, and what comes with it, wherever that says.
    pub(super) fn add(&mut self, mut paths: Vec<PathBuf>, hold: bool) -> Vec<Effect> {
        if let Some(ticket) = paths.iter().position(|path| is_ticket_file(path)) {
            let file = paths.remove(ticket);
            return vec![Effect::ReadTicket(TicketFile { file, paths, hold })];
        }
        self.add_to(self.picker.destination(), paths, hold)
    }

    pub(super) fn add_to(&mut self, destination: Option<Destination>, paths: Vec<PathBuf>, hold: bool) -> Vec<Effect> {
        if paths.is_empty() {
            return Vec::new();
        }
        let Some(destination) = destination.map(Destination::without_watch) else {
            self.parked.extend(paths);
            self.parked_are_to_be_shown |= hold;
            return Vec::new();
        };
        let batch = Engine::new_batch();
        let note = self.batches.entry(batch).or_default();
        note.destination = Some(destination.clone());
        note.first_path = paths.first().cloned();
        vec![Effect::send(Command::Add(AddRequest {
            batch,
            paths,
            destination: Arc::new(destination),
            hold: if hold { HOLD } else { Duration::ZERO },
            probe: true,
            limit_rate: None,
        }))]
    }
}
