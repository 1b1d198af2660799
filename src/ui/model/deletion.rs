//! Deleting an object from S3: asked first, and what came of it.

use super::{Dialog, Message, Model};
use crate::engine::{Command, Failure, ObjectOf};
use crate::store::Deletion;
use crate::ui::action::Effect;

/// What is to be deleted, as it is called in the question.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct DeleteTarget {
    /// Which object.
    pub(crate) object: ObjectOf,
    /// The file's name, harmless.
    pub(crate) name: String,
    /// Bucket and object key, harmless.
    pub(crate) place: String,
}

/// How far it is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum DeleteState {
    /// The question.
    Asking,
    /// S3 has been asked.
    Deleting,
    /// It is still there.
    Failed(Failure),
}

impl Model {
    pub(super) fn ask_delete(&mut self, target: DeleteTarget) -> Vec<Effect> {
        self.dialog = Some(Dialog::Delete {
            target,
            state: DeleteState::Asking,
        });
        Vec::new()
    }

    pub(super) fn delete(&mut self, object: ObjectOf) -> Vec<Effect> {
        if let Some(Dialog::Delete { state, .. }) = &mut self.dialog {
            *state = DeleteState::Deleting;
        }
        vec![Effect::send(Command::DeleteObject(object))]
    }

    /// The dialog is gone with its object, or says why it is not; a dialog that was closed meanwhile is not opened again.
    pub(super) fn object_deleted(
        &mut self,
        object: ObjectOf,
        deletion: Result<Deletion, Box<Failure>>,
        now: f64,
    ) -> Vec<Effect> {
        let asked = match &mut self.dialog {
            Some(Dialog::Delete { target, state }) if target.object == object => Some((target, state)),
            _ => None,
        };
        match (deletion, asked) {
            (Ok(_), Some((target, _))) => {
                let name = target.name.clone();
                self.dialog = None;
                self.toast(Message::Deleted { name: Some(name) }, true, now);
            }
            (Ok(_), None) => self.toast(Message::Deleted { name: None }, true, now),
            (Err(failure), Some((_, state))) => *state = DeleteState::Failed(*failure),
            (Err(failure), None) => self.trouble(*failure),
        }
        Vec::new()
    }
}
