//! What a client still sends of a request that has its answer.

use futures_util::{Stream, StreamExt};
use std::time::Duration;

/// How long it is read.
const LINGER: Duration = Duration::from_secs(2);

/// Reads the rest of a body for a while, and throws it away: a client that still sends would otherwise meet a closed
/// connection, and lose the answer with it.
pub(super) fn read_off<T, E>(mut body: impl Stream<Item = Result<T, E>> + Send + Unpin + 'static) {
    let rest = async move { while let Some(Ok(_)) = body.next().await {} };
    tokio::spawn(tokio::time::timeout(LINGER, rest));
}
