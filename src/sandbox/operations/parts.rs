//! Parts uploads on their way: `CreateMultipartUpload`, `UploadPart`, `ListParts`, `ListMultipartUploads`,
//! `AbortMultipartUpload`.
//!
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html> (limits)

use super::put::{Body, linger_if_refused};
use super::{Operations, attributes, check_options, in_thread, known_bucket, read, text};
use crate::sandbox::answer::Refusal;
use crate::sandbox::checksums::{Checksums, Wanted};
use crate::sandbox::parts_checksum::PartsChecksum;
use crate::sandbox::parts_uploads::{StoredPart, Unfinished};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use s3s::dto::{
    AbortMultipartUploadInput, AbortMultipartUploadOutput, CreateMultipartUploadInput, CreateMultipartUploadOutput,
    ETag, EncodingType, ListMultipartUploadsInput, ListMultipartUploadsOutput, ListPartsInput, ListPartsOutput,
    MultipartUpload, Part, StreamingBlob, Timestamp, UploadPartInput, UploadPartOutput,
};
use s3s::{S3Request, S3Response, S3Result};

/// Most parts of an upload, and the highest number of one.
const MAX_PART_NUMBER: u16 = 10_000;
/// Largest part, in bytes.
const MAX_PART_BYTES: u64 = 5 << 30;
/// Most entries of a list, and how many there are unless told.
const MAX_LISTED: i32 = 1000;
/// What `encoding-type=url` leaves as it is.
const IN_LISTS: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'*')
    .remove(b'/');

pub(super) async fn create(
    operations: &Operations,
    request: S3Request<CreateMultipartUploadInput>,
) -> S3Result<S3Response<CreateMultipartUploadOutput>> {
    let input = request.input;
    known_bucket(&input.bucket)?;
    operations.objects.check(&input.key)?;
    check_options(&request.headers)?;
    let algorithm = input.checksum_algorithm.as_ref();
    let kind = input.checksum_type.as_ref();
    let checksum = PartsChecksum::asked(
        algorithm.map(s3s::dto::ChecksumAlgorithm::as_str),
        kind.map(s3s::dto::ChecksumType::as_str),
    )?;
    let (checksum_algorithm, checksum_type) = checksum.named();
    let upload = Unfinished {
        object_key: input.key.clone(),
        attributes: attributes(&request.headers, input.metadata, input.tagging.as_deref()),
        checksum,
        initiated: None,
    };
    let created = in_thread(&operations.objects, move |objects| {
        let created = objects.parts_uploads().create(&upload);
        created.map_err(|error| Refusal::internal(&error))
    });
    Ok(S3Response::new(CreateMultipartUploadOutput {
        upload_id: Some(created.await?),
        bucket: Some(input.bucket),
        key: Some(input.key),
        checksum_algorithm,
        checksum_type,
        ..Default::default()
    }))
}

pub(super) async fn upload(
    operations: &Operations,
    mut request: S3Request<UploadPartInput>,
) -> S3Result<S3Response<UploadPartOutput>> {
    let mut body = request.input.body.take().ok_or_else(Refusal::incomplete_body)?;
    let result = upload_body(operations, request, &mut body).await;
    linger_if_refused(&result, body);
    Ok(result?)
}

async fn upload_body(
    operations: &Operations,
    request: S3Request<UploadPartInput>,
    body: &mut StreamingBlob,
) -> Result<S3Response<UploadPartOutput>, Refusal> {
    let input = request.input;
    known_bucket(&input.bucket)?;
    let number = part_number(input.part_number)?;
    if input
        .content_length
        .is_some_and(|length| length.cast_unsigned() > MAX_PART_BYTES)
    {
        return Err(Refusal::entity_too_large());
    }
    let upload = find(operations, &input.upload_id, &input.key).await?;
    let claims = Checksums::claimed(|name| text(&request.headers, name));
    upload.checksum.check_part(&claims)?;
    let body = Body {
        claims,
        wanted: upload.checksum.wanted_of_part(Wanted::by_headers(&request.headers)),
        headers: &request.headers,
        trailer: request.trailing_headers,
        bytes: body,
    };
    let received = body.receive(&operations.objects).await?;
    let part = in_thread(&operations.objects, move |objects| {
        let uploads = objects.parts_uploads();
        uploads.put(&input.upload_id, &input.key, number, received)
    })
    .await?;
    Ok(S3Response::new(UploadPartOutput {
        e_tag: Some(ETag::Strong(part.etag)),
        checksum_crc64nvme: part.checksums.get("crc64nvme"),
        checksum_crc32: part.checksums.get("crc32"),
        checksum_crc32c: part.checksums.get("crc32c"),
        checksum_sha1: part.checksums.get("sha1"),
        checksum_sha256: part.checksums.get("sha256"),
        ..Default::default()
    }))
}

pub(super) async fn list(operations: &Operations, input: ListPartsInput) -> S3Result<S3Response<ListPartsOutput>> {
    known_bucket(&input.bucket)?;
    let most = page_size(input.max_parts)?;
    let after = input.part_number_marker.unwrap_or_default();
    let (upload_id, object_key) = (input.upload_id.clone(), input.key.clone());
    let (upload, parts) = in_thread(&operations.objects, move |objects| {
        let uploads = objects.parts_uploads();
        Ok((uploads.find(&upload_id, &object_key)?, uploads.parts(&upload_id)?))
    })
    .await?;
    let mut parts = parts.into_iter().filter(|part| i32::from(part.number) > after);
    let page = parts.by_ref().take(most).map(listed).collect::<Result<Vec<_>, _>>()?;
    let (checksum_algorithm, checksum_type) = upload.checksum.named();
    Ok(S3Response::new(ListPartsOutput {
        bucket: Some(input.bucket),
        key: Some(input.key),
        upload_id: Some(input.upload_id),
        checksum_algorithm,
        checksum_type,
        is_truncated: Some(parts.next().is_some()),
        max_parts: i32::try_from(most).ok(),
        part_number_marker: Some(after),
        next_part_number_marker: Some(page.last().and_then(|part| part.part_number).unwrap_or_default()),
        parts: Some(page),
        ..Default::default()
    }))
}

