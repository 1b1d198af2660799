//! What may go wrong between a client and a store.

use std::time::Duration;

/// What is done to one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Passed on, and the answer back.
    None,
    /// The connection is reset when so many bytes of the body have been passed on; 0: before any.
    Reset { after: u64 },
    /// The connection is reset, and nobody listens for so long: others are refused.
    Outage(Duration),
    /// Answered when so many bytes of the body have come; the store hears of none of it.
    Early { after: u64, answer: Canned, then: Then },
    /// When so many bytes of the body have come, none is read any more.
    Stall { after: u64 },
    /// The body is read slowly, over about so long, and passed on.
    Trickle(Duration),
    /// Passed on; the answer comes back byte by byte, over about so long.
    TrickledAnswer(Duration),
    /// Read to its end, not passed on, and answered with this.
    Answer(Canned),
    /// The store has it; the checksums in its answer are others.
    WrongChecksum,
    /// The store's object is cut short, and its answer is about that one.
    Truncated,
    /// The store has it; its answer never arrives.
    LostAnswer(Lost),
    /// The store has it; of its answer's body so many bytes come (where it has none, its head is cut), then it is closed.
    CutAnswer { after: usize },
    /// Answered with an error whose XML is cut.
    CutXml(Canned),
    /// Read to its end and answered with this without end: so many bytes are offered.
    Junk { kind: Junk, bytes: u64 },
}

/// What follows an early answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Then {
    /// The connection is closed; as bytes were not read, the system resets it.
    Close,
    /// The rest is read.
    ReadOn,
}

/// How an answer is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lost {
    /// The connection is reset.
    Reset,
    /// It is closed in order.
    Close,
    /// Nothing comes any more.
    Silence,
}

/// What comes without end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Junk {
    /// Header after header.
    Headers,
    /// One header that does not end.
    LongHeader,
    /// The body of a 503.
    Body,
}

/// An answer that no store has given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Canned {
    pub(crate) status: u16,
    headers: String,
    body: String,
}

impl Canned {
    /// Without a word of S3's, as a load balancer answers.
    pub(crate) fn plain(status: u16) -> Self {
        Self {
            status,
            headers: "Content-Type: text/html\r\n".to_owned(),
            body: format!("<html><body><h1>{status}</h1></body></html>"),
        }
    }

    /// In S3's own form.
    pub(crate) fn s3(status: u16, code: &str, message: &str) -> Self {
        Self {
            status,
            headers: "Content-Type: application/xml\r\nx-amz-request-id: FAULT\r\n".to_owned(),
            body: format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{message}</Message><RequestId>FAULT</RequestId></Error>"
            ),
        }
    }

    pub(crate) fn slow_down() -> Self {
        Self::s3(503, "SlowDown", "Please reduce your request rate.")
    }

    pub(crate) fn request_timeout() -> Self {
        let message = "Your socket connection to the server was not read from or written to within the timeout period.";
        Self::s3(400, "RequestTimeout", message)
    }

    pub(crate) fn bad_digest() -> Self {
        let message = "The Content-MD5 or checksum value that you specified did not match what the server received.";
        Self::s3(400, "BadDigest", message)
    }

    /// To another region, as the bucket's old one says it.
    pub(crate) fn elsewhere(status: u16, region: &str) -> Self {
        let code = if status == 307 {
            "TemporaryRedirect"
        } else {
            "PermanentRedirect"
        };
        Self::s3(
            status,
            code,
            "Please send this and all future requests to this endpoint.",
        )
        .with_header("x-amz-bucket-region", region)
    }

    pub(crate) fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.extend([name, ": ", value, "\r\n"]);
        self
    }

    /// As it goes over the wire; a HEAD is answered without the body.
    pub(super) fn text(&self, to_head: bool, closes: bool) -> String {
        let Self { status, headers, body } = self;
        let connection = if closes { "Connection: close\r\n" } else { "" };
        let length = body.len();
        let shown = if to_head { "" } else { body };
        format!("HTTP/1.1 {status} Fault\r\n{headers}{connection}Content-Length: {length}\r\n\r\n{shown}")
    }
}

impl Fault {
    /// The line of the table that counts it.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Reset { after: 0 } => "reset before the body",
            Self::Reset { .. } => "reset at byte N",
            Self::Outage(_) => "refused for a while",
            Self::Early { then: Then::Close, .. } => "early answer, closed",
            Self::Early { then: Then::ReadOn, .. } => "early answer, read on",
            Self::Stall { .. } => "stall",
            Self::Trickle(_) => "trickle",
            Self::TrickledAnswer(_) => "answer trickles",
            Self::Answer(canned) => canned.kind(),
            Self::WrongChecksum => "2xx, wrong checksum",
            Self::Truncated => "2xx, object cut short",
            Self::LostAnswer(Lost::Silence) => "2xx lost in silence",
            Self::LostAnswer(_) => "2xx lost",
            Self::CutAnswer { .. } => "2xx cut short",
            Self::CutXml(_) => "XML cut short",
            Self::Junk { kind: Junk::Body, .. } => "1 GB of body",
            Self::Junk { .. } => "1 GB of headers",
        }
    }

    /// Whether there is anything of it to be done to an answer with this status.
    pub(super) fn finds(&self, status: u16) -> bool {
        let needs_success = matches!(
            self,
            Self::WrongChecksum | Self::Truncated | Self::LostAnswer(_) | Self::CutAnswer { .. }
        );
        !needs_success || (200..300).contains(&status)
    }
}

impl Canned {
    fn kind(&self) -> &'static str {
        let says = |code: &str| self.body.contains(&format!("<Code>{code}</Code>"));
        match self.status {
            301 | 307 => "another region",
            400 if says("RequestTimeout") => "RequestTimeout",
            400 if says("BadDigest") => "BadDigest",
            407 => "proxy's 407",
            500 => "500",
            502 => "502",
            503 if says("SlowDown") => "SlowDown",
            503 => "503",
            504 => "504",
            _ => "other answer",
        }
    }
}
