//! Files with names and permissions that make trouble.

use super::rig::{Rig, download, ends, objects, told};
use crate::support::process::run_by;
use crate::support::tools;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

#[test]
fn every_name_that_a_file_can_have_arrives() {
    let rig = Rig::new();
    let names: [&[u8]; 10] = [
        "스크린샷 1.png".as_bytes(),
        // NFD Hangul, as macOS writes it.
        "\u{1112}\u{1161}\u{11ab}.txt".as_bytes(),
        b"quote\"and'apostrophe.txt",
        b"two\nlines.txt",
        b"percent%20 plus+ hash# question?.txt",
        "photo\u{202e}gpj.exe".as_bytes(),
        b"not-utf8-\xff\xfe.bin",
        b"back\\slash.txt",
        b"pay$$.txt",
        b"${filename}.txt",
    ];
    let folder = rig.home.path().join("names");
    std::fs::create_dir(&folder).unwrap();
    for name in names {
        std::fs::write(folder.join(OsStr::from_bytes(name)), name).unwrap();
    }
    let sent = objects(&ends(rig.put().args(["--json", "names"]), 0));
    assert_eq!(sent.len(), names.len());
    let mut bodies: Vec<Vec<u8>> = sent
        .iter()
        .map(|object| download(object["url"].as_str().unwrap()))
        .collect();
    bodies.sort();
    let mut expected: Vec<Vec<u8>> = names.iter().map(|name| name.to_vec()).collect();
    expected.sort();
    assert_eq!(bodies, expected);
    for object in &sent {
        let key = object["object_key"].as_str().unwrap();
        assert!(!key.chars().any(char::is_control), "{key:?}");
    }
    assert!(
        sent.iter()
            .any(|object| object["object_key"].as_str().unwrap().ends_with("/한.txt"))
    );
}

#[test]
fn names_that_no_key_can_hold_are_told_of() {
    let rig = Rig::new();
    rig.home.write("a.txt", "x");
    let long = "k".repeat(1025);
    for (arguments, sign) in [
        (vec!["--json", "--key", "pay$$.txt", "a.txt"], "$$"),
        (vec!["--json", "--key", &long, "a.txt"], "1025 bytes"),
    ] {
        let error = &objects(&ends(rig.put().args(&arguments), 1))[0]["error"];
        let what = error["what"].as_str().unwrap();
        assert!(what.contains(sign), "{what}");
        assert!(!error["hint"].as_str().unwrap().is_empty());
    }
}

#[test]
fn an_empty_file_is_a_file() {
    let rig = Rig::new();
    rig.home.write("empty.txt", "");
    let object = &objects(&ends(rig.put().args(["--json", "empty.txt"]), 0))[0];
    assert_eq!(object["size_bytes"], 0);
    assert_eq!(object["proof"], "crc64nvme");
    assert!(download(object["url"].as_str().unwrap()).is_empty());
}

#[test]
fn a_file_over_5_gib_is_no_form_and_says_what_takes_it() {
    let rig = Rig::new();
    let file = std::fs::File::create(rig.home.path().join("huge.bin")).unwrap();
    file.set_len((5 << 30) + 1).unwrap();
    let error = &objects(&ends(rig.put().args(["--json", "--method", "post", "huge.bin"]), 1))[0]["error"];
    assert_eq!(error["code"], "too_large");
    assert!(error["what"].as_str().unwrap().contains("5 GiB"), "{error}");
    assert!(error["hint"].as_str().unwrap().contains("in parts"), "{error}");
}

/// The program without root's power to read everything (a person has none of it anyway).
fn without_roots_powers(command: Command) -> Command {
    let is_root = tools::stdout(Command::new("id").arg("-u")).trim() == "0";
    if !is_root {
        return command;
    }
    let mut setpriv = Command::new("setpriv");
    setpriv.args([
        "--bounding-set=-dac_override,-dac_read_search",
        "--inh-caps=-dac_override,-dac_read_search",
    ]);
    run_by(setpriv, &command)
}

#[test]
fn an_unreadable_file_in_a_folder_fails_alone() {
    let rig = Rig::new();
    rig.home.write("folder/a.txt", "a");
    let secret = rig.home.write("folder/secret.txt", "s");
    rig.home.write("folder/z.txt", "z");
    std::fs::set_permissions(&secret, std::fs::Permissions::from_mode(0o000)).unwrap();
    let mut command = rig.put();
    command.args(["--json", "folder"]);
    let output = ends(&mut without_roots_powers(command), 1);
    let sent = objects(&output);
    let paths: Vec<&str> = sent.iter().map(|object| object["path"].as_str().unwrap()).collect();
    assert_eq!(
        paths,
        ["folder/a.txt", "folder/secret.txt", "folder/z.txt"],
        "{}",
        told(&output)
    );
    assert_eq!(sent[1]["error"]["code"], "file_unreadable");
    assert!(sent[0]["url"].is_string() && sent[2]["url"].is_string());
}

#[test]
fn what_is_no_file_is_told_of() {
    let rig = Rig::new();
    let made = Command::new("mkfifo")
        .arg(rig.home.path().join("pipe"))
        .status()
        .unwrap();
    assert!(made.success());
    let error = &objects(&ends(rig.put().args(["--json", "pipe"]), 1))[0]["error"];
    assert_eq!(error["code"], "not_a_file");
}
