//! A store's answer: read as it comes, and changed where a fault wants it changed.

use super::receiver::Receiver;
use super::request::header;
use std::io;

/// Head and body as they came; a chunked body with its chunks' lengths.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) head: Vec<u8>,
    pub(super) body: Vec<u8>,
    /// The connection can take another request.
    pub(super) keeps: bool,
}

impl Answer {
    /// Reads one; interim answers (100) are passed over.
    pub(super) async fn read(from: &mut Receiver, to_head: bool) -> io::Result<Self> {
        loop {
            let head = from.head().await?.ok_or(io::ErrorKind::UnexpectedEof)?;
            let text = String::from_utf8_lossy(&head).into_owned();
            let status: u16 = text.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap();
            if status >= 200 {
                let body = if to_head || status == 204 || status == 304 {
                    Vec::new()
                } else {
                    read_body(from, &text).await?
                };
                let closes = header(&text, "connection").is_some_and(|value| value.eq_ignore_ascii_case("close"));
                return Ok(Self {
                    status,
                    head,
                    body,
                    keeps: !closes,
                });
            }
        }
    }

    pub(super) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        [self.head.as_slice(), &self.body].concat()
    }

    fn header(&self, name: &str) -> Option<String> {
        header(&String::from_utf8_lossy(&self.head), name).map(str::to_owned)
    }

    fn element(&self, name: &str) -> Option<String> {
        let body = String::from_utf8_lossy(&self.body).into_owned();
        let (_, rest) = body.split_once(&format!("<{name}>"))?;
        Some(rest.split_once('<')?.0.to_owned())
    }

    /// The CRC-64/NVME that it tells, in base64.
    pub(super) fn crc64nvme(&self) -> Option<String> {
        self.header("x-amz-checksum-crc64nvme")
            .or_else(|| self.element("ChecksumCRC64NVME"))
    }

    /// The `ETag` that it tells, without quotes.
    pub(super) fn etag(&self) -> Option<String> {
        let etag = self.header("etag").or_else(|| self.element("ETag"))?;
        let etag = etag.replace("&quot;", "\"");
        Some(etag.trim_matches('"').to_owned())
    }

    /// Puts one text in the place of another of the same length, wherever it stands.
    pub(super) fn replace(&mut self, old: &str, new: &str) {
        assert_eq!(old.len(), new.len(), "the lengths in the answer must stay true");
        for bytes in [&mut self.head, &mut self.body] {
            let mut from = 0;
            while let Some(at) = find(&bytes[from..], old.as_bytes()) {
                bytes[from + at..from + at + old.len()].copy_from_slice(new.as_bytes());
                from += at + old.len();
            }
        }
    }
}

fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).position(|window| window == needle)
}

async fn read_body(from: &mut Receiver, head: &str) -> io::Result<Vec<u8>> {
    if let Some(length) = header(head, "content-length") {
        return from.exactly(length.parse().unwrap()).await;
    }
    let mut body = Vec::new();
    if header(head, "transfer-encoding").is_none() {
        while from.fill().await? {}
        return from.exactly(from.peeked().len()).await;
    }
    loop {
        let line = from.line().await?;
        let text = String::from_utf8_lossy(&line).into_owned();
        let length = usize::from_str_radix(text.split(';').next().unwrap().trim(), 16).unwrap();
        body.extend(line);
        // The last chunk is empty, and nobody here sends trailers.
        body.extend(from.exactly(length + 2).await?);
        if length == 0 {
            return Ok(body);
        }
    }
}
