//! An object that is in S3 already: found by the upload that stored it, or by its entry of the history.

use super::failure::ObjectReason;
use super::history::History;
use super::item::Item;
use super::snapshot::Stage;
use super::{Code, Failure};
use crate::s3::ObjectKey;
use crate::store::{Destination, HistoryEntry};

/// Where an object is, and whose keys reach it.
#[derive(Clone, Debug)]
pub(super) struct StoredObject {
    pub(super) destination: Destination,
    pub(super) bucket: String,
    pub(super) object_key: ObjectKey,
    /// The public URL.
    pub(super) url: String,
}

/// What is known of it before anything is read.
#[derive(Debug)]
pub(super) enum Stored {
    /// All, or why nothing is.
    Known(Result<Box<StoredObject>, Failure>),
    /// Its entry's id.
    OfEntry(i64),
}

impl Stored {
    pub(super) fn of_upload(item: Option<&Item>) -> Self {
        let known = item.and_then(|item| {
            let Stage::Done(done) = &item.row.stage else {
                return None;
            };
            Some(Box::new(StoredObject {
                destination: Destination::clone(&item.destination),
                bucket: done.bucket.clone(),
                object_key: ObjectKey::new(done.object_key.as_str()).ok()?,
                url: done.url.clone(),
            }))
        });
        Self::Known(known.ok_or_else(|| Failure::new(Code::BadRequest, ObjectReason::NotOnTheList)))
    }

    /// All of it; an entry is read from the history as it is now.
    pub(super) async fn find(self, history: &History) -> Result<StoredObject, Failure> {
        let id = match self {
            Self::Known(known) => return known.map(|object| *object),
            Self::OfEntry(id) => id,
        };
        let entry = history.entries(vec![id]).await?.into_iter().next();
        let entry = entry.ok_or_else(|| Failure::new(Code::BadRequest, ObjectReason::NotInTheHistory))?;
        of_entry(entry)
    }
}

fn of_entry(entry: HistoryEntry) -> Result<StoredObject, Failure> {
    let destination = entry
        .destination
        .ok_or_else(|| Failure::new(Code::BadRequest, ObjectReason::DestinationUnknown))?;
    let object_key = ObjectKey::new(entry.object_key).map_err(|error| Failure::from(&error))?;
    Ok(StoredObject {
        destination,
        bucket: entry.bucket,
        object_key,
        url: entry.url,
    })
}
