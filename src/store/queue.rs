//! The queue on disk: a row before the first byte, gone when the person takes it off the list or its history row exists.

use super::{Database, StoreError};
use std::path::PathBuf;

/// What a row says of its upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueueState {
    /// Not begun.
    Waiting,
    /// Begun by process `owner`, not ended.
    Running,
    /// Ended by a failure; may be tried again.
    Failed,
}

/// One upload that is not done.
#[derive(Clone, Debug, PartialEq)]
pub struct QueueRow {
    /// Given by the database.
    pub id: i64,
    /// Absolute path.
    pub path: PathBuf,
    /// Folder below the dropped one, for `{dir}`.
    pub dir: String,
    /// The destination, as JSON of the settings file.
    pub destination: super::Destination,
    /// State.
    pub state: QueueState,
    /// Process id of the owner while running or waiting.
    pub owner: u32,
}

impl Database {
    /// Adds rows in order and gives their ids, in one transaction.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn enqueue(
        &mut self,
        _rows: &[(PathBuf, String, super::Destination)],
        _owner: u32,
    ) -> Result<Vec<i64>, StoreError> {
        todo!()
    }

    /// Notes a state.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn set_queue_state(&mut self, _id: i64, _state: QueueState) -> Result<(), StoreError> {
        todo!()
    }

    /// Takes a row off.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn dequeue(&mut self, _id: i64) -> Result<(), StoreError> {
        todo!()
    }

    /// Rows whose owner is not running any more (interrupted), oldest first; they now belong to `owner`.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub fn adopt_interrupted(&mut self, _owner: u32) -> Result<Vec<QueueRow>, StoreError> {
        todo!()
    }
}
