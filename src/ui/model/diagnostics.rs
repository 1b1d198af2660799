//! What the window knows beside the engine, for whoever looks for a mistake.

use super::Model;
use crate::engine::Surroundings;
use crate::ui::action::{Action, CopySource, Effect};

impl Model {
    pub(super) fn surroundings(&self) -> Surroundings {
        let totals = &self.snapshot.totals;
        Surroundings {
            renderer: self.renderer.clone(),
            uploads: Some(format!(
                "{} on the list: {} done, {} failed, {} active, of which {} wait for the network",
                totals.uploads, totals.done, totals.failed, totals.active, totals.offline
            )),
        }
    }

    /// They are collected, and go to the clipboard.
    pub(crate) fn diagnostics_came(&mut self, text: String, now: f64) -> Vec<Effect> {
        self.act(Action::Copy(CopySource::Diagnostics, text), now)
    }
}
