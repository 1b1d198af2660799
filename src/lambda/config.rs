//! What the environment says, read once and checked.

use super::cors::Origins;
use super::tokens::{Tokens, TokensError};
use crate::s3::policy_check::MAX_POST_BYTES;
use crate::s3::upload_options::MAX_EXPIRES_IN;
use crate::s3::{AddressError, BucketAddress, Credentials, KeyTemplate, ObjectKey, check_public_base};
use std::fmt::Display;
use std::time::Duration;

/// Long enough for a file on a slow line to begin, short enough that a form that leaks is soon worth nothing.
const EXPIRES_IN: Duration = Duration::from_mins(15);

/// What forms are made by.
#[derive(Debug)]
pub struct Config {
    pub(super) address: BucketAddress,
    pub(super) key_prefix: String,
    pub(super) key_template: KeyTemplate,
    pub(super) allow_keys: bool,
    pub(super) max_bytes: u64,
    /// Types, or beginnings of types (`image/`); empty: all.
    pub(super) content_types: Vec<ContentTypes>,
    pub(super) expires_in: Duration,
    pub(super) public_base: Option<String>,
    pub(super) tokens: Tokens,
    pub(super) origins: Origins,
}

/// One entry of `DROPSLOT_CONTENT_TYPES`.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum ContentTypes {
    Exactly(String),
    /// `image/`, written `image/*`.
    All(String),
}

/// What is wrong with the environment: names the variable, and holds no value.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// It must be there.
    #[error("{0} is not set")]
    Missing(&'static str),
    /// It cannot be read.
    #[error("{name} is wrong: {what}")]
    Wrong {
        /// Which.
        name: &'static str,
        /// What it should be.
        what: String,
    },
}

impl Config {
    /// Reads and checks all of it.
    ///
    /// # Errors
    /// See [`ConfigError`].
    pub fn from_environment(environment: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let set = |name: &str| environment(name).filter(|value| !value.trim().is_empty());
        let public_base = set("DROPSLOT_PUBLIC_BASE");
        check_public_base(public_base.as_deref().unwrap_or_default())
            .map_err(|error| wrong("DROPSLOT_PUBLIC_BASE", &error))?;
        Ok(Self {
            address: address(set)?,
            key_prefix: key_prefix(set("DROPSLOT_KEY_PREFIX"))?,
            key_template: KeyTemplate::parse(set("DROPSLOT_KEY_TEMPLATE").as_deref().unwrap_or(KeyTemplate::DEFAULT))
                .map_err(|error| wrong("DROPSLOT_KEY_TEMPLATE", &error))?,
            allow_keys: switch("DROPSLOT_ALLOW_KEYS", set("DROPSLOT_ALLOW_KEYS").as_deref())?,
            max_bytes: match set("DROPSLOT_MAX_BYTES") {
                Some(text) => within("DROPSLOT_MAX_BYTES", &text, MAX_POST_BYTES)?,
                None => MAX_POST_BYTES,
            },
            content_types: content_types(set("DROPSLOT_CONTENT_TYPES").as_deref().unwrap_or_default())?,
            expires_in: match set("DROPSLOT_EXPIRES_IN") {
                Some(text) => Duration::from_secs(within("DROPSLOT_EXPIRES_IN", &text, MAX_EXPIRES_IN.as_secs())?),
                None => EXPIRES_IN,
            },
            public_base,
            tokens: Tokens::parse(set("DROPSLOT_TOKENS").as_deref().unwrap_or_default())
                .map_err(|error: TokensError| wrong("DROPSLOT_TOKENS", &error))?,
            origins: Origins::parse(set("DROPSLOT_CORS_ORIGINS").as_deref().unwrap_or_default())
                .map_err(|error| wrong("DROPSLOT_CORS_ORIGINS", &error))?,
        })
    }
}

/// The keys of the function's role, as Lambda gives them; `None` where it gives none.
pub(super) fn credentials(environment: impl Fn(&str) -> Option<String>) -> Option<Credentials> {
    Some(Credentials::from_keys(
        environment("AWS_ACCESS_KEY_ID")?,
        environment("AWS_SECRET_ACCESS_KEY")?,
        environment("AWS_SESSION_TOKEN").filter(|token| !token.is_empty()),
    ))
}

/// What stands between commas and white space.
pub(super) fn items(list: &str) -> impl Iterator<Item = &str> {
    list.split(|character: char| character == ',' || character.is_whitespace())
        .filter(|item| !item.is_empty())
}

