//! Menus: what a row offers, by pointer and keyboard; the lines, headings and dividers of all others.

use super::super::theme;
use super::button::{colours, plate, shortened_galley};
use super::{Icon, Kind, icon, line, paragraph};
use crate::ui::action::Action;
use eframe::egui::{
    Align2, Color32, CornerRadius, Frame, Galley, Id, Popup, PopupCloseBehavior, PopupKind, Rect, RectAlign, Response,
    Role, Sense, Ui, Vec2, WidgetInfo, pos2, vec2,
};

/// One line of a menu.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum MenuEntry {
    /// What those below it have in common.
    Heading(String),
    /// Why something is not offered.
    Note(String),
    /// A line between groups.
    Divider,
    /// Does something.
    Item {
        icon: Icon,
        label: String,
        /// It takes something away: shown in the colour that says so.
        takes_away: bool,
        action: Action,
    },
}

impl MenuEntry {
    /// A line that does `action`.
    pub(crate) fn item(icon: Icon, label: impl Into<String>, action: Action) -> Self {
        Self::Item {
            icon,
            label: label.into(),
            takes_away: false,
            action,
        }
    }

    /// A line that takes something away.
    pub(crate) fn taking_away(icon: Icon, label: impl Into<String>, action: Action) -> Self {
        Self::Item {
            icon,
            label: label.into(),
            takes_away: true,
            action,
        }
    }
}

/// What became of an open menu in this frame.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum MenuOutcome {
    /// It stays open.
    Open,
    /// Escape, or a click beside it.
    Closed,
    /// A line was chosen.
    Chosen(Action),
}

/// Draws an open menu beside `anchor`, called `name` by a screen reader. The keyboard is on its first line when it opens;
/// arrows, Enter and Escape do what they do in menus. Who opened it takes the focus back when it is closed.
pub(crate) fn popup_menu(ui: &Ui, id: Id, anchor: Rect, name: &str, entries: &[MenuEntry]) -> MenuOutcome {
    let mut open = true;
    let mut chosen = None;
    // At the pointer, as everywhere; below the end of its button, which stands at the window's right.
    let align = if anchor.width() > 0.0 {
        RectAlign::BOTTOM_END
    } else {
        RectAlign::BOTTOM_START
    };
    Popup::new(id, ui.ctx().clone(), anchor, ui.layer_id())
        .kind(PopupKind::Menu)
        .open_bool(&mut open)
        .align(align)
        .align_alternatives(&[RectAlign::TOP_END, RectAlign::LEFT_START, RectAlign::BOTTOM_START])
        .gap(theme::TIGHT)
        .width(theme::ROW_MENU)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .accessible_name(name)
        .show(|ui| {
            ui.set_width(theme::ROW_MENU);
            ui.spacing_mut().item_spacing.y = 0.0;
            chosen = entries_ui(ui, entries);
        });
    match chosen {
        Some(action) => MenuOutcome::Chosen(action),
        None if open => MenuOutcome::Open,
        None => MenuOutcome::Closed,
    }
}

fn entries_ui(ui: &mut Ui, entries: &[MenuEntry]) -> Option<Action> {
    let mut chosen = None;
    // The first frame measures, unseen.
    let mut wants_focus = ui.is_sizing_pass();
    for entry in entries {
        match entry {
            MenuEntry::Heading(text) => heading(ui, text),
            MenuEntry::Note(text) => note(ui, text),
            MenuEntry::Divider => divider(ui),
            MenuEntry::Item {
                icon,
                label,
                takes_away,
                action,
            } => {
                let response = item_ui(ui, *icon, label, *takes_away);
                if std::mem::take(&mut wants_focus) {
                    response.request_focus();
                }
                if response.clicked() {
                    chosen = Some(action.clone());
                }
            }
        }
    }
    chosen
}

