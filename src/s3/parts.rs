//! A parts upload: how a file is cut, what is asked of S3, and what it answers.
//!
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html> and the pages of the operations.

use super::answer::{Posted, S3Error, covers_object, posted, s3_error, unquoted};
use super::answer_xml::{AnswerXml, Record, read_xml};
use std::fmt::Write as _;

/// Most parts of an upload (qfacts.html).
pub const MAX_PARTS: u64 = 10_000;
/// Bytes of the smallest part that S3 takes, but for the last one (qfacts.html).
pub const MIN_PART_BYTES: u64 = 5 * MIB;
/// What a part usually has: fewer requests are cheaper, and between two of them a connection waits for an answer.
const USUAL_PART_BYTES: u64 = 8 * MIB;
/// Bytes of the largest part: so much is sent again where a connection breaks at its end.
pub const MAX_PART_BYTES: u64 = 64 * MIB;
/// Largest file: 625 GiB.
pub const MAX_PARTS_UPLOAD_BYTES: u64 = MAX_PARTS * MAX_PART_BYTES;
/// A smaller file has so many, if S3 takes them so small: then a line of sixteen connections is in use to the end, and
/// little is sent again where one breaks.
const PARTS_OF_SMALL_FILES: u64 = 64;
/// As many parts as a large file has before they grow.
const PARTS_BEFORE_GROWING: u64 = 1000;
const MIB: u64 = 1024 * 1024;

/// One part of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// From 1.
    pub number: u32,
    /// Where it begins in the file.
    pub offset: u64,
    /// Its length; 0 only where the file is empty.
    pub size_bytes: u64,
}

/// Bytes of each part but the last for a file of `size_bytes`: whole MiB, 5 to 64. `None` above
/// [`MAX_PARTS_UPLOAD_BYTES`].
#[must_use]
pub fn part_bytes(size_bytes: u64) -> Option<u64> {
    let in_parts = |count: u64| size_bytes.div_ceil(count).div_ceil(MIB) * MIB;
    let usual = in_parts(PARTS_OF_SMALL_FILES).clamp(MIN_PART_BYTES, USUAL_PART_BYTES);
    let bytes = in_parts(PARTS_BEFORE_GROWING).clamp(usual, MAX_PART_BYTES);
    (size_bytes.div_ceil(bytes) <= MAX_PARTS).then_some(bytes)
}

/// The parts of a file of `size_bytes`, each of `part_bytes` but the last. An empty file has one, which is empty.
pub fn parts(size_bytes: u64, part_bytes: u64) -> impl Iterator<Item = Part> {
    let part_bytes = part_bytes.max(1);
    let count = size_bytes.div_ceil(part_bytes).max(1);
    (0..count).zip(1..).map(move |(index, number)| {
        let offset = index * part_bytes;
        Part {
            number,
            offset,
            size_bytes: part_bytes.min(size_bytes - offset),
        }
    })
}

/// What `CreateMultipartUpload` gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Created {
    /// Names the upload from now on.
    pub upload_id: String,
    /// S3 will answer with a CRC-64/NVME of the full object.
    pub has_crc64nvme: bool,
}

/// A part that S3 has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPart {
    /// From 1.
    pub number: u32,
    /// Without quotes.
    pub etag: String,
    /// Its length.
    pub size_bytes: u64,
    /// Base64 of the big-endian 8 bytes, where S3 has it.
    pub crc64nvme: Option<String>,
}

/// One page of `ListParts`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct PartsPage {
    /// In order.
    pub parts: Vec<StoredPart>,
    /// After which part the next page begins, where there is one.
    pub next: Option<u32>,
}

/// A parts upload that was begun and neither completed nor aborted: its parts are paid for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfinished {
    /// The key that the object would get.
    pub object_key: String,
    /// Names it.
    pub upload_id: String,
    /// When it was begun.
    pub initiated: Option<jiff::Timestamp>,
}

/// One page of `ListMultipartUploads`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct UnfinishedPage {
    /// By key, then by beginning.
    pub uploads: Vec<Unfinished>,
    /// `key-marker` and `upload-id-marker` of the next page, where there is one.
    pub next: Option<(String, String)>,
}

/// Reads the answer to `CreateMultipartUpload`.
///
/// # Errors
/// [`S3Error`], also where a 200 names no upload.
pub fn read_created(status: u16, header: impl Fn(&str) -> Option<String>, body: &[u8]) -> Result<Created, S3Error> {
    let xml = of_root(status, &header, body, "InitiateMultipartUploadResult")?;
    let upload_id = xml.text("UploadId").filter(|id| !id.is_empty());
    Ok(Created {
        upload_id: upload_id.ok_or_else(|| s3_error(status, &header, &xml))?.to_owned(),
        has_crc64nvme: header("x-amz-checksum-algorithm").is_some_and(|name| name.eq_ignore_ascii_case("CRC64NVME")),
    })
}

/// Reads the answer to `UploadPart`: its facts are in its headers.
///
/// # Errors
/// [`S3Error`], also where a 200 has no `ETag`, without which nothing can be completed.
pub fn read_part(status: u16, header: impl Fn(&str) -> Option<String>, body: &[u8]) -> Result<Posted, S3Error> {
    let xml = read_xml(&String::from_utf8_lossy(body));
    let posted = posted(&header, &xml);
    if status == 200 && posted.etag.is_some() {
        return Ok(posted);
    }
    Err(s3_error(status, &header, &xml))
}

