//! `PutObject`, and how any body is taken in.

use super::{Operations, attributes, check_options, in_thread, known_bucket, text};
use crate::sandbox::answer::Refusal;
use crate::sandbox::checksums::{Checksums, Wanted};
use crate::sandbox::incoming::Received;
use crate::sandbox::linger;
use crate::sandbox::objects::Objects;
use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use http::HeaderMap;
use s3s::dto::{ETag, PutObjectInput, PutObjectOutput, StreamingBlob};
use s3s::{S3Request, S3Response, S3Result, TrailingHeaders};

pub(super) async fn put(
    operations: &Operations,
    mut request: S3Request<PutObjectInput>,
) -> S3Result<S3Response<PutObjectOutput>> {
    let mut body = request.input.body.take().ok_or_else(Refusal::incomplete_body)?;
    let result = put_body(operations, request, &mut body).await;
    linger_if_refused(&result, body);
    Ok(result?)
}

async fn put_body(
    operations: &Operations,
    request: S3Request<PutObjectInput>,
    body: &mut StreamingBlob,
) -> Result<S3Response<PutObjectOutput>, Refusal> {
    let input = request.input;
    known_bucket(&input.bucket)?;
    operations.objects.check(&input.key)?;
    check_options(&request.headers)?;
    if input.if_match.is_some() {
        return Err(Refusal::not_implemented());
    }
    let attributes = attributes(&request.headers, input.metadata, input.tagging.as_deref());
    let body = Body {
        claims: Checksums::claimed(|name| text(&request.headers, name)),
        wanted: Wanted::by_headers(&request.headers),
        headers: &request.headers,
        trailer: request.trailing_headers,
        bytes: body,
    };
    let received = body.receive(&operations.objects).await?;

    let replace = !input.if_none_match.is_some_and(|condition| condition.is_any());
    let (file, stored) = received.into_object(attributes);
    let stored = in_thread(&operations.objects, move |objects| {
        objects.commit(&input.key, file, &stored, replace)?;
        Ok(stored)
    })
    .await?;
    Ok(S3Response::new(PutObjectOutput {
        e_tag: Some(ETag::Strong(stored.etag)),
        checksum_crc64nvme: stored.checksums.get("crc64nvme"),
        checksum_crc32: stored.checksums.get("crc32"),
        checksum_crc32c: stored.checksums.get("crc32c"),
        checksum_sha1: stored.checksums.get("sha1"),
        checksum_sha256: stored.checksums.get("sha256"),
        checksum_type: Some(stored.checksums.kind()),
        ..Default::default()
    }))
}

/// A request's body, with all that is claimed about it.
pub(super) struct Body<'a> {
    /// Checksums in the headers.
    pub(super) claims: Checksums,
    pub(super) wanted: Wanted,
    pub(super) headers: &'a HeaderMap,
    pub(super) trailer: Option<TrailingHeaders>,
    pub(super) bytes: &'a mut StreamingBlob,
}

impl Body<'_> {
    /// Takes it to its end, and refuses it where a claim is not borne out.
    pub(super) async fn receive(self, objects: &Objects) -> Result<Received, Refusal> {
        let received = objects.receive(self.wanted, blocks(self.bytes)).await?;
        let mut claims = self.claims;
        if let Some(trailers) = self.trailer.and_then(|trailers| trailers.take()) {
            claims.extend(Checksums::claimed(|name| trailers.get(name)?.to_str().ok()));
        }
        claims.hold_against(&received.checksums)?;
        hold_against_md5(self.headers, &received.md5)?;
        Ok(received)
    }
}

/// Lets a client that still sends hear the refusal.
pub(super) fn linger_if_refused<T>(result: &Result<T, Refusal>, body: StreamingBlob) {
    if result.is_err() {
        linger::read_off(body);
    }
}

/// A body that breaks off, or whose chunks are signed wrongly, is refused.
fn blocks(body: &mut StreamingBlob) -> impl Stream<Item = Result<Bytes, Refusal>> + Unpin {
    body.map(|block| block.map_err(|_cause| Refusal::incomplete_body()))
}

fn hold_against_md5(headers: &HeaderMap, md5: &[u8; 16]) -> Result<(), Refusal> {
    use base64::Engine as _;
    let Some(claim) = headers.get("content-md5") else {
        return Ok(());
    };
    if claim.as_bytes() == base64::engine::general_purpose::STANDARD.encode(md5).as_bytes() {
        return Ok(());
    }
    Err(Refusal::bad_digest(
        "The Content-MD5 you specified did not match what we received.",
    ))
}
