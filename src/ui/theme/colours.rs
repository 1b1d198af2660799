//! The colours of the window, for light and dark. All text has a contrast of at least 4.5:1 on its ground (a test computes it).

use eframe::egui::{self, Color32};

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

impl Palette {
    /// A disc behind an accented icon.
    pub(crate) fn halo(&self) -> Color32 {
        self.accent.gamma_multiply(0.12)
    }

    /// The dashes around the drop zone.
    pub(crate) fn dashes(&self) -> Color32 {
        self.weak.gamma_multiply(0.55)
    }

    /// What is selected in a field.
    pub(super) fn selection(&self) -> Color32 {
        self.accent.gamma_multiply(0.3)
    }

    /// A button that takes something away, under the pointer.
    pub(crate) fn bad_hover(&self) -> Color32 {
        self.bad.lerp_to_gamma(self.text, 0.2)
    }
}

const fn rgb(hex: u32) -> Color32 {
    let [_, red, green, blue] = hex.to_be_bytes();
    Color32::from_rgb(red, green, blue)
}

pub(super) const LIGHT: Palette = Palette {
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

pub(super) const DARK: Palette = Palette {
    ground: rgb(0x0018_181B),
    surface: rgb(0x0021_2125),
    raised: rgb(0x0035_353B),
    hover: rgb(0x002B_2B30),
    pressed: rgb(0x0032_3238),
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

/// The light of a QR code, in every theme: readers expect it.
pub(crate) const QR_LIGHT: Color32 = Color32::WHITE;
/// The dark of a QR code.
pub(crate) const QR_DARK: Color32 = Color32::BLACK;
/// A picture in its own colours.
pub(crate) const UNTINTED: Color32 = Color32::WHITE;

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
                // What is being sent, in a row that is selected or not.
                .chain(everywhere.map(|ground| (palette.accent, ground)))
                .chain(buttons(palette));
            for (text, ground) in pairs {
                let contrast = contrast(text, ground);
                assert!(contrast >= 4.5, "{name}: {text:?} on {ground:?} has {contrast:.2}");
            }
        }
    }

    /// Words on controls: as they stand, under the pointer, pressed, chosen. Only what takes away, and what cannot be sent,
    /// is in a colour there.
    fn buttons(palette: &Palette) -> impl Iterator<Item = (Color32, Color32)> {
        let filled = [palette.accent, palette.accent_hover, palette.bad, palette.bad_hover()];
        let touched = [palette.hover, palette.pressed];
        let words = [palette.text, palette.weak, palette.bad];
        let on_touched = touched.map(|ground| words.map(|text| (text, ground)));
        let chosen = [palette.text, palette.weak].map(|text| (text, palette.raised));
        let on_filled = filled.map(|ground| (palette.on_accent, ground));
        on_touched.into_iter().flatten().chain(chosen).chain(on_filled)
    }
}
