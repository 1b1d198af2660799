//! `CompleteMultipartUpload`: the parts become one object, in one step and once.

use super::parts::{find, part_number};
use super::{Operations, in_thread, known_bucket, text};
use crate::sandbox::answer::{Refusal, location};
use crate::sandbox::checksums::{Checksums, Wanted};
use crate::sandbox::hexadecimal::hexadecimal;
use crate::sandbox::objects::Objects;
use crate::sandbox::parts_uploads::{StoredPart, Unfinished};
use http::StatusCode;
use s3s::crypto::{Checksum as _, Md5};
use s3s::dto::{CompleteMultipartUploadInput, CompleteMultipartUploadOutput, CompletedPart, ETag};
use s3s::{S3Request, S3Response, S3Result};
use std::io::{Read, Write};
use tempfile::NamedTempFile;

/// Smallest part, the last one aside, in bytes (qfacts.html).
const MIN_PART_BYTES: u64 = 5 << 20;
/// Bytes that are copied at once.
const BLOCK_BYTES: usize = 1 << 20;

/// What the client says of the whole object.
struct Claims {
    checksums: Checksums,
    /// `FULL_OBJECT` or `COMPOSITE`.
    kind: Option<String>,
    size_bytes: Option<i64>,
    /// False for `If-None-Match: *`.
    replace: bool,
}

