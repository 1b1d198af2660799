//! What the system around the window tells.

use super::Model;
use crate::ui::backend::NotShown;

impl Model {
    /// A file could not be shown in its folder.
    pub(crate) fn not_shown_in_folder(&mut self, reason: NotShown, now: f64) {
        let sentence = match reason {
            NotShown::Gone => self.words.system.file_is_gone,
            NotShown::NoFileManager => self.words.system.no_file_manager,
        };
        self.toast(sentence.to_owned(), false, now);
    }
}
