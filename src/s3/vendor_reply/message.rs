//! A stranger's words about what went wrong, found in an error of any shape and made harmless.

use super::json::{self, Json};
use super::names;
use super::object::Object;

/// Most letters that are shown.
const MAX_MESSAGE_CHARS: usize = 200;
/// Errors within errors that are looked into.
const MAX_LAYERS: u8 = 8;

/// The message in an error's JSON, or in its text.
pub(super) fn of(json: &Json) -> Option<String> {
    found(json, MAX_LAYERS)
        .map(|text| harmless(&text))
        .filter(|text| !text.is_empty())
}

/// The message among an object's members.
pub(super) fn of_object(object: &Object<'_>) -> Option<String> {
    let mut told = names::ERROR.iter().filter_map(|name| of(object.get(name)?));
    told.next()
}

fn found(json: &Json, layers: u8) -> Option<String> {
    let layers = layers.checked_sub(1)?;
    match json {
        Json::Text(text) => match json::read(text) {
            Ok(inner @ Json::Object(_)) => found(&inner, layers),
            _ => Some(text.clone()),
        },
        // GraphQL's `errors`.
        Json::List(items) => found(items.first()?, layers),
        Json::Object(members) => {
            let object = Object::new(members);
            let mut told = names::ERROR.iter().filter_map(|name| found(object.get(name)?, layers));
            told.find(|text| !text.is_empty())
        }
        Json::Nothing | Json::Scalar(_) => None,
    }
}

/// On one line, and cut.
pub(super) fn harmless(text: &str) -> String {
    let cleaned = text
        .chars()
        .map(|character| if character.is_control() { ' ' } else { character });
    cleaned.take(MAX_MESSAGE_CHARS).collect::<String>().trim().to_owned()
}
