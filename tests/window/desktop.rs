//! The window and the desktop around it: light and dark, notifications, the file manager.

use super::PATIENCE;
use crate::support::display::Display;
use crate::support::process::Process;
use crate::support::tools::stdout;
use crate::support::wait;

/// A service of the desktop, in the place of GNOME's or KDE's.
fn service(display: &Display, arguments: &[&str]) -> Process {
    let service = Process::start(display.python("desktop.py").args(arguments));
    service.await_line("ready", |line| (line == "ready").then_some(()));
    service
}

/// Waits until the header, at the window's upper left corner, has a colour.
#[track_caller]
fn await_header(display: &Display, colour: &str) {
    wait::until(&format!("a header in {colour}"), PATIENCE, || {
        let seen = stdout(display.python("pixel.py").args(["3", "3"]));
        (seen.trim() == colour).then_some(())
    });
}

const LIGHT: &str = "ffffff";
const DARK: &str = "212125";

#[test]
fn the_window_follows_the_desktops_light_and_dark() {
    let display = Display::x11();
    let mut portal = service(&display, &["portal"]);
    let _window = display.window(&[]);
    await_header(&display, LIGHT);
    portal.tell("color-scheme 1");
    await_header(&display, DARK);
    portal.tell("color-scheme 2");
    await_header(&display, LIGHT);
}

#[test]
fn a_portal_of_the_first_version_is_asked_in_its_way() {
    let display = Display::x11();
    let mut portal = service(&display, &["portal", "--old"]);
    portal.tell("color-scheme 1");
    let _window = display.window(&[]);
    await_header(&display, DARK);
}

#[test]
fn a_choice_in_the_settings_goes_before_the_desktops() {
    let display = Display::x11();
    let mut portal = service(&display, &["portal"]);
    portal.tell("color-scheme 1");
    display
        .home
        .write("config/dropslot/settings.json", r#"{"theme": "light"}"#);
    let window = display.window(&[]);
    portal.await_line("the question", |line| line.contains("ReadOne").then_some(()));
    window.await_text("Drop files or folders here");
    await_header(&display, LIGHT);
}
