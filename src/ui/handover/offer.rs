//! The second start's side: offers its paths to the window that is open, or finds that there is none.

use super::{Claim, OFFER_PATIENCE, Place, Request, TAKEN};
use interprocess::local_socket::tokio::Stream;
use interprocess::local_socket::traits::tokio::Stream as _;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::time::{sleep, timeout};

/// Between attempts, while a window that has just been started does not listen yet.
const AGAIN: Duration = Duration::from_millis(50);

/// No answer of ours is longer.
const LONGEST_ANSWER: u64 = 1024;

/// What a start is.
#[derive(Debug)]
pub(crate) enum Start {
    /// The window that is open has taken the request.
    HandedOver,
    /// There is no window: this one listens for later starts.
    First(Claim),
    /// There is one that does not take it, or no place to meet.
    OnItsOwn,
}

/// Offers `request` to the window at `place`. Takes milliseconds, at most [`OFFER_PATIENCE`].
pub(crate) fn offer(place: &Place, request: &Request) -> Start {
    let Some(line) = request.to_line() else {
        return Start::OnItsOwn;
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let Ok(runtime) = runtime else {
        return Start::OnItsOwn;
    };
    let offered = runtime.block_on(async { timeout(OFFER_PATIENCE, offer_until_answered(place, &line)).await });
    offered.unwrap_or(Start::OnItsOwn)
}

async fn offer_until_answered(place: &Place, line: &str) -> Start {
    loop {
        match ask(place, line).await {
            Ok(answer) if answer == TAKEN => return Start::HandedOver,
            Ok(answer) if !answer.is_empty() => return Start::OnItsOwn,
            // Nobody listens, or the window closed meanwhile.
            Ok(_) | Err(_) => {}
        }
        match place.claim() {
            Ok(Some(claim)) => return Start::First(claim),
            Ok(None) => sleep(AGAIN).await,
            Err(error) => {
                tracing::debug!(%error, "no place to meet a second start");
                return Start::OnItsOwn;
            }
        }
    }
}

async fn ask(place: &Place, line: &str) -> std::io::Result<String> {
    let stream = Stream::connect(place.name()?).await?;
    (&stream).write_all(line.as_bytes()).await?;
    let mut answer = String::new();
    BufReader::new(&stream)
        .take(LONGEST_ANSWER)
        .read_line(&mut answer)
        .await?;
    Ok(answer.trim_end().to_owned())
}
