//! A disk that is really full: the program's data in a small file system of its own, in a mount namespace.

#![cfg(target_os = "linux")]

use super::rig::Rig;
use crate::support::process::Process;
use crate::support::wait;
use std::process::Command;
use std::time::Duration;

#[test]
fn a_full_disk_is_told_and_what_was_done_meanwhile_is_in_the_history_when_there_is_room() {
    let rig = Rig::new();
    let home = &rig.home;
    for name in ["1.bin", "2.bin", "3.bin"] {
        home.write(name, vec![1; 3 << 20]);
    }
    let keys = rig.put_by_keys();
    let read = |name: &str| std::fs::read_to_string(home.path().join(name)).unwrap_or_default();
    let until_lines = |lines: usize| {
        wait::until("the next URL", Duration::from_mins(1), || {
            (read("out").lines().count() >= lines).then_some(())
        });
    };

    let mut unshare = home.at_home(Command::new("unshare"));
    unshare
        .args(["--map-root-user", "--mount", "--pid", "--fork", "--kill-child", "bash"])
        .envs(keys.get_envs().filter_map(|(name, value)| Some((name, value?))))
        .env("XDG_DATA_HOME", home.path().join("small"))
        .current_dir(home.path());
    let mut shell = Process::start(&mut unshare);
    shell.tell("mkdir -p small && mount -t tmpfs -o size=1m tmpfs small");
    let arguments: Vec<_> = keys
        .get_args()
        .map(|argument| argument.to_string_lossy().into_owned())
        .collect();
    let put = format!("{} {}", env!("CARGO_BIN_EXE_dropslot"), arguments.join(" "));
    shell.tell(&format!(
        "({put} --jobs 1 --limit-rate 1M 1.bin 2.bin 3.bin >out 2>told; echo $? >status; mv status ended) &"
    ));
    until_lines(1);
    shell.tell("cat /dev/zero >small/fill; touch filled");
    wait::until("the full disk", Duration::from_secs(30), || {
        home.path().join("filled").exists().then_some(())
    });
    until_lines(2);
    wait::until("the trouble", Duration::from_secs(30), || {
        read("told").contains("The disk is full").then_some(())
    });
    shell.tell("rm small/fill");
    until_lines(3);
    wait::until("the end", Duration::from_mins(1), || {
        (!read("ended").is_empty()).then_some(())
    });
    assert_eq!(read("ended").trim(), "0", "{}", read("told"));
    assert_eq!(read("told").matches("The disk is full").count(), 1, "{}", read("told"));

    shell.tell(&format!(
        "{} history >history; touch listed",
        env!("CARGO_BIN_EXE_dropslot")
    ));
    wait::until("the history", Duration::from_secs(30), || {
        home.path().join("listed").exists().then_some(())
    });
    let history = read("history");
    for url in read("out").lines() {
        assert!(history.contains(url), "{url} is missing in:\n{history}");
    }
}
