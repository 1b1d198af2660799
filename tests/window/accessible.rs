//! What assistive technology makes of the real window, page by page: names, roles, and the order of the Tab key.

use super::PATIENCE;
use crate::support::display::{Display, Window, WindowManager};
use crate::support::tools::stdout;
use crate::support::wait;
use serde_json::Value;
use std::collections::HashMap;

/// One thing that assistive technology knows of.
#[derive(Debug)]
struct Node {
    role: String,
    name: String,
    /// Says of which row a button is.
    description: String,
    is_focusable: bool,
    actions: i64,
    parent: Option<i64>,
    /// Left, top, width, height in points.
    rect: Option<[i64; 4]>,
}

fn nodes(display: &Display, command: &str) -> Vec<Node> {
    let told = stdout(display.python("accessibility.py").args([command, "dropslot"]));
    told.lines().map(node).collect()
}

fn node(line: &str) -> Node {
    let value: Value = serde_json::from_str(line).unwrap();
    let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
    Node {
        role: text("role"),
        name: text("name"),
        description: text("description"),
        is_focusable: value["focusable"].as_bool().unwrap(),
        actions: value["actions"].as_i64().unwrap(),
        parent: value["parent"].as_i64(),
        rect: serde_json::from_value(value["rect"].clone()).unwrap(),
    }
}

/// Names, and nothing twice that nobody could tell apart. A scroll bar is called by what it scrolls.
fn assert_named(nodes: &[Node]) {
    let mut known: HashMap<(Option<i64>, &str, &str, &str), &Node> = HashMap::new();
    let is_control = |node: &&Node| (node.is_focusable || node.actions > 0) && node.role != "scroll bar";
    for node in nodes.iter().filter(is_control) {
        assert!(!node.name.trim().is_empty(), "nameless: {node:?}");
        assert!(node.rect.is_some(), "nowhere: {node:?}");
        let what = (
            node.parent,
            node.role.as_str(),
            node.name.as_str(),
            node.description.as_str(),
        );
        if let Some(twin) = known.insert(what, node) {
            panic!("told apart by nothing: {twin:?} and {node:?}");
        }
    }
}

#[track_caller]
fn assert_roles(nodes: &[Node], expected: &[(&str, &str)]) {
    for (name, role) in expected {
        let has = |node: &&Node| node.name == *name && node.role == *role;
        assert!(nodes.iter().any(|node| has(&node)), "no {role} {name:?} in {nodes:#?}");
    }
}

/// From above to below, and within a line from the left to the right; a page may have a second column at the right.
fn assert_read_in_order(walk: &[Node]) {
    let mut columns = 1;
    for pair in walk.windows(2) {
        let [Some(one), Some(next)] = [pair[0].rect, pair[1].rect] else {
            panic!("nowhere: {pair:?}");
        };
        // A row comes before what is in it, and is as high as all of it.
        let is_within = next[1] >= one[1] && next[1] + next[3] <= one[1] + one[3] && next[0] >= one[0];
        let is_below = next[1] >= one[1] + one[3] - 8;
        let is_beside = next[0] >= one[0] + one[2] && (next[1] - one[1]).abs() <= one[3].max(next[3]);
        let is_further_right = next[0] >= one[0] + one[2];
        if !(is_within || is_below || is_beside) && is_further_right {
            columns += 1;
        }
        assert!(
            is_within || is_below || is_beside || (is_further_right && columns <= 2),
            "the keyboard goes back from {:?} to {:?}",
            pair[0],
            pair[1]
        );
    }
}

fn names(nodes: &[Node]) -> Vec<&str> {
    nodes.iter().map(|node| node.name.as_str()).collect()
}

/// Everything that holds on every page and in every dialog; gives where the Tab key goes.
fn assert_accessible(display: &Display, roles: &[(&str, &str)]) -> Vec<Node> {
    let tree = nodes(display, "tree");
    assert_named(&tree);
    assert_roles(&tree, roles);
    let mut walk = nodes(display, "walk");
    // In a dialog the keyboard may be put further down at first; it comes round.
    let top = walk.iter().position(|node| node.name == "Close").unwrap_or_default();
    walk.rotate_left(top);
    assert_read_in_order(&walk);
    walk
}

/// Opens a window that has the keyboard.
fn window<'display>(display: &'display Display, manager: &mut WindowManager, arguments: &[&str]) -> Window<'display> {
    let window = display.window(arguments);
    window.await_text("Uploads");
    manager.focus(&window.x11_id());
    window
}

