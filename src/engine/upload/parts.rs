//! A file sent in parts: begun or continued, its parts side by side, each retried alone, completed, proven.
//!
//! What S3 has of it is noted on disk before the first part, so that neither a crash nor a lost network begins it anew.

mod part;
mod resume;

use self::part::SentPart;
use super::{Plan, Stop, Stored, Told, Upload, mismatch, way};
use crate::engine::line::{Lane, Request};
use crate::engine::parts_left;
use crate::engine::remedies::Tried;
use crate::engine::{Failure, Stage};
use crate::s3::parts::Created;
use crate::s3::{Posted, S3Error};
use crate::store::{Destination, PartsUpload};
use crate::transfer::checksum::{Comparison, combined_crc64nvme, parts_etag};
use crate::transfer::parts::{Completion, UploadInParts};
use crate::transfer::{PostError, Proof};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use std::sync::atomic::Ordering;
use std::time::{Duration, UNIX_EPOCH};

/// Times that a file is begun anew: S3 has lost the upload, or another object has come between.
const MAX_ROUNDS: u32 = 4;

/// How a round ended that did not store the object.
enum Again {
    /// Begin anew: S3 has the parts no more.
    Gone,
    /// Look which parts S3 has, and send the others; all where the parts upload was abandoned.
    Continue,
}

impl Upload {
    pub(super) async fn send_in_parts(&mut self, plan: &mut Plan, part_bytes: u64) -> Result<Stored, Stop> {
        let mut tried = Tried::default();
        let mut may_be_there = plan.is_begun;
        for _ in 0..MAX_ROUNDS {
            let continued = self.continued(plan, &mut tried).await?;
            if continued.is_none()
                && std::mem::take(&mut may_be_there)
                && let Some(stored) = self.is_there(plan, Some(part_bytes), tried.sent).await?
            {
                return Ok(stored);
            }
            let (begun, have, lane) = if let Some((begun, have)) = continued {
                (begun, have, None)
            } else {
                let (begun, lane) = self.begun(plan, part_bytes, &mut tried).await?;
                (begun, Vec::new(), Some(lane))
            };
            may_be_there = true;
            tried.sent += 1;
            let Some(parts) = self.send_missing(plan, &begun, have, lane).await? else {
                continue;
            };
            let if_none_match = !plan.is_ours && self.is_conditional(plan);
            let mut answer = match self.complete(plan, &begun, &parts, if_none_match, &mut tried).await? {
                Ok(answer) => answer,
                Err(Again::Continue) => continue,
                Err(Again::Gone) => {
                    self.forget(&begun).await;
                    continue;
                }
            };
            self.forget(&begun).await;
            if let Some(proof) = self.prove_parts(plan, &parts, &mut answer).await? {
                return Ok(Stored {
                    place: self.place(plan).await?,
                    etag: answer.etag,
                    proof,
                    attempts: tried.sent,
                });
            }
            // What is there is ours, and wrong.
            plan.is_ours = true;
            may_be_there = false;
            let next = (tried.after_mismatch(), mismatch());
            self.prepare(next, Duration::ZERO, plan, &mut tried).await?;
        }
        Err(mismatch().into())
    }

    /// `CreateMultipartUpload`, noted on disk. Its lane is that of the first part: of many large files none begins before
    /// there is room for its parts.
    async fn begun(&self, plan: &Plan, part_bytes: u64, tried: &mut Tried) -> Result<(PartsUpload, Lane), Stop> {
        self.say(Told::Stage(Stage::Signing));
        let options = &self.turn.file.destination.options;
        let headers = options
            .headers(&plan.content_type)
            .map_err(|error| Failure::from(&error))?;
        let part = Request::PartOf(self.turn.id);
        let (created, lane) = loop {
            let with_crc = plan.endpoint.knows_crc();
            plan.endpoint.pace.turn().await;
            let mut lane = plan.endpoint.line.enter(part).await;
            let access = self.access(plan).await?;
            let attempt = access.create(&self.client, &plan.object_key, &headers, with_crc).await;
            lane.answered();
            match plan.endpoint.heard(attempt) {
                Ok(created) => break (created, lane),
                // Older stores take no checksum of the whole, or none that they know.
                Err(PostError::S3 { error }) if with_crc && is_unknown(&error) && plan.endpoint.refuses_crc() => {}
                Err(error) => {
                    drop(lane);
                    self.prepare_after(&error, self.failure(plan, &error), plan, tried)
                        .await?;
                }
            }
        };
        let begun = self.as_begun(plan, part_bytes, created);
        if let Some(queue_id) = self.turn.queue_id {
            let noted = begun.clone();
            let store = &self.workshop.store;
            let noting = store.ask(move |desk| desk.begin_parts_upload(queue_id, &noted));
            if noting.await == Some(true) {
                parts_left::abort_abandoned(&self.workshop).await;
            }
        }
        Ok((begun, lane))
    }

