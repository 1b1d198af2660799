//! Parts that no upload needs any more are deleted from S3, so that nobody pays for them: of uploads that were cancelled,
//! taken off the list, sent elsewhere, or begun anew because their file has changed.

use super::store_thread::Desk;
use super::upload::Workshop;
use super::{Failure, unfinished};
use crate::store::PartsUpload;

/// Aborts what was abandoned, here or in an earlier run. What cannot be aborted now stays noted for the next time.
pub(super) async fn abort_abandoned(workshop: &Workshop) {
    let abandoned = workshop.store.ask(Desk::abandoned_parts_uploads).await;
    for upload in abandoned.unwrap_or_default() {
        if abort(&upload, workshop).await {
            let upload_id = upload.upload_id;
            workshop
                .store
                .ask(move |desk| desk.forget_parts_upload(&upload_id))
                .await;
        }
    }
}

/// Deletes the parts of one; whether they are gone.
pub(super) async fn abort(upload: &PartsUpload, workshop: &Workshop) -> bool {
    let aborted = try_to_abort(upload, workshop).await;
    if let Err(failure) = &aborted {
        let what = failure.english().what;
        tracing::info!(object_key = upload.object_key, what, "parts could not be deleted yet");
    }
    aborted.is_ok()
}

async fn try_to_abort(upload: &PartsUpload, workshop: &Workshop) -> Result<(), Failure> {
    let client = workshop.client.clone()?;
    let destination = &upload.destination;
    let endpoint = workshop.endpoints.of(destination).await?;
    unfinished::abort_one(destination, &endpoint, &client, &upload.object_key, &upload.upload_id).await
}