fn address(set: impl Fn(&str) -> Option<String>) -> Result<BucketAddress, ConfigError> {
    let bucket = set("DROPSLOT_BUCKET").ok_or(ConfigError::Missing("DROPSLOT_BUCKET"))?;
    let region = set("DROPSLOT_REGION").or_else(|| set("AWS_REGION"));
    let region = region.ok_or(ConfigError::Missing("DROPSLOT_REGION"))?;
    let endpoint_url = set("DROPSLOT_ENDPOINT_URL");
    BucketAddress::new(bucket, region, endpoint_url.as_deref()).map_err(|error| {
        let name = match error {
            AddressError::BucketName { .. } | AddressError::DirectoryBucket { .. } => "DROPSLOT_BUCKET",
            AddressError::Region { .. } => "DROPSLOT_REGION",
            AddressError::EndpointUrl | AddressError::EndpointExtras | AddressError::PlainHttp => {
                "DROPSLOT_ENDPOINT_URL"
            }
        };
        wrong(name, &error)
    })
}

/// What no key could begin with is told at the start, and not by every question's refusal.
fn key_prefix(prefix: Option<String>) -> Result<String, ConfigError> {
    let prefix = prefix.unwrap_or_default();
    ObjectKey::new(format!("{prefix}a")).map_err(|error| wrong("DROPSLOT_KEY_PREFIX", &error))?;
    Ok(prefix)
}

/// Something else than `1` and `0` is a mistake that could let callers do more, or less, than was meant.
fn switch(name: &'static str, value: Option<&str>) -> Result<bool, ConfigError> {
    match value.map(str::trim) {
        None | Some("0") => Ok(false),
        Some("1") => Ok(true),
        Some(_) => Err(wrong(name, &"write 1 or 0")),
    }
}

fn within(name: &'static str, text: &str, most: u64) -> Result<u64, ConfigError> {
    match text.trim().parse::<u64>() {
        Ok(number) if (1..=most).contains(&number) => Ok(number),
        _ => Err(wrong(name, &format!("write a number from 1 to {most}"))),
    }
}

fn content_types(list: &str) -> Result<Vec<ContentTypes>, ConfigError> {
    let content_type = |item: &str| match item.split_once('/') {
        Some((kind, "*")) if !kind.is_empty() && !kind.contains('*') => Ok(ContentTypes::All(format!("{kind}/"))),
        Some((kind, subtype)) if !kind.is_empty() && !subtype.is_empty() && !item.contains('*') => {
            Ok(ContentTypes::Exactly(item.to_owned()))
        }
        _ => Err(wrong("DROPSLOT_CONTENT_TYPES", &"write them as image/png or image/*")),
    };
    items(list).map(content_type).collect()
}

fn wrong(name: &'static str, what: &dyn Display) -> ConfigError {
    ConfigError::Wrong {
        name,
        what: what.to_string(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
mod tests {
    use super::*;

    fn config(pairs: &[(&str, &str)]) -> Result<Config, ConfigError> {
        Config::from_environment(|name| {
            let found = pairs.iter().find(|(present, _)| *present == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    const PLACE: [(&str, &str); 2] = [("DROPSLOT_BUCKET", "media"), ("AWS_REGION", "eu-west-1")];

    #[test]
    fn a_bucket_and_lambdas_own_region_are_enough() {
        let config = config(&PLACE).unwrap();
        assert_eq!(config.address.post_url(), "https://media.s3.eu-west-1.amazonaws.com/");
        assert_eq!(config.max_bytes, MAX_POST_BYTES);
        assert_eq!(config.expires_in, EXPIRES_IN);
        assert!(config.content_types.is_empty());
        assert!(!config.allow_keys);
    }

    #[test]
    fn a_wrong_value_is_told_by_its_variables_name_and_without_itself() {
        assert_eq!(config(&[]).unwrap_err(), ConfigError::Missing("DROPSLOT_BUCKET"));
        assert_eq!(
            config(&[("DROPSLOT_BUCKET", "media")]).unwrap_err(),
            ConfigError::Missing("DROPSLOT_REGION")
        );
        for (name, value) in [
            ("DROPSLOT_BUCKET", "Media"),
            ("DROPSLOT_REGION", "Seoul"),
            ("DROPSLOT_ENDPOINT_URL", "http://s3.example.com"),
            ("DROPSLOT_KEY_PREFIX", "a/../"),
            ("DROPSLOT_ALLOW_KEYS", "yes"),
            ("DROPSLOT_KEY_TEMPLATE", "{nmae}"),
            ("DROPSLOT_MAX_BYTES", "5368709121"),
            ("DROPSLOT_MAX_BYTES", "many"),
            ("DROPSLOT_EXPIRES_IN", "0"),
            ("DROPSLOT_CONTENT_TYPES", "image"),
            ("DROPSLOT_CONTENT_TYPES", "*/*"),
            ("DROPSLOT_PUBLIC_BASE", "cdn.example.com"),
            ("DROPSLOT_TOKENS", "CANARY"),
            ("DROPSLOT_TOKENS", "a=CANARY"),
            ("DROPSLOT_CORS_ORIGINS", "app.example.com"),
        ] {
            let error = config(&[(name, value), PLACE[0], PLACE[1]]).unwrap_err().to_string();
            assert!(error.starts_with(name), "{name}={value}: {error}");
            assert!(!error.contains("CANARY"), "{error}");
        }
    }
}