    fn as_begun(&self, plan: &Plan, part_bytes: u64, created: Created) -> PartsUpload {
        PartsUpload {
            destination: Destination::clone(&self.turn.file.destination),
            object_key: plan.object_key.to_string(),
            upload_id: created.upload_id,
            part_bytes,
            size_bytes: plan.source.size_bytes,
            modified_ns: modified_ns(plan),
            has_crc64nvme: created.has_crc64nvme,
        }
    }

    /// Sends what S3 has not, and gives all parts in order; `None` where S3 does not know the parts upload any more.
    async fn send_missing(
        &self,
        plan: &Plan,
        begun: &PartsUpload,
        have: Vec<SentPart>,
        mut lane: Option<Lane>,
    ) -> Result<Option<Vec<SentPart>>, Stop> {
        let sent_before = have.iter().map(|sent| sent.part.size_bytes).sum();
        self.turn.sent_bytes.store(sent_before, Ordering::Relaxed);
        self.say(Told::Resumed(sent_before));
        self.say(Told::Stage(Stage::Sending));
        let is_missing = |number: u32| have.binary_search_by_key(&number, |sent| sent.part.number).is_err();
        let missing =
            crate::s3::parts::parts(begun.size_bytes, begun.part_bytes).filter(|part| is_missing(part.number));
        let sending = stream::iter(missing).map(|part| self.send_part(plan, begun, part, lane.take()));
        let sent: Result<Vec<SentPart>, part::Unsent> =
            sending.buffer_unordered(plan.endpoint.line.most()).try_collect().await;
        let mut parts = match sent {
            Ok(parts) => parts,
            Err(part::Unsent::Stop(stop)) => return Err(stop),
            Err(part::Unsent::Gone) => return Ok(None),
        };
        parts.extend(have);
        parts.sort_unstable_by_key(|sent| sent.part.number);
        Ok(Some(parts))
    }

    async fn complete(
        &self,
        plan: &mut Plan,
        begun: &PartsUpload,
        parts: &[SentPart],
        if_none_match: bool,
        tried: &mut Tried,
    ) -> Result<Result<Posted, Again>, Stop> {
        self.say(Told::Stage(Stage::WaitingForS3));
        let mut completion = Completion {
            parts: parts.iter().map(|sent| (sent.part.number, sent.etag.clone())).collect(),
            crc64nvme: Whole::of(parts).crc64nvme.filter(|_| begun.has_crc64nvme),
            size_bytes: begun.size_bytes,
            if_none_match,
        };
        loop {
            let upload = upload_of(plan, begun);
            let completed = self.ask(plan, async |access| {
                access.complete(&self.client, upload, &completion).await
            });
            let error = match completed.await? {
                Ok(answer) => return Ok(Ok(answer)),
                Err(error) => error,
            };
            if way::is_taken(&error) {
                self.abandon(begun).await;
                self.has_met_another(plan, begun).await?;
                return Ok(Err(Again::Continue));
            }
            match &error {
                PostError::S3 { error } if error.status == 501 && completion.if_none_match => {
                    plan.endpoint.refuses_conditions();
                    completion.if_none_match = false;
                    continue;
                }
                PostError::S3 { error } => match error.code.as_str() {
                    // Completed, and the answer was lost; or S3 has lost it.
                    "NoSuchUpload" => return Ok(Err(Again::Gone)),
                    // Another object has come between: begin anew, says API_CompleteMultipartUpload.html.
                    "ConditionalRequestConflict" => {
                        self.abandon(begun).await;
                        return Ok(Err(Again::Continue));
                    }
                    "InvalidPart" | "BadDigest" => {
                        let next = (
                            tried.after_mismatch(),
                            self.failure(plan, &PostError::from(error.clone())),
                        );
                        self.prepare(next, Duration::ZERO, plan, tried).await?;
                        return Ok(Err(Again::Continue));
                    }
                    _ => {}
                },
                _ => {}
            }
            self.prepare_after(&error, self.failure(plan, &error), plan, tried)
                .await?;
        }
    }

