//! One attempt: the form (or the PUT) sent, watched, and S3's answer read.

use super::body::FormBody;
use super::form::Form;
use super::reader::Block;
use super::wire::Wire;
use super::{Held, RateLimit, SentBytes, SentChecksums, Source, SourceError, answer, reader};
use crate::aws::buckets::ClockAhead;
use crate::aws::connect::{ConnectKind, reason};
use crate::s3::{Posted, PresignedUpload, S3Error};
use reqwest::header::CONTENT_LENGTH;
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// How an attempt is made.
#[derive(Clone, Debug)]
pub struct PostOptions {
    /// Bytes of the file that the wire took; reset to 0 when the attempt begins.
    pub sent_bytes: SentBytes,
    /// Stops the wire at once.
    pub cancel: CancellationToken,
    /// Compute the MD5 as well (stores that answer no crc64nvme).
    pub with_md5: bool,
    /// No byte taken for this long: the attempt is given up. After the last byte S3's answer is waited for twice as
    /// long, and a second longer for every 16 MiB. Time that the file or the rate limit takes does not count.
    pub stall_timeout: Duration,
    /// Shared limit.
    pub rate_limit: Option<RateLimit>,
    /// The whole file, where it was read just now; else it is read.
    pub held: Option<Held>,
}

/// A 2xx.
#[derive(Clone, Debug)]
pub struct PostOutcome {
    /// What S3 says.
    pub answer: Posted,
    /// What was sent.
    pub sent: SentChecksums,
}

/// How an attempt failed.
#[derive(Debug, thiserror::Error)]
pub enum PostError {
    /// S3 refused.
    #[error(transparent)]
    S3 {
        /// Its words.
        #[from]
        error: S3Error,
    },
    /// The file.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// No byte taken, or after the last byte no answer, for this long.
    #[error("S3 took no byte and gave no answer for {seconds} s")]
    Stalled {
        /// How long.
        seconds: u64,
    },
    /// No connection: DNS, refused, TLS, proxy.
    #[error("no connection: {reason}")]
    Connect {
        /// What failed; [`ConnectKind::is_passing`] says whether waiting may help.
        kind: ConnectKind,
        /// The chain in one line, without URL.
        reason: String,
    },
    /// The connection broke. Before all bytes were taken S3 has often refused, and its words are lost with the connection.
    #[error("the connection broke after {sent_bytes} bytes: {reason}")]
    Broken {
        /// Bytes of the file that the wire took.
        sent_bytes: u64,
        /// The chain in one line, without URL.
        reason: String,
    },
    /// Cancelled by the person.
    #[error("cancelled")]
    Cancelled,
}

impl PostError {
    /// Where there was no connection: why.
    #[must_use]
    pub fn connect_kind(&self) -> Option<ConnectKind> {
        match self {
            Self::Connect { kind, .. } => Some(*kind),
            _ => None,
        }
    }
}

/// The answer's clock goes with success and failure alike.
#[derive(Debug)]
pub struct Attempt<T = PostOutcome> {
    /// What came of it.
    pub result: Result<T, PostError>,
    /// From the answer's `Date`, where there was an answer.
    pub clock_ahead: Option<ClockAhead>,
}

/// Sends the form once. The policy has been checked before. Dropping the future stops the wire at once: the connection
/// is closed, and without its end S3 stores nothing of the form.
pub async fn send(
    client: &reqwest::Client,
    upload: &PresignedUpload,
    source: &Source,
    options: &PostOptions,
) -> Attempt {
    let request = match upload {
        PresignedUpload::Post(post) => client.post(&post.url),
        PresignedUpload::Put(put) => client.put(&put.url),
    };
    let outgoing = Outgoing {
        request,
        form: Form::of(upload, source, Uuid::new_v4().as_u128()),
        source,
        range: 0..source.size_bytes,
        block_bytes: reader::BLOCK_BYTES,
    };
    outgoing.send(options, |response| answer::read(response, upload)).await
}

/// A request whose body has a file's bytes in it.
pub(super) struct Outgoing<'a> {
    /// Method and URL.
    pub(super) request: reqwest::RequestBuilder,
    /// What stands around the bytes, and the headers.
    pub(super) form: Form,
    pub(super) source: &'a Source,
    /// Which of its bytes.
    pub(super) range: Range<u64>,
    /// How many of them are read at a time.
    pub(super) block_bytes: usize,
}

