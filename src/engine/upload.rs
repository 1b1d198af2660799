//! One upload, from left to right, told in one place: sign, check, send, prove, look, record.

mod again;
mod form;
mod parts;
mod plan;
mod proof;
mod record;
mod seen;
mod way;

use self::plan::{KeysTaken, Place, Plan, Stored};
use self::way::Way;
use super::endpoints::{Endpoint, Endpoints};
use super::failure::{FileReason, UploadReason};
use super::history::History;
use super::line::Request;
use super::list::Turn;
use super::looks::Looks;
use super::remedies::Tried;
use super::store_thread::StoreThread;
use super::{About, Code, Done, Event, Failure, Stage, doctor, naming};
use crate::s3::ObjectKey;
use crate::signer::{PresignedKind, Signed};
use crate::transfer::{FirstLook, PostError, PostOptions, PostOutcome, SentBytes, send};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// A byte taken at least this often, or the attempt is given up: S3 itself closes after 20 s of silence.
const STALL_TIMEOUT: Duration = Duration::from_secs(30);
/// How long the looks at a stored object may take.
const LOOK_TIMEOUT: Duration = Duration::from_secs(10);

/// What an upload needs of the engine, shared by all.
#[derive(Debug)]
pub(super) struct Workshop {
    /// Or why there is none (`AWS_CA_BUNDLE`, the proxy): every upload says so.
    pub(super) client: Result<reqwest::Client, Failure>,
    pub(super) endpoints: Endpoints,
    pub(super) store: StoreThread,
    pub(super) history: History,
    pub(super) looks: Arc<Looks>,
    /// How long uploads wait for a network that has gone.
    pub(super) network_patience: Duration,
}

/// Where an upload says what it does.
pub(super) type Tell = Box<dyn Fn(Told) + Send + Sync>;

/// What an upload says on its way.
#[derive(Debug)]
pub(super) enum Told {
    Stage(Stage),
    Size(u64),
    /// So many bytes were in S3 before: the wire does not carry them again.
    Resumed(u64),
    ObjectKey(ObjectKey),
    /// What its form names, which another than us may have chosen.
    Given {
        object_key: String,
        bucket: String,
    },
    /// Its row of the queue on disk.
    Queued(i64),
    /// What was signed for an attempt; of a trial alone.
    Signed(Box<doctor::Signed>),
    /// What is no matter of this upload alone.
    Event(Box<Event>),
}

/// How it ended.
#[derive(Debug)]
pub(super) enum End {
    Done(Done),
    Failed(Failure),
    Cancelled,
}

/// Why the way was not finished.
enum Stop {
    Cancelled,
    Failed(Failure),
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// Goes the whole way. Cancelling stops the wire at once; once the object is proven its history is written all the same.
pub(super) async fn run(turn: Turn, tell: Tell, workshop: Arc<Workshop>) -> End {
    let begun = Instant::now();
    let client = match &workshop.client {
        Ok(client) => client.clone(),
        Err(failure) => return End::Failed(failure.clone()),
    };
    let cancel = turn.cancel.clone();
    let mut upload = Upload {
        turn,
        tell,
        workshop,
        client,
        moving: AtomicUsize::new(0),
    };
    let way = tokio::select! {
        biased;
        () = cancel.cancelled() => Err(Stop::Cancelled),
        way = upload.until_stored() => way,
    };
    match way {
        Ok((plan, stored)) => End::Done(upload.finish(plan, stored, begun).await),
        Err(Stop::Cancelled) => End::Cancelled,
        Err(Stop::Failed(failure)) => End::Failed(upload.note_failure(failure).await),
    }
}

struct Upload {
    turn: Turn,
    tell: Tell,
    workshop: Arc<Workshop>,
    client: reqwest::Client,
    /// Parts of the file on the wire.
    moving: AtomicUsize,
}

impl Upload {
    async fn until_stored(&mut self) -> Result<(Plan, Stored), Stop> {
        self.say(Told::Stage(Stage::Signing));
        self.enqueue().await;
        let FirstLook {
            source,
            content_type,
            held,
        } = self.look_at_file().await?;
        self.say(Told::Size(source.size_bytes));
        let endpoint = self.workshop.endpoints.of(&self.turn.file.destination).await?;
        let mut keys = KeysTaken {
            endpoint: Arc::clone(&endpoint),
            upload: self.turn.id,
            stay: false,
        };
        if endpoint.network.is_out() {
            self.wait_for_network(&endpoint).await;
        }
        let is_begun = self.turn.object_key.is_some();
        let mut plan = Plan {
            content_type,
            object_key: self.object_key(&endpoint).await?,
            source,
            held,
            endpoint,
            is_begun,
            is_ours: false,
        };
        let stored = match self.way(&plan)? {
            Way::Presigned(kind) => self.send_until_proven(&mut plan, kind).await?,
            // Boxed: most uploads have no parts, and need no room for them.
            Way::Parts { part_bytes } => Box::pin(self.send_in_parts(&mut plan, part_bytes)).await?,
        };
        keys.stay = !plan.endpoint.signer.is_local();
        Ok((plan, stored))
    }

