//! Two processes, one file: what each of them changed is kept, field by field.
//!
//! Three versions are compared: `base`, as this process last read or wrote the settings; `mine`, as it wants them now; and
//! `theirs`, as the file says now. What this process did not change is left as it stands there, so that a newer version's
//! values come through unharmed; what it did change is written over the other's.

use serde_json::{Map, Value};

/// Lists whose elements are known by their `name`.
const NAMED: &str = "destinations";

/// The object to write: the settings, or one in them.
pub(super) fn merged(
    base: &Map<String, Value>,
    mine: Map<String, Value>,
    mut theirs: Map<String, Value>,
) -> Map<String, Value> {
    let mut merged = Map::new();
    for (name, value) in mine {
        let other = theirs.remove(&name);
        let both = field(&name, base.get(&name), value, other);
        merged.extend(both.map(|value| (name, value)));
    }
    // Not in mine: another process has added it, or this one has taken it out.
    theirs.retain(|name, _| !base.contains_key(name));
    merged.extend(theirs);
    merged
}

/// `None` where another process has taken it out, and this one has not changed it.
fn field(name: &str, base: Option<&Value>, mine: Value, theirs: Option<Value>) -> Option<Value> {
    if base == Some(&mine) {
        return theirs;
    }
    let nothing = Map::new();
    Some(match (mine, theirs) {
        (Value::Array(mine), Some(Value::Array(theirs))) if name == NAMED => {
            let base = base.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
            Value::Array(lists(base, mine, theirs))
        }
        (Value::Object(mine), Some(Value::Object(theirs))) => {
            let base = base.and_then(Value::as_object).unwrap_or(&nothing);
            Value::Object(merged(base, mine, theirs))
        }
        (mine, _) => mine,
    })
}

/// In my order; what another process has added comes after it.
fn lists(base: &[Value], mine: Vec<Value>, theirs: Vec<Value>) -> Vec<Value> {
    let base = named(base.to_vec());
    let mut theirs = named(theirs);
    let mut merged: Vec<Value> = Vec::new();
    let mut renamed: Vec<Value> = Vec::new();
    for (key, value) in named(mine) {
        let known = find(&base, &key);
        let other = theirs.iter().position(|(other, _)| *other == key);
        let other = other.map(|place| theirs.remove(place).1);
        match (known, other) {
            // Two new ones of one name: both are kept.
            (None, Some(other)) if other != value => {
                merged.push(value);
                renamed.push(other);
            }
            (known, other) => merged.extend(field("", known, value, other)),
        }
    }
    theirs.retain(|(key, _)| find(&base, key).is_none());
    merged.extend(theirs.into_iter().map(|(_, value)| value));
    for mut value in renamed {
        take_a_free_name(&mut value, &merged);
        merged.push(value);
    }
    merged
}

/// A name, and which of those that have it: what has none is known by all that it says.
type Key = (String, usize);

fn named(values: Vec<Value>) -> Vec<(Key, Value)> {
    let mut keyed: Vec<(Key, Value)> = Vec::new();
    for value in values {
        let name = name_of(&value).map_or_else(|| value.to_string(), str::to_owned);
        let before = keyed.iter().filter(|((known, _), _)| *known == name).count();
        keyed.push(((name, before), value));
    }
    keyed
}

fn find<'a>(values: &'a [(Key, Value)], key: &Key) -> Option<&'a Value> {
    values.iter().find(|(known, _)| known == key).map(|(_, value)| value)
}

fn name_of(value: &Value) -> Option<&str> {
    value.get("name").and_then(Value::as_str)
}

fn take_a_free_name(value: &mut Value, others: &[Value]) {
    let Some(wanted) = name_of(value).map(str::to_owned) else {
        return;
    };
    let mut name = wanted.clone();
    for number in 2_u32.. {
        if !others.iter().any(|other| name_of(other) == Some(&name)) {
            break;
        }
        name = format!("{wanted} {number}");
    }
    if let Some(object) = value.as_object_mut() {
        object.insert("name".to_owned(), Value::from(name));
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
mod tests {
    use super::*;
    use serde_json::json;

    fn merge(base: &Value, mine: &Value, theirs: &Value) -> Value {
        let map = |value: &Value| value.as_object().unwrap().clone();
        Value::Object(merged(&map(base), map(mine), map(theirs)))
    }

    #[test]
    fn each_process_keeps_what_it_changed() {
        let base = json!({"theme": "system", "jobs": 6, "notify": true, "gone": 1});
        let mine = json!({"theme": "dark", "jobs": 6, "notify": true});
        let theirs = json!({"theme": "system", "jobs": 3, "gone": 1, "new": [1]});
        assert_eq!(
            merge(&base, &mine, &theirs),
            json!({"theme": "dark", "jobs": 3, "new": [1]})
        );
    }

    #[test]
    fn a_value_of_a_newer_version_stays_until_it_is_changed() {
        let base = json!({"theme": "system"});
        let theirs = json!({"theme": {"name": "sepia"}});
        assert_eq!(merge(&base, &base, &theirs), theirs);
        let mine = json!({"theme": "dark"});
        assert_eq!(merge(&base, &mine, &theirs), mine);
    }

    #[test]
    fn destinations_of_two_windows_come_together() {
        let at = |name: &str, bucket: &str| json!({"name": name, "bucket": bucket});
        let list = |values: &[Value]| json!({"destinations": values});
        let base = list(&[at("a", "1"), at("b", "1"), at("c", "1"), at("d", "1")]);
        // Removes a, changes b, adds e and f.
        let mine = list(&[at("b", "2"), at("c", "1"), at("d", "1"), at("e", "1"), at("f", "1")]);
        // Changes c, removes d, adds another f, and g.
        let theirs = list(&[at("a", "1"), at("b", "1"), at("c", "3"), at("f", "9"), at("g", "1")]);
        let expected = list(&[
            at("b", "2"),
            at("c", "3"),
            at("e", "1"),
            at("f", "1"),
            at("g", "1"),
            at("f 2", "9"),
        ]);
        assert_eq!(merge(&base, &mine, &theirs), expected);
        assert_eq!(
            merge(&mine, &mine, &expected),
            expected,
            "and the next save changes nothing"
        );
    }

    #[test]
    fn a_destination_is_merged_field_by_field() {
        let list = |value: Value| json!({ "destinations": [value] });
        let base = list(json!({"name": "a", "bucket": "1", "options": {"acl": "private"}}));
        let mine = list(json!({"name": "a", "bucket": "2", "options": {"acl": "private", "tags": [1]}}));
        let theirs = list(json!({"name": "a", "bucket": "1", "copy": {"newer": 1}, "options": {"method": "put"}}));
        let expected =
            list(json!({"name": "a", "bucket": "2", "copy": {"newer": 1}, "options": {"tags": [1], "method": "put"}}));
        assert_eq!(merge(&base, &mine, &theirs), expected);
    }

    #[test]
    fn two_of_one_name_stay_two() {
        let twice =
            json!({"destinations": [{"name": "a", "bucket": "1"}, {"name": "a", "bucket": "2"}, {"colour": "red"}]});
        assert_eq!(merge(&twice, &twice, &twice), twice);
        let mine =
            json!({"destinations": [{"name": "a", "bucket": "1"}, {"name": "a", "bucket": "3"}, {"colour": "red"}]});
        assert_eq!(merge(&twice, &mine, &twice), mine);
    }
}
