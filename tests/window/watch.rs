//! A folder that is watched by the real window.

use super::{PATIENCE, assert_opens, copied_links};
use crate::support::asleep::await_asleep;
use crate::support::display::Display;
use crate::support::tools::stdout;
use crate::support::wait;
use std::path::PathBuf;

fn watching() -> (Display, PathBuf) {
    watching_at(Display::x11())
}

/// A display whose person has chosen a folder to watch for the sandbox.
fn watching_at(display: Display) -> (Display, PathBuf) {
    let folder = display.home.path().join("Screenshots");
    std::fs::create_dir(&folder).unwrap();
    let settings = serde_json::json!({"destinations": [{
        "name": "Shots",
        "kind": "sandbox",
        "key_template": "{name}",
        "watch": {"id": "w", "folder": folder},
    }]});
    display
        .home
        .write("config/dropslot/settings.json", settings.to_string());
    (display, folder)
}

/// Names of what was ever uploaded, sorted.
fn uploaded(display: &Display) -> Vec<String> {
    let history = stdout(display.home.dropslot().args(["history", "--json"]));
    let entries = history
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let mut keys: Vec<_> = entries
        .map(|entry| entry["object_key"].as_str().unwrap().to_owned())
        .collect();
    keys.sort();
    keys
}

#[test]
fn a_screenshot_is_on_the_clipboard_as_a_link_and_the_window_sleeps_before_and_after() {
    let (display, folder) = watching();
    std::fs::write(folder.join("before.png"), "before").unwrap();
    let window = display.window(&[]);
    window.await_text("Watching Screenshots → Shots");
    await_asleep(&window.process);
    let hidden = folder.join(".shot.png");
    std::fs::write(&hidden, "a picture").unwrap();
    let path = folder.join("shot.png");
    std::fs::rename(hidden, &path).unwrap();
    assert_opens(&copied_links(&display, &window, 1)[0], &path);
    assert_eq!(uploaded(&display), ["shot.png"]);
    await_asleep(&window.process);
}

/// A compositor takes a copy from the program with the keyboard alone; who takes a screenshot looks elsewhere.
#[test]
fn on_wayland_the_link_is_on_the_clipboard_though_the_window_has_no_keyboard() {
    let (display, folder) = watching_at(Display::wayland());
    let window = display.window(&[]);
    window.await_text("Watching Screenshots → Shots");
    let path = folder.join("shot.png");
    std::fs::write(&path, "a picture").unwrap();
    assert_opens(&copied_links(&display, &window, 1)[0], &path);
}

#[test]
fn a_crash_in_the_middle_neither_loses_a_file_nor_sends_it_twice() {
    let (display, folder) = watching();
    let mut window = display.window(&[]);
    window.await_text("Watching Screenshots → Shots");
    let mut expected: Vec<_> = (0..200).map(|number| format!("{number:03}.png")).collect();
    for name in &expected {
        std::fs::write(folder.join(name), name).unwrap();
    }
    wait::until("the first of them", PATIENCE, || {
        (!uploaded(&display).is_empty()).then_some(())
    });
    window.process.kill();
    let done = uploaded(&display).len();
    std::fs::write(folder.join("between.png"), "between").unwrap();
    let window = display.window(&[]);
    expected.push("between.png".to_owned());
    wait::until("all of them", PATIENCE, || {
        (uploaded(&display).len() >= expected.len()).then_some(())
    });
    // One that had been sent twice would be there by now, under a key of its own.
    std::fs::write(folder.join("last.png"), "last").unwrap();
    expected.push("last.png".to_owned());
    wait::until("the last one", PATIENCE, || {
        uploaded(&display).contains(&"last.png".to_owned()).then_some(())
    });
    expected.sort();
    assert_eq!(uploaded(&display), expected, "{done} were done before");
    drop(window);
}
