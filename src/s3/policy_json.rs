//! A policy's JSON: written as botocore writes it, read as leniently as S3 reads it.

use super::{Condition, PolicyError, PostPolicy, python_json};
use serde_json::{Value, json};

/// One line, as Python's `json.dumps` gives it.
pub(super) fn write(policy: &PostPolicy) -> String {
    python_json::to_string(&value(policy))
}

/// One line, with everything outside ASCII as it is.
pub(super) fn write_in_utf8(policy: &PostPolicy) -> String {
    value(policy).to_string()
}

fn value(policy: &PostPolicy) -> Value {
    let conditions: Vec<Value> = policy.conditions.iter().map(condition_json).collect();
    let expiration = policy.expiration.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    json!({"expiration": expiration, "conditions": conditions})
}

fn condition_json(condition: &Condition) -> Value {
    match condition {
        Condition::Exact { field, value } => json!({ field: value }),
        Condition::StartsWith { field, prefix } => json!(["starts-with", format!("${field}"), prefix]),
        Condition::ContentLengthRange { min_bytes, max_bytes } => json!(["content-length-range", min_bytes, max_bytes]),
    }
}

/// Reads the decoded bytes.
pub(super) fn read(bytes: &[u8]) -> Result<PostPolicy, PolicyError> {
    let Ok(policy) = serde_json::from_slice::<Value>(bytes) else {
        return Err(PolicyError::Unreadable("it is not JSON"));
    };
    let expiration = policy
        .get("expiration")
        .and_then(Value::as_str)
        .and_then(|text| text.parse().ok())
        .ok_or(PolicyError::Unreadable("it has no expiration that is a date"))?;
    let listed = policy
        .get("conditions")
        .and_then(Value::as_array)
        .ok_or(PolicyError::Unreadable("it has no conditions"))?;
    let mut conditions = Vec::with_capacity(listed.len());
    for condition in listed {
        read_condition(condition, &mut conditions).ok_or(PolicyError::Unreadable("a condition has no known shape"))?;
    }
    Ok(PostPolicy { expiration, conditions })
}

/// An object may hold several exact conditions.
fn read_condition(condition: &Value, conditions: &mut Vec<Condition>) -> Option<()> {
    match condition {
        Value::Object(exact) => {
            for (field, value) in exact {
                conditions.push(Condition::exact(field, scalar_text(value)?));
            }
        }
        Value::Array(parts) => {
            let [operator, first, second] = parts.as_slice() else {
                return None;
            };
            conditions.push(read_operator(operator.as_str()?, first, second)?);
        }
        _ => return None,
    }
    Some(())
}

fn read_operator(operator: &str, first: &Value, second: &Value) -> Option<Condition> {
    if operator.eq_ignore_ascii_case("content-length-range") {
        return Some(Condition::ContentLengthRange {
            min_bytes: byte_count(first)?,
            max_bytes: byte_count(second)?,
        });
    }
    let name = first.as_str()?;
    let field = name.strip_prefix('$').unwrap_or(name).to_owned();
    let text = scalar_text(second)?;
    if operator.eq_ignore_ascii_case("eq") {
        Some(Condition::Exact { field, value: text })
    } else if operator.eq_ignore_ascii_case("starts-with") {
        Some(Condition::StartsWith { field, prefix: text })
    } else {
        None
    }
}

fn byte_count(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.trim().parse().ok())
}

/// Strings as they are, numbers and booleans as JSON writes them.
fn scalar_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
