//! An object deleted from S3: a DELETE signed here, sent until it is answered, and noted in the history.

use super::answered::{Unanswered, until_answered};
use super::endpoints::Endpoint;
use super::objects::{Stored, StoredObject};
use super::upload::Workshop;
use super::{About, Failure, ObjectOf};
use crate::s3::{self, presigned_url};
use crate::store::Deletion;
use crate::transfer::parts::BucketAccess;
use crate::transfer::{self, PostError};
use std::time::Duration;

/// How long S3 may take to answer.
const DELETE_TIMEOUT: Duration = Duration::from_secs(30);
/// The presigned DELETE is used at once.
const EXPIRES_IN: Duration = Duration::from_mins(1);

/// What came of it.
#[derive(Debug)]
pub(super) struct Deleted {
    pub(super) object: ObjectOf,
    pub(super) outcome: Result<(StoredObject, Deletion), Box<Failure>>,
}

/// Deletes the object, then notes it in the history: an entry must not offer what is gone, and where the note is lost a second
/// deletion finds nothing to delete, which is as good.
pub(super) async fn delete(object: ObjectOf, stored: Stored, workshop: &Workshop) -> Deleted {
    let outcome = find_and_delete(stored, workshop).await.map_err(Box::new);
    Deleted { object, outcome }
}

async fn find_and_delete(stored: Stored, workshop: &Workshop) -> Result<(StoredObject, Deletion), Failure> {
    let stored = stored.find(&workshop.history).await?;
    let deletion = delete_stored(&stored, workshop).await?;
    Ok((stored, deletion))
}

/// The same for an object whose place is known.
pub(super) async fn delete_stored(stored: &StoredObject, workshop: &Workshop) -> Result<Deletion, Failure> {
    let client = workshop.client.clone()?;
    let endpoint = workshop.endpoints.of(&stored.destination).await?;
    let deleted = match until_deleted(&client, stored, &endpoint).await {
        Ok(deleted) => deleted,
        Err(failure) => {
            // A profile that the person mends meanwhile is read anew.
            workshop.endpoints.forget(&stored.destination).await;
            return Err(failure);
        }
    };
    let deletion = Deletion {
        deleted_at: jiff::Timestamp::now(),
        versions_remain: deleted.versions_remain,
    };
    let noted = stored.clone();
    workshop.store.ask(move |desk| desk.set_deleted(&noted, deletion)).await;
    Ok(deletion)
}

/// Attempts, each signed anew; a deletion may be asked for twice without harm.
async fn until_deleted(
    client: &reqwest::Client,
    stored: &StoredObject,
    endpoint: &Endpoint,
) -> Result<s3::Deleted, Failure> {
    let deleted = until_answered(endpoint, move |access| {
        let BucketAccess {
            address,
            credentials,
            now,
        } = access;
        let url = presigned_url("DELETE", &address, &stored.object_key, &credentials, EXPIRES_IN, now);
        Box::pin(async move { transfer::delete(client, &url, DELETE_TIMEOUT).await })
    });
    deleted.await.map_err(|why| match why {
        Unanswered::Unsigned(failure) => failure,
        Unanswered::Refused(error) => failure(&error, stored, endpoint),
    })
}

fn failure(error: &PostError, stored: &StoredObject, endpoint: &Endpoint) -> Failure {
    let region = endpoint.signer.region();
    let about = About {
        region: region.as_deref(),
        bucket: Some(&stored.bucket),
        object_key: Some(stored.object_key.as_str()),
        profile: endpoint.profile.as_deref(),
        signed_elsewhere: false,
        acl: None,
        size_bytes: None,
    };
    Failure::from_deletion(error, &about)
}
