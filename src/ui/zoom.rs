//! The interface's size: as chosen, and never so large that the window holds less than the smallest window shows.

use super::theme;
use eframe::egui::{Context, Vec2};

/// Shows everything `percent` large, or as large as the window allows. To be called again when the window has changed.
pub(crate) fn apply(context: &Context, percent: u16) {
    // Sets nothing, and asks for no frame, where it is so already.
    context.set_zoom_factor(fitting(percent, window(context)));
}

/// What the window shows where `percent` is chosen and it is too small for that.
pub(crate) fn held_back(context: &Context, percent: u16) -> Option<u16> {
    let shown = whole_percent(fitting(percent, window(context)));
    (shown < percent).then_some(shown)
}

/// Its size at 100 %, in points.
fn window(context: &Context) -> Vec2 {
    let native = context.native_pixels_per_point().unwrap_or(1.0);
    context.input(|input| input.content_rect().size() * input.pixels_per_point() / native)
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a factor is neither negative nor large"
)]
fn whole_percent(factor: f32) -> u16 {
    (factor * 100.0).round() as u16
}

/// `window` is its size at 100 %, in points.
fn fitting(percent: u16, window: Vec2) -> f32 {
    let chosen = f32::from(percent) / 100.0;
    let most = (window / theme::WINDOW_LEAST).min_elem();
    if most >= chosen {
        return chosen;
    }
    // In steps, so that letters are not drawn anew for every pixel that the window is pulled.
    ((most * theme::ZOOM_STEPS).floor() / theme::ZOOM_STEPS).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use eframe::egui::vec2;

    fn percent(chosen: u16, width: f32, height: f32) -> u16 {
        whole_percent(fitting(chosen, vec2(width, height)))
    }

    #[test]
    fn a_window_holds_at_least_what_the_smallest_one_shows() {
        assert_eq!(percent(200, 1040.0, 800.0), 200);
        assert_eq!(percent(200, 900.0, 640.0), 160);
        assert_eq!(percent(200, 520.0, 400.0), 100);
        assert_eq!(percent(150, 800.0, 600.0), 150);
        assert_eq!(percent(100, 300.0, 200.0), 100, "never smaller than life");
    }
}
