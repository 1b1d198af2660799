//! A URL as a QR code: from this screen to a telephone.

use super::action::Action;
use super::theme;
use super::widgets::{dialog, paragraph};
use super::words::Words;
use eframe::egui::emath::GuiRounding as _;
use eframe::egui::{Rect, Sense, Ui, Vec2, vec2};
use qrcodegen::{QrCode, QrCodeEcc};

/// The quiet zone that ISO/IEC 18004 asks for, in modules.
const QUIET: i32 = 4;

/// Draws the dialog. Black on white in every theme: readers expect it.
pub(crate) fn qr_ui(ui: &Ui, url: &str, words: &Words, actions: &mut Vec<Action>) {
    let closed = dialog(ui, words.qr_title, words.close, theme::QR, |ui| {
        // The most that a code holds is 2,953 bytes: a URL with an object key of 1,024 may be longer when encoded.
        let palette = theme::palette(ui);
        if let Ok(code) = QrCode::encode_text(url, QrCodeEcc::Low) {
            code_ui(ui, &code);
            paragraph(ui, words.qr_explained, theme::regular(theme::SMALL), palette.weak);
        } else {
            paragraph(ui, words.qr_too_long, theme::regular(theme::BODY), palette.bad);
        }
    });
    if closed {
        actions.push(Action::CloseDialog);
    }
}

fn code_ui(ui: &mut Ui, code: &QrCode) {
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(theme::QR), Sense::hover());
    let painter = ui.painter();
    painter.rect_filled(rect, theme::CORNER, theme::QR_LIGHT);
    let modules = code.size() + 2 * QUIET;
    #[allow(clippy::cast_precision_loss, reason = "a code has at most 177 modules a side")]
    let place = |module: i32| (module + QUIET) as f32 / modules as f32 * theme::QR;
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            let from = rect.min + vec2(place(x), place(y));
            let to = rect.min + vec2(place(x + 1), place(y + 1));
            // Whole pixels: a gap between two modules would be read as light.
            let snapped = Rect::from_min_max(from, to).round_to_pixels(ui.pixels_per_point());
            painter.rect_filled(snapped, 0, theme::QR_DARK);
        }
    }
}
