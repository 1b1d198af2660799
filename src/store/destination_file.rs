//! A destination as the settings file and the queue write it.
//!
//! These types are the file's format: a field is added here, never renamed, and what is not known is kept.

use super::lambda_file::{LambdaFile, TicketFile};
use super::{CopyFormat, Destination, DestinationKind, ExistsPolicy, UploadMethod, WatchedFolder};
use crate::s3::{UploadOptions, upload_options::DEFAULT_EXPIRES_IN};
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::time::Duration;

/// One destination. Which fields besides `kind` count depends on the kind.
#[derive(Serialize, Deserialize)]
pub(super) struct DestinationFile {
    name: String,
    kind: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    profile: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    bucket: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    region: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    endpoint_url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lambda: Option<LambdaFile>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ticket: Option<TicketFile>,
    #[serde(default = "default_template")]
    key_template: String,
    #[serde(default)]
    options: OptionsFile,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    public_base: Option<String>,
    #[serde(default, skip_serializing_if = "Value::is_null")]
    if_exists: Value,
    #[serde(default, skip_serializing_if = "Value::is_null")]
    method: Value,
    #[serde(default, skip_serializing_if = "Value::is_null")]
    copy: Value,
    #[serde(default, skip_serializing_if = "Value::is_null")]
    watch: Value,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

#[derive(PartialEq, Serialize, Deserialize)]
struct WatchFile {
    id: String,
    folder: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    paused: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(default)]
struct OptionsFile {
    #[serde(skip_serializing_if = "Option::is_none")]
    content_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    acl: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    storage_class: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    server_side_encryption: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kms_key_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cache_control: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_disposition: Option<String>,
    /// Pairs of name and value, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    metadata: Vec<(String, String)>,
    /// Pairs of name and value, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<(String, String)>,
    expires_in_secs: u64,
    #[serde(flatten)]
    unknown: Map<String, Value>,
}

#[derive(Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ExistsFile {
    #[default]
    Unique,
    Replace,
    Fail,
    Ask,
}

#[derive(Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum MethodFile {
    #[default]
    Auto,
    Post,
    Parts,
    Put,
}

#[derive(Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum CopyFile {
    #[default]
    Url,
    Markdown,
    Html,
    Template(String),
}

/// What a newer version has other values for is kept among what is not known, under this field's name.
const IF_EXISTS: &str = "if_exists";
const METHOD: &str = "method";
const COPY: &str = "copy";
const WATCH: &str = "watch";
const OPTIONS: &str = "options";

/// The value, or the default where it is one of a newer version; that one goes to `unknown`.
fn known<T: DeserializeOwned + Default>(name: &str, value: Value, unknown: &mut Map<String, Value>) -> T {
    if value.is_null() {
        return T::default();
    }
    T::deserialize(&value).unwrap_or_else(|_error| {
        unknown.insert(name.to_owned(), value);
        T::default()
    })
}

/// The value to write: a newer version's, as long as nothing else was chosen instead of it.
fn written<T: Serialize + Default + PartialEq>(name: &str, value: &T, unknown: &mut Map<String, Value>) -> Value {
    let newer = unknown.remove(name);
    match newer {
        Some(newer) if *value == T::default() => newer,
        _ => serde_json::to_value(value).unwrap_or_default(),
    }
}

const ACCOUNT: &str = "account";
const LAMBDA: &str = "lambda";
const TICKET: &str = "ticket";
const SANDBOX: &str = "sandbox";

fn default_template() -> String {
    crate::s3::KeyTemplate::DEFAULT.to_owned()
}

/// One line.
pub(crate) fn to_json(destination: &Destination) -> serde_json::Result<String> {
    serde_json::to_string(&DestinationFile::from(destination))
}

/// What [`to_json`] wrote.
pub(crate) fn from_json(text: &str) -> serde_json::Result<Destination> {
    serde_json::from_str::<DestinationFile>(text)?.read()
}

impl DestinationFile {
    /// Into what the program works with.
    pub(super) fn read(mut self) -> serde_json::Result<Destination> {
        let if_exists = known(IF_EXISTS, self.if_exists, &mut self.unknown);
        let method = known(METHOD, self.method, &mut self.unknown);
        let copy = known(COPY, self.copy, &mut self.unknown);
        let watch: Option<WatchFile> = known(WATCH, self.watch, &mut self.unknown);
        let unknown_options = std::mem::take(&mut self.options.unknown);
        if !unknown_options.is_empty() {
            self.unknown.insert(OPTIONS.to_owned(), Value::Object(unknown_options));
        }
        let kind = match self.kind.as_str() {
            ACCOUNT => DestinationKind::Account {
                profile: self.profile,
                bucket: self.bucket.ok_or_else(|| serde_json::Error::missing_field("bucket"))?,
                region: self.region,
                endpoint_url: self.endpoint_url,
            },
            LAMBDA => {
                let lambda = self.lambda.ok_or_else(|| serde_json::Error::missing_field(LAMBDA))?;
                DestinationKind::Lambda(lambda.read()?)
            }
            TICKET => {
                let ticket = self.ticket.ok_or_else(|| serde_json::Error::missing_field(TICKET))?;
                DestinationKind::Ticket(ticket.read())
            }
            SANDBOX => DestinationKind::Sandbox,
            other => {
                let known = &[ACCOUNT, LAMBDA, TICKET, SANDBOX];
                return Err(serde_json::Error::unknown_variant(other, known));
            }
        };
        Ok(Destination {
            name: self.name,
            kind,
            key_template: self.key_template,
            options: self.options.into(),
            public_base: self.public_base,
            if_exists: match if_exists {
                ExistsFile::Unique => ExistsPolicy::Unique,
                ExistsFile::Replace => ExistsPolicy::Replace,
                ExistsFile::Fail => ExistsPolicy::Fail,
                ExistsFile::Ask => ExistsPolicy::Ask,
            },
            method: match method {
                MethodFile::Auto => UploadMethod::Auto,
                MethodFile::Post => UploadMethod::Post,
                MethodFile::Parts => UploadMethod::Parts,
                MethodFile::Put => UploadMethod::Put,
            },
            copy: match copy {
                CopyFile::Url => CopyFormat::Url,
                CopyFile::Markdown => CopyFormat::Markdown,
                CopyFile::Html => CopyFormat::Html,
                CopyFile::Template(template) => CopyFormat::Template(template),
            },
            watch: watch.map(|watch| WatchedFolder {
                id: watch.id,
                folder: watch.folder.into(),
                is_paused: watch.paused,
            }),
            unknown: self.unknown,
        })
    }
}

