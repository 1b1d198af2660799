//! What the system around the window tells.

use super::{Message, Model};
use crate::ui::backend::NotShown;

impl Model {
    /// A file could not be shown in its folder.
    pub(crate) fn not_shown_in_folder(&mut self, reason: NotShown, now: f64) {
        self.toast(Message::NotShown(reason), false, now);
    }
}
