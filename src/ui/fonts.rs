//! The typefaces: Inter for Latin, Greek and Cyrillic, `NanumSquare` for Hangul and Han, Hack for what both lack; after
//! them whatever the system has (eframe's fallback). All are under the OFL; see `assets/fonts/OFL.txt`.

use eframe::egui::{Context, FontData, FontDefinitions, FontFamily};
use std::sync::Arc;

const INTER: &str = "Inter";
const INTER_STRONG: &str = "Inter SemiBold";
const NANUM: &str = "NanumSquare";
const NANUM_STRONG: &str = "NanumSquare Bold";
const HACK: &str = "Hack";

/// Fonts that need nothing from the system.
pub(super) fn install(context: &Context) {
    let mut fonts = FontDefinitions::default();
    for (name, bytes) in [
        (INTER, include_bytes!("../../assets/fonts/Inter-Regular.otf").as_slice()),
        (
            INTER_STRONG,
            include_bytes!("../../assets/fonts/Inter-SemiBold.otf").as_slice(),
        ),
        (NANUM, include_bytes!("../../assets/fonts/NanumSquareR.ttf").as_slice()),
        (
            NANUM_STRONG,
            include_bytes!("../../assets/fonts/NanumSquareB.ttf").as_slice(),
        ),
    ] {
        fonts
            .font_data
            .insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    let rest: Vec<String> = fonts
        .families
        .get(&FontFamily::Proportional)
        .cloned()
        .unwrap_or_default();
    let rest = rest
        .into_iter()
        .filter(|name| name != HACK && !name.starts_with("Ubuntu"));
    let family = |latin: &str, hangul: &str| {
        let ours = [latin, hangul, HACK].map(str::to_owned);
        ours.into_iter().chain(rest.clone()).collect::<Vec<_>>()
    };
    fonts.families.insert(FontFamily::Proportional, family(INTER, NANUM));
    let strong = FontFamily::Name(super::theme::STRONG.into());
    fonts.families.insert(strong, family(INTER_STRONG, NANUM_STRONG));
    if let Some(monospace) = fonts.families.get_mut(&FontFamily::Monospace) {
        monospace.push(NANUM.to_owned());
    }
    context.set_fonts(fonts);
}

#[cfg(test)]
mod tests {
    use super::super::theme;
    use eframe::egui::{Color32, Context, FontId, RawInput};

    /// How wide the letter x is drawn in `text`.
    fn width_of_x(context: &Context, font: &FontId, text: &str) -> f32 {
        let galley =
            context.fonts_mut(|fonts| fonts.layout_no_wrap(text.to_owned(), font.clone(), Color32::PLACEHOLDER));
        let mut glyphs = galley.rows.iter().flat_map(|row| row.glyphs.iter());
        glyphs
            .find(|glyph| glyph.chr == 'x')
            .map_or(0.0, |glyph| glyph.advance_width)
    }

    #[test]
    fn a_letter_of_an_object_key_is_not_turned_into_a_sign() {
        let context = Context::default();
        theme::install(&context);
        context.begin_pass(RawInput::default());
        for font in [theme::regular(theme::SMALL), theme::strong(theme::BODY)] {
            // Inter's contextual alternates would show 9×2.
            let [between_digits, alone] = ["9x2", "x"].map(|text| width_of_x(&context, &font, text));
            assert!((between_digits - alone).abs() < 0.3, "{between_digits} is not {alone}");
        }
    }
}
