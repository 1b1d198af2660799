//! The shapes that functions answer in, taken off layer by layer until a form or a signed URL is left.

use super::json::{self, Json};
use super::message::{self, harmless};
use super::object::{Object, folded};
use super::safety::{checked_post, checked_put, is_plain_link};
use super::{VendorReply, VendorReplyError, names};
use crate::s3::PresignedUpload;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

/// Letters at the beginning of a page among which it says what it is.
const PAGE_BEGINNING_CHARS: usize = 200;

type Reply = Result<VendorReply, VendorReplyError>;

pub(super) fn of_text(text: &str, layers: u8) -> Reply {
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err(VendorReplyError::Empty);
    }
    if text.starts_with('<') {
        let beginning: String = text.chars().take(PAGE_BEGINNING_CHARS).collect();
        let is_page = beginning.to_ascii_lowercase().contains("html");
        return Err(if is_page {
            VendorReplyError::Html
        } else {
            VendorReplyError::Xml
        });
    }
    if is_http(text) {
        return Ok(VendorReply {
            upload: PresignedUpload::Put(checked_put(text, Vec::new())?),
            public_url: None,
        });
    }
    of_json(&json::read(text)?, layers)
}

fn is_http(text: &str) -> bool {
    ["https://", "http://"].iter().any(|scheme| {
        text.get(..scheme.len())
            .is_some_and(|beginning| beginning.eq_ignore_ascii_case(scheme))
    })
}

fn of_json(json: &Json, layers: u8) -> Reply {
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
        Json::Object(members) => of_object(&Object::new(members), layers),
        Json::Nothing | Json::Scalar(_) => Err(VendorReplyError::NoForm),
    }
}

fn of_object(object: &Object<'_>, layers: u8) -> Reply {
    if let Some(form) = form(object) {
        return form;
    }
    if let Some(reply) = envelope(object, layers) {
        return reply;
    }
    match wrapped(object, layers) {
        Err(VendorReplyError::NoForm) => {}
        reply => return reply,
    }
    let put = signed_url(object);
    if let Some(put @ Ok(_)) = put {
        return put;
    }
    let within = only_form_within(object, layers);
    match (within, message::of_object(object)) {
        (within @ Ok(_), _) => within,
        (_, Some(message)) => Err(VendorReplyError::Refused { status: None, message }),
        (Err(VendorReplyError::NoForm), None) => put.unwrap_or(Err(VendorReplyError::NoForm)),
        (within, None) => within,
    }
}

/// A URL and fields, side by side.
fn form(object: &Object<'_>) -> Option<Reply> {
    let fields = fields(object).or_else(|| flat_fields(object))?;
    let attributes = || names::ATTRIBUTES.iter().find_map(|name| object.get(name));
    let (url, is_bare) = match (url(object), attributes()) {
        (Some(url), _) => url,
        (None, Some(Json::Object(attributes))) => url(&Object::new(attributes))?,
        (None, _) => return None,
    };
    let post = texts(&fields).and_then(|fields| checked_post(url, fields));
    Some(post.map(|post| VendorReply {
        upload: PresignedUpload::Post(post),
        public_url: link_beside(object, is_bare),
    }))
}

/// Where the form goes, and whether it is a bare `url` that says so.
fn url<'a>(object: &Object<'a>) -> Option<(&'a str, bool)> {
    let found = |name: &&'static str| Some((object.text(&[name])?, *name == names::BARE_URL));
    names::URL.iter().find_map(found)
}

fn fields(object: &Object<'_>) -> Option<Vec<(String, Json)>> {
    let pairs = |name: &&str| object.get(name).and_then(pairs).filter(|pairs| !pairs.is_empty());
    let is_form = |pairs: &Vec<(String, Json)>| {
        let has_policy = pairs.iter().any(|(name, _)| name.eq_ignore_ascii_case("policy"));
        has_policy && pairs.iter().all(|(_, value)| value.scalar().is_some())
    };
    let mut loose = names::LOOSE_FIELDS.iter().filter_map(pairs).filter(is_form);
    names::FIELDS.iter().find_map(pairs).or_else(|| loose.next())
}

/// A form's names and values; `AppSync` hands them over as a text.
fn pairs(json: &Json) -> Option<Vec<(String, Json)>> {
    match json {
        Json::Text(text) if text.trim_start().starts_with(['{', '[']) => json::read(text).ok()?.pairs(),
        _ => json.pairs(),
    }
}

/// The fields of a form that stand beside its URL, as where PHP's `array_merge` has made one array of both.
fn flat_fields(object: &Object<'_>) -> Option<Vec<(String, Json)>> {
    let has = |names: &[&str]| {
        let mut present = object.members.iter().filter(|(_, value)| value.text().is_some());
        present.any(|(name, _)| names.iter().any(|wanted| wanted.eq_ignore_ascii_case(name)))
    };
    let is_form = has(&["key"]) && has(&["policy"]) && has(&["signature", "x-amz-signature"]);
    let fields = || object.members.iter().filter(|(name, _)| names::is_form_field(name));
    is_form.then(|| fields().cloned().collect())
}

