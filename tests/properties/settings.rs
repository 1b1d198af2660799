//! Whatever the settings file holds, nothing of it is lost: it is read and written back, or set aside as it was.

use super::cases::{bytes_of, config, text_of};
use super::folder::folder;
use dropslot::store::{Settings, SettingsError, ThemeChoice};
use proptest::prelude::*;
use serde_json::{Map, Value};
use std::path::Path;

const JSON: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "null",
    "true",
    "-1",
    "1e999",
    "1e5",
    "99999999999999999999",
    "\"jobs\":",
    "\"theme\":\"dark\"",
    "\\u0000",
    "\\ud83d",
    "\u{feff}",
    " \n",
    "\"version\":9,",
];
const NAMES: &[&str] = &[
    "acl",
    "bucket",
    "bucket_regions",
    "copy",
    "copy_when_done",
    "cache_control",
    "content_type",
    "destinations",
    "endpoint_url",
    "expires_in",
    "fields",
    "form",
    "function",
    "headers",
    "if_exists",
    "jobs",
    "key",
    "kind",
    "lambda_hosts",
    "language",
    "last_destination",
    "metadata",
    "method",
    "name",
    "notify",
    "options",
    "profile",
    "public_base",
    "region",
    "tags",
    "theme",
    "url",
    "version",
    "zoom_percent",
    "",
    "newer",
];
const TEXTS: &[&str] = &[
    "account",
    "ask",
    "auto",
    "dark",
    "english",
    "fail",
    "lambda",
    "newer",
    "parts",
    "post",
    "put",
    "sandbox",
    "ticket",
    "unique",
    "https://example.com/",
    "us-east-1",
    "",
    "{rand}/{name}",
    "{",
    "\u{0}",
];

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        4 => proptest::sample::select(TEXTS).prop_map(Value::from),
        1 => any::<bool>().prop_map(Value::from),
        1 => any::<i64>().prop_map(Value::from),
        1 => (0_u8..40).prop_map(Value::from),
        // Halves, quarters, eighths: of other fractions serde_json may change the last of seventeen digits.
        1 => any::<i32>().prop_map(|eighths| Value::from(f64::from(eighths) / 8.0)),
        1 => Just(Value::Null),
        1 => any::<char>().prop_map(|character| Value::from(character.to_string())),
    ];
    leaf.prop_recursive(2, 8, 4, |inner| {
        let member = (proptest::sample::select(NAMES), inner.clone());
        let member = member.prop_map(|(name, value)| (name.to_owned(), value));
        prop_oneof![
            1 => proptest::collection::vec(inner, 0..4).prop_map(Value::from),
            3 => proptest::collection::vec(member, 0..4).prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Settings as a newer version, or another program, might have written them: known names, any values.
fn settings() -> impl Strategy<Value = Map<String, Value>> {
    let destination = proptest::collection::vec((proptest::sample::select(NAMES), value()), 0..6);
    let kind = proptest::sample::select(&["account", "lambda", "ticket", "sandbox", "newer"][..]);
    let destination = (kind, destination).prop_map(|(kind, members)| {
        let named = [
            ("kind", Value::from(kind)),
            ("name", Value::from("n")),
            ("bucket", Value::from("b")),
        ];
        let members = named.into_iter().chain(members);
        Value::Object(members.map(|(name, value)| (name.to_owned(), value)).collect())
    });
    let members = proptest::collection::vec((proptest::sample::select(NAMES), value()), 0..8);
    (members, proptest::collection::vec(destination, 0..3)).prop_map(|(members, destinations)| {
        let members = members.into_iter().map(|(name, value)| (name.to_owned(), value));
        let saved = [("destinations".to_owned(), Value::from(destinations))];
        members.chain(saved).collect()
    })
}

fn written(file: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_bytes_are_read_or_set_aside_whole(bytes in bytes_of(text_of(JSON, 12))) {
        let folder = folder();
        let file = folder.path().join("settings.json");
        std::fs::write(&file, &bytes).unwrap();
        let is_object = serde_json::from_slice::<Map<String, Value>>(&bytes).is_ok();
        match Settings::load(&file) {
            (_, None) => {
                prop_assert!(is_object || bytes.trim_ascii().is_empty());
                prop_assert_eq!(std::fs::read(&file).unwrap(), bytes);
            }
            (settings, Some(SettingsError::Broken { set_aside })) => {
                prop_assert!(!is_object);
                prop_assert_eq!(settings, Settings::default());
                prop_assert!(!file.exists());
                prop_assert_eq!(std::fs::read(set_aside).unwrap(), bytes);
            }
            (_, Some(error)) => prop_assert!(false, "{error}"),
        }
    }

    #[test]
    fn what_is_not_changed_is_written_back_as_it_was(settings in settings()) {
        let folder = folder();
        let file = folder.path().join("settings.json");
        std::fs::write(&file, serde_json::to_vec(&settings).unwrap()).unwrap();
        let before = written(&file);
        let (mut loaded, trouble) = Settings::load(&file);
        prop_assert!(trouble.is_none());
        loaded.save(&file).unwrap();
        prop_assert_eq!(&written(&file), &before);

        loaded.theme = if loaded.theme == ThemeChoice::Dark { ThemeChoice::Light } else { ThemeChoice::Dark };
        loaded.save(&file).unwrap();
        let mut expected = before;
        expected["theme"] = Value::from(if loaded.theme == ThemeChoice::Dark { "dark" } else { "light" });
        prop_assert_eq!(&written(&file), &expected);
        prop_assert_eq!(Settings::load(&file).0.theme, loaded.theme);
    }
}