pub(super) async fn complete(
    operations: &Operations,
    request: S3Request<CompleteMultipartUploadInput>,
) -> S3Result<S3Response<CompleteMultipartUploadOutput>> {
    let input = request.input;
    known_bucket(&input.bucket)?;
    if input.if_match.is_some() {
        return Err(Refusal::not_implemented().into());
    }
    let upload = find(operations, &input.upload_id, &input.key).await?;
    let claims = Claims {
        checksums: Checksums::claimed(|name| text(&request.headers, name)),
        kind: input.checksum_type.map(|kind| kind.as_str().to_owned()),
        size_bytes: input.mpu_object_size,
        replace: !input.if_none_match.is_some_and(|condition| condition.is_any()),
    };
    let named = input
        .multipart_upload
        .and_then(|upload| upload.parts)
        .unwrap_or_default();
    let host = text(&request.headers, "host").unwrap_or_default();
    let location = location(host, &input.bucket, &input.key);
    let key = input.key.clone();
    let stored = in_thread(&operations.objects, move |objects| {
        put_together(objects, &input.upload_id, upload, &named, &claims)
    })
    .await?;
    Ok(S3Response::new(CompleteMultipartUploadOutput {
        location: Some(location),
        bucket: Some(input.bucket),
        key: Some(key),
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

fn put_together(
    objects: &Objects,
    upload_id: &str,
    upload: Unfinished,
    named: &[CompletedPart],
    claims: &Claims,
) -> Result<crate::sandbox::attributes::Attributes, Refusal> {
    let parts = chosen(named, objects.parts_uploads().parts(upload_id)?)?;
    check_whole(&parts, &upload, claims)?;
    objects.check_replaces(&upload.object_key, claims.replace)?;

    let wanted = upload.checksum.wanted_of_object(&claims.checksums);
    let (file, of_bytes) = join(objects, upload_id, &parts, &wanted)?;
    let mut attributes = upload.attributes;
    attributes.etag = etag(&parts)?;
    attributes.checksums = upload
        .checksum
        .of_object(of_bytes, parts.iter().map(|part| &part.checksums));
    claims.checksums.hold_against(&attributes.checksums)?;
    objects.parts_uploads().end(upload_id, &upload.object_key, || {
        objects.commit(&upload.object_key, file, &attributes, claims.replace)
    })?;
    Ok(attributes)
}

/// The parts that the client names, in its order, which must be ascending.
fn chosen(named: &[CompletedPart], stored: Vec<StoredPart>) -> Result<Vec<StoredPart>, Refusal> {
    if named.is_empty() {
        return Err(Refusal::malformed_xml());
    }
    let mut stored = stored.into_iter().peekable();
    let (mut chosen, mut last) = (Vec::new(), 0);
    for named in named {
        let number = part_number(named.part_number.ok_or_else(Refusal::malformed_xml)?)?;
        let etag = named.e_tag.as_ref().ok_or_else(Refusal::malformed_xml)?.value();
        if number <= last {
            let message = "The list of parts was not in ascending order. Parts must be ordered by part number.";
            return Err(Refusal::new(StatusCode::BAD_REQUEST, "InvalidPartOrder", message));
        }
        last = number;
        while stored.next_if(|part| part.number < number).is_some() {}
        let part = stored.next_if(|part| part.number == number && part.etag == etag);
        chosen.push(part.filter(|part| bears_out(part, named)).ok_or_else(invalid_part)?);
    }
    Ok(chosen)
}

fn invalid_part() -> Refusal {
    let message = "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.";
    Refusal::new(StatusCode::BAD_REQUEST, "InvalidPart", message)
}

/// Whether a part has the checksums that the client lists for it.
fn bears_out(part: &StoredPart, named: &CompletedPart) -> bool {
    let claims = Checksums::claimed(|name| {
        match name {
            "x-amz-checksum-crc64nvme" => &named.checksum_crc64nvme,
            "x-amz-checksum-crc32" => &named.checksum_crc32,
            "x-amz-checksum-crc32c" => &named.checksum_crc32c,
            "x-amz-checksum-sha1" => &named.checksum_sha1,
            _ => &named.checksum_sha256,
        }
        .as_deref()
    });
    claims.first_that_differs(&part.checksums).is_none()
}

/// What can be said before a byte is copied.
fn check_whole(parts: &[StoredPart], upload: &Unfinished, claims: &Claims) -> Result<(), Refusal> {
    let too_small = |part: &&StoredPart| part.size_bytes < MIN_PART_BYTES;
    if parts.iter().rev().skip(1).any(|part| too_small(&part)) {
        return Err(Refusal::entity_too_small());
    }
    let kind = upload.checksum.kind();
    if claims.kind.as_deref().is_some_and(|claimed| claimed != kind) {
        let message = format!(
            "The upload was created using the {kind} checksum mode. The complete request must use the same checksum mode."
        );
        return Err(Refusal::invalid_request(message));
    }
    let size_bytes: u64 = parts.iter().map(|part| part.size_bytes).sum();
    match claims.size_bytes {
        Some(claimed) if u64::try_from(claimed) != Ok(size_bytes) => Err(Refusal::invalid_request(format!(
            "The provided 'x-amz-mp-object-size' header value {claimed} does not match what was computed: {size_bytes}"
        ))),
        _ => Ok(()),
    }
}

/// All bytes in one file, and their checksums: of the bytes as they were read now, not as they once came.
fn join(
    objects: &Objects,
    upload_id: &str,
    parts: &[StoredPart],
    wanted: &Wanted,
) -> Result<(NamedTempFile, Checksums), Refusal> {
    let internal = |error: std::io::Error| Refusal::internal(&error);
    let mut whole = objects.temporary_file().map_err(internal)?;
    let mut hasher = wanted.hasher();
    let mut block = vec![0; BLOCK_BYTES];
    for part in parts {
        let mut bytes = objects.parts_uploads().open_part(upload_id, part)?;
        loop {
            let count = bytes.read(&mut block).map_err(internal)?;
            let read = block.get(..count).unwrap_or_default();
            if read.is_empty() {
                break;
            }
            hasher.update(read);
            whole.write_all(read).map_err(internal)?;
        }
    }
    Ok((whole, Checksums::from(&hasher.finalize())))
}

/// MD5 of the parts' MD5s, and how many there are.
fn etag(parts: &[StoredPart]) -> Result<String, Refusal> {
    let mut md5 = Md5::new();
    for part in parts {
        let digest = from_hexadecimal(&part.etag);
        md5.update(&digest.ok_or_else(|| Refusal::internal(&std::io::Error::other("a part's MD5 is none")))?);
    }
    Ok(format!("{}-{}", hexadecimal(&md5.finalize()), parts.len()))
}

fn from_hexadecimal(digits: &str) -> Option<Vec<u8>> {
    let byte = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    (0..digits.len()).step_by(2).map(byte).collect()
}
