//! An object deleted by a presigned URL.

use super::Attempt;
use super::answer::ask;
use crate::s3::{self, Deleted};
use std::time::Duration;

/// Asks once, within `timeout`. `url` is a presigned DELETE.
pub async fn delete(client: &reqwest::Client, url: &str, timeout: Duration) -> Attempt<Deleted> {
    ask(client.delete(url).timeout(timeout), |status, header, body| {
        s3::deletion::read(status, header, body)
    })
    .await
}
