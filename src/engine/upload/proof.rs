//! What S3 says of the stored object against what was sent.

use super::{LOOK_TIMEOUT, Plan, Told, Upload, blocking};
use crate::engine::failure::FileReason;
use crate::engine::{Code, Failure, Stage, naming};
use crate::signer::Signed;
use crate::transfer::checksum::{Comparison, compare, file_md5};
use crate::transfer::{PostOutcome, Proof, stored_size};

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
        let path = plan.source.path.clone();
        let md5 = blocking(move || file_md5(&path))
            .await?
            .map_err(|error| unreadable(&error))?;
        let mut sent = outcome.sent.clone();
        sent.md5 = Some(md5);
        if let Comparison::Proven(proof) = compare(&sent, &outcome.answer) {
            return Ok(Some(proof));
        }
        let source = plan.source.clone();
        blocking(move || source.unchanged())
            .await?
            .map_err(|error| Failure::from(&error))?;
        Ok(None)
    }

    async fn prove_by_size(&self, plan: &Plan, signed: &Signed) -> Result<Option<Proof>, Failure> {
        let url = if plan.endpoint.signer.is_local() {
            naming::presigned_head(&signed.object_key, &plan.endpoint).await?
        } else {
            // Without keys one sees what everybody sees.
            signed.url.clone()
        };
        Ok(match stored_size(&self.client, &url, LOOK_TIMEOUT).await {
            Some(size_bytes) if size_bytes == plan.source.size_bytes => Some(Proof::Size),
            Some(_) => None,
            None => Some(Proof::None),
        })
    }
}

fn unreadable(error: &std::io::Error) -> Failure {
    Failure::new(Code::FileUnreadable, FileReason::NotReadAgain)
        .retryable()
        .because(error)
}
