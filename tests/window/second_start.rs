//! A second start hands its paths to the window that is open.

use super::{PATIENCE, assert_opens, copied_links, sandbox_window};
use crate::support::display::{Display, WindowManager};
use crate::support::process::Process;
use crate::support::tools::{run, stdout, told};
use crate::support::wait;
use std::io::{Read as _, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::process::Command;

#[test]
fn its_file_goes_by_the_window_that_is_open_which_comes_to_the_front() {
    let display = Display::x11();
    let path = display.home.write("둘째 & 100%.txt", "second");
    let window = sandbox_window(&display);
    let manager = WindowManager::of(&display);

    // A relative path, from another folder than the window's.
    let mut second = display.dropslot();
    let output = run(second.current_dir(display.home.path()).arg("둘째 & 100%.txt"));
    assert!(output.status.success(), "{}", told(&output));
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "dropslot: 1 path was handed to the window that is open\n"
    );

    manager.await_activated(&window.x11_id());
    assert_opens(&copied_links(&display, &window, 1)[0], &path);
    assert_eq!(open_windows(&display), 1);
}

#[test]
fn without_paths_it_brings_the_window_to_the_front() {
    let display = Display::x11();
    let window = sandbox_window(&display);
    let manager = WindowManager::of(&display);
    assert!(run(&mut display.dropslot()).status.success());
    manager.await_activated(&window.x11_id());
}

#[test]
fn its_destination_goes_with_it() {
    let display = Display::x11();
    let path = display.home.write("a.txt", "a");
    let window = display.window(&["--bucket", "elsewhere", "--region", "us-east-1"]);
    window.await_text("elsewhere");
    let output = run(display.dropslot().arg("--sandbox").arg(&path));
    assert!(output.status.success(), "{}", told(&output));
    assert_opens(&copied_links(&display, &window, 1)[0], &path);
}

#[test]
fn after_a_crash_the_next_start_opens_a_window_that_later_ones_find() {
    let display = Display::x11();
    let mut window = sandbox_window(&display);
    window.process.kill();
    assert!(socket(&display).exists());

    let path = display.home.write("later.txt", "later");
    let window = sandbox_window(&display);
    let output = run(display.dropslot().arg(&path));
    assert!(output.status.success(), "{}", told(&output));
    assert_opens(&copied_links(&display, &window, 1)[0], &path);
}

#[test]
fn of_two_first_starts_at_once_one_opens_a_window_and_sends_both_files() {
    let display = Display::x11();
    let paths = ["one.txt", "two.txt"].map(|name| display.home.write(name, name));
    let mut starts = paths.map(|path| Process::start(display.dropslot().arg("--sandbox").arg(path)));
    let ended = wait::until("one of them to hand over", PATIENCE, || {
        starts.iter_mut().find_map(Process::ended)
    });
    assert!(ended.success());
    wait::until("both files in the history", PATIENCE, || {
        let history = stdout(display.home.dropslot().arg("history"));
        (history.contains("one.txt") && history.contains("two.txt")).then_some(())
    });
    await_windows(&display, 1);
    assert_eq!(starts.iter_mut().filter_map(Process::ended).count(), 1);
}

#[test]
fn on_another_display_it_opens_a_window_of_its_own() {
    let display = Display::x11();
    let other = Display::x11();
    let _window = display.window(&["--sandbox"]);
    await_windows(&display, 1);
    let mut second = display.dropslot();
    let _second = Process::start(second.env("DISPLAY", other.variable("DISPLAY")));
    await_windows(&other, 1);
}

#[test]
fn a_window_that_stands_still_is_not_waited_for_and_sends_nothing_twice() {
    let display = Display::x11();
    let path = display.home.write("once.txt", "once");
    let window = sandbox_window(&display);
    signal(&window.process, "STOP");

    let _second = Process::start(display.dropslot().arg(&path));
    await_windows(&display, 2);
    signal(&window.process, "CONT");
    // What the window takes now comes after what it was offered while it stood still.
    let last = display.home.write("last.txt", "last");
    assert!(run(display.dropslot().arg(&last)).status.success());
    let history = wait::until("both files in the history", PATIENCE, || {
        let history = stdout(display.home.dropslot().arg("history"));
        (history.contains("once.txt") && history.contains("last.txt")).then_some(history)
    });
    assert_eq!(
        history.lines().filter(|line| line.ends_with("/once.txt")).count(),
        1,
        "{history}"
    );
}

#[test]
fn strangers_and_garbage_do_not_disturb_the_window() {
    let display = Display::x11();
    let path = display.home.write("a.txt", "a");
    let window = sandbox_window(&display);
    let socket = socket(&display);
    assert_eq!(socket.metadata().unwrap().permissions().mode() & 0o777, 0o600);

    let _silent = UnixStream::connect(&socket).unwrap();
    assert_eq!(
        answer(&socket, b"dropslot-window 99 {\"files\": 3}\n"),
        "not understood\n"
    );
    assert_eq!(answer(&socket, b"\x00\xff\n"), "");
    assert_eq!(answer(&socket, &vec![b'a'; 17 << 20]), "not understood\n");

    assert!(run(display.dropslot().arg(&path)).status.success());
    assert_opens(&copied_links(&display, &window, 1)[0], &path);
}

fn signal(process: &Process, name: &str) {
    stdout(
        Command::new("kill")
            .arg(format!("-{name}"))
            .arg(process.id().to_string()),
    );
}

fn answer(socket: &PathBuf, request: &[u8]) -> String {
    let mut stream = UnixStream::connect(socket).unwrap();
    // It may have heard enough before the end.
    let _heard = stream.write_all(request);
    let mut answer = String::new();
    let _closed = stream.read_to_string(&mut answer);
    answer
}

/// Where the window of this display listens.
fn socket(display: &Display) -> PathBuf {
    let name: String = display.variable("DISPLAY").replace(':', "_");
    display.home.path().join(format!("data/dropslot/window-{name}.socket"))
}

#[track_caller]
fn await_windows(display: &Display, number: usize) {
    wait::until("the windows", PATIENCE, || {
        (open_windows(display) == number).then_some(())
    });
}

fn open_windows(display: &Display) -> usize {
    let mut search = display.at_display(Command::new("xdotool"));
    let found = run(search.args(["search", "--onlyvisible", "--name", "^Dropslot$"]));
    String::from_utf8(found.stdout).unwrap().lines().count()
}
