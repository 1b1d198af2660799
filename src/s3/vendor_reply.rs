//! A signer's answer, whoever wrote it: a presigned POST or PUT in one of the shapes that functions answer in.
//!
//! The answer is data of a stranger: it is read within limits, and what could make a form lie (a field twice, a `file`
//! of its own, a line break, a target that is not HTTPS) is refused. Shapes are unwrapped to a small depth; the object
//! whose `fields` hold names and values is preferred, numbers and booleans become strings, and the order is kept.

mod json;
mod names;

use super::{PresignedPost, PresignedPut, PresignedUpload, is_safe_target};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use json::Json;
use url::Url;

/// Longest answer that is read, in bytes. A form has at most 20 KB.
pub const MAX_REPLY_BYTES: usize = 1024 * 1024;
/// Most letters of a stranger's message that are shown.
const MAX_MESSAGE_CHARS: usize = 200;
/// Layers of wrapping that are taken off.
const MAX_LAYERS: u8 = 8;

/// What was signed, and the link that came with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VendorReply {
    /// The form, or the PUT.
    pub upload: PresignedUpload,
    /// Where the object will be opened, where the signer says so: HTTPS, or this machine.
    pub public_url: Option<String>,
}

/// Why an answer cannot be used. No variant holds anything of a form; a stranger's message is cut and cleaned.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VendorReplyError {
    /// Over 1 MiB.
    #[error("the answer is longer than 1 MiB")]
    TooLong,
    /// Nothing.
    #[error("the answer is empty")]
    Empty,
    /// A page for people.
    #[error("the answer is a web page, no form")]
    Html,
    /// XML: S3's own words, perhaps.
    #[error("the answer is XML, no form")]
    Xml,
    /// Neither JSON nor a URL.
    #[error("the answer is no JSON")]
    NotJson,
    /// JSON in JSON in JSON.
    #[error("the answer is nested too deeply")]
    TooDeep,
    /// JSON without a form in it.
    #[error("the answer holds no URL with form fields")]
    NoForm,
    /// The function broke off.
    #[error("the function failed: {error_type}: {message}")]
    FunctionError {
        /// `KeyError`, `Runtime.ExitError`.
        error_type: String,
        /// Its message, cut and cleaned.
        message: String,
    },
    /// The function refused.
    #[error("the function refused: {message}")]
    Refused {
        /// The status in the answer, where there is one.
        status: Option<u16>,
        /// Its message, cut and cleaned.
        message: String,
    },
    /// A name that stands twice, upper and lower case being one.
    #[error("the form's field {name:?} stands twice")]
    DuplicateField {
        /// Which.
        name: String,
    },
    /// The file is ours to add.
    #[error("the form has a field named \"file\"")]
    FileField,
    /// A value that is no text.
    #[error("the form's field {name:?} has no text for a value")]
    FieldValue {
        /// Which.
        name: String,
    },
    /// A name or a value that would break out of the form.
    #[error("the form's field {field:?} contains a line break or control character")]
    LineBreak {
        /// Which.
        field: String,
    },
    /// A target that is not HTTPS (loopback apart), or has a user name in it.
    #[error("the form's URL is not HTTPS")]
    UnsafeTarget,
}

impl VendorReply {
    /// Reads an answer of any known shape.
    ///
    /// # Errors
    /// See [`VendorReplyError`].
    pub fn read(body: &[u8]) -> Result<Self, VendorReplyError> {
        if body.len() > MAX_REPLY_BYTES {
            return Err(VendorReplyError::TooLong);
        }
        let text = std::str::from_utf8(body).map_err(|_error| VendorReplyError::NotJson)?;
        of_text(text, MAX_LAYERS)
    }
}

fn of_text(text: &str, layers: u8) -> Result<VendorReply, VendorReplyError> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err(VendorReplyError::Empty);
    }
    if text.starts_with('<') {
        let beginning: String = text.chars().take(MAX_MESSAGE_CHARS).collect();
        let is_page = beginning.to_ascii_lowercase().contains("html");
        return Err(if is_page {
            VendorReplyError::Html
        } else {
            VendorReplyError::Xml
        });
    }
    if text.starts_with("https://") || text.starts_with("http://") {
        return put(text, None).map(without_link);
    }
    of_json(&json::read(text)?, layers)
}

