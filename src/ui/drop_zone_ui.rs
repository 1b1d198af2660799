//! The ways in: the zone (all of an empty window, a slim strip above a list), the buttons, the path field, the overlay
//! while something hovers, and the line that says what will happen.

use super::action::Action;
use super::model::{DestinationAction, Hover, Model};
use super::names;
use super::theme::{self, Palette};
use super::view_model::{Preview, drop_hint, forbidden, handed_facts};
use super::widgets::{self, Icon, Kind, button, field, icon, row_button, width_of};
use super::words::Words;
use eframe::egui::{
    self, Align, Area, CornerRadius, Id, Layout, Order, Rect, Sense, Shape, Stroke, Ui, UiBuilder, Vec2, pos2, vec2,
};

/// The zone of an empty window: as large as there is room for, with the line of what will happen at its foot; `below` it
/// room is left.
pub(crate) fn large_ui(
    ui: &mut Ui,
    model: &mut Model,
    preview: Option<&Preview>,
    below: f32,
    actions: &mut Vec<Action>,
) {
    let words = model.words;
    let palette = theme::palette(ui);
    let foot = if preview.is_some() {
        theme::PREVIEW + theme::GAP
    } else {
        0.0
    };
    let size = vec2(
        ui.available_width(),
        (ui.available_height() - foot - below).max(theme::ZONE_LEAST),
    );
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    dashed(ui, rect, palette);
    let content = if model.path_field.is_some() {
        theme::ZONE_CONTENT_PATH
    } else {
        theme::ZONE_CONTENT
    };
    let middle = Rect::from_center_size(rect.center(), vec2(rect.width() - 2.0 * theme::PAD, content));
    widgets::inside(ui, middle, Layout::top_down(Align::Center), |ui| {
        let (mark, _) = ui.allocate_exact_size(Vec2::splat(theme::ZONE_MARK), Sense::hover());
        ui.painter()
            .circle_filled(mark.center(), theme::ZONE_MARK / 2.0, palette.halo());
        icon(
            ui.painter(),
            Icon::Inbox,
            Rect::from_center_size(mark.center(), Vec2::splat(theme::ZONE_ICON)),
            palette.accent,
        );
        ui.add_space(theme::GAP);
        widgets::paragraph(ui, title(model), theme::strong(theme::TITLE), palette.text);
        let hint = drop_hint(model);
        widgets::paragraph(ui, &hint, theme::regular(theme::BODY), palette.weak);
        ui.add_space(theme::PAD);
        centered_buttons(ui, model, actions);
        if model.path_field.is_some() {
            ui.add_space(theme::PAD);
            path_field_ui(ui, model, actions);
        }
    });
    if let Some(preview) = preview {
        preview_ui(ui, preview, words, actions);
    }
}

/// What the zone says.
fn title(model: &Model) -> &'static str {
    if model.delivers_drops {
        model.words.drop_here
    } else {
        model.words.no_drops_here
    }
}

fn paste_keys(ui: &Ui) -> &'static str {
    if ui.ctx().os() == egui::os::OperatingSystem::Mac {
        "⌘V"
    } else {
        "Ctrl+V"
    }
}

fn centered_buttons(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
    let words = model.words;
    // Egui centres a horizontal row only when it knows its width: measured in the frame before.
    let id = ui.scope_id().with("buttons");
    let width = ui.data(|data| data.get_temp::<f32>(id)).unwrap_or(theme::ZONE_BUTTONS);
    let (rect, _) = ui.allocate_exact_size(vec2(width, theme::CONTROL), Sense::hover());
    let used = widgets::inside(ui, rect, Layout::left_to_right(Align::Center), |ui| {
        if button(ui, Kind::Primary, Some(Icon::File), words.choose_files).clicked() {
            actions.push(Action::ChooseFiles);
        }
        if button(ui, Kind::Plain, Some(Icon::Folder), words.choose_folder).clicked() {
            actions.push(Action::ChooseFolder);
        }
        let paste = format!("{}  {}", words.pasting.paste, paste_keys(ui));
        if button(ui, Kind::Quiet, Some(Icon::Paste), &paste).clicked() {
            actions.push(Action::Paste);
        }
        ui.min_rect().width()
    });
    if (used - width).abs() > 0.5 {
        ui.data_mut(|data| data.insert_temp(id, used));
        widgets::draw_again(ui, "the buttons are centred by their width");
    }
}

