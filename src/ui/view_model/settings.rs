//! What stands on the settings page beside the choices: its strips, and where things are kept.

use super::Tone;
use super::strips::{Strip, of_failure};
use crate::engine::Code;
use crate::ui::action::{Action, CopySource};
use crate::ui::model::{Model, Place};
use crate::ui::names;
use crate::ui::widgets::{Icon, Kind};
use std::path::PathBuf;

/// A file or folder of this program.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct KeptPlace {
    pub(crate) label: &'static str,
    pub(crate) path: PathBuf,
    /// The path, fit to be shown.
    pub(crate) shown: String,
    pub(crate) copied: bool,
    pub(crate) copy: Action,
}

/// Where things are kept; empty where nothing is.
pub(crate) fn kept_places(model: &Model) -> Vec<KeptPlace> {
    let Some(folders) = &model.folders else {
        return Vec::new();
    };
    let home = std::env::home_dir();
    let place = |place: Place| {
        let path = place.path(folders);
        let text = path.to_string_lossy().into_owned();
        let source = CopySource::Place(place);
        KeptPlace {
            label: (model.words.settings.place)(place),
            shown: names::from_home(&path, home.as_deref()),
            copied: model.just_copied(source),
            copy: Action::Copy(source, text),
            path,
        }
    };
    Place::ALL.map(place).to_vec()
}

/// What is wrong with the settings, or not understood.
pub(crate) fn settings_strips(model: &Model) -> Vec<Strip> {
    let words = model.words;
    let failed = model
        .troubles
        .iter()
        .enumerate()
        .filter(|(_, failure)| failure.code == Code::Settings);
    let mut strips: Vec<Strip> = failed
        .map(|(index, failure)| {
            of_failure(failure, words).with(words.dismiss, Kind::Quiet, Action::DismissTrouble(index))
        })
        .collect();
    if model.settings.not_all_known {
        let mut strip = Strip::new(Icon::Clock, Tone::Careful, words.settings.newer.to_owned());
        words.settings.newer_explained.clone_into(&mut strip.more);
        strips.push(strip);
    }
    strips
}
