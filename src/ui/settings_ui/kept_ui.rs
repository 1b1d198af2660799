//! Where things are kept: each path with a copy button, and shown in its folder.

use crate::ui::action::Action;
use crate::ui::model::Model;
use crate::ui::theme;
use crate::ui::view_model::{KeptPlace, kept_places};
use crate::ui::widgets::{self, Icon, divider, icon_button, paragraph};
use eframe::egui::{Rect, Ui, pos2, vec2};

/// Draws the card's contents.
pub(super) fn kept_ui(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
    let (words, palette) = (&model.words.settings, theme::palette(ui));
    let places = kept_places(model);
    if places.is_empty() {
        paragraph(ui, words.kept_nowhere, theme::regular(theme::BODY), palette.weak);
    }
    for place in &places {
        place_ui(ui, place, model, actions);
    }
    divider(ui);
    paragraph(ui, words.keys_elsewhere, theme::regular(theme::SMALL), palette.weak);
}

fn place_ui(ui: &mut Ui, place: &KeptPlace, model: &Model, actions: &mut Vec<Action>) {
    let (words, palette) = (&model.words.settings, theme::palette(ui));
    let width = ui.available_width();
    let buttons = 2.0 * theme::CONTROL + theme::TIGHT;
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(
            vec2(width - buttons - theme::GAP, theme::TWO_LINES),
            eframe::egui::Sense::hover(),
        );
        let (above, below) = rect.split_top_bottom_at_fraction(0.5);
        widgets::line(ui, above, place.label, theme::regular(theme::BODY), palette.text);
        let path = Rect::from_min_max(below.min, pos2(rect.right(), below.bottom()));
        widgets::middle(ui, path, &place.shown, &theme::regular(theme::SMALL), palette.weak);
        ui.spacing_mut().item_spacing.x = theme::TIGHT;
        let (symbol, copy) = if place.copied {
            (Icon::Check, model.words.copied)
        } else {
            (Icon::Copy, words.copy_path)
        };
        if icon_button(ui, symbol, theme::CONTROL, copy, place.label).clicked() {
            actions.push(place.copy.clone());
        }
        if icon_button(ui, Icon::Folder, theme::CONTROL, words.show_in_folder, place.label).clicked() {
            actions.push(Action::ShowInFolder(place.path.clone()));
        }
    });
}
