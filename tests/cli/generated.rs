//! What packages install beside the program is what the program says of itself: the manual page and the completions.

use crate::support::home::Home;
use crate::support::tools::{run, stdout, told};
use std::path::PathBuf;
use std::process::Command;

fn assets() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("assets")
}

/// A file that `assets/linux/generate` writes.
fn generated(name: &str) -> PathBuf {
    assets().join("linux").join(name)
}

#[test]
fn the_manual_page_and_the_completions_are_those_of_this_program() {
    let home = Home::new();
    for (arguments, name) in [
        (&["man"][..], "dropslot.1"),
        (&["completions", "bash"], "completions/dropslot.bash"),
        (&["completions", "zsh"], "completions/_dropslot"),
        (&["completions", "fish"], "completions/dropslot.fish"),
    ] {
        let now = stdout(home.dropslot().args(arguments));
        let file = std::fs::read_to_string(generated(name)).unwrap();
        assert!(
            now == file,
            "{name} is of an earlier program: run assets/linux/generate"
        );
    }
}

#[test]
fn every_package_names_this_version() {
    let version = env!("CARGO_PKG_VERSION");
    for (name, names_it) in [
        ("linux/changelog", format!("dropslot ({version}-1) ")),
        ("linux/dropslot.metainfo.xml", format!("<release version=\"{version}\"")),
        ("windows/installer.toml", format!("version = \"{version}\"")),
    ] {
        let file = std::fs::read_to_string(assets().join(name)).unwrap();
        assert!(file.contains(&names_it), "{name}: {names_it}");
    }
}

#[test]
fn bash_completes_what_is_begun() {
    let script = r#"
        source "$1"
        COMP_WORDS=(dropslot put --if-exists "") COMP_CWORD=3
        _dropslot dropslot "" --if-exists
        echo "${COMPREPLY[@]}"
        COMP_WORDS=(dropslot pr) COMP_CWORD=1
        _dropslot dropslot pr dropslot
        echo "${COMPREPLY[@]}"
    "#;
    let completions = generated("completions/dropslot.bash");
    let mut bash = Command::new("bash");
    bash.args(["--norc", "-c", script, "bash"]).arg(completions);
    assert_eq!(stdout(&mut bash), "unique replace fail\npresign profiles\n");
}

#[test]
fn man_reads_the_page_without_a_complaint() {
    let mut man = Command::new("groff");
    man.args(["-man", "-Tutf8", "-Kutf8", "-ww", "-z"])
        .arg(generated("dropslot.1"));
    let output = run(&mut man);
    assert!(output.status.success(), "{}", told(&output));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}