/// One line is marked, whether the pointer or the keyboard is on it.
fn item_ui(ui: &mut Ui, symbol: Icon, label: &str, takes_away: bool) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), theme::CONTROL), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::MenuItem, ui.is_enabled(), label));
    if response.hovered() && ui.input(|input| input.pointer.is_moving()) {
        response.request_focus();
    }
    let palette = theme::palette(ui);
    let marked = response.has_focus() || response.is_pointer_button_down_on();
    if marked {
        ui.painter()
            .rect_filled(rect, CornerRadius::same(theme::CORNER), palette.hover);
    }
    let (text, symbol_colour) = match (takes_away, marked) {
        (true, _) => (palette.bad, palette.bad),
        (false, true) => (palette.text, palette.text),
        (false, false) => (palette.text, palette.weak),
    };
    let place = pos2(rect.left() + theme::GAP + theme::ICON / 2.0, rect.center().y);
    icon(
        ui.painter(),
        symbol,
        Rect::from_center_size(place, Vec2::splat(theme::ICON)),
        symbol_colour,
    );
    let left = pos2(rect.left() + theme::GAP + theme::ICON + theme::GAP, rect.center().y);
    let font = theme::regular(theme::BODY);
    let galley = ui
        .painter()
        .layout_no_wrap(label.to_owned(), font, Color32::PLACEHOLDER);
    let at = Align2::LEFT_CENTER.anchor_size(left, galley.size());
    ui.painter().galley(at.min, galley, text);
    response
}

/// One line of a menu, as wide as the menu: `checked` shows what is chosen.
pub(crate) fn menu_row(
    ui: &mut Ui,
    role: Role,
    checked: bool,
    symbol: Option<Icon>,
    text: &str,
    more: &str,
) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), theme::CONTROL), Sense::click());
    response.widget_info(|| WidgetInfo::selected(role, ui.is_enabled(), checked, text));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let palette = theme::palette(ui);
    let colours = colours(palette, Kind::Quiet, &response);
    plate(ui, rect, &colours, &response);
    let mut left = rect.left() + theme::GAP;
    if let Some(symbol) = symbol {
        let place = Rect::from_center_size(
            pos2(left + theme::ICON / 2.0, rect.center().y),
            Vec2::splat(theme::ICON),
        );
        icon(ui.painter(), symbol, place, palette.weak);
        left += theme::ICON + theme::GAP;
    }
    let right = rect.right() - theme::GAP - theme::ICON;
    if checked {
        let place = Rect::from_center_size(
            pos2(right + theme::ICON / 2.0, rect.center().y),
            Vec2::splat(theme::ICON),
        );
        icon(ui.painter(), Icon::Check, place, palette.accent);
    }
    let inner = Rect::from_min_max(pos2(left, rect.top()), pos2(right - theme::GAP, rect.bottom()));
    if row_texts(ui, inner, text, more) {
        response
    } else {
        response.on_hover_text(format!("{text}  {more}").trim_end())
    }
}

/// `text` at the left of `inner`, and as much of `more` at its right as there is room for; true where both stand there in
/// full. Which of several it is, people see by the text.
fn row_texts(ui: &Ui, inner: Rect, text: &str, more: &str) -> bool {
    let palette = theme::palette(ui);
    let (large, small) = (theme::regular(theme::BODY), theme::regular(theme::SMALL));
    let main = shortened_galley(ui, text, &large, inner.width());
    let left_over = inner.width() - main.size().x - theme::WIDE;
    let beside = shortened_galley(ui, more, &small, left_over);
    let is_whole = main.text() == text && beside.text() == more;
    let at = |left: f32, text: &Galley| pos2(left, inner.center().y - text.size().y / 2.0);
    if beside.text() == more || left_over >= theme::PLACE_LEAST {
        let place = at(inner.right() - beside.size().x, &beside);
        ui.painter().galley(place, beside, palette.weak);
    }
    ui.painter().galley(at(inner.left(), &main), main, palette.text);
    is_whole
}

/// A sentence in a menu, as wide as its items' texts.
fn note(ui: &mut Ui, text: &str) {
    let weak = theme::palette(ui).weak;
    Frame::new().inner_margin(theme::NOTE_MARGIN).show(ui, |ui| {
        paragraph(ui, text, theme::regular(theme::SMALL), weak);
    });
}

/// A heading of a menu, as high as its lines.
pub(crate) fn heading(ui: &mut Ui, text: &str) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), theme::CONTROL), Sense::hover());
    let lower = rect
        .with_min_y(rect.top() + theme::GAP)
        .with_min_x(rect.left() + theme::GAP);
    line(ui, lower, text, theme::regular(theme::SMALL), theme::palette(ui).weak);
}

/// A line across a menu or a card.
pub(crate) fn divider(ui: &mut Ui) {
    ui.add_space(theme::DIVIDER);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), theme::HAIRLINE), Sense::hover());
    ui.painter().rect_filled(rect, 0, theme::palette(ui).line);
    ui.add_space(theme::DIVIDER);
}
