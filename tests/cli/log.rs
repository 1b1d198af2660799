//! The log file and `dropslot diagnostics`: what a person finds after something went wrong, and what an issue may show.

use super::rig::{Rig, ends};
use crate::support::home::Home;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

fn log(home: &Home) -> PathBuf {
    home.path().join("data/dropslot/log/dropslot.log")
}

fn written(home: &Home) -> String {
    std::fs::read_to_string(log(home)).unwrap_or_default()
}

fn diagnostics(home: &Home) -> String {
    let output = ends(home.dropslot().arg("diagnostics"), 0);
    assert!(output.stderr.is_empty());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_log_tells_the_story_to_its_owner_alone() {
    let rig = Rig::new();
    rig.home.write("a.txt", "a");
    let output = ends(rig.put().arg("a.txt"), 0);
    assert!(output.stderr.is_empty(), "nothing is said that nobody asked for");
    let written = written(&rig.home);
    let version = concat!("version=\"", env!("CARGO_PKG_VERSION"), "\"");
    for told in [
        "started command=\"put\"",
        version,
        "a batch ended uploads=1 failed=0 cancelled=0",
    ] {
        assert!(written.contains(told), "{told}:\n{written}");
    }
    assert!(!written.contains(" DEBUG "), "{written}");
    let mode = std::fs::metadata(log(&rig.home)).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn rust_log_says_what_is_written_to_both() {
    let rig = Rig::new();
    rig.home.write("a.txt", "a");
    let output = ends(rig.put().arg("a.txt").env("RUST_LOG", "dropslot::engine=debug"), 0);
    let told = "an upload is done upload=1 proof=\"crc64nvme\" size_bytes=1 attempts=1";
    let written = written(&rig.home);
    assert!(
        written.contains(told) && !written.contains("started command"),
        "{written}"
    );
    assert!(String::from_utf8_lossy(&output.stderr).contains(told));
}

#[test]
fn an_issue_shows_the_failure_and_no_name() {
    let rig = Rig::new();
    rig.home.write("Secret Plan.docx", "a");
    let mut put = rig.put_by_keys();
    put.args(["--no-probe", "Secret Plan.docx", "--key", "in/Plan"]);
    put.env("AWS_SECRET_ACCESS_KEY", "Hunter2Hunter2")
        .env("AWS_PROFILE", "");
    ends(&mut put, 1);
    let whole = written(&rig.home);
    assert!(
        whole.contains("an upload failed") && whole.contains("details="),
        "{whole}"
    );

    let text = diagnostics(&rig.home);
    let (_, failures) = text.split_once("\nLast failures\n").unwrap();
    let (failures, lines) = failures.split_once("\nLast lines of the log\n").unwrap();
    assert!(
        failures.contains("Z credentials_refused ") && failures.contains(" (request "),
        "{text}"
    );
    assert!(lines.contains("started command=put version="), "{text}");
    for part in ["Dropslot ", "system ", "display ", "environment ", "settings ", "kept "] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    let home = rig.home.path().display().to_string();
    let keys = rig.credentials();
    for name in [
        "Secret",
        "Plan",
        "docx",
        "127.0.0.1",
        &home,
        keys.access_key_id(),
        "Hunter2",
    ] {
        assert!(!text.contains(name), "{name}\n{text}");
    }
}

#[test]
fn nothing_is_written_for_a_command_that_only_asks() {
    let home = Home::new();
    assert!(diagnostics(&home).contains("no database yet; log 0 bytes"));
    ends(home.dropslot().arg("history"), 0);
    ends(home.dropslot().arg("profiles"), 0);
    assert!(!home.path().join("data").exists());
}

#[test]
fn a_log_that_cannot_be_written_disturbs_no_upload() {
    let rig = Rig::new();
    rig.home.write("a.txt", "a");
    let folder = log(&rig.home).parent().unwrap().to_path_buf();
    drop(std::fs::remove_dir_all(&folder));
    std::fs::write(&folder, "a file where the folder would be").unwrap();
    let output = ends(rig.put().arg("a.txt"), 0);
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}
