//! The saved destinations: each with what it is, edited and removed by the dialogs that the picker opens too.

use crate::store::Destination;
use crate::ui::action::Action;
use crate::ui::model::{DestinationAction, Model};
use crate::ui::widgets::{self, Icon, Kind, icon_button, paragraph, row_button};
use crate::ui::{names, theme};
use eframe::egui::{ScrollArea, Sense, Ui, vec2};

/// Draws the card's contents.
pub(super) fn saved_ui(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
    let saved = &model.settings.destinations;
    if saved.is_empty() {
        let none = model.words.settings.none_saved;
        paragraph(ui, none, theme::regular(theme::SMALL), theme::palette(ui).weak);
    } else {
        let most = theme::SAVED_SHOWN * (theme::TWO_LINES + theme::GAP);
        ScrollArea::vertical()
            .id_salt("saved")
            .max_height(most)
            // Within the page, which scrolls itself, there is no height to be had from outside.
            .min_scrolled_height(most)
            .show_rows(ui, theme::TWO_LINES, saved.len(), |ui, range| {
                for destination in saved.iter().skip(range.start).take(range.len()) {
                    destination_ui(ui, destination, model, actions);
                }
            });
    }
    if row_button(ui, Kind::Plain, Some(Icon::Plus), model.words.destination.add, "").clicked() {
        actions.push(Action::Destination(DestinationAction::Add));
    }
}

fn destination_ui(ui: &mut Ui, destination: &Destination, model: &Model, actions: &mut Vec<Action>) {
    let (words, palette) = (&model.words.destination, theme::palette(ui));
    let name = names::harmless(&destination.name);
    let width = ui.available_width() - 2.0 * theme::CONTROL - theme::TIGHT - theme::GAP;
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(width, theme::TWO_LINES), Sense::hover());
        let (above, below) = rect.split_top_bottom_at_fraction(0.5);
        widgets::middle(ui, above, &name, &theme::regular(theme::BODY), palette.text);
        let bucket = names::harmless(destination.kind.place());
        widgets::middle(ui, below, &bucket, &theme::regular(theme::SMALL), palette.weak);
        ui.spacing_mut().item_spacing.x = theme::TIGHT;
        let saved = || destination.name.clone();
        if icon_button(ui, Icon::Pen, theme::CONTROL, words.edit, &name).clicked() {
            actions.push(Action::Destination(DestinationAction::Edit(saved())));
        }
        if icon_button(ui, Icon::Cross, theme::CONTROL, words.remove, &name).clicked() {
            actions.push(Action::Destination(DestinationAction::AskToRemove(saved())));
        }
    });
}
