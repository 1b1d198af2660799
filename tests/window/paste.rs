//! What other programs put on the clipboard is pasted: files, pictures, paths; the rest is refused in a sentence.

use super::{PATIENCE, assert_opens, copied_links, sandbox_window};
use crate::support::display::{Display, Window, WindowManager};
use crate::support::process::Process;
use crate::support::tools::{curl, run, stdout, told};
use crate::support::wait;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Another program that offers `file`'s content on the clipboard as `target`, until it is dropped.
pub(super) fn offer(display: &Display, target: &str, file: &Path) -> Process {
    let mut xclip = display.at_display(Command::new("xclip"));
    let xclip = Process::start(
        xclip
            .args(["-in", "-quiet", "-selection", "clipboard", "-target", target])
            .arg(file),
    );
    wait::until("the clipboard", PATIENCE, || {
        let mut ask = display.at_display(Command::new("xclip"));
        let targets = run(ask.args(["-out", "-selection", "clipboard", "-target", "TARGETS"]));
        String::from_utf8_lossy(&targets.stdout).contains(target).then_some(())
    });
    xclip
}

/// Presses keys in the window.
pub(super) fn keys(display: &Display, window: &Window<'_>, keys: &[&str]) {
    WindowManager::of(display).focus(&window.x11_id());
    let mut press = display.at_display(Command::new("xdotool"));
    stdout(press.args(["key", "--clearmodifiers"]).args(keys));
}

/// Draws a picture of 61 × 43 pixels, with transparency.
fn picture(display: &Display) -> PathBuf {
    let file = display.home.path().join("drawn.png");
    let mut convert = Command::new("convert");
    convert.args(["-size", "61x43", "radial-gradient:rgba(255,80,0,1)-rgba(0,40,255,0.2)"]);
    stdout(convert.args(["-depth", "8", "-define", "png:color-type=6"]).arg(&file));
    file
}

fn pasted_files(display: &Display) -> Vec<PathBuf> {
    let folder = std::fs::read_dir(display.home.path().join("data/dropslot/pasted"));
    folder
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().path())
        .collect()
}

#[test]
fn a_picture_becomes_a_png_of_the_same_pixels_and_its_file_goes_with_its_row() {
    let display = Display::x11();
    let picture = picture(&display);
    let _other = offer(&display, "image/png", &picture);
    let window = sandbox_window(&display);

    keys(&display, &window, &["ctrl+v"]);
    window.await_text("clipboard-2");
    assert_eq!(pasted_files(&display).len(), 1);
    let link = copied_links(&display, &window, 1).remove(0);

    let name = link.rsplit('/').next().unwrap();
    assert!(name.starts_with("clipboard-2") && name.ends_with(".png"), "{name}");
    assert_same_pixels(&display, &picture, &link);
    assert_eq!(pasted_files(&display).len(), 1);
    window.press("Clear finished");
    wait::until("the file to go", PATIENCE, || {
        pasted_files(&display).is_empty().then_some(())
    });
}

#[test]
fn a_picture_that_is_taken_back_leaves_no_file() {
    let display = Display::x11();
    let _other = offer(&display, "image/png", &picture(&display));
    let window = sandbox_window(&display);
    keys(&display, &window, &["ctrl+v"]);
    window.await_text("Undo");
    assert_eq!(pasted_files(&display).len(), 1);
    window.press("Undo");
    wait::until("the file to go", PATIENCE, || {
        pasted_files(&display).is_empty().then_some(())
    });
}

#[test]
fn a_picture_whose_window_was_killed_is_sent_by_the_next() {
    let display = Display::x11();
    let _other = offer(&display, "image/png", &picture(&display));
    let mut window = sandbox_window(&display);
    keys(&display, &window, &["ctrl+v"]);
    window.await_text("Undo");
    window.process.kill();

    let mut window = display.window(&["--sandbox"]);
    window.await_text("Interrupted");
    window.press("Resume");
    let link = copied_links(&display, &window, 1).remove(0);
    stdout(curl().args(["--fail", "--output", "/dev/null"]).arg(&link));
    WindowManager::of(&display).close(&window.x11_id());
    let status = wait::until("the window to close", PATIENCE, || window.process.ended());
    assert!(status.success());
    assert_eq!(pasted_files(&display).len(), 0);
}

#[test]
fn a_broken_picture_is_refused_in_a_sentence() {
    let display = Display::x11();
    let broken = display.home.write("broken.png", b"\x89PNG\r\n\x1a\nno more");
    let _other = offer(&display, "image/png", &broken);
    let window = sandbox_window(&display);
    keys(&display, &window, &["ctrl+v"]);
    window.await_text("The picture on the clipboard cannot be read");
}

#[test]
fn files_that_a_file_manager_copied_are_pasted_by_the_button_too() {
    let display = Display::x11();
    let path = display.home.write("복사한 파일.txt", "copied");
    let list = display.home.write("list", format!("file://{}\r\n", path.display()));
    let _other = offer(&display, "text/uri-list", &list);
    let window = sandbox_window(&display);
    window.press("Paste  Ctrl+V");
    window.await_text("복사한 파일.txt");
    assert_opens(&copied_links(&display, &window, 1)[0], &path);
}

#[test]
fn text_is_taken_where_it_is_paths_and_refused_in_a_sentence_where_not() {
    let display = Display::x11();
    let window = sandbox_window(&display);
    for (text, sentence) in [
        ("https://example.org/picture.png", "The clipboard holds a link"),
        ("just words", "The clipboard holds text"),
    ] {
        let _other = offer(&display, "UTF8_STRING", &display.home.write("text", text));
        keys(&display, &window, &["ctrl+v"]);
        window.await_text(sentence);
    }
    let path = display.home.write("by its path.txt", "path");
    let _other = offer(
        &display,
        "UTF8_STRING",
        &display.home.write("text", path.to_str().unwrap()),
    );
    keys(&display, &window, &["ctrl+v"]);
    assert_opens(&copied_links(&display, &window, 1)[0], &path);
}

#[test]
fn a_picture_is_pasted_on_wayland_too() {
    let display = Display::wayland();
    let picture = picture(&display);
    let mut copy = display.at_display(Command::new("wl-copy"));
    let content = std::fs::File::open(&picture).unwrap();
    assert!(
        copy.args(["--type", "image/png"])
            .stdin(content)
            .status()
            .unwrap()
            .success()
    );
    let window = sandbox_window(&display);
    window.press("Paste  Ctrl+V");
    window.await_text("clipboard-2");
    window.press("Send now");
    window.await_text("Public");
    let mut history = display.home.dropslot();
    let last = stdout(history.args(["history", "--json"]));
    let last: serde_json::Value = serde_json::from_str(last.lines().next().unwrap()).unwrap();
    assert_same_pixels(&display, &picture, last["url"].as_str().unwrap());
}

/// Compares a picture with the one behind a link, by another program than the one that encoded it.
#[track_caller]
fn assert_same_pixels(display: &Display, picture: &Path, link: &str) {
    let sent = display.home.path().join("sent.png");
    stdout(curl().args(["--fail", "--output"]).arg(&sent).arg(link));
    let mut compare = Command::new("compare");
    let differing = run(compare.args(["-metric", "AE"]).args([picture, &sent]).arg("null:"));
    assert_eq!(String::from_utf8_lossy(&differing.stderr), "0", "{}", told(&differing));
}