    /// There is an object of this key: what a lost answer had completed, or another's. Then the key changes, and with it
    /// everything that was sent.
    async fn has_met_another(&self, plan: &mut Plan, begun: &PartsUpload) -> Result<(), Failure> {
        let before = plan.object_key.clone();
        // Where it is ours, the next round finds it again, and ends there.
        let is_ours = self.is_there(plan, Some(begun.part_bytes), 1).await?.is_some();
        if !is_ours && !plan.is_ours && plan.object_key == before {
            self.take_another_key(plan).await?;
        }
        Ok(())
    }

    /// By the checksum of the whole, where S3 gives one; else by the `ETag`, where that is made of the parts' MD5s. Where the
    /// answer has neither, the object is looked at. `None` where S3 stored something else.
    async fn prove_parts(
        &self,
        plan: &Plan,
        parts: &[SentPart],
        answer: &mut Posted,
    ) -> Result<Option<Proof>, Failure> {
        self.say(Told::Stage(Stage::Proving));
        let sent = Whole::of(parts);
        match sent.compare(answer) {
            Comparison::Proven(proof) => return Ok(Some(proof)),
            Comparison::Mismatch(_) => return Ok(None),
            Comparison::NeedsMd5 | Comparison::NothingToCompare => {}
        }
        let Some(seen) = self.seen(plan).await? else {
            return Ok(Some(Proof::None));
        };
        answer.etag.clone_from(&seen.answer.etag);
        Ok(match sent.compare(&seen.answer) {
            Comparison::Proven(proof) => Some(proof),
            Comparison::Mismatch(_) => None,
            _ => (seen.size_bytes == plan.source.size_bytes).then_some(Proof::Size),
        })
    }

    /// The parts upload is no more: neither to be continued nor to be aborted.
    async fn forget(&self, begun: &PartsUpload) {
        let upload_id = begun.upload_id.clone();
        self.workshop
            .store
            .ask(move |desk| desk.forget_parts_upload(&upload_id))
            .await;
    }

    /// Its parts are to be deleted; what cannot be deleted now is later.
    async fn abandon(&self, begun: &PartsUpload) {
        let Some(queue_id) = self.turn.queue_id else {
            parts_left::abort(begun, &self.workshop).await;
            return;
        };
        let store = &self.workshop.store;
        store.ask(move |desk| desk.abandon_parts_upload(queue_id)).await;
        parts_left::abort_abandoned(&self.workshop).await;
    }

    pub(super) fn failure(&self, plan: &Plan, error: &PostError) -> Failure {
        let region = plan.endpoint.signer.region();
        let about = crate::engine::About {
            region: region.as_deref(),
            bucket: Some(self.turn.file.destination.kind.place()),
            object_key: Some(plan.object_key.as_str()),
            profile: plan.endpoint.profile.as_deref(),
            signed_elsewhere: false,
            acl: self.turn.file.destination.options.acl.as_deref(),
            size_bytes: Some(plan.source.size_bytes),
        };
        Failure::from_post(error, &about)
    }
}

/// The checksums of the whole file, from those of its parts.
struct Whole {
    crc64nvme: Option<String>,
    /// Where the MD5 of each part is known.
    etag: Option<String>,
}

impl Whole {
    fn of(parts: &[SentPart]) -> Self {
        let sizes = parts.iter().map(|sent| (&sent.checksums, sent.part.size_bytes));
        Self {
            crc64nvme: combined_crc64nvme(sizes),
            etag: parts_etag(parts.iter().map(|sent| &sent.checksums)),
        }
    }

    /// An `ETag` that is another may be made otherwise (by a key of KMS): that proves nothing.
    fn compare(&self, answer: &Posted) -> Comparison {
        if answer.crc64nvme.is_some() {
            return if answer.crc64nvme == self.crc64nvme {
                Comparison::Proven(Proof::Crc64Nvme)
            } else {
                Comparison::Mismatch(Proof::Crc64Nvme)
            };
        }
        if self.etag.is_some() && self.etag == answer.etag {
            return Comparison::Proven(Proof::Md5);
        }
        Comparison::NothingToCompare
    }
}

/// A header that the store does not know.
fn is_unknown(error: &S3Error) -> bool {
    error.status == 501 || matches!(error.code.as_str(), "InvalidArgument" | "InvalidRequest")
}

fn upload_of<'a>(plan: &'a Plan, begun: &'a PartsUpload) -> UploadInParts<'a> {
    UploadInParts {
        object_key: &plan.object_key,
        upload_id: &begun.upload_id,
    }
}

/// The file's modification time, in nanoseconds since 1970; what does not fit is as good as none.
fn modified_ns(plan: &Plan) -> i64 {
    let since = plan.source.modified.duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_nanos()).unwrap_or_default()
}
