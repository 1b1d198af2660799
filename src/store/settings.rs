//! What the person chose, in `settings.json`: unknown fields are kept, a broken file is set aside and never overwritten.

use super::settings_file::SettingsFile;
use super::settings_merge::merged;
use super::{Destination, settings_disk};
use std::path::{Path, PathBuf};

/// Light, dark, or the system's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ThemeChoice {
    /// Follows the system.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// The window's language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum LanguageChoice {
    /// The system's.
    #[default]
    System,
    /// Always English.
    English,
    /// Always Korean.
    Korean,
}

/// What the person chose. Unknown fields of the file are kept in `unknown`.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Saved destinations, by `--to NAME`.
    pub destinations: Vec<Destination>,
    /// Saved destinations of kinds that this version does not know, written back as they were.
    pub other_destinations: Vec<serde_json::Value>,
    /// The destination used last.
    pub last_destination: Option<Destination>,
    /// Requests to one store at a time, 1 to [`Self::MAX_JOBS`]; `None`: as many as help.
    pub jobs: Option<u8>,
    /// All URLs to the clipboard when a batch ends.
    pub copy_when_done: bool,
    /// Colours.
    pub theme: ThemeChoice,
    /// Texts.
    pub language: LanguageChoice,
    /// How large the window draws itself, in percent: 100 to [`Self::MAX_ZOOM_PERCENT`].
    pub zoom_percent: u16,
    /// A notification when a batch ends and the window is not in front.
    pub notify: bool,
    /// Regions found out, by bucket.
    pub bucket_regions: std::collections::BTreeMap<String, String>,
    /// S3 hosts that a function's forms may go to, by [`super::LambdaDestination::identity`]: the first is taken, others are
    /// asked about.
    pub lambda_hosts: std::collections::BTreeMap<String, Vec<String>>,
    /// Endpoints of stores that take no form, found out: files go there by a presigned PUT.
    pub stores_without_forms: std::collections::BTreeSet<String>,
    /// Fields this version does not know, written back as they were.
    pub unknown: serde_json::Map<String, serde_json::Value>,
    /// How these settings would be written as they were last read or written: what differs from it has been changed here,
    /// all else is another process's to change. Empty where they were not read.
    pub as_read: serde_json::Map<String, serde_json::Value>,
    /// The file holds something that this version does not know: a newer one has written it.
    pub not_all_known: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            destinations: Vec::new(),
            other_destinations: Vec::new(),
            last_destination: None,
            jobs: None,
            copy_when_done: true,
            theme: ThemeChoice::System,
            language: LanguageChoice::System,
            zoom_percent: 100,
            notify: true,
            bucket_regions: std::collections::BTreeMap::new(),
            lambda_hosts: std::collections::BTreeMap::new(),
            stores_without_forms: std::collections::BTreeSet::new(),
            unknown: serde_json::Map::new(),
            as_read: serde_json::Map::new(),
            not_all_known: false,
        }
    }
}

/// What happened to a settings file.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// It was not readable as settings; it has been moved, and defaults are used.
    #[error("the settings file was broken and has been set aside as {}", set_aside.display())]
    Broken {
        /// Where it is now.
        set_aside: PathBuf,
    },
    /// Reading or writing.
    #[error("the settings file could not be read or written")]
    Io(#[from] std::io::Error),
}

impl Settings {
    /// Most requests at a time that a person may fix.
    pub const MAX_JOBS: u8 = 32;

    /// Largest that a person may choose.
    pub const MAX_ZOOM_PERCENT: u16 = 200;

    /// Choices as the program came with them; what was saved, found out or is not known stays.
    #[must_use]
    pub fn with_default_choices(self) -> Self {
        let first = Self::default();
        Self {
            jobs: first.jobs,
            copy_when_done: first.copy_when_done,
            theme: first.theme,
            language: first.language,
            zoom_percent: first.zoom_percent,
            notify: first.notify,
            ..self
        }
    }

    /// Reads the file; a missing one gives defaults. With an error come the settings to use all the same.
    #[must_use]
    pub fn load(file: &Path) -> (Self, Option<SettingsError>) {
        match settings_disk::read(file) {
            Ok(Some(present)) => (Self::read(present), None),
            Ok(None) => (Self::default(), None),
            Err(error) => (Self::default(), Some(error)),
        }
    }

