//! `settings.json`'s format: a field is added here, never renamed, and what is not known is kept.

use super::destination_file::DestinationFile;
use super::{Destination, LanguageChoice, Settings, ThemeChoice};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// In place of a number of jobs.
const AS_MANY_AS_HELP: &str = "auto";

/// Values, not types: one that a newer version writes in another way must not make the rest unreadable.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct SettingsFile {
    destinations: Value,
    #[serde(skip_serializing_if = "Value::is_null")]
    last_destination: Value,
    jobs: Value,
    copy_when_done: Value,
    theme: Value,
    language: Value,
    zoom_percent: Value,
    notify: Value,
    bucket_regions: Value,
    #[serde(skip_serializing_if = "Value::is_null")]
    lambda_hosts: Value,
    #[serde(skip_serializing_if = "Value::is_null")]
    stores_without_forms: Value,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

impl SettingsFile {
    /// What stands in the file.
    pub(super) fn of_map(map: Map<String, Value>) -> Self {
        Self::deserialize(Value::Object(map)).unwrap_or_default()
    }

    /// What goes into the file.
    pub(super) fn into_map(self) -> serde_json::Result<Map<String, Value>> {
        serde_json::from_value(serde_json::to_value(self)?)
    }

    /// Into what the program works with. Destinations and themes of a newer version are no mistake.
    pub(super) fn read(self) -> Settings {
        let defaults = Settings::default();
        let mut destinations = Vec::new();
        let mut other_destinations = Vec::new();
        if let Value::Array(values) = self.destinations {
            for value in values {
                match destination(&value) {
                    Some(destination) => destinations.push(destination),
                    None => other_destinations.push(value),
                }
            }
        }
        let jobs = self.jobs.as_u64().and_then(|jobs| u8::try_from(jobs).ok());
        let zoom = self.zoom_percent.as_u64().and_then(|zoom| u16::try_from(zoom).ok());
        let regions = self.bucket_regions.as_object().into_iter().flatten();
        let regions = regions.filter_map(|(bucket, region)| Some((bucket.clone(), region.as_str()?.to_owned())));
        let hosts = self.lambda_hosts.as_object().into_iter().flatten();
        let hosts = hosts.map(|(lambda, hosts)| {
            let hosts = hosts.as_array().into_iter().flatten();
            let hosts = hosts.filter_map(|host| Some(host.as_str()?.to_owned()));
            (lambda.clone(), hosts.collect())
        });
        let stores = self.stores_without_forms.as_array().into_iter().flatten();
        let stores = stores.filter_map(|endpoint_url| Some(endpoint_url.as_str()?.to_owned()));
        Settings {
            destinations,
            other_destinations,
            last_destination: destination(&self.last_destination),
            jobs: jobs.map(|jobs| jobs.clamp(1, Settings::MAX_JOBS)),
            copy_when_done: self.copy_when_done.as_bool().unwrap_or(defaults.copy_when_done),
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
            zoom_percent: zoom
                .unwrap_or(defaults.zoom_percent)
                .clamp(defaults.zoom_percent, Settings::MAX_ZOOM_PERCENT),
            notify: self.notify.as_bool().unwrap_or(defaults.notify),
            bucket_regions: regions.collect(),
            lambda_hosts: hosts.collect(),
            stores_without_forms: stores.collect(),
            unknown: self.unknown,
            as_read: Map::new(),
            not_all_known: false,
        }
    }
}

/// `None` for a kind, or a way to write one, that this version does not know.
fn destination(value: &Value) -> Option<Destination> {
    DestinationFile::deserialize(value).ok()?.read().ok()
}

impl TryFrom<&Settings> for SettingsFile {
    type Error = serde_json::Error;

    fn try_from(settings: &Settings) -> Result<Self, Self::Error> {
        let value = |destination: &Destination| serde_json::to_value(DestinationFile::from(destination));
        let mut destinations = settings.destinations.iter().map(value).collect::<Result<Vec<_>, _>>()?;
        destinations.extend(settings.other_destinations.iter().cloned());
        Ok(Self {
            destinations: Value::Array(destinations),
            last_destination: settings
                .last_destination
                .as_ref()
                .map(value)
                .transpose()?
                .unwrap_or_default(),
            jobs: settings.jobs.map_or_else(|| AS_MANY_AS_HELP.into(), Value::from),
            copy_when_done: settings.copy_when_done.into(),
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
            zoom_percent: settings.zoom_percent.into(),
            notify: settings.notify.into(),
            bucket_regions: serde_json::to_value(&settings.bucket_regions)?,
            lambda_hosts: if settings.lambda_hosts.is_empty() {
                Value::Null
            } else {
                serde_json::to_value(&settings.lambda_hosts)?
            },
            stores_without_forms: if settings.stores_without_forms.is_empty() {
                Value::Null
            } else {
                serde_json::to_value(&settings.stores_without_forms)?
            },
            unknown: settings.unknown.clone(),
        })
    }
}
