//! The sizes and distances of the window, in points.
//!
//! Distances are steps of 4: [`TIGHT`], [`GAP`], [`WIDE`], [`PAD`], [`ROOM`]. What has a meaning of its own has a name of
//! its own, from the whole window to the smallest mark.

use eframe::egui::{Margin, Vec2, vec2};

/// Within one thing.
pub(crate) const TIGHT: f32 = 4.0;
/// Between things that belong together.
pub(crate) const GAP: f32 = 8.0;
/// Between things that stand side by side.
pub(crate) const WIDE: f32 = 12.0;
/// Around what a page or a row holds.
pub(crate) const PAD: f32 = 16.0;
/// Between parts.
pub(crate) const ROOM: f32 = 24.0;

/// The size of facts and hints.
pub(crate) const SMALL: f32 = 13.0;
/// The size of names and controls.
pub(crate) const BODY: f32 = 15.0;
/// The size of what the window says when it is empty.
pub(crate) const TITLE: f32 = 20.0;
/// Height of a line of body text.
pub(crate) const LINE: f32 = 22.0;
/// Height of a line of small text.
pub(crate) const LINE_SMALL: f32 = 18.0;

/// Borders and dividers.
pub(crate) const HAIRLINE: f32 = 1.0;
/// The ring around what has the keyboard.
pub(crate) const RING: f32 = 2.0;
/// From a control to the outside of its ring.
pub(crate) const RING_AWAY: f32 = 4.0;

/// Corners of controls and cards.
pub(crate) const CORNER: u8 = 6;
/// Corners of the drop zone, menus and dialogs.
pub(crate) const CORNER_LARGE: u8 = 12;
/// Corners of a control's ring.
pub(crate) const CORNER_RING: u8 = CORNER + 4;
/// Corners of what holds segments.
pub(crate) const CORNER_SEGMENTS: u8 = CORNER + 2;

/// The window when it is opened first.
pub(crate) const WINDOW: Vec2 = vec2(900.0, 640.0);
/// The smallest window.
pub(crate) const WINDOW_LEAST: Vec2 = vec2(520.0, 400.0);
/// What a question leaves free of the window at both sides.
pub(crate) const WINDOW_EDGE: f32 = 48.0;
/// At the left and right of the bar and the footer.
pub(crate) const WINDOW_SIDES: Margin = Margin::symmetric(16, 0);
/// Around a page.
pub(crate) const PAGE_MARGIN: Margin = Margin::symmetric(16, 12);
/// Width of a page of two columns.
pub(crate) const PAGE: f32 = 1000.0;
/// From here on a page has two columns.
pub(crate) const TWO_COLUMNS: f32 = 720.0;
/// Width of a page's column of settings.
pub(crate) const COLUMN: f32 = 640.0;
/// Around what a card holds.
pub(crate) const CARD_MARGIN: Margin = Margin::same(16);
/// Taken for the width of what was not drawn yet.
pub(crate) const UNMEASURED: f32 = 160.0;

/// Height of buttons and fields.
pub(crate) const CONTROL: f32 = 32.0;
/// Height of the buttons in a row.
pub(crate) const ROW_CONTROL: f32 = 28.0;
/// Height of the buttons in the bar at the top.
pub(crate) const HEADER_CONTROL: f32 = 36.0;
/// At both sides of what a button holds.
pub(crate) const BUTTON_SIDE: f32 = 12.0;
/// Between a button's icon and its text.
pub(crate) const BUTTON_ICON_GAP: f32 = 6.0;
/// Around the text of a field.
pub(crate) const FIELD_MARGIN: Margin = Margin::symmetric(8, 4);
/// Around the text of a field of several lines.
pub(crate) const AREA_MARGIN: Margin = Margin::same(8);
/// Lines of such a field.
pub(crate) const AREA_ROWS: usize = 6;
/// The highest such field; more scrolls in it.
pub(crate) const AREA: f32 = 160.0;
/// The same where there is a magnifying glass at its beginning, and a cross at its end.
pub(crate) const SEARCH_MARGIN: Margin = Margin::symmetric(32, 4);
/// From the left of a search field to the middle of its magnifying glass.
pub(crate) const SEARCH_ICON: f32 = 18.0;
/// Width of a field for a number.
pub(crate) const NUMBER: f32 = 48.0;
/// From the edge of a control of segments to the segments.
pub(crate) const SEGMENT_INSET: f32 = 2.0;
/// A switch.
pub(crate) const SWITCH: Vec2 = vec2(36.0, 20.0);
/// Its corners: it is round.
pub(crate) const SWITCH_CORNER: u8 = 10;
/// The corners of its ring.
pub(crate) const SWITCH_RING: u8 = 14;
/// Half of what moves in it.
pub(crate) const SWITCH_KNOB: f32 = 6.0;
/// The thickness of a bar.
pub(crate) const BAR: f32 = 6.0;
/// Its corners: it is round.
pub(crate) const BAR_CORNER: u8 = 3;
/// The thickness of a spinner's line.
pub(crate) const SPINNER: f32 = 1.8;
/// Icons beside text.
pub(crate) const ICON: f32 = 16.0;

