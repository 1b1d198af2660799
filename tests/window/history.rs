//! The history page of the real window: what was sent is found, copied, and deleted from S3.

use super::paste::keys;
use super::{PATIENCE, assert_opens, copied_links};
use crate::support::display::Display;
use crate::support::tools::{curl, stdout};
use crate::support::wait;
use std::process::Command;

#[test]
fn an_upload_is_found_copied_and_deleted_from_s3() {
    let display = Display::x11();
    let paths = [
        display.home.write("회의록 1.txt", "kept"),
        display.home.write("스크린샷 2.png", "deleted"),
    ];
    let arguments: Vec<&str> = paths.iter().map(|path| path.to_str().unwrap()).collect();
    let window = display.window(&["--sandbox", arguments[0], arguments[1]]);
    let links = copied_links(&display, &window, 2);

    keys(&display, &window, &["ctrl+2"]);
    window.await_text("2 uploads");
    window.await_text("Today");
    keys(&display, &window, &["ctrl+f"]);
    stdout(display.at_display(Command::new("xdotool")).args(["type", "png"]));
    window.await_text("1 result");
    window.press("Copy URL");
    wait::until("the link on the clipboard", PATIENCE, || {
        (display.clipboard().as_deref() == Some(links[1].as_str())).then_some(())
    });

    window.press("More");
    window.press_when_there("Delete from S3…");
    window.await_text("Delete from S3?");
    window.press("Delete");
    window.await_text("스크린샷 2.png, Deleted");
    let status = stdout(curl().args(["--output", "/dev/null", "--write-out", "%{http_code}", &links[1]]));
    assert_eq!(status, "404");
    assert_opens(&links[0], &paths[0]);

    // Escape leaves the search, and the list says the same.
    keys(&display, &window, &["ctrl+f"]);
    keys(&display, &window, &["Escape"]);
    window.await_text("회의록 1.txt, Public");
    window.await_text("스크린샷 2.png, Deleted");
    keys(&display, &window, &["ctrl+1"]);
    window.await_text("스크린샷 2.png, Deleted");
}
