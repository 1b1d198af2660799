//! Templates expanded for files and folders, and names that would break out of their key.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]
#![allow(clippy::let_underscore_must_use, reason = "where only coming back counts")]

use super::*;
use proptest::prelude::*;

const RANDOM: [u8; 16] = [
    0x00, 0x44, 0x32, 0x14, 0xc7, 0x42, 0x54, 0xb6, 0x35, 0xcf, 0x84, 0x65, 0x3a, 0x56, 0xd7, 0xc6,
];

fn parts<'a>(file_name: &'a str, dir: &'a str) -> KeyParts<'a> {
    KeyParts {
        file_name,
        dir,
        now: jiff::civil::date(2026, 11, 24).at(9, 30, 15, 0),
        random: RANDOM,
        user: "ada",
        host: "engine",
    }
}

fn expand(template: &str, file_name: &str, dir: &str) -> String {
    KeyTemplate::parse(template)
        .unwrap()
        .expand(&parts(file_name, dir))
        .unwrap()
        .as_str()
        .to_owned()
}

#[test]
fn every_word_stands_for_its_value() {
    for (template, key) in [
        ("{name}", "스크린샷 1.tar.gz"),
        ("{stem}", "스크린샷 1.tar"),
        ("{ext}", "gz"),
        ("{dir}", "a/b"),
        ("{date}", "2026-11-24"),
        ("{year}/{month}/{day}", "2026/11/24"),
        ("{time}", "093015"),
        ("{rand}", "01234567"),
        ("{uuid}", "00443214-c742-44b6-b5cf-84653a56d7c6"),
        ("{user}@{host}", "ada@engine"),
    ] {
        assert_eq!(
            expand(
                template,
                "스크린샷 1.tar.gz",
                if template == "{dir}" { "a/b" } else { "" }
            ),
            key
        );
    }
}

#[test]
fn a_literal_key_is_a_template_without_braces() {
    assert_eq!(expand("reports/latest.pdf", "a.txt", ""), "reports/latest.pdf");
    assert_eq!(expand("{{{name}}}", "a.txt", ""), "{a.txt}");
}

#[test]
fn an_empty_dir_takes_its_slash_along() {
    for (template, alone, in_folder) in [
        ("{dir}/{name}", "a.txt", "d/e/a.txt"),
        ("up/{dir}/{name}", "up/a.txt", "up/d/e/a.txt"),
        ("{name}/{dir}", "a.txt", "a.txt/d/e"),
        ("x{dir}/{name}", "x/a.txt", "xd/e/a.txt"),
        ("{dir}{name}", "a.txt", "d/ea.txt"),
    ] {
        assert_eq!(expand(template, "a.txt", ""), alone, "{template}");
        assert_eq!(expand(template, "a.txt", "d/e"), in_folder, "{template}");
    }
}

#[test]
fn a_template_without_dir_keeps_the_tree() {
    for (template, key) in [
        ("{rand}/{name}", "01234567/d/e/a.txt"),
        ("{name}", "d/e/a.txt"),
        ("{user}/{date}-{stem}.{ext}", "ada/d/e/2026-11-24-a.txt"),
        ("{stem}/{name}", "d/e/a/a.txt"),
        ("{rand}.{ext}", "01234567.txt"),
    ] {
        assert_eq!(expand(template, "a.txt", "d/e"), key, "{template}");
    }
}

#[test]
fn an_empty_extension_takes_its_dot_along() {
    assert_eq!(expand("{stem}.{ext}", "README", ""), "README");
    assert_eq!(expand("{rand}.{ext}", ".bashrc", ""), "01234567");
    assert_eq!(expand("{stem}-{rand}.{ext}", "a.png", ""), "a-01234567.png");
    assert_eq!(expand("{name}{ext}", "end.", ""), "end.", "its own dot stays");
}

#[test]
fn no_value_but_dir_brings_a_slash_and_none_climbs() {
    assert_eq!(expand("{name}", "../../etc/passwd", ""), ".._.._etc_passwd");
    assert_eq!(expand("{dir}/{name}", "..", "../x"), "__/x/__");
    assert_eq!(expand("{stem}/x", "..txt", ""), "_/x");
    let climbing = KeyParts {
        user: "../root",
        host: "..",
        ..parts("a", "")
    };
    let template = KeyTemplate::parse("{user}/{host}").unwrap();
    assert_eq!(template.expand(&climbing).unwrap().as_str(), ".._root/__");
    let joined = KeyTemplate::parse("{name}./x").unwrap();
    assert_eq!(joined.expand(&parts(".", "")).unwrap().as_str(), "_./x");
}

#[test]
fn a_name_that_is_too_long_is_an_error() {
    let name = "n".repeat(1017);
    let template = KeyTemplate::parse(KeyTemplate::DEFAULT).unwrap();
    assert_eq!(
        template.expand(&parts(&name, "")),
        Err(ObjectKeyError::TooLong { bytes: 1026 })
    );
}

#[test]
fn what_is_no_template_is_told_where() {
    let error = |text| KeyTemplate::parse(text).unwrap_err();
    assert_eq!(error(""), KeyTemplateError::Empty);
    assert_eq!(
        error("{nmae}"),
        KeyTemplateError::UnknownWord {
            word: "nmae".to_owned()
        }
    );
    assert_eq!(error("각{name"), KeyTemplateError::LoneBrace { at: 3 });
    assert_eq!(error("a}b"), KeyTemplateError::LoneBrace { at: 1 });
    assert_eq!(error("{{a}"), KeyTemplateError::LoneBrace { at: 3 });
}

#[test]
fn a_dollar_and_a_name_make_nothing_together_that_s3_takes_for_its_own() {
    assert_eq!(expand("price-${name}", "{filename}", ""), "price-$_{filename}");
    assert_eq!(expand("{stem}{ext}", "a$.$b", ""), "a$_$b");
    assert_eq!(expand("${name}", "a", ""), "$a");
}

#[test]
fn only_randomness_makes_a_template_unique() {
    assert!(KeyTemplate::parse("{rand}/{name}").unwrap().is_unique());
    assert!(KeyTemplate::parse("{uuid}.{ext}").unwrap().is_unique());
    assert!(!KeyTemplate::parse("{date}/{time}-{name}").unwrap().is_unique());
    assert!(!KeyTemplate::parse("{{rand}}").unwrap().is_unique());
}

proptest! {
    #[test]
    fn no_template_and_no_name_makes_it_panic(template in ".*", file_name in ".*", dir in ".*") {
        if let Ok(template) = KeyTemplate::parse(&template) {
            let _ = template.expand(&parts(&file_name, &dir));
        }
    }

    #[test]
    fn every_name_has_a_key_by_the_default(file_name in ".{1,32}", dir in ".{0,32}") {
        prop_assert!(KeyTemplate::parse(KeyTemplate::DEFAULT).unwrap().expand(&parts(&file_name, &dir)).is_ok());
    }
}
