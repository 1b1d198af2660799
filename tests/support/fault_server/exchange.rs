//! One request and its answer, under a fault.

use super::Shared;
use super::answer::Answer;
use super::fault::{Canned, Fault, Junk, Lost, Then};
use super::receiver::Receiver;
use super::request::{Operation, Request, form_key};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use md5::{Digest as _, Md5};
use std::io;
use std::time::Duration;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::net::tcp::OwnedWriteHalf;

/// The first byte of a TLS handshake.
const TLS_HANDSHAKE: u8 = 0x16;
/// A form's key stands within so many bytes.
const FORM_START_BYTES: usize = 16 * 1024;
/// Longer than any client waits.
const SILENCE: Duration = Duration::from_mins(5);
/// Into how many pieces a trickle is cut.
const TRICKLES: u32 = 40;

/// What becomes of the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum After {
    Keep,
    Close,
}

/// How the passing on of a body ended.
enum Passed {
    Whole,
    /// The store takes no more: it has something to say.
    StoreGone,
}

pub(super) struct Client {
    receiver: Receiver,
    sender: Option<OwnedWriteHalf>,
}

/// What the parts of one exchange need to know.
#[derive(Clone, Copy)]
struct Journey<'a> {
    request: &'a Request,
    shared: &'a Shared,
    entry: usize,
}

impl Journey<'_> {
    fn came(&self, bytes: usize) {
        self.shared
            .log
            .change(self.entry, |exchange| exchange.body_bytes += bytes as u64);
    }
}

impl Client {
    pub(super) fn new(stream: TcpStream) -> Self {
        let (receiver, sender) = stream.into_split();
        Self {
            receiver: Receiver::new(receiver),
            sender: Some(sender),
        }
    }

    /// The next request, as far as its first bytes tell.
    pub(super) async fn request(&mut self, shared: &Shared) -> io::Result<Option<Request>> {
        if self.receiver.peeked().is_empty() && !self.receiver.fill().await? {
            return Ok(None);
        }
        if self.receiver.peeked()[0] == TLS_HANDSHAKE {
            return Ok(Some(Request::tls()));
        }
        let Some(head) = self.receiver.head().await? else {
            return Ok(None);
        };
        let mut request = Request::parse(head);
        if request.operation == Operation::PostObject {
            request.object_key = self.form_key(request.content_length).await?;
        }
        request.turn = shared.turn(request.operation, request.object_key.as_deref());
        Ok(Some(request))
    }

    async fn form_key(&mut self, content_length: u64) -> io::Result<Option<String>> {
        loop {
            let start = self.receiver.peeked();
            let found = form_key(start);
            let is_all = start.len() as u64 >= content_length || start.len() >= FORM_START_BYTES;
            if found.is_some() || is_all || !self.receiver.fill().await? {
                return Ok(found);
            }
        }
    }

    /// Does to the request what `fault` says.
    pub(super) async fn exchange(
        &mut self,
        request: &Request,
        fault: &Fault,
        shared: &Shared,
        entry: usize,
    ) -> io::Result<After> {
        let journey = Journey { request, shared, entry };
        match fault {
            _ if request.operation == Operation::Tls => Ok(self.reset()),
            Fault::Outage(_) | Fault::Reset { after: 0 } => Ok(self.reset()),
            Fault::Reset { after } => {
                // Never all of it: what the store has, the log must know.
                let after = *after.min(&request.content_length.saturating_sub(1));
                let mut to_store = TcpStream::connect(shared.store.address()).await?.into_split().1;
                to_store.write_all(&request.head).await?;
                self.pass_body(&journey, Some(&mut to_store), after, None).await?;
                Ok(self.reset())
            }
            Fault::Early { after, answer, then } => self.answer_early(&journey, *after, answer, *then).await,
            Fault::Stall { after } => {
                self.pass_body(&journey, None, *after, None).await?;
                tokio::time::sleep(SILENCE).await;
                Ok(After::Close)
            }
            Fault::Answer(answer) => {
                self.pass_body(&journey, None, u64::MAX, None).await?;
                let closes = request.is_connect();
                self.send(answer.text(request.is_head(), closes).as_bytes()).await?;
                Ok(if closes { After::Close } else { After::Keep })
            }
            Fault::CutXml(answer) => {
                self.pass_body(&journey, None, u64::MAX, None).await?;
                let text = answer.text(false, true);
                let body_at = text.find("<Error>").unwrap();
                self.send(&text.as_bytes()[..usize::midpoint(body_at, text.len())])
                    .await?;
                Ok(After::Close)
            }
            Fault::Junk { kind, bytes } => {
                self.pass_body(&journey, None, u64::MAX, None).await?;
                self.send_junk(&journey, *kind, *bytes).await?;
                Ok(After::Close)
            }
            Fault::None
            | Fault::Trickle(_)
            | Fault::TrickledAnswer(_)
            | Fault::WrongChecksum
            | Fault::Truncated
            | Fault::LostAnswer(_)
            | Fault::CutAnswer { .. } => self.pass(&journey, fault).await,
        }
    }

