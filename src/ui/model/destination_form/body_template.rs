//! What a function is asked, while it is written: what is wrong with it, and an example of it.

use crate::store::LambdaMethod;
use serde_json::Value;

/// What a function is asked where nothing else is said.
pub(crate) const DEFAULT: &str =
    r#"{"object_name":"{object_name}","content_type":"{content_type}","size_bytes":"{size_bytes}"}"#;

/// Why a function could not be asked so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    /// It is not JSON.
    NotJson,
    /// A query is made of members.
    NotAnObject,
    /// The file's name is not in it.
    WithoutName,
}

/// A file that a form is asked for.
pub(crate) struct Asked<'a> {
    /// The object key that is asked for.
    pub(crate) object_name: &'a str,
    pub(crate) content_type: &'a str,
    pub(crate) size_bytes: u64,
}

/// What is wrong with `template`; nothing with an empty one, which stands for [`DEFAULT`].
pub(super) fn problem(template: &str, method: LambdaMethod) -> Option<Problem> {
    if template.trim().is_empty() {
        return None;
    }
    let Ok(json) = serde_json::from_str::<Value>(template) else {
        return Some(Problem::NotJson);
    };
    if method == LambdaMethod::Get && !json.is_object() {
        return Some(Problem::NotAnObject);
    }
    (!mentions_name(&json)).then_some(Problem::WithoutName)
}

fn mentions_name(json: &Value) -> bool {
    match json {
        Value::String(text) => text.contains("{object_name}"),
        Value::Array(values) => values.iter().any(mentions_name),
        Value::Object(members) => members.values().any(mentions_name),
        _ => false,
    }
}

/// What is sent for `asked`: a body, or a query; `None` where the template is wrong.
pub(crate) fn example(template: &str, method: LambdaMethod, asked: &Asked<'_>) -> Option<String> {
    if problem(template, method).is_some() {
        return None;
    }
    let template = Some(template.trim()).filter(|template| !template.is_empty());
    let mut json = serde_json::from_str(template.unwrap_or(DEFAULT)).ok()?;
    fill_in(&mut json, asked);
    match (method, &json) {
        (LambdaMethod::Get, Value::Object(members)) => {
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            for (name, value) in members {
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                query.append_pair(name, &text);
            }
            Some(format!("?{}", query.finish()))
        }
        _ => Some(json.to_string()),
    }
}

fn fill_in(json: &mut Value, asked: &Asked<'_>) {
    match json {
        Value::String(text) if text == "{size_bytes}" => *json = asked.size_bytes.into(),
        Value::String(text) => {
            let size = asked.size_bytes.to_string();
            *text = text
                .replace("{size_bytes}", &size)
                .replace("{content_type}", asked.content_type)
                .replace("{object_name}", asked.object_name);
        }
        Value::Array(values) => values.iter_mut().for_each(|value| fill_in(value, asked)),
        Value::Object(members) => members.values_mut().for_each(|value| fill_in(value, asked)),
        _ => {}
    }
}
