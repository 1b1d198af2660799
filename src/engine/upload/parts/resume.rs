//! A parts upload continued: what S3 has of it, held against the file.

use super::super::{Plan, Stop, Upload, blocking};
use super::part::SentPart;
use super::{modified_ns, upload_of};
use crate::engine::remedies::Tried;
use crate::engine::upload::Told;
use crate::engine::{Failure, Stage};
use crate::s3::Posted;
use crate::s3::parts::{Part, StoredPart, parts};
use crate::store::PartsUpload;
use crate::transfer::PostError;
use crate::transfer::checksum::{Comparison, compare, file_checksums};
use std::collections::HashMap;

impl Upload {
    /// The parts upload that an earlier try or process has begun, with the parts that S3 has and that are still the file's;
    /// `None` where there is none to continue. A file that has changed is begun anew.
    pub(super) async fn continued(
        &self,
        plan: &Plan,
        tried: &mut Tried,
    ) -> Result<Option<(PartsUpload, Vec<SentPart>)>, Stop> {
        let Some(queue_id) = self.turn.queue_id else {
            return Ok(None);
        };
        let noted = self
            .workshop
            .store
            .ask(move |desk| desk.parts_upload_of(queue_id))
            .await;
        let Some(begun) = noted.flatten().filter(|begun| is_of(begun, plan)) else {
            return Ok(None);
        };
        self.say(Told::Stage(Stage::Signing));
        let Some(stored) = self.list_parts(plan, &begun, tried).await? else {
            self.forget(&begun).await;
            return Ok(None);
        };
        let mut have = Vec::with_capacity(stored.len());
        for part in parts(begun.size_bytes, begun.part_bytes) {
            let Some(stored) = stored.get(&part.number) else {
                continue;
            };
            have.extend(self.as_sent(plan, part, stored.clone()).await?);
        }
        Ok(Some((begun, have)))
    }

    /// All pages of `ListParts`; `None` where S3 does not know the upload any more.
    async fn list_parts(
        &self,
        plan: &Plan,
        begun: &PartsUpload,
        tried: &mut Tried,
    ) -> Result<Option<HashMap<u32, StoredPart>>, Stop> {
        let mut stored = HashMap::new();
        let mut after = None;
        loop {
            let upload = upload_of(plan, begun);
            let listed = self.ask(plan, async |access| {
                access.list_parts(&self.client, upload, after).await
            });
            match listed.await? {
                Ok(page) => {
                    stored.extend(page.parts.into_iter().map(|part| (part.number, part)));
                    // A page that leads back would never end.
                    match page.next.filter(|next| Some(*next) > after) {
                        Some(next) => after = Some(next),
                        None => return Ok(Some(stored)),
                    }
                }
                Err(PostError::S3 { error }) if error.code == "NoSuchUpload" => return Ok(None),
                Err(error) => {
                    self.prepare_after(&error, self.failure(plan, &error), plan, tried)
                        .await?;
                }
            }
        }
    }

    /// A stored part as if it had just been sent: read from the file, and equal to what S3 has. Others are sent again.
    async fn as_sent(&self, plan: &Plan, part: Part, stored: StoredPart) -> Result<Option<SentPart>, Failure> {
        if stored.size_bytes != part.size_bytes {
            return Ok(None);
        }
        let answer = Posted {
            etag_is_md5: true,
            etag: Some(stored.etag.clone()),
            crc64nvme: stored.crc64nvme,
            ..Posted::default()
        };
        // In the end the `ETag` of the whole may be needed, which is made of MD5s.
        let with_md5 = answer.crc64nvme.is_none();
        let source = plan.source.clone();
        let read = move || file_checksums(&source, part.offset..part.offset + part.size_bytes, with_md5);
        let checksums = blocking(read).await?.map_err(|error| Failure::from(&error))?;
        let is_equal = matches!(compare(&checksums, &answer), Comparison::Proven(_));
        Ok(is_equal.then_some(SentPart {
            part,
            etag: stored.etag,
            checksums,
        }))
    }
}

/// Same file, as it was, under the same key.
fn is_of(begun: &PartsUpload, plan: &Plan) -> bool {
    begun.size_bytes == plan.source.size_bytes
        && begun.modified_ns == modified_ns(plan)
        && begun.object_key == plan.object_key.as_str()
        && begun.part_bytes > 0
}
