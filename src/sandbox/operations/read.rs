//! `GetObject`, `HeadObject`, `GetObjectTagging`.

use super::{Operations, in_thread, known_bucket};
use crate::sandbox::answer::Refusal;
use crate::sandbox::attributes::Attributes;
use crate::sandbox::objects::Stored;
use http::HeaderMap;
use s3s::dto::{
    ChecksumMode, ETag, GetObjectInput, GetObjectOutput, GetObjectTaggingInput, GetObjectTaggingOutput,
    HeadObjectInput, HeadObjectOutput, Range, StreamingBlob, Tag, Timestamp,
};
use s3s::{S3, S3Request, S3Response, S3Result};
use std::io;
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use tokio_util::io::ReaderStream;

/// Bytes that one read from the disk takes at most.
pub(super) const READ_BLOCK_BYTES: usize = 256 * 1024;

pub(super) async fn get(
    operations: &Operations,
    request: S3Request<GetObjectInput>,
) -> S3Result<S3Response<GetObjectOutput>> {
    let stored = find(operations, &request.input.bucket, &request.input.key).await?;
    let Some(attributes) = &stored.attributes else {
        return operations.files.get_object(request).await;
    };

    let whole = stored.file.len();
    let (start, length, content_range) = match request.input.range {
        None => (0, whole, None),
        Some(range) => {
            let part = Range::check(&range, whole)?;
            let last = part.end.saturating_sub(1);
            (
                part.start,
                part.end - part.start,
                Some(format!("bytes {}-{last}/{whole}", part.start)),
            )
        }
    };
    let body = read_file(&stored, start, length)
        .await
        .map_err(|error| Refusal::internal(&error))?;
    let wants_checksum = length == whole && is_enabled(request.input.checksum_mode.as_ref());
    let headers = headers_unless_overridden(attributes, &request);
    let checksum = |algorithm: &str| attributes.checksums.get(algorithm).filter(|_| wants_checksum);
    let output = GetObjectOutput {
        accept_ranges: Some("bytes".to_owned()),
        body: Some(body),
        content_length: Some(to_signed(length)?),
        content_range,
        e_tag: Some(ETag::Strong(attributes.etag.clone())),
        last_modified: Some(modified(&stored)?),
        metadata: metadata(attributes),
        tag_count: tag_count(attributes),
        checksum_crc64nvme: checksum("crc64nvme"),
        checksum_crc32: checksum("crc32"),
        checksum_crc32c: checksum("crc32c"),
        checksum_sha1: checksum("sha1"),
        checksum_sha256: checksum("sha256"),
        checksum_type: wants_checksum.then(|| attributes.checksums.kind()),
        ..Default::default()
    };
    Ok(S3Response::with_headers(output, headers))
}

pub(super) async fn head(
    operations: &Operations,
    request: S3Request<HeadObjectInput>,
) -> S3Result<S3Response<HeadObjectOutput>> {
    let stored = find(operations, &request.input.bucket, &request.input.key).await?;
    let Some(attributes) = &stored.attributes else {
        return operations.files.head_object(request).await;
    };

    let wants_checksum = is_enabled(request.input.checksum_mode.as_ref());
    let checksum = |algorithm: &str| attributes.checksums.get(algorithm).filter(|_| wants_checksum);
    let output = HeadObjectOutput {
        accept_ranges: Some("bytes".to_owned()),
        content_length: Some(to_signed(stored.file.len())?),
        e_tag: Some(ETag::Strong(attributes.etag.clone())),
        last_modified: Some(modified(&stored)?),
        metadata: metadata(attributes),
        checksum_crc64nvme: checksum("crc64nvme"),
        checksum_crc32: checksum("crc32"),
        checksum_crc32c: checksum("crc32c"),
        checksum_sha1: checksum("sha1"),
        checksum_sha256: checksum("sha256"),
        checksum_type: wants_checksum.then(|| attributes.checksums.kind()),
        ..Default::default()
    };
    Ok(S3Response::with_headers(output, attributes.to_headers()))
}

pub(super) fn tags(
    operations: &Operations,
    input: &GetObjectTaggingInput,
) -> S3Result<S3Response<GetObjectTaggingOutput>> {
    known_bucket(&input.bucket)?;
    let attributes = operations.objects.find(&input.key)?.attributes.unwrap_or_default();
    let tag = |(key, value)| Tag {
        key: Some(key),
        value: Some(value),
    };
    let tag_set = attributes.tags.into_iter().map(tag).collect();
    Ok(S3Response::new(GetObjectTaggingOutput {
        tag_set,
        version_id: None,
    }))
}

pub(super) async fn find(operations: &Operations, bucket: &str, object_key: &str) -> Result<Stored, Refusal> {
    known_bucket(bucket)?;
    let object_key = object_key.to_owned();
    in_thread(&operations.objects, move |objects| objects.find(&object_key)).await
}

async fn read_file(stored: &Stored, start: u64, length: u64) -> io::Result<StreamingBlob> {
    let mut file = tokio::fs::File::open(&stored.path).await?;
    file.set_max_buf_size(READ_BLOCK_BYTES);
    file.seek(io::SeekFrom::Start(start)).await?;
    Ok(StreamingBlob::wrap(ReaderStream::with_capacity(
        file.take(length),
        READ_BLOCK_BYTES,
    )))
}

/// A presigned GET may ask for other headers than the object's: s3s sets them, and ours would replace them.
fn headers_unless_overridden(attributes: &Attributes, request: &S3Request<GetObjectInput>) -> HeaderMap {
    let query = request.uri.query().unwrap_or_default();
    let overridden = |name: &str| {
        query.split('&').any(|pair| {
            pair.strip_prefix("response-")
                .is_some_and(|rest| rest.starts_with(name))
        })
    };
    let headers = attributes.to_headers();
    headers
        .into_iter()
        .filter_map(|(name, value)| Some((name?, value)))
        .filter(|(name, _)| !overridden(name.as_str()))
        .collect()
}

fn is_enabled(mode: Option<&ChecksumMode>) -> bool {
    mode.is_some_and(|mode| mode.as_str() == ChecksumMode::ENABLED)
}

fn metadata(attributes: &Attributes) -> Option<s3s::dto::Metadata> {
    (!attributes.metadata.is_empty()).then(|| attributes.metadata.clone())
}

fn tag_count(attributes: &Attributes) -> Option<i32> {
    i32::try_from(attributes.tags.len()).ok().filter(|count| *count > 0)
}

fn modified(stored: &Stored) -> Result<Timestamp, Refusal> {
    stored
        .file
        .modified()
        .map(Timestamp::from)
        .map_err(|error| Refusal::internal(&error))
}

pub(super) fn to_signed(length: u64) -> Result<i64, Refusal> {
    i64::try_from(length).map_err(|error| Refusal::internal(&io::Error::other(error)))
}