impl Outgoing<'_> {
    /// Sends it once, watched.
    pub(super) async fn send<R>(self, options: &PostOptions, read: impl FnOnce(reqwest::Response) -> R) -> Attempt
    where
        R: Future<Output = Result<Posted, S3Error>>,
    {
        tokio::select! {
            biased;
            () = options.cancel.cancelled() => Attempt::without_answer(PostError::Cancelled),
            attempt = self.send_watched(options, read) => attempt,
        }
    }

    async fn send_watched<R>(self, options: &PostOptions, read: impl FnOnce(reqwest::Response) -> R) -> Attempt
    where
        R: Future<Output = Result<Posted, S3Error>>,
    {
        // hyper goes on sending after an early answer, even when the answer is dropped: only the body can stop it.
        let stop = CancellationToken::new();
        let _stops_the_wire = stop.clone().drop_guard();
        let size_bytes = self.range.end - self.range.start;
        let wire = Arc::new(Wire::new(options.sent_bytes.clone(), size_bytes));
        let held = options.held.clone().and_then(Held::if_new);
        let reader = match held {
            Some(bytes) => Ok(reader::held(bytes, options.with_md5)),
            None => reader::read(
                self.source.clone(),
                self.range.clone(),
                self.block_bytes,
                options.with_md5,
            ),
        };
        let mut reader = match reader {
            Ok(reader) => reader,
            Err(error) => return Attempt::without_answer(SourceError::Read(error).into()),
        };
        let request = self.request(options, &wire, stop, reader.blocks);
        let response = tokio::select! {
            waited = wire.stalled(options.stall_timeout) => {
                return Attempt::without_answer(PostError::Stalled { seconds: waited.as_secs() });
            }
            response = request.send() => response,
        };
        match response {
            Ok(response) => answered(response, read, &wire, &mut reader.result).await,
            Err(error) => Attempt::without_answer(match reader.result.try_recv() {
                Ok(Err(changed)) => changed.into(),
                _ => lost(error, wire.sent_bytes()),
            }),
        }
    }

    fn request(
        self,
        options: &PostOptions,
        wire: &Arc<Wire>,
        stop: CancellationToken,
        blocks: UnboundedReceiver<Block>,
    ) -> reqwest::RequestBuilder {
        let form = &self.form;
        let body = FormBody::new(form, blocks, Arc::clone(wire), stop, options.rate_limit.clone());
        let headers = form.headers.iter();
        headers
            .fold(self.request, |request, (name, value)| request.header(name, value))
            .header(CONTENT_LENGTH, form.content_length)
            .body(reqwest::Body::wrap(body))
    }
}

/// No answer came.
pub(crate) fn lost(error: reqwest::Error, sent_bytes: u64) -> PostError {
    if error.is_connect() || error.is_builder() {
        return PostError::Connect {
            kind: ConnectKind::of(&error),
            reason: reason(error),
        };
    }
    PostError::Broken {
        sent_bytes,
        reason: reason(error),
    }
}

/// An answer came, perhaps before all bytes were taken.
async fn answered<R>(
    response: reqwest::Response,
    read: impl FnOnce(reqwest::Response) -> R,
    wire: &Wire,
    sent: &mut oneshot::Receiver<Result<SentChecksums, SourceError>>,
) -> Attempt
where
    R: Future<Output = Result<Posted, S3Error>>,
{
    let early = !wire.all_taken();
    if early {
        // More bytes into a connection that S3 has closed would cost the rest of its answer.
        wire.pause();
    }
    let clock_ahead = ClockAhead::of_answer(response.headers());
    let result = match read(response).await {
        Ok(_) if early => Err(PostError::Broken {
            sent_bytes: wire.sent_bytes(),
            reason: "S3 answered before it had all bytes".to_owned(),
        }),
        // The end of an empty file that has no form around it is nothing that the wire waits for.
        Ok(answer) => match sent.await {
            Ok(Ok(sent)) => Ok(PostOutcome { answer, sent }),
            Ok(Err(error)) => Err(error.into()),
            Err(_) => Err(SourceError::Changed.into()),
        },
        Err(error) => Err(error.into()),
    };
    Attempt { result, clock_ahead }
}

impl<T> Attempt<T> {
    pub(super) fn without_answer(error: PostError) -> Self {
        Self {
            result: Err(error),
            clock_ahead: None,
        }
    }
}