/// Height of the bar at the top.
pub(crate) const HEADER: f32 = 56.0;
/// At both sides of a tab's name.
pub(crate) const TAB_SIDE: f32 = 10.0;
/// The line below the tab of the page that is shown.
pub(crate) const TAB_LINE: f32 = 2.0;
/// Its corners.
pub(crate) const TAB_LINE_CORNER: u8 = 1;
/// The least width of the profile's button.
pub(crate) const PROFILE_LEAST: f32 = 112.0;
/// The least width of the bucket's button.
pub(crate) const BUCKET_LEAST: f32 = 112.0;
/// Height of the footer.
pub(crate) const FOOTER: f32 = 48.0;

/// Least height of a strip (held files, interrupted uploads).
pub(crate) const STRIP: f32 = 48.0;
/// Above and below the text of a strip.
pub(crate) const STRIP_INSET: f32 = 10.0;
/// The thickness of a strip's countdown.
pub(crate) const COUNTDOWN: f32 = 2.0;
/// Its corners: it is round.
pub(crate) const COUNTDOWN_CORNER: u8 = 1;

/// The least height of the drop zone of an empty window.
pub(crate) const ZONE_LEAST: f32 = 200.0;
/// Height of what it says.
pub(crate) const ZONE_CONTENT: f32 = 180.0;
/// The same with the field for a path.
pub(crate) const ZONE_CONTENT_PATH: f32 = 264.0;
/// The disc in it.
pub(crate) const ZONE_MARK: f32 = 56.0;
/// The icon on the disc.
pub(crate) const ZONE_ICON: f32 = 24.0;
/// Taken for the width of its buttons until they were drawn once.
pub(crate) const ZONE_BUTTONS: f32 = 480.0;
/// Width of the field for a path.
pub(crate) const PATH_FIELD: f32 = 600.0;
/// The thickness of the dashes around it.
pub(crate) const ZONE_DASH: f32 = 1.5;
/// The length of a dash.
pub(crate) const DASH: f32 = 6.0;
/// Between dashes.
pub(crate) const DASH_GAP: f32 = 5.0;
/// Height of the drop zone when there are uploads.
pub(crate) const SLIM_ZONE: f32 = 64.0;
/// The icon in it.
pub(crate) const SLIM_ICON: f32 = 20.0;
/// Below this it says less on its buttons.
pub(crate) const NARROW_ZONE: f32 = 600.0;
/// Height of the line that tells what will happen.
pub(crate) const PREVIEW: f32 = 24.0;
/// Height of the line that says which folder is watched: that of its button.
pub(crate) const WATCH_LINE: f32 = ROW_CONTROL;
/// The least width of the facts in it.
pub(crate) const FACTS_LEAST: f32 = 96.0;
/// The disc over the window while something hovers.
pub(crate) const OVERLAY_MARK: f32 = 72.0;
/// The icon on the disc.
pub(crate) const OVERLAY_ICON: f32 = 32.0;
/// Height of what it says.
pub(crate) const OVERLAY_CONTENT: f32 = 152.0;
/// The thickness of the dashes around it.
pub(crate) const OVERLAY_DASH: f32 = 2.0;

/// Height of a row, without its failure.
pub(crate) const ROW: f32 = 60.0;
/// From the top of a row to the middles of its two lines.
pub(crate) const ROW_LINES: [f32; 2] = [20.0, 41.0];
/// Height of each of them.
pub(crate) const ROW_LINE: f32 = 20.0;
/// What a row's failure takes until it was drawn once and its text has wrapped.
pub(crate) const FAILURE: f32 = 84.0;
/// Below this a list's rows and head keep only what is wanted most.
pub(crate) const NARROW_LIST: f32 = 640.0;
/// The picture of a row: a thumbnail, or the icon of its type.
pub(crate) const THUMBNAIL: f32 = 40.0;
/// The icon of a file's type.
pub(crate) const TYPE_ICON: f32 = 22.0;
/// From the left of rows, strips and the zone above them to the middle of their picture: all stand in one line.
pub(crate) const PICTURE_CENTER: f32 = PAD + THUMBNAIL / 2.0;
/// The same to their text.
pub(crate) const TEXT_LEFT: f32 = PAD + THUMBNAIL + PAD;
/// The mark of a row's stage, at the corner of its picture.
pub(crate) const MARK: f32 = 16.0;
/// From the corner of the picture to the middle of the mark.
pub(crate) const MARK_INSET: f32 = 3.0;
/// The ground around the mark.
pub(crate) const MARK_EDGE: f32 = 2.0;
/// The icon on the mark.
pub(crate) const MARK_ICON: f32 = 10.0;
/// A shorter place than this says nothing: it is left out.
pub(crate) const PLACE_LEAST: f32 = 64.0;
/// The shortest bar that still shows how far an upload is.
pub(crate) const BAR_LEAST: f32 = 80.0;
/// The room for numbers grows by this, so that the bar does not tremble with them.
pub(crate) const NUMBERS_STEP: f32 = 24.0;
/// From the edge of a selected row to its tint.
pub(crate) const SELECTED_INSET: f32 = 3.0;
/// The thickness of the bar at its left.
pub(crate) const SELECTED_BAR: f32 = 3.0;
/// What the bar leaves free above and below.
pub(crate) const SELECTED_ENDS: f32 = 11.0;
/// The corners of the bar.
pub(crate) const SELECTED_CORNER: u8 = 2;

