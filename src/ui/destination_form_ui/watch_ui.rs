//! The folder whose new files go to the destination by themselves.

use crate::ui::model::{DestinationAction, DestinationForm, FormErrors, Model, Wanted};
use crate::ui::theme;
use crate::ui::widgets::{Icon, field, icon_button, meaning_ui, option_ui};
use eframe::egui::Ui;

pub(super) fn watch_ui(
    ui: &mut Ui,
    form: &mut DestinationForm,
    model: &Model,
    errors: &FormErrors,
    asked: &mut Vec<DestinationAction>,
) {
    let words = &model.words.watching;
    option_ui(ui, words.option, errors.watch.as_deref(), |ui, width| {
        let response = ui
            .horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = theme::TIGHT;
                let width = width - theme::CONTROL - theme::TIGHT;
                let response = field(ui, &mut form.fields.watch, words.option.label, words.hint, width);
                let choose = icon_button(ui, Icon::Folder, theme::CONTROL, words.choose, "");
                if choose.on_hover_text(words.choose).clicked() {
                    asked.push(DestinationAction::ChooseWatched);
                }
                response
            })
            .inner;
        if form
            .wants_focus
            .take_if(|wanted| *wanted == Wanted::WatchedFolder)
            .is_some()
        {
            response.request_focus();
        }
        if !form.fields.watch.trim().is_empty() {
            meaning_ui(ui, words.promise);
        }
        response
    });
}
