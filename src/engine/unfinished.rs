//! Parts uploads that were begun and neither completed nor aborted: their parts are paid for. What the bucket has of them,
//! and their end.

use super::answered::{Unanswered, until_answered};
use super::endpoints::Endpoint;
use super::failure::UnfinishedRequest;
use super::store_thread::Desk;
use super::upload::Workshop;
use super::{About, Event, Failure};
use crate::s3::ObjectKey;
use crate::s3::parts::Unfinished;
use crate::store::Destination;
use crate::transfer::parts::UploadInParts;
use std::sync::Arc;

/// Pages that are read: more than a person looks through.
const PAGES: usize = 5;
/// Of so many the size is asked, each by a request of its own.
const SIZED: usize = 10;

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnfinishedUpload {
    /// The key that the object would get.
    pub object_key: String,
    /// Names it.
    pub upload_id: String,
    /// When it was begun.
    pub started: Option<jiff::Timestamp>,
    /// What its parts take; `None` where that was not asked. Of more than a thousand parts, the first thousand's.
    pub size_bytes: Option<u64>,
    /// A file of this machine's queue goes on with it.
    pub is_resumable: bool,
}

/// Those of a bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnfinishedList {
    /// By key, then by beginning.
    pub uploads: Vec<UnfinishedUpload>,
    /// There are more.
    pub is_cut: bool,
    /// When they were listed, by the server's clock.
    pub listed_at: jiff::Timestamp,
}

/// Answers [`super::Command::ListUnfinished`].
pub(super) async fn list(destination: Box<Destination>, workshop: Arc<Workshop>) -> Event {
    let listed = listed(&destination, &workshop).await;
    if listed.is_err() {
        // A profile that the person mends meanwhile is read anew.
        workshop.endpoints.forget(&destination).await;
    }
    Event::UnfinishedListed {
        destination: destination.kind,
        listed: listed.map_err(Box::new),
    }
}

/// Answers [`super::Command::AbortUnfinished`].
pub(super) async fn abort(
    destination: Box<Destination>,
    uploads: Vec<UnfinishedUpload>,
    workshop: Arc<Workshop>,
) -> Event {
    let mut aborted = 0;
    let ended = aborted_one_by_one(&destination, &uploads, &workshop, &mut aborted).await;
    Event::UnfinishedAborted {
        destination: destination.kind,
        aborted,
        failure: ended.err().map(Box::new),
    }
}

pub(super) async fn listed(destination: &Destination, workshop: &Workshop) -> Result<UnfinishedList, Failure> {
    let client = workshop.client.clone()?;
    let endpoint = workshop.endpoints.of(destination).await?;
    let mut found: Vec<Unfinished> = Vec::new();
    let mut after = None;
    for _ in 0..PAGES {
        let (client, after_this) = (&client, after.as_ref());
        let page = until_answered(&endpoint, move |access| {
            Box::pin(async move { access.list_unfinished(client, after_this).await })
        });
        let page = page
            .await
            .map_err(|why| failure(why, UnfinishedRequest::List, destination, &endpoint))?;
        found.extend(page.uploads);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let ours = workshop.store.ask(Desk::upload_ids_of_queue).await;
    let ours = ours.unwrap_or_default();
    let mut uploads = Vec::with_capacity(found.len());
    for (index, unfinished) in found.into_iter().enumerate() {
        let size_bytes = if index < SIZED {
            size(&unfinished, &client, &endpoint).await
        } else {
            None
        };
        uploads.push(UnfinishedUpload {
            is_resumable: ours.contains(&unfinished.upload_id),
            object_key: unfinished.object_key,
            upload_id: unfinished.upload_id,
            started: unfinished.initiated,
            size_bytes,
        });
    }
    Ok(UnfinishedList {
        uploads,
        is_cut: after.is_some(),
        listed_at: endpoint.now(),
    })
}

/// Whoever may list uploads may not always list their parts: then nothing is said of their size.
async fn size(unfinished: &Unfinished, client: &reqwest::Client, endpoint: &Endpoint) -> Option<u64> {
    let object_key = ObjectKey::new(unfinished.object_key.as_str()).ok()?;
    let upload = UploadInParts {
        object_key: &object_key,
        upload_id: &unfinished.upload_id,
    };
    let page = until_answered(endpoint, move |access| {
        Box::pin(async move { access.list_parts(client, upload, None).await })
    });
    Some(page.await.ok()?.parts.iter().map(|part| part.size_bytes).sum())
}

pub(super) async fn aborted_one_by_one(
    destination: &Destination,
    uploads: &[UnfinishedUpload],
    workshop: &Workshop,
    aborted: &mut usize,
) -> Result<(), Failure> {
    let client = workshop.client.clone()?;
    let endpoint = workshop.endpoints.of(destination).await?;
    for unfinished in uploads {
        abort_one(
            destination,
            &endpoint,
            &client,
            &unfinished.object_key,
            &unfinished.upload_id,
        )
        .await?;
        *aborted += 1;
        let upload_id = unfinished.upload_id.clone();
        workshop
            .store
            .ask(move |desk| desk.forget_parts_upload(&upload_id))
            .await;
    }
    Ok(())
}

/// Deletes the parts of one.
pub(super) async fn abort_one(
    destination: &Destination,
    endpoint: &Endpoint,
    client: &reqwest::Client,
    object_key: &str,
    upload_id: &str,
) -> Result<(), Failure> {
    let object_key = ObjectKey::new(object_key).map_err(|error| Failure::from(&error))?;
    let upload = UploadInParts {
        object_key: &object_key,
        upload_id,
    };
    let gone = until_answered(endpoint, move |access| {
        Box::pin(async move { access.abort(client, upload).await })
    });
    gone.await.map_err(|why| {
        let request = UnfinishedRequest::Abort(object_key.as_str());
        failure(why, request, destination, endpoint)
    })
}

fn failure(why: Unanswered, request: UnfinishedRequest<'_>, destination: &Destination, endpoint: &Endpoint) -> Failure {
    let error = match why {
        Unanswered::Unsigned(failure) => return failure,
        Unanswered::Refused(error) => error,
    };
    let region = endpoint.signer.region();
    let about = About {
        region: region.as_deref(),
        bucket: Some(destination.kind.place()),
        object_key: request.object_key(),
        profile: endpoint.profile.as_deref(),
        signed_elsewhere: false,
        acl: None,
        size_bytes: None,
    };
    Failure::from_unfinished(&error, request, &about)
}