/// Height of a day's heading in the history.
pub(crate) const DAY: f32 = 44.0;
/// Height of the text in it, at its foot.
pub(crate) const DAY_TEXT: f32 = 30.0;
/// The search field, where there is room for it.
pub(crate) const SEARCH: f32 = 400.0;
/// The most that it takes of the page.
pub(crate) const SEARCH_SHARE: f32 = 0.5;
/// The same on a narrow page.
pub(crate) const SEARCH_SHARE_NARROW: f32 = 0.36;
/// Height of what the page says when it shows nothing.
pub(crate) const NOTHING: f32 = 160.0;
/// The icon above it.
pub(crate) const NOTHING_ICON: f32 = 40.0;
/// From the left of a row that is being read to what stands for its text.
pub(crate) const COMING_LEFT: f32 = 70.0;
/// What stands for its two lines: from the top of the row to their middles, and their share of its width.
pub(crate) const COMING_LINES: [(f32, f32); 2] = [(ROW_LINES[0], 0.25), (ROW_LINES[1], 0.4)];
/// The thickness of them.
pub(crate) const COMING_BAR: f32 = 8.0;
/// Their corners: they are round.
pub(crate) const COMING_CORNER: u8 = 4;

/// Width of menus.
pub(crate) const MENU: f32 = 304.0;
/// Width of a row's menu.
pub(crate) const ROW_MENU: f32 = 216.0;
/// Around what a menu holds.
pub(crate) const MENU_MARGIN: Margin = Margin::same(8);
/// Around a sentence in a menu.
pub(crate) const NOTE_MARGIN: Margin = Margin::symmetric(8, 6);
/// Above and below the line across a menu.
pub(crate) const DIVIDER: f32 = 6.0;
/// The highest list in a menu.
pub(crate) const MENU_LIST: f32 = 320.0;
/// The list of profiles and saved destinations: its least and most height.
pub(crate) const PLACES: [f32; 2] = [100.0, 380.0];
/// What the menu holds around that list.
pub(crate) const AROUND_PLACES: f32 = 250.0;
/// Width of the menu of regions.
pub(crate) const REGION_MENU: f32 = MENU / 1.5;
/// The highest list in it.
pub(crate) const REGION_LIST: f32 = 240.0;

/// Around what a dialog holds.
pub(crate) const DIALOG_MARGIN: i8 = 24;
/// How much of that at the right is for the scroll bar.
pub(crate) const DIALOG_BAR: i8 = 12;
/// What is left of it for the frame.
pub(crate) const DIALOG_SIDES: Margin = Margin {
    left: DIALOG_MARGIN,
    right: DIALOG_MARGIN - DIALOG_BAR,
    top: DIALOG_MARGIN,
    bottom: DIALOG_MARGIN,
};
/// The interface's size is fitted to a small window in steps of one part of so many.
pub(crate) const ZOOM_STEPS: f32 = 20.0;
/// The least height of what scrolls in a dialog.
pub(crate) const DIALOG_LEAST: f32 = 64.0;
/// Width of a dialog that asks one thing.
pub(crate) const QUESTION: f32 = 400.0;
/// The same where the question is short.
pub(crate) const QUESTION_SHORT: f32 = 360.0;
/// The same where it names what will be gone.
pub(crate) const QUESTION_LONG: f32 = 440.0;
/// Width of a dialog that is a form.
pub(crate) const FORM: f32 = 640.0;
/// Below this the labels of a form stand above its fields.
pub(crate) const FORM_STACKED: f32 = 460.0;
/// Width of the labels in a form.
pub(crate) const FORM_LABEL: f32 = 208.0;
/// Height of the buckets in a form.
pub(crate) const FORM_LIST: f32 = 164.0;
/// Height of a line that tells what a template becomes.
pub(crate) const LINE_PREVIEW: f32 = 20.0;
/// What is left free at the right of a form or a page for its scroll bar.
pub(crate) const SCROLL_BAR: f32 = 12.0;
/// Height of two lines in a card.
pub(crate) const TWO_LINES: f32 = 40.0;
/// More saved destinations than these scroll within the card.
pub(crate) const SAVED_SHOWN: f32 = 6.0;
/// Side of a QR code.
pub(crate) const QR: f32 = 280.0;
/// Around what a toast says.
pub(crate) const TOAST_MARGIN: Margin = Margin::symmetric(16, 10);

/// How long "Copied" stands where the button was, in seconds.
pub(crate) const COPIED_SECONDS: f64 = 1.6;
/// How long a toast stays, in seconds.
pub(crate) const TOAST_SECONDS: f64 = 4.0;
