//! What S3 says of the stored object against what was sent.

use super::{LOOK_TIMEOUT, Plan, Told, Upload, blocking};
use crate::engine::failure::FileReason;
use crate::engine::{Code, Failure, Stage, naming};
use crate::signer::Signed;
use crate::transfer::checksum::{Comparison, compare, file_checksums};
use crate::transfer::{PostOutcome, Proof, SourceError, backoff, stored_size};

impl Upload {
    /// The proof; `None` where S3 stored something else than was sent.
    pub(super) async fn prove(
        &self,
        plan: &Plan,
        signed: &Signed,
        outcome: &PostOutcome,
    ) -> Result<Option<Proof>, Failure> {
        self.say(Told::Stage(Stage::Proving));
        Ok(match compare(&outcome.sent, &outcome.answer) {
            Comparison::Proven(proof) => Some(proof),
            Comparison::Mismatch(_) => None,
            Comparison::NeedsMd5 => {
                plan.endpoint.needs_md5();
                self.prove_by_md5(plan, outcome).await?
            }
            Comparison::NothingToCompare => self.prove_by_size(plan, signed).await?,
        })
    }

    /// The first upload to a store without crc64nvme: its MD5 is computed from the file, which must not have changed.
    async fn prove_by_md5(&self, plan: &Plan, outcome: &PostOutcome) -> Result<Option<Proof>, Failure> {
        let source = plan.source.clone();
        let read_again = move || file_checksums(&source, 0..source.size_bytes, true);
        let mut sent = outcome.sent.clone();
        sent.md5 = blocking(read_again).await?.map_err(|error| unreadable(&error))?.md5;
        Ok(match compare(&sent, &outcome.answer) {
            Comparison::Proven(proof) => Some(proof),
            _ => None,
        })
    }

    async fn prove_by_size(&self, plan: &Plan, signed: &Signed) -> Result<Option<Proof>, Failure> {
        let url = if plan.endpoint.signer.is_local() {
            naming::presigned_head(&signed.object_key, &plan.endpoint).await?
        } else {
            // Without keys one sees what everybody sees.
            signed.url.clone()
        };
        Ok(match self.stored_size(plan, signed, &url).await? {
            Some(size_bytes) if size_bytes == plan.source.size_bytes => Some(Proof::Size),
            Some(_) => None,
            None => Some(Proof::None),
        })
    }

    /// That nobody answered is no proof of anything: twice more, and then it is told.
    async fn stored_size(&self, plan: &Plan, signed: &Signed, url: &str) -> Result<Option<u64>, Failure> {
        for wait_of_attempt in [2, 4] {
            if let Ok(seen) = stored_size(&self.client, url, LOOK_TIMEOUT).await {
                return Ok(seen);
            }
            tokio::time::sleep(backoff(wait_of_attempt, u32::MAX)).await;
        }
        let last = stored_size(&self.client, url, LOOK_TIMEOUT).await;
        last.map_err(|error| Failure::from_post(&error, &Self::about(plan, signed)))
    }
}

fn unreadable(error: &SourceError) -> Failure {
    match error {
        SourceError::Changed => error.into(),
        error => Failure::new(Code::FileUnreadable, FileReason::NotReadAgain)
            .retryable()
            .because(error),
    }
}
