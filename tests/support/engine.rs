//! What every test tells an engine.

use dropslot::engine::{AddRequest, BatchId, Command, Engine};
use dropslot::store::{Destination, DestinationKind};
use std::path::PathBuf;
use std::time::Duration;

/// The embedded S3, or what stands in for it.
pub(crate) fn sandbox() -> Destination {
    Destination::new("sandbox", DestinationKind::Sandbox)
}

/// Sends files, with nothing held.
pub(crate) fn add(engine: &Engine, paths: Vec<PathBuf>, destination: Destination) -> BatchId {
    add_held(engine, paths, destination, Duration::ZERO)
}

/// The same, with each file held so long before it goes.
pub(crate) fn add_held(engine: &Engine, paths: Vec<PathBuf>, destination: Destination, hold: Duration) -> BatchId {
    let batch = Engine::new_batch();
    let request = AddRequest {
        batch,
        paths,
        destination: destination.into(),
        hold,
        probe: true,
        limit_rate: None,
    };
    engine.send(Command::Add(request)).unwrap();
    batch
}