#[test]
fn the_uploads_are_read_and_walked_through_in_order() {
    let display = Display::x11();
    let mut manager = WindowManager::of(&display);
    let paths = ["a.txt", "b.txt"].map(|name| display.home.write(name, name));
    let [one, two] = paths.each_ref().map(|path| path.to_str().unwrap());
    let window = window(&display, &mut manager, &["--sandbox", one, two]);
    wait::until("both to be public", PATIENCE, || {
        (window.texts().iter().filter(|text| *text == "Public").count() == 2).then_some(())
    });

    let walk = assert_accessible(
        &display,
        &[
            ("Dropslot", "frame"),
            ("Pages", "page tab list"),
            ("Uploads", "page tab"),
            ("Settings", "page tab"),
            ("Uploads", "list"),
            ("a.txt, Public", "list item"),
            ("b.txt, Public", "list item"),
            ("Choose files…", "push button"),
        ],
    );

    let walked = names(&walk);
    let (first, last) = (walked.first().unwrap(), walked.last().unwrap());
    assert!(first.starts_with("Profile"), "{walked:?}");
    assert_eq!(*last, "Copy all URLs", "{walked:?}");
    let row: Vec<&Node> = walk.iter().filter(|node| node.description == "a.txt").collect();
    assert!(row.iter().any(|node| node.name == "Copy URL"), "{walk:#?}");
    assert!(
        walk.iter().all(|node| node.description != "b.txt"),
        "arrows go to the other rows: {walk:#?}"
    );
}

#[test]
fn the_settings_are_read_and_walked_through_in_order() {
    let display = Display::x11();
    let mut manager = WindowManager::of(&display);
    let window = window(&display, &mut manager, &["--sandbox"]);
    window.press("Settings");
    window.await_text("Appearance");

    assert_accessible(
        &display,
        &[
            ("Colours", "panel"),
            ("Dark", "radio button"),
            ("한국어", "radio button"),
            ("Notify when all are done", "toggle button"),
        ],
    );
}

#[test]
fn the_history_is_read_and_walked_through_in_order() {
    let display = Display::x11();
    let mut manager = WindowManager::of(&display);
    let paths = ["a.txt", "b.txt"].map(|name| display.home.write(name, name));
    let [one, two] = paths.each_ref().map(|path| path.to_str().unwrap());
    let window = window(&display, &mut manager, &["--sandbox", one, two]);
    wait::until("both to be public", PATIENCE, || {
        (window.texts().iter().filter(|text| *text == "Public").count() == 2).then_some(())
    });
    window.press("History");
    window.await_text("Today");

    assert_accessible(
        &display,
        &[
            ("History", "page tab"),
            ("History", "list"),
            ("b.txt, Public", "list item"),
        ],
    );
}

#[test]
fn the_dialogs_are_named_and_walked_through_in_order() {
    let display = Display::x11();
    let mut manager = WindowManager::of(&display);
    let path = display.home.write("a.txt", "a");
    let window = window(&display, &mut manager, &["--sandbox", path.to_str().unwrap()]);
    window.await_text("Public");
    let profile = window.await_text("Profile: ");
    for (way, title) in [
        (["More", "QR code…"], "QR code"),
        (["More", "Delete from S3…"], "Delete from S3?"),
        (["Settings", "Add a destination…"], "Add a destination"),
        ([profile.as_str(), "Add a profile…"], "Add a profile"),
    ] {
        for name in way {
            window.press_when_there(name);
        }
        window.await_text(title);
        wait::until("the dialog", PATIENCE, || is_open(&display, title).then_some(()));

        let walk = assert_accessible(&display, &[(title, "dialog"), ("Close", "push button")]);
        assert_eq!(
            walk.iter()
                .filter(|node| node.description == title || node.name == "Uploads")
                .count(),
            1,
            "the keyboard comes to the dialog alone, and to its cross: {walk:#?}"
        );

        window.press("Close");
        wait::until("the dialog to close", PATIENCE, || {
            (!is_open(&display, title)).then_some(())
        });
    }
}

fn is_open(display: &Display, title: &str) -> bool {
    let is_it = |node: &Node| node.role == "dialog" && node.name == title;
    nodes(display, "tree").iter().any(is_it)
}
