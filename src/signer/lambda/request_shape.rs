//! What a function is asked: a JSON body, or the same as a query.

use super::function_url::query_text;
use serde_json::{Map, Number, Value};

/// What functions read who follow Dropslot's page for them.
pub const DEFAULT_TEMPLATE: &str =
    r#"{"object_name":"{object_name}","content_type":"{content_type}","size_bytes":"{size_bytes}"}"#;
const OBJECT_NAME: &str = "{object_name}";
const CONTENT_TYPE: &str = "{content_type}";
const SIZE_BYTES: &str = "{size_bytes}";

/// Why a body template cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// Not JSON.
    #[error("the body template is not JSON: line {line}, column {column}")]
    NotJson {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
    },
    /// No string of it holds `{object_name}`.
    #[error("the body template has no {{object_name}} in any of its strings")]
    NoObjectName,
    /// A query is made of members, and it has none.
    #[error("the body template is not a JSON object, and a query is made of its members")]
    NotAnObject,
}

/// One file, as a function is told of it.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The key that is asked for.
    pub object_name: &'a str,
    /// Its type.
    pub content_type: &'a str,
    /// Its size.
    pub size_bytes: u64,
}

/// How a function is asked.
#[derive(Clone, Debug, PartialEq)]
pub struct RequestShape {
    method: Method,
    template: Value,
}

/// Which request a URL gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    Post,
    Get,
}

impl RequestShape {
    /// By POST, or as the event of an invocation. `template` is JSON in whose strings `{object_name}`, `{content_type}` and
    /// `{size_bytes}` are replaced; a string that is `{size_bytes}` alone becomes a number. `None`: these three, named so.
    ///
    /// # Errors
    /// See [`TemplateError`].
    pub fn post(template: Option<&str>) -> Result<Self, TemplateError> {
        Self::new(Method::Post, template)
    }

    /// By GET: the template's members become the query.
    ///
    /// # Errors
    /// See [`TemplateError`].
    pub fn get(template: Option<&str>) -> Result<Self, TemplateError> {
        Self::new(Method::Get, template)
    }

    fn new(method: Method, template: Option<&str>) -> Result<Self, TemplateError> {
        let template: Value =
            serde_json::from_str(template.unwrap_or(DEFAULT_TEMPLATE)).map_err(|error| TemplateError::NotJson {
                line: error.line(),
                column: error.column(),
            })?;
        if method == Method::Get && !template.is_object() {
            return Err(TemplateError::NotAnObject);
        }
        if !has_object_name(&template) {
            return Err(TemplateError::NoObjectName);
        }
        Ok(Self { method, template })
    }

    /// What is sent for `asked`, to be looked at: the JSON, or the query behind its `?`.
    #[must_use]
    pub fn example(&self, asked: &Asked<'_>) -> String {
        match self.method {
            Method::Post => filled(&self.template, asked).to_string(),
            Method::Get => format!("?{}", query_text(&self.query(asked))),
        }
    }

    pub(super) fn method(&self) -> Method {
        self.method
    }

    /// The JSON.
    pub(super) fn body(&self, asked: &Asked<'_>) -> Vec<u8> {
        filled(&self.template, asked).to_string().into_bytes()
    }

    /// The JSON's members as they stand in a query: a string as it is, anything else as JSON.
    pub(super) fn query(&self, asked: &Asked<'_>) -> Vec<(String, String)> {
        let members = self.template.as_object().into_iter().flatten();
        members
            .map(|(name, value)| {
                let text = match filled(value, asked) {
                    Value::String(text) => text,
                    other => other.to_string(),
                };
                (name.clone(), text)
            })
            .collect()
    }
}

