//! The object itself, looked at: an attempt whose answer was lost may have stored it, and so may a process that was killed.

use super::{Place, Plan, Stored, Upload, blocking};
use crate::engine::line::Request;
use crate::engine::remedies::{self, Tried};
use crate::engine::{Failure, Stage};
use crate::s3::Posted;
use crate::s3::head::Seen;
use crate::store::ExistsPolicy;
use crate::transfer::checksum::{Comparison, compare, file_checksums, parts_etag};
use crate::transfer::parts::BucketAccess;
use crate::transfer::{Attempt, PostError, Proof, Source, SourceError};

/// What a look has shown.
enum Look {
    /// It is this file.
    Ours(Seen, Proof),
    /// It is something else.
    Other,
    /// Nothing is there, or it cannot be seen what.
    Nothing,
}

impl Upload {
    /// The object, where it is in S3 already and is this file by its checksum: then nothing is sent again. Where it is
    /// another and the key could be anybody's, the upload gets another key.
    ///
    /// An object that may be replaced is sent again without a look: what is there may be its older self with other
    /// options. `part_bytes`: where it was sent in parts.
    pub(super) async fn is_there(
        &self,
        plan: &mut Plan,
        part_bytes: Option<u64>,
        attempts: u32,
    ) -> Result<Option<Stored>, Failure> {
        let destination = &self.turn.file.destination;
        if !plan.endpoint.signer.is_local() || destination.if_exists == ExistsPolicy::Replace {
            return Ok(None);
        }
        self.say(super::Told::Stage(Stage::Proving));
        match self.look(plan, part_bytes).await? {
            Look::Ours(seen, proof) => Ok(Some(Stored {
                place: self.place(plan).await?,
                etag: seen.answer.etag,
                proof,
                attempts: attempts.max(1),
            })),
            Look::Other => {
                self.claim(plan);
                if !plan.is_ours {
                    self.take_another_key(plan).await?;
                }
                Ok(None)
            }
            Look::Nothing => {
                self.claim(plan);
                Ok(None)
            }
        }
    }

    /// Nobody else comes by a key that was drawn at random: whatever is there is ours, torn, or not to be seen by us. It is
    /// written again, without a condition that it would not meet.
    fn claim(&self, plan: &mut Plan) {
        plan.is_ours |= self.draws_its_key();
    }

    async fn look(&self, plan: &Plan, part_bytes: Option<u64>) -> Result<Look, Failure> {
        let Some(seen) = self.seen(plan).await? else {
            return Ok(Look::Nothing);
        };
        if seen.size_bytes != plan.source.size_bytes {
            return Ok(Look::Other);
        }
        let (source, answer) = (plan.source.clone(), seen.answer.clone());
        let comparison = blocking(move || compare_with_file(&source, &answer, part_bytes)).await?;
        Ok(match comparison.map_err(|error| Failure::from(&error))? {
            Comparison::Proven(proof) => Look::Ours(seen, proof),
            Comparison::Mismatch(_) => Look::Other,
            // Its length alone proves nothing.
            Comparison::NeedsMd5 | Comparison::NothingToCompare => Look::Nothing,
        })
    }

    /// `None`: it is not there, or may not be seen. That nobody answers says neither: then another look is taken, for what
    /// S3 has must neither be sent again nor get a second key because of a moment's silence.
    pub(super) async fn seen(&self, plan: &Plan) -> Result<Option<Seen>, Failure> {
        let mut tried = Tried::default();
        loop {
            let looked = self.ask(plan, async |access| access.look(&self.client, &plan.object_key).await);
            let error = match looked.await? {
                Ok(seen) => return Ok(seen),
                Err(error) => error,
            };
            if !remedies::is_passing(&error) {
                return Ok(None);
            }
            self.prepare_after(&error, self.failure(plan, &error), plan, &mut tried)
                .await?;
        }
    }

    /// Where this upload's object answers, without a form that would say it.
    pub(super) async fn place(&self, plan: &Plan) -> Result<Place, Failure> {
        let address = plan
            .endpoint
            .signer
            .address()
            .await
            .map_err(|error| Failure::from(&error))?;
        Ok(Place {
            bucket: address.bucket().to_owned(),
            url: address.object_url(&plan.object_key),
            object_key: plan.object_key.clone(),
            content_type: None,
        })
    }

    /// What came of a small request, which has a lane like any other.
    pub(super) async fn ask<T>(
        &self,
        plan: &Plan,
        request: impl AsyncFnOnce(BucketAccess) -> Attempt<T>,
    ) -> Result<Result<T, PostError>, Failure> {
        plan.endpoint.pace.turn().await;
        let mut lane = plan.endpoint.line.enter(Request::Alone).await;
        let access = self.access(plan).await?;
        let attempt = request(access).await;
        lane.answered();
        drop(lane);
        Ok(plan.endpoint.heard(attempt))
    }

    /// What signs a request of now.
    pub(super) async fn access(&self, plan: &Plan) -> Result<BucketAccess, Failure> {
        plan.endpoint.pace.turn().await;
        let (address, credentials) = self.address_and_keys(plan).await?;
        plan.endpoint.network.asks(&address.object_url(&plan.object_key));
        Ok(BucketAccess {
            address,
            credentials,
            now: plan.endpoint.now(),
        })
    }
}

fn compare_with_file(source: &Source, answer: &Posted, part_bytes: Option<u64>) -> Result<Comparison, SourceError> {
    let has_crc = answer.crc64nvme.is_some();
    if let (false, Some(part_bytes), Some(etag)) = (has_crc, part_bytes, &answer.etag) {
        let parts = crate::s3::parts::parts(source.size_bytes, part_bytes);
        let of_part =
            |part: crate::s3::parts::Part| file_checksums(source, part.offset..part.offset + part.size_bytes, true);
        let parts = parts.map(of_part).collect::<Result<Vec<_>, _>>()?;
        if parts_etag(&parts).as_ref() == Some(etag) {
            return Ok(Comparison::Proven(Proof::Md5));
        }
    }
    let sent = file_checksums(source, 0..source.size_bytes, !has_crc)?;
    Ok(compare(&sent, answer))
}
