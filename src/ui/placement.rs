//! The window stays within reach when it opens where it was: a monitor may be gone since.
//!
//! eframe 0.37 sees to it on macOS and Windows, and to the size everywhere; a Wayland compositor places windows itself. On X11
//! it is left to window managers, of which not all do it.

use winit::dpi::{PhysicalPosition, PhysicalSize};
use winit::window::Window;

/// A rectangle of the desktop, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Area {
    x: i64,
    y: i64,
    width: i64,
    height: i64,
}

/// Moves `window` onto a monitor where it is not wholly on one or several.
pub(super) fn keep_within_reach(window: &Window) {
    let Ok(position) = window.outer_position() else {
        return;
    };
    let monitors: Vec<Area> = window
        .available_monitors()
        .map(|monitor| area_of(monitor.position(), monitor.size()))
        .collect();
    if let Some((x, y)) = place_within(area_of(position, window.outer_size()), &monitors) {
        window.set_outer_position(PhysicalPosition::new(x, y));
    }
}

fn area_of(position: PhysicalPosition<i32>, size: PhysicalSize<u32>) -> Area {
    Area {
        x: position.x.into(),
        y: position.y.into(),
        width: size.width.into(),
        height: size.height.into(),
    }
}

/// Where the window is to go instead; `None` where it can stay.
fn place_within(window: Area, monitors: &[Area]) -> Option<(i32, i32)> {
    let seen: i64 = monitors.iter().map(|monitor| window.overlap(*monitor)).sum();
    if seen >= window.width * window.height {
        return None;
    }
    let home = monitors.iter().max_by_key(|monitor| window.overlap(**monitor))?;
    let x = window.x.min(home.x + home.width - window.width).max(home.x);
    let y = window.y.min(home.y + home.height - window.height).max(home.y);
    Some((x.try_into().ok()?, y.try_into().ok()?))
}

impl Area {
    /// In square pixels.
    fn overlap(self, other: Self) -> i64 {
        let width = (self.x + self.width).min(other.x + other.width) - self.x.max(other.x);
        let height = (self.y + self.height).min(other.y + other.height) - self.y.max(other.y);
        width.max(0) * height.max(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn area(x: i64, y: i64, width: i64, height: i64) -> Area {
        Area { x, y, width, height }
    }

    const LEFT: Area = area(0, 0, 1920, 1080);
    const RIGHT: Area = area(1920, 0, 1280, 1024);

    #[test]
    fn a_window_on_one_monitor_or_across_two_stays() {
        for window in [area(100, 100, 900, 640), area(1500, 0, 900, 640)] {
            assert_eq!(place_within(window, &[LEFT, RIGHT]), None, "{window:?}");
        }
    }

    #[test]
    fn a_window_that_is_partly_outside_is_moved_by_no_more_than_it_takes() {
        assert_eq!(place_within(area(-50, 500, 900, 640), &[LEFT, RIGHT]), Some((0, 440)));
        assert_eq!(place_within(area(2800, 10, 900, 640), &[LEFT, RIGHT]), Some((2300, 10)));
    }

    #[test]
    fn a_window_whose_monitor_is_gone_comes_to_one_that_is_left() {
        assert_eq!(
            place_within(area(5000, 5000, 900, 640), &[area(0, 0, 800, 600)]),
            Some((0, 0))
        );
        assert_eq!(place_within(area(2000, 100, 900, 640), &[LEFT]), Some((1020, 100)));
    }

    #[test]
    fn without_monitors_nothing_is_moved() {
        assert_eq!(place_within(area(0, 0, 900, 640), &[]), None);
    }
}
