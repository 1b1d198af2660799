//! What the person chooses on the settings page: done at once, kept at once.

use super::{Dialog, Model};
use crate::engine::Code;
use crate::store::{Folders, LanguageChoice, Settings, ThemeChoice};
use crate::ui::action::Effect;
use crate::ui::words::Words;
use std::path::PathBuf;

/// A choice on the settings page.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum SettingsAction {
    /// Light, dark or the system's.
    Theme(ThemeChoice),
    /// English, Korean or the system's.
    Language(LanguageChoice),
    /// How large the window draws itself, in percent.
    Zoom(u16),
    /// The next size up.
    Larger,
    /// The next size down.
    Smaller,
    /// Whether the URLs are copied when a batch ends.
    CopyWhenDone(bool),
    /// Whether a notification tells that a batch has ended.
    Notify(bool),
    /// Uploads at a time.
    Jobs(Option<u8>),
    /// Ask whether all is to be as the program came.
    AskReset,
    /// It is.
    Reset,
    /// Show the licences of the fonts.
    Licences,
    /// Put the diagnostics on the clipboard.
    CopyDiagnostics,
}

/// Something that is kept on this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// `settings.json`.
    Settings,
    /// Queue and history.
    Database,
    /// The embedded S3's objects.
    Sandbox,
}

impl Place {
    /// In the order in which they are shown.
    pub(crate) const ALL: [Self; 3] = [Self::Settings, Self::Database, Self::Sandbox];

    /// Where it is.
    pub(crate) fn path(self, folders: &Folders) -> PathBuf {
        match self {
            Self::Settings => folders.settings_file(),
            Self::Database => folders.database_file(),
            Self::Sandbox => folders.sandbox_dir(),
        }
    }
}

/// Sizes to choose from, in percent.
pub(crate) const ZOOM_PERCENTS: [u16; 5] = [100, 125, 150, 175, Settings::MAX_ZOOM_PERCENT];

impl Model {
    /// Carries out a choice.
    pub(super) fn act_on_settings(&mut self, action: &SettingsAction) -> Vec<Effect> {
        let settings = &mut self.settings;
        let zoom = settings.zoom_percent;
        match *action {
            SettingsAction::Theme(theme) => settings.theme = theme,
            SettingsAction::Language(language) => settings.language = language,
            SettingsAction::Zoom(percent) => settings.zoom_percent = percent.clamp(100, Settings::MAX_ZOOM_PERCENT),
            SettingsAction::Larger => {
                let larger = ZOOM_PERCENTS.into_iter().find(|percent| *percent > zoom);
                settings.zoom_percent = larger.unwrap_or(zoom);
            }
            SettingsAction::Smaller => {
                let smaller = ZOOM_PERCENTS.into_iter().rev().find(|percent| *percent < zoom);
                settings.zoom_percent = smaller.unwrap_or(zoom);
            }
            SettingsAction::CopyWhenDone(copies) => settings.copy_when_done = copies,
            SettingsAction::Notify(notifies) => settings.notify = notifies,
            SettingsAction::Jobs(jobs) => settings.jobs = jobs.map(|jobs| jobs.clamp(1, Settings::MAX_JOBS)),
            SettingsAction::AskReset => {
                self.dialog = Some(Dialog::ResetSettings);
                return Vec::new();
            }
            SettingsAction::Licences => {
                self.dialog = Some(Dialog::Licences);
                return Vec::new();
            }
            SettingsAction::CopyDiagnostics => return vec![Effect::CollectDiagnostics(self.surroundings())],
            SettingsAction::Reset => {
                self.dialog = None;
                *settings = settings.clone().with_default_choices();
            }
        }
        self.settings_changed()
    }

    /// Shows what was chosen and keeps it. Where it cannot be written a sentence says so, and it holds until the end.
    fn settings_changed(&mut self) -> Vec<Effect> {
        self.words = Words::of_choice(self.settings.language);
        // What went wrong with the last write is told again where it goes wrong again.
        self.troubles.retain(|failure| failure.code != Code::Settings);
        let mut effects = self.appearance();
        effects.push(self.save());
        effects
    }

    /// How the window looks.
    pub(super) fn appearance(&self) -> Vec<Effect> {
        vec![
            Effect::Theme(self.settings.theme),
            Effect::Zoom(self.settings.zoom_percent),
        ]
    }
}
