//! JSON as Python's `json.dumps` writes it by default: `", "` and `": "` between, everything outside ASCII as `\uXXXX`.
//!
//! Any spelling of a policy is valid, since its base64 text is what is signed. This one makes the result comparable
//! with botocore's, byte for byte.

use serde_json::Value;

/// One line of JSON.
pub(super) fn to_string(value: &Value) -> String {
    let mut text = String::new();
    write(value, &mut text);
    text
}

fn write(value: &Value, text: &mut String) {
    match value {
        Value::Array(items) => {
            text.push('[');
            for (place, item) in items.iter().enumerate() {
                text.push_str(separator(place));
                write(item, text);
            }
            text.push(']');
        }
        Value::Object(members) => {
            text.push('{');
            for (place, (name, member)) in members.iter().enumerate() {
                text.push_str(separator(place));
                write(&Value::from(name.as_str()), text);
                text.push_str(": ");
                write(member, text);
            }
            text.push('}');
        }
        scalar => push_ascii(&scalar.to_string(), text),
    }
}

fn separator(place: usize) -> &'static str {
    if place == 0 { "" } else { ", " }
}

/// What `serde_json` leaves as it is outside printable ASCII, as UTF-16 code units.
fn push_ascii(json: &str, text: &mut String) {
    for character in json.chars() {
        if matches!(character, ' '..='~') {
            text.push(character);
        } else {
            let mut units = [0; 2];
            text.extend(
                character
                    .encode_utf16(&mut units)
                    .iter()
                    .map(|unit| format!("\\u{unit:04x}")),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn it_reads_as_python_writes_it() {
        let value = json!({"a": ["x", 1, true, null], "b": {}, "c": []});
        assert_eq!(to_string(&value), r#"{"a": ["x", 1, true, null], "b": {}, "c": []}"#);
    }

    #[test]
    fn everything_outside_printable_ascii_is_escaped() {
        let value = json!("\"\\/ \u{8}\u{c}\n\r\t\u{0}\u{1f}\u{7f}é한😀~");
        let written = r#""\"\\/ \b\f\n\r\t\u0000\u001f\u007f\u00e9\ud55c\ud83d\ude00~""#;
        assert_eq!(to_string(&value), written);
    }
}
