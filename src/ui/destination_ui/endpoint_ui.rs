//! Endpoint and region of the chosen profile, folded until they are needed.

use crate::ui::action::Action;
use crate::ui::model::Model;
use crate::ui::theme;
use crate::ui::widgets::{self, Icon, Kind, field, menu_row, row_button};
use eframe::egui::{self, Align, Key, Layout, Role, Ui};

pub(super) fn endpoint_ui(ui: &mut Ui, model: &mut Model, actions: &mut Vec<Action>) {
    let words = model.words;
    let id = ui.scope_id().with("endpoint");
    let is_set = !model.picker.endpoint.is_empty() || !model.picker.region.is_empty();
    let open = ui.data(|data| data.get_temp(id)).unwrap_or(is_set);
    let symbol = if open { Icon::ChevronDown } else { Icon::ChevronRight };
    if menu_row(
        ui,
        Role::DisclosureTriangle,
        false,
        Some(symbol),
        words.endpoint_and_region,
        "",
    )
    .clicked()
    {
        ui.data_mut(|data| data.insert_temp(id, !open));
    }
    if !open {
        return;
    }
    let margin = theme::FIELD_MARGIN;
    egui::Frame::new().inner_margin(margin).show(ui, |ui| {
        let width = ui.available_width();
        let small = theme::regular(theme::SMALL);
        widgets::paragraph(ui, words.endpoint, small.clone(), theme::palette(ui).weak);
        let endpoint = field(
            ui,
            &mut model.picker.endpoint,
            words.endpoint,
            words.endpoint_hint,
            width,
        );
        ui.add_space(theme::TIGHT);
        widgets::paragraph(ui, words.region, small, theme::palette(ui).weak);
        let region = field(ui, &mut model.picker.region, words.region, words.region_hint, width);
        ui.add_space(theme::TIGHT);
        let entered = (endpoint.lost_focus() || region.lost_focus()) && ui.input(|input| input.key_pressed(Key::Enter));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if row_button(ui, Kind::Plain, None, words.apply, "").clicked() || entered {
                actions.push(Action::ApplyEndpoint);
                ui.close();
            }
        });
    });
}