fn of_json(json: &Json, layers: u8) -> Result<VendorReply, VendorReplyError> {
    let layers = layers.checked_sub(1).ok_or(VendorReplyError::TooDeep)?;
    match json {
        Json::Text(text) => of_text(text, layers).map_err(|error| match error {
            // A text that is no JSON is no broken JSON either.
            VendorReplyError::NotJson | VendorReplyError::Empty => VendorReplyError::NoForm,
            error => error,
        }),
        Json::List(items) => match items.as_slice() {
            [only] => of_json(only, layers),
            _ => Err(VendorReplyError::NoForm),
        },
        Json::Object(members) => of_object(&Object(members), layers),
        Json::Nothing | Json::Scalar(_) => Err(VendorReplyError::NoForm),
    }
}

/// An object's members, found by the names that are in use for them.
struct Object<'a>(&'a [(String, Json)]);

impl<'a> Object<'a> {
    fn get(&self, name: &str) -> Option<&'a Json> {
        self.0
            .iter()
            .find(|(present, _)| present == name)
            .map(|(_, value)| value)
    }

    fn first(&self, names: &[&str]) -> Option<&'a Json> {
        names.iter().find_map(|name| self.get(name))
    }

    fn text(&self, names: &[&str]) -> Option<&'a str> {
        names.iter().find_map(|name| self.get(name)?.text())
    }

    /// The link to the finished object, where it is one that may be opened.
    fn link(&self, names: &[&str]) -> Option<String> {
        let links = names.iter().filter_map(|name| self.get(name)?.text());
        links.filter(|link| is_plain_target(link)).map(str::to_owned).next()
    }
}

fn of_object(object: &Object<'_>, layers: u8) -> Result<VendorReply, VendorReplyError> {
    if let Some(fields) = object.first(names::FIELDS).and_then(Json::pairs)
        && let Some(url) = object.text(names::URL)
        && !fields.is_empty()
    {
        let upload = PresignedUpload::Post(checked_post(url, texts(&fields)?)?);
        let public_url = object.link(names::LINK);
        return Ok(VendorReply { upload, public_url });
    }
    if let Some(reply) = of_envelope(object, layers) {
        return reply;
    }
    let mut refusal = None;
    for name in names::WRAPPERS {
        match object.get(name).map(|inner| of_json(inner, layers)) {
            None | Some(Err(VendorReplyError::NoForm)) => {}
            Some(Ok(mut reply)) => {
                // Beside a wrapped form a bare `url` is the finished object's.
                let outer = || object.link(names::LINK).or_else(|| object.link(&["url"]));
                reply.public_url = reply.public_url.or_else(outer);
                return Ok(reply);
            }
            Some(Err(error)) => refusal = Some(error),
        }
    }
    if let Some(refusal) = refusal {
        return Err(refusal);
    }
    of_bare_url(object)
}

/// What a function answers to its runtime: a status and a body, or an error.
fn of_envelope(object: &Object<'_>, layers: u8) -> Option<Result<VendorReply, VendorReplyError>> {
    if let Some(message) = object.text(&["errorMessage"]) {
        return Some(Err(VendorReplyError::FunctionError {
            error_type: harmless(object.text(&["errorType"]).unwrap_or("Error")),
            message: harmless(message),
        }));
    }
    let status: u16 = object.get("statusCode")?.scalar()?.parse().ok()?;
    let body = object.get("body").unwrap_or(&Json::Nothing);
    let decoded = match (body, object.get("isBase64Encoded").and_then(Json::scalar)) {
        (Json::Text(text), Some("true")) => {
            let bytes = BASE64_STANDARD.decode(text.trim()).ok();
            bytes.and_then(|bytes| String::from_utf8(bytes).ok()).map(Json::Text)
        }
        _ => None,
    };
    let body = decoded.as_ref().unwrap_or(body);
    if status >= 400 {
        return Some(Err(VendorReplyError::Refused {
            status: Some(status),
            message: message_in(body),
        }));
    }
    Some(of_json(body, layers))
}

/// A URL without fields is a presigned PUT, or an error's.
fn of_bare_url(object: &Object<'_>) -> Result<VendorReply, VendorReplyError> {
    let method = object.text(&["method", "httpMethod"]).unwrap_or("PUT");
    // Beside one that says that it is signed, `url` is the finished object's.
    if let Some(url) = object.text(names::PUT_URL).or_else(|| object.text(names::URL))
        && method.eq_ignore_ascii_case("put")
    {
        let link = || object.link(&["url"]).filter(|link| link != url);
        let public_url = object.link(names::LINK).or_else(link);
        let upload = put(url, object.get("headers"))?;
        return Ok(VendorReply { upload, public_url });
    }
    match object.first(names::ERROR) {
        Some(error) => Err(VendorReplyError::Refused {
            status: None,
            message: message_in(error),
        }),
        None => Err(VendorReplyError::NoForm),
    }
}

