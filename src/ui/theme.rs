//! Every colour, size and distance of the window, for light and dark.
//!
//! Distances are steps of 4, in points. All text has a contrast of at least 4.5:1 on its ground (a test computes it).

use eframe::egui::{
    self, Color32, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, TextStyle, Theme, Visuals,
    style::ScrollStyle, vec2,
};

/// One set of colours.
#[derive(Debug)]
pub(crate) struct Palette {
    /// Behind everything.
    pub(crate) ground: Color32,
    /// Cards, fields, buttons, menus.
    pub(crate) surface: Color32,
    /// The chosen one of several that stand on the ground.
    pub(crate) raised: Color32,
    /// A control under the pointer.
    pub(crate) hover: Color32,
    /// A control pressed.
    pub(crate) pressed: Color32,
    /// Behind the icon of a file's type.
    pub(crate) tile: Color32,
    /// Borders and dividers.
    pub(crate) line: Color32,
    /// What a bar fills.
    pub(crate) track: Color32,
    /// Text.
    pub(crate) text: Color32,
    /// Text that can wait.
    pub(crate) weak: Color32,
    /// The way in, or the bar that moves.
    pub(crate) accent: Color32,
    /// The same, under the pointer.
    pub(crate) accent_hover: Color32,
    /// Text on the accent.
    pub(crate) on_accent: Color32,
    /// A ground tinted by the accent.
    pub(crate) accent_ground: Color32,
    /// Done.
    pub(crate) good: Color32,
    /// To be looked at.
    pub(crate) careful: Color32,
    /// Failed.
    pub(crate) bad: Color32,
    /// Behind a failure.
    pub(crate) bad_ground: Color32,
    /// Over the window while something asks.
    pub(crate) scrim: Color32,
    /// Under menus, toasts and dialogs.
    pub(crate) shadow: Color32,
}

const fn rgb(hex: u32) -> Color32 {
    let [_, red, green, blue] = hex.to_be_bytes();
    Color32::from_rgb(red, green, blue)
}

const LIGHT: Palette = Palette {
    ground: rgb(0x00FA_FAF9),
    surface: rgb(0x00FF_FFFF),
    raised: rgb(0x00FF_FFFF),
    hover: rgb(0x00F1_F0EE),
    pressed: rgb(0x00E7_E5E4),
    tile: rgb(0x00F1_F0EE),
    line: rgb(0x00E7_E5E4),
    track: rgb(0x00E7_E5E4),
    text: rgb(0x001C_1917),
    weak: rgb(0x006B_6661),
    accent: rgb(0x0025_63EB),
    accent_hover: rgb(0x001D_4ED8),
    on_accent: rgb(0x00FF_FFFF),
    accent_ground: rgb(0x00EF_F4FE),
    good: rgb(0x0015_803D),
    careful: rgb(0x00B4_5309),
    bad: rgb(0x00B9_1C1C),
    bad_ground: rgb(0x00FD_F3F2),
    scrim: Color32::from_black_alpha(90),
    shadow: Color32::from_black_alpha(34),
};

const DARK: Palette = Palette {
    ground: rgb(0x0018_181B),
    surface: rgb(0x0021_2125),
    raised: rgb(0x0035_353B),
    hover: rgb(0x002B_2B30),
    pressed: rgb(0x0035_353B),
    tile: rgb(0x002E_2E34),
    line: rgb(0x0030_3036),
    track: rgb(0x0036_363D),
    text: rgb(0x00F4_F4F5),
    weak: rgb(0x00A1_A1AA),
    accent: rgb(0x0060_A5FA),
    accent_hover: rgb(0x0093_C5FD),
    on_accent: rgb(0x0010_1B33),
    accent_ground: rgb(0x001C_2536),
    good: rgb(0x004A_DE80),
    careful: rgb(0x00FB_BF24),
    bad: rgb(0x00F8_7171),
    bad_ground: rgb(0x0029_1E21),
    scrim: Color32::from_black_alpha(140),
    shadow: Color32::from_black_alpha(120),
};

/// The colours of the theme that `ui` is drawn in.
pub(crate) fn palette(ui: &egui::Ui) -> &'static Palette {
    if ui.visuals().dark_mode { &DARK } else { &LIGHT }
}

/// Type sizes.
pub(crate) const SMALL: f32 = 13.0;
/// The size of names and controls.
pub(crate) const BODY: f32 = 15.0;
/// The size of what the window says when it is empty.
pub(crate) const TITLE: f32 = 20.0;

