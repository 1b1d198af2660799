//! The form for one file, within what the owner allows.

use super::answer::Refusal;
use super::config::{Config, ContentTypes};
use super::question::Question;
use crate::s3::upload_options::OptionsError;
use crate::s3::{Condition, Credentials, KeyParts, ObjectKey, PostRequest, UploadOptions, public_url};
use serde_json::{Map, Value, json};

/// When a question came, and the randomness for its answer.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// By Lambda's clock.
    pub now: jiff::Timestamp,
    /// Of a cryptographic generator.
    pub random: [u8; 16],
}

/// What `{user}` and `{host}` of a key template stand for here.
const NOBODY: &str = "lambda";

/// Signs it: `{url, fields, key, publicUrl, expires}`.
pub(super) fn form(
    config: &Config,
    credentials: &Credentials,
    prefix: &str,
    question: &Question,
    moment: &Moment,
) -> Result<Value, Refusal> {
    let object_key = object_key(config, prefix, question, moment)?;
    let (min_bytes, max_bytes) = size_range(config, question.size_bytes)?;
    let content_type = content_type(config, question.content_type.as_deref())?;
    let options = UploadOptions {
        expires_in: config.expires_in,
        ..UploadOptions::default()
    };
    let (fields, mut conditions) = options
        .fields_and_conditions(content_type)
        .map_err(|error| match error {
            OptionsError::ControlCharacter { .. } => Refusal::ContentTypeText,
            _ => Refusal::ContentType,
        })?;
    conditions.push(Condition::ContentLengthRange { min_bytes, max_bytes });
    let request = PostRequest {
        address: &config.address,
        object_key: object_key.as_str(),
        fields: &fields,
        conditions: &conditions,
        expires_in: config.expires_in,
    };
    let post = request.sign_for_store(credentials, moment.now);
    let own = config.address.object_url(&object_key);
    let fields: Map<String, Value> = post
        .fields
        .into_iter()
        .map(|(name, value)| (name, Value::String(value)))
        .collect();
    Ok(json!({
        "method": "POST",
        "url": post.url,
        "fields": fields,
        "key": object_key.as_str(),
        "publicUrl": public_url(&own, config.public_base.as_deref(), &object_key),
        "expires": config.expires_in.as_secs(),
    }))
}

/// By the template, of the name's last segment alone; or the name itself, where callers may choose.
fn object_key(config: &Config, prefix: &str, question: &Question, moment: &Moment) -> Result<ObjectKey, Refusal> {
    let name = question.object_name.as_str();
    let below = if config.allow_keys {
        name.to_owned()
    } else {
        let parts = KeyParts {
            file_name: name.rsplit(['/', '\\']).next().unwrap_or(name),
            dir: "",
            now: jiff::tz::Offset::UTC.to_datetime(moment.now),
            random: moment.random,
            user: NOBODY,
            host: NOBODY,
        };
        config.key_template.expand(&parts)?.to_string()
    };
    Ok(ObjectKey::new(format!("{}{prefix}{below}", config.key_prefix))?)
}

/// Exactly the size that is named: what is signed for one file takes no other.
fn size_range(config: &Config, size_bytes: Option<u64>) -> Result<(u64, u64), Refusal> {
    let max_bytes = config.max_bytes;
    match size_bytes {
        Some(size_bytes) if size_bytes > max_bytes => Err(Refusal::TooLarge { max_bytes }),
        Some(size_bytes) => Ok((size_bytes, size_bytes)),
        None => Ok((0, max_bytes)),
    }
}

/// The type that is asked for, where it is taken. Parameters (`; charset=utf-8`) do not count.
fn content_type<'a>(config: &Config, asked: Option<&'a str>) -> Result<&'a str, Refusal> {
    let asked = asked.unwrap_or_default();
    let plain = asked.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_it = |allowed: &ContentTypes| match allowed {
        ContentTypes::Exactly(exactly) => exactly.eq_ignore_ascii_case(&plain),
        ContentTypes::All(beginning) => plain.starts_with(&beginning.to_ascii_lowercase()),
    };
    if config.content_types.is_empty() || config.content_types.iter().any(is_it) {
        Ok(asked)
    } else {
        Err(Refusal::ContentType)
    }
}
