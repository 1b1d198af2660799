//! An object deleted from S3: a DELETE signed here, sent until it is answered, and noted in the history.

use super::endpoints::Endpoint;
use super::objects::{Stored, StoredObject};
use super::remedies::{Next, Tried};
use super::upload::Workshop;
use super::{About, Failure, ObjectOf};
use crate::s3::{self, presigned_url};
use crate::store::Deletion;
use crate::transfer::{self, PostError, backoff};
use std::time::Duration;

/// How long S3 may take to answer.
const DELETE_TIMEOUT: Duration = Duration::from_secs(30);
/// Who waits before a dialog is told rather than left waiting longer.
const LONGEST_WAIT: Duration = Duration::from_secs(10);
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
    let client = workshop.client.clone()?;
    let stored = stored.find(&workshop.history).await?;
    let endpoint = workshop.endpoints.of(&stored.destination).await?;
    let deleted = match until_deleted(&client, &stored, &endpoint).await {
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
    Ok((stored, deletion))
}

/// Attempts, each signed anew; a deletion may be asked for twice without harm.
async fn until_deleted(
    client: &reqwest::Client,
    stored: &StoredObject,
    endpoint: &Endpoint,
) -> Result<s3::Deleted, Failure> {
    let mut tried = Tried::default();
    loop {
        let (address, credentials) = endpoint.address_and_credentials().await?;
        let url = presigned_url(
            "DELETE",
            &address,
            &stored.object_key,
            &credentials,
            EXPIRES_IN,
            endpoint.now(),
        );
        endpoint.pace.turn().await;
        tried.begins();
        tried.sent += 1;
        let attempt = transfer::delete(client, &url, DELETE_TIMEOUT).await;
        let error = match endpoint.heard(attempt) {
            Ok(deleted) => return Ok(deleted),
            Err(error) => error,
        };
        match tried.after(&error, endpoint.circumstances(tried.begun(), None)) {
            Next::InRegion(region) if endpoint.signer.correct_region(&region) => {}
            Next::WithNewCredentials | Next::AfterSleep => endpoint.signer.forget_credentials().await,
            Next::ByServerClock => {}
            // Somebody waits before a dialog: two more tries are enough.
            Next::AfterBackoff(again) if again.attempt <= 3 && again.not_before <= LONGEST_WAIT => {
                let wait = backoff(again.attempt, u32::MAX / 2).max(again.not_before);
                tokio::time::sleep(wait).await;
            }
            Next::InRegion(_) | Next::AfterBackoff(_) | Next::WhenNetworkIsBack | Next::GiveUp => {
                return Err(failure(&error, stored, endpoint));
            }
        }
    }
}

fn failure(error: &PostError, stored: &StoredObject, endpoint: &Endpoint) -> Failure {
    let about = About {
        bucket: Some(&stored.bucket),
        object_key: Some(stored.object_key.as_str()),
        profile: endpoint.profile.as_deref(),
        signed_elsewhere: false,
        acl: None,
        size_bytes: None,
    };
    Failure::from_deletion(error, &about)
}
