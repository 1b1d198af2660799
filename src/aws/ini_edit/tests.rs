//! Files as people have them, and as nobody should.

use super::*;
use proptest::prelude::*;
use proptest::sample::select;

fn set(text: &str, section: Section<'_>, values: &[(&str, &str)]) -> String {
    let mut text = IniText::new(text);
    text.set(section, values);
    text.into_text()
}

const WORK: Section<'_> = Section::Profile("work");

#[test]
fn a_new_section_goes_to_the_end_and_ends_the_line_before() {
    assert_eq!(set("", WORK, &[("region", "a")]), "[profile work]\nregion = a\n");
    assert_eq!(
        set("[default]\nregion = b", WORK, &[("region", "a")]),
        "[default]\nregion = b\n[profile work]\nregion = a\n"
    );
    assert_eq!(set("x", WORK, &[("region", "")]), "x");
}

#[test]
fn a_nested_key_is_not_the_sections_own() {
    let text = "[profile work]\ns3 =\n    endpoint_url = http://nested\n    region = nested\nregion=b\n[other]\n";
    assert_eq!(
        set(text, WORK, &[("region", "a"), ("endpoint_url", "https://e")]),
        "[profile work]\ns3 =\n    endpoint_url = http://nested\n    region = nested\nregion = a\nendpoint_url = https://e\n[other]\n"
    );
}

#[test]
fn comments_stay_where_they_are() {
    let text = "[profile work]\nregion = b  # home\n\n# About the next\n[profile next]\n";
    assert_eq!(
        set(text, WORK, &[("region", "a"), ("output", "json")]),
        "[profile work]\n# home\nregion = a\noutput = json\n\n# About the next\n[profile next]\n"
    );
}

#[test]
fn line_ends_and_indents_stay_what_they_are() {
    let text = "; top\r\n[work]\r\n\tKEY = 1\r\n[next]\r\nkey = 2";
    let mut text = IniText::new(text);
    text.set(Section::Credentials("work"), &[("key", "3"), ("other", "4")]);
    text.set(Section::Credentials("next"), &[("key", "5")]);
    assert_eq!(
        text.into_text(),
        "; top\r\n[work]\r\n KEY = 3\r\n other = 4\r\n[next]\r\nkey = 5\r\n"
    );
}

#[test]
fn every_spelling_of_a_heading_is_found() {
    for heading in [
        "[profile work]",
        "[ profile  work ]",
        "[profile\twork] # mine",
        "  [profile work]",
    ] {
        let text = format!("{heading}\nregion = b\n");
        assert_eq!(set(&text, WORK, &[("region", "a")]), format!("{heading}\nregion = a\n"));
    }
    for heading in ["[profile \"work\"]", "[profile 'work']"] {
        let text = format!("{heading} # mine\nregion = b\n");
        assert_eq!(
            set(&text, WORK, &[("region", "a")]),
            "[profile work] # mine\nregion = a\n",
            "{heading}"
        );
    }
    for heading in ["[work]", "# [profile work]", "[profile workshop]", "[sso-session work]"] {
        let text = format!("{heading}\n");
        assert!(!IniText::new(&text).has(WORK), "{heading}");
    }
}

#[test]
fn the_default_that_readers_read_is_changed() {
    let text = "[default]\nregion = b\n[profile default]\nregion = c\n";
    assert_eq!(
        set(text, Section::Profile("default"), &[("region", "a")]),
        "[default]\nregion = b\n[profile default]\nregion = a\n"
    );
}

#[test]
fn of_two_equal_keys_and_sections_the_last_is_changed_as_it_is_the_last_that_is_read() {
    let text = "[work]\nkey = 1\nkey = 2\n[x]\n[work]\nother = 3\n";
    let work = Section::Credentials("work");
    assert_eq!(
        set(text, work, &[("key", "a"), ("new", "b")]),
        "[work]\nkey = 1\nkey = a\n[x]\n[work]\nother = 3\nnew = b\n"
    );
    assert_eq!(IniText::new(text).value(work, "key"), Some("2"));
}

#[test]
fn lines_and_comments_that_belong_to_nobody_stay() {
    let text = "[work]\nstray\nregion = b\n# note\n  nested\nstray too\n\n[x]\n";
    let mut text = IniText::new(text);
    let work = Section::Credentials("work");
    text.set(work, &[("output", "json")]);
    text.remove(work, &["region"]);
    text.set(work, &[("output", "text")]);
    assert_eq!(
        text.into_text(),
        "[work]\nstray\n# note\nstray too\noutput = text\n\n[x]\n"
    );
}

#[test]
fn what_is_removed_goes_with_its_nested_lines_and_nothing_else() {
    let mut text = IniText::new("[work]\nrole_arn = x\n# note\ns3 =\n  role_arn = y\nkey = 1\n[x]\nrole_arn = z\n");
    text.remove(Section::Credentials("work"), &["role_arn", "s3"]);
    assert_eq!(text.into_text(), "[work]\n# note\nkey = 1\n[x]\nrole_arn = z\n");
}

/// Lines as people and programs leave them: of the section that is changed, of others, of nobody.
fn file() -> impl Strategy<Value = String> {
    const LINES: &[&str] = &[
        "[work]",
        "[profile work]",
        "[profile \"work\"]",
        "[sso-session work]",
        "[other]",
        "[workshop]",
        "[work",
        "\u{feff}[work]",
        "key=1",
        "KEY : 2",
        " key = 3 # note",
        "\tkey",
        "s3 =",
        "  key = nested",
        "mine = 4",
        "    mine",
        "# note",
        "  ; note",
        "",
        "=",
        "한",
    ];
    let line = prop_oneof![9 => select(LINES).prop_map(str::to_owned), 1 => "\\PC{0,12}"];
    let lines = proptest::collection::vec((line, select(&["\n", "\n", "\n", "\r\n"][..])), 0..14);
    lines.prop_map(|lines| lines.into_iter().map(|(line, end)| line + end).collect())
}

/// What may go or change: keys that are set or removed, what is below them, quoted headings.
fn is_kept(line: &str) -> bool {
    let text = line.trim();
    let is_note = text.starts_with(['#', ';']);
    let is_free = !text.is_empty() && !text.to_ascii_lowercase().contains("key") && !text.contains("[profile");
    is_note || (is_free && !line.starts_with(char::is_whitespace))
}

proptest! {
    #[test]
    fn whatever_a_file_holds_only_the_keys_of_the_section_change(
        text in file(), section in select(&[WORK, Section::SsoSession("work"), Section::Credentials("work")][..]), removed in any::<bool>(),
    ) {
        let change = |text: &str, removed: bool| {
            let mut text = IniText::new(text);
            if removed {
                text.remove(section, &["key"]);
            }
            text.set(section, &[("key", "new"), ("other", "newer")]);
            text.into_text()
        };
        let changed = change(&text, removed);
        prop_assert_eq!(&change(&changed, false), &changed, "once more");
        let read = IniText::new(&changed);
        prop_assert_eq!((read.value(section, "key"), read.value(section, "other")), (Some("new"), Some("newer")));
        let mut left = changed.lines();
        for line in text.lines().filter(|line| is_kept(line)) {
            prop_assert!(left.any(|other| other.contains(line.trim())), "{line:?} is gone from {changed:?}");
        }
    }
}