    /// Writes atomically (a new file, synced, renamed). What another process has written since these settings were read is
    /// kept, but for what has been changed here. Follows a symbolic link, so that settings kept elsewhere stay there.
    ///
    /// # Errors
    /// [`SettingsError`]: with [`SettingsError::Broken`] they are written all the same.
    pub fn save(&self, file: &Path) -> Result<(), SettingsError> {
        let mine = self.as_written().map_err(std::io::Error::from)?;
        settings_disk::change(file, |theirs| match theirs {
            Some(theirs) => merged(&self.as_read, mine, theirs),
            None => mine,
        })
    }

    /// How these settings are written where no other process has a say.
    ///
    /// # Errors
    /// None that is known: the format has no value that JSON lacks.
    pub fn as_written(&self) -> serde_json::Result<serde_json::Map<String, serde_json::Value>> {
        SettingsFile::try_from(self)?.into_map()
    }

    fn read(present: serde_json::Map<String, serde_json::Value>) -> Self {
        // Of choices any other value than the one that was understood is not known.
        let choices = ["theme", "language", "zoom_percent", "jobs", "copy_when_done", "notify"];
        let choices = choices.map(|name| (name, present.get(name).cloned()));
        let mut settings = SettingsFile::of_map(present).read();
        settings.as_read = settings.as_written().unwrap_or_default();
        let is_known = |(name, value): &(&str, Option<serde_json::Value>)| {
            value
                .as_ref()
                .is_none_or(|value| settings.as_read.get(*name) == Some(value))
        };
        settings.not_all_known =
            !settings.unknown.is_empty() || !settings.other_destinations.is_empty() || !choices.iter().all(is_known);
        settings
    }
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must fail loudly"
)]
mod tests {
    use super::*;
    use crate::store::DestinationKind;

    fn file(text: &str) -> (tempfile::TempDir, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("settings.json");
        std::fs::write(&file, text).unwrap();
        (dir, file)
    }

    fn names(dir: &tempfile::TempDir) -> Vec<String> {
        let entries = std::fs::read_dir(dir.path()).unwrap();
        entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect()
    }

    #[test]
    fn what_is_saved_comes_back() {
        let (_dir, file) = file("");
        let mut destination = Destination::new(
            "work",
            DestinationKind::Account {
                profile: Some("work".to_owned()),
                bucket: "media".to_owned(),
                region: None,
                endpoint_url: None,
            },
        );
        destination.options.acl = Some("public-read".to_owned());
        destination.options.metadata = vec![("b".to_owned(), "1".to_owned()), ("a".to_owned(), "2".to_owned())];
        let settings = Settings {
            last_destination: Some(destination.clone()),
            destinations: vec![destination],
            jobs: Some(3),
            theme: ThemeChoice::Dark,
            ..Settings::default()
        };
        settings.save(&file).unwrap();
        let (loaded, trouble) = Settings::load(&file);
        assert!(trouble.is_none());
        let as_read = settings.as_written().unwrap();
        assert_eq!(loaded, Settings { as_read, ..settings });
    }

