//! What is asked: from JSON, a query, or a web form, by the names that are in use.

use super::answer::Refusal;
use serde_json::{Map, Value};
use url::form_urlencoded;

/// A file that somebody wants to send.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Question {
    pub(super) object_name: String,
    pub(super) content_type: Option<String>,
    pub(super) size_bytes: Option<u64>,
}

/// Ours first, then what Uppy and the usual clients say.
const OBJECT_NAME: &[&str] = &[
    "object_name",
    "objectName",
    "filename",
    "fileName",
    "file_name",
    "name",
    "key",
];
const CONTENT_TYPE: &[&str] = &["content_type", "contentType", "type", "mimeType"];
const SIZE_BYTES: &[&str] = &["size_bytes", "sizeBytes", "size", "fileSize", "contentLength"];

impl Question {
    /// Of a JSON body.
    pub(super) fn of_json(body: &[u8]) -> Result<Self, Refusal> {
        match serde_json::from_slice(body) {
            Ok(Value::Object(members)) => Self::of_members(&members),
            _ => Err(Refusal::NoJson),
        }
    }

    /// Of JSON that is read already.
    pub(super) fn of_members(members: &Map<String, Value>) -> Result<Self, Refusal> {
        Self::of(|name| match members.get(name)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        })
    }

    /// Of a query string, or of a web form's body.
    pub(super) fn of_pairs(pairs: &str) -> Result<Self, Refusal> {
        Self::of(|name| {
            let mut pairs = form_urlencoded::parse(pairs.as_bytes());
            pairs
                .find(|(present, _)| present == name)
                .map(|(_, value)| value.into_owned())
        })
    }

    fn of(value: impl Fn(&str) -> Option<String>) -> Result<Self, Refusal> {
        let first = |names: &[&str]| {
            let mut values = names.iter().filter_map(|name| value(name));
            values.find(|value| !value.is_empty())
        };
        let size_bytes = first(SIZE_BYTES).map(|text| text.parse().map_err(|_error| Refusal::Size));
        Ok(Self {
            object_name: first(OBJECT_NAME).ok_or(Refusal::NoObjectName)?,
            content_type: first(CONTENT_TYPE),
            size_bytes: size_bytes.transpose()?,
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_described_in_any_of_the_usual_ways() {
        let asked = Question {
            object_name: "스크린샷 1.png".to_owned(),
            content_type: Some("image/png".to_owned()),
            size_bytes: Some(7),
        };
        for json in [
            r#"{"object_name":"스크린샷 1.png","content_type":"image/png","size_bytes":7}"#,
            r#"{"filename":"스크린샷 1.png","type":"image/png","size":"7"}"#,
            r#"{"object_name":"","fileName":"스크린샷 1.png","contentType":"image/png","fileSize":7,"metadata":{}}"#,
        ] {
            assert_eq!(Question::of_json(json.as_bytes()).as_ref(), Ok(&asked), "{json}");
        }
        let query = "filename=%EC%8A%A4%ED%81%AC%EB%A6%B0%EC%83%B7+1.png&type=image%2Fpng&size=7";
        assert_eq!(Question::of_pairs(query), Ok(asked));
    }

    #[test]
    fn what_is_no_question_says_why() {
        for (json, refusal) in [
            ("", Refusal::NoJson),
            ("[]", Refusal::NoJson),
            ("\"a.png\"", Refusal::NoJson),
            ("{}", Refusal::NoObjectName),
            (r#"{"object_name":null}"#, Refusal::NoObjectName),
            (r#"{"object_name":"a","size":"7 MB"}"#, Refusal::Size),
            (r#"{"object_name":"a","size":-1}"#, Refusal::Size),
        ] {
            assert_eq!(Question::of_json(json.as_bytes()), Err(refusal), "{json}");
        }
    }
}