/// Corners of controls and cards.
pub(crate) const CORNER: u8 = 6;
/// Corners of the drop zone, menus and dialogs.
pub(crate) const CORNER_LARGE: u8 = 12;
/// Between things that belong together.
pub(crate) const GAP: f32 = 8.0;
/// Height of buttons and fields.
pub(crate) const CONTROL: f32 = 32.0;
/// Height of the buttons in a row.
pub(crate) const ROW_CONTROL: f32 = 28.0;
/// Height of the bar at the top.
pub(crate) const HEADER: f32 = 56.0;
/// Height of a strip (held files, interrupted uploads).
pub(crate) const STRIP: f32 = 48.0;
/// Height of a row, without its failure.
pub(crate) const ROW: f32 = 60.0;
/// Height of a day's heading in the history.
pub(crate) const DAY: f32 = 44.0;
/// Height of the footer.
pub(crate) const FOOTER: f32 = 48.0;
/// Height of the drop zone when there are uploads.
pub(crate) const SLIM_ZONE: f32 = 64.0;
/// The thickness of a bar.
pub(crate) const BAR: f32 = 6.0;
/// Icons beside text.
pub(crate) const ICON: f32 = 16.0;
/// The picture of a row: a thumbnail, or the icon of its type.
pub(crate) const THUMBNAIL: f32 = 40.0;
/// From the left of rows, strips and the zone above them to the middle of their picture: all stand in one line.
pub(crate) const PICTURE_CENTER: f32 = 16.0 + THUMBNAIL / 2.0;
/// The same to their text.
pub(crate) const TEXT_LEFT: f32 = 16.0 + THUMBNAIL + 16.0;
/// The mark of a row's stage, at the corner of its picture.
pub(crate) const MARK: f32 = 16.0;
/// Width of menus.
pub(crate) const MENU: f32 = 304.0;
/// Width of a row's menu.
pub(crate) const ROW_MENU: f32 = 216.0;
/// Around what a dialog holds.
pub(crate) const DIALOG_MARGIN: i8 = 24;
/// Width of a dialog that asks one thing.
pub(crate) const QUESTION: f32 = 400.0;
/// Width of a dialog that is a form.
pub(crate) const FORM: f32 = 640.0;
/// What is left free at the right of a form for its scroll bar.
pub(crate) const SCROLL_BAR: f32 = 12.0;
/// Width of the labels in a form.
pub(crate) const FORM_LABEL: f32 = 208.0;
/// Width of a page of two columns.
pub(crate) const PAGE: f32 = 1000.0;
/// Width of a page's column of settings.
pub(crate) const COLUMN: f32 = 640.0;
/// How long "Copied" stands where the button was, in seconds.
pub(crate) const COPIED_SECONDS: f64 = 1.6;
/// How long a toast stays, in seconds.
pub(crate) const TOAST_SECONDS: f64 = 4.0;

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
            style.spacing.button_padding = vec2(12.0, 4.0);
            style.spacing.interact_size = vec2(CONTROL, CONTROL);
            style.spacing.menu_margin = Margin::same(8);
            style.spacing.window_margin = Margin::same(24);
            style.spacing.scroll = ScrollStyle {
                bar_width: 8.0,
                foreground_color: false,
                ..ScrollStyle::floating()
            };
            style.interaction.selectable_labels = false;
            style.interaction.tooltip_delay = 0.4;
            style.animation_time = 0.1;
        });
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
    visuals.window_stroke = Stroke::new(1.0, palette.line);
    visuals.window_corner_radius = CornerRadius::same(CORNER_LARGE);
    visuals.menu_corner_radius = CornerRadius::same(CORNER_LARGE);
    visuals.extreme_bg_color = palette.surface;
    visuals.text_edit_bg_color = Some(palette.ground);
    visuals.faint_bg_color = palette.hover;
    visuals.selection.bg_fill = palette.accent.gamma_multiply(0.3);
    visuals.selection.stroke = Stroke::new(1.0, palette.accent);
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
        widget.bg_stroke = Stroke::new(1.0, palette.line);
        widget.fg_stroke = Stroke::new(1.0, palette.text);
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

    /// WCAG 2.2's relative luminance.
    fn luminance(colour: Color32) -> f64 {
        let part = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * part(colour.r()) + 0.7152 * part(colour.g()) + 0.0722 * part(colour.b())
    }

    fn contrast(one: Color32, other: Color32) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn every_text_can_be_read_on_its_ground() {
        for (name, palette) in [("light", &LIGHT), ("dark", &DARK)] {
            let words = [palette.text, palette.weak];
            let stages = [palette.good, palette.careful, palette.bad];
            let everywhere = [
                palette.ground,
                palette.surface,
                palette.accent_ground,
                palette.bad_ground,
            ];
            let pairs = everywhere
                .into_iter()
                .flat_map(|ground| words.into_iter().chain(stages).map(move |text| (text, ground)))
                // Controls under the pointer carry words alone.
                .chain(words.into_iter().map(|text| (text, palette.hover)));
            for (text, ground) in pairs {
                let contrast = contrast(text, ground);
                assert!(contrast >= 4.5, "{name}: {text:?} on {ground:?} has {contrast:.2}");
            }
            for accent in [palette.accent, palette.accent_hover] {
                assert!(contrast(palette.on_accent, accent) >= 4.5, "{name}");
            }
            assert!(contrast(palette.accent, palette.surface) >= 4.5, "{name}");
        }
    }
}