fn has_object_name(template: &Value) -> bool {
    match template {
        Value::String(text) => text.contains(OBJECT_NAME),
        Value::Array(items) => items.iter().any(has_object_name),
        Value::Object(members) => members.values().any(has_object_name),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

fn filled(template: &Value, asked: &Asked<'_>) -> Value {
    match template {
        Value::String(text) if text == SIZE_BYTES => Value::Number(Number::from(asked.size_bytes)),
        Value::String(text) => Value::String(replaced(text, asked)),
        Value::Array(items) => items.iter().map(|item| filled(item, asked)).collect(),
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| (name.clone(), filled(value, asked)));
            Value::Object(members.collect::<Map<_, _>>())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => template.clone(),
    }
}

/// From left to right, once: what a file's name brings in is not looked at again.
fn replaced(text: &str, asked: &Asked<'_>) -> String {
    let size_bytes = asked.size_bytes.to_string();
    let words = [
        (OBJECT_NAME, asked.object_name),
        (CONTENT_TYPE, asked.content_type),
        (SIZE_BYTES, &size_bytes),
    ];
    let mut filled = String::with_capacity(text.len() + asked.object_name.len());
    let mut rest = text;
    while let Some(brace) = rest.find('{') {
        let (before, from_brace) = rest.split_at(brace);
        filled.push_str(before);
        let word = words
            .iter()
            .find_map(|(word, value)| Some((from_brace.strip_prefix(word)?, *value)));
        let (behind, value) = word.unwrap_or((from_brace.get(1..).unwrap_or_default(), "{"));
        filled.push_str(value);
        rest = behind;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must fail"
)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn asked(object_name: &str) -> Asked<'_> {
        Asked {
            object_name,
            content_type: "image/png",
            size_bytes: 1234,
        }
    }

    fn body(template: Option<&str>, object_name: &str) -> Value {
        let shape = RequestShape::post(template).unwrap();
        serde_json::from_slice(&shape.body(&asked(object_name))).unwrap()
    }

    #[test]
    fn a_function_is_told_name_type_and_size() {
        let body = RequestShape::post(None).unwrap().body(&asked("a.png"));
        let text = r#"{"object_name":"a.png","content_type":"image/png","size_bytes":1234}"#;
        assert_eq!(String::from_utf8(body).unwrap(), text);
    }

    #[test]
    fn names_stay_what_they_are_whatever_is_in_them() {
        for name in [
            r#"a "quoted" name.png"#,
            r"back\slash\.png",
            "스크린샷 1.png",
            "{size_bytes}.png",
            "{object_name}",
            "{content_type",
            "}{",
            "\u{1}\u{7f}",
        ] {
            assert_eq!(body(None, name)["object_name"], json!(name));
        }
    }

    #[test]
    fn a_template_says_what_things_are_called_and_where_they_stand() {
        let template = r#"{"file":{"key":"in/{object_name}","type":["{content_type}"],"bytes":"{size_bytes}","text":"{size_bytes} bytes"},"v":1,"{object_name}":null,"o":"{other}"}"#;
        let expected = json!({
            "file": {"key": "in/{size_bytes}", "type": ["image/png"], "bytes": 1234, "text": "1234 bytes"},
            "v": 1, "{object_name}": null, "o": "{other}",
        });
        assert_eq!(body(Some(template), "{size_bytes}"), expected);
        assert_eq!(body(Some(r#""{object_name}""#), "a"), json!("a"));
    }

    #[test]
    fn by_get_the_members_become_the_query() {
        let query = |template| RequestShape::get(template).unwrap().query(&asked("a&b=c 한.png"));
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let default = [
            pair("object_name", "a&b=c 한.png"),
            pair("content_type", "image/png"),
            pair("size_bytes", "1234"),
        ];
        assert_eq!(query(None), default);
        let template = r#"{"f":"{object_name}","n":1,"deep":{"s":"{size_bytes}"},"none":null}"#;
        let named = [
            pair("f", "a&b=c 한.png"),
            pair("n", "1"),
            pair("deep", r#"{"s":1234}"#),
            pair("none", "null"),
        ];
        assert_eq!(query(Some(template)), named);
    }

    #[test]
    fn what_is_sent_can_be_looked_at() {
        let asked = asked("a b.png");
        let shown = |shape: RequestShape| shape.example(&asked);
        let body = r#"{"object_name":"a b.png","content_type":"image/png","size_bytes":1234}"#;
        assert_eq!(shown(RequestShape::post(None).unwrap()), body);
        let query = "?object_name=a%20b.png&content_type=image%2Fpng&size_bytes=1234";
        assert_eq!(shown(RequestShape::get(None).unwrap()), query);
    }

    #[test]
    fn what_is_no_template_is_refused_where_it_is_written() {
        let refused = |template| RequestShape::post(Some(template)).unwrap_err();
        assert_eq!(refused("{\n\"a\"}"), TemplateError::NotJson { line: 2, column: 4 });
        assert_eq!(refused(""), TemplateError::NotJson { line: 1, column: 0 });
        let without_name = [
            r#"{"size":"{size_bytes}"}"#,
            r#"{"{object_name}":1}"#,
            "[]",
            "null",
            r#"{"name":"{objectname}"}"#,
        ];
        for template in without_name {
            assert_eq!(refused(template), TemplateError::NoObjectName, "{template}");
        }
        let refused = RequestShape::get(Some(r#"["{object_name}"]"#)).unwrap_err();
        assert_eq!(refused, TemplateError::NotAnObject);
    }

    proptest! {
        #[test]
        fn every_name_and_type_arrive_as_they_are(name in ".*", content_type in ".*", size_bytes: u64) {
            let asked = Asked { object_name: &name, content_type: &content_type, size_bytes };
            let shape = RequestShape::post(None).unwrap();
            let body: Value = serde_json::from_slice(&shape.body(&asked)).unwrap();
            prop_assert_eq!(&body, &json!({"object_name": name, "content_type": content_type, "size_bytes": size_bytes}));
            let query = RequestShape::get(None).unwrap().query(&asked);
            prop_assert_eq!(&query[0].1, &name);
            prop_assert_eq!(&query[1].1, &content_type);
        }

        #[test]
        fn what_stands_around_a_word_stays(before in "[^{]*", after in "[^{]*", name in ".*") {
            let template = json!([format!("{before}{{object_name}}{after}")]).to_string();
            let shape = RequestShape::post(Some(&template)).unwrap();
            let body: Value = serde_json::from_slice(&shape.body(&asked(&name))).unwrap();
            prop_assert_eq!(body, json!([format!("{before}{name}{after}")]));
        }

        #[test]
        fn no_template_makes_it_panic(template in "[{}\\[\\]\":,a-z_0-9 ]*", name in ".*") {
            if let Ok(shape) = RequestShape::get(Some(&template)) {
                prop_assert!(!shape.body(&asked(&name)).is_empty());
                prop_assert!(!shape.query(&asked(&name)).is_empty());
            }
        }
    }
}
