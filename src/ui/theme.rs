//! Every colour, size and distance of the window, for light and dark.
//!
//! Nothing that draws holds a colour or a number of its own: `tests/theme.rs` sees to it.

mod colours;
mod measures;

pub(crate) use colours::*;
pub(crate) use measures::*;

use eframe::egui::{
    self, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, TextStyle, Theme, Visuals, style::ScrollStyle, vec2,
};

/// The family of names and headings; see [`super::fonts`].
pub(crate) const STRONG: &str = "strong";

/// Regular text of `size`.
pub(crate) fn regular(size: f32) -> FontId {
    FontId::new(size, FontFamily::Proportional)
}

/// Semi-bold text of `size`.
pub(crate) fn strong(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(STRONG.into()))
}

/// Teaches egui our fonts, colours and distances.
pub(crate) fn install(context: &egui::Context) {
    super::fonts::install(context);
    // The size is a choice of ours, which is kept.
    context.options_mut(|options| options.zoom_with_keyboard = false);
    set_system_theme(context, Theme::Light);
    for (theme, palette) in [(Theme::Light, &LIGHT), (Theme::Dark, &DARK)] {
        context.style_mut_of(theme, |style| {
            style.visuals = visuals(theme, palette);
            style.text_styles = [
                (TextStyle::Small, regular(SMALL)),
                (TextStyle::Body, regular(BODY)),
                (TextStyle::Button, regular(BODY)),
                (TextStyle::Heading, strong(TITLE)),
                (TextStyle::Monospace, FontId::monospace(SMALL)),
            ]
            .into();
            style.spacing.item_spacing = vec2(GAP, GAP);
            style.spacing.button_padding = vec2(WIDE, TIGHT);
            style.spacing.interact_size = vec2(CONTROL, CONTROL);
            style.spacing.menu_margin = MENU_MARGIN;
            style.spacing.window_margin = Margin::same(DIALOG_MARGIN);
            style.spacing.scroll = ScrollStyle {
                bar_width: GAP,
                foreground_color: false,
                ..ScrollStyle::floating()
            };
            style.interaction.selectable_labels = false;
            style.interaction.tooltip_delay = 0.4;
            style.animation_time = 0.1;
        });
    }
}

/// Under a toast, which lies lower than menus and dialogs.
pub(crate) fn toast_shadow(palette: &Palette) -> Shadow {
    Shadow {
        offset: [0, 4],
        blur: 16,
        spread: 0,
        color: palette.shadow,
    }
}

/// What the desktop says, where the window system itself does not (winit 0.30 on Linux); a choice in the settings goes before.
pub(crate) fn set_system_theme(context: &egui::Context, theme: Theme) {
    context.options_mut(|options| options.fallback_theme = theme);
}

fn visuals(theme: Theme, palette: &Palette) -> Visuals {
    let mut visuals = theme.default_visuals();
    let corner = CornerRadius::same(CORNER);
    visuals.override_text_color = Some(palette.text);
    visuals.weak_text_color = Some(palette.weak);
    visuals.hyperlink_color = palette.accent;
    visuals.panel_fill = palette.ground;
    visuals.window_fill = palette.surface;
    visuals.window_stroke = Stroke::new(HAIRLINE, palette.line);
    visuals.window_corner_radius = CornerRadius::same(CORNER_LARGE);
    visuals.menu_corner_radius = CornerRadius::same(CORNER_LARGE);
    visuals.extreme_bg_color = palette.surface;
    visuals.text_edit_bg_color = Some(palette.ground);
    visuals.faint_bg_color = palette.hover;
    visuals.selection.bg_fill = palette.selection();
    visuals.selection.stroke = Stroke::new(HAIRLINE, palette.accent);
    // A cursor that blinks draws the whole window twice a second for as long as a field has the focus.
    visuals.text_cursor.blink = false;
    let shadow = Shadow {
        offset: [0, 8],
        blur: 24,
        spread: 0,
        color: palette.shadow,
    };
    visuals.popup_shadow = shadow;
    visuals.window_shadow = shadow;
    for widget in [
        &mut visuals.widgets.noninteractive,
        &mut visuals.widgets.inactive,
        &mut visuals.widgets.hovered,
        &mut visuals.widgets.active,
        &mut visuals.widgets.open,
    ] {
        widget.corner_radius = corner;
        widget.bg_fill = palette.surface;
        widget.weak_bg_fill = palette.surface;
        widget.bg_stroke = Stroke::new(HAIRLINE, palette.line);
        widget.fg_stroke = Stroke::new(HAIRLINE, palette.text);
        widget.expansion = 0.0;
    }
    visuals.widgets.inactive.bg_fill = palette.pressed;
    visuals.widgets.hovered.bg_fill = palette.weak;
    visuals.widgets.active.bg_fill = palette.weak;
    visuals
}

#[cfg(test)]
mod tests {
    use super::*;

    // The harness of the other tests turns blinking off by itself before it sees ours.
    #[test]
    fn a_text_cursor_stands_still_in_light_and_dark() {
        let context = egui::Context::default();
        install(&context);
        for theme in [Theme::Light, Theme::Dark] {
            assert!(!context.style_of(theme).visuals.text_cursor.blink, "{theme:?}");
        }
    }
}