    /// A row on disk before the first byte: one that was cancelled has lost its own, one that met a full disk had none.
    async fn enqueue(&mut self) {
        // A trial is nothing to go on with.
        if self.turn.queue_id.is_none() && !self.turn.is_trial {
            let file = self.turn.file.clone();
            let ids = self.workshop.store.ask(move |desk| desk.enqueue(&[file])).await;
            self.turn.queue_id = ids.and_then(|ids| ids.into_iter().next().flatten());
            self.turn.queue_id.into_iter().for_each(|id| self.say(Told::Queued(id)));
        }
    }

    /// On disk before anybody sees it.
    async fn note_failure(&self, failure: Failure) -> Failure {
        if let Some(queue_id) = self.turn.queue_id {
            let noted = failure.clone();
            self.workshop.store.ask(move |desk| desk.failed(queue_id, &noted)).await;
        }
        failure
    }

    /// While parts of the file move, that is what its row says, and not what one of the others waits for.
    fn say(&self, told: Told) {
        let is_a_wait = matches!(told, Told::Stage(Stage::RetryingIn { .. } | Stage::Signing));
        if is_a_wait && self.moving.load(Ordering::Relaxed) > 0 {
            return;
        }
        (self.tell)(told);
    }

    async fn look_at_file(&self) -> Result<FirstLook, Failure> {
        let path = self.turn.file.path.clone();
        let fixed_type = self.turn.file.destination.options.content_type.clone();
        let looked = self.workshop.looks.at(path, fixed_type).await;
        let looked = looked.ok_or_else(|| Failure::new(Code::FileUnreadable, FileReason::BrokenOff).retryable())?;
        looked.map_err(|error| Failure::from(&error))
    }

    /// Once per upload, kept across attempts, and on disk before the first byte.
    async fn object_key(&mut self, endpoint: &Endpoint) -> Result<ObjectKey, Failure> {
        let key = match self.turn.object_key.take() {
            Some(kept) => kept,
            None => naming::object_key(&self.turn.file, self.turn.batch, self.turn.id, endpoint, &self.client).await?,
        };
        self.begin(&key).await;
        Ok(key)
    }

    /// The key is told, and on disk.
    async fn begin(&self, key: &ObjectKey) {
        self.say(Told::ObjectKey(key.clone()));
        if let Some(queue_id) = self.turn.queue_id {
            self.workshop.store.note_begun(queue_id, key.to_string()).await;
        }
    }