    #[test]
    fn a_newer_versions_file_is_read_and_keeps_what_is_not_known() {
        let text = r#"{"version": 9, "theme": {"name": "sepia"}, "destinations": [
            {"name": "l", "kind": "lambda", "url": "https://example.com"},
            {"name": "s", "kind": "sandbox", "colour": "red"}]}"#;
        let (_dir, file) = file(text);
        let (settings, trouble) = Settings::load(&file);
        assert!(trouble.is_none());
        assert_eq!(settings.destinations.len(), 1);
        settings.save(&file).unwrap();
        let written: serde_json::Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
        assert_eq!(written["version"], 9);
        assert_eq!(written["destinations"][0]["url"], "https://example.com");
        assert_eq!(written["destinations"][1]["colour"], "red");
    }

    #[test]
    fn values_of_a_newer_version_neither_break_the_file_nor_are_lost() {
        let text = r#"{"theme": {"name": "sepia"}, "language": 7, "jobs": "many", "notify": "quietly", "copy_when_done": {},
            "bucket_regions": {"a": "eu-west-1", "b": ["x", "y"]},
            "last_destination": {"name": "t", "kind": "ticket", "form": {}},
            "destinations": [
            {"name": "s", "kind": "sandbox", "copy": {"short_link": "x"}, "if_exists": "version", "method": "carrier pigeon",
             "options": {"acl": "private", "method": "put"}},
            {"name": "no-bucket", "kind": "account"}, "what?"]}"#;
        let (_dir, file) = file(text);
        let (mut settings, trouble) = Settings::load(&file);
        assert!(trouble.is_none(), "{trouble:?}");
        assert_eq!(settings.destinations.len(), 1);
        assert_eq!(settings.destinations[0].options.acl.as_deref(), Some("private"));
        assert_eq!(settings.jobs, Settings::default().jobs);
        assert!(settings.not_all_known);

        settings.destinations[0].name = "renamed".to_owned();
        settings.destinations[0].options.acl = None;
        settings.theme = ThemeChoice::Dark;
        settings.save(&file).unwrap();

        let mut expected: serde_json::Value = serde_json::from_str(text).unwrap();
        expected["theme"] = "dark".into();
        let written: serde_json::Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
        for field in [
            "language",
            "jobs",
            "notify",
            "copy_when_done",
            "bucket_regions",
            "theme",
            "last_destination",
        ] {
            assert_eq!(written[field], expected[field], "{field}");
        }
        let destinations = written["destinations"].as_array().unwrap();
        assert_eq!(destinations.len(), 3, "{destinations:?}");
        let renamed = destinations.iter().find(|saved| saved["name"] == "renamed").unwrap();
        assert_eq!(renamed["copy"]["short_link"], "x");
        assert_eq!(renamed["if_exists"], "version");
        assert_eq!(renamed["method"], "carrier pigeon");
        assert_eq!(renamed["options"]["method"], "put");
    }

    #[test]
    fn what_another_process_wrote_meanwhile_is_kept() {
        let (_dir, file) = file("");
        let (mine, _) = Settings::load(&file);
        std::fs::write(&file, r#"{"new": 1, "bucket_regions": {"b": "eu-west-1"}}"#).unwrap();
        mine.save(&file).unwrap();
        let (now, _) = Settings::load(&file);
        assert_eq!(now.unknown["new"], 1);
        assert_eq!(now.bucket_regions["b"], "eu-west-1");
    }

    /// Each of them is another process's: nothing but the file is shared.
    #[test]
    fn what_many_processes_save_at_once_is_all_kept() {
        let (_dir, file) = file("{}");
        std::thread::scope(|scope| {
            for number in 0..8 {
                let file = &file;
                scope.spawn(move || {
                    for count in 0..10 {
                        let (mut settings, trouble) = Settings::load(file);
                        assert!(trouble.is_none(), "{trouble:?}");
                        let bucket = format!("bucket-{number}-{count}");
                        settings.bucket_regions.insert(bucket, "eu-west-1".to_owned());
                        settings.save(file).unwrap();
                    }
                });
            }
        });
        let (settings, _) = Settings::load(&file);
        assert_eq!(settings.bucket_regions.len(), 80);
    }

    #[test]
    fn a_broken_file_that_many_processes_find_at_once_is_set_aside_once() {
        for _ in 0..20 {
            let (dir, file) = file("{oops");
            let troubles: Vec<_> = std::thread::scope(|scope| {
                let starts: Vec<_> = (0..6).map(|_| scope.spawn(|| Settings::load(&file).1)).collect();
                starts.into_iter().filter_map(|start| start.join().unwrap()).collect()
            });
            assert!(
                matches!(troubles[..], [SettingsError::Broken { .. }]),
                "{troubles:?}, {:?}",
                names(&dir)
            );
        }
    }

    #[test]
    fn broken_files_are_set_aside_each_under_its_own_name() {
        let (dir, file) = file("");
        for _ in 0..3 {
            std::fs::write(&file, "{oops").unwrap();
            let (settings, trouble) = Settings::load(&file);
            assert_eq!(settings, Settings::default());
            assert!(matches!(trouble, Some(SettingsError::Broken { .. })), "{trouble:?}");
        }
        let mut names = names(&dir);
        names.retain(|name| name != "settings.lock");
        assert_eq!(names.len(), 3);
        assert!(names.iter().all(|name| name.starts_with("settings.broken-")));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_settings_kept_elsewhere_stays_a_link() {
        let (dir, real) = file("{}");
        let link = dir.path().join("link.json");
        std::os::unix::fs::symlink(&real, &link).unwrap();
        Settings::default().save(&link).unwrap();
        assert!(link.is_symlink());
        assert!(std::fs::read_to_string(&real).unwrap().contains("jobs"));
    }
}
