//! One part: sent until S3 has it as it was read, whatever becomes of the others.

use super::super::{Plan, Stop, Upload, blocking, mismatch};
use super::upload_of;
use crate::engine::line::{Lane, Request};
use crate::engine::remedies::Tried;
use crate::engine::upload::Told;
use crate::engine::{Failure, Stage};
use crate::s3::parts::Part;
use crate::store::PartsUpload;
use crate::transfer::checksum::{Comparison, compare, file_checksums};
use crate::transfer::{PostError, PostOutcome, SentChecksums};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// A part that S3 has, and is what was read.
#[derive(Clone, Debug)]
pub(super) struct SentPart {
    pub(super) part: Part,
    pub(super) etag: String,
    pub(super) checksums: SentChecksums,
}

/// Why there is none.
pub(super) enum Unsent {
    Stop(Stop),
    /// S3 does not know the parts upload any more.
    Gone,
}

/// A part on the wire, until it is dropped.
struct Moving<'a>(&'a AtomicUsize);

impl<'a> Moving<'a> {
    fn begin(parts: &'a AtomicUsize) -> Self {
        parts.fetch_add(1, Ordering::Relaxed);
        Self(parts)
    }
}

impl Drop for Moving<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl From<Failure> for Unsent {
    fn from(failure: Failure) -> Self {
        Self::Stop(failure.into())
    }
}

impl Upload {
    /// On the lane `first` at first, where there is one.
    pub(super) async fn send_part(
        &self,
        plan: &Plan,
        begun: &PartsUpload,
        part: Part,
        mut first: Option<Lane>,
    ) -> Result<SentPart, Unsent> {
        let mut tried = Tried::default();
        let sent_bytes = self.sent_bytes(plan);
        loop {
            plan.endpoint.pace.turn().await;
            let mut lane = match first.take() {
                Some(lane) => lane,
                None => plan.endpoint.line.enter(Request::PartOf(self.turn.id)).await,
            };
            let access = self.access(plan).await?;
            tried.begins();
            tried.sent += 1;
            let options = self.options(sent_bytes.clone(), !begun.has_crc64nvme || plan.endpoint.with_md5());
            let moving = Moving::begin(&self.moving);
            let attempt = access
                .send_part(&self.client, upload_of(plan, begun), part, &plan.source, &options)
                .await;
            lane.answered();
            drop((moving, lane));
            let outcome = match plan.endpoint.heard(attempt) {
                Ok(outcome) => outcome,
                Err(PostError::Cancelled) => return Err(Unsent::Stop(Stop::Cancelled)),
                Err(PostError::S3 { error }) if error.code == "NoSuchUpload" => return Err(Unsent::Gone),
                Err(error) => {
                    self.prepare_after(&error, self.failure(plan, &error), plan, &mut tried)
                        .await?;
                    self.say(Told::Stage(Stage::Sending));
                    continue;
                }
            };
            if let Some(sent) = self.proven(plan, part, outcome).await? {
                tried.succeeded(&plan.endpoint.pace);
                return Ok(sent);
            }
            let next = (tried.after_mismatch(), mismatch());
            self.prepare(next, Duration::ZERO, plan, &mut tried).await?;
            self.say(Told::Stage(Stage::Sending));
        }
    }

    /// The part, unless S3 has another than was read. Where S3 says nothing to compare, the whole is looked at in the end.
    async fn proven(&self, plan: &Plan, part: Part, outcome: PostOutcome) -> Result<Option<SentPart>, Failure> {
        let PostOutcome { answer, sent } = outcome;
        let mut checksums = sent;
        let mut comparison = compare(&checksums, &answer);
        if comparison == Comparison::NeedsMd5 {
            plan.endpoint.needs_md5();
            let source = plan.source.clone();
            let read_again = move || file_checksums(&source, part.offset..part.offset + part.size_bytes, true);
            checksums = blocking(read_again).await?.map_err(|error| Failure::from(&error))?;
            comparison = compare(&checksums, &answer);
        }
        Ok(match comparison {
            Comparison::Mismatch(_) => None,
            _ => Some(SentPart {
                part,
                etag: answer.etag.unwrap_or_default(),
                checksums,
            }),
        })
    }
}
