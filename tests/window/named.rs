//! Paths that a person types, where there is no file dialog, and files that cannot be sent: a row or a sentence says why.

use super::paste::{keys, offer};
use super::{assert_opens, copied_links, sandbox_window};
use crate::support::display::{Display, Window};
use crate::support::tools::stdout;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

/// The path field's name.
const FIELD: &str = "Path of a file or folder";

/// Types in the place of what the field holds, and presses Return.
fn enter(display: &Display, window: &Window<'_>, text: &str) {
    keys(display, window, &["ctrl+a"]);
    let mut typist = display.at_display(Command::new("xdotool"));
    stdout(typist.args(["type", "--delay", "5", text]));
    window.await_typed(FIELD, text);
    keys(display, window, &["Return"]);
}

#[test]
fn without_a_file_dialog_paths_are_typed_and_pasted_by_the_keyboard_alone() {
    let display = Display::x11();
    let typed = display.home.write("typed one.txt", "typed");
    let several = ["여러 줄 1.txt", "여러 줄 2.txt"].map(|name| display.home.write(name, name));
    let mut dropslot = display.dropslot();
    // No zenity either, where the machine has one; nor a portal, on this bus.
    let window = display.window_of(dropslot.env("PATH", "/nonexistent").arg("--sandbox"));
    window.await_text("Drop files or folders here");

    keys(&display, &window, &["ctrl+o"]);
    window.await_text("neither a desktop portal nor zenity");
    enter(&display, &window, "relative/a.txt");
    window.await_text("Type a whole path");
    enter(&display, &window, "/nowhere/at/all.txt");
    window.await_text("There is no /nowhere/at/all.txt");

    // What is pasted while somebody types goes to the field: by itself it would be refused.
    let _other = offer(&display, "UTF8_STRING", &display.home.write("text", "typed one.txt\""));
    keys(&display, &window, &["ctrl+a"]);
    let mut typist = display.at_display(Command::new("xdotool"));
    stdout(typist.args(["type", "--delay", "5", "\"~/"]));
    keys(&display, &window, &["ctrl+v"]);
    window.await_typed(FIELD, "\"~/typed one.txt\"");
    keys(&display, &window, &["Return"]);
    assert_opens(&copied_links(&display, &window, 1)[0], &typed);

    // More than the field has room for is taken at once.
    let lines = format!("file://{}\n{}\n", several[0].display(), several[1].display());
    let _other = offer(&display, "UTF8_STRING", &display.home.write("text", lines));
    keys(&display, &window, &["ctrl+v"]);
    for path in &several {
        window.await_text(path.file_name().unwrap().to_str().unwrap());
    }
}

#[test]
fn a_file_that_is_deleted_between_the_drop_and_its_turn_says_so() {
    let display = Display::x11();
    let path = display.home.write("short-lived.txt", "x");
    let window = sandbox_window(&display);
    window.drop_x11(&[&path]);
    window.await_text("Undo");
    std::fs::remove_file(&path).unwrap();
    window.press("Send now");
    window.await_text("The file is gone");
}

#[test]
fn what_cannot_be_read_or_is_no_file_says_so_and_the_rest_is_sent() {
    let display = Display::x11();
    let home = &display.home;
    let forbidden = home.write("forbidden.txt", "x");
    let closed = home.write("closed/inside.txt", "x").parent().unwrap().to_owned();
    let pipe = home.path().join("pipe");
    stdout(Command::new("mkfifo").arg(&pipe));
    let good = home.write("good.txt", "good");
    for path in [&forbidden, &closed] {
        std::fs::set_permissions(path, Permissions::from_mode(0o000)).unwrap();
    }
    let mut dropslot = without_privileges(&display);
    let window = display.window_of(dropslot.arg("--sandbox").args([&forbidden, &closed, &pipe, &good]));
    for sentence in [
        "The file may not be read",
        "The folder may not be read",
        "Not a regular file",
    ] {
        window.await_text(sentence);
    }
    assert_opens(&copied_links(&display, &window, 1)[0], &good);
    // So that the home folder can be taken away.
    std::fs::set_permissions(&closed, Permissions::from_mode(0o700)).unwrap();
}

/// Root may read everything: then without that right.
fn without_privileges(display: &Display) -> Command {
    let is_root = stdout(Command::new("id").arg("--user")).trim() == "0";
    if !is_root {
        return display.dropslot();
    }
    let mut setpriv = display.at_display(Command::new("setpriv"));
    setpriv.args(["--bounding-set=-all", "--inh-caps=-all", env!("CARGO_BIN_EXE_dropslot")]);
    setpriv
}
