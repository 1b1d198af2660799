//! A window that nobody looks at costs nothing: no thread of it wakes, whatever it has done before.

use super::copied_links;
use crate::support::asleep::await_asleep;
use crate::support::display::Display;

#[test]
fn a_window_with_nothing_to_do_sleeps() {
    let display = Display::x11();
    let path = display.home.write("a.txt", "a");
    let window = display.window(&["--sandbox", path.to_str().unwrap()]);
    copied_links(&display, &window, 1);
    await_asleep(&window.process);
}
