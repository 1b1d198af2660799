//! JSON that keeps what a map loses: the order of names, and names that stand twice.

use super::VendorReplyError;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// A value. Numbers and booleans are what they look like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::s3) enum Json {
    Nothing,
    Scalar(String),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

/// Reads one value, at most 128 layers deep.
pub(in crate::s3) fn read(text: &str) -> Result<Json, VendorReplyError> {
    serde_json::from_str(text).map_err(|error| {
        // serde_json tells its errors apart by their words alone.
        if error.to_string().starts_with("recursion limit exceeded") {
            VendorReplyError::TooDeep
        } else {
            VendorReplyError::NotJson
        }
    })
}

impl Json {
    pub(in crate::s3) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A text, a number or a boolean.
    pub(super) fn scalar(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Scalar(text) => Some(text),
            Self::Nothing | Self::List(_) | Self::Object(_) => None,
        }
    }

    /// Names and values: an object, or a list of `{name, value}`, `{key, value}` or `[name, value]`.
    pub(super) fn pairs(&self) -> Option<Vec<(String, Json)>> {
        match self {
            Self::Object(members) => Some(members.clone()),
            Self::List(items) => items.iter().map(pair).collect(),
            Self::Nothing | Self::Scalar(_) | Self::Text(_) => None,
        }
    }
}

fn pair(item: &Json) -> Option<(String, Json)> {
    match item {
        Json::List(pair) => match pair.as_slice() {
            [name, value] => Some((name.text()?.to_owned(), value.clone())),
            _ => None,
        },
        Json::Object(members) => {
            let member = |wanted: &str| members.iter().find(|(name, _)| name == wanted).map(|(_, value)| value);
            let name = member("name").or_else(|| member("key"))?.text()?;
            Some((name.to_owned(), member("value")?.clone()))
        }
        _ => None,
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Nothing)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Scalar(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Scalar(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Scalar(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Scalar(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Json, E> {
        Ok(Json::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Json, A::Error> {
        let mut object = Vec::new();
        while let Some(member) = members.next_entry()? {
            object.push(member);
        }
        Ok(Json::Object(object))
    }
}