/// Reads the answer to `ListParts`.
///
/// # Errors
/// [`S3Error`], also where the list was cut short.
pub fn read_parts(status: u16, header: impl Fn(&str) -> Option<String>, body: &[u8]) -> Result<PartsPage, S3Error> {
    let xml = of_root(status, &header, body, "ListPartsResult")?;
    Ok(PartsPage {
        next: xml
            .text("NextPartNumberMarker")
            .filter(|_| is_truncated(&xml))
            .and_then(|number| number.trim().parse().ok()),
        parts: xml.records("Part").filter_map(stored_part).collect(),
    })
}

/// Reads the answer to `ListMultipartUploads`.
///
/// # Errors
/// [`S3Error`], also where the list was cut short.
pub fn read_unfinished(
    status: u16,
    header: impl Fn(&str) -> Option<String>,
    body: &[u8],
) -> Result<UnfinishedPage, S3Error> {
    let xml = of_root(status, &header, body, "ListMultipartUploadsResult")?;
    let marker = |name: &str| xml.text(name).unwrap_or_default().to_owned();
    let next = is_truncated(&xml).then(|| (marker("NextKeyMarker"), marker("NextUploadIdMarker")));
    Ok(UnfinishedPage {
        // Without a key the next page would be the first one again.
        next: next.filter(|(key, _)| !key.is_empty()),
        uploads: xml.records("Upload").filter_map(unfinished).collect(),
    })
}

/// Reads the answer to `CompleteMultipartUpload`. S3 begins with a 200 and may end with an error.
///
/// # Errors
/// [`S3Error`], with status 200 where that is how S3 had begun.
pub fn read_completed(status: u16, header: impl Fn(&str) -> Option<String>, body: &[u8]) -> Result<Posted, S3Error> {
    let xml = of_root(status, &header, body, "CompleteMultipartUploadResult")?;
    let kind = xml
        .text("ChecksumType")
        .map(str::to_owned)
        .or_else(|| header("x-amz-checksum-type"));
    let crc64nvme = xml.text("ChecksumCRC64NVME").map(str::to_owned);
    Ok(Posted {
        etag: xml.text("ETag").map(unquoted),
        object_key: xml.text("Key").map(str::to_owned),
        crc64nvme: crc64nvme.filter(|_| covers_object(kind.as_deref())),
        request_id: header("x-amz-request-id"),
        etag_is_md5: false,
    })
}

/// Reads the answer to `AbortMultipartUpload`. That there was no such upload is as good.
///
/// # Errors
/// [`S3Error`] for everything else.
pub fn read_aborted(status: u16, header: impl Fn(&str) -> Option<String>, body: &[u8]) -> Result<(), S3Error> {
    let xml = read_xml(&String::from_utf8_lossy(body));
    if status == 204 || (status == 200 && body.trim_ascii().is_empty()) {
        return Ok(());
    }
    let error = s3_error(status, &header, &xml);
    if error.code == "NoSuchUpload" {
        Ok(())
    } else {
        Err(error)
    }
}

/// The body of `CompleteMultipartUpload`: numbers and `ETag`s in order.
#[must_use]
pub fn completion<'a>(parts: impl IntoIterator<Item = (u32, &'a str)>) -> String {
    let mut xml = String::from("<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">");
    for (number, etag) in parts {
        let etag = quick_xml::escape::escape(etag);
        // Writing to a `String` cannot fail.
        write!(
            xml,
            "<Part><PartNumber>{number}</PartNumber><ETag>&quot;{etag}&quot;</ETag></Part>"
        )
        .unwrap_or_default();
    }
    xml.push_str("</CompleteMultipartUpload>");
    xml
}

/// A 200 whose XML is whole and has this root.
pub(super) fn of_root(
    status: u16,
    header: &impl Fn(&str) -> Option<String>,
    body: &[u8],
    root: &str,
) -> Result<AnswerXml, S3Error> {
    let xml = read_xml(&String::from_utf8_lossy(body));
    if status == 200 && xml.root() == Some(root) && xml.is_whole() {
        Ok(xml)
    } else {
        Err(s3_error(status, header, &xml))
    }
}

fn is_truncated(xml: &AnswerXml) -> bool {
    xml.text("IsTruncated").is_some_and(|text| text.trim() == "true")
}

fn stored_part(part: &Record) -> Option<StoredPart> {
    Some(StoredPart {
        number: part.text("PartNumber")?.trim().parse().ok()?,
        etag: unquoted(part.text("ETag")?),
        size_bytes: part.text("Size")?.trim().parse().ok()?,
        crc64nvme: part.text("ChecksumCRC64NVME").map(str::to_owned),
    })
}

fn unfinished(upload: &Record) -> Option<Unfinished> {
    Some(Unfinished {
        object_key: upload.text("Key")?.to_owned(),
        upload_id: upload.text("UploadId")?.to_owned(),
        initiated: upload.text("Initiated").and_then(|time| time.trim().parse().ok()),
    })
}

#[cfg(test)]
mod tests;
