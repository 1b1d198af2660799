//! The real window on real displays: files dragged from another program, links read back by another program.

mod accessible;
mod asleep;
mod desktop;
mod destinations;
mod drops;
mod handed;
mod history;
mod named;
mod paste;
mod place;
mod profile;
mod rows;
mod second_start;
mod watch;

use crate::support::display::{Display, Pointer, Window};
use crate::support::process::Process;
use crate::support::tools::{curl, stdout};
use crate::support::wait;
use std::path::{Path, PathBuf};
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(30);

/// The window, as it is when it has opened.
fn sandbox_window(display: &Display) -> Window<'_> {
    let window = display.window(&["--sandbox"]);
    window.await_text("Drop files or folders here");
    window
}

#[test]
fn files_dropped_on_x11_are_shown_sent_and_their_links_are_on_the_clipboard() {
    let display = Display::x11();
    let paths = [
        display.home.write("한글 파일 1.txt", "하나"),
        display.home.write("a+b \"c\".txt", "two"),
    ];
    let window = sandbox_window(&display);

    let mut source = window.hover_x11(&paths);
    window.await_text("한글 파일 1.txt");
    source.tell("drop");
    source.succeed();

    window.await_text("Undo");
    window.await_text("a+b \"c\".txt");
    let links = copied_links(&display, &window, 2);
    for (link, path) in links.iter().zip(&paths) {
        assert_opens(link, path);
    }
}

#[test]
fn a_drag_that_leaves_sends_nothing() {
    let display = Display::x11();
    let path = display.home.write("stays-here.txt", "x");
    let window = sandbox_window(&display);

    let mut source = window.hover_x11(&[path]);
    window.await_text("stays-here.txt");
    source.tell("leave");
    source.succeed();

    wait::until("the overlay to go", PATIENCE, || {
        (!window.texts().iter().any(|text| text.contains("stays-here.txt"))).then_some(())
    });
}

#[test]
fn a_drop_that_was_a_mistake_is_taken_back() {
    let display = Display::x11();
    let path = display.home.write("private.txt", "x");
    let window = sandbox_window(&display);

    let mut source = window.hover_x11(&[path]);
    source.tell("drop");
    source.succeed();
    window.await_text("Undo");
    window.press("Undo");

    wait::until("the row to go", PATIENCE, || {
        (!window.texts().iter().any(|text| text == "Undo")).then_some(())
    });
    assert_eq!(stored_files(&display), [""; 0]);
}

#[test]
fn the_copy_button_copies_the_link_of_its_row() {
    let display = Display::x11();
    let path = display.home.write("스크린샷 1.png", "그림");
    let window = display.window(&["--sandbox", path.to_str().unwrap()]);
    copied_links(&display, &window, 1);
    // Something else is copied in the meantime.
    let mut other = display.at_display(std::process::Command::new("xclip"));
    let mut other = Process::start(other.args(["-in", "-quiet", "-selection", "clipboard", "/dev/null"]));
    wait::until("the clipboard to be another's", PATIENCE, || {
        display.clipboard().is_none_or(|text| text.is_empty()).then_some(())
    });

    window.press("Copy URL");

    assert_opens(&copied_links(&display, &window, 1)[0], &path);
    other.kill();
}

#[test]
fn a_file_dropped_on_wayland_is_sent_and_its_link_opens() {
    let display = Display::wayland();
    let mut pointer = display.mouse();
    let path = display.home.write("웨이랜드 파일.txt", "wayland");
    let source = Process::start(display.python("gtk_source.py").env("GDK_BACKEND", "wayland").arg(&path));
    source.await_line("ready", |line| (line == "ready").then_some(()));
    let window = sandbox_window(&display);

    pointer.drag(&source, display.place_of("drag-source"), display.place_of("Dropslot"));
    hold_until(&mut pointer, &window, "Drop to send to");
    pointer.release();
    source.await_line("drag-end", |line| (line == "drag-end").then_some(()));

    window.await_text("웨이랜드 파일.txt");
    window.await_text("Public");
    assert_opens(&copied_links(&display, &window, 1)[0], &path);
}

#[test]
fn text_dropped_on_wayland_is_refused_in_a_sentence() {
    let display = Display::wayland();
    let mut pointer = display.mouse();
    let mut source = display.python("gtk_source.py");
    let source = Process::start(source.env("GDK_BACKEND", "wayland").args(["--text", "hello"]));
    source.await_line("ready", |line| (line == "ready").then_some(()));
    let window = sandbox_window(&display);

    pointer.drag(&source, display.place_of("drag-source"), display.place_of("Dropslot"));
    hold_until(&mut pointer, &window, "Drop to send to");
    pointer.release();

    window.await_text("That was not a file");
}

/// Holds a drag over the window until the window has noticed.
fn hold_until(pointer: &mut Pointer, window: &Window<'_>, text: &str) {
    wait::until(text, PATIENCE, || {
        pointer.tremble();
        window.texts().iter().any(|shown| shown.contains(text)).then_some(())
    });
}

/// The links that other programs read from the clipboard, when the window says that it copied them.
fn copied_links(display: &Display, window: &Window<'_>, count: usize) -> Vec<String> {
    window.await_text("copied");
    let copied = wait::until("the clipboard", PATIENCE, || {
        display.clipboard().filter(|text| !text.is_empty())
    });
    let links: Vec<String> = copied.lines().map(str::to_owned).collect();
    assert_eq!(links.len(), count, "{copied}");
    links
}

#[track_caller]
fn assert_opens(link: &str, path: &Path) {
    let content = stdout(curl().args(["--fail", link]));
    assert_eq!(content.as_bytes(), std::fs::read(path).unwrap(), "{link}");
}

/// What the sandbox keeps in this person's data folder.
fn stored_files(display: &Display) -> Vec<String> {
    fn collect(folder: PathBuf, files: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(path, files);
            } else {
                files.push(path.to_str().unwrap().to_owned());
            }
        }
    }
    let mut files = Vec::new();
    collect(display.home.path().join("data"), &mut files);
    files.retain(|file| file.contains("/sandbox/") && file.ends_with(".txt"));
    files
}
