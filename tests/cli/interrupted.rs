//! Ctrl-C and SIGTERM in the middle of a file.

use super::rig::{Rig, objects, told};
use std::process::{Command, Stdio};

fn stopped_by(signal: &str) {
    let rig = Rig::new();
    rig.home.write("small.txt", "1");
    rig.home.write("large.bin", vec![0; 32 << 20]);
    rig.home.write("never.txt", "2");
    let child = rig
        .put()
        .args([
            "--json",
            "--jobs",
            "1",
            "--limit-rate",
            "1M",
            "small.txt",
            "large.bin",
            "never.txt",
        ])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    rig.home.until_first_bytes();
    let sent = Command::new("kill")
        .args([signal, &child.id().to_string()])
        .status()
        .unwrap();
    assert!(sent.success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{}", told(&output));
    let told = told(&output);
    assert!(told.contains("Stopped: 1 of 3 sent."), "{told}");
    assert!(
        told.contains("Not sent: large.bin") && told.contains("Not sent: never.txt"),
        "{told}"
    );
    let objects = objects(&output);
    assert_eq!(objects[0]["path"], "small.txt");
    assert_eq!(objects[0]["proof"], "crc64nvme");
    for (object, path) in objects[1..].iter().zip(["large.bin", "never.txt"]) {
        assert_eq!(object["path"], path);
        assert_eq!(object["error"]["code"], "cancelled");
    }
}

#[test]
fn ctrl_c_stops_cleanly_and_says_what_was_and_was_not_sent() {
    stopped_by("-INT");
}

#[test]
fn sigterm_stops_as_cleanly() {
    stopped_by("-TERM");
}