impl From<&Destination> for DestinationFile {
    fn from(destination: &Destination) -> Self {
        let mut unknown = destination.unknown.clone();
        let if_exists = match destination.if_exists {
            ExistsPolicy::Unique => ExistsFile::Unique,
            ExistsPolicy::Replace => ExistsFile::Replace,
            ExistsPolicy::Fail => ExistsFile::Fail,
            ExistsPolicy::Ask => ExistsFile::Ask,
        };
        let method = match destination.method {
            UploadMethod::Auto => MethodFile::Auto,
            UploadMethod::Post => MethodFile::Post,
            UploadMethod::Parts => MethodFile::Parts,
            UploadMethod::Put => MethodFile::Put,
        };
        let copy = match &destination.copy {
            CopyFormat::Url => CopyFile::Url,
            CopyFormat::Markdown => CopyFile::Markdown,
            CopyFormat::Html => CopyFile::Html,
            CopyFormat::Template(template) => CopyFile::Template(template.clone()),
        };
        let watch = destination.watch.as_ref().map(|watch| WatchFile {
            id: watch.id.clone(),
            folder: watch.folder.to_string_lossy().into_owned(),
            paused: watch.is_paused,
        });
        let mut options = OptionsFile::from(&destination.options);
        if let Some(Value::Object(unknown_options)) = unknown.remove(OPTIONS) {
            options.unknown = unknown_options;
        }
        let mut file = Self {
            name: destination.name.clone(),
            kind: SANDBOX.to_owned(),
            profile: None,
            bucket: None,
            region: None,
            endpoint_url: None,
            lambda: None,
            ticket: None,
            key_template: destination.key_template.clone(),
            options,
            public_base: destination.public_base.clone(),
            if_exists: written(IF_EXISTS, &if_exists, &mut unknown),
            method: written(METHOD, &method, &mut unknown),
            copy: written(COPY, &copy, &mut unknown),
            watch: written(WATCH, &watch, &mut unknown),
            unknown,
        };
        match &destination.kind {
            DestinationKind::Account {
                profile,
                bucket,
                region,
                endpoint_url,
            } => {
                ACCOUNT.clone_into(&mut file.kind);
                file.profile.clone_from(profile);
                file.bucket = Some(bucket.clone());
                file.region.clone_from(region);
                file.endpoint_url.clone_from(endpoint_url);
            }
            DestinationKind::Lambda(lambda) => {
                LAMBDA.clone_into(&mut file.kind);
                file.lambda = Some(LambdaFile::from(lambda));
            }
            DestinationKind::Ticket(ticket) => {
                TICKET.clone_into(&mut file.kind);
                file.ticket = Some(TicketFile::from(ticket));
            }
            DestinationKind::Sandbox => {}
        }
        file
    }
}

impl Default for OptionsFile {
    fn default() -> Self {
        Self::from(&UploadOptions::default())
    }
}

impl From<&UploadOptions> for OptionsFile {
    fn from(options: &UploadOptions) -> Self {
        Self {
            content_type: options.content_type.clone(),
            acl: options.acl.clone(),
            storage_class: options.storage_class.clone(),
            server_side_encryption: options.server_side_encryption.clone(),
            kms_key_id: options.kms_key_id.clone(),
            cache_control: options.cache_control.clone(),
            content_disposition: options.content_disposition.clone(),
            metadata: options.metadata.clone(),
            tags: options.tags.clone(),
            expires_in_secs: options.expires_in.as_secs(),
            unknown: Map::new(),
        }
    }
}

impl From<OptionsFile> for UploadOptions {
    fn from(file: OptionsFile) -> Self {
        Self {
            content_type: file.content_type,
            acl: file.acl,
            storage_class: file.storage_class,
            server_side_encryption: file.server_side_encryption,
            kms_key_id: file.kms_key_id,
            cache_control: file.cache_control,
            content_disposition: file.content_disposition,
            metadata: file.metadata,
            tags: file.tags,
            expires_in: match file.expires_in_secs {
                0 => DEFAULT_EXPIRES_IN,
                seconds => Duration::from_secs(seconds),
            },
        }
    }
}
