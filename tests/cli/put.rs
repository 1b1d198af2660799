//! `put`: results, their order, exit statuses, standard input and a reader that has gone.

use super::rig::{Rig, download, ends, objects, told};
use crate::support::home::Home;
use std::io::Write as _;
use std::process::Stdio;

const NAMES: [&str; 11] = [
    "path",
    "bucket",
    "object_key",
    "url",
    "etag",
    "size_bytes",
    "content_type",
    "proof",
    "access",
    "attempts",
    "seconds",
];

#[test]
fn every_file_gets_one_object_with_the_names_of_the_contract() {
    let rig = Rig::new();
    rig.home.write("a.txt", "first");
    rig.home.write("folder/deep/b.html", "<p>second</p>");
    let output = ends(
        rig.put().args(["--json", "--key", "{dir}/{name}", "a.txt", "folder"]),
        0,
    );
    let objects = objects(&output);
    assert_eq!(objects.len(), 2);
    for object in &objects {
        assert_eq!(object.as_object().unwrap().keys().collect::<Vec<_>>(), NAMES);
        assert_eq!(object["bucket"], "sandbox");
        assert_eq!(object["proof"], "crc64nvme");
        assert_eq!(object["access"], "public");
        assert_eq!(object["attempts"], 1);
        assert!(object["seconds"].as_f64().unwrap() > 0.0);
    }
    assert_eq!(objects[0]["path"], "a.txt");
    assert_eq!(objects[0]["size_bytes"], 5);
    assert_eq!(download(objects[0]["url"].as_str().unwrap()), b"first");
    assert_eq!(objects[1]["path"], "folder/deep/b.html");
    assert_eq!(objects[1]["object_key"], "folder/deep/b.html");
    assert!(objects[1]["content_type"].as_str().unwrap().starts_with("text/html"));
    assert_eq!(download(objects[1]["url"].as_str().unwrap()), b"<p>second</p>");
}

#[test]
fn urls_come_in_the_order_given_whichever_is_done_first() {
    let rig = Rig::new();
    let names: Vec<String> = (0..12).map(|number| format!("{number:02}.bin")).collect();
    for (number, name) in names.iter().enumerate() {
        // The first is by far the largest: it is done last.
        rig.home.write(name, vec![7; if number == 0 { 24 << 20 } else { 100 }]);
    }
    let output = ends(rig.put().args(&names), 0);
    let printed = String::from_utf8(output.stdout).unwrap();
    let tails: Vec<&str> = printed.lines().map(|url| url.rsplit('/').next().unwrap()).collect();
    assert_eq!(tails, names);
    assert!(output.stderr.is_empty());
}