    /// Attempts, each newly signed, until what S3 stored is what was sent.
    async fn send_until_proven(&self, plan: &mut Plan, mut kind: PresignedKind) -> Result<Stored, Stop> {
        let mut tried = Tried::default();
        let mut may_be_there = plan.is_begun;
        loop {
            let looked = std::mem::take(&mut may_be_there);
            if looked && let Some(stored) = self.is_there(plan, None, tried.sent).await? {
                return Ok(stored);
            }
            if plan.is_ours {
                kind = kind.without_condition();
            }
            self.take_turn(plan, tried.sent + 1).await;
            let waits = || self.say(Told::Stage(Stage::Waiting));
            let mut lane = plan.endpoint.line.enter_telling(Request::Alone, waits).await;
            tried.begins();
            let signed = match self.sign(plan, kind).await {
                Ok(signed) => signed,
                Err(unsigned) => {
                    drop(lane);
                    may_be_there = looked;
                    let seen = plan.endpoint.circumstances(tried.begun(), unsigned.connect);
                    let next = tried.after_signing(unsigned.is_passing, seen);
                    self.prepare((next, unsigned.failure), unsigned.retry_after, plan, &mut tried)
                        .await?;
                    continue;
                }
            };
            tried.sent += 1;
            let attempt = self.send(plan, &signed).await;
            lane.answered();
            drop(lane);
            let error = match attempt {
                Ok(outcome) => {
                    if let Some(proof) = self.prove(plan, &signed, &outcome).await? {
                        tried.succeeded(&plan.endpoint.pace);
                        return Ok(Stored {
                            place: Place::of(signed),
                            etag: outcome.answer.etag,
                            proof,
                            attempts: tried.sent,
                        });
                    }
                    // What is there is ours, and wrong.
                    plan.is_ours = true;
                    let next = (tried.after_mismatch(), mismatch());
                    self.prepare(next, Duration::ZERO, plan, &mut tried).await?;
                    continue;
                }
                Err(PostError::Cancelled) => return Err(Stop::Cancelled),
                Err(error) => error,
            };
            if let Some(other) = self.other_kind(plan, kind, &error) {
                kind = other;
                continue;
            }
            if way::is_taken(&error) {
                if let Some(stored) = self.is_there(plan, None, tried.sent).await? {
                    return Ok(stored);
                }
                if !plan.is_ours {
                    self.take_another_key(plan).await?;
                }
                continue;
            }
            // Where nobody was reached, nobody had been seen either.
            may_be_there = way::may_have_stored(&error) || looked && error.connect_kind().is_some();
            let failure = Failure::from_post(&error, &Self::about(plan, &signed));
            self.prepare_after(&error, failure, plan, &mut tried).await?;
        }
    }

    async fn send(&self, plan: &mut Plan, signed: &Signed) -> Result<PostOutcome, PostError> {
        // Before the stage is told: the last attempt's bytes are not this one's.
        self.turn.sent_bytes.store(0, Ordering::Relaxed);
        self.say(Told::Stage(Stage::Sending));
        let options = PostOptions {
            held: plan.held.take(),
            ..self.options(self.sent_bytes(plan), plan.endpoint.with_md5())
        };
        plan.endpoint.network.asks(signed.upload.url());
        let attempt = send(&self.client, &signed.upload, &plan.source, &options).await;
        plan.endpoint.heard(attempt)
    }

    /// What a request of this upload counts in.
    fn sent_bytes(&self, plan: &Plan) -> SentBytes {
        SentBytes::part_of(Arc::clone(&self.turn.sent_bytes), plan.endpoint.line.carried_bytes())
    }

    fn options(&self, sent_bytes: SentBytes, with_md5: bool) -> PostOptions {
        PostOptions {
            sent_bytes,
            cancel: self.turn.cancel.clone(),
            with_md5,
            stall_timeout: STALL_TIMEOUT,
            rate_limit: self.turn.rate_limit.clone(),
            held: None,
        }
    }

    fn about<'a>(plan: &'a Plan, signed: &'a Signed) -> About<'a> {
        About {
            region: signed.region.as_deref(),
            bucket: Some(&signed.bucket),
            object_key: Some(signed.object_key.as_str()),
            profile: plan.endpoint.profile.as_deref(),
            signed_elsewhere: !plan.endpoint.signer.is_local(),
            acl: signed.upload.acl(),
            size_bytes: Some(plan.source.size_bytes),
        }
    }
}

fn mismatch() -> Failure {
    Failure::new(Code::ProofFailed, UploadReason::NotWhatWasSent).retryable()
}

/// Work that blocks, off the runtime's threads.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Failure> {
    tokio::task::spawn_blocking(work).await.map_err(|error| {
        Failure::new(Code::FileUnreadable, FileReason::BrokenOff)
            .retryable()
            .because(&error)
    })
}

#[cfg(test)]
mod tests;
