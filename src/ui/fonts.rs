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