#[test]
fn what_fails_does_not_keep_the_rest_from_being_done() {
    let rig = Rig::new();
    rig.home.write("a.txt", "a");
    rig.home.write("b.txt", "b");
    let output = ends(rig.put().args(["a.txt", "missing.txt", "b.txt"]), 1);
    let printed = String::from_utf8(output.stdout.clone()).unwrap();
    let tails: Vec<&str> = printed.lines().map(|url| url.rsplit('/').next().unwrap()).collect();
    assert_eq!(tails, ["a.txt", "b.txt"]);
    assert!(told(&output).contains("missing.txt: "), "{}", told(&output));
    assert!(told(&output).contains("1 of 3 failed"), "{}", told(&output));

    let objects = objects(&ends(rig.put().args(["--json", "a.txt", "missing.txt", "b.txt"]), 1));
    let paths: Vec<&str> = objects.iter().map(|object| object["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["a.txt", "missing.txt", "b.txt"]);
    let error = objects[1]["error"].as_object().unwrap();
    assert_eq!(
        error.keys().collect::<Vec<_>>(),
        ["code", "what", "hint", "retryable", "request_id"]
    );
}

#[test]
fn a_saved_destination_that_asks_fails_where_nobody_can_be_asked() {
    let rig = Rig::new();
    rig.home.write("a.txt", "a");
    let saved =
        r#"{"destinations": [{"name": "shots", "kind": "sandbox", "key_template": "{name}", "if_exists": "ask"}]}"#;
    rig.home.write("config/dropslot/settings.json", saved);
    let put = || {
        let mut command = rig.home.dropslot();
        command
            .args(["put", "--json", "--to", "shots", "a.txt"])
            .current_dir(rig.home.path());
        command
    };
    ends(&mut put(), 0);
    let error = &objects(&ends(&mut put(), 1))[0]["error"];
    assert_eq!(error["code"], "object_exists");
    assert_eq!(error["what"], "a.txt exists already: nothing was sent");
    ends(put().args(["--if-exists", "replace"]), 0);
}

#[test]
fn standard_input_is_sent_like_a_file() {
    let rig = Rig::new();
    let mut child = rig
        .put()
        .args(["--json", "--key", "logs/out.txt", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all("한글 lines\n".as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let object = &objects(&output)[0];
    assert_eq!(object["path"], "-");
    assert_eq!(object["object_key"], "logs/out.txt");
    assert!(object["content_type"].as_str().unwrap().starts_with("text/plain"));
    assert_eq!(download(object["url"].as_str().unwrap()), "한글 lines\n".as_bytes());
}

#[test]
fn a_reader_that_has_gone_is_no_panic() {
    let rig = Rig::new();
    rig.home.write("a.txt", "a");
    rig.home.write("b.txt", "b");
    let mut child = rig
        .put()
        .args(["a.txt", "b.txt"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    assert!(output.stderr.is_empty(), "{}", told(&output));
}

#[test]
fn a_wrong_command_line_ends_with_2_and_sends_nothing() {
    let rig = Rig::new();
    rig.home.write("a.txt", "a");
    for (wrong, sign) in [
        (vec!["--key", "{nmae}"], "has no word {nmae}"),
        (vec!["--key", "a}"], "lone brace"),
        (vec!["--expires-in", "0"], "1 to 604800"),
        (vec!["--expires-in", "604801"], "1 to 604800"),
        (vec!["--limit-rate", "fast"], "500k"),
        (vec!["--metadata", "name"], "NAME=VALUE"),
        (vec!["--jobs", "0"], "1..=64"),
        (vec!["--if-exists", "maybe"], "unique"),
        (vec!["--method", "pigeon"], "auto"),
        (vec!["--cache-control", "a\nb"], "line break"),
        (vec!["--to", "x"], "cannot be used with"),
        (vec!["-", "-"], "once"),
    ] {
        let output = ends(rig.put().args(&wrong).arg("a.txt").stdin(Stdio::null()), 2);
        assert!(told(&output).contains(sign), "{wrong:?}: {}", told(&output));
        assert!(output.stdout.is_empty());
    }
    let objects = rig.home.path().join("data/dropslot/sandbox/objects/sandbox");
    assert_eq!(std::fs::read_dir(objects).unwrap().count(), 0);
}

#[test]
fn without_a_destination_it_is_said_how_to_name_one() {
    let home = Home::new();
    let file = home.write("a.txt", "a");
    let output = ends(home.dropslot().arg("put").arg(&file), 2);
    assert!(
        told(&output).contains("--profile PROFILE --bucket BUCKET"),
        "{}",
        told(&output)
    );
    let output = ends(home.dropslot().args(["put", "--to", "work"]).arg(&file), 2);
    assert!(
        told(&output).contains(r#"no saved destination named "work""#),
        "{}",
        told(&output)
    );
}

#[test]
fn options_reach_the_object() {
    let rig = Rig::new();
    rig.home.write("a.bin", "bytes");
    let output = ends(
        rig.put().args([
            "--json",
            "--key",
            "fixed.bin",
            "--content-type",
            "application/x-thing",
            "--metadata",
            "color=blue",
            "--cache-control",
            "max-age=60",
            "--public-base",
            "https://cdn.example.com/files",
            "--no-probe",
            "a.bin",
        ]),
        0,
    );
    let object = &objects(&output)[0];
    assert_eq!(object["url"], "https://cdn.example.com/files/fixed.bin");
    assert_eq!(object["access"], "unknown");
    assert_eq!(object["content_type"], "application/x-thing");

    let again = objects(&ends(
        rig.put()
            .args(["--json", "--key", "fixed.bin", "--if-exists", "fail", "a.bin"]),
        1,
    ));
    assert_eq!(again[0]["error"]["code"], "object_exists");
    let again = objects(&ends(rig.put().args(["--json", "--key", "fixed.bin", "a.bin"]), 0));
    assert_ne!(again[0]["object_key"], "fixed.bin");
}

#[test]
fn the_window_without_a_display_is_put() {
    let rig = Rig::new();
    rig.home.write("a.txt", "a");
    let output = ends(
        rig.home
            .dropslot()
            .args(["--sandbox", "a.txt"])
            .current_dir(rig.home.path()),
        0,
    );
    let url = String::from_utf8(output.stdout.clone()).unwrap();
    assert_eq!(download(url.trim()), b"a");
    assert!(told(&output).contains("there is no display"), "{}", told(&output));
    let output = ends(&mut rig.home.dropslot(), 2);
    assert!(told(&output).contains("dropslot put"), "{}", told(&output));
}

#[test]
fn the_history_holds_what_was_sent_newest_first() {
    let rig = Rig::new();
    rig.home.write("old.txt", "1");
    rig.home.write("new.txt", "22");
    ends(rig.put().arg("old.txt"), 0);
    ends(rig.put().arg("new.txt"), 0);
    let history = |arguments: &[&str]| ends(rig.home.dropslot().arg("history").args(arguments), 0);
    let entries = objects(&history(&["--json"]));
    let sizes: Vec<u64> = entries
        .iter()
        .map(|entry| entry["size_bytes"].as_u64().unwrap())
        .collect();
    assert_eq!(sizes, [2, 1]);
    assert_eq!(entries[0]["proof"], "crc64nvme");
    let found = String::from_utf8(history(&["old"]).stdout).unwrap();
    assert_eq!(found.lines().count(), 1);
    assert!(found.contains("/old.txt"), "{found}");
    assert!(history(&["nowhere"]).stdout.is_empty());
    let home = Home::new();
    assert!(ends(home.dropslot().arg("history"), 0).stdout.is_empty());
}
