//! Watched folders: which the engine is to watch, how that goes, and what a person pauses.

use super::{Dialog, Model, SandboxState};
use crate::engine::{Command, WatchRequest, WatchState};
use crate::store::{Destination, DestinationKind, WatchedFolder};
use crate::ui::action::Effect;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

/// What is asked for around watched folders. Destinations are known by their names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum WatchAction {
    /// Upload nothing for now.
    Pause(String),
    /// Upload what appears from now on.
    Resume(String),
    /// Look whether what was wrong is right now.
    LookAgain,
}

/// What the window knows of them.
#[derive(Debug, Default)]
pub(crate) struct Watches {
    /// What the engine was told last.
    asked: Vec<WatchRequest>,
    /// How each goes, by its id.
    states: HashMap<String, WatchState>,
}

impl Watches {
    pub(super) fn changed(&mut self, watch: String, state: WatchState) {
        self.states.insert(watch, state);
    }

    /// How a watch goes, as far as it was told.
    pub(crate) fn state(&self, watch: &WatchedFolder) -> Option<&WatchState> {
        self.states.get(&watch.id)
    }

    fn is_asked(&self, watch: &WatchedFolder) -> bool {
        self.asked.iter().any(|asked| asked.watch == watch.id)
    }
}

impl Model {
    pub(super) fn act_on_watches(&mut self, action: &WatchAction) -> Vec<Effect> {
        match action {
            WatchAction::Pause(name) => self.change_watch(name, |watch| watch.is_paused = true),
            // What has come during the pause was not to be seen by anybody.
            WatchAction::Resume(name) => {
                self.change_watch(name, |watch| *watch = WatchedFolder::new(watch.folder.clone()))
            }
            WatchAction::LookAgain => vec![Effect::send(Command::LookAtWatched)],
        }
    }

    fn change_watch(&mut self, name: &str, change: impl FnOnce(&mut WatchedFolder)) -> Vec<Effect> {
        let saved = &mut self.settings.destinations;
        let watch = saved.iter_mut().find(|saved| saved.name == name);
        let Some(watch) = watch.and_then(|saved| saved.watch.as_mut()) else {
            return Vec::new();
        };
        change(watch);
        vec![self.save()]
    }

    /// At the start: the embedded S3 is needed where a folder's files go there.
    pub(super) fn begin_to_watch(&mut self) -> Vec<Effect> {
        let goes_to_sandbox = |saved: &Destination| watched(saved).is_some() && saved.kind == DestinationKind::Sandbox;
        let mut effects = if self.settings.destinations.iter().any(goes_to_sandbox) {
            self.picker.start_sandbox()
        } else {
            Vec::new()
        };
        effects.extend(self.watch());
        effects
    }

    /// Tells the engine what to watch, where that has changed.
    pub(super) fn watch(&mut self) -> Option<Effect> {
        let has_sandbox = self.picker.sandbox == SandboxState::Running;
        let request = |saved: &Destination| {
            let watch = watched(saved)?;
            // One that has begun goes on: to leave it out would end it.
            let can_go = saved.kind != DestinationKind::Sandbox || has_sandbox || self.watches.is_asked(watch);
            can_go.then(|| WatchRequest {
                watch: watch.id.clone(),
                folder: watch.folder.clone(),
                destination: Arc::new(saved.clone().without_watch()),
            })
        };
        let requests: Vec<WatchRequest> = self.settings.destinations.iter().filter_map(request).collect();
        if requests == self.watches.asked {
            return None;
        }
        self.watches.asked.clone_from(&requests);
        Some(Effect::send(Command::Watch(requests)))
    }

    /// The person looks at the window: what a file system has not told is seen now.
    pub(crate) fn look_at_watched(&self) -> Option<Effect> {
        (!self.watches.asked.is_empty()).then(|| Effect::send(Command::LookAtWatched))
    }

    /// A folder to watch was chosen, for the form that is open.
    pub(crate) fn watched_folder_chosen(&mut self, folder: &Path) {
        if let Some(Dialog::Destination(form)) = &mut self.dialog {
            form.fields.watch = folder.to_string_lossy().into_owned();
        }
    }
}

/// The folder that is watched for a saved destination.
fn watched(saved: &Destination) -> Option<&WatchedFolder> {
    let is_ticket = matches!(saved.kind, DestinationKind::Ticket(_));
    saved.watch.as_ref().filter(|watch| !watch.is_paused && !is_ticket)
}
