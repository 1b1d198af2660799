//! An object deleted by a presigned URL.

use super::post::lost;
use super::{Attempt, answer};
use crate::aws::buckets::ClockAhead;
use crate::s3::{self, Deleted};
use std::time::Duration;

/// Asks once, within `timeout`. `url` is a presigned DELETE.
pub async fn delete(client: &reqwest::Client, url: &str, timeout: Duration) -> Attempt<Deleted> {
    match client.delete(url).timeout(timeout).send().await {
        Ok(response) => Attempt {
            clock_ahead: ClockAhead::of_answer(response.headers()),
            result: answer::read_by(response, |status, header, body| {
                s3::deletion::read(status, header, body)
            })
            .await
            .map_err(Into::into),
        },
        Err(error) => Attempt::without_answer(lost(error, 0)),
    }
}
