//! An object deleted by a presigned URL.

use super::{PostError, answer};
use crate::aws::buckets::ClockAhead;
use crate::aws::connect::{ConnectKind, reason};
use crate::s3::Deleted;
use std::time::Duration;

/// One try at a deletion. The answer's clock goes with success and failure alike.
#[derive(Debug)]
pub struct DeleteAttempt {
    /// What came of it.
    pub result: Result<Deleted, PostError>,
    /// From the answer's `Date`, where there was an answer.
    pub clock_ahead: Option<ClockAhead>,
}

/// Asks once, within `timeout`. `url` is a presigned DELETE.
pub async fn delete(client: &reqwest::Client, url: &str, timeout: Duration) -> DeleteAttempt {
    match client.delete(url).timeout(timeout).send().await {
        Ok(response) => DeleteAttempt {
            clock_ahead: ClockAhead::of_answer(response.headers()),
            result: answer::read_deletion(response).await.map_err(PostError::from),
        },
        Err(error) => DeleteAttempt {
            clock_ahead: None,
            result: Err(lost(error)),
        },
    }
}

/// No answer came.
fn lost(error: reqwest::Error) -> PostError {
    if error.is_connect() || error.is_builder() {
        return PostError::Connect {
            kind: ConnectKind::of(&error),
            reason: reason(error),
        };
    }
    PostError::Broken {
        sent_bytes: 0,
        reason: reason(error),
    }
}