fn without_link(upload: PresignedUpload) -> VendorReply {
    VendorReply {
        upload,
        public_url: None,
    }
}

/// Only a signed URL is one to send to.
fn put(url: &str, headers: Option<&Json>) -> Result<PresignedUpload, VendorReplyError> {
    check_target(url)?;
    let is_signed = Url::parse(url).is_ok_and(|url| {
        let mut names = url.query_pairs().map(|(name, _)| name.into_owned());
        names.any(|name| name.eq_ignore_ascii_case("X-Amz-Signature") || name == "Signature" || name == "sig")
    });
    if !is_signed {
        return Err(VendorReplyError::NoForm);
    }
    let headers = headers.and_then(Json::pairs).unwrap_or_default();
    Ok(PresignedUpload::Put(PresignedPut {
        url: url.to_owned(),
        headers: checked(texts(&headers)?)?,
    }))
}

/// A form that may be sent, as far as it can be told without its policy.
///
/// # Errors
/// What makes it unsafe.
pub(super) fn checked_post(url: &str, fields: Vec<(String, String)>) -> Result<PresignedPost, VendorReplyError> {
    check_target(url)?;
    let fields = checked(fields)?;
    if fields.iter().any(|(name, _)| name.eq_ignore_ascii_case("file")) {
        return Err(VendorReplyError::FileField);
    }
    Ok(PresignedPost {
        url: url.to_owned(),
        fields,
    })
}

/// Names and values that stay within their lines, each name once.
pub(super) fn checked(fields: Vec<(String, String)>) -> Result<Vec<(String, String)>, VendorReplyError> {
    let mut seen = std::collections::HashSet::with_capacity(fields.len());
    for (name, value) in &fields {
        let breaks = |text: &str| text.chars().any(char::is_control);
        if name.is_empty() || breaks(name) || breaks(value) {
            let field = harmless(name);
            return Err(VendorReplyError::LineBreak { field });
        }
        if !seen.insert(name.to_ascii_lowercase()) {
            let name = harmless(name);
            return Err(VendorReplyError::DuplicateField { name });
        }
    }
    Ok(fields)
}

fn texts(pairs: &[(String, Json)]) -> Result<Vec<(String, String)>, VendorReplyError> {
    let text = |(name, value): &(String, Json)| match value.scalar() {
        Some(value) => Ok((name.clone(), value.to_owned())),
        None => Err(VendorReplyError::FieldValue { name: harmless(name) }),
    };
    pairs.iter().map(text).collect()
}

/// Where a form or a PUT may go.
pub(super) fn check_target(url: &str) -> Result<(), VendorReplyError> {
    if is_plain_target(url) {
        Ok(())
    } else {
        Err(VendorReplyError::UnsafeTarget)
    }
}

/// HTTPS or this machine, written without what a parser would repair or hide.
fn is_plain_target(url: &str) -> bool {
    let is_repaired = |character: char| character.is_whitespace() || character.is_control() || character == '\\';
    let has_user = |url: &Url| !url.username().is_empty() || url.password().is_some();
    is_safe_target(url) && !url.contains(is_repaired) && Url::parse(url).is_ok_and(|url| !has_user(&url))
}

/// The message in an error of any shape.
fn message_in(json: &Json) -> String {
    let found = match json {
        Json::Text(text) => match json::read(text) {
            Ok(inner @ Json::Object(_)) => return message_in(&inner),
            _ => text.as_str(),
        },
        Json::Object(members) => {
            let object = Object(members);
            if let Some(inner @ Json::Object(_)) = object.get("error") {
                return message_in(inner);
            }
            object.text(names::ERROR).unwrap_or_default()
        }
        _ => "",
    };
    harmless(found)
}

/// A stranger's words on one line, cut.
fn harmless(text: &str) -> String {
    let cleaned = text
        .chars()
        .map(|character| if character.is_control() { ' ' } else { character });
    cleaned.take(MAX_MESSAGE_CHARS).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests;
