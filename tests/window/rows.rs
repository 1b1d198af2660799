//! The list in the real window, by the keyboard: rows are selected and copied, a row's menu is opened and chosen from.

use super::paste::keys;
use super::{PATIENCE, assert_opens, copied_links};
use crate::support::display::Display;
use crate::support::wait;

#[test]
fn links_of_selected_rows_are_copied_and_a_menu_is_chosen_from_by_the_keyboard() {
    let display = Display::x11();
    let paths = ["a.txt", "b.txt", "c.txt"].map(|name| display.home.write(name, name));
    let arguments: Vec<&str> = std::iter::once("--sandbox")
        .chain(paths.iter().map(|path| path.to_str().unwrap()))
        .collect();
    let window = display.window(&arguments);
    copied_links(&display, &window, 3);

    window.press("b.txt, Public");
    keys(&display, &window, &["shift+Down", "ctrl+c"]);
    let links = wait::until("two links", PATIENCE, || {
        let links: Vec<String> = display.clipboard()?.lines().map(str::to_owned).collect();
        (links.len() == 2).then_some(links)
    });
    for (link, path) in links.iter().zip(&paths[1..]) {
        assert_opens(link, path);
    }

    // The second line of the menu of the row that the keyboard is on.
    keys(&display, &window, &["Menu"]);
    window.await_text("Markdown");
    keys(&display, &window, &["Down", "Return"]);
    let copied = wait::until("Markdown", PATIENCE, || {
        display.clipboard().filter(|text| text.starts_with('['))
    });
    assert!(copied.starts_with("[c.txt](http://127.0.0.1:"), "{copied}");
}
