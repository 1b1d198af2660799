//! The end of the way: the look at the link, then the history; only then it is done.

use super::{LOOK_TIMEOUT, Plan, Stored, Upload};
use crate::engine::Done;
use crate::engine::line::Request;
use crate::s3::public_url;
use crate::store::{Destination, HistoryEntry};
use crate::transfer::{Access, look_at_link};
use std::time::Instant;

impl Upload {
    pub(super) async fn finish(&self, plan: Plan, stored: Stored, begun: Instant) -> Done {
        let place = stored.place;
        let base = self.turn.file.destination.public_base.as_deref();
        let url = public_url(&place.url, base, &place.object_key);
        let access = if self.turn.probe {
            let _lane = plan.endpoint.line.enter(Request::Alone).await;
            look_at_link(&self.client, &url, LOOK_TIMEOUT).await
        } else {
            Access::Unknown
        };
        let done = Done {
            path: self.turn.file.path.as_path().into(),
            bucket: place.bucket,
            object_key: place.object_key.to_string(),
            url,
            etag: stored.etag,
            size_bytes: plan.source.size_bytes,
            content_type: place.content_type.unwrap_or(plan.content_type),
            proof: stored.proof,
            access,
            attempts: stored.attempts,
            duration: begun.elapsed(),
        };
        let entry = history_entry(&done, &self.turn.file.destination);
        self.workshop.store.note_done(entry, self.turn.queue_id).await;
        tracing::debug!(
            upload = self.turn.id.0,
            proof = done.proof.name(),
            size_bytes = done.size_bytes,
            attempts = done.attempts,
            seconds = done.duration.as_secs_f32(),
            "an upload is done"
        );
        done
    }
}

fn history_entry(done: &Done, destination: &Destination) -> HistoryEntry {
    HistoryEntry {
        id: 0,
        done_at: jiff::Timestamp::now(),
        path: done.path.to_string_lossy().into_owned(),
        bucket: done.bucket.clone(),
        object_key: done.object_key.clone(),
        url: done.url.clone(),
        etag: done.etag.clone(),
        size_bytes: done.size_bytes,
        content_type: done.content_type.clone(),
        proof: done.proof.name().to_owned(),
        access: done.access.name().to_owned(),
        destination: Some(destination.clone()),
        deletion: None,
    }
}
