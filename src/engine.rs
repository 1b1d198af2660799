//! The queue at work: commands in, a snapshot and events out. Knows nothing of windows; waking one is a closure it is given.
//!
//! # Messages
//! * [`Command`]s, imperative, never lost.
//! * Progress is *state*: a `watch` of a [`Snapshot`], latest wins, at most 20 wakes a second.
//! * Outcomes are [`Event`]s, past tense, never dropped.

#![allow(
    clippy::result_large_err,
    reason = "a failure is made once an upload, for a person: nothing here is hot"
)]

pub mod command;
pub mod doctor;
pub mod event;
pub mod expand;
pub mod failure;
pub mod handle;
pub mod progress;
pub mod queue;
pub mod rows;
pub mod snapshot;
pub mod upload;

mod answered;
mod batch;
mod deletion;
mod diagnostics;
mod endpoints;
mod errands;
mod folder_keys;
mod functions;
mod history;
mod hosts;
mod intake;
mod item;
mod line;
mod links;
mod list;
mod looks;
mod naming;
mod network;
mod objects;
mod pace;
mod parts_left;
mod remedies;
mod secrets;
mod store_thread;
mod unfinished;
mod watch;
mod width;

pub use command::{AddRequest, AdoptRequest, BatchId, Command, ObjectOf, UploadId, WatchRequest};
pub(crate) use diagnostics::COMMIT;
pub use diagnostics::{Surroundings, diagnostics};
pub use doctor::{Checkup, CheckupNews};
pub use event::{BucketList, Event, TemporaryLink, WatchState};
pub use failure::{About, Code, Failure, Reason, Text};
pub use handle::{Engine, EngineConfig, EngineGone, SandboxAccess, Wake};
pub use history::Found;
pub use rows::{Chunk, Rows};
pub use snapshot::{Done, Snapshot, Stage, Totals, UploadRow};
pub use unfinished::{UnfinishedList, UnfinishedUpload};