/// The zone above a list.
pub(crate) fn slim_ui(ui: &mut Ui, model: &mut Model, actions: &mut Vec<Action>) {
    let (words, palette) = (model.words, theme::palette(ui));
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), theme::SLIM_ZONE), Sense::hover());
    dashed(ui, rect, palette);
    let inner = rect.shrink2(vec2(theme::PAD, 0.0));
    // Where there is no room for the words, the folder's button keeps its icon alone.
    let is_narrow = rect.width() < theme::NARROW_ZONE;
    let left_of_buttons = widgets::at_right(ui, inner, |ui| {
        if row_button(ui, Kind::Plain, Some(Icon::File), words.choose_files, "").clicked() {
            actions.push(Action::ChooseFiles);
        }
        let folder = if is_narrow {
            widgets::icon_button(ui, Icon::Folder, theme::ROW_CONTROL, words.choose_folder, "")
        } else {
            row_button(ui, Kind::Plain, Some(Icon::Folder), words.choose_folder, "")
        };
        if folder.clicked() {
            actions.push(Action::ChooseFolder);
        }
    });
    let center = pos2(rect.left() + theme::PICTURE_CENTER, rect.center().y);
    let mark = Rect::from_center_size(center, Vec2::splat(theme::SLIM_ICON));
    icon(ui.painter(), Icon::Inbox, mark, palette.accent);
    let text = Rect::from_min_max(
        pos2(rect.left() + theme::TEXT_LEFT, rect.top()),
        pos2(left_of_buttons - theme::GAP, rect.bottom()),
    );
    widgets::line(ui, text, title(model), theme::regular(theme::BODY), palette.text);
    if model.path_field.is_some() {
        path_field_ui(ui, model, actions);
    }
}

fn path_field_ui(ui: &mut Ui, model: &mut Model, actions: &mut Vec<Action>) {
    let words = model.words;
    let Some(path_field) = &mut model.path_field else {
        return;
    };
    widgets::paragraph(
        ui,
        words.no_dialog,
        theme::regular(theme::SMALL),
        theme::palette(ui).careful,
    );
    let width = ui.available_width().min(theme::PATH_FIELD);
    let (rect, _) = ui.allocate_exact_size(vec2(width, theme::CONTROL), Sense::hover());
    // The same in both zones: what was typed has filled the list, and the keyboard stays.
    let same = UiBuilder::new().scope_id(Id::unique("path field"));
    let same = same.max_rect(rect).layout(Layout::left_to_right(Align::Center));
    ui.scope_builder(same, |ui| {
        let add = width_of(ui, words.add, &theme::regular(theme::BODY)) + 2.0 * theme::BUTTON_SIDE;
        let width = ui.available_width() - add - theme::CONTROL - 2.0 * theme::GAP;
        let response = field(ui, &mut path_field.text, words.path_field, words.path_hint, width);
        let add = button(ui, Kind::Plain, None, words.add).clicked();
        if widgets::icon_button(ui, Icon::Cross, theme::CONTROL, words.dismiss, "").clicked() {
            actions.push(Action::ClosePathField);
        }
        if std::mem::take(&mut path_field.wants_focus) {
            response.request_focus();
        }
        if add || (response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter))) {
            actions.push(Action::AddTypedPath);
            response.request_focus();
        }
    });
}

/// What will happen: `{rand}/{name} → k3f9x2ab/a.png` at the left, access, validity and type at the right; pressed, it lets
/// it be changed.
pub(crate) fn preview_ui(ui: &mut Ui, preview: &Preview, words: &Words, actions: &mut Vec<Action>) {
    let palette = theme::palette(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), theme::PREVIEW), Sense::hover());
    let edit = widgets::area_button(ui, rect, words.destination.edit_options);
    widgets::describe(ui, &edit, &preview.facts);
    if edit.on_hover_text(words.destination.edit_options).clicked() {
        actions.push(Action::Destination(DestinationAction::EditCurrent));
    }
    let rect = rect.shrink2(vec2(theme::TIGHT, 0.0));
    let font = theme::regular(theme::SMALL);
    // The key is what matters: where not all fits, the template goes first, then the facts from the last on.
    let key_text = preview.object_key.as_ref().unwrap_or_else(|sentence| sentence);
    let wanted = width_of(ui, key_text, &font);
    let facts = width_of(ui, &preview.facts, &font);
    let mut arrow = format!("{}  →  ", preview.template);
    if preview.template.is_empty() || width_of(ui, &arrow, &font) + wanted + theme::PAD + facts > rect.width() {
        "→  ".clone_into(&mut arrow);
    }
    let key_left = rect.left() + width_of(ui, &arrow, &font);
    let facts_left = (rect.right() - facts)
        .max(key_left + wanted + theme::PAD)
        .min(rect.right() - facts.min(theme::FACTS_LEAST));
    let left = rect.with_max_x(key_left);
    let key = rect.with_min_x(key_left).with_max_x(facts_left - theme::PAD);
    let right = rect.with_min_x(facts_left);
    widgets::line(ui, left, &arrow, font.clone(), palette.weak);
    match &preview.object_key {
        Ok(object_key) => widgets::middle(ui, key, object_key, &font, palette.text),
        Err(sentence) => widgets::line(ui, key, sentence, font.clone(), palette.bad),
    };
    widgets::parts(ui, right, &preview.facts, &font, palette.weak);
}

