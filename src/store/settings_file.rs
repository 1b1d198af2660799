//! `settings.json`'s format: a field is added here, never renamed, and what is not known is kept.

use super::destination_file::{DestinationFile, is_known_kind};
use super::{Destination, LanguageChoice, Settings, ThemeChoice};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

#[derive(Serialize, Deserialize)]
pub(super) struct SettingsFile {
    #[serde(default)]
    destinations: Vec<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last_destination: Option<Value>,
    #[serde(default = "default_jobs")]
    jobs: u8,
    #[serde(default = "default_copy")]
    copy_when_done: bool,
    #[serde(default)]
    theme: Value,
    #[serde(default)]
    language: Value,
    #[serde(default = "default_notify")]
    notify: bool,
    #[serde(default)]
    bucket_regions: BTreeMap<String, String>,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

fn default_jobs() -> u8 {
    Settings::default().jobs
}

fn default_copy() -> bool {
    Settings::default().copy_when_done
}

fn default_notify() -> bool {
    Settings::default().notify
}

impl SettingsFile {
    /// Into what the program works with. Destinations and themes of a newer version are no mistake.
    pub(super) fn read(self) -> serde_json::Result<Settings> {
        let mut destinations = Vec::new();
        let mut other_destinations = Vec::new();
        for value in self.destinations {
            match destination(&value)? {
                Some(destination) => destinations.push(destination),
                None => other_destinations.push(value),
            }
        }
        let last_destination = match &self.last_destination {
            Some(value) => destination(value)?,
            None => None,
        };
        Ok(Settings {
            destinations,
            other_destinations,
            last_destination,
            jobs: self.jobs.clamp(1, Settings::MAX_JOBS),
            copy_when_done: self.copy_when_done,
            theme: match self.theme.as_str() {
                Some("light") => ThemeChoice::Light,
                Some("dark") => ThemeChoice::Dark,
                _ => ThemeChoice::System,
            },
            language: match self.language.as_str() {
                Some("en") => LanguageChoice::English,
                Some("ko") => LanguageChoice::Korean,
                _ => LanguageChoice::System,
            },
            notify: self.notify,
            bucket_regions: self.bucket_regions,
            unknown: self.unknown,
        })
    }

    /// What another process (perhaps a newer version) wrote, and these settings do not hold.
    pub(super) fn keep(&mut self, other: Settings) {
        for (name, value) in other.unknown {
            self.unknown.entry(name).or_insert(value);
        }
        for (bucket, region) in other.bucket_regions {
            self.bucket_regions.entry(bucket).or_insert(region);
        }
    }
}

/// `None` for a kind that this version does not know.
fn destination(value: &Value) -> serde_json::Result<Option<Destination>> {
    match value.get("kind").and_then(Value::as_str) {
        Some(kind) if !is_known_kind(kind) => Ok(None),
        _ => DestinationFile::deserialize(value)?.read().map(Some),
    }
}

impl TryFrom<&Settings> for SettingsFile {
    type Error = serde_json::Error;

    fn try_from(settings: &Settings) -> Result<Self, Self::Error> {
        let value = |destination: &Destination| serde_json::to_value(DestinationFile::from(destination));
        let mut destinations = settings.destinations.iter().map(value).collect::<Result<Vec<_>, _>>()?;
        destinations.extend(settings.other_destinations.iter().cloned());
        Ok(Self {
            destinations,
            last_destination: settings.last_destination.as_ref().map(value).transpose()?,
            jobs: settings.jobs,
            copy_when_done: settings.copy_when_done,
            theme: Value::from(match settings.theme {
                ThemeChoice::System => "system",
                ThemeChoice::Light => "light",
                ThemeChoice::Dark => "dark",
            }),
            language: Value::from(match settings.language {
                LanguageChoice::System => "system",
                LanguageChoice::English => "en",
                LanguageChoice::Korean => "ko",
            }),
            notify: settings.notify,
            bucket_regions: settings.bucket_regions.clone(),
            unknown: settings.unknown.clone(),
        })
    }
}