fn listed(part: StoredPart) -> Result<Part, Refusal> {
    Ok(Part {
        part_number: Some(i32::from(part.number)),
        e_tag: Some(ETag::Strong(part.etag)),
        size: Some(read::to_signed(part.size_bytes)?),
        last_modified: part.modified.map(Timestamp::from),
        checksum_crc64nvme: part.checksums.get("crc64nvme"),
        checksum_crc32: part.checksums.get("crc32"),
        checksum_crc32c: part.checksums.get("crc32c"),
        checksum_sha1: part.checksums.get("sha1"),
        checksum_sha256: part.checksums.get("sha256"),
    })
}

pub(super) async fn list_uploads(
    operations: &Operations,
    input: ListMultipartUploadsInput,
) -> S3Result<S3Response<ListMultipartUploadsOutput>> {
    known_bucket(&input.bucket)?;
    if input.delimiter.as_ref().is_some_and(|delimiter| !delimiter.is_empty()) {
        return Err(Refusal::not_implemented().into());
    }
    let most = page_size(input.max_uploads)?;
    let uploads = in_thread(&operations.objects, |objects| {
        objects
            .parts_uploads()
            .list()
            .map_err(|error| Refusal::internal(&error))
    });
    let uploads = uploads.await?;
    let prefix = input.prefix.clone().unwrap_or_default();
    let marker = |marker: &Option<String>| marker.clone().filter(|marker| !marker.is_empty());
    let (key_marker, id_marker) = (marker(&input.key_marker), marker(&input.upload_id_marker));
    let mut uploads = uploads
        .into_iter()
        .filter(|(_, upload)| upload.object_key.starts_with(&prefix))
        .filter(|(id, upload)| is_after(id, upload, key_marker.as_deref(), id_marker.as_deref()));
    let page: Vec<_> = uploads.by_ref().take(most).collect();
    let is_truncated = uploads.next().is_some();
    let last = page.last().filter(|_| is_truncated).cloned();

    let encodes = input
        .encoding_type
        .as_ref()
        .is_some_and(|encoding| encoding.as_str() == EncodingType::URL);
    let encode = |text: String| {
        if encodes {
            utf8_percent_encode(&text, IN_LISTS).to_string().replace("%20", "+")
        } else {
            text
        }
    };
    Ok(S3Response::new(ListMultipartUploadsOutput {
        bucket: Some(input.bucket),
        prefix: input.prefix.map(encode),
        key_marker: Some(encode(key_marker.unwrap_or_default())),
        upload_id_marker: Some(id_marker.unwrap_or_default()),
        next_key_marker: last.as_ref().map(|(_, upload)| encode(upload.object_key.clone())),
        next_upload_id_marker: last.map(|(id, _)| id),
        max_uploads: i32::try_from(most).ok(),
        is_truncated: Some(is_truncated),
        encoding_type: input.encoding_type,
        uploads: Some(page.into_iter().map(|(id, upload)| named(id, upload, encode)).collect()),
        ..Default::default()
    }))
}

/// Without the id, all uploads of the marker's key come before the page.
fn is_after(id: &str, upload: &Unfinished, key_marker: Option<&str>, id_marker: Option<&str>) -> bool {
    let Some(key_marker) = key_marker else { return true };
    let object_key = upload.object_key.as_str();
    object_key > key_marker || (object_key == key_marker && id_marker.is_some_and(|marker| id > marker))
}

fn named(upload_id: String, upload: Unfinished, encode: impl Fn(String) -> String) -> MultipartUpload {
    let (checksum_algorithm, checksum_type) = upload.checksum.named();
    MultipartUpload {
        upload_id: Some(upload_id),
        key: Some(encode(upload.object_key)),
        initiated: upload.initiated.map(Timestamp::from),
        checksum_algorithm,
        checksum_type,
        ..Default::default()
    }
}

pub(super) async fn abort(
    operations: &Operations,
    input: AbortMultipartUploadInput,
) -> S3Result<S3Response<AbortMultipartUploadOutput>> {
    known_bucket(&input.bucket)?;
    in_thread(&operations.objects, move |objects| {
        objects.parts_uploads().end(&input.upload_id, &input.key, || Ok(()))
    })
    .await?;
    Ok(S3Response::new(AbortMultipartUploadOutput::default()))
}

/// An upload that is not finished.
pub(super) async fn find(operations: &Operations, upload_id: &str, object_key: &str) -> Result<Unfinished, Refusal> {
    let (upload_id, object_key) = (upload_id.to_owned(), object_key.to_owned());
    in_thread(&operations.objects, move |objects| {
        objects.parts_uploads().find(&upload_id, &object_key)
    })
    .await
}

/// A part's number, as S3 allows it.
pub(super) fn part_number(number: i32) -> Result<u16, Refusal> {
    let number = u16::try_from(number).ok();
    number
        .filter(|number| (1..=MAX_PART_NUMBER).contains(number))
        .ok_or_else(|| Refusal::invalid_argument("Part number must be an integer between 1 and 10000, inclusive"))
}

fn page_size(asked: Option<i32>) -> Result<usize, Refusal> {
    usize::try_from(asked.unwrap_or(MAX_LISTED).min(MAX_LISTED)).map_err(|_negative| {
        Refusal::invalid_argument("Argument max-parts must be an integer between 0 and 2147483647")
    })
}
