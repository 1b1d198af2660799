//! Where the window opens, and how large.

use super::PATIENCE;
use crate::support::display::{Display, Window, WindowManager};
use crate::support::tools::stdout;
use crate::support::wait;
use std::process::Command;

/// A window's place and size in pixels.
#[derive(Debug, PartialEq)]
struct Geometry {
    x: i64,
    y: i64,
    width: i64,
    height: i64,
}

fn geometry(display: &Display, window: &Window<'_>) -> Geometry {
    let mut ask = display.at_display(Command::new("xdotool"));
    let told = stdout(ask.args(["getwindowgeometry", "--shell", &window.x11_id()]));
    let number = |name: &str| {
        let value = told.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
        value.unwrap().parse().unwrap()
    };
    Geometry {
        x: number("X"),
        y: number("Y"),
        width: number("WIDTH"),
        height: number("HEIGHT"),
    }
}

#[track_caller]
fn await_geometry(display: &Display, window: &Window<'_>, wanted: [i64; 4]) {
    let [x, y, width, height] = wanted;
    let wanted = Geometry { x, y, width, height };
    let mut last = None;
    let until = std::time::Instant::now() + PATIENCE;
    while last.as_ref() != Some(&wanted) && std::time::Instant::now() < until {
        last = Some(geometry(display, window));
    }
    assert_eq!(last, Some(wanted));
}

fn xdotool(display: &Display, arguments: &[&str]) {
    stdout(display.at_display(Command::new("xdotool")).args(arguments));
}

/// Moves and resizes a window, closes it, and gives what was written of it.
fn leave_window(display: &Display, [x, y, width, height]: [i64; 4]) -> Vec<u8> {
    let mut window = display.window(&[]);
    window.await_text("Choose files");
    let id = window.x11_id();
    xdotool(display, &["windowmove", &id, &x.to_string(), &y.to_string()]);
    xdotool(display, &["windowsize", &id, &width.to_string(), &height.to_string()]);
    await_geometry(display, &window, [x, y, width, height]);
    WindowManager::of(display).close(&id);
    let status = wait::until("the window to close", PATIENCE, || window.process.ended());
    assert!(status.success());
    std::fs::read(display.home.path().join("data/dropslot/window.ron")).unwrap()
}

#[test]
fn the_window_opens_where_it_was_and_as_large() {
    let display = Display::x11();
    leave_window(&display, [210, 90, 777, 555]);
    let window = display.window(&[]);
    window.await_text("Choose files");
    await_geometry(&display, &window, [210, 90, 777, 555]);
}

#[test]
fn a_window_whose_monitor_is_gone_opens_within_a_smaller_one() {
    let large = Display::x11_of(3840, 2160);
    let written = leave_window(&large, [2000, 1500, 1700, 600]);
    let small = Display::x11_of(800, 600);
    small.home.write("data/dropslot/window.ron", written);
    let window = small.window(&[]);
    window.await_text("Choose files");
    await_geometry(&small, &window, [0, 0, 800, 600]);
}

#[test]
fn the_first_window_fits_a_small_screen() {
    let display = Display::x11_of(800, 600);
    let window = display.window(&[]);
    window.await_text("Choose files");
    await_geometry(&display, &window, [0, 0, 800, 600]);
}

#[test]
fn a_broken_file_of_the_windows_place_is_no_obstacle() {
    let display = Display::x11();
    display.home.write("data/dropslot/window.ron", "{\"window\": \"(oops\"");
    let window = display.window(&[]);
    window.await_text("Choose files");
    assert_eq!(geometry(&display, &window).width, 900);
}
