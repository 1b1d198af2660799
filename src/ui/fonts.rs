//! The typefaces: Inter for Latin, Greek and Cyrillic, `NanumSquare` for Hangul and Han, Hack for what both lack; after
//! them whatever the system has (eframe's fallback). All are under the OFL; see `assets/fonts/OFL.txt`.

use eframe::egui::{Context, FontData, FontDefinitions, FontFamily};
use std::sync::Arc;

const INTER: &str = "Inter";
const INTER_STRONG: &str = "Inter SemiBold";
const NANUM: &str = "NanumSquare";
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
    ] {
        fonts
            .font_data
            .insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    let after_inter = |first: &str| [first, NANUM, HACK].map(str::to_owned).to_vec();
    let emoji = fonts
        .families
        .get(&FontFamily::Proportional)
        .cloned()
        .unwrap_or_default();
    let emoji = emoji
        .into_iter()
        .filter(|name| name != HACK && !name.starts_with("Ubuntu"));
    let with_emoji = |first: &str| after_inter(first).into_iter().chain(emoji.clone()).collect::<Vec<_>>();
    fonts.families.insert(FontFamily::Proportional, with_emoji(INTER));
    fonts
        .families
        .insert(FontFamily::Name(super::theme::STRONG.into()), with_emoji(INTER_STRONG));
    if let Some(monospace) = fonts.families.get_mut(&FontFamily::Monospace) {
        monospace.push(NANUM.to_owned());
    }
    context.set_fonts(fonts);
}