    /// To the store and back.
    async fn pass(&mut self, journey: &Journey<'_>, fault: &Fault) -> io::Result<After> {
        let pace = match fault {
            Fault::Trickle(whole) => Some(*whole),
            _ => None,
        };
        let (mut answer, is_whole) = self.ask_store(journey, pace).await?;
        let status = answer.status;
        let log = &journey.shared.log;
        log.change(journey.entry, |exchange| exchange.store_status = Some(status));
        let fault = if fault.finds(status) { fault } else { &Fault::None };
        let is_changed = match fault {
            Fault::WrongChecksum => spoil(&mut answer),
            Fault::Truncated => truncate(&mut answer, journey).await,
            _ => false,
        };
        match fault {
            Fault::LostAnswer(Lost::Reset) => return Ok(self.reset()),
            Fault::LostAnswer(Lost::Close) => return Ok(After::Close),
            Fault::LostAnswer(Lost::Silence) => {
                tokio::time::sleep(SILENCE).await;
                return Ok(After::Close);
            }
            Fault::CutAnswer { after } => {
                let last = answer.bytes().len() - 1;
                // Without a body the head is cut.
                let cut = last.min(answer.head.len() + after);
                self.send(&answer.bytes()[..cut]).await?;
                return Ok(After::Close);
            }
            Fault::TrickledAnswer(whole) => {
                let bytes = answer.bytes();
                for piece in bytes.chunks(bytes.len().div_ceil(TRICKLES as usize)) {
                    self.send(piece).await?;
                    tokio::time::sleep(*whole / TRICKLES).await;
                }
            }
            _ => self.send(&answer.bytes()).await?,
        }
        log.change(journey.entry, |exchange| {
            exchange.applied = is_changed || matches!(fault, Fault::Trickle(_) | Fault::TrickledAnswer(_));
            exchange.told = (!is_changed).then_some(status);
        });
        if !is_whole {
            // Who answers early reads on for a while, or the system would reset the connection.
            let rest = self.pass_body(journey, None, u64::MAX, None);
            drop(tokio::time::timeout(Duration::from_secs(5), rest).await);
            return Ok(After::Close);
        }
        Ok(if answer.keeps { After::Keep } else { After::Close })
    }

    /// The store's answer, and whether it had the whole body by then.
    async fn ask_store(&mut self, journey: &Journey<'_>, pace: Option<Duration>) -> io::Result<(Answer, bool)> {
        let (from_store, mut to_store) = TcpStream::connect(journey.shared.store.address()).await?.into_split();
        to_store.as_ref().set_nodelay(true)?;
        to_store.write_all(&journey.request.head).await?;
        let mut from_store = Receiver::new(from_store);
        let answer = Answer::read(&mut from_store, journey.request.is_head());
        let body = self.pass_body(journey, Some(&mut to_store), u64::MAX, pace);
        tokio::pin!(answer);
        tokio::select! {
            biased;
            passed = body => {
                let is_whole = matches!(passed?, Passed::Whole);
                Ok((answer.await?, is_whole))
            }
            answer = &mut answer => Ok((answer?, false)),
        }
    }

