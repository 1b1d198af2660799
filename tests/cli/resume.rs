//! `dropslot put --resume`: what a killed command left, sent by the next.

use super::rig::{Rig, download, ends, told};
use crate::support::wait;
use dropslot::store::Database;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

/// A command that sends these in this order, killed in the middle of the first.
fn killed(rig: &Rig, names: &[&str]) {
    let mut child = rig
        .put()
        .args(["--jobs", "1", "--limit-rate", "1M"])
        .args(names)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    rig.home.until_first_bytes();
    child.kill().unwrap();
    child.wait().unwrap();
    wait::until("the sandbox has noticed", Duration::from_secs(30), || {
        rig.home.sandbox_incoming().is_empty().then_some(())
    });
}

fn resume(rig: &Rig) -> Command {
    let mut command = rig.home.dropslot();
    command.args(["put", "--resume"]).current_dir(rig.home.path());
    command
}

fn urls(output: &Output) -> Vec<String> {
    let text = std::str::from_utf8(&output.stdout).unwrap();
    text.lines().map(str::to_owned).collect()
}

fn database(rig: &Rig) -> Database {
    Database::open(&rig.home.path().join("data/dropslot/dropslot.sqlite3")).unwrap()
}

#[test]
fn what_a_killed_command_left_is_sent_in_its_order_and_only_once() {
    let rig = Rig::new();
    let large = rig.home.write("large.bin", vec![7; 4 << 20]);
    rig.home.write("small.txt", "1");
    killed(&rig, &["large.bin", "small.txt"]);

    let output = ends(&mut resume(&rig), 0);
    let urls = urls(&output);
    assert!(
        matches!(&urls[..], [first, second] if first.ends_with("/large.bin") && second.ends_with("/small.txt")),
        "{urls:?}"
    );
    assert_eq!(download(&urls[0]), std::fs::read(large).unwrap());
    assert_eq!(download(&urls[1]), b"1");
    assert_eq!(database(&rig).history("", 10).unwrap().len(), 2);

    let again = ends(&mut resume(&rig), 0);
    assert_eq!(told(&again), "dropslot: There is nothing to resume.\n");
    assert!(again.stdout.is_empty());
}

#[test]
fn new_files_come_after_what_was_interrupted() {
    let rig = Rig::new();
    rig.home.write("old.bin", vec![0; 4 << 20]);
    rig.home.write("new.txt", "new");
    killed(&rig, &["old.bin"]);
    let output = ends(rig.put().args(["--resume", "new.txt"]), 0);
    let urls = urls(&output);
    assert!(
        matches!(&urls[..], [old, new] if old.ends_with("/old.bin") && new.ends_with("/new.txt")),
        "{urls:?}"
    );
}

#[test]
fn a_file_that_is_gone_fails_and_stays_in_the_queue_for_the_next_time() {
    let rig = Rig::new();
    let file = rig.home.write("gone.bin", vec![1; 4 << 20]);
    rig.home.write("there.txt", "2");
    killed(&rig, &["gone.bin", "there.txt"]);
    std::fs::remove_file(&file).unwrap();

    let output = ends(&mut resume(&rig), 1);
    assert!(matches!(&urls(&output)[..], [there] if there.ends_with("/there.txt")));
    let told = told(&output);
    assert!(told.contains("gone.bin"), "{told}");
    assert!(told.contains("1 of those resumed stay in the queue"), "{told}");

    std::fs::write(&file, vec![1; 1000]).unwrap();
    let output = ends(&mut resume(&rig), 0);
    assert!(matches!(&urls(&output)[..], [gone] if gone.ends_with("/gone.bin")));
    assert_eq!(database(&rig).adopt_interrupted().unwrap(), []);
}

#[test]
fn two_that_resume_at_once_share_the_queue_and_send_nothing_twice() {
    let rig = Rig::new();
    rig.home.write("large.bin", vec![0; 4 << 20]);
    let names: Vec<_> = (0..20).map(|n| format!("{n}.txt")).collect();
    for name in &names {
        rig.home.write(name, name.as_bytes());
    }
    let mut all = vec!["large.bin"];
    all.extend(names.iter().map(String::as_str));
    killed(&rig, &all);

    let both: Vec<_> = (0..2)
        .map(|_| {
            let mut command = resume(&rig);
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
        })
        .collect();
    let mut sent = Vec::new();
    for child in both {
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", told(&output));
        sent.extend(urls(&output));
    }
    sent.sort();
    sent.dedup();
    assert_eq!(sent.len(), all.len());
    assert_eq!(database(&rig).history("", 100).unwrap().len(), all.len());
}

#[test]
fn stopped_by_ctrl_c_it_leaves_what_it_came_for() {
    let rig = Rig::new();
    rig.home.write("large.bin", vec![0; 32 << 20]);
    rig.home.write("small.txt", "1");
    killed(&rig, &["large.bin", "small.txt"]);
    let child = resume(&rig)
        .args(["--jobs", "1", "--limit-rate", "1M"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    rig.home.until_first_bytes();
    let stopped = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(stopped.unwrap().success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{}", told(&output));
    assert!(told(&output).contains("2 of those resumed stay in the queue"));
    assert_eq!(database(&rig).adopt_interrupted().unwrap().len(), 2);
}

#[test]
fn a_destination_or_an_object_option_without_paths_is_refused() {
    let rig = Rig::new();
    for option in [&["--sandbox"][..], &["--acl", "private"], &["--key", "x/{name}"]] {
        let output = ends(resume(&rig).args(option), 2);
        assert!(told(&output).contains("where it was to go"), "{}", told(&output));
    }
}

#[test]
fn a_queue_that_cannot_be_read_is_not_called_empty() {
    let rig = Rig::new();
    let data = rig.home.path().join("data/dropslot");
    std::fs::create_dir_all(&data).unwrap();
    std::fs::write(data.join("dropslot.sqlite3"), "a diary".repeat(100)).unwrap();
    let output = ends(&mut resume(&rig), 1);
    assert!(!told(&output).contains("nothing to resume"), "{}", told(&output));
}
