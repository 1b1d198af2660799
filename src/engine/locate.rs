//! Who signs for a destination and where its bucket answers: what an upload finds out before its form, told for itself.

use super::upload::Workshop;
use super::{Event, Failure};
use crate::store::Destination;
use std::sync::Arc;
use std::time::SystemTime;

/// Whose keys sign, and for where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whereabouts {
    /// The profile; `None` for the sandbox, which has keys of its own.
    pub profile: Option<String>,
    /// The keys' id, which is no secret.
    pub access_key_id: String,
    /// When the session that signs ends.
    pub expires_at: Option<SystemTime>,
    /// The region that is signed for.
    pub region: String,
    /// Where the bucket takes forms.
    pub url: String,
    /// The store has answered that it takes none: files go by a presigned PUT.
    pub takes_no_forms: bool,
}

/// Answers [`super::Command::Locate`].
pub(super) async fn locate(destination: Box<Destination>, workshop: Arc<Workshop>) -> Event {
    let located = whereabouts(&destination, &workshop).await;
    if located.is_err() {
        // A profile that the person mends meanwhile is read anew.
        workshop.endpoints.forget(&destination).await;
    }
    Event::Located(located.map_err(Box::new))
}

async fn whereabouts(destination: &Destination, workshop: &Workshop) -> Result<Whereabouts, Failure> {
    let endpoint = workshop.endpoints.of(destination).await?;
    let (address, credentials) = endpoint.address_and_credentials().await?;
    Ok(Whereabouts {
        profile: endpoint.profile.clone(),
        access_key_id: credentials.access_key_id().to_owned(),
        expires_at: credentials.expiry(),
        region: address.region().to_owned(),
        url: address.post_url(),
        takes_no_forms: endpoint.takes_no_forms(),
    })
}