/// What a function answers to its runtime: a status and a body, or an error.
fn envelope(object: &Object<'_>, layers: u8) -> Option<Reply> {
    if let Some(message) = object.get("errormessage").and_then(Json::text) {
        return Some(Err(VendorReplyError::FunctionError {
            error_type: harmless(object.text(&["errortype"]).unwrap_or("Error")),
            message: harmless(message),
        }));
    }
    let status: u16 = object.get("statuscode")?.scalar()?.trim().parse().ok()?;
    let body = object.get("body");
    let decoded = match (body, object.get("isbase64encoded").and_then(Json::scalar)) {
        (Some(Json::Text(text)), Some("true")) => {
            let bytes = BASE64_STANDARD.decode(text.trim()).ok();
            bytes.and_then(|bytes| String::from_utf8(bytes).ok()).map(Json::Text)
        }
        _ => None,
    };
    let body = decoded.as_ref().or(body);
    if status >= 400 {
        return Some(Err(VendorReplyError::Refused {
            status: Some(status),
            message: body
                .and_then(message::of)
                .or_else(|| message::of_object(object))
                .unwrap_or_default(),
        }));
    }
    Some(of_json(body?, layers))
}

/// A form in one of the members that forms come in.
fn wrapped(object: &Object<'_>, layers: u8) -> Reply {
    let mut refusal = VendorReplyError::NoForm;
    for name in names::WRAPPERS {
        match object
            .get(name)
            .filter(|inner| may_hold(inner))
            .map(|inner| of_json(inner, layers))
        {
            None | Some(Err(VendorReplyError::NoForm)) => {}
            Some(Ok(reply)) => return Ok(with_outer_link(reply, object)),
            Some(Err(error)) => refusal = error,
        }
    }
    Err(refusal)
}

/// Whether there may be something within: an address alone is none's wrapping.
fn may_hold(json: &Json) -> bool {
    match json {
        Json::Text(text) => !is_http(text.trim()) && !text.trim().is_empty(),
        Json::List(_) | Json::Object(_) => true,
        Json::Nothing | Json::Scalar(_) => false,
    }
}

/// A URL without fields is a presigned PUT.
fn signed_url(object: &Object<'_>) -> Option<Reply> {
    let method = object.text(&["method", "httpmethod"]).unwrap_or("PUT");
    if !method.eq_ignore_ascii_case("put") {
        return None;
    }
    let (url, is_bare) = url(object)?;
    let headers = object.get("headers").and_then(Json::pairs).unwrap_or_default();
    let put = header_texts(&headers).and_then(|headers| checked_put(url, headers));
    Some(put.map(|put| VendorReply {
        upload: PresignedUpload::Put(put),
        public_url: link_beside(object, is_bare),
    }))
}

/// The one form in a member of whatever name (GraphQL names it after the query); of several none can be meant.
fn only_form_within(object: &Object<'_>, layers: u8) -> Reply {
    let within = object.members.iter().filter(|(name, inner)| {
        let is_looked_at = names::WRAPPERS.contains(&folded(name).as_str());
        !is_looked_at && matches!(inner, Json::Object(_) | Json::List(_))
    });
    let mut found = Err(VendorReplyError::NoForm);
    for (_, inner) in within {
        match (of_json(inner, layers), &found) {
            (Err(VendorReplyError::NoForm), _) => {}
            (Ok(_), Ok(_)) => return Err(VendorReplyError::NoForm),
            (reply @ Ok(_), _) | (reply, Err(VendorReplyError::NoForm)) => found = reply,
            (Err(_), _) => {}
        }
    }
    found.map(|reply| with_outer_link(reply, object))
}

fn with_outer_link(mut reply: VendorReply, object: &Object<'_>) -> VendorReply {
    reply.public_url = reply.public_url.or_else(|| link_beside(object, false));
    reply
}

/// The link to the finished object. A bare `url` is one, unless it says where the form goes.
fn link_beside(object: &Object<'_>, is_bare_taken: bool) -> Option<String> {
    let bare = || link(object, &[names::BARE_URL]).filter(|_| !is_bare_taken);
    link(object, names::LINK).or_else(bare)
}

/// The link to the finished object, where it is one that may be kept.
fn link(object: &Object<'_>, names: &[&str]) -> Option<String> {
    let mut links = names.iter().filter_map(|name| object.get(name)?.text());
    links.find(|link| is_plain_link(link)).map(str::to_owned)
}

fn texts(pairs: &[(String, Json)]) -> Result<Vec<(String, String)>, VendorReplyError> {
    let text = |(name, value): &(String, Json)| match value.scalar() {
        Some(value) => Ok((name.clone(), value.to_owned())),
        None => Err(VendorReplyError::FieldValue { name: harmless(name) }),
    };
    pairs.iter().map(text).collect()
}

/// As [`texts`], and a list of one, as Laravel writes headers.
fn header_texts(pairs: &[(String, Json)]) -> Result<Vec<(String, String)>, VendorReplyError> {
    let unlisted: Vec<_> = pairs
        .iter()
        .map(|(name, value)| match value {
            Json::List(items) => (
                name.clone(),
                items.first().filter(|_| items.len() == 1).unwrap_or(value).clone(),
            ),
            value => (name.clone(), value.clone()),
        })
        .collect();
    texts(&unlisted)
}
