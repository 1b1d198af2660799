//! A link that opens a private object for a while.
//!
//! It is signed when it is asked for and kept nowhere: until it expires, whoever has it has the object.

use super::objects::Stored;
use super::upload::Workshop;
use super::{Event, Failure, ObjectOf, TemporaryLink};
use crate::s3::upload_options::MAX_EXPIRES_IN;
use crate::s3::{Credentials, presigned_url};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// A presigned GET of an object.
pub(super) async fn temporary_link(object: ObjectOf, stored: Stored, workshop: Arc<Workshop>) -> Event {
    Event::LinkSigned {
        object,
        link: sign(stored, &workshop).await,
    }
}

async fn sign(stored: Stored, workshop: &Workshop) -> Result<TemporaryLink, Failure> {
    let stored = stored.find(&workshop.history).await?;
    let endpoint = workshop.endpoints.of(&stored.destination).await?;
    let (address, credentials) = endpoint.address_and_credentials().await?;
    let expires_in = longest(&credentials, SystemTime::now());
    let object_key = &stored.object_key;
    Ok(TemporaryLink {
        url: presigned_url("GET", &address, object_key, &credentials, expires_in, endpoint.now()),
        expires_in,
    })
}

/// As long as S3 allows, and never beyond the session that signs: S3 refuses a link whose session has ended.
fn longest(credentials: &Credentials, now: SystemTime) -> Duration {
    let session = credentials.expiry().map(|expiry| expiry.duration_since(now));
    // Credentials come with minutes left; a session that ended this moment still needs a number that S3 takes.
    let session = session.map(|left| left.unwrap_or_default().max(Duration::from_secs(1)));
    session.map_or(MAX_EXPIRES_IN, |left| left.min(MAX_EXPIRES_IN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_lives_a_week_and_never_longer_than_the_session_that_signs_it() {
        let now = SystemTime::UNIX_EPOCH;
        let good_for = |left: Option<u64>| {
            let expiry = left.map(|secs| now + Duration::from_secs(secs));
            longest(&Credentials::new("id", "secret", None, expiry, "test"), now).as_secs()
        };
        assert_eq!(good_for(None), 7 * 24 * 3600);
        assert_eq!(good_for(Some(30 * 24 * 3600)), 7 * 24 * 3600);
        assert_eq!(good_for(Some(3600)), 3600);
        assert_eq!(good_for(Some(0)), 1);
    }
}
