//! Folders that are watched: a quiet line each, and a strip for what is wrong.

use super::Tone;
use super::strips::{Strip, of_failure};
use crate::engine::WatchState;
use crate::store::{Destination, WatchedFolder};
use crate::ui::action::{Action, CopySource};
use crate::ui::model::{DestinationAction, Model, WatchAction};
use crate::ui::names;
use crate::ui::widgets::{Icon, Kind};

/// One watch that goes as it should, or is paused.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct WatchLine {
    pub(crate) icon: Icon,
    /// `Watching Screenshots → media-assets`
    pub(crate) text: String,
    /// The whole path.
    pub(crate) path: String,
    /// What its button says.
    pub(crate) button: &'static str,
    /// What that means.
    pub(crate) meaning: &'static str,
    pub(crate) action: Action,
}

fn watches(model: &Model) -> impl Iterator<Item = (&Destination, &WatchedFolder)> {
    let saved = model.settings.destinations.iter();
    saved.filter_map(|saved| Some((saved, saved.watch.as_ref()?)))
}

/// In the order of the destinations.
pub(crate) fn watch_lines(model: &Model) -> Vec<WatchLine> {
    let words = &model.words.watching;
    let line = |(saved, watch): (&Destination, &WatchedFolder)| {
        let state = model.watches.state(watch);
        let rests = watch.is_paused || state == Some(&WatchState::Ended);
        if !rests && matches!(state, Some(WatchState::Failed(_))) {
            return None;
        }
        let (folder, destination) = (names::of_path(&watch.folder), model.words.destination_name(&saved.name));
        let name = saved.name.clone();
        Some(WatchLine {
            icon: if rests { Icon::Pause } else { Icon::Eye },
            text: if rests {
                (words.paused)(&folder, &destination)
            } else {
                (words.watching)(&folder, &destination)
            },
            path: names::harmless(&watch.folder.to_string_lossy()),
            button: if rests { words.resume } else { words.pause },
            meaning: words.pause_explained,
            action: Action::Watch(if rests {
                WatchAction::Resume(name)
            } else {
                WatchAction::Pause(name)
            }),
        })
    };
    watches(model).filter_map(line).collect()
}

/// What keeps folders from being watched as they should be.
pub(super) fn watch_troubles(model: &Model) -> Vec<Strip> {
    let words = model.words;
    let strip = |(saved, watch): (&Destination, &WatchedFolder)| {
        let Some(WatchState::Failed(failure)) = model.watches.state(watch).filter(|_| !watch.is_paused) else {
            return None;
        };
        let mut strip = of_failure(failure, words);
        strip.tone = Tone::Careful;
        strip.icon = Icon::EyeOff;
        if let Some(command) = &failure.command {
            let copied = model.just_copied(CopySource::Command);
            let label = if copied { words.copied } else { words.copy_command };
            strip = strip.with(label, Kind::Plain, Action::Copy(CopySource::Command, command.clone()));
        }
        let edit = DestinationAction::Edit(saved.name.clone());
        let strip = strip.with(words.try_again, Kind::Plain, Action::Watch(WatchAction::LookAgain));
        Some(strip.with(words.destination.edit, Kind::Quiet, Action::Destination(edit)))
    };
    watches(model).filter_map(strip).collect()
}
