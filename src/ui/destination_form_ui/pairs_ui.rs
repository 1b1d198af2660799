//! Names and values: metadata and tags.

use crate::ui::theme;
use crate::ui::widgets::{Icon, Kind, field, icon_button, option_ui, row_button};
use crate::ui::words::{DestinationWords, Explained};
use eframe::egui::{Align, Layout, Ui, vec2};

/// One line a pair, and a button for one more.
pub(super) fn pairs_ui(
    ui: &mut Ui,
    option: Explained,
    words: &DestinationWords,
    pairs: &mut Vec<(String, String)>,
    error: Option<&str>,
) {
    option_ui(ui, option, error, |ui, width| {
        let mut removed = None;
        for (place, pair) in pairs.iter_mut().enumerate() {
            ui.push_id((option.label, place), |ui| {
                let line = vec2(width, theme::CONTROL);
                ui.allocate_ui_with_layout(line, Layout::left_to_right(Align::Center), |ui| {
                    if pair_ui(ui, option, words, pair, width) {
                        removed = Some(place);
                    }
                });
            });
        }
        if let Some(place) = removed {
            pairs.remove(place);
        }
        let add = row_button(ui, Kind::Plain, None, words.add_pair, option.label);
        if add.clicked() {
            pairs.push((String::new(), String::new()));
        }
        add
    });
}

/// Whether it is to go.
fn pair_ui(
    ui: &mut Ui,
    option: Explained,
    words: &DestinationWords,
    (name, value): &mut (String, String),
    width: f32,
) -> bool {
    ui.spacing_mut().item_spacing.x = theme::TIGHT;
    let each = (width - theme::CONTROL - theme::GAP) / 2.0;
    let label = |part: &str| format!("{}: {part}", option.label);
    field(ui, name, &label(words.pair_name), words.pair_name, each);
    field(ui, value, &label(words.pair_value), words.pair_value, each);
    icon_button(ui, Icon::Cross, theme::CONTROL, words.remove_pair, name).clicked()
}