/// Over the whole window while something hovers: where it will go.
pub(crate) fn overlay_ui(ui: &Ui, model: &Model) {
    let Some(hover) = &model.hover else { return };
    let (words, palette) = (model.words, theme::palette(ui));
    let title = match model.picker.destination() {
        _ if hover.brings_form() => words.handed.drop_form.to_owned(),
        Some(destination) => (words.drop_to_send)(&words.destination_name(&destination.name)),
        None => words.drop_without_destination.to_owned(),
    };
    let all = ui.ctx().content_rect();
    let area = Area::new(Id::unique("drop overlay"))
        .order(Order::Tooltip)
        .interactable(false);
    area.fixed_pos(all.min).show(ui.ctx(), |ui| {
        ui.set_min_size(all.size());
        // Opaque: what shimmers through would be read together with where the files go.
        ui.painter().rect_filled(all, CornerRadius::ZERO, palette.accent_ground);
        let border = all.shrink(theme::WIDE);
        dashes(ui.painter(), border, Stroke::new(theme::OVERLAY_DASH, palette.accent));
        let middle = Rect::from_center_size(
            border.center(),
            vec2(border.width() - 2.0 * theme::PAD, theme::OVERLAY_CONTENT),
        );
        widgets::inside(ui, middle, Layout::top_down(Align::Center), |ui| {
            let (mark, _) = ui.allocate_exact_size(Vec2::splat(theme::OVERLAY_MARK), Sense::hover());
            ui.painter()
                .circle_filled(mark.center(), theme::OVERLAY_MARK / 2.0, palette.accent);
            let symbol = Rect::from_center_size(mark.center(), Vec2::splat(theme::OVERLAY_ICON));
            icon(ui.painter(), Icon::Inbox, symbol, palette.on_accent);
            ui.add_space(theme::GAP);
            widgets::paragraph(ui, &title, theme::strong(theme::TITLE), palette.text);
            widgets::paragraph(
                ui,
                &what_hovers(model, hover),
                theme::regular(theme::BODY),
                palette.weak,
            );
            limits_ui(ui, model, hover);
        });
    });
}

/// What the form takes, or that it will not take what hovers.
fn limits_ui(ui: &mut Ui, model: &Model, hover: &Hover) {
    if hover.brings_form() {
        return;
    }
    let palette = theme::palette(ui);
    let font = theme::regular(theme::SMALL);
    if let Some(sentence) = forbidden(model, &hover.names) {
        widgets::paragraph(ui, &sentence, font, palette.bad);
    } else if let Some(facts) = model.picker.destination().and_then(|to| handed_facts(model, &to)) {
        widgets::paragraph(ui, &facts, font, palette.weak);
    }
}

fn what_hovers(model: &Model, hover: &Hover) -> String {
    let total = hover.count.unwrap_or_default().max(hover.names.len());
    match (hover.names.as_slice(), total) {
        ([], 0) => String::new(),
        ([], total) => (model.words.items)(total),
        (known, total) => names::listed(known.iter().map(String::as_str), total, model.words),
    }
}

fn dashed(ui: &Ui, rect: Rect, palette: &Palette) {
    ui.painter()
        .rect_filled(rect, CornerRadius::same(theme::CORNER_LARGE), palette.surface);
    dashes(
        ui.painter(),
        rect.shrink(theme::ZONE_DASH / 2.0),
        Stroke::new(theme::ZONE_DASH, palette.dashes()),
    );
}

/// A dashed rounded rectangle.
fn dashes(painter: &egui::Painter, rect: Rect, stroke: Stroke) {
    let mut path = Vec::new();
    let rounded = egui::epaint::RoundedRect::new(rect, f32::from(theme::CORNER_LARGE));
    egui::epaint::tessellator::path::rounded_rectangle(&mut path, rounded);
    if let Some(first) = path.first().copied() {
        path.push(first);
    }
    painter.extend(Shape::dashed_line(&path, stroke, theme::DASH, theme::DASH_GAP));
}
