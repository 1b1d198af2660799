//! Forms that others hand out: pasted from another program, or asked of a function.

use super::paste::{keys, offer};
use super::{PATIENCE, assert_opens, copied_links};
use crate::support::display::Display;
use crate::support::sandbox::serve;
use crate::support::tools::{run, stdout, told};
use crate::support::wait;
use std::path::Path;

/// A form for any name below `in/`, and the signature in it.
fn signed_form(display: &Display) -> (String, String) {
    let form = stdout(display.home.dropslot().args(["presign", "--sandbox", "in/${filename}"]));
    let signature = form.split('"').skip_while(|part| *part != "x-amz-signature").nth(2);
    let signature = signature.unwrap_or_else(|| panic!("{form}")).to_owned();
    (form, signature)
}

#[test]
fn a_form_from_the_clipboard_takes_the_next_file_and_is_written_nowhere() {
    let display = Display::x11();
    let _server = serve(&display.home);
    let (form, signature) = signed_form(&display);
    let outside = tempfile::tempdir().unwrap();
    let copied = outside.path().join("form.json");
    std::fs::write(&copied, &form).unwrap();
    let path = display.home.write("사진 1.png", "a picture, perhaps");
    let window = display.window(&[]);
    window.await_text("Drop files or folders here");
    let other = offer(&display, "UTF8_STRING", &copied);

    keys(&display, &window, &["ctrl+v"]);
    window.await_text("They go to sandbox by the form that was pasted");
    window.await_text("min left");
    drop(other);
    let output = run(display.dropslot().arg(&path));
    assert!(output.status.success(), "{}", told(&output));

    let link = copied_links(&display, &window, 1).remove(0);
    assert!(link.ends_with("/in/%EC%82%AC%EC%A7%84%201.png"), "{link}");
    assert_opens(&link, &path);
    wait::until("the history to be written", PATIENCE, || {
        let history = stdout(display.home.dropslot().args(["history", "--json"]));
        history.contains("in/사진 1.png").then_some(())
    });
    assert_nowhere(&signature, display.home.path());
}

#[test]
fn a_forms_file_opens_in_the_window_and_is_neither_sent_nor_copied() {
    let display = Display::x11();
    let _server = serve(&display.home);
    let (form, signature) = signed_form(&display);
    let outside = tempfile::tempdir().unwrap();
    let ticket = outside.path().join("받은 양식.dropslot-ticket");
    std::fs::write(&ticket, &form).unwrap();
    let paths = ["a.bin", "b.bin"].map(|name| display.home.write(name, name));

    // As a double click on it starts the program, and as another, with the window open.
    let window = display.window(&[ticket.to_str().unwrap()]);
    window.await_text("They go to sandbox by the form that was pasted");
    let output = run(display.dropslot().arg(&ticket).arg(&paths[0]));
    assert!(output.status.success(), "{}", told(&output));
    let link = copied_links(&display, &window, 1).remove(0);
    assert!(link.ends_with("/in/a.bin"), "{link}");
    assert_opens(&link, &paths[0]);

    let mut source = window.hover_x11(&[&ticket, &paths[1]]);
    window.await_text("Drop to send files by this form");
    source.tell("drop");
    source.succeed();
    window.press_when_there("Send now");
    let link = wait::until("the second link", PATIENCE, || {
        display.clipboard().filter(|text| text.ends_with("/in/b.bin"))
    });
    assert_opens(&link, &paths[1]);
    let history = stdout(display.home.dropslot().args(["history", "--json"]));
    assert_eq!(history.lines().count(), 2, "{history}");
    assert_nowhere(&signature, display.home.path());
}

/// No file below `folder` holds `secret`.
fn assert_nowhere(secret: &str, folder: &Path) {
    let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let mut looked_at = 0;
    for file in files.filter(|file| file.file_type().is_file()) {
        let content = std::fs::read(file.path()).unwrap_or_default();
        let is_there = content.windows(secret.len()).any(|window| window == secret.as_bytes());
        assert!(!is_there, "{}", file.path().display());
        looked_at += 1;
    }
    assert!(looked_at > 3, "{looked_at}");
}