    /// Takes up to `at_most` bytes of what is left of the body, and passes them on.
    async fn pass_body(
        &mut self,
        journey: &Journey<'_>,
        mut to_store: Option<&mut OwnedWriteHalf>,
        at_most: u64,
        pace: Option<Duration>,
    ) -> io::Result<Passed> {
        let length = journey.request.content_length;
        let already = journey.shared.log.body_bytes(journey.entry);
        let mut remaining = (length - already).min(at_most);
        let step = if pace.is_some() {
            length.div_ceil(u64::from(TRICKLES))
        } else {
            u64::MAX
        };
        while remaining > 0 {
            let block = self.receiver.some(remaining.min(step)).await?;
            journey.came(block.len());
            remaining -= block.len() as u64;
            if let Some(store) = &mut to_store
                && store.write_all(&block).await.is_err()
            {
                return Ok(Passed::StoreGone);
            }
            if let Some(whole) = pace {
                tokio::time::sleep(whole / TRICKLES).await;
            }
        }
        Ok(Passed::Whole)
    }

    async fn answer_early(
        &mut self,
        journey: &Journey<'_>,
        after: u64,
        answer: &Canned,
        then: Then,
    ) -> io::Result<After> {
        self.pass_body(journey, None, after, None).await?;
        self.send(answer.text(journey.request.is_head(), true).as_bytes())
            .await?;
        if then == Then::ReadOn {
            self.pass_body(journey, None, u64::MAX, None).await?;
        }
        Ok(After::Close)
    }

    async fn send_junk(&mut self, journey: &Journey<'_>, kind: Junk, bytes: u64) -> io::Result<()> {
        let (start, block) = match kind {
            Junk::Headers => (
                "HTTP/1.1 200 OK\r\n".to_owned(),
                format!("x-junk: {}\r\n", "j".repeat(100)).repeat(100),
            ),
            Junk::LongHeader => ("HTTP/1.1 200 OK\r\nx-junk: ".to_owned(), "j".repeat(10_000)),
            Junk::Body => (
                format!("HTTP/1.1 503 Fault\r\nContent-Length: {bytes}\r\n\r\n<Error><Code>SlowDown</Code>"),
                "<Junk>junk</Junk>".repeat(500),
            ),
        };
        self.send(start.as_bytes()).await?;
        let mut offered = 0;
        while offered < bytes {
            self.send(block.as_bytes()).await?;
            offered += block.len() as u64;
            let log = &journey.shared.log;
            log.change(journey.entry, |exchange| exchange.junk_bytes = offered);
        }
        Ok(())
    }

    async fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.sender.as_mut().unwrap().write_all(bytes).await
    }

    /// The connection ends by a reset, when it is dropped.
    fn reset(&mut self) -> After {
        if let Some(sender) = self.sender.take()
            && sender.as_ref().set_zero_linger().is_ok()
        {
            // Its drop would say good-bye first.
            sender.forget();
        }
        After::Close
    }
}

/// Changes the checksums that an answer tells; whether there was any.
fn spoil(answer: &mut Answer) -> bool {
    let told = [answer.crc64nvme(), answer.etag()];
    for checksum in told.iter().flatten() {
        answer.replace(checksum, &other(checksum));
    }
    told.iter().any(Option::is_some)
}

/// As long, and another.
fn other(checksum: &str) -> String {
    let first = if checksum.starts_with('0') { "1" } else { "0" };
    format!("{first}{}", &checksum[1..])
}

/// Cuts the object that the store has just stored, and makes its answer one about that; whether there was one.
async fn truncate(answer: &mut Answer, journey: &Journey<'_>) -> bool {
    let Journey { request, shared, .. } = journey;
    let (true, Some(object_key)) = (request.operation.makes_object(), &request.object_key) else {
        return spoil(answer);
    };
    let mut bytes = shared.store.object(object_key).await.unwrap();
    if bytes.is_empty() {
        bytes.push(0);
    } else {
        bytes.truncate(bytes.len() / 2);
    }
    if let Some(told) = answer.crc64nvme() {
        let crc = crc_fast::checksum(crc_fast::CrcAlgorithm::Crc64Nvme, &bytes);
        answer.replace(&told, &BASE64_STANDARD.encode(crc.to_be_bytes()));
    }
    if let Some(told) = answer.etag() {
        let md5 = format!("{:032x}", u128::from_be_bytes(Md5::digest(&bytes).into()));
        // That of an object made of parts is no MD5.
        let new = if told.len() == md5.len() { md5 } else { other(&told) };
        answer.replace(&told, &new);
    }
    shared.store.replace(object_key, bytes).await;
    answer.is_success()
}
