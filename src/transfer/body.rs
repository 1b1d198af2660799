//! The request's body: the form around the file's blocks, handed to hyper frame by frame.

use super::RateLimit;
use super::form::Form;
use super::frame_size::FrameSize;
use super::reader::Block;
use super::wire::{WaitingFor, Wire};
use bytes::Bytes;
use http_body::{Frame, SizeHint};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Instant;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::Sleep;
use tokio_util::sync::{CancellationToken, WaitForCancellationFutureOwned};

/// Why the body ended before its length. hyper closes the connection then, and S3 stores nothing.
#[derive(Debug, thiserror::Error)]
pub(super) enum BodyError {
    /// Nobody waits for the answer any more.
    #[error("stopped")]
    Stopped,
    /// The reader has given up; its result says why.
    #[error("the file could not be sent to its end")]
    Reader,
}

/// The body of one attempt.
pub(super) struct FormBody {
    blocks: UnboundedReceiver<Block>,
    wire: Arc<Wire>,
    stopped: Pin<Box<WaitForCancellationFutureOwned>>,
    rate_limit: Option<RateLimit>,
    /// What is being sent, and what is left of its current piece.
    part: Part,
    piece: Bytes,
    epilogue: Bytes,
    remaining: u64,
    frame_size: FrameSize,
    /// The file's bytes in the frame that was handed out last.
    on_the_way: usize,
    /// Runs until the rate limit lets the frame of so many bytes go.
    held_back: Option<(Pin<Box<Sleep>>, usize)>,
    /// Until the runtime has looked at its sockets.
    yielding: Option<Yielding>,
}

type Yielding = Pin<Box<dyn Future<Output = ()> + Send + Sync>>;

/// A body up to this many bytes that is there from the start goes in one write: the sockets at both ends wake for it once.
const ONE_WRITE_BYTES: u64 = 128 * 1024;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// The preamble, the file and the epilogue.
    Whole {
        file_bytes: usize,
    },
    Preamble,
    File,
    LastBlock,
    Epilogue,
}

impl FormBody {
    pub(super) fn new(
        form: &Form,
        blocks: UnboundedReceiver<Block>,
        wire: Arc<Wire>,
        stop: CancellationToken,
        rate_limit: Option<RateLimit>,
    ) -> Self {
        if form.content_length == 0 {
            // Nobody asks for a frame of nothing.
            wire.wait(WaitingFor::Answer(Instant::now()));
        }
        let mut body = Self {
            blocks,
            wire,
            stopped: Box::pin(stop.cancelled_owned()),
            rate_limit,
            part: Part::Preamble,
            piece: form.preamble.clone(),
            epilogue: form.epilogue.clone(),
            remaining: form.content_length,
            frame_size: FrameSize::new(Instant::now()),
            on_the_way: 0,
            held_back: None,
            yielding: None,
        };
        if body.remaining <= ONE_WRITE_BYTES && body.rate_limit.is_none() {
            body.join();
        }
        body
    }

    /// Makes one piece of all, where the file is there already.
    fn join(&mut self) {
        let Ok(Block::Last(file)) = self.blocks.try_recv() else {
            // A small file's only block is its last.
            return;
        };
        self.part = Part::Whole { file_bytes: file.len() };
        self.piece = [&self.piece, &file, &std::mem::take(&mut self.epilogue)]
            .map(|piece| &**piece)
            .concat()
            .into();
    }

    /// hyper asks for a frame when it has room again: the one before is taken. The socket's own buffer is not seen
    /// through hyper, so the count runs ahead of the network by what the kernel holds.
    fn account(&mut self) {
        if self.on_the_way > 0 {
            self.wire.took(self.on_the_way);
            self.frame_size.taken(self.on_the_way, Instant::now());
            self.on_the_way = 0;
        }
    }

    /// Sees to it that `piece` holds something, whatever comes next.
    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BodyError>> {
        while self.piece.is_empty() {
            match self.part {
                Part::Preamble => self.part = Part::File,
                Part::File => match ready!(self.blocks.poll_recv(context)).ok_or(BodyError::Reader)? {
                    Block::Next(bytes) => self.piece = bytes,
                    Block::Last(bytes) => {
                        self.piece = bytes;
                        self.part = Part::LastBlock;
                    }
                },
                Part::LastBlock => {
                    self.part = Part::Epilogue;
                    self.piece = std::mem::take(&mut self.epilogue);
                }
                Part::Epilogue | Part::Whole { .. } => break,
            }
        }
        Poll::Ready(Ok(()))
    }

    /// Bytes that may go now.
    fn poll_allowed(&mut self, context: &mut Context<'_>) -> Poll<usize> {
        let Some(rate_limit) = &self.rate_limit else {
            return Poll::Ready(self.next_frame_bytes());
        };
        let bytes = self.next_frame_bytes();
        let (sleep, bytes) = self.held_back.get_or_insert_with(|| {
            let wait = rate_limit.reserve(bytes, Instant::now());
            (Box::pin(tokio::time::sleep(wait)), bytes)
        });
        ready!(sleep.as_mut().poll(context));
        let bytes = *bytes;
        self.held_back = None;
        Poll::Ready(bytes)
    }

    fn next_frame_bytes(&self) -> usize {
        match self.part {
            Part::Whole { .. } => self.piece.len(),
            _ => self.piece.len().min(self.frame_size.bytes()),
        }
    }

    fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Result<Bytes, BodyError>> {
        ready!(self.poll_piece(context))?;
        let bytes = ready!(self.poll_allowed(context));
        let frame = self.piece.split_to(bytes);
        self.remaining -= bytes as u64;
        self.on_the_way = match self.part {
            Part::Whole { file_bytes } => file_bytes,
            Part::File | Part::LastBlock => bytes,
            Part::Preamble | Part::Epilogue => 0,
        };
        Poll::Ready(Ok(frame))
    }
}

impl http_body::Body for FormBody {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        let this = &mut *self;
        if this.stopped.as_mut().poll(context).is_ready() {
            return Poll::Ready(Some(Err(BodyError::Stopped)));
        }
        this.account();
        if this.remaining == 0 {
            return Poll::Ready(None);
        }
        if this.wire.is_paused() {
            return Poll::Pending;
        }
        if let Some(yielding) = &mut this.yielding {
            ready!(yielding.as_mut().poll(context));
            this.yielding = None;
        }
        let next = this.poll_next(context);
        if next.is_ready() && this.remaining > 0 {
            // hyper writes as long as there are frames, and only then looks whether S3 has answered. A refusal that
            // comes with the connection's end would be lost in the failing write.
            this.yielding = Some(Box::pin(tokio::task::yield_now()));
        }
        if next.is_ready() && this.remaining == 0 {
            // The last frame is taken, but hyper asks for no other behind it. Of a form it holds none of the file.
            this.account();
        }
        this.wire.wait(match &next {
            Poll::Pending => WaitingFor::Us,
            Poll::Ready(_) if this.remaining == 0 => WaitingFor::Answer(Instant::now()),
            Poll::Ready(_) => WaitingFor::Wire(Instant::now()),
        });
        next.map(|frame| Some(frame.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.remaining == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.remaining)
    }
}
